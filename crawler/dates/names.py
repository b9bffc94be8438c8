"""Month, weekday and zone names as Indonesian and English pages write them, old spellings included."""

from __future__ import annotations

import re
from datetime import tzinfo

from dateutil import tz
from dateutil.parser import parserinfo

MONTHS: list[tuple[str, ...]] = [
    ("Januari", "January", "Jan"),
    ("Februari", "Pebruari", "February", "Feb", "Peb"),
    ("Maret", "March", "Mar", "Mrt"),
    ("April", "Apr"),
    ("Mei", "May"),
    ("Juni", "June", "Jun"),
    ("Juli", "July", "Jul"),
    ("Agustus", "August", "Agust", "Agus", "Agst", "Agt", "Agu", "Ags", "Aug"),
    ("September", "Sept", "Sep"),
    ("Oktober", "October", "Okt", "Oct"),
    ("November", "Nopember", "Nov", "Nop"),
    ("Desember", "December", "Des", "Dec"),
]
WEEKDAYS: list[tuple[str, ...]] = [
    ("Senin", "Monday", "Sen", "Mon"),
    ("Selasa", "Tuesday", "Sel", "Tues", "Tue"),
    ("Rabu", "Wednesday", "Rab", "Wed"),
    ("Kamis", "Thursday", "Kam", "Thurs", "Thur", "Thu"),
    ("Jumat", "Jum'at", "Friday", "Jum", "Fri"),
    ("Sabtu", "Saturday", "Sab", "Sat"),
    ("Minggu", "Ahad", "Sunday", "Ming", "Mgg", "Min", "Sun"),
]


class Names(parserinfo):
    """dateutil's own table of names in the two languages: the row of a name is its number."""

    MONTHS = MONTHS  # type: ignore[assignment]
    WEEKDAYS = WEEKDAYS  # type: ignore[assignment]


NAMES = Names()
_HOUR = 3600
ZONES: dict[str, tzinfo] = {
    "wib": tz.tzoffset("WIB", 7 * _HOUR),
    "wita": tz.tzoffset("WITA", 8 * _HOUR),
    "wit": tz.tzoffset("WIT", 9 * _HOUR),
    "utc": tz.UTC,
    "gmt": tz.UTC,
    "ut": tz.UTC,
    "z": tz.UTC,
}
# RFC 822, 5.1: what old feed software still writes.
ZONES |= {
    name: tz.tzoffset(name.upper(), hours * _HOUR)
    for name, hours in {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}.items()
}

_APOSTROPHES = re.compile("\\s?[\u2018\u2019\u02bc\u0060\u00b4\u2032]")


def straight(text: str) -> str:
    """The text with every kind of apostrophe straight, so that `Jum’at` has one spelling."""
    return _APOSTROPHES.sub("'", text)


def any_of(rows: list[tuple[str, ...]]) -> str:
    """A pattern for every name in the rows, longest first."""
    names = sorted((name for row in rows for name in row), key=len, reverse=True)
    return "|".join(re.escape(name) for name in names)


MONTH = rf"(?:{any_of(MONTHS)})"
WEEKDAY = rf"(?:{any_of(WEEKDAYS)})"


def _is_full(name: str) -> bool:
    return len(name) > 4 or name in ("Rabu", "Ahad")


# In running text an abbreviation may be another word (`Sen`, `Min`).
FULL_WEEKDAY = rf"(?:{any_of([tuple(filter(_is_full, row)) for row in WEEKDAYS])})"


def month_number(name: str) -> int:
    """1 to 12 for a number or a name that `MONTH` matched."""
    if name.isdigit():
        return int(name)
    return _known(NAMES.month(name), name)


def weekday_number(name: str) -> int:
    """0 for Monday to 6 for Sunday, for a name that `WEEKDAY` matched."""
    return _known(NAMES.weekday(name), name)


def offset(text: str) -> tzinfo:
    """The zone of a name (`WIB`) or an offset (`+0700`, `GMT+7`, `-03:30`).

    Raises ValueError for an offset of a day or more.
    """
    name = text.lower().strip("() ")
    if name in ZONES:
        return ZONES[name]
    sign, digits = re.sub(r"^(?:utc|gmt)", "", name)[0], re.sub(r"\D", "", name)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    seconds = hours * _HOUR + minutes * 60
    return tz.tzoffset(None, -seconds if sign in "-\u2212" else seconds)


def _known(number: int | None, name: str) -> int:
    if number is None:
        raise ValueError(name)
    return number
