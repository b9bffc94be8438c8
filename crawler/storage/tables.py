"""What tables, views, columns and indexes are for, as data; `python -m crawler.storage.tables` writes docs/database.md.

`tables.toml` beside this file is what is edited.
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database

from crawler.storage import pages, publishing, schema

MIGRATIONS = {"newsfeed": schema.migrations, "pages": pages.migrations, "publish": publishing.migrations}

PAGE = Path(__file__).parent.parent.parent / "docs" / "database.md"

HEAD = """\
# The database

Three SQLite files lie in the home folder. `newsfeed.db` is the product's memory: back it up with `newsfeed backup`.
`publish.db` is what the last build saw, and may be deleted at any time. `pages.db`, where there is one, holds pages as
they were fetched. Names of tables and columns are a public interface: they are only ever added to.

- Times are text in UTC, `2026-01-28T03:00:00Z`, and sort as they read. Lists and objects in a cell are JSON.
- The views `articles_local`, `changes` and `sources_local` give times in the zone of the source, WIB, WITA or WIT.
  These three have fixed offsets; a source in any other zone is shown in UTC, and its `zone` column says so.
- **What was taken down is still in the tables**, for whoever holds the file: `articles.withheld` and `articles.removed`
  tell. The views and the queries of `newsfeed datasette` leave it out, and hold no text that may not be republished.
  To publish the file with Datasette, use `newsfeed datasette --public`: it closes all tables and free SQL.
- A newer program brings an older file up to date when it first writes to it, after a copy of it was put beside it
  (`newsfeed.db.<schema>-<time>.bak`; the last two are kept). An older program refuses a newer file.
- The file has no planner statistics on purpose: every query then takes the same index on every machine, and the tests
  see it. `newsfeed doctor` tells where statistics of another program lead a query away from its index.

This page is generated from `crawler/storage/tables.toml` by `python -m crawler.storage.tables`.
"""


@dataclass(frozen=True, slots=True)
class Index:
    """What an index is for, in words, and as a question that must use it."""

    name: str
    serves: str
    query: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view: what a row is, what each column means, and its indexes."""

    file: str
    name: str
    about: str
    columns: Mapping[str, str]
    indexes: tuple[Index, ...] = ()
    is_view: bool = False


@cache
def tables() -> tuple[Table, ...]:
    """All tables and views that are described, in the order of `tables.toml`."""
    told = tomllib.loads((files(__package__) / "tables.toml").read_text("utf-8"))
    return tuple(
        Table(
            file=file,
            name=name,
            about=table["about"],
            columns=table["columns"],
            indexes=tuple(Index(index, **facts) for index, facts in table.get("indexes", {}).items()),
            is_view=table.get("view", False),
        )
        for file, of_file in told.items()
        for name, table in of_file.items()
    )


def empty(file: str) -> sqlite3.Connection:
    """A new database in memory with the whole schema of `newsfeed`, `pages` or `publish`."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    MIGRATIONS[file].apply(Database(connection))
    return connection


def names(db: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Names and SQL of a database's tables, views or indexes; what SQLite makes for itself is left out."""
    rows = db.execute(
        "select name, sql from sqlite_master where type = ? and sql is not null and substr(name, 1, 7) <> 'sqlite_'",
        (kind,),
    )
    return {row["name"]: row["sql"] for row in rows}


def page_of(described: tuple[Table, ...]) -> str:
    """The page, in Markdown."""
    return "\n".join([HEAD, *_lines(described)])


def _lines(described: tuple[Table, ...]) -> Iterator[str]:
    file = None
    for table in described:
        if table.file != file:
            file = table.file
            yield f"## {file}.db\n"
        yield f"### {table.name}{' (view)' if table.is_view else ''}\n\n{table.about}\n"
        yield from ("| column | meaning |", "| --- | --- |")
        yield from (f"| `{name}` | {_cell(meaning)} |" for name, meaning in table.columns.items())
        yield ""
        if table.indexes:
            yield from ("| index | serves | query |", "| --- | --- | --- |")
            yield from (f"| `{index.name}` | {_cell(index.serves)} | `{index.query}` |" for index in table.indexes)
            yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page_of(tables()), encoding="utf-8", newline="\n")
