"""docs/database.md keeps its word: every table, view, column and index of the schema stands in it, and no other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from crawler.storage.tables import PAGE, Table, empty, names, page_of, tables

HOW = "Then write the page again: python -m crawler.storage.tables"
DESCRIBED = {(table.file, table.name): table for table in tables()}
FILES = ("newsfeed", "pages", "publish")


def columns(db: sqlite3.Connection, table: str) -> dict[str, sqlite3.Row]:
    return {row["name"]: row for row in db.execute(f"pragma table_xinfo({table})") if row["hidden"] != 1}


def shadows(db: sqlite3.Connection) -> set[str]:
    """Tables that a virtual table keeps for itself."""
    return {row["name"] for row in db.execute("pragma table_list") if row["type"] == "shadow"}


def missing(db: sqlite3.Connection, file: str) -> Iterator[str]:
    """What to add to the description, line by line."""
    for kind in ("table", "view"):
        for name in names(db, kind).keys() - shadows(db):
            described = DESCRIBED.get((file, name))
            view = "view = true, " if kind == "view" else ""
            if described is None or described.is_view != (kind == "view"):
                yield f"add [{file}.{name}] with {view}about = and [{file}.{name}.columns]"
            known = described.columns if described else {}
            yield from (f'add to [{file}.{name}.columns]: {one} = "…"' for one in columns(db, name) if one not in known)
    for row in db.execute("select name, tbl_name from sqlite_master where type = 'index' and sql is not null"):
        described = DESCRIBED.get((file, row["tbl_name"]))
        if row["name"] not in {index.name for index in (described.indexes if described else ())}:
            yield f'add to [{file}.{row["tbl_name"]}.indexes]: {row["name"]} = {{ serves = "…", query = "…" }}'


def gone(db: sqlite3.Connection, table: Table) -> Iterator[str]:
    """What to take out of the description of a table, line by line."""
    if table.name not in names(db, "table") | names(db, "view"):
        yield f"take out [{table.file}.{table.name}]: there is no such table"
        return
    yield from (f"take out {table.name}.{one}" for one in table.columns if one not in columns(db, table.name))
    indexes = names(db, "index")
    yield from (f"take out index {index.name}" for index in table.indexes if index.name not in indexes)


@pytest.mark.parametrize("file", FILES)
def test_everything_in_the_schema_is_described(file: str) -> None:
    lines = sorted(missing(empty(file), file))
    assert not lines, "\n".join(["In crawler/storage/tables.toml:", *lines, HOW])


@pytest.mark.parametrize("table", DESCRIBED.values(), ids=lambda table: f"{table.file}.{table.name}")
def test_everything_described_is_in_the_schema(table: Table) -> None:
    lines = list(gone(empty(table.file), table))
    assert not lines, "\n".join(["In crawler/storage/tables.toml:", *lines, HOW])


@pytest.mark.parametrize("table", DESCRIBED.values(), ids=lambda table: f"{table.file}.{table.name}")
def test_every_column_that_may_be_null_tells_what_that_means(table: Table) -> None:
    if table.is_view or table.name == "_sqlite_migrations":
        return
    may_be_null = [
        name
        for name, row in columns(empty(table.file), table.name).items()
        if not row["notnull"] and not row["pk"] and row["hidden"] == 0
    ]
    silent = [name for name in may_be_null if "null" not in table.columns[name]]
    assert not silent, (
        f'In crawler/storage/tables.toml, [{table.file}.{table.name}.columns]: add "; null: …" to {silent}'
    )


@pytest.mark.parametrize("table", DESCRIBED.values(), ids=lambda table: f"{table.file}.{table.name}")
def test_what_a_column_points_to_is_a_foreign_key_and_is_told(table: Table) -> None:
    db = empty(table.file)
    keys = {row["from"]: f"{row['table']}.{row['to']}" for row in db.execute(f"pragma foreign_key_list({table.name})")}
    untold = {name: target for name, target in keys.items() if target not in table.columns[name]}
    # articles.source says more than its target; the views only repeat
    assert not untold, f"In crawler/storage/tables.toml, [{table.file}.{table.name}.columns]: name {untold}"
    if not table.is_view:
        loose = [name for name in table.columns if name.endswith("_id") and name not in keys and name != "entry_id"]
        assert not loose, f"{table.name}: {loose} should be foreign keys"


def test_page_is_that_of_the_description() -> None:
    is_fresh = PAGE.read_text(encoding="utf-8") == page_of(tables())
    assert is_fresh, "docs/database.md is stale: write it again with `python -m crawler.storage.tables`"


def test_a_column_and_an_index_that_nobody_described_are_named() -> None:
    db = empty("newsfeed")
    db.execute("alter table articles add column mood text")
    db.execute("create index articles_mood on articles (mood)")
    db.execute("create table moods (name text)")
    assert sorted(missing(db, "newsfeed")) == [
        "add [newsfeed.moods] with about = and [newsfeed.moods.columns]",
        'add to [newsfeed.articles.columns]: mood = "…"',
        'add to [newsfeed.articles.indexes]: articles_mood = { serves = "…", query = "…" }',
        'add to [newsfeed.moods.columns]: name = "…"',
    ]


def test_a_column_and_an_index_that_are_gone_are_named() -> None:
    db = empty("newsfeed")
    db.execute("drop index links_article")
    db.execute("alter table links rename column hints to clues")
    assert list(gone(db, DESCRIBED["newsfeed", "links"])) == ["take out links.hints", "take out index links_article"]
