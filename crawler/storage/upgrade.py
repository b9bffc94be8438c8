"""An older database is brought up to date: copied beside itself, then changed in one transaction or not at all."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from crawler.errors import StorageError
from crawler.storage.copying import copy, open_beside, require_space, size
from crawler.storage.schema import migrations

KEPT = 2  # copies


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the migrations that the file has not been through; raises StorageError where one fails.

    A file that holds something is copied first, to `newsfeed.db.<schema>-<time>.bak`. SQLite's write lock keeps every
    other writer out meanwhile, and readers see the old schema until the end.
    """
    database = Database(connection)
    if not migrations.pending(database):
        return
    connection.execute("begin immediate")
    copied = None
    try:
        if migrations.pending(database):  # not even if another process was quicker
            copied = _copied(connection, path)
            migrations.apply(database)
        connection.execute("commit")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("rollback")
        if copied and isinstance(error, sqlite3.Error):
            raise StorageError(
                f"{path} could not be brought up to date ({error}): it is as it was, and a copy of it is {copied}; "
                "go on with the older newsfeed."
            ) from error
        raise


def copies(path: Path) -> list[Path]:
    """The copies beside a database, oldest first."""
    return sorted(path.parent.glob(f"{path.name}.*.bak"), key=lambda copied: copied.name.rsplit("-", 1)[-1])


def _copied(connection: sqlite3.Connection, path: Path) -> Path | None:
    applied = migrations.applied(Database(connection))
    if not applied or not _holds_something(connection):
        return None
    # the migration itself needs about as much room as the copy
    require_space(path.parent, 2 * size(connection), f"a copy of {path.name} before it is brought up to date")
    target = path.with_name(f"{path.name}.{max(one.name for one in applied)}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.bak")
    with open_beside(path) as reading:  # SQLite copies nothing through a connection that holds the write lock
        copy(reading, target)
    for old in copies(path)[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def _holds_something(connection: sqlite3.Connection) -> bool:
    return connection.execute("select 1 from sources limit 1").fetchone() is not None
