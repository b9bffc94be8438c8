"""How far a walk through a strategy's pages goes, and the addresses of a listing's pages.

Bounds are ours: a calendar or a counter in the address goes on for ever, and a trap brings new links on each page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.discover.answer import Answer
from crawler.discover.times import latest
from crawler.models import Discovery, Link, SourceState, Step, Strategy
from crawler.text.urls import url_key

FIRST_LINKS = 200  # the first crawl walks until it has so many ...
FIRST_SPAN = timedelta(days=30)  # ... and all of so many days, whichever is more ...
MOST_LINKS = 500  # ... and never keeps more
FIRST_PAGES = 50
POLL_PAGES = 20

NOT_THERE = frozenset({400, 404, 410})
QUIET_WALKS = frozenset({"", "changed"})  # feeds, listings, sitemaps

_PAGE_IN_PATH = re.compile(r"/page/\d+/?$")


def past_end(step: Step, status: int) -> Discovery | None:
    """What a walk does where an address is refused as not there: its quiet end, or the next of those ahead.

    None where that is an error: at the beginning, and for a WordPress REST API, which says the same in JSON, which
    `read` understands.
    """
    if status not in NOT_THERE:
        return None
    if step.ahead:
        return Discovery((), next=skipped(step))
    is_behind = step.number > 1 and step.walk in QUIET_WALKS
    return Discovery((), cursor=step.mark) if is_behind else None


def skipped(step: Step) -> Step:
    """The first address ahead in place of the one that was asked in vain."""
    return replace(step, url=step.ahead[0], ahead=tuple(step.ahead[1:]))


def fresh(links: list[Link], step: Step) -> tuple[Link, ...]:
    """The links that this walk has not yielded yet, each address once, within the bound of a walk."""
    new: dict[str, Link] = {}
    for link in links:
        key = url_key(link.url)
        if key not in step.seen:
            new.setdefault(key, link)
    return tuple(new.values())[: max(0, MOST_LINKS - step.found)]


def goes_on(links: tuple[Link, ...], answer: Answer) -> bool:
    """Whether to ask for the page after one that yielded the fresh `links`.

    The first crawl walks until it has enough, known links or not (it may have been killed once before); a poll while
    a page brings at least one link that is not known.
    """
    step = answer.step
    if answer.state.first:
        is_bounded = step.number < FIRST_PAGES and step.found + len(links) < MOST_LINKS
        return bool(links) and is_bounded and not has_enough(links, answer)
    return step.number < POLL_PAGES and has_news(links, answer.state)


def has_enough(links: Sequence[Link], answer: Answer) -> bool:
    """Whether a first crawl has as many articles as it wants, and these last links reach behind the last 30 days.

    Links without a date count as older.
    """
    if answer.step.found + len(links) < FIRST_LINKS:
        return False
    dates = [at for link in links if (at := latest(link.published or link.modified, answer.source.zone))]
    return not dates or not is_recent(min(dates), answer)


def is_recent(moment: datetime, answer: Answer) -> bool:
    """Whether an instant is within the days that a first crawl takes in whole; without a clock, none is."""
    return answer.now is not None and moment >= answer.now - FIRST_SPAN


def has_news(links: Sequence[Link], state: SourceState) -> bool:
    """Whether a link is not known yet."""
    return any(url_key(link.url) not in state.known for link in links)


def is_gap(links: Sequence[Link], state: SourceState) -> bool:
    """Whether a poll found no link that is known, so that there may be news behind them."""
    return bool(state.known) and not any(url_key(link.url) in state.known for link in links)


def following(url: str, links: tuple[Link, ...], step: Step) -> Step:
    """The step after `step` in a walk that remembers what it yielded (at most `MOST_LINKS` a page)."""
    seen = step.seen | {url_key(link.url) for link in links}
    return Step(url, number=step.number + 1, found=step.found + len(links), seen=seen)


def next_page_url(strategy: Strategy, step: Step, urls: Sequence[str]) -> str | None:
    """The address of a listing's page after `step`; `urls` are all links of the page that `step` asked for.

    None where the record names no paging, and behind the last page of a listing by offset.
    """
    if strategy.paging is None:
        return None
    if strategy.paging == "start":
        offset = next_offset(strategy, step, urls)
        return None if offset is None else with_parameter(strategy.url, "start", offset)
    if strategy.paging != "path":
        return with_parameter(strategy.url, strategy.paging, step.number + 1)
    parts = urlsplit(strategy.url)
    path = _PAGE_IN_PATH.sub("", parts.path).rstrip("/")
    return urlunsplit(parts._replace(path=f"{path}/page/{step.number + 1}/"))


def next_offset(strategy: Strategy, step: Step, urls: Sequence[str]) -> int | None:
    """The offset that the page's own pager offers next, as a site may list fewer than the record's `step`.

    Arithmetic where the page has no pager.
    """
    current, path = start_of(step.url), urlsplit(strategy.url).path.rstrip("/")
    offered = {start_of(url) for url in urls if urlsplit(url).path.rstrip("/") == path} - {0}
    if not offered:
        return current + strategy.step
    return min((offset for offset in offered if offset > current), default=None)


def with_parameter(url: str, name: str, value: int | str) -> str:
    """The address with a query parameter set; the others keep their order."""
    parts = urlsplit(url)
    others = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
    return urlunsplit(parts._replace(query=urlencode([*others, (name, value)]), fragment=""))


def start_of(url: str) -> int:
    """The value of Joomla's `start` (older: `limitstart`) in an address, else 0."""
    try:
        values = [value for name, value in parse_qsl(urlsplit(url).query) if name in {"start", "limitstart"}]
    except ValueError:
        return 0
    return int(values[-1]) if values and re.fullmatch(r"[0-9]{1,7}", values[-1]) else 0
