"""The neutral feed as bytes, one function a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from feeds.catalog import Format
from feeds.entry import Feed
from feeds.render import atom, json_feed, rss

RENDERERS: Mapping[Format, Callable[[Feed], bytes]] = {
    "rss": rss.render,
    "atom": atom.render,
    "json": json_feed.render,
}
