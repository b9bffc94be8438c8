"""Articles that a rule takes for planted spam: kept back until they are released or their site is clean.

Each function works inside the caller's transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from crawler.storage import withheld
from crawler.storage.database import moment, stamp
from crawler.storage.lookup import named

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An article that is kept back, since when, and the signs that told."""

    url: str
    title: str
    source: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Judgeable:
    """An article on which the rule has a say, and whether it is kept back."""

    article_id: int
    url: str
    is_held: bool


def put(db: sqlite3.Connection, article_id: int, reason: str, now: datetime) -> bool:
    """Keep an article back from now on; False where the operator has released it, which holds for ever."""
    db.execute(
        """insert into quarantines (article_id, reason, quarantined_at) values (?, ?, ?)
           on conflict (article_id) do update set reason = excluded.reason where released_at is null""",
        (article_id, reason, stamp(now)),
    )
    withheld.settle(db, article_id, now)
    return is_held(db, article_id)


def lift(db: sqlite3.Connection, article_id: int, now: datetime) -> None:
    """Show an article again whose site is clean; nothing where it is not kept back."""
    done = db.execute("delete from quarantines where article_id = ? and released_at is null", (article_id,))
    if done.rowcount:
        withheld.settle(db, article_id, now)


def release(db: sqlite3.Connection, name: str, reason: str | None, now: datetime) -> list[Quarantined]:
    """Show the article that goes by an address or entry id, and never keep it back again; empty where none is."""
    keys = [key for key in named(db, name) if is_held(db, key)]
    released = [one for key in keys for one in _listed(db, "article_id = ?", (key,))]
    for key in keys:
        db.execute(
            "update quarantines set released_at = ?, released_reason = ? where article_id = ?",
            (stamp(now), reason, key),
        )
        withheld.settle(db, key, now)
    return released


def is_held(db: sqlite3.Connection, article_id: int) -> bool:
    """Whether an article is kept back."""
    row = db.execute("select released_at from quarantines where article_id = ?", (article_id,)).fetchone()
    return row is not None and row["released_at"] is None


def is_released(db: sqlite3.Connection, article_id: int) -> bool:
    """Whether the operator has looked at an article and shown it."""
    row = db.execute("select released_at from quarantines where article_id = ?", (article_id,)).fetchone()
    return row is not None and row["released_at"] is not None


def judgeable(db: sqlite3.Connection, source: str | None, since: datetime | None, after: int) -> list[Judgeable]:
    """The next articles behind a key that the operator has not released: of a source, seen since a time, or all."""
    rows = db.execute(
        """select a.id, a.url, q.article_id is not null as is_held
           from articles a left join quarantines q on q.article_id = a.id
           where a.id > :after and q.released_at is null and (:source is null or a.source = :source)
               and (:since is null or coalesce(a.seen_at, a.first_seen) >= :since)
           order by a.id limit :most""",
        {"after": after, "source": source, "since": stamp(since) if since else None, "most": AT_ONCE},
    )
    return [Judgeable(row["id"], row["url"], bool(row["is_held"])) for row in rows]


def held(db: sqlite3.Connection) -> list[Quarantined]:
    """All articles that are kept back, newest first."""
    return _listed(db, "true", ())


def _listed(db: sqlite3.Connection, condition: str, values: tuple[int, ...]) -> list[Quarantined]:
    rows = db.execute(
        f"""select a.url, a.title, a.source, q.reason, q.quarantined_at
            from quarantines q join articles a on a.id = q.article_id
            where q.released_at is null and {condition} order by q.quarantined_at desc, a.id desc""",
        values,
    )
    return [
        Quarantined(row["url"], row["title"], row["source"], row["reason"], moment(row["quarantined_at"]))
        for row in rows
    ]
