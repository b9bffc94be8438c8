"""JSON Feed 1.0 and 1.1: what an item tells, which texts are whole, and how far its pages are followed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from walking import FIRST, poll, read, walk

from crawler.errors import DiscoverError
from crawler.models import Link, Strategy

ROOT = "https://koran.example"
FEED = Strategy("feed", f"{ROOT}/feed.json")
SENTENCE = "Warga binaan memanen sayuran di kebun lapas bersama petugas dan keluarga yang datang berkunjung. "
ARTICLE = f"<p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p>"


def feed(*items: object, **more: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Koran", "items": items, **more}
    ).encode()


def only(**item: Any) -> Link:
    (link,) = read(FEED, feed({"id": "1", "url": f"{ROOT}/panen/", **item})).links
    return link


def test_all_that_an_item_tells() -> None:
    link = only(
        id=f"{ROOT}/?p=12",
        title="Panen raya",
        summary="Ringkasan.",
        content_html=ARTICLE,
        date_published="2026-11-22T08:00:00+07:00",
        date_modified="2026-11-23T08:00:00+07:00",
        authors=[{"name": "Rina"}, {"name": "Dedi", "url": ROOT}],
        tags=["Lapas", "Panen", "Lapas"],
        image="/a.jpg",
    )
    assert link == Link(
        url=f"{ROOT}/panen/",
        source="koran",
        origin="first",
        native="wp:12",
        guid=f"{ROOT}/?p=12",
        title="Panen raya",
        author="Rina, Dedi",
        published="2026-11-22T08:00:00+07:00",
        modified="2026-11-23T08:00:00+07:00",
        summary="Ringkasan.",
        image=f"{ROOT}/a.jpg",
        tags=("Lapas", "Panen"),
        body=ARTICLE,
    )


@pytest.mark.parametrize(
    ("item", "attribute", "expected"),
    [
        ({"author": {"name": "Rina"}}, "author", "Rina"),
        ({"authors": [{"name": "Rina"}], "author": {"name": "Lama"}}, "author", "Rina"),
        ({"authors": "Rina"}, "author", None),
        ({"id": 77}, "guid", "77"),
        ({"id": True}, "guid", None),
        ({"url": None, "id": f"{ROOT}/dari-id"}, "url", f"{ROOT}/dari-id"),
        ({"external_url": "https://lain.example/a"}, "url", f"{ROOT}/panen/"),
        ({"banner_image": f"{ROOT}/b.jpg"}, "image", f"{ROOT}/b.jpg"),
        ({"image": "javascript:alert(1)"}, "image", None),
        ({"date_modified": "2026-11-23T08:00:00Z"}, "published", None),
        ({"tags": "Lapas"}, "tags", ()),
        ({"title": {"x": 1}}, "title", None),
        ({"content_html": f"{ARTICLE}<p>Lanjutan […]</p>"}, "body", None),
        ({"content_html": f'{ARTICLE}<p><a href="/panen/">Panen raya</a></p>'}, "body", None),
        ({"content_html": "<p>Pendek.</p>"}, "body", None),
        ({"content_text": f"{SENTENCE * 4}\n\n1 < 2"}, "body", f"<p>{SENTENCE * 4}</p><p>1 &lt; 2</p>"),
        ({"content_text": SENTENCE}, "body", None),
        ({"summary": SENTENCE * 4}, "body", None),
    ],
)
def test_single_fields(item: dict[str, Any], attribute: str, expected: object) -> None:
    assert getattr(only(**item), attribute) == expected


def test_items_that_lead_elsewhere_are_left_out() -> None:
    elsewhere = [{"url": url} for url in ("https://lain.example/a", "javascript:1", "http://[", "", 5, None)]
    assert [link.url for link in read(FEED, feed(*elsewhere, 5, None, [], {"url": "/b"})).links] == [f"{ROOT}/b"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "JSON that is broken"),
        (b'{"a":' * 5_000, "JSON that is broken"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "JSON that is not a feed"),
        (b'{"items": {}}', "JSON that is not a feed"),
        (feed(), "holds no entry"),
        (feed({"url": "https://lain.example/a"}), "none of the feed's 1 entries"),
        (feed(*[{"url": "/a"}] * 2_001), "2,001 entries"),
        (b'{"items": [' + b"[]," * 100_000, "too large"),
    ],
)
def test_what_is_no_feed(body: bytes, words: str) -> None:
    with pytest.raises(DiscoverError, match=words):
        read(FEED, body)


def server(pages: int, size: int) -> Any:
    """A feed of so many pages that names the next one as the format wants it."""

    def serve(url: str) -> bytes:
        page = int(dict(parse_qsl(urlsplit(url).query)).get("page", 1))
        items = [{"id": f"{page}-{n}", "url": f"/artikel-{page}-{n}"} for n in range(size)]
        return feed(*items, **({"next_url": f"/feed.json?page={page + 1}"} if page < pages else {}))

    return serve


@pytest.mark.parametrize(("pages", "requests"), [(1, 1), (3, 3), (50, 20)])
def test_a_first_crawl_follows_the_pages_until_there_are_enough(pages: int, requests: int) -> None:
    taken = walk(FEED, server(pages, 10))
    assert len(taken.urls) == requests
    assert len(taken.links) == min(200, 10 * pages)


@pytest.mark.parametrize("next_url", ["https://lain.example/feed.json", "javascript:1", FEED.url, 5, None])
def test_a_next_page_that_is_none_ends_the_walk(next_url: object) -> None:
    assert read(FEED, feed({"url": "/a"}, next_url=next_url)).next is None


def test_a_poll_asks_once_unless_nothing_is_known() -> None:
    assert len(walk(FEED, server(9, 10), poll([f"{ROOT}/artikel-1-7"])).urls) == 1
    assert len(walk(FEED, server(9, 10), poll([f"{ROOT}/artikel-3-7"])).urls) == 3


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from([f"{ROOT}/a", "/b", "//x", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2),
    max_leaves=6,
)
KEYS = "id url title summary content_html content_text date_published date_modified authors author tags image".split()


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES) | VALUES, max_size=4), VALUES)
def test_any_items_give_links_of_this_site_or_one_error(items: list[Any], next_url: Any) -> None:
    try:
        found = read(FEED, feed(*items, next_url=next_url), FIRST)
    except DiscoverError:
        return
    addresses = [link.url for link in found.links] + ([found.next.url] if found.next else [])
    assert all(address.startswith(ROOT) for address in addresses)
    for link in found.links:
        assert all(isinstance(tag, str) for tag in link.tags)
        for text in (link.title, link.body, link.summary, link.author, link.guid, link.published):
            (text or "").encode()
