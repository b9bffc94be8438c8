"""A whole copy of a database that is in use, and whether a copy can be trusted."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from crawler.errors import StorageError

STEP = 2000  # pages of the file, 8 MB
RESERVE = 16_000_000  # bytes that a copy must leave free


def copy(source: sqlite3.Connection, target: Path, on_step: Callable[[int, int], None] | None = None) -> None:
    """Write one consistent copy of an open database, whoever else writes to it meanwhile; `on_step(left, pages)`.

    The source's connection reads one snapshot from the first step to the last: without that, SQLite begins anew each
    time another process has written. Nobody sees `target` before it is whole. The connection must not be in a
    transaction.
    """
    partial = target.with_name(f".{target.name}.part")
    partial.unlink(missing_ok=True)
    source.execute("begin")
    try:
        source.execute("select count(*) from sqlite_master").fetchone()
        copied = sqlite3.connect(partial)
        try:
            source.backup(
                copied, pages=STEP, progress=(lambda _, left, pages: on_step(left, pages)) if on_step else None
            )
        finally:
            copied.close()
        sync(partial)
        partial.replace(target)
        sync(target.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    finally:
        source.execute("rollback")


def size(db: sqlite3.Connection) -> int:
    """How many bytes a copy of the database takes."""
    return int(db.execute("pragma page_count").fetchone()[0]) * int(db.execute("pragma page_size").fetchone()[0])


def require_space(folder: Path, needed: int, what: str) -> None:
    """Raise StorageError where the disk has no room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed + RESERVE:
        raise StorageError(
            f"{folder}: {what} needs {megabytes(needed + RESERVE)}, and {megabytes(free)} are free; "
            "free some space and run the same again."
        )


def problems(path: Path) -> list[str]:
    """What SQLite finds wrong in a file that nobody writes to; nothing is written beside it either."""
    db = open_still(path)
    try:
        found = [str(row[0]) for row in db.execute("pragma integrity_check(5)") if row[0] != "ok"]
        return found or [f"{row[0]} points to a missing {row[2]}" for row in db.execute("pragma foreign_key_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    finally:
        db.close()


@contextmanager
def open_beside(path: Path) -> Iterator[sqlite3.Connection]:
    """Read a database that others use, of whatever schema, for the length of the block."""
    db = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=30, isolation_level=None)
    try:
        db.row_factory = sqlite3.Row
        yield db
    finally:
        db.close()


def open_still(path: Path) -> sqlite3.Connection:
    """Read a database file that nobody writes to, such as a copy; no `-wal` and `-shm` come to lie beside it."""
    db = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, isolation_level=None)
    db.row_factory = sqlite3.Row
    return db


def sync(path: Path) -> None:
    """Have a file's bytes, or a folder's names, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def megabytes(count: int) -> str:
    """A number of bytes for people."""
    return f"{count / 1e6:,.1f} MB"
