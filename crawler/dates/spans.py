"""Spans of time and hours of the day as people write them into configuration: `30m`, `06:00-22:00`."""

from __future__ import annotations

import re
from datetime import time, timedelta

from crawler.models import Window

_SPAN = re.compile(r"\s*([1-9]\d{0,4})\s*(m|min|h|d)\s*", re.IGNORECASE)
_MINUTES = {"m": 1, "min": 1, "h": 60, "d": 24 * 60}
_WINDOW = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*(?:([01]?\d|2[0-3]):([0-5]\d)|24:00)\s*")

LEAST, MOST = timedelta(minutes=5), timedelta(days=7)
LEAST_OPEN = 60  # minutes: what is shorter, cron might never meet
EVERY_RULE = 'must be a span from "5m" to "7d", such as "30m" or "6h".'
WINDOW_RULE = 'must be hours of the day such as "06:00-22:00", an hour or longer; "22:00-05:00" goes over midnight.'


def span_of(text: object) -> timedelta | None:
    """A span between five minutes and a week; None for anything else."""
    found = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return None
    span = timedelta(minutes=int(found[1]) * _MINUTES[found[2].lower()])
    return span if LEAST <= span <= MOST else None


def window_of(text: object) -> Window | None:
    """Hours of the day of at least an hour; None for anything else. `24:00` is midnight."""
    found = _WINDOW.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return None
    start, end = time(int(found[1]), int(found[2])), time(int(found[3] or 0), int(found[4] or 0))
    length = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60)
    return Window(start, end) if length >= LEAST_OPEN else None
