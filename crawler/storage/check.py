"""What can be wrong inside `newsfeed.db`, and what of it can be mended safely; a function each.

A check returns a line per finding, none where all is well. A repair is one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from crawler.storage import schema
from crawler.storage.database import connect, next_change, stamp, transaction
from crawler.storage.tables import empty, names, tables
from crawler.text.urls import url_key

FTS = "articles_fts"

# What hangs on an article -> rows of it whose article is not there; deleting those loses nothing.
LISTS = (
    "article_aliases", "article_images", "article_tags", "article_related", "article_units", "article_places",
    "article_topics", "article_signatures", "article_keys", "quarantines",
)  # fmt: skip

# What is counted -> the condition, after "select count(*) from".
ORPHANS: Mapping[str, str] = {
    **{
        f"rows of {table} without an article": f"{table} where article_id not in (select id from articles)"
        for table in LISTS
    },
    "stored links without an article": "links where state = 'done' and (article_id is null"
    " or article_id not in (select id from articles))",
    "articles without a name to know them by": "articles where id not in (select article_id from article_aliases)",
    "merges of a missing article": "merges where kept_id not in (select id from articles)"
    " or dropped_id not in (select id from articles)",
    "story decisions about a missing article": "story_decisions where article_id not in (select id from articles)"
    " or other_id not in (select id from articles)",
    "stories led by a missing article": "stories where lead_id not in (select id from articles)",
    "incidents of unknown sources": "incidents where source not in (select slug from sources)",
}


def whole(db: sqlite3.Connection) -> list[str]:
    """Pages, rows and indexes that do not fit together."""
    try:
        return [str(row[0]) for row in db.execute("pragma integrity_check(5)") if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def keys(db: sqlite3.Connection) -> list[str]:
    """Rows that point to a row that is not there, counted by table."""
    found: dict[str, int] = {}
    for row in db.execute("pragma foreign_key_check"):
        text = f"rows of {row[0]} that point to missing {row[2]}"
        found[text] = found.get(text, 0) + 1
    return [f"{count} {text}" for text, count in found.items()]


def orphans(db: sqlite3.Connection) -> list[str]:
    """Rows that nothing can reach, or that lost what they belong to."""
    counts = {text: db.execute(f"select count(*) from {where}").fetchone()[0] for text, where in ORPHANS.items()}
    return [f"{count} {text}" for text, count in counts.items() if count]


def mend_orphans(db: sqlite3.Connection) -> None:
    """Delete lists of no article, open links again whose article is lost, name articles by their own address."""
    with transaction(db):
        for table in LISTS:
            db.execute(f"delete from {table} where article_id not in (select id from articles)")
        db.execute(
            """update links set state = 'open', article_id = null, next_try = null
               where state = 'done' and (article_id is null or article_id not in (select id from articles))"""
        )
        db.execute(f"delete from {ORPHANS['merges of a missing article']}")
        _mend_stories(db)
        db.execute("delete from incidents where source not in (select slug from sources)")
        nameless = db.execute(
            "select id, source, canonical_url from articles where id not in (select article_id from article_aliases)"
        ).fetchall()
        db.executemany(
            """insert into article_aliases (source, kind, value, article_id) values (?, 'url', ?, ?)
               on conflict do nothing""",
            [(row["source"], url_key(row["canonical_url"]), row["id"]) for row in nameless],
        )


def _mend_stories(db: sqlite3.Connection) -> None:
    """Forget what was decided about missing articles, and give their stories another lead."""
    db.execute(f"delete from {ORPHANS['story decisions about a missing article']}")
    db.execute(
        """update stories set lead_id = (select min(id) from articles where story_id = stories.id)
           where lead_id not in (select id from articles)"""
    )
    # else what comes would count as grouped
    db.execute("update story_progress set change = min(change, ?)", (next_change(db) - 1,))


def version(db: sqlite3.Connection) -> list[str]:
    """Whether this program's schema is that of the file."""
    database = Database(db)
    ours = {migration.name for migration in schema.migrations._migrations}
    newer = {migration.name for migration in schema.migrations.applied(database)} - ours
    if newer:
        return [f"it was written by a newer newsfeed ({', '.join(sorted(newer))})"]
    return ["it was written by an older newsfeed"] if is_older(db) else []


