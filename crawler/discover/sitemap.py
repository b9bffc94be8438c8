"""A site's sitemap or the index of its sitemaps: every address, often with the time at which it last changed.

The index is asked first, with its validators; where it has not changed, the newest of its sitemaps is asked all the
same, with its own, as an index without dates stays the same whatever becomes of them. From it come the sitemaps to ask,
kept in `Step.ahead`. Two walks:

    (none)     the newest sitemap of each kind, and older ones of the kind while they bring what is wanted
    "changed"  in polls, where all sitemaps are dated: each that changed since the cursor

`Step.mark` is the newest change read so far, and becomes the cursor at the walk's end. A sitemap that cannot be read
is passed over; an index below an index is followed, one below that is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawler.discover.addresses import is_article, is_standing, path_of, sections
from crawler.discover.answer import Answer
from crawler.discover.sitemap_file import MOST_ENTRIES, Entry, SitemapFile, parsed
from crawler.discover.sitemap_index import kind, queue_of
from crawler.discover.times import as_mark, latest, mark_of, shifted
from crawler.discover.traps import left_out
from crawler.discover.walk import (
    FIRST_LINKS,
    FIRST_PAGES,
    MOST_LINKS,
    following,
    fresh,
    has_news,
    is_older,
    is_recent,
    most_pages,
    skipped,
)
from crawler.errors import DiscoverError
from crawler.models import Discovery, Link, SourceState, Step, Strategy
from crawler.text.urls import url_key

CHANGED = "changed"
OVERLAP = timedelta(days=2)  # before the cursor, that is looked at again: what came late or with a wrong zone
LEAST_OF_A_KIND = 20  # entries without dates that a sitemap may add when others gave enough
LEAST_BELOW = 3  # addresses below one that make it a section
LEAST_EQUAL = 20  # entries, most of the file, with the same date: that of the file's making
MOST_WEIGHED = 5_000  # of a file's newest entries, whose addresses are looked at
MOST_AT_ONCE = 10_000  # the same in a backfill, which comes back for the rest
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry with the last instant at which it may have changed; `modified` is its date if that tells something."""

    entry: Entry
    at: datetime | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """An article's address with its entry."""

    url: str
    dated: Dated

    @property
    def at(self) -> datetime | None:
        """The last instant at which it may have changed."""
        return self.dated.at


def first_step(strategy: Strategy, state: SourceState) -> Step:  # noqa: ARG001 - every strategy is asked alike
    """The sitemap itself, or the index."""
    return Step(strategy.url)


def unchanged(strategy: Strategy, state: SourceState, step: Step) -> Discovery:
    """What follows a 304: behind an index the newest of its sitemaps, behind that one those of other kinds."""
    if step.number == 1:
        part = state.parts.get(str(strategy))
        return Discovery((), next=Step(part, number=2, seen=frozenset({url_key(step.url)})) if part else None)
    keeps_on = step.walk == CHANGED or state.first
    ahead = tuple(url for url in step.ahead if keeps_on or kind(url) != kind(step.url))
    return Discovery((), next=skipped(replace(step, ahead=ahead))) if ahead else Discovery((), cursor=step.mark)


def read(answer: Answer) -> Discovery:
    """The articles of a sitemap, or of an index the sitemaps that come next."""
    try:
        file = parsed(answer)
    except DiscoverError:
        if answer.step.number == 1:
            raise
        return passed_over(answer)
    return read_index(file, answer) if file.is_index else read_addresses(file, answer)


# -- the index -------------------------------------------------------------------------------------------------------


def read_index(file: SitemapFile, answer: Answer) -> Discovery:
    """Go on with the sitemaps that an index names, those of an index below it before the rest."""
    step = answer.step
    is_too_deep = url_key(step.url) in step.seen
    queued = None if is_too_deep else queue_of(file.entries, answer)
    if queued is None and step.number == 1:
        raise answer.wrong("the sitemap index names no sitemap of this site.")
    urls, are_changed = queued or ((), True)
    is_top = step.number == 1
    seen = step.seen | {url_key(step.url)} | (frozenset() if is_top else {url_key(url) for url in urls})
    walk = CHANGED if are_changed and (is_top or step.walk == CHANGED) else ""
    return onward(replace(answer, step=replace(step, seen=seen, walk=walk, ahead=(*urls, *step.ahead))), ())


def passed_over(answer: Answer) -> Discovery:
    """Go on behind a sitemap that is none."""
    return Discovery((), next=skipped(answer.step)) if answer.step.ahead else ended(answer, ())


# -- addresses -------------------------------------------------------------------------------------------------------


def read_addresses(file: SitemapFile, answer: Answer) -> Discovery:
    """The articles that are wanted of one sitemap, and the sitemap after it."""
    entries = newest_first(file.entries, answer.source.zone)
    begin, end = answer.step.offset, answer.step.offset + (MOST_AT_ONCE if answer.state.since else MOST_WEIGHED)
    named, traps = articles(entries[begin:end], answer)
    is_more = answer.state.since is not None and any(is_wanted(one, answer) for one in entries[end:])
    if not named and answer.step.number == 1 and not is_more:
        raise answer.empty("the sitemap names no article of this site.")
    chosen = wanted(named, answer)
    links = fresh([link_of(one, answer) for one in chosen], answer)
    step = replace(answer.step, mark=newest_mark(named, answer), offset=0)
    if is_more:
        # The next step asks the same file again, as 50,000 addresses are more than one transaction should take.
        step = replace(step, ahead=(step.url, *step.ahead), offset=end)
    elif is_done(named, chosen, links, answer):
        step = replace(step, ahead=tuple(url for url in step.ahead if kind(url) != kind(step.url)))
    found = onward(replace(answer, step=step), links)
    told = f"{answer.step.url} names more than {MOST_ENTRIES:,} addresses, and only so many were read"
    return replace(found, excluded=traps, told=told if file.is_cut else found.told)


