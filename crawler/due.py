"""When: which sources are due, when each is asked next, when a link is tried and an article looked at again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b
from typing import Literal
from zoneinfo import ZoneInfo

from crawler import rhythm
from crawler.models import Published, Source, Standing, Window

TOLERANCE = timedelta(minutes=1)  # cron is not exact, and a poll must not wait for its next turn for a second's sake
LONGEST = timedelta(hours=24)
JITTER = 0.2  # of an interval, at most: sources of one server that began together do not stay so
STAGGER = timedelta(minutes=10)  # over which those spread that wait for the same hour
RESUME = timedelta(minutes=5)  # from a source's turn to the next one that only takes on links left over
LOOK_AGAIN = timedelta(minutes=30)  # the same where stored articles alone are due

# A link is given up after about nine days of failures.
LINK_LADDER = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=5),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """How long a source is left alone after its first failure, and how much longer after each further one."""

    first: timedelta
    growth: int = 2


# A state that a run may leave a source in -> what it costs. Nothing lasts for ever: LONGEST bounds all of them.
FAILURES: Mapping[str, Failure] = {
    "failing": Failure(timedelta(minutes=30)),  # 5xx, 429, time-outs: perhaps a restart
    "empty": Failure(timedelta(hours=1)),
    "malformed": Failure(timedelta(hours=1)),
    "dns/tls": Failure(timedelta(hours=1)),
    "robots": Failure(timedelta(hours=1)),  # its rules are kept for a day, so this asks nothing more of it
    "refused": Failure(timedelta(hours=6)),
    "blocked": Failure(timedelta(hours=12)),  # a challenge: who asks again soon is believed even less
    "gone": Failure(LONGEST, 1),
}

# The same for a server as a whole (a pace group) that said 429 without a time, or failed until it was left alone.
HOST = Failure(timedelta(minutes=15))

Turn = Literal["poll", "links"]


def turn(source: Source, standing: Standing, now: datetime) -> Turn | None:
    """What `update` asks a source now: its listing and all that follows, only pages that are due, or nothing."""
    if not is_open(source.window, source.zone, now):
        return None
    if _is_time(source, standing, now):
        return "poll"
    if standing.walking and _has_rested(standing, RESUME, now):
        return "poll"
    is_left = standing.waiting and _has_rested(standing, RESUME, now)
    is_looking = standing.looking and _has_rested(standing, LOOK_AGAIN, now)
    return "links" if is_left or is_looking else None


def _has_rested(standing: Standing, span: timedelta, now: datetime) -> bool:
    return standing.last_try is None or standing.last_try + span <= now + TOLERANCE


def _is_time(source: Source, standing: Standing, now: datetime) -> bool:
    """Whether the next poll's time has come; what a clock that ran ahead has written is not believed."""
    if standing.next_due is None or standing.next_due <= now + TOLERANCE:
        return True
    if standing.last_try and standing.last_try > now + TOLERANCE:
        return True
    return standing.next_due > now + max(source.every or LONGEST, LONGEST) + 2 * LONGEST


def urgency(standing: Standing) -> tuple[bool, datetime]:
    """A key that sorts sources that are due: who has waited longest comes first, and new ones before all."""
    return standing.next_due is not None, standing.next_due or datetime.min.replace(tzinfo=UTC)


def next_poll(source: Source, past: Published, least: timedelta | None, now: datetime) -> datetime:
    """When a source that answered is asked again.

    By its rhythm, but no sooner than its answers ask for (`least`), and seldom in its quiet hours; or as its record or
    the operator says (`every`), whatever those are. Always within its window.
    """
    if source.every:
        return into_window(source, now + source.every + _late(source.slug, now) * JITTER * source.every, now)
    wait = max(rhythm.interval(past, now), min(least or timedelta(), LONGEST))
    at = now + min(wait * (1 + JITTER * _late(source.slug, now)), LONGEST)
    calm = rhythm.rested(at, rhythm.quiet_hours(past, source.zone, now), source.zone, now)
    return into_window(source, calm if calm == at else calm + STAGGER * _late(source.slug, now), now)


