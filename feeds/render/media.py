"""Media RSS for an entry's picture, the same in RSS and Atom (https://www.rssboard.org/media-rss).

It stands directly in the item: in a group of its own it is an error to the W3C validator, and as an enclosure it would
need a length in bytes that nobody knows.
"""

from __future__ import annotations

from lxml import etree

from feeds.entry import Picture
from feeds.render.elements import MEDIA, child


def add_picture(parent: etree._Element, picture: Picture) -> None:
    """Append `media:content` and `media:thumbnail`."""
    child(parent, f"{{{MEDIA}}}content", None, {"url": picture.url, "type": picture.type, "medium": "image"})
    child(parent, f"{{{MEDIA}}}thumbnail", None, {"url": picture.url})
