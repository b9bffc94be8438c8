"""The labelled articles in a database, with their facts put in by hand, and what their stories came to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from labels import Labelled

from crawler.grouping import group
from crawler.intake import take_article
from crawler.models import Article, Kind, Link, Source
from crawler.storage import sources
from crawler.storage.database import next_change, open_writer, transaction

NOW = datetime(2026, 9, 1, tzinfo=UTC)
OFFICIAL = ("lapas", "rutan", "lpka", "lpp", "kanwil", "kanim", "ditjenpas", "kemenimipas")


def url_of(article: Labelled) -> str:
    return f"https://{article.source}.example/{article.told.article_id}-{article.event}/"


def open_desk(folder: Path, articles: Sequence[Labelled]) -> sqlite3.Connection:
    """A database that knows the sources and units of some articles, and none of the articles."""
    db = open_writer(folder / "newsfeed.db")
    with transaction(db):
        known = sorted({article.source for article in articles})
        sources.save(db, [_source(slug) for slug in known], NOW)
        units = {name for one in articles for name in (*one.told.subjects, *one.told.mentioned)}
        db.executemany(
            "insert into units (id, name, kind) values (?, ?, 'unit')", [(unit, unit) for unit in sorted(units)]
        )
    return db


def store(db: sqlite3.Connection, article: Labelled, now: datetime = NOW) -> int:
    """Take an article in as a crawl does, and annotate it; returns its key."""
    told = article.told
    url = url_of(article)
    read = Article(
        url=url,
        canonical_url=url,
        title=told.title,
        paragraphs=(told.text,),
        body_html=f"<p>{told.text}</p>",
        published=article.published,
        published_precision="minute",
        event_date=told.event,
    )
    with transaction(db):
        take_article(db, Link(url=url, source=article.source, origin="first"), read, now)
        key = int(db.execute("select id from articles where url = ?", (url,)).fetchone()["id"])
        db.execute("delete from article_units where article_id = ?", (key,))
        db.executemany(
            "insert or ignore into article_units (article_id, unit_id, role, weight, evidence) values (?, ?, ?, 1, '')",
            [(key, unit, "subject") for unit in told.subjects] + [(key, unit, "mention") for unit in told.mentioned],
        )
        db.execute("update articles set change = ? where id = ?", (next_change(db), key))
    return key


def stored(db: sqlite3.Connection, batches: Iterable[Sequence[Labelled]]) -> None:
    """Store and group the articles as so many runs."""
    for batch in batches:
        for article in batch:
            store(db, article)
        group(db, NOW)


def told_together(db: sqlite3.Connection) -> set[frozenset[str]]:
    """The stories as sets of addresses."""
    found: dict[int, set[str]] = {}
    for row in db.execute("select story_id, url from articles where story_id is not null"):
        found.setdefault(row["story_id"], set()).add(row["url"])
    return {frozenset(urls) for urls in found.values()}


def story_ids(db: sqlite3.Connection) -> dict[str, str]:
    """The entry id of each article's story, by address."""
    rows = db.execute("select a.url, s.entry_id from articles a join stories s on s.id = a.story_id")
    return {row["url"]: row["entry_id"] for row in rows}


def _source(slug: str) -> Source:
    kind: Kind = "official" if slug.startswith(OFFICIAL) else "press"
    return Source(slug=slug, name=slug, kind=kind, homepage=f"https://{slug}.example/", publisher=slug, pace_group=slug)
