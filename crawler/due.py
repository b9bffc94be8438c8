"""When: which sources are due, when a source is asked next, when a link that failed is tried again."""

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
