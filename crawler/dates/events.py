"""The day that an article tells of, as its text writes it: `Rabu (28/1/2026)`, `Kamis (27/02)`, `pada 6 Januari`.

Wrong dates are common in the press, so a date that its own weekday contradicts is weighed against that weekday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.dates.names import FULL_WEEKDAY, MONTH, month_number, straight, weekday_number

_FRESH = timedelta(days=10)  # how long after its event a story is printed, nearly always
_STALE = timedelta(days=60)  # an unmarked date further back is background
_AHEAD = timedelta(days=60)  # an announced event
_TODAY_SOMEWHERE = timedelta(hours=9)  # WIT: where Indonesia's day begins
_TOMORROW = timedelta(days=1)
_EARLIEST, _LATEST = date(1000, 1, 1), date(9000, 1, 1)  # so that no sum of days leaves the calendar
_PARAGRAPHS, _LENGTH = 6, 2_000

_TO = r"\s?(?:[-–—/]|s\.?/?d\.?|hingga|sampai(?:\s+dengan)?|dan|&)\s?"
_WEEKDAY = rf"\b(?P<weekday>{FULL_WEEKDAY})(?:{_TO}{FULL_WEEKDAY})?\s?,?\s?"
_NUMERIC = (
    r"(?<![\d/.-])(?P<day>\d{1,2})(?:\s?[-–—]\s?\d{1,2})?\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})"
    r"(?:\s?[-–—]\s?\d{1,2}\s?(?P=sep)\s?\d{1,2})?(?:\s?(?P=sep)\s?(?P<year>\d{4}|\d{2}))?(?![\d/])"
)
_NAMED = (
    rf"(?<![\d/.,:-])(?P<day>\d{{1,2}})(?:{_TO}\d{{1,2}})?\s?(?P<month>{MONTH})\b\.?"
    rf"(?:{_TO}\d{{1,2}}\s?{MONTH}\b)?"
)
_YEAR = r"(?:\s?,?\s?(?P<year>\d{4})(?!\d))"
_RANGE_NAMED = _NAMED.replace(rf"(?:{_TO}\d{{1,2}})?\s?(?P<month>", rf"{_TO}\d{{1,2}}\s?(?P<month>")
_OPEN, _CLOSE = r"[(\[]\s?", r"(?=\s?(?:[)\],;]|pukul|sekitar|kemarin|pagi|siang|sore|malam|wi[bt]))"

# Best first: a weekday beside its date is how the press marks the day of a story; brackets come next, then bare dates.
_MARKED, _BRACKETED, _BARE = (
    tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for patterns in (
        (
            rf"{_WEEKDAY}(?:tanggal\s|tgl\.?\s)?(?:{_OPEN})?{_NUMERIC}",
            rf"{_WEEKDAY}(?:tanggal\s|tgl\.?\s)?(?:{_OPEN})?{_NAMED}{_YEAR}?",
        ),
        (rf"{_OPEN}{_NUMERIC}{_CLOSE}", rf"{_OPEN}{_NAMED}{_YEAR}?{_CLOSE}"),
        (rf"{_NAMED}{_YEAR}", rf"\b(?:pada|tanggal|tgl\.?)\s(?:tanggal\s)?{_NAMED}", _RANGE_NAMED),
    )
)
# What every one of them holds; looking for it first is ten times cheaper.
_DAY_AND_MONTH = re.compile(rf"\d(?:{_TO}\d{{1,2}})?\s?(?:[/.-]\s?\d|{MONTH}\b)", re.IGNORECASE)
_WEEKDAY_ALONE = re.compile(
    rf"(?:,\s|\b(?:pada|(?<!tiap\s)hari)\s)(?:hari\s)?(?P<weekday>{FULL_WEEKDAY})\b(?!\s?,?\s?[(\[\d])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A date as the text writes it; `bare` where neither a weekday nor brackets mark it."""

    day: int
    month: int
    year: int | None
    weekday: int | None
    bare: bool

    def on(self, year: int, month: int | None = None) -> date | None:
        try:
            return date(year, month or self.month, self.day)
        except ValueError:
            return None

    def agrees(self, day: date) -> bool:
        return self.weekday is None or day.weekday() == self.weekday


