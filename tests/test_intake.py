"""What the database holds after a crawl's values were taken in: once, whole, and stamped right."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.intake import take_discovered, take_fetched
from crawler.models import Article, Discovered, Ended, Fetched, Image, Link, Related, Standing, Validators
from crawler.storage import articles, health, links, sources
from crawler.storage.reading import open_reader
from crawler.storage.schedule import standings

ARTICLE = Article(
    url="https://warta.example/a/",
    canonical_url="https://warta.example/a/",
    title="Lapas Serang Panen",
    paragraphs=("Serang – Panen raya digelar.", "Hasilnya 34,6 kg."),
    body_html="<p>Serang – Panen raya digelar.</p><p>Hasilnya 34,6 kg.</p>",
    author="Ani Contoh",
    published=datetime(2026, 1, 28, 3, 0, 5, tzinfo=UTC),
    published_precision="second",
    published_raw="2026-01-28T10:00:05+07:00",
    modified=datetime(2026, 1, 28, 4, tzinfo=UTC),
    dateline="Serang",
    language="id",
    images=(Image("https://warta.example/a.jpg", "Panen", "Humas"),),
    tags=("lapas", "panen"),
    categories=("Daerah",),
    related=(Related("Berita lain", "https://warta.example/b/"),),
    provenance={"published": "time", "title": "h1"},
    family="newkarma",
)
LINK = Link(url=ARTICLE.url, source="warta", title="Lapas Serang Panen", published="2026-01-28", tags=("x",))


def discovered(**changes: object) -> Discovered:
    values = {"source": "warta", "strategy": "feed https://warta.example/feed/", "url": "https://warta.example/feed/"}
    return Discovered(**{**values, "links": (LINK,), **changes})  # type: ignore[arg-type]


def count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"select count(*) from {table}").fetchone()[0])


def test_stored_article_reads_back_whole(db: sqlite3.Connection, now: datetime) -> None:
    assert take_fetched(db, Fetched(link=LINK, status=200, article=ARTICLE), now) == ["new"]
    assert articles.load(db, 1) == ARTICLE


def test_old_article_without_a_date_stands_behind_all_that_its_source_has(
    db: sqlite3.Connection, now: datetime
) -> None:
    take_fetched(db, Fetched(link=replace(LINK, origin="first"), status=200, article=ARTICLE), now)
    url = "https://warta.example/lama/"
    old = replace(
        ARTICLE, url=url, canonical_url=url, title="Tanpa Tanggal", published=None, published_precision="none"
    )
    take_fetched(db, Fetched(link=replace(LINK, url=url, origin="backfill"), status=200, article=old), now)
    entered = dict(db.execute("select title, entered from articles").fetchall())
    assert entered["Tanpa Tanggal"] <= entered[ARTICLE.title] < now.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_same_again_writes_nothing(db: sqlite3.Connection, now: datetime) -> None:
    take_discovered(db, discovered(articles=((LINK, ARTICLE),)), now)
    before = list(db.iterdump())
    later = now + timedelta(hours=1)
    assert take_discovered(db, discovered(links=(), articles=((LINK, ARTICLE),)), later) == ["unchanged"]
    assert list(db.iterdump()) == before


def test_edit_is_a_revision_and_moves_updated(db: sqlite3.Connection, now: datetime) -> None:
    take_fetched(db, Fetched(link=LINK, article=ARTICLE), now)
    edited = replace(ARTICLE, paragraphs=("Serang – Panen raya digelar.", "Hasilnya 43,6 kg."))
    assert take_fetched(db, Fetched(link=LINK, article=edited), now + timedelta(days=1)) == ["edited"]
    row = db.execute("select * from articles").fetchone()
    revision = db.execute("select * from revisions").fetchone()
    assert (row["published"], row["entered"]) == ("2026-01-28T03:00:05Z", "2026-01-29T03:00:00Z")
    assert (row["updated"], row["feed_time"]) == ("2026-01-30T03:00:00Z", "2026-01-30T03:00:00Z")
    assert (revision["class"], json.loads(revision["fields"])) == ("number", ["text"])


def test_trivial_edit_is_stored_but_no_revision(db: sqlite3.Connection, now: datetime) -> None:
    take_fetched(db, Fetched(link=LINK, article=ARTICLE), now)
    assert take_fetched(db, Fetched(link=LINK, article=replace(ARTICLE, tags=("lapas",))), now) == ["touched"]
    assert count(db, "revisions") == 0
    assert db.execute("select updated from articles").fetchone()[0] is None


@pytest.mark.parametrize(("origin", "entered"), [("poll", "2026-01-29T03:00:00Z"), ("first", "2026-01-28T03:00:05Z")])
def test_entered(db: sqlite3.Connection, now: datetime, origin: str, entered: str) -> None:
    take_fetched(db, Fetched(link=replace(LINK, origin=origin), article=ARTICLE), now)  # type: ignore[arg-type]
    assert db.execute("select entered from articles").fetchone()[0] == entered


def test_article_without_a_date_is_dated_when_first_seen(db: sqlite3.Connection, now: datetime) -> None:
    undated = replace(ARTICLE, published=None, published_precision="none", published_raw=None)
    take_fetched(db, Fetched(link=LINK, article=undated), now)
    edited = replace(undated, title="Judul Baru")
    take_fetched(db, Fetched(link=LINK, article=edited), now + timedelta(days=2))
    row = db.execute("select published, published_from from articles").fetchone()
    assert tuple(row) == ("2026-01-29T03:00:00Z", "first-seen")


def test_validators_are_kept_with_the_links_they_announced(db: sqlite3.Connection, now: datetime) -> None:
    validators = Validators('W/"1"', "Wed, 28 Jan 2026 03:00:00 GMT")
    take_discovered(db, discovered(validators=validators), now)
    state = sources.state(db, "warta", now)
    assert state.open_links == (LINK,)
    assert state.validators == {"https://warta.example/feed/": validators}


def test_failure_while_storing_keeps_neither_links_nor_validators(db: sqlite3.Connection, now: datetime) -> None:
    broken = replace(ARTICLE, published_precision=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        take_discovered(db, discovered(articles=((LINK, broken),), validators=Validators("x")), now)
    state = sources.state(db, "warta", now)
    assert (state.open_links, state.validators) == ((), {})


def test_failed_link_is_tried_again_for_days_and_then_given_up(db: sqlite3.Connection, now: datetime) -> None:
    take_discovered(db, discovered(), now)
    at, tries = now, 0
    while links.waiting(db, "warta", at) or db.execute("select 1 from links where state = 'open'").fetchone():
        if links.waiting(db, "warta", at):
            take_fetched(db, Fetched(link=LINK, status=500, error="HTTP 500"), at)
            tries += 1
        at += timedelta(minutes=15)
    assert (tries, at - now > timedelta(days=5)) == (7, True)
    assert db.execute("select state, error from links").fetchone()[:] == ("failed", "HTTP 500")
    assert LINK.url in {row["url"] for row in db.execute("select url from links")}


def test_waiting_links_make_a_healthy_source_due_and_leave_a_failing_one_to_its_backoff(
    db: sqlite3.Connection, now: datetime
) -> None:
    take_discovered(db, discovered(), now)
    later = now + timedelta(hours=1)
    health.end(db, Ended("warta", ok=True, state="new"), later, now)
    assert standings(db, now)["warta"] == Standing(later, now, waiting=True)
    health.end(db, Ended("warta", ok=False, state="failing"), later, now)
    assert standings(db, now)["warta"] == Standing(later, now, waiting=False)


def test_stored_link_stays_done_when_its_page_fails_later(db: sqlite3.Connection, now: datetime) -> None:
    take_fetched(db, Fetched(link=LINK, article=ARTICLE), now)
    take_fetched(db, Fetched(link=LINK, status=500, error="HTTP 500"), now)
    assert db.execute("select state from links").fetchone()[0] == "done"
    assert count(db, "articles") == 1


def test_reader_sees_newest_first_with_pictures_and_tags(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    other = replace(ARTICLE, url="https://warta.example/z/", canonical_url="https://warta.example/z/", title="Z")
    take_fetched(db, Fetched(link=LINK, article=ARTICLE), now)
    take_fetched(db, Fetched(link=replace(LINK, url=other.url), article=other), now + timedelta(minutes=1))
    with open_reader(tmp_path / "newsfeed.db") as reader:
        newest = reader.newest()
        (source,) = reader.sources()
    assert [article.title for article in newest] == ["Z", "Lapas Serang Panen"]
    assert (newest[1].images, newest[1].tags, newest[1].categories) == (ARTICLE.images, ARTICLE.tags, ("Daerah",))
    assert (source.slug, source.articles) == ("warta", 2)


def test_withheld_and_removed_articles_are_not_read(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    take_fetched(db, Fetched(link=LINK, article=ARTICLE), now)
    db.execute("update articles set withheld = 'hidden'")
    with open_reader(tmp_path / "newsfeed.db") as reader:
        assert reader.newest() == []
        assert reader.sources()[0].articles == 0


def test_article_that_is_not_wanted_is_left_out_but_keeps_its_edits_where_it_is_stored(
    db: sqlite3.Connection, now: datetime
) -> None:
    take_discovered(db, discovered(links=(), articles=((LINK, ARTICLE),)), now)
    edited = replace(ARTICLE, paragraphs=("Serang – Panen raya digelar.", "Hasilnya 43,6 kg."))
    url = "https://warta.example/lain/"
    other = replace(ARTICLE, url=url, canonical_url=url, title="Resep Kue")
    why = "is not on the subject"
    unwanted = ((LINK, edited, why), (replace(LINK, url=url), other, why))
    assert take_discovered(db, discovered(links=(), unwanted=unwanted), now + timedelta(hours=1)) == ["edited"]
    assert dict(db.execute("select url, state from links").fetchall()) == {ARTICLE.url: "done", url: "excluded"}
