"""RSS 2.0 as the three content management systems write it: one element tree, serialised by lxml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from feeds.demo.content import Site, newest_change
from feeds.demo.web import Answer

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed; `description` and `content` are HTML. A guid that is not the link is no permalink."""

    title: str
    link: str
    guid: str
    published: datetime
    description: str
    creator: str = ""
    author: str = ""
    categories: tuple[str, ...] = ()
    content: str = ""
    image: str = ""


def rss(site: Site, link: str, generator: str, items: Sequence[Item]) -> Answer:
    """A feed document; its validators follow the newest change of the site."""
    root = etree.Element("rss", version="2.0", nsmap={"content": _CONTENT, "dc": _DC})
    channel = etree.SubElement(root, "channel")
    modified = newest_change(site.posts)
    for name, value in (
        ("title", site.name),
        ("link", link),
        ("description", site.tagline),
        ("lastBuildDate", format_datetime(modified)),
        ("language", "id"),
        ("generator", generator),
    ):
        _text(channel, name, value)
    for item in items:
        _item(etree.SubElement(channel, "item"), item)
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Answer(body, "application/rss+xml; charset=UTF-8", modified=modified)


def _item(element: etree._Element, item: Item) -> None:
    _text(element, "title", item.title)
    _text(element, "link", item.link)
    _text(element, f"{{{_DC}}}creator", item.creator)
    _text(element, "author", item.author)
    _text(element, "pubDate", format_datetime(item.published))
    for category in item.categories:
        _text(element, "category", category)
    _text(element, "guid", item.guid, isPermaLink="true" if item.guid == item.link else "false")
    _text(element, "description", item.description)
    _text(element, f"{{{_CONTENT}}}encoded", item.content)
    if item.image:
        etree.SubElement(element, "enclosure", url=item.image, length="0", type="image/svg+xml")


def _text(parent: etree._Element, name: str, value: str, **attributes: str) -> None:
    """Add a child with text; an empty value adds nothing."""
    if value:
        etree.SubElement(parent, name, attributes).text = value
