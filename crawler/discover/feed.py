"""RSS 0.9x to 2.0, RDF and Atom, read by feedparser from bounded bytes, and JSON Feed.

feedparser is given a file object, never a text or a path: it would open what looks like an address. Its sanitiser is
off, as it is none; whatever it gives goes through the same cleaner as a page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import feedparser

from crawler.discover import json_feed
from crawler.discover.answer import Answer, text_of
from crawler.discover.bounds import excess
from crawler.discover.decode import decoded
from crawler.discover.entries import links_of
from crawler.discover.walk import (
    MOST_LINKS,
    following,
    fresh,
    goes_on,
    is_gap,
    told_at_end,
    told_of_first,
    with_parameter,
)
from crawler.errors import DiscoverError
from crawler.models import Discovery, Link, SourceState, Step, Strategy

# Whatever stands before the root (PHP notices, a DOCTYPE full of entities, blank lines) only harms.
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|RDF|channel)[\s>]", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|feed|RDF)\s*>", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
ENTRIES = ("item>", "item ", "entry>", "entry ")
# feedparser makes an object of every number in an outline on the map, which no article needs.
PLACES = ("http://www.georss.org/georss", "http://www.opengis.net/gml")
ROOT_WITHIN = 65_536  # characters


def first_step(strategy: Strategy, state: SourceState) -> Step:  # noqa: ARG001 - every strategy is asked alike
    """The feed itself."""
    return Step(strategy.url)


def read(answer: Answer) -> Discovery:
    """The newest entries of a feed as links; a first crawl goes on through the further pages that it names or has."""
    text = decoded(answer.page.body)
    try:
        found, entries, url = read_json(text, answer) if json_feed.is_json(text) else read_xml(text, answer)
    except DiscoverError:
        if answer.step.number == 1:
            raise
        return Discovery(())  # behind the last page
    links = fresh(found, answer)
    if url and wants_more(links, answer):
        return Discovery(links, next=following(url, links, answer.step))
    if entries > MOST_LINKS:
        return Discovery(links, told=told_of_first(entries, links, answer))
    is_ended = url and (answer.state.first or is_gap(links, answer.state))
    return Discovery(links, told=told_at_end(found, links, answer) if is_ended else None)


def read_json(text: str, answer: Answer) -> tuple[list[Link], int, str | None]:
    """The links of a JSON Feed, how many entries it has, and the address of its next page."""
    document = json_feed.parsed(text, answer)
    found = json_feed.links_in(document, answer)
    entries = len(document["items"])
    return leading_here(found, entries, answer), entries, next_url(document, answer)


def read_xml(text: str, answer: Answer) -> tuple[list[Link], int, str | None]:
    """The links of a feed in XML, how many entries it has, and the address of its next page if it has one."""
    document = parsed(text, answer)
    entries = document["entries"] if answer.state.since else newest(document["entries"])
    found = links_of(entries, str(document.get("version") or ""), answer)
    count = len(document["entries"])
    return leading_here(found, count, answer), count, page_behind(document, answer)


def leading_here(links: list[Link], entries: int, answer: Answer) -> list[Link]:
    """The links; DiscoverError where a feed has so many entries and none of them leads to this site."""
    if not links:
        raise answer.wrong(f"none of the feed's {entries} entries links to this site.")
    return links


def parsed(text: str, answer: Answer) -> Mapping[str, Any]:
    """What feedparser makes of a feed in XML; DiscoverError for what is none, and for one beyond bounds.

    A broken document is taken for the entries that came out of it.
    """
    root = _ROOT.search(text, 0, ROOT_WITHIN)
    html = _HTML.search(text, 0, ROOT_WITHIN)
    is_feed = root is not None and (html is None or root.start() < html.start())
    if is_feed and (too_much := excess(text)):
        raise answer.wrong(f"the feed is too large to be read: {too_much}.")
    document = feedparsed(without_cut_entry(text[root.start() :])) if is_feed and root else {"entries": []}
    if not document["entries"]:
        is_whole = is_feed and _END.search(text, max(0, len(text) - ROOT_WITHIN)) is not None
        told = problem_of(text, is_feed, bool(html))
        raise answer.empty(told) if is_whole else answer.wrong(told)
    return document


def feedparsed(text: str) -> Mapping[str, Any]:
    """Let feedparser read a bounded document whose encoding is settled."""
    for namespace in PLACES:
        text = text.replace(namespace, "")
    data = f"<?xml version='1.0' encoding='utf-8'?>\n{text}".encode("utf-8", "replace")
    document: Mapping[str, Any] = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    return document


def without_cut_entry(text: str) -> str:
    """The document without a last entry that the end cuts off: half an address or text is worse than none."""
    opened, closed = (max(text.rfind(f"{mark}{name}") for name in ENTRIES) for mark in ("<", "</"))
    is_cut = closed < opened and not re.match(r"<\w+[^<>]*/>", text[opened:])
    return text[:opened] if is_cut else text


def problem_of(text: str, is_feed: bool, is_html: bool) -> str:
    """Why there are no entries."""
    if is_feed:
        return "the feed holds no entry."
    if not text.strip():
        return "the answer is empty where a feed should be."
    return f"the address answers with {'HTML' if is_html else 'something'} that is not a feed."


def newest(entries: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """At most so many entries as a first crawl may take: the newest where all are dated, else the first."""
    if len(entries) <= MOST_LINKS:
        return entries
    dates = [entry.get("published_parsed") or entry.get("updated_parsed") for entry in entries]
    if not all(dates):
        return entries[:MOST_LINKS]
    order = sorted(range(len(entries)), key=lambda index: dates[index] or (), reverse=True)[:MOST_LINKS]
    return [entries[index] for index in sorted(order)]


def page_behind(document: Mapping[str, Any], answer: Answer) -> str | None:
    """The address of a feed's next page: as WordPress and Blogger count, else as the feed itself names it (RFC 5005).

    Blogger names its next page too, but at the address of its interface, which is no address of the site.
    """
    if is_paged(answer.strategy, document):
        return with_parameter(answer.strategy.url, "paged", answer.step.number + 1)
    first, size, total = (number_of(document, name) for name in ("startindex", "itemsperpage", "totalresults"))
    if first and size and total:
        more = first + size
        return (
            with_parameter(answer.strategy.url, "start-index", more) if is_blogger(document) and more <= total else None
        )
    links = document.get("feed", {}).get("links") or ()
    named = (answer.own(text_of(link.get("href"))) for link in links if link.get("rel") == "next")
    return next((url for url in named if url and url != answer.step.url), None)


def number_of(document: Mapping[str, Any], name: str) -> int:
    """A count of OpenSearch's in a feed, 0 where it has none."""
    text = str(document.get("feed", {}).get(f"opensearch_{name}", ""))
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def is_blogger(document: Mapping[str, Any]) -> bool:
    """Whether Blogger made a feed."""
    return "blogger" in str(document.get("feed", {}).get("generator", "")).lower()


def is_paged(strategy: Strategy, document: Mapping[str, Any]) -> bool:
    """Whether this is a feed of WordPress, which takes `?paged=N`."""
    generator = str(document.get("feed", {}).get("generator", ""))
    parts = urlsplit(strategy.url)
    is_feed_path = re.search(r"/feed(?:/rss2?|/atom|/rdf)?/?$", parts.path) is not None
    return "wordpress" in generator.lower() or is_feed_path or "feed" in dict(parse_qsl(parts.query))


def next_url(document: Mapping[str, Any], answer: Answer) -> str | None:
    """The address of a JSON Feed's next page, if it is on this site and another one."""
    url = answer.own(text_of(document.get("next_url")))
    return url if url != answer.step.url else None


def wants_more(links: tuple[Link, ...], answer: Answer) -> bool:
    """Whether to ask for an older page: in the first crawl, and where a poll found no entry known (a gap)."""
    return (answer.state.first or is_gap(links, answer.state)) and goes_on(links, answer)
