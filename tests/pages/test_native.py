"""The CMS's own id of an article, where its page shows it."""

from __future__ import annotations

import pytest

from crawler.models import Page
from crawler.pages.document import read
from crawler.pages.native import native_of

PAGES = {
    "short link": ('<link rel="shortlink" href="https://warta.example/?p=123">', "", "/panen/", "wp:123"),
    "short link of a blog in a folder": (
        '<link rel="shortlink" href="https://warta.example/bogor/?p=9">', "", "/bogor/panen/", "wp:9"
    ),
    "short link by a shortener": ('<link rel="shortlink" href="https://wp.me/p1-2">', "", "/panen/", None),
    "short link by a shortener, class": (
        '<link rel="shortlink" href="https://wp.me/p1-2">', "single postid-77 wide", "/panen/", "wp:77",
    ),
    "REST address": (
        '<link rel="alternate" title="JSON" type="application/json" href="https://warta.example/wp-json/wp/v2/posts/5">',
        "", "/panen/", "wp:5",
    ),
    "REST address of a page": (
        '<link rel="alternate" type="application/json" href="https://warta.example/wp-json/wp/v2/pages/5">',
        "", "/profil/", None,
    ),
    "short link of another site": ('<link rel="shortlink" href="https://lain.example/?p=3">', "", "/panen/", None),
    "blogger": ('<meta itemprop="postId" content="80077">', "", "/2026/01/panen.html", "blogger:80077"),
    "joomla, in the path": (
        '<meta name="generator" content="Joomla! - Open Source">', "", "/berita/12-panen", "joomla:12",
    ),
    "joomla, in the query": (
        '<meta name="generator" content="Joomla!">', "",
        "/index.php?option=com_content&view=article&id=31:panen", "joomla:31",
    ),
    "a number, but no Joomla": ("", "", "/berita/12-panen", None),
    "nothing": ("", "home page-id-4", "/panen/", None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "classes", "path", "native"), PAGES.values(), ids=PAGES.keys())
def test_native_id(head: str, classes: str, path: str, native: str | None) -> None:
    html = f'<html><head>{head}</head><body class="{classes}"><p>Panen raya.</p></body></html>'
    page = Page(url=f"https://warta.example{path}", body=html.encode(), content_type="text/html; charset=utf-8")
    assert native_of(read(page)) == native
