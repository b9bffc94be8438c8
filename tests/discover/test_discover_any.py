"""What holds for every strategy: whatever bytes arrive, there are links to this site or one sentence of error."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from walking import FIRST, SOURCE, poll, read

from crawler import discover
from crawler.discover import DISCOVERERS, past_end
from crawler.errors import DiscoverError
from crawler.models import Discovery, Page, SourceState, Step, Strategy, StrategyType

STRATEGIES = [
    Strategy("wordpress", "https://koran.example/"),
    Strategy("feed", "https://koran.example/feed/"),
    Strategy("listing", "https://koran.example/berita", paging="start"),
    Strategy("listing", "https://koran.example/berita", links="h2 a", paging="path"),
    Strategy("sitemap", "https://koran.example/sitemap.xml"),
    Strategy("joomla", "https://koran.example/berita"),
]
STATES = [
    FIRST,
    poll(["https://koran.example/a"], cursor="2026-11-24T00:00:00Z"),
    poll(cursor="down 2026-11-24T00:00:00Z"),
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
POST = st.fixed_dictionaries(
    {
        "link": st.sampled_from(
            ["https://koran.example/a", "/b", "//x", "javascript:1", "http://[", "https://koran.example/\ud800"]
        )
        | JSON
    },
    optional=dict.fromkeys(
        ["id", "date_gmt", "date", "modified_gmt", "guid", "title", "content", "excerpt", "status", "_embedded"], JSON
    ),
)
SHARDS = st.sampled_from(
    """<rss version="2.0"> <channel> <item> </item> <title> </title> <link>https://koran.example/a</link> <entry> <feed>
    <link href="/a"/> <guid> </guid> <pubDate>x</pubDate> <![CDATA[ ]]> <!-- --> <?xml ?> & &amp; &#0; <rdf:RDF> <h2><a
    href="/a-b-c"> href="http://[" <a href="javascript:x"> </a></h2> <base href="//["> <table> <td> <time datetime="x">
    <nav> </nav> <urlset> <sitemapindex> <sitemap> <url> <loc>https://koran.example/a-b-c</loc> </url> </sitemap>
    <lastmod>2026-11-24</lastmod> {"items":[{"url":"/a"}]} < > " ' = \x00 \x0b é <!DOCTYPE html> <html>""".split()
)
BODIES = st.one_of(
    st.binary(),
    st.lists(SHARDS, max_size=25).map(lambda shards: " ".join(shards).encode()),
    st.lists(SHARDS, max_size=15).map(lambda shards: " ".join(shards).encode("utf-16")),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.lists(POST, max_size=4).map(lambda posts: json.dumps(posts).encode()),
)


@given(st.sampled_from(STRATEGIES), st.sampled_from(STATES), BODIES)
def test_any_bytes_give_links_or_one_error(strategy: Strategy, state: SourceState, body: bytes) -> None:
    found: Discovery | DiscoverError
    try:
        found = read(strategy, body, state)
    except DiscoverError as error:
        found = error
    if isinstance(found, DiscoverError):
        assert "\n" not in str(found)
        assert str(found).endswith(".")
        return
    for link in found.links:
        assert link.url.startswith(("https://koran.example/", "http://koran.example/")), link.url
        assert link.source == "koran"
        for text in (link.title, link.body, link.summary, link.author, link.guid, *link.tags):
            (text or "").encode()  # a database takes it


def test_every_type_of_strategy_has_a_discoverer() -> None:
    assert set(DISCOVERERS) == set(get_args(StrategyType))


@pytest.mark.parametrize("strategy", STRATEGIES, ids=str)
def test_the_first_step_of_a_poll_is_always_the_same(strategy: Strategy) -> None:
    state = poll(cursor="2026-11-24T00:00:00Z")
    assert discover.first_step(strategy, state) == discover.first_step(strategy, state)
    assert discover.first_step(strategy, state).number == 1


@pytest.mark.parametrize(
    ("step", "status", "is_end"),
    [
        (Step("https://koran.example/feed/?paged=3", number=3), 404, True),
        (Step("https://koran.example/berita?start=30", number=4), 410, True),
        (Step("https://koran.example/berita?start=30", number=4), 500, False),
        (Step("https://koran.example/berita?start=30", number=4), 403, False),
        (Step("https://koran.example/feed/"), 404, False),
        (Step("https://koran.example/post-sitemap.xml", number=4, walk="changed"), 404, True),
        (Step("https://koran.example/post-sitemap.xml", number=4, ahead=("https://koran.example/a.xml",)), 500, False),
        (Step("https://koran.example/wp-json/wp/v2/posts?page=3", number=3, walk="all"), 404, False),
    ],
)
def test_a_refused_page_is_an_end_only_behind_the_first(step: Step, status: int, is_end: bool) -> None:
    assert (past_end(step, status) is not None) == is_end


def test_links_are_relative_to_where_a_redirect_led() -> None:
    step = Step("https://koran.example/berita")
    page = Page(url="https://www.koran.example/arsip/berita", body=b"<h2><a href='panen-raya-lapas'>Panen</a></h2>")
    (link,) = discover.read(Strategy("listing", step.url), SOURCE, FIRST, step, page).links
    assert link.url == "https://www.koran.example/arsip/panen-raya-lapas"
