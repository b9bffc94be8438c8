"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/): its items in the form that feedparser gives entries.

So one reading of entries serves all feeds: which addresses are this site's, whether a text is the whole article.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from crawler.discover.answer import Answer, text_of
from crawler.discover.bounds import MOST_ENTRIES, excess_json
from crawler.discover.entries import links_of
from crawler.discover.posts import as_mapping, mappings
from crawler.discover.walk import MOST_LINKS
from crawler.models import Link


def is_json(text: str) -> bool:
    """Whether a document is a JSON object, by how it begins."""
    return text.lstrip()[:1] == "{"


def parsed(text: str, answer: Answer) -> Mapping[str, Any]:
    """The feed; raises DiscoverError for JSON that is none, and for one beyond bounds."""
    if too_much := excess_json(answer.page.body):
        raise answer.wrong(f"the feed is too large to be read: {too_much}.")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise answer.wrong("the address answers with JSON that is broken.") from None
    items = as_mapping(document).get("items")
    if not isinstance(items, list):
        raise answer.wrong("the address answers with JSON that is not a feed.")
    if len(items) > MOST_ENTRIES:
        raise answer.wrong(f"the feed is too large to be read: {len(items):,} entries (at most {MOST_ENTRIES:,}).")
    if not items and answer.step.number == 1:
        raise answer.empty("the feed holds no entry.")
    return as_mapping(document)


def links_in(document: Mapping[str, Any], answer: Answer) -> list[Link]:
    """The links of the items, the first of them where there are too many: the newest come first."""
    most = MOST_ENTRIES if answer.state.since else MOST_LINKS
    entries = [entry_of(item) for item in mappings(document["items"])[:most]]
    return [replace(link, tags=link.categories, categories=()) for link in links_of(entries, "json", answer)]


def entry_of(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item as feedparser would give it; where it names no address, its id may be one."""
    identity = item.get("id")
    guid = identity if isinstance(identity, str) else str(identity) if type(identity) is int else None
    authors = mappings(item.get("authors")) or mappings([item.get("author")])  # of 1.1, of 1.0
    tags = item.get("tags")
    image = text_of(item.get("image")) or text_of(item.get("banner_image"))
    return {
        "link": text_of(item.get("url")) or guid,
        "id": guid,
        "title": item.get("title"),
        "summary": item.get("summary"),
        "content": [{"value": content_of(item)}],
        "published": item.get("date_published"),
        "updated": item.get("date_modified"),
        "authors": authors,
        "author": authors[0].get("name") if authors else None,
        "tags": [{"term": tag} for tag in tags] if isinstance(tags, list) else (),
        "media_content": [{"url": image, "medium": "image"}] if image else (),
    }


def content_of(item: Mapping[str, Any]) -> str | None:
    """The text as HTML; plain text as paragraphs."""
    if html := text_of(item.get("content_html")):
        return html
    plain = text_of(item.get("content_text"))
    return "".join(f"<p>{escape(line)}</p>" for line in plain.splitlines() if line.strip()) if plain else None
