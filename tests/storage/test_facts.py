"""What articles tell of, from intake to the tables: stored and changed with the version, corrected by later rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.annotator import annotator
from crawler.intake import Verdict, note_facts, take_discovered
from crawler.models import Article, Discovered, Facts, Link, Source
from crawler.storage import facts, sources
from crawler.storage.database import open_writer, transaction

NOW = datetime(2026, 1, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SITE = Source("site", "Site", "press", "https://site.example/", "site", "site")
URL = "https://site.example/a"
ARTICLE = Article(
    URL, URL, "Lapas Serang Panen Lele", ("SERANG – Lapas Kelas IIA Serang panen.",), "", dateline="SERANG"
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writer(tmp_path / "newsfeed.db")) as connection:
        with transaction(connection):
            sources.save(connection, [SITE], NOW)
        yield connection


def take(db: sqlite3.Connection, article: Article, now: datetime, folder: Path = Path("none")) -> Verdict:
    link = Link(URL, "site")
    found = Discovered("site", "feed", URL, (link,), ((link, article),))
    return take_discovered(db, found, now, annotate=annotator(db, folder))[0]


def row(db: sqlite3.Connection) -> sqlite3.Row:
    found: sqlite3.Row = db.execute("select id, province, change, changed_at from articles").fetchone()
    return found


def told(db: sqlite3.Connection) -> tuple[list[str], list[str], list[str]]:
    found = facts.load(db, row(db)["id"])
    return [one.id for one in found.units], [one.id for one in found.places], [one.id for one in found.topics]


def test_facts_are_stored_with_the_article(db: sqlite3.Connection) -> None:
    assert take(db, ARTICLE, NOW) == "new"
    assert told(db) == (["lapas-serang"], ["banten", "kota-serang"], ["kemandirian"])
    assert row(db)["province"] == "Banten"
    evidence = db.execute("select role, evidence from article_units").fetchone()
    assert tuple(evidence) == ("subject", "title: Lapas Serang, 2 times")


def test_facts_follow_an_edit_and_stay_with_what_stays(db: sqlite3.Connection) -> None:
    take(db, ARTICLE, NOW)
    before = row(db)["change"]
    assert take(db, ARTICLE, LATER) == "unchanged"
    assert row(db)["change"] == before
    assert take(db, replace(ARTICLE, title="Lapas Cilegon Panen Lele", paragraphs=("Di Cilegon.",)), LATER) == "edited"
    assert told(db)[0] == ["lapas-cilegon"]


def test_other_rules_change_an_article_once(db: sqlite3.Connection) -> None:
    take(db, ARTICLE, NOW)
    key, before = row(db)["id"], row(db)["change"]
    with transaction(db):
        note_facts(db, key, lambda article, source: Facts(), LATER)
    assert told(db) == ([], [], [])
    assert row(db)["province"] is None
    assert row(db)["change"] == before + 1
    with transaction(db):
        note_facts(db, key, lambda article, source: Facts(), LATER)
    assert row(db)["change"] == before + 1


def test_tables_hold_the_gazetteer_and_the_operators_own(db: sqlite3.Connection, tmp_path: Path) -> None:
    take(db, ARTICLE, NOW)
    count = db.execute("select count(*) from units").fetchone()[0]
    (tmp_path / "units.csv").write_text("id,name\nbapas-sukamara,Bapas Sukamara\n", "utf-8")
    take(db, replace(ARTICLE, title="Bapas Sukamara Panen"), LATER, tmp_path)
    assert db.execute("select count(*) from units").fetchone()[0] == count + 1
    assert "bapas-sukamara" in told(db)[0]
    # taken out of the tables again, it stays for what points to it
    (tmp_path / "units.csv").unlink()
    take(db, ARTICLE, LATER + timedelta(days=1), tmp_path)
    assert db.execute("select name from units where id = 'bapas-sukamara'").fetchone()[0] == "Bapas Sukamara"
    assert db.execute("pragma foreign_key_check").fetchall() == []


def test_source_of_the_article_is_asked(db: sqlite3.Connection) -> None:
    with transaction(db):
        sources.save(db, [replace(SITE, province="Bali")], NOW)
    take(db, replace(ARTICLE, title="Rapat", paragraphs=("Rapat pagi.",), dateline=None), NOW)
    assert row(db)["province"] == "Bali"