def after_failure(source: Source, state: str, failures: int, now: datetime) -> datetime:
    """When a source is asked again that has failed so often in a row, this time with such a state."""
    wait = waited(FAILURES.get(state, FAILURES["failing"]), failures)
    return into_window(source, now + min(wait * (1 + JITTER * _late(source.slug, now)), LONGEST), now)


def waited(failure: Failure, times: int) -> timedelta:
    """How long is waited after so many failures in a row, at most a day."""
    grown: timedelta = failure.first * failure.growth ** min(max(times - 1, 0), 12)
    return min(grown, LONGEST)


def bounded(seconds: float) -> timedelta:
    """A time that a server asks to be left alone for, as long as it is: a day at most."""
    return timedelta(seconds=min(seconds, LONGEST.total_seconds()))


def into_window(source: Source, at: datetime, now: datetime) -> datetime:
    """The time itself, or the next one at which the source's window is open, not all sources at the same minute."""
    if source.window is None or is_open(source.window, source.zone, at):
        return at
    local = at.astimezone(ZoneInfo(source.zone))
    starts = (_at(local, source.window.start, days) for days in (0, 1))
    return next(start for start in starts if start > at) + STAGGER * _late(source.slug, now)


def is_open(window: Window | None, zone: str, at: datetime) -> bool:
    """Whether a time is within a window, by the source's own clock."""
    if window is None:
        return True
    clock = at.astimezone(ZoneInfo(zone)).time()
    if window.start < window.end:
        return window.start <= clock < window.end
    return clock >= window.start or clock < window.end


def _at(local: datetime, clock: time, days: int) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), clock, local.tzinfo).astimezone(UTC)


def _late(slug: str, now: datetime) -> float:
    """How much of its jitter a source takes in a run, from 0 to 1: as good as chance, and always the same."""
    digest = blake2b(f"{slug} {now.timestamp():.0f}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) / 0xFFFFFFFF


def next_try(now: datetime, attempts: int) -> datetime | None:
    """When a link is tried again that has failed `attempts` times, or None to give it up."""
    return now + LINK_LADDER[attempts - 1] if attempts <= len(LINK_LADDER) else None


# -- looking at stored articles again --------------------------------------------------------------------------------

# Ages at which a stored article is looked at again: most edits come on the first day, most removals within a month.
LOOKS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=10),
    timedelta(days=30),
)
FIRST_CARRIED = 2  # rung at which the ladder of articles begins that REST or a feed brings, as it tells of their edits


def first_look(began: datetime, now: datetime, *, is_carried: bool) -> tuple[int, datetime] | None:
    """The rung of the ladder that comes first for an article that began at `began`, and when; None behind the last.

    Those of one source that are only looked for (`is_carried`) come together, once in a UTC day, in one request.
    """
    rungs = enumerate(LOOKS[FIRST_CARRIED:], FIRST_CARRIED) if is_carried else enumerate(LOOKS)
    ahead = ((rung, began + age) for rung, age in rungs if began + age > now)
    return next(((rung, _with_others(at) if is_carried else at) for rung, at in ahead), None)


def next_look(now: datetime, rung: int, *, is_carried: bool) -> datetime | None:
    """When an article comes to a rung that was looked at on the rung before just now; None behind the last."""
    if rung >= len(LOOKS):
        return None
    at = now + LOOKS[rung] - (LOOKS[rung - 1] if rung else timedelta())
    return _with_others(at) if is_carried else at


def after_edit(rung: int, edits: int) -> int:
    """The rung that follows an edit found on `rung`, the article's `edits`th: further down, but ever less so.

    A page that is never twice the same climbs the ladder all the same.
    """
    return min(rung + 1, max(1, edits))


def _with_others(at: datetime) -> datetime:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day if day == at else day + timedelta(days=1)
