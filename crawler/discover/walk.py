"""How far a walk through a strategy's pages goes, and the addresses of a listing's pages.

Bounds are ours: a calendar or a counter in the address goes on for ever, and a trap brings new links on each page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.dates import parse_datetime
from crawler.discover.answer import Answer
from crawler.discover.times import latest
from crawler.models import Discovery, Link, SourceState, Step, Strategy
from crawler.text.urls import url_key

FIRST_LINKS = 200  # the first crawl walks until it has so many ...
FIRST_SPAN = timedelta(days=30)  # ... and all of so many days, whichever is more ...
MOST_LINKS = 500  # ... and never keeps more
FIRST_PAGES = 50
POLL_PAGES = 20
BACKFILL_PAGES = 2_000
MOST_SEEN = 2_000  # addresses that a long walk remembers: enough to see that a page comes again

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


def fresh(links: list[Link], answer: Answer) -> tuple[Link, ...]:
    """The links that this walk has not yielded yet, each address once, within the bound of a walk."""
    step = answer.step
    new: dict[str, Link] = {}
    for link in links:
        key = url_key(link.url)
        if key not in step.seen:
            new.setdefault(key, link)
    return tuple(new.values())[: None if answer.state.since else max(0, MOST_LINKS - step.found)]


def goes_on(links: tuple[Link, ...], answer: Answer) -> bool:
    """Whether to ask for the page after one that yielded the fresh `links`.

    The first crawl walks until it has enough, known links or not (it may have been killed once before); a poll while
    a page brings at least one link that is not known; a backfill to the end, or to its date (`within`).
    """
    return wants_another(links, answer) and answer.step.number < most_pages(answer.state)


def wants_another(links: tuple[Link, ...], answer: Answer) -> bool:
    """Whether there may be more that is wanted on a further page, however many were asked for."""
    if answer.state.since:
        return bool(links)
    if answer.state.first:
        is_bounded = answer.step.found + len(links) < MOST_LINKS
        return bool(links) and is_bounded and not has_enough(links, answer)
    return has_news(links, answer.state)


def told_at_end(found: Sequence[Link], links: tuple[Link, ...], answer: Answer) -> str | None:
    """What bounds left undone in a walk that ends with a page of `found` links, of which `links` are fresh."""
    step = answer.step
    if found and not links and step.number > 1:
        return f"its pages repeat themselves after page {step.number - 1}"
    if step.number >= most_pages(answer.state) and wants_another(links, answer):
        return f"its paging was ended after {step.number:,} pages"
    return told_of_first(len({url_key(link.url) for link in found} - step.seen), links, answer)


def told_of_first(named: int, links: tuple[Link, ...], answer: Answer) -> str | None:
    """What to say where a first crawl takes fewer links than an answer names."""
    if answer.state.since or not answer.state.first or named <= len(links):
        return None
    return f"a first crawl takes {MOST_LINKS} articles at most: `newsfeed backfill` fetches the older ones"


def most_pages(state: SourceState) -> int:
    """How many answers a walk may take."""
    if state.since:
        return BACKFILL_PAGES
    return FIRST_PAGES if state.first else POLL_PAGES


def within(found: Discovery, answer: Answer) -> Discovery:
    """What a backfill takes of an answer: nothing older than its date, and nothing behind a page of older links.

    What has no date is taken: its page will tell. A backfill leaves no cursor.
    """
    if answer.state.since is None:
        return found
    links = tuple(link for link in found.links if not is_older(link.published, link.modified, answer))
    is_reached = bool(found.links) and not links
    following = None if is_reached else found.next
    return replace(found, links=links, next=following, cursor=None, is_reached=is_reached)


def is_older(published: str | None, modified: str | None, answer: Answer) -> bool:
    """Whether an article's dates tell that it is older than a backfill wants; without one, it may be newer."""
    texts = (text for text in (published, modified) if text)
    moment = next((moment for text in texts if (moment := parse_datetime(text, answer.source.zone))), None)
    return answer.state.since is not None and moment is not None and moment.at < answer.state.since


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
    """The step after `step` in a walk that remembers what it yielded: all of it, in a backfill the end of it."""
    before = step.seen if len(step.seen) < MOST_SEEN else frozenset()
    seen = before | {url_key(link.url) for link in links[-MOST_SEEN:]}
    return Step(url, number=step.number + 1, found=step.found + len(links), seen=seen)


def next_page_url(strategy: Strategy, step: Step, urls: Sequence[str], offered: str | None = None) -> str | None:
    """The address of a listing's page after `step`; `urls` are all links of the page that `step` asked for.

    `offered` is what the page's own pager calls the next one: Drupal counts its pages from zero. None where the record
    names no paging, and behind the last page of a listing by offset or by its pager.
    """
    if strategy.paging is None or strategy.paging == "pager":
        return offered if strategy.paging else None
    if strategy.paging == "start":
        offset = next_offset(strategy, step, urls)
        return None if offset is None else with_parameter(strategy.url, "start", offset)
    if strategy.paging != "path":
        return with_parameter(strategy.url, strategy.paging, page_after(strategy.paging, step, offered))
    parts = urlsplit(strategy.url)
    path = _PAGE_IN_PATH.sub("", parts.path).rstrip("/")
    return urlunsplit(parts._replace(path=f"{path}/page/{step.number + 1}/"))


def page_after(name: str, step: Step, offered: str | None) -> int:
    """The value of a paging parameter behind a page: what its pager offers, else one more than that of the page."""
    for url, more in ((offered or "", 0), (step.url, 1)):
        values = [value for key, value in parse_qsl(urlsplit(url).query) if key == name]
        if values and re.fullmatch(r"[0-9]{1,7}", values[-1]):
            return int(values[-1]) + more
    return step.number + 1


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
