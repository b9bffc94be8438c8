"""What SQLite and the file system say, in our own words: which file, what happened, what to do."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import StorageError

FULL = "the disk is full: nothing that was stored is lost; free some space and run the same again"
CLOSED = "it cannot be written: check its permissions, those of its folder, and that the disk is not mounted read-only"
HELD = "another program keeps it locked: close that one and run the same again"
DAMAGED = "it is damaged: `newsfeed doctor` says how badly, `newsfeed restore FOLDER` brings a backup back"
UNREADABLE = "the disk failed: check free space, limits and the disk itself; what was stored before is not touched"
OTHER = "check free space, permissions and that no other program holds it"

LEAST_FREE = 128 * 1024  # bytes; less than that, and the disk counts as full

# SQLite's primary result code -> what it means for whoever runs the program.
OF_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_PERM: CLOSED,
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: UNREADABLE,
}

OF_SYSTEM: Mapping[int, str] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: CLOSED,
    errno.EPERM: CLOSED,
    errno.EROFS: CLOSED,
    errno.EIO: UNREADABLE,
}


@contextmanager
def reported(path: Path, damaged: str = DAMAGED) -> Iterator[None]:
    """Turn what SQLite and the file system say into a StorageError that names the file; `damaged` tells the way out."""
    try:
        yield
    except sqlite3.Error as error:
        said = advice(error, path)
        raise StorageError(f"{path}: {error}; {damaged if said is DAMAGED else said}.") from error
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}; {advice(error, path)}.") from error


def advice(error: sqlite3.Error | OSError, path: Path) -> str:
    """What to do about it."""
    if isinstance(error, OSError):
        return OF_SYSTEM.get(error.errno or 0, OTHER)
    said = OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, OTHER)
    # A write-ahead log that cannot grow is no "full" to SQLite.
    return FULL if said is UNREADABLE and _is_full(path) else said


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < LEAST_FREE
    except OSError:
        return False
