"""`newsfeed hide`, `unhide` and `changes` as an operator meets them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from desk import ARTICLE, at, see, version
from lxml import etree, html

from crawler.models import Source
from crawler.storage import sources
from crawler.storage.database import open_writer, transaction
from crawler.storage.revisions import remove
from feeds.cli import newsfeed

URL = ARTICLE.url
HOSTILE = "https://warta.example/aneh/"
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def desk(tmp_path: Path, site: Source) -> Iterator[sqlite3.Connection]:
    """A home with an article that was edited yesterday and one that was so two weeks ago."""
    db = open_writer(tmp_path / "newsfeed.db")
    with transaction(db):
        sources.save(db, [site], NOW)
    other = "https://warta.example/lama/"
    see(db, at(other, "Judul Lama"), NOW - timedelta(days=20))
    see(db, at(other, "Judul Baru"), NOW - timedelta(days=14))
    see(db, ARTICLE, NOW - timedelta(days=2))
    see(db, version(43), NOW - timedelta(days=1))
    yield db
    db.close()


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(newsfeed, [*arguments, "--home", str(home)])


def test_changes_of_the_last_week_newest_first(desk: sqlite3.Connection, tmp_path: Path) -> None:
    head, *lines = run(tmp_path, "changes").output.splitlines()
    assert head.split("\t") == ["seen", "class", "source", "title", "change", "url"]
    assert [line.split("\t")[1:] for line in lines] == [["number", "warta", ARTICLE.title, "[-34-]{+43+}", URL]]


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (["--since", "30d"], [ARTICLE.title, "Judul Baru"]),
        (["--since", f"{NOW - timedelta(days=16):%Y-%m-%d}"], [ARTICLE.title, "Judul Baru"]),
        (["--since", "12h"], []),
        (["--since", "4w", "--class", "headline"], ["Judul Baru"]),
        (["--since", "4w", "--class", "number", "--source", "warta"], [ARTICLE.title]),
    ],
    ids=lambda value: " ".join(value),
)
def test_changes_chosen(desk: sqlite3.Connection, tmp_path: Path, arguments: list[str], titles: list[str]) -> None:
    assert [one["title"] for one in json.loads(run(tmp_path, "changes", *arguments, "--json").output)] == titles


def test_an_edit_is_found_by_each_class_that_fits(desk: sqlite3.Connection, tmp_path: Path) -> None:
    see(desk, version(44, title="Ralat: Lapas Serang Panen 12 Ton"), NOW)
    for kind in ("correction", "headline", "number"):
        (found, *_) = json.loads(run(tmp_path, "changes", "--class", kind, "--json").output)
        assert (found["class"], found["also"]) == ("correction", ["headline", "number"])


def test_one_article_word_by_word(desk: sqlite3.Connection, tmp_path: Path) -> None:
    see(desk, version(43, title="Lapas Serang Panen Raya"), NOW)
    shown = run(tmp_path, "changes", f"{URL}?utm_source=wa").output
    assert "Hasilnya [-34-]{+43+} kg." in shown
    assert "Lapas Serang Panen {+Raya+}" in shown
    assert shown.index("34") < shown.index("Raya+}")


def test_one_article_as_json_and_html(desk: sqlite3.Connection, tmp_path: Path) -> None:
    (told,) = json.loads(run(tmp_path, "changes", URL, "--json").output)
    assert told["diff"]["text"][-3:] == [
        {"op": "delete", "text": "34 "}, {"op": "insert", "text": "43 "}, {"op": "equal", "text": "kg."},
    ]  # fmt: skip
    page = run(tmp_path, "changes", URL, "--html").output
    assert [element.text for element in html.fromstring(page).iter("del", "ins")] == ["34 ", "43 "]


def test_hostile_text_stays_text(desk: sqlite3.Connection, tmp_path: Path) -> None:
    evil = "</ins><script>alert(1)</script> & \x1b[31m"
    see(desk, at(HOSTILE, f"Panen {evil}"), NOW - timedelta(hours=2))
    see(desk, at(HOSTILE, f"Lelang {evil} \u202e<b>", paragraphs=(evil,)), NOW - timedelta(hours=1))
    page = run(tmp_path, "changes", HOSTILE, "--html").output
    tree = etree.fromstring(page.removeprefix("<!DOCTYPE html>"))
    assert not list(tree.iter("script", "b"))
    assert "<script>alert(1)</script>" in etree.tostring(tree, encoding="unicode", method="text")
    for arguments in (["changes"], ["changes", HOSTILE]):
        shown = run(tmp_path, *arguments).output
        assert "Lelang" in shown
        assert not {"\x1b", "\u202e"} & set(shown)


def test_paragraphs_that_were_added_are_paragraphs_of_the_page(desk: sqlite3.Connection, tmp_path: Path) -> None:
    see(desk, replace(version(43), paragraphs=(*version(43).paragraphs, "Baru satu.", "Baru dua.")), NOW)
    page = html.fromstring(run(tmp_path, "changes", URL, "--html").output)
    last = page.findall(".//section")[-1]
    assert [paragraph.findtext("ins") for paragraph in last.findall("p")][-2:] == ["Baru satu.", "Baru dua."]


def test_hide_says_what_and_where_and_what_next(desk: sqlite3.Connection, tmp_path: Path) -> None:
    run(tmp_path, "build")
    done = run(tmp_path, "hide", URL, "--reason", "permintaan keluarga")
    assert done.exit_code == 0
    for told in (ARTICLE.title, "warta", "http://localhost:8000/all/news-feed/", "source/warta/", "newsfeed build"):
        assert told in done.output
    run(tmp_path, "build")
    assert ARTICLE.title not in (tmp_path / "public/feeds/all/news-feed.rss").read_text("utf-8")
    assert "permintaan keluarga" in run(tmp_path, "hide", URL, "--reason", "lain").output
    assert f"{URL}\t{ARTICLE.title} (warta)\tpermintaan keluarga" in run(tmp_path, "hide", "--list").output


def test_hidden_article_is_in_changes_only_where_asked_for(desk: sqlite3.Connection, tmp_path: Path) -> None:
    run(tmp_path, "hide", URL, "--reason", "alasan")
    assert run(tmp_path, "changes").output.startswith("No edits")
    refused = run(tmp_path, "changes", URL)
    assert (refused.exit_code, "34" in refused.output) == (2, False)
    assert "[-34-]{+43+}" in run(tmp_path, "changes", URL, "--hidden").output
    assert ARTICLE.title in run(tmp_path, "changes", "--hidden").output


def test_removed_article_is_a_tombstone(desk: sqlite3.Connection, tmp_path: Path) -> None:
    with transaction(desk):
        remove(desk, 2, "HTTP 410", NOW)
    _, line = run(tmp_path, "changes").output.splitlines()
    assert line.split("\t")[1:] == ["removed", "warta", ARTICLE.title, "HTTP 410", URL]
    shown = run(tmp_path, "changes", URL).output
    assert "removed: HTTP 410" in shown
    assert "Hasilnya" not in shown


def test_flips_are_told(desk: sqlite3.Connection, tmp_path: Path) -> None:
    for minute, kilos in enumerate([34, 43, 34]):
        see(desk, version(kilos), NOW + timedelta(minutes=minute))
    assert "back and forth 2 times" in run(tmp_path, "changes", URL).output


def test_unhide(desk: sqlite3.Connection, tmp_path: Path) -> None:
    run(tmp_path, "hide", URL, "--reason", "keliru")
    done = run(tmp_path, "unhide", URL, "--reason", "salah orang")
    assert (done.exit_code, "keliru" in done.output, "newsfeed build" in done.output) == (0, True, True)
    run(tmp_path, "build")
    assert ARTICLE.title in (tmp_path / "public/feeds/all/news-feed.rss").read_text("utf-8")
    assert run(tmp_path, "unhide", URL).exit_code == 2


def test_hide_in_a_home_without_a_database(tmp_path: Path, site: Source) -> None:
    done = run(tmp_path, "hide", URL, "--reason", "alasan")
    assert (done.exit_code, "not stored" in done.output) == (0, True)
    db = open_writer(tmp_path / "newsfeed.db")
    with transaction(db):
        sources.save(db, [site], NOW)
    see(db, ARTICLE, NOW)
    assert db.execute("select withheld from articles").fetchone()[0] == "hidden"
    db.close()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["hide", URL], "--reason"),
        (["hide", URL, "--reason", "  "], "--reason"),
        (["hide"], "URL"),
        (["hide", "--list", URL], "--list"),
        (["hide", "warta", "--reason", "x"], "no address"),
        (["hide", "ftp://warta.example/1", "--reason", "x"], "no address"),
        (["hide", "urn:uuid:00000000-0000-5000-8000-000000000000", "--reason", "x"], "No article"),
        (["unhide", URL], "not hidden"),
        (["changes", "https://warta.example/tidak-ada/"], "--hidden"),
        (["changes", "--since", "kemarin"], "YYYY-MM-DD"),
        (["changes", "--source", "wrta"], "wrta"),
        (["changes", "--html"], "URL"),
        (["changes", URL, "--since", "7d"], "list"),
        (["changes", "--class", "gossip"], "gossip"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_mistakes(desk: sqlite3.Connection, tmp_path: Path, arguments: list[str], says: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.exit_code == 2
    assert says in done.output
