"""Which rules of a robots.txt are meant for us, and when it is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.middlewares.robots import is_fresh, rules_kept
from crawler.middlewares.robots_rules import SIZE_LIMIT, bounded, rules_of
from crawler.models import KeptRobots

NOW = datetime(2026, 1, 29, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: newsfeed-id\nDisallow: /", False),
        ("user-agent: NewsFeed-ID/2.0\ndisallow: /", False),
        ("User-agent: newsfeed-id # ours\r\nDisallow: /", False),
        ("User-agent: newsfeed\nDisallow: /", True),
        ("User-agent: feed\nDisallow: /", True),
        ("User-agent: id\nDisallow: /", True),
        ("User-agent: newsfeed-id-bot\nDisallow: /", True),
        ("User-agent: n*\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: newsfeed-id\nDisallow:", True),
        ("User-agent: newsfeed-id\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: other\nUser-agent: newsfeed-id\nDisallow: /", False),
        ("User-agent: other\nSitemap: /s.xml\nUser-agent: newsfeed-id\n\nDisallow: /", False),
        ("User-agent: newsfeed-id\nDisallow: /x\nUser-agent: *\nDisallow: /", True),
        (
            "User-agent: newsfeed-id\nDisallow: /x\nUser-agent: a\nAllow: /\nUser-agent: newsfeed-id\nDisallow: /b",
            False,
        ),
        ("User-agent: *\nDisallow: /berita*.html$\nDisallow: /b\nAllow: /berita/1", True),
        ("Disallow: /", True),
        ("<html>Beranda</html>", True),
        ("", True),
    ],
)
def test_only_our_own_groups_count_else_everyones(text: str, allowed: bool) -> None:
    assert rules_of(text).allow("https://warta.example/berita/1") is allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10\nDisallow: /x", 10),
        ("User-agent: *\ncrawl-delay: 2.5", 2.5),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: newsfeed-id\nDisallow: /x", 0),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: newsfeed-id\nCrawl-delay: 3", 3),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: other\nCrawl-delay: 10", 0),
    ],
)
def test_crawl_delay(text: str, delay: float) -> None:
    assert rules_of(text).delay == delay


def test_the_bound_cuts_no_line_in_half() -> None:
    long = b"User-agent: *\n" + b"Disallow: /arsip/\n" * 40_000
    rules = rules_of(bounded(long[: SIZE_LIMIT - 5] + b"\nDisallow: /berita-lama/\n"))
    assert rules.allow("https://warta.example/b")
    assert not rules.allow("https://warta.example/arsip/1")


@given(st.binary(max_size=400))
def test_any_file_can_be_read(body: bytes) -> None:
    rules = rules_of(bounded(b"User-agent: *\n" + body))
    assert rules.allow("https://warta.example/a") in (True, False)
    assert rules.delay >= 0


FORBIDS = "User-agent: *\nDisallow: /tertutup/"


@pytest.mark.parametrize(
    ("kept", "fresh", "allowed"),
    [
        (KeptRobots(200, FORBIDS, NOW - DAY + HOUR, NOW - DAY + HOUR), True, True),
        (KeptRobots(200, FORBIDS, NOW - DAY, NOW - DAY), False, True),
        (KeptRobots(404, "", NOW - HOUR, NOW - HOUR), True, True),
        (KeptRobots(503, FORBIDS, NOW - 2 * HOUR, NOW - 29 * DAY), True, True),
        (KeptRobots(503, FORBIDS, NOW - 2 * HOUR, NOW - 31 * DAY), False, False),
        (KeptRobots(None, FORBIDS, NOW - 2 * HOUR, NOW - 2 * DAY), True, True),
        (KeptRobots(500, None, NOW - HOUR / 2), True, False),
        (KeptRobots(500, None, NOW - HOUR), False, False),
        (KeptRobots(200, FORBIDS, NOW + 9 * HOUR, NOW + 9 * HOUR), False, True),
    ],
    ids=[
        "answered today", "a day old", "no file", "an error, with a copy", "an error, the copy too old",
        "no answer, with a copy", "an error, no copy", "that is an hour old", "from a clock that ran ahead",
    ],
)  # fmt: skip
def test_what_is_kept_is_obeyed_until_it_is_asked_for_again(kept: KeptRobots, fresh: bool, allowed: bool) -> None:
    assert is_fresh(kept, NOW) is fresh
    assert rules_kept(kept, NOW).allow("https://warta.example/berita/") is allowed
    assert not rules_kept(kept, NOW).allow("https://warta.example/tertutup/") or not kept.body
