"""What the crawl benchmark measures: crawls of a loopback WordPress, each beside a bare Scrapy with the same answers.

Counts are the same on every machine. Milliseconds are not, so they stand beside those of a bare Scrapy that asked for
the same addresses in the same round; both are the CPU time of whole processes, and the median of some rounds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import Any

from crawling import record, write_home
from kit.newsroom import OPENING
from served import EDITED, NEW
from spent import crawled, downloaded

Way = Mapping[str, str]

NOW = OPENING + timedelta(hours=2)
TURN = timedelta(minutes=15)  # from one poll to the next
PER_REQUEST = 100  # posts that REST gives at most
SMALL = 25  # posts of each of many sites
REST = {"type": "wordpress", "url": "/wp-json/wp/v2"}
REST_POLL = 2  # requests: it gives no validators, and edits and scheduled posts are two questions
# With the requests of a quiet poll: feeds of a WordPress have validators, its pages have none.
PAGE_WAYS: Mapping[str, tuple[Way, int]] = {
    "partial feed": ({"type": "feed", "url": "/feed/"}, 1),
    "listing": ({"type": "listing", "url": "/", "paging": "path"}, 2),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number beside that of a bare Scrapy and its limit, where there are such; `at_least` turns the limit.

    `is_count` tells what is the same on every machine.
    """

    work: str
    what: str
    value: float
    limit: float | None = None
    bare: float | None = None
    at_least: bool = False
    is_count: bool = False

    @property
    def verdict(self) -> str:
        """`within` or `over`; empty without a limit."""
        if self.limit is None:
            return ""
        is_within = self.value >= self.limit if self.at_least else self.value <= self.limit
        return "within" if is_within else "over"


@dataclass(frozen=True, slots=True)
class Bench:
    """Where sites are made, each in the one process that serves them, and a folder for the homes that watch them."""

    sites: Any
    folder: Path

    def site(self, posts: int, **settings: object) -> Site:
        """A new site."""
        served = self.sites.Served(posts, **settings)
        return Site(served.url(), served)

    def home(self, *records: str) -> Path:
        """A new home that knows some sources."""
        home = Path(mkdtemp(dir=self.folder))
        write_home(home, records)
        return home


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is up: its root without a slash, and the proxy by which the other process is asked about it."""

    url: str
    served: Any

    def record(self, slug: str = "warta", way: Way | None = None) -> str:
        """The site as a source, by its home page alone or by a way whose `url` is a path."""
        return record(slug, self.url, *([{**way, "url": self.url + way["url"]}] if way else []))

    def taken(self) -> list[str]:
        """What was asked for since this was last called, robots.txt left out."""
        return [self.url + path for path in self.served.taken()]


@dataclass(frozen=True, slots=True)
class Compared:
    """A first crawl and a bare Scrapy on the same addresses, median CPU in ms; `home` is that of the last round."""

    home: Path
    asked: Sequence[str]
    ours: float
    bare: float
    memory: tuple[float, float]


def measure(bench: Bench, posts: int, pages: int, sources: int, rounds: int) -> Iterator[Figure]:
    """Everything, in the order in which it is printed."""
    yield from by_rest(bench, posts, rounds)
    for name, (way, poll) in PAGE_WAYS.items():
        yield from by_pages(bench, name, way, poll, pages, rounds)
    yield from polls(bench, sources, rounds)


# -- by REST ---------------------------------------------------------------------------------------------------------


def by_rest(bench: Bench, posts: int, rounds: int) -> Iterator[Figure]:
    """First crawls, from the home page alone and by a record that names REST; then nothing new; then news and edits."""
    site, answers = bench.site(posts), ceil(posts / PER_REQUEST)
    found = side_by_side(bench, site, None, rounds)
    work = f"first crawl by REST, found from the home page, {posts:,} posts"
    yield counted(work, "requests", len(found.asked), answers + 10)
    yield right(work, found.home, site)
    yield Figure(work, "CPU, ms an article", found.ours / posts, 3, found.bare / posts)
    yield Figure(work, "CPU, times bare Scrapy", found.ours / found.bare)
    yield Figure(work, "memory, MB", found.memory[0], 200, found.memory[1])

    crawled(bench.home(site.record(way=REST)), NOW.isoformat())
    yield counted("first crawl by REST, which the record names", "requests", len(site.taken()), answers + 3)
    yield quiet("REST", found.home, site, REST_POLL)
    yield from news(found.home, site)


def news(home: Path, site: Site) -> Iterator[Figure]:
    """A day on which posts were published and edited."""
    work = f"{NEW} new and {EDITED} edited posts"
    changed, now = site.served.happen()
    crawled(home, now)
    yield counted(work, "requests", len(site.taken()), 3)
    yield right(work, home, site, changed)


# -- by pages --------------------------------------------------------------------------------------------------------


def by_pages(bench: Bench, name: str, way: Way, poll: int, pages: int, rounds: int) -> Iterator[Figure]:
    """A first crawl that has to ask for each article's page, and a poll after it."""
    site = bench.site(pages, rest="closed 401", feed="partial")
    found = side_by_side(bench, site, way, rounds)
    work = f"first crawl by pages, from a {name}, {pages:,} posts"
    yield Figure(work, "requests", len(found.asked), is_count=True)
    yield right(work, found.home, site)
    yield Figure(work, "CPU, ms a page", found.ours / pages, bare=found.bare / pages)
    yield Figure(work, "CPU, times bare Scrapy", found.ours / found.bare, 2.2)
    yield quiet(name, found.home, site, poll)


