"""The tables of `newsfeed.db`, as migrations: a public interface, so names only ever get added.

Each is a file of SQL beside this one. Times are UTC text (`2026-01-28T03:00:00Z`) that sorts as it reads. Lists and
mappings inside a cell are JSON.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database, Migrations

from crawler.errors import SchemaError
from crawler.text.likeness import key

NAMES = (
    "0001_initial", "0002_probes", "0003_backfill", "0004_memory", "0005_revisions", "0006_replay", "0007_search",
    "0008_views", "0009_identity", "0010_dates", "0011_care", "0012_health", "0013_facts", "0014_merging",
    "0015_stories",
)  # fmt: skip


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one, so that they run inside the caller's transaction."""
    lines: list[str] = []
    for line in sql.splitlines(keepends=True):
        lines.append(line)
        if line.rstrip().endswith(";") and sqlite3.complete_statement("".join(lines)):
            yield "".join(lines)
            lines.clear()


def migrations_of(name: str, folder: str, names: Iterable[str]) -> Migrations:
    """The migrations of one database, from a folder of SQL beside this file."""
    found = Migrations(name)
    for one in names:
        found(name=one)(_runs(folder, one))
    return found


def _runs(folder: str, name: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        db.conn.create_function("text_key_of", 1, key, deterministic=True)
        for statement in statements((files(__package__) / folder / f"{name}.sql").read_text("utf-8")):
            db.execute(statement)

    return run


migrations = migrations_of("newsfeed", "migrations", NAMES)


def refuse_newer(
    connection: sqlite3.Connection,
    path: Path,
    known: Migrations = migrations,
    way_out: str = "update the program before using it",
) -> None:
    """Raise SchemaError where the file has been through a migration that this program does not have."""
    ours = {migration.name for migration in known._migrations}
    if any(migration.name not in ours for migration in known.applied(Database(connection))):
        raise SchemaError(f"{path} was written by a newer newsfeed; {way_out}.")
