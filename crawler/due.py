"""When: which sources are due, when a source is asked next, when a link is tried and an article looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta

INTERVAL = timedelta(minutes=15)
TOLERANCE = timedelta(minutes=1)  # cron is not exact, and a poll must not wait for its next turn for a second's sake
LONGEST_INTERVAL = timedelta(hours=24)

# A link is given up after about nine days of failures.
LINK_LADDER = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=5),
)


def next_due(now: datetime, failures: int) -> datetime:
    """When a source is asked again: in 15 minutes, and twice as late after each failure in a row, at most a day."""
    doubled: timedelta = INTERVAL * 2 ** min(failures, 10)
    return now + min(doubled, LONGEST_INTERVAL)


def is_due(now: datetime, due: datetime | None, waiting: bool) -> bool:
    """Whether `update` asks a source now: its time has come, or links of it wait for their page."""
    return due is None or due <= now + TOLERANCE or waiting


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
    return max(1, min(rung, edits))


def _with_others(at: datetime) -> datetime:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day if day == at else day + timedelta(days=1)
