"""Opening `newsfeed.db`: pragmas, migrations, one short write transaction at a time, and errors in our own words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from crawler.errors import SchemaError, StorageError
from crawler.storage.schema import migrations, refuse_newer
from crawler.storage.trouble import reported
from crawler.storage.upgrade import bring_up_to_date

BUSY_TIMEOUT = 30.0  # seconds; write transactions last milliseconds
CACHE = 16_000  # KiB of pages that a writer keeps; the indexes are written to in no order
CHECKPOINT = 16_000  # pages of the log (64 MB) before it is folded in: pages written to again and again are folded once
RESTORING = "restore.json"  # beside the database while a backup takes its place


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the database for writing, creating or migrating it; raises StorageError or SchemaError.

    One that is migrated and holds something is copied first, beside itself; see `crawler.storage.upgrade`.
    """
    with reported(path):
        if path.with_name(RESTORING).exists():
            raise StorageError(f"{path}: a restore was broken off; `newsfeed status` or any other command finishes it.")
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = connect(path)
        try:
            refuse_newer(connection, path)
            bring_up_to_date(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection that writes, to a database of whatever schema."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma foreign_keys = on")
        connection.execute(f"pragma cache_size = -{CACHE}")
        connection.execute(f"pragma wal_autocheckpoint = {CHECKPOINT}")
    except BaseException:
        connection.close()
        raise
    return connection


def open_reading(path: Path) -> sqlite3.Connection:
    """Open the database read-only; raises StorageError where there is none, SchemaError for another version's."""
    if not path.exists():
        raise StorageError(f"{path} does not exist yet; run `newsfeed update` first.")
    with reported(path):
        uri = f"file:{quote(str(path))}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)
        connection.row_factory = sqlite3.Row
        refuse_newer(connection, path)
        if migrations.pending(Database(connection)):
            raise SchemaError(f"{path} was written by an older newsfeed; run `newsfeed update` to bring it up to date.")
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction: all of the block is stored, or none of it; raises StorageError."""
    path = Path(connection.execute("pragma database_list").fetchone()["file"])
    with reported(path):
        connection.execute("begin immediate")
        try:
            yield
            _index_new(connection)
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise


def _index_new(connection: sqlite3.Connection) -> None:
    """Make the articles that a transaction added searchable, all at once: one by one costs twice as much."""
    connection.execute(
        """insert into articles_fts (rowid, title, body_text)
           select id, title, body_text from articles
           where id > (select coalesce(max(id), 0) from articles_fts_docsize)"""
    )


def next_change(connection: sqlite3.Connection) -> int:
    """The next value of the counter that every write a feed can see takes."""
    row = connection.execute(
        """select max((select coalesce(max(change), 0) from articles), (select coalesce(max(change), 0) from sources),
               (select coalesce(max(change), 0) from stories))"""
    ).fetchone()
    return int(row[0]) + 1


@lru_cache(maxsize=1024)  # of an article half a dozen times are stored, and most of them are those of the run
def stamp(at: datetime) -> str:
    """An aware datetime as it is stored: UTC, whole seconds, `Z`."""
    return f"{at.astimezone(UTC).isoformat()[:19]}Z"


def moment(text: str) -> datetime:
    """A stored time as an aware datetime."""
    return datetime.fromisoformat(text)
