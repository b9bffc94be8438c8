"""How the tests of the example sites ask them: addresses, one request, and the posts behind them."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from email.message import Message
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import html

from feeds.demo import ExampleSites
from feeds.demo.content import Post, load_site

PAPER = "http://warta-banten.example"
OFFICE = "http://kanwil-banten.example"
DIRECTORATE = "http://ditjen-pemasyarakatan.example"
REST = f"{PAPER}/wp-json/wp/v2/posts"
PAGES = {
    "warta-banten": f"{PAPER}/%s/",
    "kanwil-banten": f"{OFFICE}/berita-utama/%s",
    "ditjen-pemasyarakatan": f"{DIRECTORATE}/%s",
}
FEEDS = [f"{PAPER}/feed/", f"{OFFICE}/berita-utama?format=feed&type=rss", f"{DIRECTORATE}/rss/latest-posts"]
LISTINGS = [
    f"{PAPER}/",
    f"{PAPER}/page/2/",
    f"{OFFICE}/",
    f"{OFFICE}/berita-utama?start=10",
    f"{DIRECTORATE}/posts?page=2",
]
PROTECTED = "daftar-narasumber-diskusi-redaksi-tentang-kepadatan-penjara"
CORRECTED = "rutan-kelas-i-tangerang-skrining-tbc-penghuni"


class Reply(NamedTuple):
    status: int
    headers: Message
    body: bytes


def ask(sites: ExampleSites, url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(sites.proxy).port or 0, timeout=10)
    try:
        connection.request(method, url, headers=dict(headers or {}))
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def posts(sites: ExampleSites, query: str = "per_page=100&_embed=1") -> list[dict[str, Any]]:
    found = json.loads(ask(sites, f"{REST}?{query}").body)
    assert isinstance(found, list)
    return found


def every_post(*, edited: bool) -> list[tuple[str, Post]]:
    return [(slug, post) for slug in PAGES for post in load_site(slug, edited=edited).posts]


def parsed(markup: bytes | str) -> Any:
    """An element tree of lxml.html, whose stubs know too little of it."""
    return html.fromstring(markup)


def text(markup: bytes | str) -> str:
    return " ".join(parsed(markup).text_content().split())
