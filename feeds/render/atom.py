"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from typing import Any

from lxml import etree

from feeds.catalog import MEDIA_TYPES
from feeds.entry import Attribution, Entry, Feed
from feeds.render.elements import ATOM, LANG, MEDIA, PROGRAM, VERSION, child, document, rfc3339
from feeds.render.media import add_picture

NAMESPACES: dict[Any, str] = {None: ATOM, "media": MEDIA}
STYLESHEET = "../style.css"


def render(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = etree.Element(_name("feed"), nsmap=NAMESPACES)
    root.set(LANG, feed.language)
    _add_head(root, feed)
    for entry in feed.entries:
        _add_entry(root, entry, feed)
    return document(root, STYLESHEET)


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _add_head(root: etree._Element, feed: Feed) -> None:
    child(root, _name("id"), feed.id)
    child(root, _name("title"), feed.title, {"type": "text"})
    child(root, _name("subtitle"), feed.description, {"type": "text"})
    child(root, _name("updated"), rfc3339(feed.updated))
    _add_links(root, feed.home_page, feed.addresses["atom"])
    child(root, _name("rights"), feed.rights)
    child(root, _name("generator"), PROGRAM, {"version": VERSION})
    child(root, _name("icon"), feed.icon)


def _add_entry(root: etree._Element, entry: Entry, feed: Feed) -> None:
    element = child(root, _name("entry"), None, {LANG: entry.language if entry.language != feed.language else None})
    child(element, _name("id"), entry.id)
    child(element, _name("title"), entry.title, {"type": "text"})
    child(element, _name("link"), None, {"rel": "alternate", "type": "text/html", "href": entry.url})
    child(element, _name("published"), rfc3339(entry.published))
    child(element, _name("updated"), rfc3339(entry.updated))
    child(child(element, _name("author")), _name("name"), entry.author)
    for name in entry.categories:
        child(element, _name("category"), None, {"term": name})
    if entry.summary:
        child(element, _name("summary"), entry.summary, {"type": "text"})
    if entry.content:
        child(element, _name("content"), entry.content, {"type": "html"})
    if entry.picture:
        add_picture(element, entry.picture)
    _add_source(element, entry)


def _add_source(element: etree._Element, entry: Entry) -> None:
    """Where the entry comes from (4.2.11), as the last child: sfeed takes the first title and link for the entry's.

    `updated` is the entry's own: what is certain of the source's at that time, and stable.
    """
    origin: Attribution = entry.attribution
    source = child(element, _name("source"))
    child(source, _name("id"), origin.feed_id)
    child(source, _name("title"), origin.name, {"type": "text"})
    child(source, _name("updated"), rfc3339(entry.updated))
    author = child(source, _name("author"))
    child(author, _name("name"), origin.name)
    child(author, _name("uri"), origin.home_page)
    _add_links(source, origin.home_page, origin.addresses["atom"])


def _add_links(parent: etree._Element, home_page: str, address: str) -> None:
    """The alternate link stands first: feed-extractor takes the first link it finds."""
    child(parent, _name("link"), None, {"rel": "alternate", "type": "text/html", "href": home_page})
    child(parent, _name("link"), None, {"rel": "self", "type": MEDIA_TYPES["atom"], "href": address})
