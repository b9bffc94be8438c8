"""Which article is this: the table of what makes two sightings one article, and what does not."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.identity import mint, same_title
from crawler.intake import take_article
from crawler.models import Article, Link
from crawler.storage.database import transaction

ARTICLE = Article(
    url="https://warta.example/panen-raya/",
    canonical_url="https://warta.example/panen-raya/",
    title="Lapas Serang Panen Raya",
    paragraphs=("Serang – Panen raya digelar.",),
    body_html="<p>Serang – Panen raya digelar.</p>",
)
LINK = Link(url=ARTICLE.url, source="warta", native="wp:7", guid="https://warta.example/?p=7")


def seen_as(
    url: str,
    *,
    canonical: str | None = None,
    title: str = ARTICLE.title,
    native: str | None = None,
    guid: str | None = None,
) -> tuple[Link, Article]:
    return (
        replace(LINK, url=url, native=native, guid=guid),
        replace(ARTICLE, url=url, canonical_url=canonical or url, title=title),
    )


SAME = {
    "tracking parameters": seen_as("https://warta.example/panen-raya/?utm_source=wa&fbclid=x"),
    "no trailing slash": seen_as("https://warta.example/panen-raya"),
    "http": seen_as("http://warta.example/panen-raya/"),
    "www": seen_as("https://www.warta.example/panen-raya/"),
    "AMP": seen_as("https://warta.example/panen-raya/amp/"),
    "slug changed, same native id": seen_as(
        "https://warta.example/panen-raya-lapas/", native="wp:7", title="Lapas Panen"
    ),
    "another address, same guid": seen_as("https://warta.example/a/b/", guid="https://warta.example/?p=7"),
    "another query, claims the canonical": seen_as(
        "https://warta.example/?p=7&x=1", canonical="https://warta.example/panen-raya/"
    ),
    "another guid": seen_as("https://warta.example/panen-raya/", guid="tag:warta,2026:9"),
}

DIFFERENT = {
    "same title elsewhere": seen_as("https://warta.example/panen-raya-2/"),
    "broken guid, other native id": seen_as(
        "https://warta.example/b/", native="wp:8", guid="https://warta.example/?p=7", title="Lain"
    ),
    "claims another article's canonical": seen_as(
        "https://warta.example/c/", canonical="https://warta.example/panen-raya/", title="Berita Lain Sama Sekali"
    ),
    "claims a canonical on another host": seen_as(
        "https://warta.example/d/", canonical="https://lain.example/panen-raya/"
    ),
    "an id in the query": seen_as("https://warta.example/panen-raya/?no=12", title="Lain"),
}


@pytest.mark.parametrize("sighting", SAME.values(), ids=SAME.keys())
def test_same_article_stays_one_row(db: sqlite3.Connection, now: datetime, sighting: tuple[Link, Article]) -> None:
    with transaction(db):
        take_article(db, LINK, ARTICLE, now)
        take_article(db, *sighting, now + timedelta(hours=1))
    assert db.execute("select count(*) from articles").fetchone()[0] == 1


@pytest.mark.parametrize("sighting", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_articles_stay_two_rows(
    db: sqlite3.Connection, now: datetime, sighting: tuple[Link, Article]
) -> None:
    with transaction(db):
        take_article(db, LINK, ARTICLE, now)
        take_article(db, *sighting, now + timedelta(hours=1))
    assert db.execute("select count(distinct entry_id) from articles").fetchone()[0] == 2


def test_entry_id_is_never_minted_twice(db: sqlite3.Connection, now: datetime) -> None:
    """An address whose article moved away (same native id, new slug) may be used by another article later."""
    moved = replace(ARTICLE, url="https://warta.example/baru/", canonical_url="https://warta.example/baru/")
    with transaction(db):
        take_article(db, LINK, ARTICLE, now)
        db.execute("delete from article_aliases where kind = 'url'")
        take_article(db, replace(LINK, url=moved.url), moved, now)
        take_article(db, replace(LINK, native="wp:9", guid=None), replace(ARTICLE, title="Lain"), now)
    assert db.execute("select count(distinct entry_id) from articles").fetchone()[0] == 2


@given(st.text(), st.text(), st.integers(0, 5))
def test_minted_ids_are_urns_and_repeatable(source: str, url: str, count: int) -> None:
    assert mint(source, url, count).startswith("urn:uuid:")
    assert mint(source, url, count) == mint(source, url, count)


@given(st.text())
def test_typography_does_not_make_another_title(title: str) -> None:
    assert same_title(title, f"  “{title}” – ")
