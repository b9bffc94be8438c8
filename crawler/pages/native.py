"""The id that a page's CMS has for its article: what stays when the slug, the host and the design change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

from crawler.pages.document import Document
from crawler.text.urls import site

_REST = re.compile(r"/wp/v2/posts/(\d{1,18})/?$")
_CLASS = re.compile(r"(?:^|\s)postid-(\d{1,18})(?:\s|$)")
_JOOMLA = re.compile(r"/(\d{1,9})-[^/]+$")


def native_of(document: Document) -> str | None:
    """The CMS's id of the article, as REST and feeds would name it: `wp:1234`, `joomla:56`, `blogger:789`."""
    return next((found for rule in RULES for found in rule(document)), None)


def _wordpress_link(document: Document) -> Iterator[str]:
    """The short link and the REST address in the head (wp_shortlink_wp_head, rest_output_link_wp_head)."""
    for link in document.all("link[rel=shortlink]"):
        address = link.get("href") or ""
        number = parse_qs(urlsplit(address).query).get("p", [""])[0]
        if site(address) == site(document.url) and number.isascii() and number.isdigit():
            yield f"wp:{number}"
    for link in document.all("link[rel=alternate]"):
        if found := _REST.search(link.get("href") or ""):
            yield f"wp:{found[1]}"


def _wordpress_body(document: Document) -> Iterator[str]:
    """The class of `<body>` on a single post (body_class)."""
    body = document.root.find(".//body")
    if body is not None and (found := _CLASS.search(body.get("class") or "")):
        yield f"wp:{found[1]}"


def _blogger(document: Document) -> Iterator[str]:
    """The microdata of the post, in the markup of nearly every theme."""
    for meta in document.all("meta[itemprop=postId]"):
        if (meta.get("content") or "").isdigit():
            yield f"blogger:{meta.get('content')}"


def _joomla(document: Document) -> Iterator[str]:
    """Joomla's number before the alias in the address, on a page that says it is Joomla's."""
    if any("joomla" in (meta.get("content") or "").lower() for meta in document.all("meta[name=generator]")):
        parts = urlsplit(document.url)
        named = parse_qs(parts.query).get("id", [""])[0].partition(":")[0]
        numbers = [*([named] if named.isdigit() else []), *_JOOMLA.findall(parts.path)]
        yield from (f"joomla:{number}" for number in numbers)


RULES: tuple[Callable[[Document], Iterator[str]], ...] = (_wordpress_link, _wordpress_body, _blogger, _joomla)
