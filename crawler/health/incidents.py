"""When trouble is news: an incident opens once, closes by itself, and one source that flickers makes one incident."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.models import Move, Spell

CALM = timedelta(hours=1)


def next_move(last: Spell | None, *, trouble: bool, now: datetime) -> Move | None:
    """What becomes of a source's last incident; None where there is none, and no trouble.

    Trouble that is back within the hour continues the incident that was closed, which from then on closes only after an
    hour without.
    """
    if last and last.closed_at is None:
        if trouble:
            return "go on"
        return "wait" if last.reopened and now - last.seen_at < CALM else "close"
    if not trouble:
        return None
    return "reopen" if last and last.closed_at and now - last.closed_at < CALM else "open"