def newest_first(entries: Sequence[Entry], zone: str) -> list[Dated]:
    """The entries by date; without dates the last is the newest."""
    value, count = Counter(entry.lastmod for entry in entries).most_common(1)[0]
    untold = value if count >= LEAST_EQUAL and 2 * count > len(entries) else None
    last_first = [dated_of(entry, None if entry.lastmod == untold else entry.lastmod, zone) for entry in entries[::-1]]
    return sorted(last_first, key=lambda one: one.at or LONG_AGO, reverse=True)


def dated_of(entry: Entry, modified: str | None, zone: str) -> Dated:
    """An entry with its instant."""
    return Dated(entry, latest(entry.published, zone) or latest(modified, zone), modified)


def articles(entries: Sequence[Dated], answer: Answer) -> tuple[list[Named], tuple[tuple[Link, str], ...]]:
    """The entries whose address may be that of an article on this site, in their order, and what a rule left out."""
    own = [Named(url, one) for one in entries if (url := answer.own(one.entry.loc))]
    homepage = answer.source.homepage
    traps = left_out((one.url for one in own), homepage, answer)
    kept = [one for one in own if one.url not in traps]
    above = sections((one.url for one in kept), LEAST_BELOW)
    named = [
        one
        for one in kept
        if is_article(one.url, homepage) and not is_standing(one.url) and path_of(one.url) not in above
    ]
    return named, tuple(traps.values())


def wanted(named: Sequence[Named], answer: Answer) -> Sequence[Named]:
    """Of entries, newest first, those that may be news: changed since the cursor, else the newest of the site.

    A backfill wants all down to its date.
    """
    if answer.state.since:
        return [one for one in named if is_wanted(one.dated, answer)]
    cursor = None if answer.state.first else mark_of(answer.state.cursor)
    dated = [one for one in named if one.at]
    if cursor and dated:
        since = shifted(cursor, -int(OVERLAP.total_seconds()))
        return [one for one in dated if one.at and as_mark(one.at) >= since]
    recent = sum(1 for one in dated if one.at and is_recent(one.at, answer))
    return named[: max(FIRST_LINKS - answer.step.found, recent, 0 if dated else LEAST_OF_A_KIND)]


def is_wanted(one: Dated, answer: Answer) -> bool:
    """Whether a backfill wants an entry: nothing tells that it is older than its date."""
    return not is_older(one.entry.published, one.modified, answer)


def link_of(one: Named, answer: Answer) -> Link:
    """The link of one entry."""
    entry = one.dated.entry
    return Link(
        url=one.url,
        source=answer.source.slug,
        origin=answer.origin,
        title=entry.title,
        published=entry.published,
        modified=one.dated.modified,
        image=answer.absolute(entry.image),
    )


# -- the walk --------------------------------------------------------------------------------------------------------


def newest_mark(named: Sequence[Named], answer: Answer) -> str | None:
    """The newest change read in this walk, none of it in the future."""
    limit = as_mark(answer.now) if answer.now else "9"
    marks = (min(mark, limit) for one in named if one.at and (mark := mark_of(as_mark(one.at))))
    return max([*marks, *filter(None, [answer.step.mark])], default=None)


def is_done(named: Sequence[Named], chosen: Sequence[Named], links: tuple[Link, ...], answer: Answer) -> bool:
    """Whether older sitemaps of the same kind hold nothing that is wanted."""
    if answer.step.walk == CHANGED:
        return False
    if answer.state.since:
        return not chosen and answer.step.found > 0
    if not answer.state.first:
        return not has_news(links, answer.state)
    is_all_recent = bool(named) and all(one.at and is_recent(one.at, answer) for one in named)
    return answer.step.found + len(links) >= FIRST_LINKS and not is_all_recent


def onward(answer: Answer, links: tuple[Link, ...]) -> Discovery:
    """The first sitemap ahead, or the end of the walk."""
    step = answer.step
    most = most_pages(answer.state)
    is_enough = not answer.state.since and step.found + len(links) >= MOST_LINKS
    if not step.ahead or step.number >= most or is_enough:
        return ended(answer, links)
    room = max(most, FIRST_PAGES)
    url, *rest = step.ahead[:room]
    after = replace(following(url, links, step), walk=step.walk, mark=step.mark, ahead=tuple(rest), offset=step.offset)
    told = f"it names more than {room:,} sitemaps, and only so many are read" if len(step.ahead) > room else None
    return Discovery(links, next=after, told=told if answer.state.since else None)


def ended(answer: Answer, links: tuple[Link, ...]) -> Discovery:
    """The end of a walk with its cursor; DiscoverError where a first crawl found nothing on all its way."""
    if answer.state.first and not answer.state.since and answer.step.found + len(links) == 0:
        raise answer.empty("the site's sitemaps name no article of it.")
    is_cut = answer.step.ahead and answer.step.number >= most_pages(answer.state)
    is_missed = is_cut and (answer.state.since or answer.step.walk == CHANGED)
    told = f"its walk was ended after {answer.step.number:,} sitemaps" if is_missed else None
    return Discovery(links, cursor=answer.step.mark, told=told)
