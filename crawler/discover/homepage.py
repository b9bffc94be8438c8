"""What a home page tells of the ways to a site's articles: its CMS, its feeds, its sections.

A way is only a candidate here; `probe` tries them. The order is that of cost and completeness: a REST interface gives
everything in few requests, a feed the newest, a sitemap all addresses, a listing what people see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.discover.addresses import is_file, path_of, sections
from crawler.discover.anchors import words_of
from crawler.models import Paging, Strategy
from crawler.text.urls import canonical_url, site, url_key

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_COMMENTS = re.compile(r"comment|komentar|replies", re.IGNORECASE)
_WORDPRESS = re.compile(r"""(?P<root>[^"'()\s<>=]{0,200}/)wp-(?:content|includes)/""")
_JOOMLA = re.compile(r"/media/(?:system|vendor|jui)/|option=com_|/components/com_", re.IGNORECASE)
_VARIENT = re.compile(r"/assets/(?:themes/|vendor/varient)|varient|post-item|\brss-feeds\b", re.IGNORECASE)
# Names of the sections in which a site prints its news.
_SECTIONS = re.compile(
    r"(?:(?:lihat|baca|tampilkan)\s+)?(?:(?:semua|indeks?|daftar|arsip)\s+)?"
    r"(?:berita|news|kabar|artikel|siaran pers|press release|publikasi berita|warta|informasi terkini)"
    r"(?:\s+(?:utama|terkini|terbaru|lainnya|kami|kanwil|upt|unit|satker|daerah|pas|imigrasi))*\W*|index\s+berita|indeks",
    re.IGNORECASE,
)
_FEEDS = ("feed/", "rss.xml", "rss", "feed.xml", "atom.xml")
_FEED_WORD = re.compile(r"\b(?:rss|atom|feeds?|umpan)\b", re.IGNORECASE)
_FEED_PATH = re.compile(r"(?:[/.]rss|/feeds?/|\.atom|/atom\.xml)(?:[/?]|$)", re.IGNORECASE)
_SITEMAPS = ("sitemap.xml", "sitemap_index.xml", "sitemap-news.xml")
MOST_LINKED_FEEDS, MOST_SECTIONS, MOST_ANCHORS = 3, 3, 3_000
FEW_LINKS, MOST_ENTRANCES = 6, 2
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"location(?:\.href)?\s*=\s*['\"]([^'\"]{1,300})['\"]|location\.replace\(\s*['\"]([^'\"]{1,300})"
)
_PAGE_PARAMETERS: tuple[Paging, ...] = ("start", "page", "hal", "halaman")
_SEEN = 200_000  # characters of a page that its CMS is looked for in


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way that may lead to articles, and what speaks for it; `is_guess` where nothing on the site does."""

    strategy: Strategy
    reason: str
    is_guess: bool = False


def candidates_of(document: HtmlElement, markup: str, address: str) -> list[Candidate]:
    """The ways worth trying, best first, each address once; `address` is that of the home page after redirects."""
    found = (
        *_rest(document, markup, address),
        *_joomla(document, markup, address),
        *_feeds_of_a_cms(document, markup, address),
        *islice(_linked_feeds(document, address), MOST_LINKED_FEEDS),
        *feeds_by_their_words(document, address),
        Candidate(Strategy("sitemap", urljoin(address, _SITEMAPS[0])), "usual address"),
        *_listings(document, address),
        *(Candidate(Strategy("feed", urljoin(address, name)), "usual address", is_guess=True) for name in _FEEDS),
        *(Candidate(Strategy("sitemap", urljoin(address, name)), "usual address", is_guess=True) for name in _SITEMAPS),
    )
    kept: dict[tuple[str, str], Candidate] = {}
    for candidate in found:
        kept.setdefault((candidate.strategy.type, url_key(candidate.strategy.url)), candidate)
    return list(kept.values())


def named_by(document: HtmlElement, markup: str, address: str) -> Iterator[Candidate]:
    """The REST interface and the feeds that a page below the home page names."""
    yield from _rest(document, markup, address)
    yield from islice(_linked_feeds(document, address), MOST_LINKED_FEEDS)


def entrances_of(document: HtmlElement, markup: str, address: str) -> list[str]:
    """Where a splash page leads: by itself (refresh, script, frame), else by the few links that it has."""
    refreshes = (meta.get("content") or "" for meta in document.iter("meta")
                 if (meta.get("http-equiv") or "").lower() == "refresh")  # fmt: skip
    told = [found[1] for text in refreshes if (found := _REFRESH.search(text))]
    told += [found[1] or found[2] for found in islice(_SCRIPTED.finditer(markup[:_SEEN]), MOST_ENTRANCES)]
    told += [frame.get("src") or "" for frame in document.iter("frame")]
    links = [link.get("href") or "" for link in islice(document.iter("a", "area"), MOST_ANCHORS)]
    own, few = _inner(told, address), _inner(links, address)
    return list(dict.fromkeys((*own, *(few if len(few) <= FEW_LINKS else ()))))[:MOST_ENTRANCES]


def _inner(addresses: list[str], home: str) -> list[str]:
    """The addresses of pages on a site other than its home page, each once."""
    urls = (url for href in addresses if (url := canonical_url(href, home)) and site(url) == site(home))
    return list(dict.fromkeys(url for url in urls if url_key(url) != url_key(home) and not is_file(url)))


def paging_of(addresses: list[str], listing: str) -> Paging | None:
    """How a listing's further pages are addressed, as the links of its first page show it."""
    own = urlsplit(listing)
    for address in addresses:
        parts = urlsplit(address)
        if parts.netloc != own.netloc:
            continue
        if parts.path.rstrip("/") == own.path.rstrip("/"):
            names = {name for name, value in parse_qsl(parts.query) if value.isdecimal()}
            if paging := next((name for name in _PAGE_PARAMETERS if name in names), None):
                return paging
        if re.fullmatch(re.escape(own.path.rstrip("/")) + r"/page/\d+/?", parts.path):
            return "path"
    return None


