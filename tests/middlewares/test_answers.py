"""Answers of servers: Retry-After, robots.txt, compressed bodies."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawler.middlewares.body import BodyMiddleware, BrokenBody, decode
from crawler.middlewares.pace import retry_after
from crawler.middlewares.robots import read, rules_kept
from crawler.middlewares.robots_rules import bounded, rules_of
from crawler.models import KeptRobots

NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)
LIMIT = 1_000_000


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 29 Jan 2026 03:01:00 GMT", 60.0),
        ("Thu, 29 Jan 2026 10:01:00 +0700", 60.0),
        ("Thu, 29 Jan 2026 02:00:00 GMT", 0.0),
        ("99999999999999", 1e9),
        ("9" * 5000, 1e9),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text())
def test_retry_after_never_raises(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("status", "body", "path", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /admin\n", "/berita/a", True),
        (200, b"User-agent: *\nDisallow: /admin\n", "/admin/a", False),
        (200, b"User-agent: newsfeed-id\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "/a", False),
        (200, b"<!doctype html><title>Beranda</title>", "/a", True),
        (200, b"\xff\xfe\x00 bin", "/a", True),
        (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", "/a", False),
        (404, b"", "/a", True),
        (403, b"", "/a", True),
        (429, b"", "/a", False),
        (500, b"", "/a", False),
        (503, b"User-agent: *\nAllow: /\n", "/a", False),
    ],
)
def test_robots(status: int, body: bytes, path: str, allowed: bool) -> None:
    answer, text = read(Response("https://warta.example/robots.txt", status=status, body=body))
    rules = rules_kept(KeptRobots(answer, text, NOW, NOW if text is not None else None), NOW)
    assert rules.allow(f"https://warta.example{path}") is allowed


def test_robots_is_read_up_to_500_kib() -> None:
    body = b"# x\n" * 128_000 + b"User-agent: *\nDisallow: /\n"
    assert rules_of(bounded(body)).allow("https://warta.example/a")


@given(st.binary(max_size=5000))
def test_compressed_bodies_come_back(body: bytes) -> None:
    assert decode(gzip.compress(body), b"gzip", LIMIT) == body
    assert decode(zlib.compress(body), b"deflate", LIMIT) == body
    assert decode(gzip.compress(body) + gzip.compress(body), b"gzip", LIMIT) == body * 2


BROKEN = {
    "cut": (gzip.compress(b"berita " * 999)[:-9], b"gzip"),
    "damaged": (b"\x1f\x8b" + b"\x00" * 40, b"gzip"),
    "bomb": (gzip.compress(b"\x00" * (LIMIT + 1)), b"gzip"),
    "nested bomb": (gzip.compress(gzip.compress(b"\x00" * (LIMIT * 20))), b"gzip, gzip"),
    "countless members": (gzip.compress(b"") * 10_000, b"gzip"),
    "not asked for": (b"x", b"br"),
}


@pytest.mark.parametrize(("body", "encoding"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_body_is_refused(body: bytes, encoding: bytes) -> None:
    response = Response("https://warta.example/", headers={"Content-Encoding": encoding}, body=body)
    with pytest.raises(BrokenBody):
        BodyMiddleware(LIMIT).process_response(Request(response.url), response)


def test_decompressed_page_is_a_page() -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    response = Response("https://warta.example/", headers=headers, body=gzip.compress(b"<p>Berita</p>"))
    plain = BodyMiddleware(LIMIT).process_response(Request(response.url), response)
    assert isinstance(plain, HtmlResponse)
    assert plain.body == b"<p>Berita</p>"
