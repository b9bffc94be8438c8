"""An article whose site took it away, while it shows a copy: readers keep the entry, once, as long as one lives."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from test_identity import ARTICLE, LINK, OTHER, seen_as

from crawler.intake import take_article
from crawler.models import Article, Link
from crawler.storage import check, merges
from crawler.storage.database import transaction
from crawler.storage.reading import StoredArticle, open_reader
from crawler.storage.revisions import remove
from crawler.storage.takedowns import hide, unhide

COPY = seen_as("https://warta.example/panen-raya-2/", native="wp:8")
THIRD = seen_as("https://warta.example/panen-raya-3/", native="wp:9")
FIRST = LINK, ARTICLE


@dataclass
class Desk:
    """A database over which hours pass, and what readers see of it."""

    db: sqlite3.Connection
    path: Path
    now: datetime

    def see(self, sighting: tuple[Link, Article], **changes: object) -> str:
        self.now += timedelta(hours=1)
        with transaction(self.db):
            return take_article(self.db, sighting[0], replace(sighting[1], **changes), self.now)  # type: ignore[arg-type]

    def lose(self, sighting: tuple[Link, Article]) -> bool:
        """The site answers with 404 where an article stood."""
        self.now += timedelta(hours=1)
        (key,) = self.db.execute("select article_id from links where url = ?", (sighting[0].url,)).fetchone()
        with transaction(self.db):
            return remove(self.db, key, "HTTP 404", self.now)

    def shown(self) -> list[StoredArticle]:
        with open_reader(self.path) as reader:
            return reader.newest()

    def told(self) -> list[str]:
        """What readers are told of edits and removals, oldest first."""
        with open_reader(self.path) as reader:
            return [one.kind for one in reversed(reader.changes())]


@pytest.fixture
def desk(db: sqlite3.Connection, tmp_path: Path, now: datetime) -> Iterator[Desk]:
    """An article that was edited, and a copy of it."""
    desk = Desk(db, tmp_path / "newsfeed.db", now)
    assert [desk.see(FIRST), desk.see(FIRST, title="Lapas Serang Panen Besar"), desk.see(COPY)] == [
        "new", "edited", "copy"
    ]  # fmt: skip
    yield desk
    assert check.whole(db) + check.keys(db) + check.orphans(db) + check.search(db) == []


def test_the_copy_takes_its_place_under_its_id(desk: Desk) -> None:
    [before] = desk.shown()
    assert desk.lose(FIRST)
    [after] = desk.shown()
    assert (after.url, after.title) == (COPY[1].url, COPY[1].title)
    assert (after.entry_id, after.entered, after.feed_time) == (before.entry_id, before.entered, before.feed_time)
    assert after.change > before.change
    assert desk.told() == ["headline"]


def test_it_is_found_by_all_its_names(desk: Desk) -> None:
    [before] = desk.shown()
    desk.lose(FIRST)
    with open_reader(desk.path) as reader:
        for name in (ARTICLE.url, COPY[1].url, before.entry_id):
            assert [article.entry_id for article in reader.find(name)] == [before.entry_id], name
        assert [one.kind for one in reader.versions(ARTICLE.url)] == ["headline"]


def test_removed_twice_is_removed_once(desk: Desk) -> None:
    assert [desk.lose(FIRST), desk.lose(FIRST)] == [True, False]
    assert len(desk.shown()) == 1


def test_edits_of_the_copy_are_now_its_own(desk: Desk) -> None:
    desk.lose(FIRST)
    assert desk.see(COPY) == "unchanged"
    assert desk.see(COPY, paragraphs=(*ARTICLE.paragraphs[:2], "Kepala lapas menyerahkan premi itu.")) == "edited"
    assert desk.told() == ["headline", "text"]


@pytest.mark.parametrize("order", [(FIRST, COPY), (COPY, FIRST)])
def test_without_any_copy_there_is_a_tombstone(desk: Desk, order: tuple[tuple[Link, Article], ...]) -> None:
    [before] = desk.shown()
    for sighting in order:
        assert desk.lose(sighting)
    assert desk.shown() == []
    with open_reader(desk.path) as reader:
        told = reader.changes()
    assert [(one.kind, one.entry_id) for one in told] == [("removed", before.entry_id)]


def test_the_next_copy_follows(desk: Desk) -> None:
    [before] = desk.shown()
    assert desk.see(THIRD) == "copy"
    for gone, left in ((FIRST, COPY), (COPY, THIRD)):
        desk.lose(gone)
        assert [(one.url, one.entry_id) for one in desk.shown()] == [(left[1].url, before.entry_id)]


@pytest.mark.parametrize(
    "back", [FIRST, COPY, THIRD], ids=["the one removed first", "the one removed last", "another copy"]
)
def test_whichever_is_there_again_brings_it_back(desk: Desk, back: tuple[Link, Article]) -> None:
    [before] = desk.shown()
    desk.lose(FIRST)
    desk.lose(COPY)
    desk.see(back)
    assert [(one.url, one.entry_id) for one in desk.shown()] == [(back[1].url, before.entry_id)]
    assert desk.told()[-1] == "restored"


def test_the_first_that_comes_back_is_a_copy_now(desk: Desk) -> None:
    desk.lose(FIRST)
    [before] = desk.shown()
    desk.see(FIRST)
    assert [(one.url, one.entry_id) for one in desk.shown()] == [(before.url, before.entry_id)]
    desk.see(FIRST, title="Paspor Simpatik", paragraphs=OTHER)
    assert sorted(one.title for one in desk.shown()) == [COPY[1].title, "Paspor Simpatik"]


def test_an_imported_copy_does_not_raise_the_dead(desk: Desk) -> None:
    desk.lose(FIRST)
    desk.lose(COPY)
    desk.see((replace(THIRD[0], origin="import"), THIRD[1]))
    assert desk.shown() == []


def test_taken_apart_each_lives_and_dies_for_itself(desk: Desk) -> None:
    with transaction(desk.db):
        assert merges.undo(desk.db, 2, "two events", desk.now)
    desk.lose(FIRST)
    assert [one.url for one in desk.shown()] == [COPY[1].url]
    assert desk.told() == ["removed"]


@pytest.mark.parametrize("url", [ARTICLE.url, COPY[1].url], ids=["the article", "its copy"])
@pytest.mark.parametrize("first", [hide, None], ids=["hidden before", "hidden after"])
def test_what_is_hidden_stays_hidden(desk: Desk, url: str, first: Callable[..., object] | None) -> None:
    if first:
        hide(desk.db, url, "alasan", desk.now)
    desk.lose(FIRST)
    if not first:
        hide(desk.db, url, "alasan", desk.now)
    assert (desk.shown(), desk.told()) == ([], [])
    assert unhide(desk.db, url, None, desk.now)
    assert [one.url for one in desk.shown()] == [COPY[1].url]


def test_a_copy_at_an_address_that_is_taken_down_hides_the_article(desk: Desk) -> None:
    hide(desk.db, THIRD[1].url, "alasan", desk.now)
    desk.see(THIRD)
    assert desk.shown() == []
