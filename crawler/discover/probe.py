"""From a home page alone to the ways that a site is read by: what is asked, what it yielded, and which way won.

`probing` is a generator that does no I/O: it gives out the addresses to ask, takes their answers, and returns what it
found. Whoever drives it (the spider, a test) makes the requests.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.dates import parse_datetime
from crawler.discover.anchors import Anchor
from crawler.discover.decode import decoded
from crawler.discover.homepage import (
    Candidate,
    candidates_of,
    entrances_of,
    feeds_by_their_words,
    named_by,
    paging_of,
    sections_above,
)
from crawler.discover.pager import offered
from crawler.discover.walk import FIRST_LINKS
from crawler.errors import DiscoverError
from crawler.models import Discovery, Link, Page, Paging, Probed, Source, SourceState, Step, Strategy, Tried
from crawler.text.markup import bounded
from crawler.text.urls import canonical_url, url_key

MOST_REQUESTS = 16  # of a probe in a crawl; one that a person asked for looks at everything within THOROUGH
THOROUGH = 24
SAMPLES = 2  # pages that are looked at before a way is believed
_MOST_STEPS = 3  # of one way, until it names articles
_LEAST_LINKS = 2  # a list of one may be a single page
_WHOLE_SPAN = timedelta(days=30)  # a feed that reaches so far back leaves out nothing that a first crawl wants

Reader = Callable[[Strategy, Source, SourceState, Step, Page, datetime | None], Discovery]
FirstStep = Callable[[Strategy, SourceState], Step]
Judge = Callable[[Page, Link], str | None]
"""Why a page is no article; None where it is one."""


@dataclass(frozen=True, slots=True)
class Ask:
    """An address to ask, and what for."""

    url: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """No usable answer, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Tools:
    """What a probe reads answers with: the discoverers, and extraction, which no discoverer knows."""

    first_step: FirstStep
    read: Reader
    judge: Judge
    now: datetime


# Best first: what a strategy of each kind is worth. Complete ways stand before those that show the newest alone.
RANKS = (
    ("wordpress", "whole", "a REST interface that carries every article whole"),
    ("feed", "carried", "a feed that carries every article whole, as far back as a first crawl"),
    ("joomla", "whole", "a feed for what is new and a listing for what is not"),
    ("feed", "whole", "a feed that reaches as far back as a first crawl"),
    ("sitemap", "dated", "a sitemap that tells when each page changed"),
    ("listing", "whole", "a listing with further pages"),
    ("sitemap", "plain", "a sitemap without dates"),
    ("feed", "newest", "a feed of the newest articles"),
    ("listing", "newest", "a listing of one page"),
)


_SPARE, _MOST_SPARE = ("feed", "sitemap"), 2  # kept behind the best way untried, in case it stops
_CARRIED = 1  # the last rank of those behind which nothing better is looked for
_MOSTLY = 0.8  # of a feed's entries hold their text: an announcement of two lines may look cut
_WHOLE_FEED = 3
_COMPLETE = 5  # the last rank of those that lead to more than the newest


def probing(
    source: Source, tools: Tools, most: int = MOST_REQUESTS, *, all_ways: bool = False
) -> Generator[Ask, Page | Refusal, Probed]:
    """Ask what a site has to offer, at most `most` requests; `all_ways` goes on when the best has been found."""
    answer = yield Ask(source.homepage, "home page")
    if isinstance(answer, Refusal):
        return Probed(source.slug, (), (), 1, f"the home page gave no answer: {answer.reason}")
    document, markup = parsed(answer)
    if document is None:
        return Probed(source.slug, (), (), 1, "the home page is empty.")
    left, requests = candidates_of(document, markup, answer.url), 1
    entrances = entrances_of(document, markup, answer.url)
    tried: list[Tried] = []
    while left and requests < most:
        if entrances and is_splash(tried, left):
            inside = yield Ask(entrances.pop(0), "the way in from a splash page")
            requests += 1
            left[:0] = _inside(inside, tried)
            answer = inside if isinstance(inside, Page) else answer
            continue
        candidate = left.pop(0)
        result = yield from _try(candidate, source, tools, answer, most - requests)
        requests += result.requests
        tried.append(result.tried)
        left = queued(left, _untried(result.more, tried))
        if not all_ways and is_enough(tried, left):
            break
    good = sorted((one for one in raised(tried) if one.rank is not None), key=order_of)
    spare = [candidate.strategy for candidate in left if candidate.strategy.type in _SPARE and not candidate.is_guess]
    # Two ways may have led to one address.
    ways = tuple(dict.fromkeys((*(one.strategy for one in good), *(spare[:_MOST_SPARE] if good else ()))))
    problem = None if good else "no way to articles was found: name one in its record, as [[source.discover]]."
    return Probed(source.slug, ways, tuple(raised(tried)), requests, problem)


