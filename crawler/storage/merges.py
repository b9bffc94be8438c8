"""Merges: two stored articles that turned out to be one, and the way back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from crawler.storage import withheld
from crawler.storage.database import moment, stamp

LIVES_ON = "the other was removed, its copy lives on"


@dataclass(frozen=True, slots=True)
class Merge:
    """Two articles that count as one: the address of each, why, since when, and until when."""

    kept: str
    dropped: str
    reason: str
    at: datetime
    undone_at: datetime | None = None
    undone_reason: str | None = None


def join(db: sqlite3.Connection, kept: int, dropped: int, reason: str, now: datetime, *, is_copy: bool) -> None:
    """Withhold an article for another's sake. A copy keeps its names and goes on being followed under them.

    Otherwise both were one all along: the kept one takes over every name, and is what any of them finds.
    """
    moved = [] if is_copy else _take_names(db, kept, dropped)
    db.execute(
        """insert into merges (kept_id, dropped_id, reason, aliases, at) values (?, ?, ?, ?, ?)
           on conflict (dropped_id) where undone_at is null do update
               set kept_id = excluded.kept_id, reason = excluded.reason, aliases = excluded.aliases""",
        (kept, dropped, reason, json.dumps(moved, ensure_ascii=False), stamp(now)),
    )
    db.execute("update merges set kept_id = ? where kept_id = ? and undone_at is null", (kept, dropped))
    withheld.settle(db, dropped, now)
    withheld.settle(db, kept, now)


def undo(db: sqlite3.Connection, dropped: int, reason: str, now: datetime) -> bool:
    """Show a dropped article again, with the names it had; False where it is not one. The pair stays apart for ever."""
    row = db.execute("select * from merges where dropped_id = ? and undone_at is null", (dropped,)).fetchone()
    if row is None:
        return False
    db.executemany(
        "update article_aliases set article_id = ? where source = ? and kind = ? and value = ?",
        [(dropped, *alias) for alias in json.loads(row["aliases"])],
    )
    db.execute("update merges set undone_at = ?, undone_reason = ? where id = ?", (stamp(now), reason, row["id"]))
    for article_id in (dropped, row["kept_id"]):
        withheld.settle(db, article_id, now)
    return True


def kept_of(db: sqlite3.Connection, dropped: int) -> int | None:
    """The article that a dropped one counts as; None for one that stands for itself."""
    row = db.execute("select kept_id from merges where dropped_id = ? and undone_at is null", (dropped,)).fetchone()
    return int(row["kept_id"]) if row else None


def living_copy(db: sqlite3.Connection, article_id: int) -> int | None:
    """The oldest copy of an article that its site still shows; none of one that is quarantined, or itself dropped."""
    row = db.execute(
        """select min(copy.id) as id from articles a join merges m on m.kept_id = a.id and m.undone_at is null
               join articles copy on copy.id = m.dropped_id
           where a.id = ? and a.withheld is not 'quarantined' and a.withheld is not 'merged' and m.aliases = '[]'
               and copy.removed is null and copy.withheld = 'merged'""",
        (article_id,),
    ).fetchone()
    return int(row["id"]) if row["id"] is not None else None


def take_over(db: sqlite3.Connection, article_id: int, copy: int, now: datetime) -> None:
    """Let a copy stand for an article from now on, under its entry id, in its place in feeds, and with its edits.

    Each keeps its page, and with it text, names, links and captures. So readers see one entry that has moved, and the
    article is now what is dropped, as a copy of its copy.
    """
    old, new = (
        db.execute("select entry_id, entered, updated from articles where id = ?", (key,)).fetchone()
        for key in (article_id, copy)
    )
    change = "update articles set entry_id = ?, entered = ? where id = ?"
    db.execute(change, (f"{old['entry_id']} is taken over", new["entered"], article_id))
    db.execute(change, (old["entry_id"], old["entered"], copy))
    db.execute(change, (new["entry_id"], new["entered"], article_id))
    newest = max((row["updated"] for row in (old, new) if row["updated"]), default=None)
    db.execute("update articles set updated = ? where id = ?", (newest, copy))
    db.execute("update revisions set article_id = ? where article_id = ?", (copy, article_id))
    db.execute(
        """update merges set kept_id = ?, dropped_id = ?, reason = reason || ? where dropped_id = ?
               and undone_at is null""",
        (copy, article_id, f"; {LIVES_ON}", copy),
    )
    db.execute("update merges set kept_id = ? where kept_id = ? and undone_at is null", (copy, article_id))
    withheld.settle(db, article_id, now)
    withheld.settle(db, copy, now)


def apart(db: sqlite3.Connection, article_ids: Iterable[int]) -> frozenset[frozenset[int]]:
    """The pairs among these articles that were taken apart again."""
    pairs = [frozenset(pair) for pair in combinations(sorted(set(article_ids)), 2)]
    return frozenset(pair for pair in pairs if _was_undone(db, *sorted(pair)))


def dropped_at(db: sqlite3.Connection, url: str) -> int | None:
    """The dropped article whose home an address is."""
    row = db.execute(
        """select dropped_id from merges join articles on articles.id = dropped_id
           where undone_at is null and ? in (url, canonical_url) order by merges.id desc limit 1""",
        (url,),
    ).fetchone()
    return int(row["dropped_id"]) if row else None


def newest(db: sqlite3.Connection, limit: int) -> list[Merge]:
    """The latest merges, with those that were undone."""
    rows = db.execute(
        """select kept.url as kept, dropped.url as dropped, reason, at, undone_at, undone_reason
           from merges join articles kept on kept.id = kept_id join articles dropped on dropped.id = dropped_id
           order by merges.id desc limit ?""",
        (limit,),
    )
    times = ("at", "undone_at")
    return [Merge(**{**dict(row), **{name: moment(row[name]) for name in times if row[name]}}) for row in rows]


def _take_names(db: sqlite3.Connection, kept: int, dropped: int) -> list[list[str]]:
    rows = db.execute("select source, kind, value from article_aliases where article_id = ?", (dropped,)).fetchall()
    db.execute("update article_aliases set article_id = ? where article_id = ?", (kept, dropped))
    return [list(row) for row in rows]


def _was_undone(db: sqlite3.Connection, one: int, other: int) -> bool:
    row = db.execute(
        """select 1 from merges where undone_at is not null
               and ((kept_id = ? and dropped_id = ?) or (kept_id = ? and dropped_id = ?))""",
        (one, other, other, one),
    ).fetchone()
    return row is not None
