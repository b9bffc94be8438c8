"""Exports: the articles that were chosen and nothing else, in forms that other programs can trust."""

from __future__ import annotations

import csv
import json
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from crawling import newsfeed

from crawler.intake import take_fetched
from crawler.models import Article, Fetched, Image, Link, Source
from crawler.search import understand
from crawler.storage import articles as stored
from crawler.storage import sources
from crawler.storage.database import open_writer, transaction
from crawler.storage.export import COLUMNS
from feeds.export import write_file

TEXT = "Serang – Panen raya, 34,6 kg.\n\nKata dia, “hasilnya bagus”."


@pytest.fixture
def home(db: sqlite3.Connection, site: Source, now: datetime, tmp_path: Path) -> Path:
    """A home with articles of two sources, of which one is withheld and one was removed."""
    with transaction(db):
        sources.save(db, [replace(site, slug="lain")], now)
    for number, (title, source) in enumerate(
        [("Panen Satu", "warta"), ("=1+1", "lain"), ("Panen Tiga", "warta"), ("Panen Empat", "warta")], start=1
    ):
        url = f"https://{source}.example/{number}/"
        article = Article(
            url=url, canonical_url=url, title=title, body_html="<p>x</p>",
            paragraphs=tuple(TEXT.replace("34,6", "12").split("\n\n")),
            published=now - timedelta(days=number), published_precision="second", tags=("panen", "lapas, rutan"),
            images=(Image(f"{url}a.jpg", "Foto", None),), categories=("Daerah",), partial=number == 1,
        )  # fmt: skip
        link = Link(url=url, source=source, native=str(number))
        take_fetched(db, Fetched(link=link, article=article), now)
        edited = replace(article, paragraphs=tuple(TEXT.split("\n\n")))
        take_fetched(db, Fetched(link=link, article=edited), now + timedelta(hours=1))
    db.execute("update articles set withheld = 'hidden' where id = 3")
    db.execute("update articles set removed = '2026-01-01T00:00:00Z' where id = 4")
    db.execute("insert into units (id, name, kind) values ('lapas-serang', 'Lapas Serang', 'lapas')")
    db.execute("insert into units (id, name, kind) values ('lapas-lain', 'Lapas Lain', 'lapas')")
    about = (
        "insert into article_units (article_id, unit_id, role, weight, evidence) values (?, ?, 'subject', 1, 'title')"
    )
    db.executemany(about, [(1, "lapas-serang"), (3, "lapas-lain")])
    return tmp_path