def queued(left: Sequence[Candidate], more: Sequence[Candidate]) -> list[Candidate]:
    """What is left to try, with ways that an answer named: lists behind those that say what they are, others first."""
    waiting = {_key(one.strategy) for one in left}
    lists = [one for one in more if one.strategy.type == "listing" and _key(one.strategy) not in waiting]
    first = [one for one in more if one.strategy.type != "listing"]
    moved = {_key(one.strategy) for one in first}
    rest = [one for one in left if _key(one.strategy) not in moved]
    named = [one for one in rest if not one.is_guess]
    return [*first, *named, *lists, *(one for one in rest if one.is_guess)]


def order_of(one: Tried) -> tuple[int, int]:
    """Where a way stands among those that work; of listings of one page, the one that names most goes first."""
    rank = one.rank or 0
    return rank, -one.links if rank == len(RANKS) - 1 else 0


def is_splash(tried: Sequence[Tried], left: Sequence[Candidate]) -> bool:
    """Whether the home page itself led to nothing, so that what lies behind it is to be asked before guesses are."""
    return all(one.rank is None for one in tried) and all(candidate.is_guess for candidate in left)


def _untried(more: Sequence[Candidate], tried: Sequence[Tried]) -> list[Candidate]:
    """Ways that an answer names and that were not tried; a section's, only where nothing but lists was found."""
    is_section = tried[-1].strategy.type == "listing"
    if is_section and any(one.rank is not None and one.strategy.type != "listing" for one in tried):
        return []
    known = {_key(one.strategy) for one in tried}
    return [candidate for candidate in more if _key(candidate.strategy) not in known]


def _key(strategy: Strategy) -> tuple[str, str]:
    """What makes two ways one; the paging is known only when a list was asked."""
    return strategy.type, url_key(strategy.url)


def _inside(page: Page | Refusal, tried: Sequence[Tried]) -> list[Candidate]:
    """What the page behind a splash page names; the usual addresses were tried, or will be."""
    document, markup = parsed(page) if isinstance(page, Page) else (None, "")
    if document is None or isinstance(page, Refusal):
        return []
    known = {_key(one.strategy) for one in tried}
    found = candidates_of(document, markup, page.url)
    return [one for one in found if not one.is_guess and _key(one.strategy) not in known]


def raised(tried: Sequence[Tried]) -> list[Tried]:
    """What was tried, a feed raised where it names as many articles as any complete way: it leaves nothing out."""
    most = max((one.links for one in tried if one.rank is not None and one.rank <= _COMPLETE), default=0)
    return [
        replace(one, rank=_WHOLE_FEED, reason="a feed that names as many articles as any other way")
        if one.strategy.type == "feed" and one.rank is not None and one.rank > _COMPLETE and one.links >= most > 0
        else one
        for one in tried
    ]


def is_enough(tried: Sequence[Tried], left: Sequence[Candidate]) -> bool:
    """Whether to stop: the best way was found, or a complete one and nothing that the site itself names is left."""
    ranks = [one.rank for one in tried if one.rank is not None]
    is_guessing = all(candidate.is_guess for candidate in left)
    return any(rank <= _CARRIED for rank in ranks) or (is_guessing and any(rank <= _COMPLETE for rank in ranks))


@dataclass(frozen=True, slots=True)
class _Result:
    """What came of a way, its requests, and ways that its answer names instead."""

    tried: Tried
    requests: int
    more: tuple[Candidate, ...] = ()


def _try(
    candidate: Candidate, source: Source, tools: Tools, home: Page, left: int
) -> Generator[Ask, Page | Refusal, _Result]:
    """Ask one way, and look at some of the pages that it names."""
    strategy, state = candidate.strategy, SourceState(source.slug)
    step: Step | None = tools.first_step(strategy, state)
    found = Discovery(())
    requests = 0
    try:
        while step and not found.links and requests < min(left, _MOST_STEPS):  # an index names its parts first
            answer: Page | Refusal = home
            if step.url != home.url:
                answer = yield Ask(step.url, f"{strategy.type}: {candidate.reason}")
                requests += 1
            if isinstance(answer, Refusal):
                return _Result(Tried(strategy, 0, None, answer.reason), requests)
            strategy = _settled(strategy, step, answer)
            found = tools.read(strategy, source, state, step, answer, tools.now)
            step = found.next
    except DiscoverError as error:
        more = _feeds_on(answer) if strategy.type == "feed" else ()
        return _Result(Tried(strategy, 0, None, error.problem), requests, more)
    if len(found.links) < _LEAST_LINKS:
        return _Result(Tried(strategy, len(found.links), None, "names fewer than two articles"), requests)
    for link in _samples(found.links)[: max(0, left - requests)]:
        page = yield Ask(link.url, "is it an article?")
        requests += 1
        problem = page.reason if isinstance(page, Refusal) else tools.judge(page, link)
        if problem:
            return _Result(Tried(strategy, len(found.links), None, f"{link.url} is no article: {problem}"), requests)
    rank, reason = rank_of(strategy, found, tools.now)
    more = _from_list(answer, found, is_home=answer is home) if strategy.type == "listing" else ()
    return _Result(Tried(strategy, len(found.links), rank, reason), requests, more)


