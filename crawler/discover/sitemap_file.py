"""One sitemap file -> what it names (https://www.sitemaps.org/protocol.html, with Google's news and image additions).

XML as it comes, compressed or not, or plain text with an address a line. The parser sees nothing that stands before the
root, where entities are declared, and never the network; a document that is broken or cut gives what came whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.discover.answer import Answer, text_of
from crawler.discover.bounds import excess_attributes
from crawler.discover.decode import decoded, inflated

MOST_ENTRIES = 50_000  # which is the protocol's own limit
MOST_TAGS = 600_000
ROOT_WITHIN = 65_536  # characters

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# An ampersand that begins no entity known to XML, as addresses have it that were not escaped.
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)", re.IGNORECASE)
_CHUNK = 65_536

# Element and its parent -> field of an entry.
_FIELDS = {
    ("url", "loc"): "loc",
    ("url", "lastmod"): "lastmod",
    ("sitemap", "loc"): "loc",
    ("sitemap", "lastmod"): "lastmod",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
    ("image", "loc"): "image",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sitemap says of one address, or an index of one sitemap; texts as found."""

    loc: str
    lastmod: str | None = None
    published: str | None = None
    title: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class SitemapFile:
    """The entries of a file in its order; those of an index are sitemaps. `is_cut` where it has more of them."""

    is_index: bool
    entries: tuple[Entry, ...]
    is_cut: bool = False


def parsed(answer: Answer) -> SitemapFile:
    """The file that an answer is; raises DiscoverError for one without an entry, and for one beyond bounds."""
    text = decoded(inflated(answer.page.body))
    root = _ROOT.search(text, 0, ROOT_WITHIN)
    html = _HTML.search(text, 0, ROOT_WITHIN)
    if root is None or (html is not None and html.start() < root.start()):
        entries, is_index = tuple(islice(plain_entries(text), MOST_ENTRIES + 1)), False
    else:
        if text.count("<") > MOST_TAGS:
            raise answer.wrong(f"the sitemap is too large to be read: more than {MOST_TAGS:,} tags.")
        if too_much := excess_attributes(text):
            raise answer.wrong(f"the sitemap is too large to be read: {too_much}.")
        entries = tuple(islice(xml_entries(text[root.start() :]), MOST_ENTRIES + 1))
        is_index = root[1] == "sitemapindex"
    if not entries:
        raise answer.wrong(problem_of(text, bool(root), bool(html)))
    return SitemapFile(is_index, entries[:MOST_ENTRIES], is_cut=len(entries) > MOST_ENTRIES)


def plain_entries(text: str) -> Iterator[Entry]:
    """One address a line; nothing from a document whose first words are no address."""
    if _ADDRESS.match(text.lstrip()[:8192]):
        yield from (Entry(line) for line in map(str.strip, text.splitlines()) if _ADDRESS.fullmatch(line))


def xml_entries(text: str) -> Iterator[Entry]:
    """The entries of a document from its root on, one by one, so that no tree grows."""
    data = _BARE_AMPERSAND.sub("&amp;", text).encode("utf-8", "replace")
    parser = etree.XMLPullParser(
        events=("end",), tag=("{*}url", "{*}sitemap"), recover=True, resolve_entities=False, no_network=True,
        collect_ids=False, encoding="utf-8",
    )  # fmt: skip
    for begin in range(0, len(data), _CHUNK):
        try:
            parser.feed(data[begin : begin + _CHUNK])
        except etree.XMLSyntaxError:
            return  # broken beyond repair from here on
        for _, element in parser.read_events():
            assert isinstance(element, etree._Element)
            if entry := entry_of(element):
                yield entry
            forget(element)


def entry_of(element: etree._Element) -> Entry | None:
    """The entry of a `url` or `sitemap` element; None for one without an address."""
    fields: dict[str, str] = {}
    for node in element.iter(etree.Element):
        parent = node.getparent()
        field = _FIELDS.get((local(parent), local(node))) if parent is not None else None
        if field and (text := text_of(node.text)):
            fields.setdefault(field, text.strip())
    return Entry(**fields) if "loc" in fields else None


def local(element: etree._Element) -> str:
    """An element's name without its namespace, which sites write in many ways, and without a prefix of none."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def forget(element: etree._Element) -> None:
    """Take an element that was read, and those before it, out of the tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def problem_of(text: str, is_sitemap: bool, is_html: bool) -> str:
    """Why there are no entries."""
    if not text.strip():
        return "the answer is empty where a sitemap should be."
    if is_sitemap and not is_html:
        return "the sitemap names no address."
    return f"the address answers with {'HTML' if is_html else 'something'} that is not a sitemap."
