"""The HTML pages: words, dates, links that work anywhere, and nothing that acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import pytest
from feed_samples import BARE, BY_DAY, COMMON, CONFIG, EXCERPT, HOSTILE, article, feed, reader
from lxml import html

from crawler.home import Config
from crawler.models import Precision
from crawler.storage.reading import StoredArticle
from feeds.catalog import catalog, published_sources
from feeds.entry import feed_of
from feeds.selection import select
from feeds.site import feed_page, index_page
from feeds.site.dates import published

EVERYTHING = [COMMON, EXCERPT, HOSTILE, BARE, BY_DAY]
AT = datetime(2026, 1, 28, 3, 12, tzinfo=UTC)


def pages(articles: list[StoredArticle], config: Config = CONFIG) -> dict[str, html.HtmlElement]:
    """Every page of a site, by path."""
    held = reader(articles)
    specs = catalog(held.sources(), config)
    made = {"index.html": index_page(specs, feed(articles, config), config)}
    for spec in specs:
        document = feed_of(spec, select(held, spec), published_sources(held.sources(), config), config)
        made[spec.page_file] = feed_page(spec, document, config)
    return {path: html.document_fromstring(content.decode()) for path, content in made.items()}


@pytest.mark.parametrize(
    ("zone", "source_zone", "precision", "language", "expected"),
    [
        ("Asia/Jakarta", "Asia/Jakarta", "second", "id", "Rabu, 28 Januari 2026 10.12 WIB"),
        ("Asia/Makassar", "Asia/Jakarta", "minute", "id", "Rabu, 28 Januari 2026 11.12 WITA"),
        ("Asia/Jayapura", "Asia/Jakarta", "minute", "id", "Rabu, 28 Januari 2026 12.12 WIT"),
        ("Asia/Jakarta", "Asia/Jakarta", "second", "en", "Wednesday, 28 January 2026 10:12 WIB"),
        ("Asia/Jakarta", "Asia/Jakarta", "day", "id", "Rabu, 28 Januari 2026"),
    ],
)
def test_dates_as_people_read_them(
    zone: str, source_zone: str, precision: Precision, language: str, expected: str
) -> None:
    assert published(AT, precision, zone, source_zone, language) == expected


def test_a_day_is_the_day_where_the_source_is() -> None:
    midnight_in_the_east = datetime(2026, 1, 27, 15, 0, tzinfo=UTC)
    assert published(midnight_in_the_east, "day", "Asia/Jakarta", "Asia/Jayapura", "id") == "Rabu, 28 Januari 2026"


def test_links_of_the_site_are_relative_and_lead_somewhere() -> None:
    made = pages(EVERYTHING)
    specs = catalog(reader(EVERYTHING).sources(), CONFIG)
    known = {"index.html", "style.css", "icon.png", "feeds/index.opml", *made}
    known |= {spec.file(format_) for spec in specs for format_ in ("rss", "atom", "json")}
    for path, page in made.items():
        for _, name, address, _ in page.iterlinks():
            if name not in ("href", "src") or urlsplit(address).scheme:
                continue
            target = urlsplit(urljoin(f"http://x/under/a/path/{path}", address)).path
            assert target.removeprefix("/under/a/path/") in known, (path, address)
            assert not PurePosixPath(address).is_absolute()


def test_each_page_offers_its_feed_to_readers() -> None:
    for path, page in pages(EVERYTHING).items():
        links = page.xpath("//link[@rel='alternate']")
        assert [link.get("type") for link in links] == [
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
        ]
        slug = "source/kanwil" if "kanwil" in path else "source/pers" if "pers" in path else "all/news-feed"
        addresses = [code.text for code in page.xpath("//section[@class='subscribe']//code")]
        assert addresses == [f"{CONFIG.base_url}feeds/{slug}.{ending}" for ending in ("rss", "atom", "json")]
    titles = [
        link.get("title") for page in pages(EVERYTHING).values() for link in page.xpath("//link[@rel='alternate']")
    ]
    assert len(set(titles)) == 9  # three feeds in three formats


def test_republished_text_is_for_people_not_for_search_engines() -> None:
    made = pages(EVERYTHING)
    front = made.pop("index.html")
    assert front.xpath("//link[@rel='canonical']/@href") == [CONFIG.base_url]
    assert not front.xpath("//meta[@name='robots']")
    for page in made.values():
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert page.xpath("//article//h2/a[contains(@rel, 'bookmark')]")


def test_the_front_page_offers_every_feed_and_the_newest_articles() -> None:
    page = pages([article(n) for n in range(30)])["index.html"]
    assert page.xpath("//section[@id='feeds']//li/a/text()") == ["News Feed", "Kanwil Kemenkum Malut"]
    assert f"{CONFIG.base_url}feeds/index.opml" in page.xpath("//section[@id='feeds']//code/text()")
    assert page.xpath("//article/h3/a/text()") == [f"Berita {n}" for n in range(29, 17, -1)]


def test_text_is_shown_where_it_may_be_and_only_there() -> None:
    made = pages(EVERYTHING)
    assert "mendampingi 12 usaha" in made["source/kanwil/index.html"].text_content()
    assert "RAHASIA" not in made["source/pers/index.html"].text_content()
    assert made["source/pers/index.html"].xpath("//article//h2/a/@href") == [EXCERPT.url]


def test_a_first_seen_date_says_so() -> None:
    text = pages([BARE])["source/kanwil/index.html"].text_content()
    assert "pertama terlihat Rabu, 28 Januari 2026 12.04 WIB" in text


def test_an_edited_article_says_when() -> None:
    for page in pages([COMMON]).values():
        assert "diperbarui Rabu, 28 Januari 2026 13.00 WIB" in page.text_content()
    assert "diperbarui" not in pages([EXCERPT])["index.html"].text_content()


def test_nothing_acts() -> None:
    for page in pages(EVERYTHING).values():
        assert not page.xpath("//script | //iframe | //object | //form | //style | //svg")
        assert not page.xpath("//@style")
        assert not [name for element in page.iter() for name in element.attrib if str(name).startswith("on")]
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'")
        assert all(image.get("loading") == "lazy" for image in page.xpath("//article//img"))


def test_markup_in_names_and_titles_is_text() -> None:
    page = pages(EVERYTHING)["all/news-feed/index.html"]
    assert "Koran R&D <Banten>" in page.text_content()
    assert "<b>tebal</b>" in page.text_content()


def test_english() -> None:
    made = pages(EVERYTHING, replace(CONFIG, language="en"))
    page = made["source/kanwil/index.html"]
    assert page.get("lang") == "en"
    assert "Subscribe" in page.text_content()
    assert "Berlangganan" not in page.text_content()
    assert page.xpath("//article[@lang='id']")
