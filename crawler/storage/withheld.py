"""Which articles are shown nowhere, and why: derived from what was decided about them, in one place."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from crawler.storage.database import next_change, stamp


def settle(db: sqlite3.Connection, article_id: int, now: datetime) -> bool:
    """Set `articles.withheld` by take-downs and merges, and tell whether that changed it; quarantine stays.

    A take-down of any of an article's addresses hides it, and so does one of an article that was merged into it.
    """
    row = db.execute("select withheld from articles where id = ?", (article_id,)).fetchone()
    if row["withheld"] == "quarantined":
        return False
    withheld = "merged" if _is_dropped(db, article_id) else "hidden" if _is_taken_down(db, article_id) else None
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
