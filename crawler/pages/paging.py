"""Articles that are cut into several pages: the address of the next one.

Whatever the theme's bar of page links looks like, its links lead to the article's own address with a page's number:
`/slug/2/` (WordPress), `?page=2` (portals), `?start=1` (Joomla, which counts from nought). No link to another article
does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree

from crawler.pages.document import Document
from crawler.text.clean import absolute
from crawler.text.markup import text_of
from crawler.text.urls import host, url_key

_LONGEST = 40
_WEB = {"http", "https"}
_NUMBERED = re.compile(
    r"(?P<base>.*?[^/])(?:/(?:(?:page|halaman|hal|laman)[/-])?|[-_](?:page|halaman|hal|laman)[-_]?)(?P<number>\d{1,2})"
    r"(?P<ending>\.(?:html?|php|aspx?))?"
)
_QUERIES = {"page": 0, "halaman": 0, "hal": 0, "laman": 0, "paged": 0, "start": 1, "limitstart": 1}
_NEXT = re.compile(
    r"\W*(?:(?:halaman|laman|page|hal)\s*)?(?P<number>\d{1,2})\W*"
    r"|\W*(?:(?:halaman|laman|page)\s+)?(?:selanjutnya|berikutnya|lanjut(?:kan)?(?:\s+membaca)?|next)(?:\s+page)?\W*",
    re.IGNORECASE,
)


class _Place(NamedTuple):
    """An address without its page's number, and that number."""

    base: str
    number: int


class _Link(NamedTuple):
    """Where a page link leads, and the number that it shows."""

    place: _Place
    url: str
    number: int | None


def next_page(document: Document) -> str | None:
    """The address of the next page of the same article, or None."""
    links = list(_links(document))
    if not links:
        return None
    own = _place(document.url)
    if _is_in_path(document.url) and not any(link.place == _Place(own.base, 1) for link in links):
        own = _Place(_base(document.url), 1)  # the number is part of its name: nothing leads back to page 1
    wanted = _Place(own.base, own.number + 1)
    return next((link.url for link in links if link.place == wanted and link.number in (None, wanted.number)), None)


def first_page(url: str) -> str | None:
    """The key of an article's first page, of an address that reads as one of its further pages; else None."""
    place = _place(url)
    return place.base if place.number > 1 else None


def _links(document: Document) -> Iterator[_Link]:
    """The links that read as page links: a number, or a word for going on."""
    name = host(document.url).removeprefix("www.")
    slug = _place(document.url).base.split("?", 1)[0].rsplit("/", 1)[-1].rsplit(".", 1)[0]
    for element in document.root.iter("a", "link"):
        address = element.get("href") or ""
        if slug not in address and not address.startswith("?"):
            continue  # looked at first, as it is cheap, and nearly all links of a page lead elsewhere
        text = _NEXT.fullmatch(_text(element))
        url = absolute(address, document.base, _WEB) if text else None
        if text and url and host(url).removeprefix("www.") == name:
            yield _Link(_place(url), url, int(text["number"]) if text["number"] else None)


def _text(element: etree._Element) -> str:
    return text_of(element)[:_LONGEST] if element.tag == "a" else element.get("rel") or ""


def _place(url: str) -> _Place:
    """Where an address stands among the pages of an article."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    name = next((name for name in query if name in _QUERIES and query[name].isdecimal()), None)
    if name:
        number = int(query.pop(name)) + _QUERIES[name]
        return _Place(_base(parts._replace(query=urlencode(query)).geturl()), number)
    numbered = _NUMBERED.fullmatch(parts.path.rstrip("/"))
    if numbered:
        path = numbered["base"] + (numbered["ending"] or "")
        return _Place(_base(parts._replace(path=path).geturl()), int(numbered["number"]))
    return _Place(_base(url), 1)


def _is_in_path(url: str) -> bool:
    return _NUMBERED.fullmatch(urlsplit(url).path.rstrip("/")) is not None


def _base(url: str) -> str:
    """An address for comparison: tracking parameters and a final slash do not count."""
    return url_key(url).rstrip("/")
