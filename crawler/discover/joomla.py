"""A category of a Joomla site: its feed for what is new, its listing for what is not.

Joomla gives every category a feed of some ten entries (`?format=feed&type=rss`), which hold no more than the intro, and
pages its listing by `?start=N`. A poll asks the feed, and the listing behind it where no entry is known; the first
crawl walks the listing, as does a poll where the feed is gone.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from crawler.discover import feed, listing
from crawler.discover.answer import Answer
from crawler.discover.walk import following, is_gap, skipped, with_parameter
from crawler.errors import DiscoverError
from crawler.models import Discovery, SourceState, Step, Strategy


def first_step(strategy: Strategy, state: SourceState) -> Step:
    """The listing in the first crawl, then the feed, with the listing ahead for where it fails."""
    return Step(strategy.url) if state.first else Step(feed_url(strategy.url), ahead=(strategy.url,))


def feed_url(url: str) -> str:
    """The address of a category's feed."""
    return with_parameter(with_parameter(url, "format", "feed"), "type", "rss")


def is_feed(url: str) -> bool:
    """Whether a step's address is that of the feed."""
    return dict(parse_qsl(urlsplit(url).query)).get("format") == "feed"


def read(answer: Answer) -> Discovery:
    """The links of the feed or of a page of the listing, and the page of the listing after it."""
    if not is_feed(answer.step.url):
        return listing.read(replace(answer, strategy=replace(answer.strategy, type="listing", paging="start")))
    try:
        found = feed.read(answer)
    except DiscoverError:
        return Discovery((), next=skipped(answer.step))
    links = tuple(replace(link, body=None) for link in found.links)
    if is_gap(links, answer.state):
        behind = with_parameter(answer.strategy.url, "start", len(links))
        return Discovery(links, next=following(behind, links, answer.step))
    return Discovery(links)
