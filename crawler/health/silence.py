"""Whether a source is silent: by its own pauses, counted in days on which offices work.

Press offices rest on weekends, over Lebaran and at the turn of the year; a day of those is no day of silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

ENOUGH = 8  # pauses, before anything follows from them
MOST = 60  # newest pauses that count
SHORTEST = 5  # working days that never are a silence
TIMES_USUAL = 3  # as long as nine pauses in ten
TIMES_LONGEST = 1.5  # as long as the longest but one: the very longest may have been an outage of ours or theirs
EID_BEFORE, EID_AFTER = timedelta(days=5), timedelta(days=9)  # joint leave around it, and the day's own uncertainty
OLDEST = timedelta(days=3 * 365)


def silent_since(entered: Sequence[datetime], watched_since: datetime | None, zone: str, now: datetime) -> str | None:
    """The reason in words where a source has been silent for much longer than is likely; None where it is not.

    `entered` are the times of its newest articles. A site that had fallen silent before it was first watched is not
    news: it publishes no more, or hardly ever. Times are aware.
    """
    local = ZoneInfo(zone)
    today = now.astimezone(local).date()
    days = sorted({day for at in entered if today - (day := at.astimezone(local).date()) < OLDEST})
    if not days or (today - days[-1]).days <= SHORTEST:
        return None
    pauses = [working_days(one, other) for one, other in pairwise(days)][-MOST:]
    if len(pauses) < ENOUGH:
        return None
    usual = sorted(pauses)[len(pauses) * 9 // 10]
    limit = max(SHORTEST, usual * TIMES_USUAL, sorted(pauses)[-2] * TIMES_LONGEST)
    if working_days(days[-1], today) <= limit:
        return None
    if watched_since is None or working_days(days[-1], watched_since.astimezone(local).date()) > limit:
        return None
    return f"no new article since {days[-1]}; nine of ten pauses before were of at most {usual} working days"


def working_days(one: date, other: date) -> int:
    """Days on which offices work after `one`, up to and with `other`; 0 where that is earlier."""
    between = (one + timedelta(days=n + 1) for n in range((other - one).days))
    return sum(1 for day in between if not is_quiet(day))


def is_quiet(day: date) -> bool:
    """Whether press offices rest on a day."""
    return (
        day.weekday() >= 5 or (day.month, day.day) >= (12, 25) or day == date(day.year, 1, 1) or day in _eid(day.year)
    )


@cache
def _eid(year: int) -> frozenset[date]:
    """The days around Idul Fitri that fall into a year, by the arithmetical Hijri calendar (a day off at most)."""
    first = int((year - 622) * 33 / 32) - 1
    days: set[date] = set()
    for hijri in range(first, first + 4):
        eid = _first_of_shawwal(hijri)
        start, end = eid - EID_BEFORE, eid + EID_AFTER
        days |= {start + timedelta(days=n) for n in range((end - start).days + 1)}
    return frozenset(day for day in days if day.year == year)


def _first_of_shawwal(hijri: int) -> date:
    """1 Shawwal of a Hijri year: Julian day 1,948,440 is its day one, a cycle of 30 years has 11 leap days."""
    julian = (11 * hijri + 3) // 30 + 354 * hijri + 30 * 10 - (10 - 1) // 2 + 1 + 1_948_440 - 385
    return date.fromordinal(julian - 1_721_425)
