"""A source that goes back and forth between two versions: one edit, no flood, and a real return in the end."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from desk import ARTICLE, revisions, row, see, version

A, B = ARTICLE, version(43)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def edited(db: sqlite3.Connection, now: datetime) -> datetime:
    """A was seen, then B an hour ago."""
    see(db, A, now - 2 * HOUR)
    assert see(db, B, now - HOUR) == "edited"
    return now


def public(db: sqlite3.Connection) -> tuple[object, ...]:
    stored = row(db)
    return stored["updated"], stored["change"], stored["changed_at"], stored["body_text"]


def test_back_and_forth_for_a_month_changes_nothing_public(db: sqlite3.Connection, edited: datetime) -> None:
    before = public(db)
    for hour in range(0, 24 * 30, 7):
        see(db, A if hour % 2 else B, edited + hour * HOUR)
    assert public(db) == before
    ((kind, flips),) = revisions(db)
    assert kind == "number"
    assert flips == pytest.approx(24 * 30 / 14, abs=2)


def test_an_earlier_version_seen_again_and_again_is_counted_once(db: sqlite3.Connection, edited: datetime) -> None:
    for hour in range(10):
        assert see(db, A, edited + hour * HOUR) == "unchanged"
    assert revisions(db) == [("number", 1)]


def test_third_version_is_an_edit_and_ends_nothing(db: sqlite3.Connection, edited: datetime) -> None:
    see(db, A, edited)
    assert see(db, version(44), edited + HOUR) == "edited"
    for n, article in enumerate([A, B, version(44)] * 3):
        assert see(db, article, edited + (n + 2) * HOUR) == "unchanged"
    assert [kind for kind, _ in revisions(db)] == ["number", "number"]


def test_a_source_that_stays_with_the_earlier_version_has_edited_again(
    db: sqlite3.Connection, edited: datetime
) -> None:
    verdicts = [see(db, A, edited + day * DAY) for day in range(5)]
    assert verdicts == ["unchanged", "unchanged", "unchanged", "edited", "unchanged"]
    assert "34 kg" in row(db)["body_text"]
    assert row(db)["updated"] == f"{edited + 3 * DAY:%Y-%m-%dT%H:%M:%SZ}"


def test_a_return_after_a_long_time_is_an_edit(db: sqlite3.Connection, edited: datetime) -> None:
    assert see(db, A, edited + 8 * DAY) == "edited"
    assert revisions(db) == [("number", 0), ("number", 0)]


def test_a_return_that_the_source_dates_is_stored_without_being_news(db: sqlite3.Connection, now: datetime) -> None:
    see(db, version(34, modified=now), now)
    see(db, version(43, modified=now + HOUR), now + HOUR)
    before = row(db)
    assert see(db, version(34, modified=now + 2 * HOUR), now + 2 * HOUR) == "touched"
    after = row(db)
    assert "34 kg" in after["body_text"]
    assert after["change"] > before["change"]
    assert (after["updated"], revisions(db)) == (before["updated"], [("number", 1)])


def test_a_source_that_dates_every_flip_is_no_longer_followed(db: sqlite3.Connection, now: datetime) -> None:
    stored = []
    for hour in range(40):
        see(db, version(43 if hour % 2 else 34, modified=now + hour * HOUR), now + hour * HOUR)
        stored.append(row(db)["body_text"])
    assert 1 < sum(1 for one, other in pairwise(stored) if one != other) < 8
    assert row(db)["updated"] == f"{now + HOUR:%Y-%m-%dT%H:%M:%SZ}"
    assert [kind for kind, _ in revisions(db)] == ["number"]


def test_headlines_on_trial(db: sqlite3.Connection, now: datetime) -> None:
    titles = ["Panen Raya di Lapas Serang", "34 Kilogram Sayur dari Balik Jeruji"]
    for hour in range(12):
        see(db, version(34, title=titles[hour % 2]), now + hour * HOUR)
    assert [kind for kind, _ in revisions(db)] == ["headline"]
    assert row(db)["updated"] == f"{now + HOUR:%Y-%m-%dT%H:%M:%SZ}"
