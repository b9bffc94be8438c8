"""Tombstones: an article that its site took away, and its return."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk import ARTICLE, revisions, row, see, version

from crawler.storage.database import transaction
from crawler.storage.reading import open_reader
from crawler.storage.revisions import remove, restore
from crawler.storage.takedowns import hide

DAY = timedelta(days=1)


@pytest.fixture
def removed(db: sqlite3.Connection, now: datetime) -> datetime:
    """The article was removed a day ago."""
    see(db, ARTICLE, now - 2 * DAY)
    with transaction(db):
        assert remove(db, 1, "HTTP 410", now - DAY)
    return now


def test_removed_article_leaves_a_tombstone_and_the_feeds(
    db: sqlite3.Connection, removed: datetime, tmp_path: Path
) -> None:
    with open_reader(tmp_path / "newsfeed.db") as reader:
        assert reader.newest() == []
        (told,) = reader.changes()
    assert (told.kind, told.title, told.seen_at) == ("removed", ARTICLE.title, removed - DAY)
    assert told.after == {"removed": "HTTP 410"}
    assert row(db)["changed_at"] == f"{removed - DAY:%Y-%m-%dT%H:%M:%SZ}"


def test_removed_twice_is_removed_once(db: sqlite3.Connection, removed: datetime) -> None:
    before = row(db)
    with transaction(db):
        assert not remove(db, 1, "HTTP 404", removed)
    assert (row(db), revisions(db)) == (before, [("removed", 0)])


@pytest.mark.parametrize(
    ("article", "verdict", "classes"),
    [(ARTICLE, "touched", ["removed", "restored"]), (version(43), "edited", ["removed", "restored", "number"])],
    ids=["as it was", "edited meanwhile"],
)
def test_article_that_is_seen_alive_again_is_restored(
    db: sqlite3.Connection, removed: datetime, article: object, verdict: str, classes: list[str]
) -> None:
    before = row(db)
    assert see(db, article, removed) == verdict  # type: ignore[arg-type]
    after = row(db)
    assert (after["removed"], [kind for kind, _ in revisions(db)]) == (None, classes)
    assert after["change"] > before["change"]
    assert (after["updated"] is None) == (verdict == "touched")


def test_an_imported_copy_does_not_raise_the_dead(db: sqlite3.Connection, removed: datetime) -> None:
    see(db, ARTICLE, removed, origin="import")
    assert row(db)["removed"] is not None


def test_restoring_what_is_there_does_nothing(db: sqlite3.Connection, now: datetime) -> None:
    see(db, ARTICLE, now)
    with transaction(db):
        assert not restore(db, 1, now)
    assert revisions(db) == []


def test_a_hidden_article_comes_and_goes_unseen(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    see(db, ARTICLE, now)
    hide(db, ARTICLE.url, "alasan", now)
    before = row(db)
    with transaction(db):
        remove(db, 1, "HTTP 404", now + DAY)
    see(db, ARTICLE, now + 2 * DAY)
    assert (row(db)["change"], row(db)["changed_at"]) == (before["change"], before["changed_at"])
    with open_reader(tmp_path / "newsfeed.db") as reader:
        assert reader.changes() == []


def test_an_edit_and_a_return_are_told_apart_from_tombstones(db: sqlite3.Connection, now: datetime) -> None:
    see(db, ARTICLE, now)
    see(db, version(43), now + timedelta(hours=1))
    with transaction(db):
        remove(db, 1, "HTTP 404", now + timedelta(hours=2))
    assert see(db, ARTICLE, now + timedelta(hours=3)) == "touched"
    assert revisions(db) == [("number", 1), ("removed", 0), ("restored", 0)]
