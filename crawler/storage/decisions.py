"""What was decided about pairs of articles, by the program and by people; the program's is replaced, theirs stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime

from crawler.models import Decision, Pair
from crawler.storage.database import moment, stamp
from crawler.storage.signatures import marks, sliced


def forget(db: sqlite3.Connection, article_ids: Collection[int]) -> None:
    """Take back what the program decided about articles."""
    for column in ("article_id", "other_id"):
        db.executemany(
            f"delete from story_decisions where {column} = ? and by = 'program'", [(key,) for key in article_ids]
        )


def save(db: sqlite3.Connection, pairs: Iterable[Pair], now: datetime) -> None:
    """Store decisions; one about a pair takes the place of that by the same side."""
    db.executemany(
        """insert or replace into story_decisions (article_id, other_id, verdict, score, reason, by, at)
           values (?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                pair.one,
                pair.other,
                pair.decision.verdict,
                pair.decision.score,
                pair.decision.reason,
                pair.by,
                stamp(now),
            )
            for pair in pairs
        ],
    )


def about(db: sqlite3.Connection, article_ids: Collection[int]) -> list[Pair]:
    """Everything that was decided about articles, in the order in which it was."""
    found: dict[int, sqlite3.Row] = {}
    for ids in sliced(article_ids):
        for column in ("article_id", "other_id"):
            rows = db.execute(f"select * from story_decisions where {column} in ({marks(ids)})", ids)
            found |= {row["id"]: row for row in rows}
    return [_pair(row) for _, row in sorted(found.items())]


def _pair(row: sqlite3.Row) -> Pair:
    decision = Decision(row["verdict"], row["score"], row["reason"])
    return Pair(row["article_id"], row["other_id"], decision, row["by"], moment(row["at"]), row["id"])
