"""A take-down reaches every public file with the next build, and no file's time goes where it should not."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from desk import ARTICLE, SECRET, at, see, version

from crawler.home import Config, Home
from crawler.models import Source
from crawler.storage import sources as stored
from crawler.storage.database import transaction
from crawler.storage.revisions import remove
from crawler.storage.takedowns import hide, unhide
from feeds.build import build

CONFIG = Config(base_url="https://kabar.example/", contact="redaksi@kabar.example")
HIDDEN = "https://warta.example/rahasia/"
HOUR = timedelta(hours=1)


@pytest.fixture
def home(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> Home:
    """A built home with two articles, the newer of which will be taken out."""
    see(db, ARTICLE, now)
    see(db, at(HIDDEN, f"{SECRET} Lapas", body_html=f"<p>{SECRET}</p>"), now + HOUR)
    return rebuilt(Home(tmp_path))


def rebuilt(home: Home, config: Config = CONFIG) -> Home:
    build(home, config)
    return home


def holding(home: Home, text: str = SECRET) -> set[str]:
    """The public files that hold a text."""
    files = (path for path in home.public.rglob("*") if path.is_file())
    return {str(path.relative_to(home.public)) for path in files if text.encode() in path.read_bytes()}


def times(home: Home) -> dict[str, datetime]:
    files = (path for path in home.public.rglob("*") if path.is_file())
    return {str(path.relative_to(home.public)): datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in files}


def test_taken_out_of_every_file_that_held_it_and_no_other_is_touched(
    home: Home, db: sqlite3.Connection, now: datetime
) -> None:
    held, before = holding(home), times(home)
    assert len(held) == 9
    hide(db, HIDDEN, "alasan", now + 5 * HOUR)
    rebuilt(home)
    assert holding(home) == set()
    after = times(home)
    assert {path for path in after if after[path] != before[path]} == held
    assert {after[path] for path in held} == {now + 5 * HOUR}


def test_removal_by_the_site_is_dated_alike(home: Home, db: sqlite3.Connection, now: datetime) -> None:
    with transaction(db):
        remove(db, 2, "HTTP 410", now + 5 * HOUR)
    rebuilt(home)
    assert holding(home) == set()
    assert times(home)["feeds/all/news-feed.rss"] == now + 5 * HOUR


def test_a_lost_ledger_changes_nothing(home: Home, db: sqlite3.Connection, now: datetime) -> None:
    hide(db, HIDDEN, "alasan", now + 5 * HOUR)
    before = times(rebuilt(home))
    home.publish_db.unlink()
    assert times(rebuilt(home)) == before


def test_edits_of_a_hidden_article_rebuild_nothing(home: Home, db: sqlite3.Connection, now: datetime) -> None:
    hide(db, HIDDEN, "alasan", now + 5 * HOUR)
    before = times(rebuilt(home))
    see(db, at(HIDDEN, f"{SECRET} Baru"), now + 6 * HOUR)
    assert build(home, CONFIG).written == ()
    assert times(home) == before
    see(db, version(43), now + 7 * HOUR)
    assert times(rebuilt(home))["feeds/all/news-feed.rss"] == now + 7 * HOUR


def test_it_comes_back_in_its_place_with_a_new_time(home: Home, db: sqlite3.Connection, now: datetime) -> None:
    path = home.public / "feeds/all/news-feed.atom"
    before = [(entry.id, entry.updated) for entry in feedparser.parse(path.read_bytes()).entries]
    hide(db, HIDDEN, "alasan", now + 5 * HOUR)
    rebuilt(home)
    unhide(db, HIDDEN, None, now + 6 * HOUR)
    rebuilt(home)
    assert [(entry.id, entry.updated) for entry in feedparser.parse(path.read_bytes()).entries] == before
    assert times(home)["feeds/all/news-feed.atom"] == now + 6 * HOUR


def test_a_source_whose_only_article_is_hidden_keeps_an_empty_feed(
    home: Home, db: sqlite3.Connection, now: datetime
) -> None:
    hide(db, HIDDEN, "alasan", now + 5 * HOUR)
    hide(db, ARTICLE.url, "alasan", now + 5 * HOUR)
    rebuilt(home)
    assert holding(home) == holding(home, ARTICLE.title) == set()
    parsed = feedparser.parse((home.public / "feeds/source/warta.rss").read_bytes())
    assert (parsed.bozo, parsed.entries) == (False, [])


def test_files_of_a_source_that_was_left_out_are_cleared_too(
    home: Home, db: sqlite3.Connection, now: datetime, site: Source
) -> None:
    with transaction(db):
        stored.save(db, [replace(site, slug="lain", name="Lain")], now)
    left_out = replace(CONFIG, exclude=("warta",))
    rebuilt(home, left_out)
    assert holding(home) == {path for path in holding(home) if "source/warta" in path} != set()
    hide(db, HIDDEN, "alasan", now + 5 * HOUR)
    rebuilt(home, left_out)
    assert holding(home) == set()
    assert ARTICLE.title.encode() in (home.public / "feeds/source/warta.rss").read_bytes()


def test_a_source_that_was_never_published_gets_no_files(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    see(db, ARTICLE, now)
    hide(db, ARTICLE.url, "alasan", now)
    home = rebuilt(Home(tmp_path), replace(CONFIG, exclude=("warta",)))
    assert not list(home.public.rglob("*warta*"))


def test_what_was_out_of_a_full_feed_does_not_date_it(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    see(db, at(HIDDEN, SECRET), now - 10 * HOUR)
    for n in range(100):
        see(db, at(f"https://warta.example/{n}/", f"Berita {n}"), now)
    home = rebuilt(Home(tmp_path))
    hide(db, HIDDEN, "alasan", now + 5 * HOUR)
    see(db, at("https://warta.example/101/", "Berita 101"), now + HOUR)
    rebuilt(home)
    assert times(home)["feeds/all/news-feed.rss"] == now + HOUR
