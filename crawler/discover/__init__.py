"""Where a source's articles are told of: the bytes of a REST answer, a feed, a sitemap or a listing -> Links.

    first_step(strategy, state)               -> Step       which address to ask first
    read(strategy, source, state, step, page) -> Discovery  what its answer holds, and which address to ask next
    unchanged(strategy, state, step)          -> Discovery  what to ask next where it answers that nothing has changed
    past_end(step, status)                    -> Discovery  the end or the next step, where a refusal says no more
    presence_url(strategy, natives), present(body, natives)   which of a WordPress's posts are still there

Pure: no clock, no network. `DISCOVERERS` is the whole list of ways.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler.discover import feed, joomla, listing, sitemap, wordpress
from crawler.discover.answer import Answer
from crawler.discover.presence import presence_url, present
from crawler.discover.walk import past_end, within
from crawler.models import Discovery, Page, Source, SourceState, Step, Strategy, StrategyType

__all__ = ["DISCOVERERS", "Discoverer", "first_step", "past_end", "presence_url", "present", "read", "unchanged"]


@dataclass(frozen=True, slots=True)
class Discoverer:
    """One way of discovering: where it begins, and how one of its answers is read."""

    first_step: Callable[[Strategy, SourceState], Step]
    read: Callable[[Answer], Discovery]


DISCOVERERS: Mapping[StrategyType, Discoverer] = {
    "wordpress": Discoverer(wordpress.first_step, wordpress.read),
    "feed": Discoverer(feed.first_step, feed.read),
    "listing": Discoverer(listing.first_step, listing.read),
    "sitemap": Discoverer(sitemap.first_step, sitemap.read),
    "joomla": Discoverer(joomla.first_step, joomla.read),
}


def first_step(strategy: Strategy, state: SourceState) -> Step:
    """The first address to ask; the same one for as long as nothing new was found, so that validators work."""
    return DISCOVERERS[strategy.type].first_step(strategy, state)


def unchanged(strategy: Strategy, state: SourceState, step: Step) -> Discovery:
    """What follows an answer that is as it was (304): nothing, but for sitemaps."""
    return sitemap.unchanged(strategy, state, step) if strategy.type == "sitemap" else Discovery(())


def read(
    strategy: Strategy, source: Source, state: SourceState, step: Step, page: Page, now: datetime | None = None
) -> Discovery:
    """The links that an answer holds, the step after it, and the cursor once it is safe to keep.

    `page` is a whole answer: status 200, or a refusal with JSON from a WordPress REST API, whose "no such page" ends a
    walk and whose other errors are told in its own words. With `now` (aware), a modification date in the future never
    becomes the cursor. Raises DiscoverError where the answer is not what the strategy expects or holds no link.
    """
    answer = Answer(strategy, source, state, step, page, now)
    return within(DISCOVERERS[strategy.type].read(answer), answer)
