"""Metadata for Datasette: everything is described, and what is open to the public holds nothing that was taken down."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from crawling import newsfeed

from crawler.storage.database import transaction
from crawler.storage.queries import queries
from crawler.storage.tables import empty, names, tables
from feeds.datasette import FACETS, LABELS, NEWEST, UNITS, metadata

ARTICLE = """insert into articles (entry_id, source, url, canonical_url, title, published, published_precision,
    published_from, body_html, body_text, first_seen, entered, extractor, provenance, content_hash, withheld, change,
    changed_at) select 'urn:' || :title, 'warta', 'u', 'u', :title, '2026-01-28T03:00:00Z', 'second', 'time', 'b', 'b',
    '2026-01-28T04:00:00Z', '2026-01-28T04:00:00Z', 'generic', '{}', 'x', :withheld, 2, '2026-01-28T04:00:00Z'"""


@pytest.fixture
def database(db: sqlite3.Connection, tmp_path: Path) -> Path:
    """A database with an article that is shown and one that was taken down."""
    with transaction(db):
        db.execute(ARTICLE, {"title": "Panen Raya", "withheld": None})
        db.execute(ARTICLE, {"title": "Disembunyikan", "withheld": "hidden"})
    return tmp_path / "newsfeed.db"


def test_command_prints_and_writes_the_same(tmp_path: Path) -> None:
    printed = newsfeed("datasette", "--home", tmp_path)
    assert printed.returncode == 0
    written = newsfeed("datasette", tmp_path / "metadata.json", "--home", tmp_path)
    assert "datasette" in written.stdout
    assert json.loads(printed.stdout) == json.loads((tmp_path / "metadata.json").read_text()) == metadata(public=False)
    lost = newsfeed("datasette", tmp_path / "none" / "metadata.json", "--home", tmp_path)
    assert (lost.returncode, "Traceback" in lost.stderr) == (1, False)


def test_every_table_view_and_query_is_in_it() -> None:
    told = metadata(public=False)["databases"]
    for table in tables():
        assert told[table.file]["tables"][table.name]["columns"] == table.columns
    assert told["newsfeed"]["queries"].keys() == queries().keys()


def test_facets_units_and_orders_name_columns_that_are_there() -> None:
    columns = {table.name: set(table.columns) for table in tables()}
    for name, facets in FACETS.items():
        assert set(facets) <= columns[name]
    for name, units in UNITS.items():
        assert set(units) <= columns[name]
    for name, column in (*NEWEST.items(), *LABELS.items()):
        assert column in columns[name]


def test_in_public_every_table_is_closed_and_no_view() -> None:
    told = metadata(public=True)["databases"]["newsfeed"]
    closed = {name for name, table in told["tables"].items() if table.get("allow") == {"id": "root"}}
    db = empty("newsfeed")
    assert closed == set(names(db, "table"))
    assert not closed & set(names(db, "view"))
    assert told["allow_sql"] == {"id": "root"}


def pages(database: Path, *, public: bool, paths: list[str]) -> dict[str, tuple[int, str]]:
    """What Datasette itself answers, status and text by path."""
    app = pytest.importorskip("datasette.app", reason="datasette is not installed; the tests above need none")

    async def ask() -> dict[str, tuple[int, str]]:
        served: Any = app.Datasette([str(database)], metadata=metadata(public=public))
        await served.invoke_startup()
        answers = {path: await served.client.get(path) for path in paths}
        return {path: (answer.status_code, answer.text) for path, answer in answers.items()}

    return asyncio.run(ask())


def test_no_query_hides_a_table_of_its_name() -> None:
    db = empty("newsfeed")
    assert not queries().keys() & {*names(db, "table"), *names(db, "view")}


def test_datasette_shows_the_public_no_more_than_it_may(database: Path) -> None:
    db = empty("newsfeed")
    views, closed = list(names(db, "view")), list(names(db, "table"))
    asked = "source=warta&days=100000&unit=u&place=p&topic=t&_shape=array"
    shown = ["/newsfeed", *(f"/newsfeed/{name}" for name in views)]
    shown += [f"/newsfeed/{name}.json?{asked}" for name in queries()]
    sql = f"/newsfeed.json?sql={quote('select title from articles')}"
    answers = pages(database, public=True, paths=[*shown, *(f"/newsfeed/{name}" for name in closed), sql])
    for path in shown:
        assert answers[path][0] == 200, (path, answers[path])
        assert "Disembunyikan" not in answers[path][1]
    assert "Panen Raya" in answers["/newsfeed/articles_local"][1]
    assert [name for name in closed if answers[f"/newsfeed/{name}"][0] != 403] == []
    assert answers[sql][0] == 403


def test_datasette_shows_its_owner_everything_described(database: Path) -> None:
    paths = [f"/newsfeed/{table.name}" for table in tables() if table.file == "newsfeed"]
    answers = pages(database, public=False, paths=paths)
    assert {status for status, _ in answers.values()} == {200}
    assert "Disembunyikan" in answers["/newsfeed/articles"][1]
    assert "the operator" in answers["/newsfeed/articles"][1]
