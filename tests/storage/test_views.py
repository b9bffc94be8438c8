"""Views and ready-made queries: local times, and nothing that may not be shown."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.intake import take_fetched
from crawler.models import Article, Fetched, Link, Source
from crawler.storage import sources
from crawler.storage.database import transaction
from crawler.storage.queries import queries

AT = datetime(2026, 1, 28, 20, 30, tzinfo=UTC)
VALUES = {"source": "warta", "days": "100000", "unit": "u", "place": "p", "topic": "t"}


def store(db: sqlite3.Connection, now: datetime, name: str = "a", source: str = "warta", **changes: object) -> None:
    url = f"https://{source}.example/{name}/"
    article = Article(url=url, canonical_url=url, title=f"Panen {name}", paragraphs=("Panen 34 kg.",),
                      body_html="<p>Panen 34 kg.</p>", published=AT, published_precision="second")  # fmt: skip
    article = replace(article, **changes)  # type: ignore[arg-type]
    take_fetched(db, Fetched(link=Link(url=url, source=source), article=article), now)


@pytest.mark.parametrize(
    ("zone", "published", "name"),
    [
        ("Asia/Jakarta", "2026-01-29 03:30:00", "WIB"),
        ("Asia/Pontianak", "2026-01-29 03:30:00", "WIB"),
        ("Asia/Makassar", "2026-01-29 04:30:00", "WITA"),
        ("Asia/Jayapura", "2026-01-29 05:30:00", "WIT"),
        ("Europe/Amsterdam", "2026-01-28 20:30:00", "UTC"),
    ],
)
def test_times_are_those_of_the_source(
    db: sqlite3.Connection, site: Source, now: datetime, zone: str, published: str, name: str
) -> None:
    with transaction(db):
        sources.save(db, [replace(site, zone=zone)], now)
    store(db, now)
    row = db.execute("select published, zone from articles_local").fetchone()
    assert tuple(row) == (published, name)


def test_day_without_a_clock_time_is_the_day_in_the_zone_of_the_source(db: sqlite3.Connection, now: datetime) -> None:
    midnight = datetime(2026, 1, 27, 17, tzinfo=UTC)  # 00:00 WIB on the 28th
    store(db, now, published=midnight, published_precision="day")
    assert db.execute("select published from articles_local").fetchone()[0] == "2026-01-28"


def test_what_was_taken_down_is_in_no_view_and_no_query(db: sqlite3.Connection, now: datetime) -> None:
    for name in ("hidden", "gone", "shown"):
        store(db, now, name)
        store(db, now + timedelta(hours=1), name, paragraphs=("Panen 43 kg.",))
    db.execute("update articles set withheld = 'hidden' where title = 'Panen hidden'")
    db.execute("update articles set removed = '2026-01-29T00:00:00Z' where title = 'Panen gone'")
    assert [row["title"] for row in db.execute("select title from articles_local")] == ["Panen shown"]
    assert [row["title"] for row in db.execute("select title from changes")] == ["Panen shown"]
    assert db.execute("select articles from sources_local").fetchone()[0] == 1
    told = "".join(str(tuple(row)) for query in queries().values() for row in db.execute(query["sql"], VALUES))
    assert "Panen shown" in told
    assert "hidden" not in told
    assert "gone" not in told


@pytest.mark.parametrize(("republish", "shown"), [("full", True), ("summary", False)])
def test_texts_of_edits_only_where_they_may_be_republished(
    db: sqlite3.Connection, site: Source, now: datetime, republish: str, shown: bool
) -> None:
    with transaction(db):
        sources.save(db, [replace(site, republish=republish)], now)  # type: ignore[arg-type]
    store(db, now)
    store(db, now + timedelta(hours=1), title="Panen 43 kg", paragraphs=("Panen 43 kg di Serang.",))
    row = db.execute("select before, after from changes").fetchone()
    assert "Panen a" in row["before"]
    assert ("34 kg." in row["before"], "di Serang." in row["after"]) == (shown, shown)


@pytest.mark.parametrize("name", queries())
def test_ready_made_query_runs_and_tells_what_it_is(db: sqlite3.Connection, now: datetime, name: str) -> None:
    store(db, now)
    query = queries()[name]
    assert query["title"]
    assert query["description"].endswith(".")
    db.execute(query["sql"], VALUES).fetchall()


def test_same_headline_is_found_in_several_places(db: sqlite3.Connection, site: Source, now: datetime) -> None:
    with transaction(db):
        sources.save(db, [replace(site, slug="koran", name="Koran")], now)
    store(db, now)
    store(db, now, source="koran")
    store(db, now, name="b")
    (row,) = db.execute(queries()["duplicates"]["sql"], VALUES).fetchall()
    assert (row["articles"], row["title"]) == (2, "Panen a")


def test_broken_sources_are_those_with_an_open_incident(db: sqlite3.Connection, site: Source, now: datetime) -> None:
    db.execute("insert into incidents (source, state, opened_at) values ('warta', 'failing', '2026-01-28T20:30:00Z')")
    (row,) = db.execute(queries()["broken_sources"]["sql"]).fetchall()
    assert (row["slug"], row["failing_since"]) == ("warta", "2026-01-29 03:30:00")