def is_older(db: sqlite3.Connection) -> bool:
    """Whether the file still has to be brought up to date; it then lacks tables, and that is no fault."""
    return bool(schema.migrations.pending(Database(db)))


def structure(db: sqlite3.Connection) -> list[str]:
    """Tables, views and indexes that are missing."""
    return [f"{kind} {name} is missing" for kind, name, _ in _missing(db)]


def mend_structure(db: sqlite3.Connection) -> None:
    """Make missing indexes and views again; a missing table needs a backup."""
    with transaction(db):
        for kind, _, sql in _missing(db):
            if kind != "table":
                db.execute(sql)


def plans(db: sqlite3.Connection) -> list[str]:
    """Queries that do not take the index that was made for them."""
    there = names(db, "index")
    wanted = [index for table in tables() if table.file == "newsfeed" for index in table.indexes if index.name in there]
    return [
        f"{index.name} is not used for {index.serves}" for index in wanted if index.name not in plan(db, index.query)
    ]


def plan(db: sqlite3.Connection, query: str) -> str:
    """How SQLite would answer a query, in its own words."""
    return "\n".join(row["detail"] for row in db.execute(f"explain query plan {query}"))


def drop_statistics(db: sqlite3.Connection) -> None:
    """Take out planner statistics that another program left: ours are written to do without."""
    with transaction(db):
        for row in db.execute("select name from sqlite_master where name glob 'sqlite_stat[0-9]'").fetchall():
            db.execute(f"drop table {row['name']}")


def reindex(db: sqlite3.Connection) -> None:
    """Build all indexes again from their tables."""
    with transaction(db):
        db.execute("reindex")


def search(db: sqlite3.Connection) -> list[str]:
    """Whether the full-text index agrees with itself and the articles; takes the write lock for that long."""
    if not _has_search(db):
        return []
    db.execute("begin immediate")
    try:
        db.execute(f"insert into {FTS} ({FTS}, rank) values ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return [f"the full-text index does not fit the articles ({error})"]
    finally:
        if db.in_transaction:
            db.execute("rollback")
    return []


def rebuild_search(db: sqlite3.Connection) -> None:
    """Build the full-text index again from the articles."""
    if _has_search(db):
        with transaction(db):
            db.execute(f"insert into {FTS} ({FTS}) values ('rebuild')")


def future(db: sqlite3.Connection, now: datetime) -> list[str]:
    """What was stored at a time that has not come yet: a clock was wrong, then or now."""
    row = db.execute(
        "select coalesce(max(last_try), '') as tried, coalesce(max(changed_at), '') as changed from sources"
    ).fetchone()
    newest = max(row["tried"], row["changed"])
    if newest <= stamp(now + timedelta(hours=1)):
        return []
    return [f"the newest row is of {newest}, and this machine's clock says {stamp(now)}"]


def log_size(path: Path) -> int:
    """Bytes in the write-ahead log beside a database."""
    log = Path(f"{path}-wal")
    return log.stat().st_size if log.exists() else 0


def empty_log(db: sqlite3.Connection) -> None:
    """Write the log into the database."""
    db.execute("pragma wal_checkpoint(truncate)").fetchone()


def settle(path: Path) -> None:
    """Write the log of a database into it, so that the file alone is all of it; a damaged one stays as it is."""
    with suppress(sqlite3.DatabaseError), closing(connect(path)) as db:
        db.execute("pragma busy_timeout = 1000")  # a reader may stay for long; who calls keeps the log in that case
        empty_log(db)


def unused(db: sqlite3.Connection) -> int:
    """Bytes in the file that nothing is in; what is stored next goes there."""
    page = int(db.execute("pragma page_size").fetchone()[0])
    return page * int(db.execute("pragma freelist_count").fetchone()[0])


def is_ours(db: sqlite3.Connection) -> bool:
    """Whether this is a database of newsfeed at all."""
    return "articles" in names(db, "table")


def _has_search(db: sqlite3.Connection) -> bool:
    return FTS in names(db, "table")


def _missing(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    if is_older(db):
        return []
    wanted = empty("newsfeed")
    return [
        (kind, name, sql)
        for kind in ("table", "view", "index")
        for name, sql in names(wanted, kind).items()
        if name not in names(db, kind)
    ]
