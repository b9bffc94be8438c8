"""Which articles are shown nowhere, and why: derived from what was decided about them, in one place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

from crawler.storage.database import next_change, stamp


def settle(db: sqlite3.Connection, article_id: int, now: datetime) -> bool:
    """Set `articles.withheld` by merges, take-downs and quarantine, and tell whether that changed it.

    A take-down of any of an article's addresses hides it, and so does one of an article that was merged into it.
    """
    row = db.execute("select withheld from articles where id = ?", (article_id,)).fetchone()
    withheld = next((name for name, holds in _REASONS if holds(db, article_id)), None)
    if withheld == row["withheld"]:
        return False
    db.execute(
        "update articles set withheld = ?, change = ?, changed_at = ? where id = ?",
        (withheld, next_change(db), stamp(now), article_id),
    )
    return True


def _is_dropped(db: sqlite3.Connection, article_id: int) -> bool:
    row = db.execute("select 1 from merges where dropped_id = ? and undone_at is null", (article_id,)).fetchone()
    return row is not None


def _is_taken_down(db: sqlite3.Connection, article_id: int) -> bool:
    row = db.execute(
        """select 1 from article_aliases a join takedowns t on t.url_key = a.value and t.lifted_at is null
           where a.kind = 'url' and a.article_id in
               (select ? union all select dropped_id from merges where kept_id = ? and undone_at is null)""",
        (article_id, article_id),
    ).fetchone()
    return row is not None


def _is_quarantined(db: sqlite3.Connection, article_id: int) -> bool:
    row = db.execute("select 1 from quarantines where article_id = ? and released_at is null", (article_id,)).fetchone()
    return row is not None


# Values of `articles.withheld`, the first that holds decides.
_REASONS: tuple[tuple[str, Callable[[sqlite3.Connection, int], bool]], ...] = (
    ("merged", _is_dropped),
    ("hidden", _is_taken_down),
    ("quarantined", _is_quarantined),
)
