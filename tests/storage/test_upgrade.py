"""Databases of every earlier schema, with something in them, are brought up to date; a copy is made first."""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from crawler.errors import SchemaError, StorageError
from crawler.storage import copying, schema, upgrade
from crawler.storage.database import open_writer
from crawler.storage.reading import open_reader

SOURCE = """insert into sources (slug, name, publisher, kind, homepage, zone, language, republish, pace_group,
    confidence, change, changed_at) values ('warta', 'Warta', 'Warta', 'press', 'https://warta.example/',
    'Asia/Jakarta', 'id', 'full', 'warta.example', 'verified', 1, '2026-01-28T03:00:00Z')"""
ARTICLE = """insert into articles (id, entry_id, source, url, canonical_url, title, published, published_precision,
    published_from, body_html, body_text, first_seen, entered, extractor, provenance, content_hash, change, changed_at)
    values (7, 'urn:uuid:1', 'warta', 'https://warta.example/a', 'https://warta.example/a', 'Panen Raya',
    '2026-01-28T03:00:00Z', 'second', 'time', '<p>Panen.</p>', 'Panen.', '2026-01-28T04:00:00Z',
    '2026-01-28T04:00:00Z', 'generic', '{}', 'x', 2, '2026-01-28T04:00:00Z')"""

# Migration -> what a database that has been through it, and through no later one, may hold.
ROWS: dict[str, tuple[str, ...]] = {
    "0001_initial": (
        SOURCE,
        ARTICLE,
        "insert into article_aliases values ('warta', 'url', 'warta.example/a', 7)",
        "insert into article_images values (7, 0, 'https://warta.example/a.jpg', 'Panen', null)",
        "insert into article_tags values (7, 0, 'tag', 'lapas')",
        "insert into article_related values (7, 0, 'Baca juga', null)",
        """insert into revisions (article_id, seen_at, class, fields, before, after)
            values (7, '2026-01-28T05:00:00Z', 'headline', '["title"]', '{}', '{}')""",
        """insert into links (url, source, origin, state, found_at, article_id) values
            ('https://warta.example/a', 'warta', 'poll', 'done', '2026-01-28T03:00:00Z', 7),
            ('https://warta.example/b', 'warta', 'poll', 'open', '2026-01-28T03:00:00Z', null)""",
        """insert into fetches (url, source, status, fetched_at) values
            ('https://warta.example/a', 'warta', 200, '2026-01-28T03:00:00Z')""",
        "insert into incidents (source, state, opened_at) values ('warta', 'failing', '2026-01-28T03:00:00Z')",
        "insert into runs (started_at) values ('2026-01-28T03:00:00Z')",
    ),
    "0002_probes": ("update sources set ways = '[]', probed_at = '2026-01-28T03:00:00Z'",),
    "0003_backfill": ("update sources set backfill = '{}'",),
    "0004_memory": (
        "insert into takedowns (url, url_key, reason, hidden_at) values ('u', 'k', 'r', '2026-01-28T03:00:00Z')",
        "insert into units values ('lapas-serang', 'Lapas Serang', 'lapas', 'Banten')",
        "insert into article_units values (7, 'lapas-serang', 'subject', 1.0, 'Lapas Serang')",
    ),
    "0005_revisions": ("update revisions set flips = 2, flipped_at = '2026-01-28T06:00:00Z'",),
    "0006_replay": (
        """insert into corrections (article_id, corrected_at, version, fields)
            values (7, '2026-01-28T06:00:00Z', '0.1.0', '["title"]')""",
    ),
    "0007_search": ("insert into articles_fts (rowid, title, body_text) select id, title, body_text from articles",),
}
EARLIER = schema.NAMES[:-1]


def at_version(path: Path, last: str) -> dict[str, list[tuple[object, ...]]]:
    """Write a database as a program of that version left it; returns what is in it."""
    older = Migrations("newsfeed")
    for migration in schema.migrations._migrations:
        if migration.name <= last:
            older(name=migration.name)(migration.fn)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma journal_mode = wal")
    older.apply(Database(db))
    for name in schema.NAMES[: schema.NAMES.index(last) + 1]:
        for sql in ROWS.get(name, ()):
            db.execute(sql)
    held = content(db)
    db.close()
    return held


