"""A date that stands alone: a byline's stamp, a meta tag, a feed's field, a relative "3 jam yang lalu"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from crawler.dates.names import MONTH, WEEKDAY, month_number, offset, straight
from crawler.models import Precision


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC, how exactly the text gives it, and that text as found.

    Day precision is 00:00 in the zone that the text was read with.
    """

    at: datetime
    precision: Precision
    raw: str


MAX_LENGTH = 200

_LABEL = (
    r"(?:(?:di(?:publikasikan|terbitkan|publish|posting|unggah|tulis|buat|perbarui|update)|terakhir\s+diperbarui|terbit|tayang"
    r"|publi(?:shed|kasi|sh)|posted|updated|modified|created|last\s+(?:updated|modified)|tanggal|tgl|hari|by|on|pada)\b\.?\s*:?\s*)*"
)
_DAY_NAME = rf"(?:{WEEKDAY}\b\.?\s*[,/|–-]?\s*)?"
_TIME = (
    r"(?:(?:pukul|pkl|jam|at|@)\b\.?\s*)?(?P<hour>\d{1,2})\s?[:.]\s?(?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s*\(?(?P<zone>wib|wita|wit|utc|gmt|ut|z|[ecmp][sd]t|(?:utc|gmt)?\s?[+\u2212-]\d{1,2}(?::?\d{2})?)\)?(?!\w))?"
)
_APART = r"(?:\s*(?:[,|/•·–—-]|T(?=\d)|at\b|pada\b|jam\b)*\s*)"
_YEAR = r"(?P<year>\d{4}|'?\d{2}(?!\s?[:.]?\d))"
_DATES = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,./-]*(?P<month>{MONTH})\b\.?[\s,./-]*{_YEAR}",
    rf"(?P<month>{MONTH})\b\.?[\s./-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[\s,./-]\s*(?P<year>\d{{4}})",
    r"(?P<year>\d{4})\s?(?P<sep>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<year>\d{4}|\d{2})",
)
# What a theme prints on the same line behind the stamp.
_TAIL = r"(?:\s*[|,•·-]?\s*(?:(?:di(?:perbarui|lihat|baca|update))|updated|last\s+updated|views?|oleh|by|editor)\b.*)?"
_STANDING_ALONE = tuple(
    re.compile(pattern, re.I)
    for date in _DATES
    for pattern in (
        rf"{_LABEL}{_DAY_NAME}{date}(?!\d)(?:{_APART}(?<![\d]){_TIME})?[\s.,)]*{_TAIL}",
        rf"{_LABEL}{_TIME}\s*[,|/•·–—-]?\s*{_DAY_NAME}{date}(?!\d)[\s.,)]*",
    )
)
_FORMS = (
    *_STANDING_ALONE,
    # RFC 850 and asctime (RFC 9110, 5.6.7), and WordPress's compact form.
    re.compile(rf"{_DAY_NAME}(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})\s+{_TIME}\s+(?P<year>\d{{4}})", re.I),
    re.compile(
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z)?"
    ),
)

# A stamp among other words of a short line (`27 Agustus 2026 operator 173x dilihat`), and the label of an edit's.
_EDITED = r"(?:di(?:perbarui|update|ubah|edit)|(?:last\s+)?(?:updated|modified|edited)|update|edit)"
_WITHIN = tuple(
    re.compile(
        rf"(?P<edited>\b{_EDITED}\b[\s:]*(?:(?:pada|on|tanggal)\b[\s:]*)?)?"
        rf"(?P<stamp>(?<![\w/.-]){_DAY_NAME}{date}(?!\d)(?:{_APART}(?<!\d){_TIME}(?!\w))?)",
        re.I,
    )
    for date in _DATES
)
_LONGEST_LINE = 160
_DIGIT = re.compile(r"\d")