def _rest(document: HtmlElement, markup: str, address: str) -> Iterator[Candidate]:
    """WordPress names its interface; where it does not, a plugin may have taken the link away and left the rest."""
    named = [link.get("href") for link in document.iter("link") if link.get("rel") == "https://api.w.org/"]
    if named and (url := canonical_url(named[0] or "", address)):
        yield Candidate(Strategy("wordpress", url), "the home page names it")
    files = _WORDPRESS.search(markup[:_SEEN])
    if named or files:
        root = urljoin(address, files["root"]) if files else urljoin(address, "/")
        root = root if site(root) == site(address) else urljoin(address, "/")  # its files may lie with a CDN
        yield Candidate(Strategy("wordpress", urljoin(root, "wp-json/")), "WordPress")
        yield Candidate(Strategy("wordpress", urljoin(root, "?rest_route=/")), "WordPress without a pretty address")


def _linked_feeds(document: HtmlElement, address: str) -> Iterator[Candidate]:
    for link in document.iter("link"):
        is_feed = "alternate" in (link.get("rel") or "").lower().split() and (link.get("type") or "") in _FEED_TYPES
        url = canonical_url(link.get("href") or "", address) if is_feed else None
        if url and not _COMMENTS.search(f"{link.get('title') or ''} {urlsplit(url).path}"):
            yield Candidate(Strategy("feed", url), "the home page names it")


def feeds_by_their_words(document: HtmlElement, address: str) -> Iterator[Candidate]:
    """Links that people would take for a feed, or for the page that names a site's feeds."""
    found: dict[str, Candidate] = {}
    for anchor in islice(document.iter("a"), MOST_ANCHORS):
        url = canonical_url(anchor.get("href") or "", address)
        says_so = url and site(url) == site(address) and (_FEED_WORD.search(words_of(anchor)) or _FEED_PATH.search(url))
        if url and says_so and not _COMMENTS.search(url):
            found.setdefault(url, Candidate(Strategy("feed", url), "a link says so"))
    yield from islice(found.values(), MOST_LINKED_FEEDS)


def _feeds_of_a_cms(document: HtmlElement, markup: str, address: str) -> Iterator[Candidate]:
    if _is_generated(document, "blogger"):
        # Atom: it alone tells a whole text from a summary, and in one answer as many posts as Blogger gives.
        yield Candidate(Strategy("feed", urljoin(address, "/feeds/posts/default?max-results=150")), "Blogger")
    if _VARIENT.search(markup[:_SEEN]):
        yield Candidate(Strategy("feed", urljoin(address, "/rss/latest-posts")), "Varient")


def _joomla(document: HtmlElement, markup: str, address: str) -> Iterator[Candidate]:
    if _is_generated(document, "joomla") or _JOOMLA.search(markup[:_SEEN]):
        for url in islice(_sections(document, address), MOST_SECTIONS):
            yield Candidate(Strategy("joomla", url), "a section of a Joomla site")


def _listings(document: HtmlElement, address: str) -> Iterator[Candidate]:
    yield Candidate(Strategy("listing", address), "the home page itself")
    for url in islice(_sections(document, address), MOST_SECTIONS):
        yield Candidate(Strategy("listing", url), "a section, by its name")


def _sections(document: HtmlElement, address: str) -> Iterator[str]:
    for anchor in islice(document.iter("a"), MOST_ANCHORS):
        url = canonical_url(anchor.get("href") or "", address)
        if (
            url
            and site(url) == site(address)
            and url_key(url) != url_key(address)
            and _SECTIONS.fullmatch(words_of(anchor))
        ):
            yield url


def sections_above(document: HtmlElement, address: str, articles: Sequence[str]) -> Iterator[Candidate]:
    """The pages that a home page links and below whose addresses all its articles stand, whatever they are called.

    A paper's section, below which only some of them stand, is no way to the others.
    """
    above = sections(articles, least=max(2, len(articles)))
    found = (canonical_url(anchor.get("href") or "", address) for anchor in islice(document.iter("a"), MOST_ANCHORS))
    urls = dict.fromkeys(url for url in found if url and site(url) == site(address) and path_of(url) in above)
    for url in islice(urls, MOST_SECTIONS):
        yield Candidate(Strategy("listing", url), "a section, by the addresses of its articles")


def _is_generated(document: HtmlElement, name: str) -> bool:
    metas = (meta for meta in document.iter("meta") if (meta.get("name") or "").lower() == "generator")
    return any(name in (meta.get("content") or "").lower() for meta in metas)
