"""Take-downs by the operator: an address is hidden, with every article that goes by it, now and whenever it comes.

Each writing function is one short transaction and needs no lock, so it works while a crawl runs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.storage import merges, withheld
from crawler.storage.database import moment, stamp, transaction
from crawler.storage.lookup import entry_id, is_address, keys_of, named
from crawler.text.urls import url_key


@dataclass(frozen=True, slots=True)
class Affected:
    """An article that a take-down hides or shows again."""

    id: int
    entry_id: str
    title: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Takedown:
    """One take-down, by the address that the operator gave; `lifted_at` is None while it holds."""

    url: str
    reason: str
    hidden_at: datetime
    lifted_at: datetime | None = None
    lifted_reason: str | None = None
    articles: tuple[Affected, ...] = ()


def hide(db: sqlite3.Connection, name: str, reason: str, now: datetime) -> tuple[Takedown, bool] | None:
    """Take down an address, or an article by its entry id; also whether it is new: hidden twice is hidden once.

    None where an entry id is nobody's. An address that no article has yet is taken down for when one comes.
    """
    with transaction(db):
        keys = named(db, name)
        url = _address(db, name, keys)
        if url is None:
            return None
        if holding := _holding(db, url, keys):
            return _told(db, holding[0], keys), False
        db.execute(
            "insert into takedowns (url, url_key, reason, hidden_at) values (?, ?, ?, ?)",
            (url, url_key(url), reason, stamp(now)),
        )
        _settle(db, keys, now)
        return _told(db, _holding(db, url, keys)[0], keys), True


def unhide(db: sqlite3.Connection, name: str, reason: str | None, now: datetime) -> tuple[Takedown, ...]:
    """Lift every take-down that hides an address or entry id, and show its articles again; nothing where none does."""
    with transaction(db):
        keys = named(db, name)
        url = _address(db, name, keys)
        holding = _holding(db, url, keys) if url else []
        for row in holding:
            db.execute(
                "update takedowns set lifted_at = ?, lifted_reason = ? where id = ?", (stamp(now), reason, row["id"])
            )
        _settle(db, keys, now)
        return tuple(_told(db, row, keys) for row in holding)


def enforce(db: sqlite3.Connection, article_id: int, now: datetime) -> bool:
    """Hide an article that goes by an address which is taken down; inside the caller's transaction.

    To be called whenever an article is stored or gains an alias. True where this call hides it. One that it was merged
    into is hidden with it.
    """
    if db.execute("select 1 from takedowns where lifted_at is null limit 1").fetchone() is None:
        return False
    kept = merges.kept_of(db, article_id)
    if kept is not None:
        withheld.settle(db, kept, now)
    return withheld.settle(db, article_id, now)


def listed(db: sqlite3.Connection) -> list[Takedown]:
    """The take-downs that hold, newest first, each with its articles."""
    rows = db.execute("select * from takedowns where lifted_at is null order by id desc").fetchall()
    return [_told(db, row, named(db, row["url"])) for row in rows]


def _address(db: sqlite3.Connection, name: str, keys: Sequence[int]) -> str | None:
    """The address to take down: one under which its article is known again."""
    if is_address(name):
        if not keys or any(url_key(name) in keys_of(db, key) for key in keys):
            return name
        row = db.execute("select url from articles where id = ?", (keys[0],)).fetchone()
    else:
        row = db.execute("select url from articles where entry_id = ?", (entry_id(name),)).fetchone()
    return row["url"] if row else None


def _holding(db: sqlite3.Connection, url: str, keys: Iterable[int]) -> list[sqlite3.Row]:
    """The take-downs that hide this address or one of these articles, whatever address each was given."""
    addresses = {url_key(url)}.union(*(keys_of(db, key) for key in keys))
    return _rows(db, addresses)


def _rows(db: sqlite3.Connection, url_keys: Iterable[str]) -> list[sqlite3.Row]:
    values = sorted(url_keys)
    marks = ", ".join("?" * len(values))
    return db.execute(
        f"select * from takedowns where lifted_at is null and url_key in ({marks}) order by id", values
    ).fetchall()


def _settle(db: sqlite3.Connection, keys: Iterable[int], now: datetime) -> None:
    for key in keys:
        withheld.settle(db, key, now)


def _told(db: sqlite3.Connection, row: sqlite3.Row, keys: Sequence[int]) -> Takedown:
    marks = ", ".join("?" * len(keys))
    articles = db.execute(f"select id, entry_id, title, source, url from articles where id in ({marks})", keys)
    return Takedown(
        url=row["url"],
        reason=row["reason"],
        hidden_at=moment(row["hidden_at"]),
        lifted_at=moment(row["lifted_at"]) if row["lifted_at"] else None,
        lifted_reason=row["lifted_reason"],
        articles=tuple(Affected(**dict(article)) for article in articles),
    )
