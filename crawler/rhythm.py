"""How often a source publishes, and in which hours it never does: times of its articles -> an interval, a rest. Pure.

Several spans of the past are looked at, and the one in which most happened decides. So a source that just published is
asked sooner, and one article a month still means one request a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.models import Published

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=20)  # with jitter on top it is a day
PAST = timedelta(days=28)  # older articles tell nothing
SPANS = (timedelta(hours=3), timedelta(days=1), timedelta(days=7), PAST)
POLLS_AN_ARTICLE = 4  # an article waits an eighth of the usual gap between two, on average
AT_ONCE = 4  # of those that came within a quarter of an hour, so many count: an import is no rhythm

YOUNG = timedelta(days=2)  # for so long a source is watched closely, as its first articles may not tell their times
WHILE_YOUNG = timedelta(hours=2)

# What it takes to call an hour quiet: so many articles, on so many days, and an hour free on each side of the rest.
ENOUGH_ARTICLES = 20
ENOUGH_DAYS = 7
MARGIN = 1
LEAST_QUIET = 3
AT_NIGHT = timedelta(hours=3)  # between two requests in quiet hours: what is out of the ordinary is not missed


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day by a source's own clock in which it does not publish; `end` is the first one after them."""

    start: int
    end: int

    def holds(self, at: datetime) -> bool:
        """Whether a time (in the source's zone) is in these hours."""
        return (at.hour - self.start) % 24 < (self.end - self.start) % 24


def interval(past: Published, now: datetime) -> timedelta:
    """How long to wait before the source is asked again; between `SHORTEST` and `LONGEST`, never longer for more."""
    times = _counted([at for at in (*past.told, *past.found) if at <= now])
    waits = [span / POLLS_AN_ARTICLE / count for span in SPANS if (count := _since(times, now - span))]
    is_young = past.since is None or now - past.since < YOUNG
    return max(SHORTEST, min([LONGEST, *waits, *([WHILE_YOUNG] if is_young else [])]))


def quiet_hours(past: Published, zone: str, now: datetime) -> Quiet | None:
    """The longest rest of the source's day, if its own times of the last weeks show one; None where they do not.

    Times at which articles were found do not count: who is not asked at night is not found out to publish then.
    """
    local = [at.astimezone(ZoneInfo(zone)) for at in past.told if now - PAST < at <= now]
    if len(local) < ENOUGH_ARTICLES or len({at.date() for at in local}) < ENOUGH_DAYS:
        return None
    busy = sorted({at.hour for at in local})
    rests = [((following - hour) % 24 or 24, hour) for hour, following in zip(busy, [*busy[1:], busy[0]], strict=True)]
    length, last = max(rests)
    start, end = last + 1 + MARGIN, last + length - MARGIN
    return Quiet(start % 24, end % 24) if end - start >= LEAST_QUIET else None


def rested(at: datetime, quiet: Quiet | None, zone: str, now: datetime) -> datetime:
    """A time in quiet hours, put off: not before `AT_NIGHT` is over, nor ever beyond their end."""
    local = at.astimezone(ZoneInfo(zone))
    if quiet is None or not quiet.holds(local):
        return at
    hours = (quiet.end - local.hour) % 24
    end = at + timedelta(hours=hours) - timedelta(minutes=local.minute, seconds=local.second)
    return min(end, max(at, now + AT_NIGHT))


def _counted(times: Iterable[datetime]) -> Sequence[datetime]:
    """The times, but of those in one quarter of an hour only so many."""
    kept: Counter[int] = Counter()
    counted = []
    for at in sorted(times, reverse=True):
        quarter = int(at.timestamp() // SHORTEST.total_seconds())
        kept[quarter] += 1
        if kept[quarter] <= AT_ONCE:
            counted.append(at)
    return counted


def _since(times: Iterable[datetime], start: datetime) -> int:
    return sum(at > start for at in times)
