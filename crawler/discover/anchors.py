"""Which links of a listing page lead to its articles, where no selector says so.

Titles of articles are linked headings on nearly every theme. Where a page has none, its articles are the largest group
of links that stand in the same kind of place and read like titles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from crawler.text.urls import url_key

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
# What Joomla and WordPress themes have around a title that is no heading.
TITLE_CLASSES = frozenset("list-title entry-title item-page-title post-title page-header".split())

# Parts of a page that list other things: menus, sidebars, pagers. No `form`: Joomla wraps its category table in one.
FURNITURE_TAGS = frozenset({"nav", "aside", "footer", "noscript", "template"})
FURNITURE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "menu", "menubar"})
FURNITURE_CLASSES = frozenset(
    """
    nav navbar navigation menu mainmenu main-menu submenu sidebar widget-area breadcrumb breadcrumbs pagination pager
    pagenav nav-links page-links footer site-footer related related-posts related-post popular popular-posts trending
    tagcloud tag-cloud tags-links cat-links share social calendar
    """.split()
)
NEVER_FURNITURE = frozenset({"html", "body", "main", "article"})  # their classes speak of the page: `no-sidebar`

# First segments of addresses that are lists, with at most two segments behind them (`/kategori/a/12/slug` is none).
LISTS = frozenset(
    """
    category kategori categories tag tags topic topik label author penulis user users profile profil
    search cari pencarian page halaman calendar kalender
    """.split()
)
NEVER = frozenset(
    """
    login masuk register daftar logout feed rss rss-feeds wp-login.php wp-admin wp-json wp-content administrator
    cdn-cgi sitemap sitemap.xml xmlrpc.php
    """.split()
)
# Parameters that choose a list, or a part of one, unless another names the article.
LIST_PARAMETERS = frozenset(
    "page paged start limitstart limit offset s q search cat tag author m month year day date tahun bulan".split()
)
FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|zip|rar|7z|jpe?g|png|gif|webp|svg|mp[34]|avi|mov|apk|xml|css|js)$", re.IGNORECASE
)
DATE_PATH = re.compile(r"/\d{4}(?:/\d{1,2}){0,2}")

MORE = re.compile(r"(?:baca |lihat |read )?(?:selengkapnya|lainnya|semua|more|detail|lebih lanjut)\W*", re.IGNORECASE)
LEAST_TITLE = 15  # characters on average ...
LEAST_GROUP = 3  # ... of so many links, for a group to be taken for titles


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link on a page with its canonical address."""

    element: HtmlElement
    url: str

    @property
    def title(self) -> str | None:
        """The words of the link (of the heading in it, where it holds one), or None for "read more" and pictures."""
        heading = next((child for child in self.element.iter(*HEADINGS)), self.element)
        words = words_of(heading) or (self.element.get("title") or "").strip()
        return words if words and not MORE.fullmatch(words) else None


def article_anchors(document: HtmlElement, anchors: Sequence[Anchor], listing: str) -> list[Anchor]:
    """The anchors that lead to articles, in the page's order."""
    furniture = furniture_of(document)
    candidates = [anchor for anchor in anchors if is_article(anchor.url, listing)]
    central = [anchor for anchor in candidates if anchor.element not in furniture]
    return titles(central) or largest_group(central) or titles(candidates)


def furniture_of(document: HtmlElement) -> Collection[HtmlElement]:
    """All elements that are page furniture or stand inside of it."""
    inside: set[HtmlElement] = set()
    for element in document.iter():
        if element.getparent() in inside or is_furniture(element):
            inside.add(element)
    return inside


def is_furniture(element: HtmlElement) -> bool:
    """Whether an element begins a part of the page that lists no articles of this listing."""
    if not isinstance(element.tag, str) or element.tag in NEVER_FURNITURE:
        return False
    return (
        element.tag in FURNITURE_TAGS
        or element.get("role") in FURNITURE_ROLES
        or not FURNITURE_CLASSES.isdisjoint(element.get("class", "").lower().split())
    )


