"""Which feeds exist, where, and whose articles they hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from feed_samples import CONFIG, FakeReader, article, reader, source

from crawler.home import Config
from feeds.catalog import catalog
from feeds.selection import select


def test_addresses_are_what_they_were() -> None:
    """Identity: a reader holds these; they may be added to, never changed."""
    specs = catalog(reader([article(1), article(2, "pers")]).sources(), CONFIG)
    files = [spec.file(format_) for spec in specs for format_ in ("rss", "atom", "json")] + [s.page_file for s in specs]
    assert files == [
        "feeds/all/news-feed.rss", "feeds/all/news-feed.atom", "feeds/all/news-feed.json",
        "feeds/source/kanwil.rss", "feeds/source/kanwil.atom", "feeds/source/kanwil.json",
        "feeds/source/pers.rss", "feeds/source/pers.atom", "feeds/source/pers.json",
        "all/news-feed/index.html", "source/kanwil/index.html", "source/pers/index.html",
    ]  # fmt: skip


def test_a_source_without_articles_has_no_feed() -> None:
    assert [spec.slug for spec in catalog(reader([article(1)]).sources(), CONFIG)] == ["news-feed", "kanwil"]


@pytest.mark.parametrize(
    ("config", "shown"),
    [
        (CONFIG, ["kanwil", "pers"]),
        (replace(CONFIG, exclude=("pers",)), ["kanwil"]),
        (replace(CONFIG, include=("pers",)), ["pers"]),
        (replace(CONFIG, include=("lain",)), []),
    ],
    ids=["all", "excluded", "included", "none left"],
)
def test_what_the_operator_leaves_out_is_in_no_feed(config: Config, shown: list[str]) -> None:
    held = reader([article(1), article(2, "pers")])
    specs = catalog(held.sources(), config)
    assert [spec.slug for spec in specs] == ["news-feed", *shown]
    assert sorted({article.source for article in select(held, specs[0])}) == shown


def test_a_feed_holds_the_newest_hundred_in_the_order_of_feed_time() -> None:
    slugs = ["a", "b", "lain"]
    held = FakeReader([source(slug) for slug in slugs], [article(n, slugs[n % 3]) for n in range(400)])
    specs = catalog(held.sources(), replace(CONFIG, exclude=("lain",)))
    chosen = [article.id for article in select(held, specs[0])]
    assert chosen == [n for n in range(399, 0, -1) if n % 3 != 2][:100]


def test_words_follow_the_language() -> None:
    sources = reader([article(1)]).sources()
    indonesian, english = (catalog(sources, replace(CONFIG, language=language)) for language in ("id", "en"))
    assert indonesian[0].title == english[0].title == "News Feed"
    assert indonesian[1].description == "Berita terbaru dari Kanwil Kemenkum Malut."
    assert english[1].description == "The latest news from Kanwil Kemenkum Malut."
