"""Pages, listings and feeds of the example sites."""

from __future__ import annotations

from collections.abc import Iterator

import feedparser
import pytest
from example_visits import DIRECTORATE, FEEDS, LISTINGS, OFFICE, PAGES, PAPER, ask, every_post, parsed, posts, text
from lxml import etree

from feeds.demo import ExampleSites
from feeds.demo.content import load_site


@pytest.fixture
def sites() -> Iterator[ExampleSites]:
    with ExampleSites() as running:
        yield running


@pytest.mark.parametrize("edited", [False, True], ids=["first", "second"])
def test_each_page_holds_its_headline_and_paragraphs(sites: ExampleSites, edited: bool) -> None:
    sites.edited = edited
    for slug, post in every_post(edited=edited):
        if post.protected:
            continue
        page = text(ask(sites, PAGES[slug] % post.slug).body)
        assert post.title in page
        assert [paragraph for paragraph in post.text if paragraph not in page] == []


def test_rest_and_page_carry_the_same_text(sites: ExampleSites) -> None:
    for post in posts(sites):
        if post["content"]["protected"]:
            continue
        page = parsed(ask(sites, post["link"]).body)
        (body,) = page.cssselect("div.entry-content")
        assert text(post["content"]["rendered"]) == " ".join(body.text_content().split())


def test_pages_are_well_formed(sites: ExampleSites) -> None:
    urls = [PAGES[slug] % post.slug for slug, post in every_post(edited=False)]
    for url in [*urls, *LISTINGS]:
        parser = etree.HTMLParser()
        etree.fromstring(ask(sites, url).body, parser)
        problems = [entry.message for entry in parser.error_log if "Tag " not in entry.message]  # HTML5 elements
        assert problems == [], url


def test_pages_have_the_traps_of_their_themes(sites: ExampleSites) -> None:
    pages = [parsed(ask(sites, PAGES["warta-banten"] % post.slug).body) for _, post in every_post(edited=False)[:19]]
    assert any(page.cssselect(".entry-content span.ctaText") for page in pages)
    assert any(not name.text_content() for page in pages for name in page.cssselect(".entry-author [itemprop=name]"))
    assert all("News Feed" in page.text_content() for page in pages[:10])
    assert all(image.get("data-src") for page in pages for image in page.cssselect("img.wp-post-image"))


def test_every_picture_that_a_page_shows_is_served(sites: ExampleSites) -> None:
    for slug, post in every_post(edited=True):
        sites.edited = True
        page = parsed(ask(sites, PAGES[slug] % post.slug).body)
        for address in page.xpath("//meta[@property='og:image']/@content"):
            picture = ask(sites, str(address))
            assert picture.status == 200
            assert etree.fromstring(picture.body).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize(
    ("first", "further", "selector", "slug"),
    [
        (f"{OFFICE}/berita-utama", [f"{OFFICE}/berita-utama?start=10"], "th.list-title a", "kanwil-banten"),
        (
            f"{DIRECTORATE}/posts",
            [f"{DIRECTORATE}/posts?page=2"],
            ".post-item-horizontal .title a",
            "ditjen-pemasyarakatan",
        ),
        (f"{PAPER}/", [f"{PAPER}/page/2/"], "article.item-infinite h2.entry-title a", "warta-banten"),
    ],
)
def test_listings_lead_to_every_article(
    sites: ExampleSites, first: str, further: list[str], selector: str, slug: str
) -> None:
    links: list[str] = []
    for url in [first, *further]:
        page = parsed(ask(sites, url).body)
        page.make_links_absolute(url)
        links += [str(link.get("href")) for link in page.cssselect(selector)]
    assert links == [PAGES[slug] % post.slug for post in load_site(slug, edited=False).posts]


def test_beyond_the_end_of_a_listing(sites: ExampleSites) -> None:
    last = ask(sites, f"{OFFICE}/berita-utama?start=10").body
    assert ask(sites, f"{OFFICE}/berita-utama?start=500").body == last
    assert b"post-item-horizontal" not in ask(sites, f"{DIRECTORATE}/posts?page=9").body


@pytest.mark.parametrize(
    ("url", "count"), list(zip(FEEDS, [10, 10, 10], strict=True)), ids=["wordpress", "joomla", "varient"]
)
def test_feeds_parse(sites: ExampleSites, url: str, count: int) -> None:
    feed = feedparser.parse(ask(sites, url).body)
    assert not feed.bozo
    assert len(feed.entries) == count
    for entry in feed.entries:
        assert ask(sites, entry.link).status == 200
        assert entry.published_parsed is not None
        assert entry.summary


def test_wordpress_guid_is_no_permalink(sites: ExampleSites) -> None:
    entry = feedparser.parse(ask(sites, FEEDS[0]).body).entries[0]
    assert (entry.id, entry.guidislink) == (f"{PAPER}/?p=4219", False)