def content(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row, with the columns of its table, but for what tells of the schema and what FTS5 keeps for itself."""
    rows = db.execute(
        """select name from sqlite_master where type = 'table' and sql is not null
               and name not like '%sqlite%' and name not like 'articles\\_fts\\_%' escape '\\'"""
    )
    return {name: [tuple(row) for row in db.execute(f"select * from {name}")] for (name,) in rows.fetchall()}


def kept(old: dict[str, list[tuple[object, ...]]], new: dict[str, list[tuple[object, ...]]]) -> bool:
    """Whether all that was there is there; tables may have got columns at their end, and rows of their own."""
    return all(
        [now[: len(before)] for now, before in zip(new[name], rows, strict=True)] == rows for name, rows in old.items()
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "newsfeed.db"


@pytest.mark.parametrize("version", EARLIER)
def test_earlier_version_with_data_is_brought_up_to_date_and_readable(path: Path, version: str) -> None:
    before = at_version(path, version)
    with pytest.raises(SchemaError, match="newsfeed update"), open_reader(path):
        pass
    db = open_writer(path)
    assert kept(before, content(db))
    assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert not db.execute("pragma foreign_key_check").fetchall()
    db.close()
    with open_reader(path) as reader:
        (article,) = reader.newest("warta")
        (source,) = reader.sources()
    assert (article.title, article.tags, article.images[0].caption) == ("Panen Raya", ("lapas",), "Panen")
    assert (source.articles, source.incident_since is not None) == (1, True)
    (copy,) = upgrade.copies(path)
    assert version in copy.name
    assert not copying.problems(copy)
    assert content(copying.open_still(copy)) == before


def test_new_database_is_not_copied(path: Path) -> None:
    open_writer(path).close()
    open_writer(path).close()
    assert upgrade.copies(path) == []


def test_only_the_last_two_copies_are_kept(path: Path) -> None:
    for day in (1, 2, 3):
        path.with_name(f"newsfeed.db.0001_initial-2026010{day}T000000Z.bak").write_text("old")
    at_version(path, "0003_backfill")
    open_writer(path).close()
    first, second = upgrade.copies(path)
    assert first.name.endswith("20260103T000000Z.bak")
    assert "0003_backfill" in second.name


@pytest.fixture
def broken_migration() -> Iterator[None]:
    """A last migration that fails after it has changed something."""

    def fail(db: Database) -> None:
        db.execute("delete from articles where 0")
        db.execute("update sources set name = 'changed'")
        db.execute("insert into nowhere values (1)")

    schema.migrations(name="9999_broken")(fail)
    yield
    schema.migrations._migrations.pop()


@pytest.mark.usefixtures("broken_migration")
def test_failed_migration_leaves_the_file_as_it_was_and_names_the_copy(path: Path) -> None:
    before = at_version(path, "0002_probes")
    with pytest.raises(StorageError, match="as it was") as caught:
        open_writer(path)
    (copy,) = upgrade.copies(path)
    assert str(copy) in str(caught.value)
    assert content(sqlite3.connect(path)) == before


def test_without_room_for_the_copy_nothing_is_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = at_version(path, "0002_probes")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("crawler.storage.copying.shutil.disk_usage", lambda _: usage(0, 0, 1_000_000))
    with pytest.raises(StorageError, match=r"1\.0 MB are free"):
        open_writer(path)
    assert content(sqlite3.connect(path)) == before
    assert upgrade.copies(path) == []


def test_newer_schema_is_refused_and_not_touched(path: Path) -> None:
    open_writer(path).close()
    with sqlite3.connect(path) as db:
        db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('newsfeed', '9999_x', '')")
    before = path.read_bytes()
    with pytest.raises(SchemaError, match="newer newsfeed"):
        open_writer(path)
    assert path.read_bytes() == before
