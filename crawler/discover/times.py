"""When: the marks that cursors are made of, and what a date text beside a link may mean at most.

A mark is an instant in UTC like `2026-11-24T03:00:00Z`; marks compare as texts. REST and sitemaps write the same marks,
so that each can go on where the other left off.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from crawler.dates.stamps import parse_datetime

DOWN = "down "  # what stands before a cursor of REST where the server does not know `modified_after`
DAY = timedelta(days=1)

_INSTANT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def mark_of(text: str | None) -> str | None:
    """A mark as it stands in a cursor or a post, or None where it is no time."""
    mark = (text or "").removeprefix(DOWN)
    if not _INSTANT.fullmatch(mark):
        return None
    try:
        return as_mark(datetime.fromisoformat(mark))
    except ValueError:
        return None


def is_down(cursor: str | None) -> bool:
    """Whether earlier crawls found that the server does not know `modified_after`."""
    return (cursor or "").startswith(DOWN)


def as_mark(moment: datetime) -> str:
    """An instant as a mark: marks compare as texts."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shifted(mark: str, seconds: int) -> str:
    """The mark so many seconds later."""
    return as_mark(datetime.fromisoformat(mark) + timedelta(seconds=seconds))


def latest(text: str | None, zone: str) -> datetime | None:
    """The last instant that a date text may mean, in UTC: the end of the day where it names no more than a day.

    `zone` is the IANA name that a time without offset is local to. None for what is no date.
    """
    moment = parse_datetime(text, zone) if text else None
    if moment is None or moment.precision != "day":
        return moment.at if moment else None
    try:
        return moment.at + DAY
    except OverflowError:  # the last day of the year 9999
        return None
