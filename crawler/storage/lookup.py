"""Which stored article an operator means: by any of its addresses, or by its id in feeds."""

from __future__ import annotations

import sqlite3

from crawler.text.urls import canonical_url, url_key

URN = "urn:uuid:"


def is_address(name: str) -> bool:
    """Whether a name is an address that an article may have; else it can only be an entry id."""
    return canonical_url(name) is not None


def named(db: sqlite3.Connection, name: str) -> tuple[int, ...]:
    """Keys of the articles that go by an address, or by an entry id with or without `urn:uuid:`.

    One that was merged is the one it became. An address that is nobody's alias may be the canonical one that a single
    article claims.
    """
    if not is_address(name):
        rows = db.execute("select id from articles where entry_id = ?", (entry_id(name),)).fetchall()
    else:
        rows = db.execute(
            "select distinct article_id as id from article_aliases where kind = 'url' and value = ?", (url_key(name),)
        ).fetchall() or _claiming(db, name)
    return tuple(dict.fromkeys(_kept(db, row["id"]) for row in rows))


def entry_id(name: str) -> str:
    """An entry id as it is stored."""
    return URN + name.strip().lower().removeprefix(URN)


def keys_of(db: sqlite3.Connection, article_id: int) -> set[str]:
    """Every address of an article and of those that were merged into it, as addresses compare."""
    rows = db.execute(
        """select value from article_aliases where kind = 'url' and article_id in
               (select ? union all select dropped_id from merges where kept_id = ? and undone_at is null)""",
        (article_id, article_id),
    )
    return {row["value"] for row in rows}


def _claiming(db: sqlite3.Connection, url: str) -> list[sqlite3.Row]:
    """Some sites claim one address for every page, so what several articles claim is none of theirs."""
    rows = db.execute("select id from articles where canonical_url in (?, ?)", (url, canonical_url(url))).fetchall()
    return rows if len(rows) == 1 else []


def _kept(db: sqlite3.Connection, article_id: int) -> int:
    met: set[int] = set()
    while article_id not in met:
        met.add(article_id)
        row = db.execute(
            "select kept_id from merges where dropped_id = ? and undone_at is null", (article_id,)
        ).fetchone()
        article_id = row["kept_id"] if row else article_id
    return article_id