_COUNT = (
    r"(?P<count>\d{1,3}|se(?=detik|menit|jam|hari)|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|an?)"
)
_COUNTS = {
    name: number
    for number, names in enumerate("se satu a an|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh".split("|"), 1)
    for name in names.split()
}
_UNITS = {
    "detik": "seconds", "second": "seconds", "sec": "seconds",
    "menit": "minutes", "minute": "minutes", "min": "minutes",
    "jam": "hours", "hour": "hours", "hr": "hours",
    "hari": "days", "day": "days",
}  # fmt: skip
_AGO = re.compile(rf"{_LABEL}(?:sekitar\s+)?{_COUNT}\s*(?P<unit>{'|'.join(_UNITS)})s?\s+(?:(?:yang\s+)?lalu|ago)", re.I)
_DAYS_BACK = {"hari ini": 0, "today": 0, "kemarin": 1, "yesterday": 1, "kemarin lusa": 2}
_NAMED_DAY = re.compile(rf"{_LABEL}(?P<name>{'|'.join(_DAYS_BACK)})(?:{_APART}{_TIME})?", re.I)
_JUST_NOW = re.compile(r"baru\s+saja|just\s+now", re.I)


def parse_datetime(text: str, zone: str, now: datetime | None = None) -> Moment | None:
    """The instant that a date text names, or None where it names no whole and possible date.

    `zone` is the IANA name that a time without offset is local to. Relative forms need `now` (aware), and get the
    precision that they have: minutes ago are known to the minute, hours and days ago to the day, and weeks not at all.
    """
    if len(text) > MAX_LENGTH:
        return None
    line = straight(" ".join(text.split()))
    try:
        for form in _FORMS:
            if found := form.fullmatch(line):
                return _moment(found, zone, text)
        return _relative(line, zone, now, text) if now else None
    except (ValueError, OverflowError):
        return None


def stamps_in(line: str) -> list[tuple[str, bool]]:
    """The date texts among the words of one short line, in order, each with whether its label says "edited".

    Empty for a line that is long enough to be prose.
    """
    plain = straight(" ".join(line.split()))
    if len(plain) > _LONGEST_LINE or not _DIGIT.search(plain):
        return []
    found = sorted(
        (match for form in _WITHIN for match in form.finditer(plain)), key=lambda match: match.start("stamp")
    )
    distinct: list[re.Match[str]] = []
    for match in found:
        if not distinct or match.start("stamp") >= distinct[-1].end():
            distinct.append(match)
    return [(match["stamp"], match["edited"] is not None) for match in distinct]


def _moment(found: re.Match[str], zone: str, raw: str) -> Moment:
    fields = found.groupdict()
    month, day = month_number(fields["month"]), int(fields["day"])
    if month > 12 >= day and found.start("month") < found.start("year"):
        month, day = day, month  # the American order, where no other is possible (`10/20/25`)
    year = _full_year(fields["year"].lstrip("'"))
    if fields.get("hour") is None:
        return Moment(datetime(year, month, day, tzinfo=ZoneInfo(zone)).astimezone(UTC), "day", raw)
    local = offset(fields["zone"]) if fields["zone"] else ZoneInfo(zone)
    hour, minute, second = _hour(int(fields["hour"]), fields.get("half")), int(fields["minute"]), fields["second"]
    at = datetime(year, month, day, hour, minute, int(second or 0), tzinfo=local)
    return Moment(at.astimezone(UTC), "second" if second else "minute", raw)


def _full_year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _relative(line: str, zone: str, now: datetime, raw: str) -> Moment | None:
    if _JUST_NOW.fullmatch(line):
        return Moment(_to_minute(now), "minute", raw)
    if found := _NAMED_DAY.fullmatch(line):
        return _named_day(found, zone, now, raw)
    if found := _AGO.fullmatch(line):
        count, unit = found["count"].lower(), _UNITS[found["unit"].lower()]
        number = _COUNTS.get(count) or int(count)
        at = now - relativedelta(**{unit: number})  # type: ignore[arg-type]
        return Moment(_to_minute(at), "minute", raw) if unit in ("seconds", "minutes") else _day(at, zone, raw)
    return None


def _named_day(found: re.Match[str], zone: str, now: datetime, raw: str) -> Moment:
    back = _DAYS_BACK[" ".join(found["name"].lower().split())]
    local = now.astimezone(ZoneInfo(zone)) - timedelta(days=back)
    if found["hour"] is None:
        return _day(local, zone, raw)
    at = datetime(
        local.year, local.month, local.day, _hour(int(found["hour"]), found["half"]), int(found["minute"]),
        tzinfo=offset(found["zone"]) if found["zone"] else ZoneInfo(zone),
    )  # fmt: skip
    return Moment(at.astimezone(UTC), "minute", raw)


def _day(at: datetime, zone: str, raw: str) -> Moment:
    local = at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(local.astimezone(UTC), "day", raw)


def _to_minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)
