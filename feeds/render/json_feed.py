"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with one extension, `_newsfeed`."""

from __future__ import annotations

import json
from typing import Any

from feeds.entry import Entry, Feed
from feeds.render.elements import legal, rfc3339

VERSION = "https://jsonfeed.org/version/1.1"


def render(feed: Feed) -> bytes:
    """The feed as a JSON document; a key without a value is left out."""
    head = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home_page,
        "feed_url": feed.addresses["json"],
        "description": feed.description,
        "icon": feed.icon,
        "favicon": feed.icon,
        "language": feed.language,
        "_newsfeed": {"about": feed.about, "rights": feed.rights},
        "items": [_item(entry, feed) for entry in feed.entries],
    }
    return json.dumps(_legal(head), ensure_ascii=False).encode() + b"\n"


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    values = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        **_content(entry),
        "image": entry.picture.url if entry.picture else None,
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "authors": [{"name": entry.author}],
        "tags": list(entry.categories) or None,
        "language": entry.language if entry.language != feed.language else None,
        "_newsfeed": _extension(entry),
    }
    return {name: value for name, value in values.items() if value is not None}


def _content(entry: Entry) -> dict[str, str]:
    """One of the two must be there: the whole article, or the excerpt where that is all there may be."""
    return {"content_html": entry.content} if entry.content else {"content_text": entry.summary or entry.title}


def _extension(entry: Entry) -> dict[str, Any]:
    origin = entry.attribution
    return {
        "source": {"name": origin.name, "home_page_url": origin.home_page, "feed_url": origin.addresses["json"]},
        "published_precision": entry.precision,
    }


def _legal(value: Any) -> Any:
    """The value without characters that the XML formats could not hold, so that all formats say the same."""
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, list):
        return [_legal(item) for item in value]
    if isinstance(value, dict):
        return {name: _legal(item) for name, item in value.items()}
    return value