# -- polls -----------------------------------------------------------------------------------------------------------


def quiet(name: str, home: Path, site: Site, limit: int) -> Figure:
    """A poll with nothing new, by its requests."""
    crawled(home, (NOW + TURN).isoformat())
    return counted(f"poll with nothing new, by {name}", "requests", len(site.taken()), limit)


def polls(bench: Bench, sources: int, rounds: int) -> Iterator[Figure]:
    """What polls with nothing new cost above a bare Scrapy that asks for one page: of one source, and of many."""
    for number in sorted({1, sources}):
        above, start = above_start(bench, number, rounds)
        work = f"poll with nothing new, of {number} source{'s' * (number > 1)} by REST"
        # The program itself has to be loaded once in a run, whatever the number of sources.
        yield Figure(work, "CPU above Scrapy's start, ms a source", above / number, 15 if number > 1 else None)
        yield Figure(work, "CPU, ms", start + above, bare=start)


def above_start(bench: Bench, number: int, rounds: int) -> tuple[float, float]:
    """Median CPU in ms: of a poll of so many sources above the start, and of the start."""
    sites = [bench.site(SMALL) for _ in range(number)]
    home = bench.home(*(site.record(f"warta-{n}", REST) for n, site in enumerate(sites)))
    crawled(home, NOW.isoformat())
    ours, bare = [], []
    for turn in range(1, rounds + 1):
        ours.append(crawled(home, (NOW + turn * TURN).isoformat()).cpu)
        bare.append(downloaded([f"{sites[0].url}/"]).cpu)
    return median(ours) - median(bare), median(bare)


# -- what they have in common ----------------------------------------------------------------------------------------


def side_by_side(bench: Bench, site: Site, way: Way | None, rounds: int) -> Compared:
    """First crawls into new homes, each followed by a bare Scrapy on what it asked for."""
    ours, bare = [], []
    for _ in range(rounds):
        site.taken()
        home = bench.home(site.record(way=way))
        ours.append(crawled(home, NOW.isoformat()))
        asked = site.taken()
        bare.append(downloaded(asked))
    site.taken()
    return Compared(
        home,
        asked,
        median(cost.cpu for cost in ours),
        median(cost.cpu for cost in bare),
        (max(cost.memory for cost in ours), max(cost.memory for cost in bare)),
    )


def counted(work: str, what: str, number: int, limit: int) -> Figure:
    """A number that may be smaller."""
    return Figure(work, what, number, limit, is_count=True)


def right(work: str, home: Path, site: Site, addresses: Sequence[str] | None = None) -> Figure:
    """How many articles are stored with title and text as they stand on the site, each once and no others with them."""
    truth = site.served.truth()
    with closing(sqlite3.connect(home / "newsfeed.db")) as db:
        stored = db.execute("select url, title, body_text from articles").fetchall()
    wanted = truth.keys() if addresses is None else addresses
    held = {url: (title, text) for url, title, text in stored}
    number = sum(held.get(url) == truth[url] for url in wanted) - (len(stored) - len(truth))
    return Figure(work, "articles stored right", number, len(wanted), at_least=True, is_count=True)