def read_jsonl(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_jsonl_holds_what_is_stored(home: Path, now: datetime) -> None:
    assert newsfeed("export", home / "a.jsonl", "--home", home).stdout.startswith("2 articles written")
    first, second = read_jsonl(home / "a.jsonl")
    assert tuple(first) == COLUMNS
    assert (first["title"], first["source"], first["partial"]) == ("Panen Satu", "warta", True)
    assert first["body_text"] == TEXT
    assert first["tags"] == ["panen", "lapas, rutan"]
    assert first["categories"] == ["Daerah"]
    assert first["images"] == [{"url": "https://warta.example/1/a.jpg", "caption": "Foto", "credit": None}]
    assert (first["units"], second["units"], second["title"]) == (["lapas-serang"], [], "=1+1")
    assert first["published"] == (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_csv_is_read_back_and_runs_no_formula(home: Path) -> None:
    done = newsfeed("export", "-", "--format", "csv", "--home", home)
    first, second = csv.DictReader(done.stdout.splitlines(keepends=True))
    assert tuple(first) == COLUMNS
    assert first["body_text"].replace("\r\n", "\n") == TEXT
    assert json.loads(first["tags"]) == ["panen", "lapas, rutan"]
    assert (first["title"], second["title"]) == ("Panen Satu", "'=1+1")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(db: sqlite3.Connection, home: Path, start: str) -> None:
    db.execute("update articles set author = ?, title = ?", (f"{start}cmd", f"{start}1"))
    write_file("csv", home / "newsfeed.db", understand("sumber:warta"), home / "a.csv")
    with (home / "a.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["author"], row["title"]) == (f"'{start}cmd", f"'{start}1")


def test_sqlite_is_a_database_of_its_own_with_what_belongs_to_the_articles(home: Path, now: datetime) -> None:
    done = newsfeed("export", home / "sub.sqlite", "--source", "warta", "--home", home)
    assert done.stdout.startswith("1 article written")
    assert sorted(path.name for path in home.glob("*sub*")) == ["sub.sqlite"]
    with sqlite3.connect(f"file:{home / 'sub.sqlite'}?mode=ro&immutable=1", uri=True) as db:
        assert db.execute("pragma foreign_key_check").fetchall() == []
        counts = {
            table: db.execute(f"select count(*) from {table}").fetchone()[0]
            for table in "sources articles article_images article_tags revisions units article_units".split()
        }
        assert counts == {
            "sources": 1, "articles": 1, "article_images": 1, "article_tags": 3, "revisions": 1, "units": 1,
            "article_units": 1,
        }  # fmt: skip
        for table in ("links", "fetches", "runs", "incidents", "takedowns"):
            assert db.execute(f"select count(*) from {table}").fetchone() == (0,)
        found = db.execute("select rowid from articles_fts where articles_fts match 'panen'").fetchall()
        assert found == [(1,)]
    with open_writer(home / "sub.sqlite") as again:
        assert stored.load(again, 1).title == "Panen Satu"


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        ([], ["Panen Satu", "=1+1"]),
        (["--source", "lain"], ["=1+1"]),
        (["--source", "lain", "--source", "warta"], ["Panen Satu", "=1+1"]),
        (["--query", "judul:panen"], ["Panen Satu"]),
        (["--since", "2026-01-28"], ["Panen Satu"]),
        (["--until", "2026-01-27"], ["=1+1"]),
        (["--unit", "Lapas Serang"], ["Panen Satu"]),
        (["--query", "tidak-ada-begini"], []),
    ],
)
def test_export_is_narrowed_down_as_a_search_is(home: Path, arguments: list[str], titles: list[str]) -> None:
    done = newsfeed("export", "-", "--format", "jsonl", *arguments, "--home", home)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == titles


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["newsfeed.db", "--force"], "database of newsfeed itself"),
        (["there.csv"], "--force"),
        (["a.xlsx"], "does not tell the format"),
        (["-"], "does not tell the format"),
        (["-", "--format", "sqlite"], "standard output"),
        (["a.csv", "--format", "xml"], "no format 'xml'"),
        (["none/a.csv"], "no file in a folder"),
        ([".", "--format", "csv", "--force"], "no file in a folder"),
        (["a.csv", "--query", '"panen'], "not closed"),
        (["a.csv", "--since", "kemarin"], "is no day"),
    ],
)
def test_what_would_lose_something_or_means_nothing_is_refused(home: Path, arguments: list[str], told: str) -> None:
    (home / "there.csv").write_text("mine")
    before = {path.name: path.read_bytes() for path in home.glob("*.*") if path.is_file()}
    name, *rest = arguments
    done = newsfeed("export", name if name == "-" else home / name, *rest, "--home", home)
    assert done.returncode == 2
    assert told in done.stderr
    assert {path.name: path.read_bytes() for path in home.glob("*.*") if path.is_file()}.keys() - {"newsfeed.log"} == (
        before.keys() - {"newsfeed.log"}
    )
    assert (home / "there.csv").read_text() == "mine"


def test_force_writes_over_a_file(home: Path) -> None:
    (home / "there.csv").write_text("mine")
    assert newsfeed("export", home / "there.csv", "--force", "--home", home).returncode == 0
    assert (home / "there.csv").read_text("utf-8").startswith("entry_id,source,url")


@pytest.mark.parametrize("name", ["csv", "jsonl", "sqlite"])
def test_a_failure_leaves_the_old_file_and_no_other(
    db: sqlite3.Connection, home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = home / "out"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(Exception, match="No space left"):
        write_file(name, home / "newsfeed.db", understand("panen"), target)
    assert target.read_text() == "old"
    assert not list(home.glob(".out*"))


def test_reader_that_stops_early_is_no_error(home: Path, db: sqlite3.Connection) -> None:
    import subprocess
    import sys

    db.execute("update articles set body_text = ?", ("panjang " * 100_000,))
    program = f"{sys.executable} -c 'from feeds.cli import main; main()' export - --format jsonl --home {home}"
    done = subprocess.run(
        ["bash", "-c", f"{program} | head -c 10; exit ${{PIPESTATUS[0]}}"], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_million_would_take_no_more_memory(db: sqlite3.Connection, home: Path, now: datetime) -> None:
    """Ten times the articles, and next to the same peak."""
    import tracemalloc

    def peak() -> int:
        tracemalloc.start()
        write_file("jsonl", home / "newsfeed.db", understand("x ATAU panen"), home / "out.jsonl")
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    grow(db, now, 600)
    small = peak()
    grow(db, now, 5_400)
    assert peak() < 1.5 * small


def grow(db: sqlite3.Connection, now: datetime, count: int) -> None:
    article = stored.load(db, 1)
    have = db.execute("select count(*) from articles").fetchone()[0]
    with transaction(db):
        for number in range(have, have + count):
            stored.insert(db, "warta", f"urn:uuid:{number}", article, "poll", now)