def _from_list(page: Page | Refusal, found: Discovery, *, is_home: bool) -> tuple[Candidate, ...]:
    """What a list leads to: the home page's to sections, a section's to the interface and feeds that it names.

    A CMS may stand in a folder beside a home page without one.
    """
    document, markup = parsed(page) if isinstance(page, Page) else (None, "")
    if document is None or isinstance(page, Refusal):
        return ()
    if is_home:
        return tuple(sections_above(document, page.url, [link.url for link in found.links]))
    return tuple(named_by(document, markup, page.url))


def _settled(strategy: Strategy, step: Step, answer: Page) -> Strategy:
    """The way as its first answer shows it: at the address that it redirects to, a listing with its paging."""
    is_moved = step.number == 1 and strategy.url == step.url != answer.url
    settled = replace(strategy, url=answer.url) if is_moved else strategy
    return replace(settled, paging=_paging(answer, settled.url)) if settled.type == "listing" else settled


def _samples(links: Sequence[Link]) -> list[Link]:
    """The first link and one from the middle, of those whose page has to be asked for."""
    pages = [link for link in links if not link.body]
    if len(pages) < len(links):
        return []  # what it carries is an article already
    return [pages[0], pages[len(pages) // 2]][:SAMPLES] if len(pages) > 1 else pages


def rank_of(strategy: Strategy, found: Discovery, now: datetime) -> tuple[int, str]:
    """How good a way is, by what its first answer holds."""
    kind = _kind(strategy, found, now)
    return next(
        (rank, reason) for rank, (name, what, reason) in enumerate(RANKS) if (name, what) == (strategy.type, kind)
    )


def _kind(strategy: Strategy, found: Discovery, now: datetime) -> str:
    if strategy.type in ("wordpress", "joomla"):
        return "whole"
    dates = [moment.at for link in found.links if link.published or link.modified
             if (moment := parse_datetime(link.published or link.modified or "", "UTC", now))]  # fmt: skip
    if strategy.type == "sitemap":
        return "dated" if dates or found.cursor else "plain"
    reaches_back = len(found.links) >= FIRST_LINKS or (bool(dates) and min(dates) <= now - _WHOLE_SPAN)
    if strategy.type == "feed" and (found.next or reaches_back):
        carried = sum(1 for link in found.links if link.body)
        return "carried" if carried >= _MOSTLY * len(found.links) else "whole"
    if strategy.type == "feed":
        return "newest"
    return "whole" if strategy.paging or reaches_back else "newest"


def parsed(page: Page) -> tuple[HtmlElement | None, str]:
    """A page as a tree and as text; no tree where it is empty."""
    text = decoded(page.body)
    data, _ = bounded(text.encode("utf-8", "replace"))
    try:
        return document_fromstring(data, parser=HTMLParser(encoding="utf-8", huge_tree=True)), text
    except (LxmlError, ValueError):
        return None, text


def _feeds_on(page: Page | Refusal) -> tuple[Candidate, ...]:
    """The feeds that a page names: some sites list them on one, which looked like a feed from outside."""
    document = parsed(page)[0] if isinstance(page, Page) and page.body.lstrip()[:1] == b"<" else None
    if document is None or document.tag != "html" or isinstance(page, Refusal):
        return ()
    return tuple(
        candidate for candidate in feeds_by_their_words(document, page.url) if candidate.strategy.url != page.url
    )


def _paging(page: Page, listing: str) -> Paging | None:
    document, _ = parsed(page)
    if document is None:
        return None
    links = ((link, canonical_url(link.get("href") or "", page.url)) for link in document.iter("a"))
    anchors = [Anchor(link, url) for link, url in links if url]
    named = paging_of([anchor.url for anchor in anchors], listing)
    return named or ("pager" if offered(anchors, listing, listing, 2) else None)
