"""RSS, Atom and sitemaps as CMSs write them; what is one CMS's own (comments, media) comes in as `extra`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from loopback import Reply

RSS, ATOM, XML = "application/rss+xml", "application/atom+xml", "application/xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed; `summary` and `content` are HTML, `guid` is the link where it is empty."""

    title: str
    link: str
    published: datetime
    summary: str = ""
    content: str = ""
    guid: str = ""
    author: str = ""
    updated: datetime | None = None
    extra: str = ""


def rss(title: str, home: str, items: Iterable[Item], extra: str = "") -> str:
    """An RSS 2.0 document."""
    return (
        f'{HEAD}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/">\n'
        f"<channel><title>{escape(title)}</title><link>{home}</link><description></description>"
        f"<language>id</language>{extra}\n{''.join(map(_rss_item, items))}</channel></rss>"
    )


def atom(title: str, home: str, items: Iterable[Item], extra: str = "") -> str:
    """An Atom document."""
    return (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/">'
        f'<title type="text">{escape(title)}</title><id>{home}</id><link rel="alternate" href="{home}"/>{extra}\n'
        f"{''.join(map(_atom_entry, items))}</feed>"
    )


def sitemap(urls: Iterable[tuple[str, datetime | None]]) -> str:
    """A urlset of addresses, each with the time of its last change where there is one."""
    return f"{HEAD}<urlset {_NAMESPACE}>\n{''.join(f'<url>{_place(*url)}</url>{chr(10)}' for url in urls)}</urlset>"


def sitemap_index(urls: Iterable[tuple[str, datetime | None]]) -> str:
    """An index of sitemaps."""
    places = "".join(f"<sitemap>{_place(*url)}</sitemap>\n" for url in urls)
    return f"{HEAD}<sitemapindex {_NAMESPACE}>\n{places}</sitemapindex>"


def answer(body: str, kind: str, modified: datetime | None = None) -> Reply:
    """A document as an answer; with a time it has an ETag and a Last-Modified."""
    headers = {"Content-Type": f"{kind}; charset=UTF-8"}
    if modified:
        stamp = format_datetime(modified.astimezone(UTC), usegmt=True)
        tag = hashlib.sha256((stamp + body).encode()).hexdigest()[:32]
        headers |= {"Last-Modified": stamp, "ETag": f'"{tag}"'}
    return Reply(body, headers=headers)


_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _place(url: str, changed: datetime | None) -> str:
    lastmod = f"<lastmod>{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%S+00:00}</lastmod>" if changed else ""
    return f"<loc>{escape(url)}</loc>{lastmod}"


def _rss_item(item: Item) -> str:
    creator = f"<dc:creator><![CDATA[{item.author}]]></dc:creator>" if item.author else ""
    content = f"<content:encoded><![CDATA[{item.content}]]></content:encoded>" if item.content else ""
    guid = f'<guid isPermaLink="{str(not item.guid).lower()}">{escape(item.guid or item.link)}</guid>'
    return (
        f"<item><title>{escape(item.title)}</title><link>{escape(item.link)}</link>{creator}"
        f"<pubDate>{format_datetime(item.published.astimezone(UTC))}</pubDate>{guid}"
        f"<description><![CDATA[{item.summary}]]></description>{content}{item.extra}</item>\n"
    )


def _atom_entry(item: Item) -> str:
    updated = item.updated or item.published
    content = f'<content type="html">{escape(item.content)}</content>' if item.content else ""
    summary = f'<summary type="html">{escape(item.summary)}</summary>' if item.summary else ""
    author = f"<author><name>{item.author}</name></author>" if item.author else ""
    return (
        f"<entry><id>{escape(item.guid or item.link)}</id><published>{item.published.isoformat()}</published>"
        f'<updated>{updated.isoformat()}</updated><title type="text">{escape(item.title)}</title>{summary}{content}'
        f'{author}<link rel="alternate" type="text/html" href="{escape(item.link)}"/>{item.extra}</entry>\n'
    )
