"""An article as it comes in again and again: what the tests of edits, take-downs and removals share."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.intake import take_fetched
from crawler.models import Article, Fetched, Link

SECRET = "Rahasia"  # stands in title and text of every article that nobody may see
URL = "https://warta.example/berita/1/"
ARTICLE = Article(
    url=URL,
    canonical_url=URL,
    title="Lapas Serang Panen",
    paragraphs=("Serang – Panen raya digelar di kebun lapas pada hari Rabu.", "Hasilnya 34 kg."),
    body_html="<p>Serang – Panen raya digelar di kebun lapas pada hari Rabu.</p><p>Hasilnya 34 kg.</p>",
    published=datetime.fromisoformat("2026-01-28T03:00:00+00:00"),
    published_precision="second",
    family="newkarma",
)


def version(kilos: int | str, **facts: Any) -> Article:
    """The article with another number in its text."""
    paragraphs = (ARTICLE.paragraphs[0], f"Hasilnya {kilos} kg.")
    return replace(ARTICLE, paragraphs=paragraphs, body_html="".join(f"<p>{p}</p>" for p in paragraphs), **facts)


def at(url: str, title: str = ARTICLE.title, **facts: Any) -> Article:
    """The article at an address of its own."""
    return replace(ARTICLE, url=url, canonical_url=url, title=title, **facts)


def see(db: sqlite3.Connection, article: Article, now: datetime, url: str | None = None, **hints: Any) -> str:
    """Take in the article as a page that was fetched from `url`, and tell what became of it."""
    link = Link(url=url or article.url, source="warta", **hints)
    (verdict,) = take_fetched(db, Fetched(link=link, status=200, article=article), now)
    return verdict


def row(db: sqlite3.Connection, key: int = 1) -> dict[str, Any]:
    """A stored article's columns."""
    return dict(db.execute("select * from articles where id = ?", (key,)).fetchone())


def revisions(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """Class and flips of all revisions, oldest first."""
    return [tuple(found) for found in db.execute("select class, flips from revisions order by id")]
