"""Stored articles judged by today's rule for planted spam: many were stored before the rule knew their like.

It asks of what is stored, not of captures, as an article may outlive its pages. What the operator released is left out.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from crawler.home import Home
from crawler.lock import PAUSE, one_slice
from crawler.quarantine import suspicion
from crawler.storage import articles, quarantines
from crawler.storage.database import open_reading, open_writer, transaction
from crawler.storage.page_reading import Wanted


@dataclass(slots=True)
class Judged:
    """The articles that are kept back now, each with its signs, and those that are shown again."""

    held: list[tuple[str, str]] = field(default_factory=list)
    freed: list[str] = field(default_factory=list)


async def judge_all(
    home: Home, wanted: Wanted, clock: Callable[[], datetime], judged: Judged, *, is_dry: bool, seconds: float
) -> None:
    """Judge the wanted articles in slices, between which an update gets in; a dry run takes no lock."""
    if is_dry:
        with closing(open_reading(home.database)) as db:
            judge(db, wanted, None, judged, 0, None)
        return
    after: int | None = 0
    while after is not None:
        async with one_slice(home.run_lock, home.waiting_lock):
            with closing(open_writer(home.database)) as db:
                after = judge(db, wanted, clock(), judged, after, monotonic() + seconds)
        await asyncio.sleep(2 * PAUSE if after is not None else 0)


def judge(
    db: sqlite3.Connection, wanted: Wanted, now: datetime | None, judged: Judged, after: int, until: float | None
) -> int | None:
    """Judge articles behind a key until the time has come; the key that was reached, None at the end.

    Without `now` nothing is written.
    """
    while batch := quarantines.judgeable(db, wanted.source, wanted.since, after):
        for one in batch:
            spam = suspicion(articles.load(db, one.article_id))
            if (spam is not None) != one.is_held:
                _note(judged, one, spam)
                if now:
                    _settle(db, one.article_id, spam, now)
            after = one.article_id
        if until is not None and monotonic() >= until:
            return after
    return None


def _note(judged: Judged, one: quarantines.Judgeable, spam: str | None) -> None:
    if spam:
        judged.held.append((one.url, spam))
    else:
        judged.freed.append(one.url)


def _settle(db: sqlite3.Connection, article_id: int, spam: str | None, now: datetime) -> None:
    with transaction(db):
        if spam:
            quarantines.put(db, article_id, spam, now)
        else:
            quarantines.lift(db, article_id, now)
