"""How long an answer asks to be left alone: Cache-Control, and what a feed says of its own rhythm."""

from __future__ import annotations

import re
from datetime import timedelta

LONGEST = timedelta(hours=24)
HEAD = 65_536  # bytes of a feed in which its own elements stand, before its first entry

_FIRST_ENTRY = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_TTL = re.compile(rb"<ttl[^<>]{0,200}>\s*(\d{1,9})\s*</ttl\s*>", re.IGNORECASE)
_PERIOD = re.compile(rb"<[\w.-]{1,40}:updatePeriod[^<>]{0,200}>\s*(\w{1,20})\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<[\w.-]{1,40}:updateFrequency[^<>]{0,200}>\s*(\d{1,9})\s*<", re.IGNORECASE)
_PERIODS = {b"hourly": 1, b"daily": 24, b"weekly": 168, b"monthly": 720, b"yearly": 8760}  # hours
_UNCACHED = re.compile(r"(?:^|[\s,])no-(?:cache|store)(?:[\s,]|$)", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)


def least_interval(body: bytes, cache_control: str, age: str = "") -> timedelta | None:
    """The longest of what an answer asks for, at most a day; None where it asks for nothing.

    `age` is the header that tells for how long a cache has had it.
    """
    spans = [*_in_feed(body[:HEAD]), *_in_header(cache_control, age)]
    longest = min(max(spans, default=timedelta()), LONGEST)
    return longest or None


def _in_feed(head: bytes) -> list[timedelta]:
    entry = _FIRST_ENTRY.search(head)
    head = head[: entry.start()] if entry else head
    ttl, period, frequency = (pattern.search(head) for pattern in (_TTL, _PERIOD, _FREQUENCY))
    spans = [timedelta(minutes=min(int(ttl[1]), 10**6))] if ttl else []
    hours = _PERIODS.get(period[1].lower()) if period else None
    if hours:
        spans.append(timedelta(hours=hours) / max(int(frequency[1]) if frequency else 1, 1))
    return spans


def _in_header(cache_control: str, age: str) -> list[timedelta]:
    found = _MAX_AGE.search(cache_control)
    if not found or _UNCACHED.search(cache_control):
        return []
    had = int(age[:12]) if age.isascii() and age.isdigit() else 0
    return [timedelta(seconds=max(0, min(int(found[1]), 10**9) - had))]
