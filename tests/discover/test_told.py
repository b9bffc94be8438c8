"""What a bound ended or left undone is told; what simply ended is not."""

from __future__ import annotations

import json

import pytest
from walking import FIRST, poll, read, walk

from crawler.models import SourceState, Strategy

ROOT = "https://koran.example"
FEED = Strategy("feed", f"{ROOT}/feed/")
REST = Strategy("wordpress", f"{ROOT}/wp-json/wp/v2")
FIRST_TAKES = "a first crawl takes 500 articles at most: `newsfeed backfill` fetches the older ones"


def rss(count: int) -> bytes:
    items = "".join(f"<item><link>{ROOT}/berita/kabar-{n}</link></item>" for n in range(count))
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def json_feed(count: int) -> bytes:
    items = [{"id": str(n), "url": f"{ROOT}/berita/kabar-{n}"} for n in range(count)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def posts(count: int) -> bytes:
    return json.dumps(
        [{"id": n, "link": f"{ROOT}/berita/kabar-{n}", "status": "publish"} for n in range(count)]
    ).encode()


TOLD = {
    "feed of more than a first crawl takes": (FEED, rss(700), FIRST, FIRST_TAKES),
    "feed of as many": (FEED, rss(500), FIRST, None),
    "JSON Feed of more": (FEED, json_feed(700), FIRST, FIRST_TAKES),
    "the same in a poll": (FEED, rss(700), poll([f"{ROOT}/berita/kabar-1"]), None),
}


@pytest.mark.parametrize(("way", "body", "state", "told"), TOLD.values(), ids=TOLD)
def test_what_an_answer_leaves_undone(way: Strategy, body: bytes, state: SourceState, told: str | None) -> None:
    assert read(way, body, state).told == told


REPEATING = {
    "feed": (FEED, rss(10)),
    "WordPress": (REST, posts(100)),
}


@pytest.mark.parametrize(("way", "body"), REPEATING.values(), ids=REPEATING)
def test_way_that_gives_one_page_for_ever(way: Strategy, body: bytes) -> None:
    taken = walk(way, lambda _: body, FIRST)
    assert [found.told for found in taken.found] == [None, "its pages repeat themselves after page 1"]
