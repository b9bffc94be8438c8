"""Article links of an HTML listing, by a record's selector or by the places where themes link their articles.

A listing without any link is an error, never "nothing new": that is what a redesign looks like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl, urljoin

from lxml.cssselect import SelectorError
from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.discover.anchors import LEAST_GROUP, Anchor, article_anchors, near
from crawler.discover.answer import Answer
from crawler.discover.decode import decoded
from crawler.discover.pager import offered
from crawler.discover.traps import left_out
from crawler.discover.walk import following, fresh, goes_on, next_page_url, told_at_end
from crawler.models import Discovery, Link, SourceState, Step, Strategy
from crawler.text.markup import bounded
from crawler.text.urls import url_key

MOST_ANCHORS = 5_000
CARD_LEVELS = 6  # how far above its title link an article's date may stand


def first_step(strategy: Strategy, state: SourceState) -> Step:  # noqa: ARG001 - every strategy is asked alike
    """The listing's first page."""
    return Step(strategy.url)


def read(answer: Answer) -> Discovery:
    """The listing's links, and its next page while pages bring links that are new."""
    document = parsed(answer)
    answer = based(answer, document)
    anchors = anchors_of(islice(document.iter("a"), MOST_ANCHORS), answer)
    traps = left_out((anchor.url for anchor in anchors), answer.strategy.url, answer)
    kept = [anchor for anchor in anchors if anchor.url not in traps]
    chosen = selected(document, answer) if answer.strategy.links else articles(document, kept, answer)
    named = links_of([anchor for anchor in chosen if anchor.url not in traps], answer)
    links, excluded = fresh(named, answer), tuple(traps.values())
    further = offered(anchors, answer.strategy.url, answer.step.url, answer.step.number + 1)
    url = next_page_url(answer.strategy, answer.step, [anchor.url for anchor in anchors], further)
    if url and goes_on(links, answer):
        return Discovery(links, next=following(url, links, answer.step), excluded=excluded)
    return Discovery(links, excluded=excluded, told=told_at_end(named, links, answer) if url else None)


def parsed(answer: Answer) -> HtmlElement:
    """The page as a tree; DiscoverError for one that is empty."""
    # Behind so much markup no listing that a person looks at goes on.
    data, _ = bounded(decoded(answer.page.body).encode("utf-8", "replace"))
    try:
        return document_fromstring(data, parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except (LxmlError, ValueError):
        raise answer.empty("the answer is empty where a listing should be.") from None


def based(answer: Answer, document: HtmlElement) -> Answer:
    """The answer with the page's own base for relative links, if it states one."""
    base = document.find(".//base[@href]")
    if base is None:
        return answer
    try:
        url = urljoin(answer.address, base.get("href"))
    except ValueError:
        return answer
    return replace(answer, page=replace(answer.page, url=url))


def anchors_of(elements: Iterator[HtmlElement], answer: Answer) -> list[Anchor]:
    """The links on this site among elements; slider plugins keep an address in `data-link`."""
    addresses = ((element, element.get("href") or element.get("data-link")) for element in elements)
    return [Anchor(element, url) for element, href in addresses if (url := answer.own(href))]


def articles(document: HtmlElement, anchors: Sequence[Anchor], answer: Answer) -> list[Anchor]:
    """The anchors that read like titles of articles; only behind the first page there may be none."""
    alike = like_those_before(anchors, answer.step.seen)
    least = 1 if alike else LEAST_GROUP
    found = article_anchors(document, alike or anchors, answer.strategy.url, least)
    if not found and answer.step.number == 1:
        raise answer.empty("the page shows no list of articles: give the record a `links` selector for it.")
    return found


def like_those_before(anchors: Sequence[Anchor], seen: Collection[str]) -> list[Anchor]:
    """The anchors whose addresses are made like those of the pages before; none where these stand below the root.

    A last page may hold a single article, which is no group of links on its own.
    """
    shapes = {shape for key in seen if (shape := shape_of(key))}
    return [anchor for anchor in anchors if shape_of(url_key(anchor.url)) in shapes]


def shape_of(key: str) -> tuple[str, ...] | None:
    """What the addresses of a site's articles have in common: what is above them, and the names of parameters."""
    path, _, query = key.partition("?")
    names = tuple(sorted(name for name, _ in parse_qsl(query)))
    above = path.rpartition("/")[0]
    return (above if not names else path, *names) if names or "/" in above else None


def selected(document: HtmlElement, answer: Answer) -> list[Anchor]:
    """The links that the record's selector names: the matched elements, or the first link in each."""
    selector = answer.strategy.links or ""
    try:
        matched = document.cssselect(selector, translator="html")
    except (SelectorError, LxmlError) as error:
        raise answer.wrong(f"`links` is not a CSS selector ({selector!r}: {error}).") from None
    own = url_key(answer.strategy.url)
    elements = (link_in(element) for element in matched[:MOST_ANCHORS])
    found = [anchor for anchor in anchors_of(elements, answer) if url_key(anchor.url) != own]
    if not found and answer.step.number == 1:
        raise answer.empty(f"the `links` selector {selector!r} finds no link to this site: it may have a new design.")
    return found


def link_in(element: HtmlElement) -> HtmlElement:
    """The link that an element is, holds or stands in; the element itself where there is none."""
    if element.get("href") or element.get("data-link"):
        return element
    inner = element.find(".//a[@href]")
    if inner is not None:
        return inner
    return next((parent for parent in element.iterancestors("a")), element)


def links_of(anchors: Sequence[Anchor], answer: Answer) -> list[Link]:
    """Links with their titles and, where one machine-readable time stands beside, their dates."""
    titles: dict[str, str | None] = {}
    for anchor in anchors:
        titles[anchor.url] = titles.get(anchor.url) or anchor.title
    dates = dates_beside(anchors)
    source, origin = answer.source.slug, answer.origin
    return [Link(url, source, origin, title=title, published=dates.get(url)) for url, title in titles.items()]


def dates_beside(anchors: Sequence[Anchor]) -> dict[str, str]:
    """The one `time[datetime]` in the part of the page that belongs to one article alone, per address."""
    holders: dict[HtmlElement, set[str]] = defaultdict(set)
    for anchor in anchors:
        for holder in (anchor.element, *near(anchor.element, CARD_LEVELS)):
            holders[holder].add(anchor.url)
    times: dict[str, set[str]] = defaultdict(set)
    root = anchors[0].element.getroottree() if anchors else None
    for time in root.iter("time") if root is not None else ():
        holder = next((parent for parent in near(time, 2 * CARD_LEVELS) if parent in holders), None)
        urls = holders[holder] if holder is not None else set()
        if len(urls) == 1 and time.get("datetime"):
            times[next(iter(urls))].add(time.get("datetime", ""))
    return {url: next(iter(values)) for url, values in times.items() if len(values) == 1}
