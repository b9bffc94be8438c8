"""`publish.db`: what the last build saw and wrote, so that the next one can tell that there is nothing to do.

It may be deleted at any time: the next build then compares every file, and writes none that is right.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

from sqlite_utils import Database, Migrations

from crawler.storage.schema import refuse_newer
from crawler.storage.trouble import reported

migrations = Migrations("publishing")

_reported = partial(reported, damaged="it is damaged: delete it and build again")

INITIAL = """\
create table files (
    path text primary key,               -- relative to the public folder
    sha256 text not null,
    size integer not null,
    mtime_ns integer not null            -- as found or set on disk
) without rowid;

create table builds (
    id integer primary key check (id = 1),
    change integer not null,             -- the counter in newsfeed.db that the build started from
    fingerprint text not null,           -- configuration and program version
    feeds integer not null,
    entries integer not null
)"""


@migrations(name="0001_initial")
def initial(db: Database) -> None:
    """The files of the last build, and the build."""
    for statement in INITIAL.split(";\n\n"):
        db.execute(statement)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A public file as the last build left it."""

    path: str
    sha256: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Build:
    """What a build started from, and what it came to."""

    change: int
    fingerprint: str
    feeds: int
    entries: int


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """The ledger for the length of the block, made where there is none; raises StorageError or SchemaError."""
    with _reported(path):
        db = sqlite3.connect(path, isolation_level=None)
    try:
        with _reported(path):
            _migrate(db, path)
        yield Ledger(db, path)
    finally:
        db.close()


class Ledger:
    """Reads and replaces what is known of the last build."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def last(self) -> Build | None:
        """The last build that came to its end."""
        with _reported(self._path):
            row = self._db.execute("select change, fingerprint, feeds, entries from builds").fetchone()
        return Build(*row) if row else None

    def files(self) -> Mapping[str, FileRecord]:
        """The files of the last build, by path."""
        with _reported(self._path):
            rows = self._db.execute("select path, sha256, size, mtime_ns from files")
            return {row[0]: FileRecord(*row) for row in rows}

    def record(self, build: Build, files: Iterable[FileRecord]) -> None:
        """Replace all that was known, in one transaction."""
        with _reported(self._path), self._db:
            self._db.execute("begin immediate")
            self._db.execute("delete from files")
            self._db.executemany("insert into files values (?, ?, ?, ?)", map(astuple, files))
            self._db.execute("insert or replace into builds values (1, ?, ?, ?, ?)", astuple(build))


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    refuse_newer(db, path, migrations, "delete it and build again")
    migrations.apply(Database(db))
