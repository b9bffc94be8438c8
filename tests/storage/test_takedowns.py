"""Take-downs: under whatever name, before or after an article is stored, and through all that comes later."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk import ARTICLE, URL, at, revisions, row, see, version

from crawler.models import Alias
from crawler.storage.aliases import add as add_aliases
from crawler.storage.database import open_writer, transaction
from crawler.storage.reading import open_operator, open_reader
from crawler.storage.takedowns import enforce, hide, unhide

DAY = timedelta(days=1)
NAMES = [
    URL, f"{URL}?utm_source=wa&fbclid=1", "http://www.warta.example/berita/1", "https://m.warta.example/berita/1/amp/",
    "https://warta.example/?p=1",
]  # fmt: skip
HOME = "https://warta.example/"


def seen_titles(home: Path) -> list[str]:
    with open_reader(home / "newsfeed.db") as reader:
        return [article.title for article in reader.newest()]


@pytest.mark.parametrize("name", [*NAMES, "urn", "uuid"])
def test_hidden_by_any_name_and_shown_by_any_other(
    db: sqlite3.Connection, now: datetime, tmp_path: Path, name: str
) -> None:
    see(db, ARTICLE, now, url="https://warta.example/?p=1")
    see(db, at("https://warta.example/berita/2/", "Lain"), now)
    entry_id = row(db)["entry_id"]
    name = {"urn": entry_id, "uuid": entry_id.removeprefix("urn:uuid:").upper()}.get(name, name)
    done = hide(db, name, "permintaan keluarga", now)
    assert done is not None
    assert [article.title for article in done[0].articles] == [ARTICLE.title]
    assert seen_titles(tmp_path) == ["Lain"]
    for other in NAMES:
        unhide(db, other, None, now)
        assert len(seen_titles(tmp_path)) == 2
        hide(db, name, "lagi", now)


def test_hidden_twice_is_hidden_once(db: sqlite3.Connection, now: datetime) -> None:
    see(db, ARTICLE, now)
    hide(db, URL, "pertama", now)
    before = list(db.iterdump())
    for name in (*NAMES[:4], row(db)["entry_id"]):
        done = hide(db, name, "kedua", now + DAY)
        assert done is not None
        assert (done[0].reason, done[1]) == ("pertama", False)
    assert list(db.iterdump()) == before


def test_address_that_is_not_stored_is_hidden_as_soon_as_it_is(
    db: sqlite3.Connection, now: datetime, tmp_path: Path
) -> None:
    assert hide(db, f"{URL}amp/?utm_medium=x", "nanti", now)
    assert see(db, ARTICLE, now + DAY) == "new"
    assert seen_titles(tmp_path) == []
    assert row(db)["withheld"] == "hidden"
    unhide(db, URL, "selesai", now + DAY)
    assert seen_titles(tmp_path) == [ARTICLE.title]


def test_only_the_address_that_is_hidden(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    hide(db, URL, "alasan", now)
    see(db, at("https://warta.example/berita/12/", "Lain"), now)
    see(db, at("https://warta.example/berita/1/lanjutan/", "Lanjutan"), now)
    assert sorted(seen_titles(tmp_path)) == ["Lain", "Lanjutan"]


def test_one_canonical_address_on_every_page_hides_no_other_article(
    db: sqlite3.Connection, now: datetime, tmp_path: Path
) -> None:
    hide(db, HOME, "beranda", now)
    for n in (1, 2):
        claiming = replace(version(n), url=f"https://warta.example/{n}/", title=f"Berita {n}", canonical_url=HOME)
        see(db, claiming, now)
    hide(db, "https://warta.example/1/", "alasan", now)
    assert "Berita 2" in seen_titles(tmp_path)


def test_another_address_of_a_hidden_article_stays_hidden(
    db: sqlite3.Connection, now: datetime, tmp_path: Path
) -> None:
    see(db, ARTICLE, now, native="7")
    hide(db, URL, "alasan", now)
    see(db, at("https://warta.example/arsip/panen/"), now + DAY, native="7")
    assert seen_titles(tmp_path) == []
    assert row(db)["withheld"] == "hidden"
    assert unhide(db, "https://warta.example/arsip/panen/", None, now)


def test_article_that_gains_a_hidden_address_is_hidden(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    hide(db, "https://warta.example/arsip/panen/", "alasan", now)
    see(db, ARTICLE, now, native="7")
    assert seen_titles(tmp_path) == [ARTICLE.title]
    see(db, at("https://warta.example/arsip/panen/"), now + DAY, native="7")
    assert seen_titles(tmp_path) == []


def test_later_edits_are_stored_and_nobody_sees_them(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    see(db, ARTICLE, now)
    hide(db, URL, "alasan", now)
    hidden = row(db)
    assert see(db, version(43), now + DAY) == "edited"
    after = row(db)
    assert "43 kg" in after["body_text"]
    assert revisions(db) == [("number", 0)]
    assert (after["change"], after["changed_at"]) == (hidden["change"], hidden["changed_at"])
    with open_reader(tmp_path / "newsfeed.db") as reader:
        assert (reader.changes(), reader.versions(URL), reader.find(URL)) == ([], [], [])
    unhide(db, URL, None, now + 2 * DAY)
    with open_reader(tmp_path / "newsfeed.db") as reader:
        assert len(reader.changes()) == len(reader.versions(URL)) == 1
        assert reader.newest()[0].changed_at == now + 2 * DAY


def test_unhide_lifts_all_that_hide_the_article_and_says_why(
    db: sqlite3.Connection, now: datetime, tmp_path: Path
) -> None:
    other = "https://warta.example/arsip/panen/"
    hide(db, URL, "satu", now)
    hide(db, other, "dua", now)
    see(db, ARTICLE, now, native="7")
    see(db, at(other), now, native="7")
    lifted = unhide(db, other, "keliru", now + DAY)
    assert sorted(takedown.reason for takedown in lifted) == ["dua", "satu"]
    assert seen_titles(tmp_path) == [ARTICLE.title]
    assert {tuple(found) for found in db.execute("select lifted_at, lifted_reason from takedowns")} == {
        (f"{now + DAY:%Y-%m-%dT%H:%M:%SZ}", "keliru")
    }
    assert unhide(db, URL, None, now) == ()


def test_hidden_again_after_it_was_lifted(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    see(db, ARTICLE, now)
    for _ in range(3):
        hide(db, URL, "alasan", now)
        assert seen_titles(tmp_path) == []
        unhide(db, URL, None, now)
        assert seen_titles(tmp_path) == [ARTICLE.title]


def test_entry_id_of_nobody(db: sqlite3.Connection, now: datetime) -> None:
    assert hide(db, "urn:uuid:00000000-0000-5000-8000-000000000000", "alasan", now) is None


def merge(db: sqlite3.Connection, now: datetime) -> None:
    """Two articles, the second merged into the first."""
    see(db, ARTICLE, now)
    see(db, at("https://warta.example/salinan/"), now)
    db.execute("update articles set withheld = 'merged' where id = 2")
    db.execute("update article_aliases set article_id = 1 where article_id = 2")
    db.execute(
        "insert into merges (kept_id, dropped_id, reason, aliases, at) values (1, 2, 'same', '[]', ?)",
        (f"{now:%Y-%m-%dT%H:%M:%SZ}",),
    )


@pytest.mark.parametrize("by", ["address", "entry id"])
def test_a_merged_article_is_the_one_it_became(db: sqlite3.Connection, now: datetime, tmp_path: Path, by: str) -> None:
    merge(db, now)
    name = "https://warta.example/salinan/" if by == "address" else row(db, 2)["entry_id"]
    assert hide(db, name, "alasan", now)
    assert seen_titles(tmp_path) == []
    assert unhide(db, name, None, now)
    assert seen_titles(tmp_path) == [ARTICLE.title]
    assert row(db, 2)["withheld"] == "merged"


def test_one_that_takes_over_a_hidden_address_is_hidden(db: sqlite3.Connection, now: datetime) -> None:
    see(db, ARTICLE, now)
    hide(db, "https://warta.example/salinan/", "alasan", now)
    with transaction(db):
        add_aliases(db, "warta", 1, [Alias("url", "warta.example/salinan")])
        assert enforce(db, 1, now)
        assert not enforce(db, 1, now)
    assert row(db)["withheld"] == "hidden"


def test_it_works_while_a_crawl_holds_the_database_open(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    see(db, ARTICLE, now)
    with open_reader(tmp_path / "newsfeed.db") as building:
        building.change()
        operator = open_writer(tmp_path / "newsfeed.db")
        hide(operator, URL, "alasan", now)
        operator.close()
        assert building.newest() != []  # what a build has begun it ends with
    assert see(db, version(43), now + DAY) == "edited"
    assert seen_titles(tmp_path) == []


def test_take_downs_are_listed_newest_first(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    see(db, ARTICLE, now)
    hide(db, URL, "satu", now)
    hide(db, "https://warta.example/nanti/", "dua", now)
    hide(db, "https://warta.example/lagi/", "tiga", now)
    unhide(db, "https://warta.example/lagi/", None, now)
    with open_operator(tmp_path / "newsfeed.db") as reader:
        listed = [(one.reason, [article.title for article in one.articles]) for one in reader.takedowns()]
    assert listed == [("dua", []), ("satu", [ARTICLE.title])]