def event_date(text: str, published: date | None, now: datetime) -> date | None:
    """The first date of the article's text that can be the day of its event; of a range, the first day.

    `text` is the article's paragraphs, a line each. Without a year the nearest past date to `published` counts. Where
    the weekday contradicts the date, the reading with another month or year that agrees with it and lies within ten
    days before `published` is taken, else the date as written. `now` (aware) bounds what can have happened.
    """
    until = min(max(published or (now + _TODAY_SOMEWHERE).date(), _EARLIEST), _LATEST)
    lines = text[: _PARAGRAPHS * _LENGTH].split("\n")[:_PARAGRAPHS]
    seen = []
    for line in lines:
        for mention in _mentions(straight(" ".join(line[:_LENGTH].split()))):
            if day := _past(mention, until, known=published is not None):
                return day
            seen.append(mention)
    if published and (named := _WEEKDAY_ALONE.search(straight(" ".join(lines[:2])))):
        return published - timedelta(days=(published.weekday() - weekday_number(named["weekday"])) % 7)
    return next((day for mention in seen if (day := _announced(mention, until))), None)


def _mentions(line: str) -> Iterator[_Mention]:
    if not _DAY_AND_MONTH.search(line):
        return
    for rank, patterns in enumerate((_MARKED, _BRACKETED, _BARE)):
        found = [match for pattern in patterns for match in pattern.finditer(line)]
        for match in sorted(found, key=re.Match.start):
            yield _mention(match.groupdict(), bare=rank == 2)


def _mention(fields: dict[str, str | None], *, bare: bool) -> _Mention:
    day, month = int(fields["day"] or 0), month_number(fields["month"] or "")
    if month > 12 >= day:
        day, month = month, day
    year = fields.get("year")
    weekday = fields.get("weekday")
    return _Mention(
        day=day,
        month=month,
        year=None if year is None else int(year) + (2000 if len(year) == 2 else 0),
        weekday=None if weekday is None else weekday_number(weekday),
        bare=bare,
    )


def _past(mention: _Mention, until: date, *, known: bool) -> date | None:
    """The day of a mention that had come when the article was published (`until`; `known` where that is a fact)."""
    if mention.year is None:
        return _without_year(mention, until, known=known)
    written = mention.on(mention.year)
    if written is None:
        return None
    if not mention.agrees(written) and (meant := _meant(mention, mention.year, until, known=known)):
        return meant
    earliest = until - _STALE if mention.bare and known else date.min
    return written if earliest <= written <= until + _TOMORROW else None


def _without_year(mention: _Mention, until: date, *, known: bool) -> date | None:
    days = (mention.on(year) for year in (until.year + 1, until.year, until.year - 1))
    nearest = next((day for day in days if day and day <= until + _TOMORROW), None)
    if nearest is None or (mention.bare and nearest < until - _STALE):
        return None
    if mention.agrees(nearest):
        return nearest if known or mention.weekday is not None else None
    return (_meant(mention, nearest.year, until, known=known) or nearest) if known else None


def _meant(mention: _Mention, year: int, until: date, *, known: bool) -> date | None:
    """The latest day with the mention's weekday, of another month or year, just before publication."""
    if not known:
        return None
    days = (mention.on(other, month) for other in (year - 1, year, year + 1) for month in range(1, 13))
    return max((day for day in days if day and mention.agrees(day) and until - _FRESH <= day <= until), default=None)


def _announced(mention: _Mention, until: date) -> date | None:
    day = mention.on(mention.year) if mention.year else None
    fits = day is not None and mention.weekday is not None and mention.agrees(day)
    return day if day and fits and until < day <= until + _AHEAD else None