def is_article(url: str, listing: str) -> bool:
    """Whether an address may be that of an article: no list, file, form or date archive, and not the listing."""
    parts = urlsplit(url)
    parameters = {name.lower() for name, _ in parse_qsl(parts.query)}
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    own = parameters - LIST_PARAMETERS
    if url_key(url) == url_key(listing) or FILE.search(parts.path) or DATE_PATH.fullmatch(parts.path.rstrip("/")):
        return False
    if not segments or parts.path.rstrip("/") == urlsplit(listing).path.rstrip("/"):
        return bool(own)  # `/?p=12`, `index.php?option=…&id=12`
    if not NEVER.isdisjoint(segments) or (len(segments) > 1 and segments[-2] in {"page", "halaman"}):
        return False
    return not (segments[0] in LISTS and len(segments) <= 3) and (bool(own) or not parameters)


# -- titles ----------------------------------------------------------------------------------------------------------


def titles(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The anchors that are titles, without those of sections: a section's address stands before those of articles."""
    found = [anchor for anchor in anchors if is_title(anchor.element)]
    sections = {parent for parent, count in parents_of(found) if count > 1}
    return [anchor for anchor in found if path_of(anchor.url) not in sections and not is_section_name(anchor)]


def is_title(element: HtmlElement) -> bool:
    """Whether a link is, is in, or holds a heading, or is marked as the permanent link of a post."""
    if "bookmark" in element.get("rel", "").split() or next(element.iter(*HEADINGS), None) is not None:
        return True
    return any(
        parent.tag in HEADINGS or not TITLE_CLASSES.isdisjoint(parent.get("class", "").split())
        for parent in near(element, 4)
    )


def is_section_name(anchor: Anchor) -> bool:
    """Whether words and address are both as short as those of a section are ("Siaran Pers", `/siaran-pers`)."""
    parts = urlsplit(anchor.url)
    is_short = re.fullmatch(r"/[^\W\d]+(?:[-_][^\W\d]+)?/?", parts.path) is not None
    return is_short and not parts.query and len((anchor.title or "").split()) <= 2


def parents_of(anchors: Iterable[Anchor]) -> Iterator[tuple[str, int]]:
    """The paths above the anchors' own, with how many of the anchors stand below each."""
    below: dict[str, set[str]] = defaultdict(set)
    for anchor in anchors:
        path = path_of(anchor.url)
        for parent in [path[: match.start()] for match in re.finditer("/", path)][1:11]:
            below[parent].add(path)
    yield from ((parent, len(paths)) for parent, paths in below.items())


# -- groups ----------------------------------------------------------------------------------------------------------


def largest_group(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The links that stand in the same kind of place and hold the most words, if they read like titles."""
    groups: dict[tuple[str, ...], dict[str, Anchor]] = defaultdict(dict)
    for anchor in anchors:
        if anchor.title:
            groups[place_of(anchor.element)].setdefault(anchor.url, anchor)
    best = max(groups.values(), key=lambda group: words_in(group.values()), default={})
    is_list = len(best) >= LEAST_GROUP and words_in(best.values()) >= LEAST_TITLE * len(best)
    return list(best.values()) if is_list else []


def place_of(element: HtmlElement) -> tuple[str, ...]:
    """The kind of place where a link stands: names and classes of it and what is around it."""
    return tuple(f"{node.tag}.{node.get('class', '')}" for node in (element, *near(element, 3)))


def words_in(anchors: Iterable[Anchor]) -> int:
    """How many characters the titles of links have together."""
    return sum(len(anchor.title or "") for anchor in anchors)


# -- small things ----------------------------------------------------------------------------------------------------


def near(element: HtmlElement, levels: int) -> Iterator[HtmlElement]:
    """The elements around an element, innermost first."""
    for parent, _ in zip(element.iterancestors(), range(levels), strict=False):
        yield parent


def path_of(url: str) -> str:
    """The path without a slash at its end."""
    return urlsplit(url).path.rstrip("/")


def words_of(element: HtmlElement) -> str:
    """The text of an element on one line, without scripts' and styles'."""
    return " ".join(" ".join(element.xpath(".//text()[not(parent::script or parent::style)]")).split())
