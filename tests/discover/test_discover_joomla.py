"""Joomla: a poll is one request for the feed, and the listing gives what the feed does not reach."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from walking import FIRST, poll, read, walk

from crawler import discover
from crawler.discover import past_end
from crawler.errors import DiscoverError
from crawler.models import Strategy

ROOT = "https://koran.example"
CATEGORY = Strategy("joomla", f"{ROOT}/berita-utama")
FEED_URL = f"{ROOT}/berita-utama?format=feed&type=rss"
TEXT = "Warga binaan memanen sayuran di kebun lapas bersama petugas yang datang berkunjung. " * 6


def address(number: int) -> str:
    return f"{ROOT}/berita-utama/{number}-artikel-ke"


def site(total: int, size: int = 10, feed: Callable[[str], bytes] | None = None) -> Callable[[str], bytes]:
    """A category of so many articles, newest first: ten of them in its feed, `size` on a page of its listing."""

    def serve(url: str) -> bytes:
        query = dict(parse_qsl(urlsplit(url).query))
        if "format" in query:
            return feed(url) if feed else rss(range(total, max(0, total - 10), -1))
        begin = int(query.get("start", 0)) // size * size
        rows = "".join(
            f"<tr><th class=list-title><a href='{address(n)}'>Artikel ke {n}</a></th></tr>"
            for n in range(total - begin, max(0, total - begin - size), -1)
        )
        pager = "".join(f"<li><a href='/berita-utama?start={n}'>x</a></li>" for n in range(0, total, size))
        return f"<main><table class=category>{rows}</table></main><ul class=pagination>{pager}</ul>".encode()

    return serve


def rss(numbers: range) -> bytes:
    items = "".join(
        f"<item><title>Artikel ke {n}</title><link>{address(n)}</link><guid>{address(n)}</guid>"
        f"<description><![CDATA[<p>{TEXT}</p>]]></description><author>humas@koran.example (Humas)</author>"
        f"<category>Berita</category><pubDate>Mon, 23 Nov 2026 10:00:00 +0700</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><generator>Joomla! - Open Source</generator>{items}</channel></rss>".encode()


@pytest.mark.parametrize(("total", "size", "requests"), [(7, 10, 2), (35, 10, 4), (35, 5, 7), (5000, 10, 20)])
def test_a_first_crawl_walks_the_listing(total: int, size: int, requests: int) -> None:
    taken = walk(CATEGORY, site(total, size))
    assert len(taken.urls) == requests
    assert taken.urls[0] == CATEGORY.url
    assert len(taken.links) == min(200, total)
    assert len({link.url for link in taken.links}) == len(taken.links)


def test_a_poll_asks_the_feed_alone() -> None:
    taken = walk(CATEGORY, site(35), poll(address(n) for n in range(1, 33)))
    assert taken.urls == [FEED_URL]
    newest = taken.links[0]
    assert (newest.url, newest.title, newest.author) == (address(35), "Artikel ke 35", "Humas")
    assert (newest.published, newest.categories) == ("Mon, 23 Nov 2026 10:00:00 +0700", ("Berita",))
    assert {link.body for link in taken.links} == {None}, "the feed holds intros: the page completes them"
    assert {link.origin for link in taken.links} == {"poll"}


def test_even_a_content_of_the_feed_is_an_intro() -> None:
    content = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{TEXT * 3}</content:encoded>'
    body = rss(range(2, 0, -1)).replace(b"</item>", content.encode() + b"</item>")
    links = read(CATEGORY, body, poll([address(1)])).links
    assert [link.body for link in links] == [None, None]


@pytest.mark.parametrize("size", [4, 10, 20])
def test_a_gap_is_closed_from_the_listing_behind_the_feed(size: int) -> None:
    taken = walk(CATEGORY, site(80, size), poll(address(n) for n in range(1, 51)))
    assert taken.urls[:2] == [FEED_URL, f"{ROOT}/berita-utama?start=10"]
    urls = [link.url for link in taken.links]
    assert {address(n) for n in range(51, 81)} <= set(urls)
    assert len(urls) == len(set(urls))


def test_a_feed_that_is_no_feed_leaves_the_listing() -> None:
    taken = walk(CATEGORY, site(35, feed=lambda _: b"<html><body>Tidak ada</body></html>"), poll([address(30)]))
    assert taken.urls[:2] == [FEED_URL, CATEGORY.url]
    assert {address(n) for n in range(31, 36)} <= {link.url for link in taken.links}


@pytest.mark.parametrize("status", [404, 410])
def test_a_feed_that_is_gone_leaves_the_listing_and_an_empty_listing_is_still_an_error(status: int) -> None:
    state = poll([address(30)])
    step = discover.first_step(CATEGORY, state)
    instead = past_end(step, status)
    assert instead is not None
    assert instead.next is not None
    assert instead.next.url == CATEGORY.url
    assert past_end(instead.next, status) is None
    with pytest.raises(DiscoverError, match="no list of articles"):
        read(CATEGORY, b"<html><body>Desain baru</body></html>", state, instead.next)


def test_the_records_selector_serves_the_listing() -> None:
    html = f"<h2><a href='/lain-sama-sekali'>Lain sama sekali</a></h2><p class=x><a href='{address(1)}'>Satu</a></p>"
    (link,) = read(Strategy("joomla", CATEGORY.url, links="p.x"), html.encode()).links
    assert link.url == address(1)


def test_an_address_with_parameters_keeps_them() -> None:
    strategy = Strategy("joomla", f"{ROOT}/index.php?option=com_content&view=category&id=8")
    assert discover.first_step(strategy, poll()).url == f"{strategy.url}&format=feed&type=rss"
    assert discover.first_step(strategy, FIRST).url == strategy.url


@given(st.lists(st.sampled_from([*rss(range(2, 0, -1)).decode().split("<"), "html>", f"a href='{address(3)}'>A b c"])))
def test_any_bytes_give_links_of_this_site_or_one_error(shards: list[str]) -> None:
    for state in (FIRST, poll([address(9)])):
        try:
            taken = walk(CATEGORY, lambda _: "<".join(["", *shards]).encode(), state)
        except DiscoverError:
            continue
        assert all(link.url.startswith(ROOT) for link in taken.links)
        assert len(taken.urls) <= 3
