"""The day that an article tells of, where its dateline has a date of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from crawler.dates import event_date

_FRESH = timedelta(days=14)  # how long before its release an event may have been


def day_of(paragraphs: Sequence[str], opening: str, published: date | None, now: datetime) -> date | None:
    """The day of the event; None where the text names none.

    The date in a dateline (`opening`: `Cirebon, 19 Juni 2026 –`) is that of the release: an earlier day that the
    sentences behind it name goes first.
    """
    text = "\n".join(paragraphs)
    day = event_date(text, published, now)
    if day is None or not any(character.isdigit() for character in opening):
        return day
    told = event_date(text.replace(opening, "", 1), published or day, now)
    return told if told and day - _FRESH <= told <= day else day
