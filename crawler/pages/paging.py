"""Articles that a theme cuts into several pages (WordPress `<!--nextpage-->`): the address of the next one."""

from __future__ import annotations

import re

from crawler.pages.document import Document
from crawler.text.clean import absolute
from crawler.text.markup import text_of
from crawler.text.urls import site

_BARS = (".page-links a", ".page-link-wrap a", "a.post-page-numbers", ".post-pagination a")
_NUMBER = re.compile(r"(?:/|[?&](?:page|halaman)=)(\d{1,2})/?$")


def next_page(document: Document) -> str | None:
    """The next page of the same article, by its number in the theme's bar of page links."""
    found = _NUMBER.search(document.url)
    following = str(int(found[1]) + 1 if found else 2)
    for link in (link for bar in _BARS for link in document.all(bar)):
        if text_of(link) == following:
            address = absolute(link.get("href") or "", document.base, {"http", "https"})
            if address and address != document.url and site(address) == site(document.url):
                return address
    return None
