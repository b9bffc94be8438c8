"""RSS 2.0 (RSS Advisory Board specification and profile; Dublin Core, content and Media RSS modules)."""

from __future__ import annotations

from lxml import etree

from feeds.catalog import MEDIA_TYPES
from feeds.entry import NEVER, Entry, Feed
from feeds.render.elements import ATOM, CONTENT, DC, MEDIA, PROGRAM, VERSION, child, document, rfc822, rfc3339
from feeds.render.media import add_picture

NAMESPACES = {"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA}
DOCS = "https://www.rssboard.org/rss-specification"
ICON_SIDE = "144"  # pixels, the widest that the specification allows
STYLESHEET = "../style.css"


def render(feed: Feed) -> bytes:
    """The feed as an RSS 2.0 document."""
    root = etree.Element("rss", version="2.0", nsmap=NAMESPACES)
    channel = child(root, "channel")
    _add_head(channel, feed)
    for entry in feed.entries:
        _add_item(channel, entry)
    return document(root, STYLESHEET)


def _add_head(channel: etree._Element, feed: Feed) -> None:
    child(channel, "title", feed.title)
    child(channel, "link", feed.home_page)
    child(channel, "description", feed.description)
    self_link = {"rel": "self", "type": MEDIA_TYPES["rss"], "href": feed.addresses["rss"]}
    child(channel, f"{{{ATOM}}}link", None, self_link)
    child(channel, "language", feed.language)
    child(channel, "copyright", feed.rights)
    if feed.updated > NEVER:
        child(channel, "lastBuildDate", rfc822(feed.updated))
    child(channel, "generator", f"{PROGRAM} {VERSION}")
    child(channel, "docs", DOCS)
    image = child(channel, "image")
    for tag, text in (("url", feed.icon), ("title", feed.title), ("link", feed.home_page)):
        child(image, tag, text)
    for tag in ("width", "height"):
        child(image, tag, ICON_SIDE)


def _add_item(channel: etree._Element, entry: Entry) -> None:
    item = child(channel, "item")
    child(item, "title", entry.title)
    child(item, "link", entry.url)
    child(item, "guid", entry.id, {"isPermaLink": "false"})
    child(item, "pubDate", rfc822(entry.published))
    child(item, f"{{{ATOM}}}updated", rfc3339(entry.updated))
    child(item, f"{{{DC}}}creator", entry.author)
    for name in entry.categories:
        child(item, "category", name)
    _add_text(item, entry)
    if entry.picture:
        add_picture(item, entry.picture)
    child(item, "source", entry.attribution.name, {"url": entry.attribution.addresses["rss"]})


def _add_text(item: etree._Element, entry: Entry) -> None:
    """`description` comes before `content:encoded` and is never left out beside it: sloppy readers take the first."""
    summary = entry.summary or (entry.title if entry.content else None)
    if summary:
        child(item, "description", escaped(summary))
    if entry.content:
        child(item, f"{{{CONTENT}}}encoded", entry.content)


def escaped(text: str) -> str:
    """Plain text as HTML: `description` is HTML to every reader, so a `<` of the text must not begin a tag."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
