"""Which links of a listing page lead to its articles, where no selector says so.

Titles of articles are linked headings on nearly every theme. Where a page has none, its articles are the largest group
of links that stand in the same kind of place and read like titles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.discover.addresses import is_article, path_of, sections

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
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

MORE = re.compile(r"(?:baca |lihat |read )?(?:selengkapnya|lainnya|semua|more|detail|lebih lanjut)\W*", re.IGNORECASE)
LEAST_TITLE = 15  # characters on average ...
LEAST_CARDS = 2
CARD_LEVELS = 6  # how far above its link a card may begin
_TITLED = re.compile(r"(?:[\w-]*[-_])?(?:title|judul|headline)")
LEAST_GROUP = 3  # ... of so many links, for a group to be taken for titles


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link on a page with its canonical address."""

    element: HtmlElement
    url: str
    beside: HtmlElement | None = None

    @property
    def title(self) -> str | None:
        """The words of the link (of the heading in it, where it holds one), or None for "read more" and pictures.

        Of a link in a card they are those of the heading `beside` it.
        """
        if self.beside is not None:
            return words_of(self.beside)
        heading = next((child for child in self.element.iter(*HEADINGS)), self.element)
        words = words_of(heading) or (self.element.get("title") or "").strip()
        return words if words and not MORE.fullmatch(words) else None


def article_anchors(
    document: HtmlElement, anchors: Sequence[Anchor], listing: str, least: int = LEAST_GROUP
) -> list[Anchor]:
    """The anchors that lead to articles, in the page's order; fewer than `least` without headings are no group."""
    furniture = furniture_of(document)
    candidates = [anchor for anchor in anchors if is_article(anchor.url, listing)]
    central = [anchor for anchor in candidates if anchor.element not in furniture]
    return titles(central) or cards(central, least) or largest_group(central, least) or titles(candidates)


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


# -- titles ----------------------------------------------------------------------------------------------------------


def titles(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The anchors that are titles, without those of sections: a section's address stands before those of articles."""
    found = [anchor for anchor in anchors if is_title(anchor.element)]
    above = sections(anchor.url for anchor in found)
    return [anchor for anchor in found if path_of(anchor.url) not in above and not is_section_name(anchor)]


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


# -- cards -----------------------------------------------------------------------------------------------------------


def cards(anchors: Sequence[Anchor], least: int = LEAST_GROUP) -> list[Anchor]:
    """The links that say "read more", with the heading that stands with each in a box of its own."""
    held: dict[HtmlElement, set[str]] = defaultdict(set)
    for anchor in anchors:
        for holder in (anchor.element, *near(anchor.element, CARD_LEVELS)):
            held[holder].add(anchor.url)
    found: dict[str, Anchor] = {}
    for anchor in anchors:
        heading = heading_beside(anchor, held) if anchor.title is None else None
        if heading is not None:
            found.setdefault(anchor.url, replace(anchor, beside=heading))
    is_list = len(found) >= min(least, LEAST_CARDS) and words_in(found.values()) >= LEAST_TITLE * len(found)
    return list(found.values()) if is_list else []


def heading_beside(anchor: Anchor, held: Mapping[HtmlElement, set[str]]) -> HtmlElement | None:
    """The first heading with words in the widest box around a link that holds no other article's."""
    for holder in near(anchor.element, CARD_LEVELS):
        if len(held[holder]) > 1:
            return None
        marked = (part for part in holder.iter() if is_heading(part) and words_of(part))
        if (heading := next(marked, None)) is not None:
            return heading
    return None


def is_heading(element: HtmlElement) -> bool:
    """Whether an element is a heading, by its name or by its class."""
    names = element.get("class", "").lower().split() if isinstance(element.tag, str) else ()
    return element.tag in HEADINGS or any(map(_TITLED.fullmatch, names))


# -- groups ----------------------------------------------------------------------------------------------------------


def largest_group(anchors: Sequence[Anchor], least: int = LEAST_GROUP) -> list[Anchor]:
    """The links that stand in the same kind of place and hold the most words, if they read like titles."""
    groups: dict[tuple[str, ...], dict[str, Anchor]] = defaultdict(dict)
    for anchor in anchors:
        if anchor.title:
            groups[place_of(anchor.element)].setdefault(anchor.url, anchor)
    best = max(groups.values(), key=lambda group: words_in(group.values()), default={})
    is_list = len(best) >= least and words_in(best.values()) >= LEAST_TITLE * len(best)
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


def words_of(element: HtmlElement) -> str:
    """The text of an element on one line, without scripts' and styles'."""
    return " ".join(" ".join(element.xpath(".//text()[not(parent::script or parent::style)]")).split())
