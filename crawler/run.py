"""The only place that starts Scrapy: lock, state in, one spider over all sources, values out, and how it ended."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.metadata import version
from time import monotonic
from typing import Any, TypeVar

from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor
from twisted.python.log import PythonLoggingObserver

from crawler import turns
from crawler.annotator import annotator
from crawler.errors import ConfigError, CrawlError
from crawler.grouping import group
from crawler.health import is_trouble, next_move
from crawler.home import Config, Home
from crawler.intake import Annotate, Reread, Verdict
from crawler.lock import whole_run
from crawler.memory import keep_little
from crawler.middlewares.address import GuardedResolver
from crawler.middlewares.manners import Manners
from crawler.models import Ended, Page, Probed, Source, State
from crawler.rechecks import take_looks
from crawler.replay.rereading import rereader
from crawler.spiders.article import ArticleSpider
from crawler.spiders.progress import hosts_of
from crawler.spiders.single import PageSpider, ProbeSpider
from crawler.storage import health as health_stored
from crawler.storage import sources as stored
from crawler.storage.database import open_writer, transaction
from crawler.storage.health import Pause
from crawler.storage.hosts import RobotsTable
from crawler.storage.page_pruning import Pruned, prune
from crawler.storage.pages import Pages, open_pages
from crawler.text.urls import host

S = TypeVar("S", bound=ArticleSpider)
T = TypeVar("T")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Incident:
    """A source's trouble that began (`opened`) or was over (`closed`) in this run."""

    source: str
    what: str
    reason: str | None = None
    state: State = "failing"


@dataclass(slots=True)
class Report:
    """What a crawl came to; `errors` are of our own making, a source's failure is in `ended`.

    `postponed` has the sources that were not asked, with the reason; they are as due as before.
    """

    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    ended: list[Ended] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    paused: list[Pause] = field(default_factory=list)
    pruned: Pruned = field(default_factory=Pruned)
    postponed: dict[str, str] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0, 1 where an operator must know something, 3 where nothing could be crawled and that is news."""
        opened = any(incident.what == "opened" for incident in self.incidents)
        if self.ended and opened and not any(ended.ok for ended in self.ended):
            return 3
        return 1 if self.errors or self.incidents else 0


@dataclass(slots=True)
class Session:
    """One crawl: the open database, the one `now` that everything in it is stamped with, and the report so far.

    `unstored` names the sources of which an answer could not be stored. `reread` tells what a stored version reads as
    today, so that our own better reading is no edit; `annotate` what an article tells of.
    """

    db: sqlite3.Connection
    pages: Pages
    now: datetime
    report: Report
    on_count: Callable[[Report], None] | None = None
    unstored: set[str] = field(default_factory=set)
    reread: Reread | None = None
    annotate: Annotate | None = None
    started: float = field(default_factory=monotonic)

    @property
    def taken(self) -> timedelta:
        """How long the crawl has been under way."""
        return timedelta(seconds=monotonic() - self.started)

    def count(self, source: str, verdicts: Iterable[Verdict]) -> None:
        """Note what became of a value's articles."""
        self.report.counts[source].update(verdicts)
        if self.on_count:
            self.on_count(self.report)


async def crawl(
    home: Home,
    config: Config,
    sources: Sequence[Source],
    now: datetime,
    *,
    only_due: bool = False,
    proxy: str | None = None,
    settings: Settings | None = None,
    on_count: Callable[[Report], None] | None = None,
) -> Report:
    """Crawl the sources, or those of them that are due, and store what they have.

    `now` stamps everything in the run. Raises ConfigError where a contact is missing, LockHeld, StorageError,
    CrawlError. Must run inside `start`.
    """
    require_contact(home, config, sources)
    async with whole_run(home.run_lock, home.waiting_lock):
        with closing(open_writer(home.database)) as db, open_pages(home.pages_db) as pages:
            session = Session(db, pages, now, Report(), on_count, annotate=annotator(db, home.gazetteer_dir))
            session.reread = rereader(db, pages, {source.slug: source for source in sources})
            with transaction(db):
                stored.save(db, sources, now)
            given = [config.scheduled(source) for source in sources]
            given, session.report.paused = health_stored.keep_running(db, given, now)
            work, session.report.postponed = turns.work(db, given, now, only_due=only_due)
            if work:
                await _crawl(session, work, settings_of(config, [one.source for one in work], proxy, settings))
                session.report.pruned = pruned(pages, config, now)
            return session.report


def pruned(pages: Pages, config: Config, now: datetime) -> Pruned:
    """Drop the raw pages that the configuration has no room for, and say so in the log."""
    done = prune(pages, config.pages_keep, config.pages_most, now)
    if done.captures:
        logging.getLogger(__name__).warning(
            "%s: %d captures dropped, %d bytes freed", pages.path, done.captures, done.size
        )
    return done


async def fetch_page(home: Home, config: Config, url: str, source: Source, now: datetime) -> tuple[Page, str | None]:
    """The page at an address with the further pages of its article, and what kept one of those away.

    It is asked for as in a crawl, but only once; nothing is stored, so it takes no lock. Raises ConfigError where a
    contact is missing, CrawlError with the reason where there is no article. Must run inside `start`.
    """
    _require_contact(home, config, host(url), frozenset({host(url)}))
    report = Report()
    settings = settings_of(config, [source], None, None)
    spider = await run_spider(PageSpider, settings, report, url=url, source=source, now=now)
    if report.errors:
        raise CrawlError(f"{url} could not be read: {report.errors[0]}; newsfeed.log has the details.")
    problem = spider.fetched.error if spider.fetched else "it was not asked for"
    if spider.page is None:
        raise CrawlError(f"{url}: {(problem or '').rstrip('.')}.")
    return spider.page, problem


async def probe_site(home: Home, config: Config, source: Source, now: datetime) -> Probed:
    """The ways to a site's articles, all of them tried, within `crawler.discover.probe.THOROUGH` requests.

    Nothing is stored, so it takes no lock. Raises ConfigError where a contact is missing, CrawlError where the site
    gives no answer at all. Must run inside `start`.
    """
    found, _ = await probe_answers(home, config, source, now)
    return found


async def probe_answers(home: Home, config: Config, source: Source, now: datetime) -> tuple[Probed, dict[str, Page]]:
    """As `probe_site`, with every whole answer by the address that was asked for it."""
    require_contact(home, config, [source])
    report = Report()
    spider = await run_spider(ProbeSpider, settings_of(config, [source], None, None), report, source=source, now=now)
    if report.errors:
        raise CrawlError(f"{source.homepage} could not be probed: {report.errors[0]}; newsfeed.log has the details.")
    if spider.found is None:
        raise CrawlError(f"{source.homepage}: the server asks to be left alone; try again later.")
    return spider.found, spider.answers


def require_contact(home: Home, config: Config, sources: Iterable[Source]) -> None:
    """Raise ConfigError where a request would leave this machine without saying whom to write to."""
    for source in sources:
        _require_contact(home, config, source.slug, hosts_of(source))


def _require_contact(home: Home, config: Config, name: str, hosts: frozenset[str]) -> None:
    if hosts <= LOOPBACK or config.contact:
        return
    raise ConfigError(
        home.config_path,
        f'contact is empty, and {name} is on another machine: set contact = "you@example.org" '
        "(`newsfeed init` writes the file), so that a site can reach you.",
    )


def start(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that crawls, on Twisted's asyncio reactor; once in a process, as a reactor cannot start again."""
    keep_little()
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    # Else Twisted writes tracebacks to standard error.
    PythonLoggingObserver("twisted").start()  # type: ignore[no-untyped-call]
    from twisted.internet import reactor as installed

    reactor: Any = installed  # what it is depends on what was installed

    def stop(_: object) -> None:
        if reactor.running:
            reactor.stop()

    task = asyncio.get_event_loop().create_task(main)
    task.add_done_callback(stop)
    reactor.run()
    if not task.done():
        task.cancel()
        raise KeyboardInterrupt
    return task.result()


async def _crawl(session: Session, work: Sequence[turns.Work], settings: Settings) -> None:
    db, now = session.db, session.now
    with transaction(db):
        run = stored.start_run(db, now)
    manners = Manners(RobotsTable(db, now))
    states = [stored.state(db, one.source.slug, now, polls=one.standing is None) for one in work]
    spider = await run_spider(
        ArticleSpider, settings, session.report, now=now, session=session, manners=manners,
        work=[(one.source, state) for one, state in zip(work, states, strict=True)],
    )  # fmt: skip
    _finish(session, run, spider, manners, work)


async def run_spider(kind: type[S], settings: Settings, report: Report, **given: Any) -> S:
    """Run a spider to its end and return it; exceptions of ours on the way are noted in the report."""
    from twisted.internet import reactor

    GuardedResolver.install(reactor, settings.getlist("NEWSFEED_PRIVATE_HOSTS"))
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(kind)
    crawler.signals.connect(_on_error(report), signal=signals.spider_error, weak=False)
    crawler.signals.connect(_on_error(report), signal=signals.item_error, weak=False)
    try:
        await runner.crawl(crawler, **given)
    except Exception as error:
        logging.getLogger(__name__).exception("the crawl broke off")
        raise CrawlError(
            f"The crawl broke off: {type(error).__name__}: {error}; newsfeed.log has the details."
        ) from error
    assert isinstance(crawler.spider, kind)
    return crawler.spider


def _on_error(report: Report) -> Callable[..., None]:
    def note(failure: Any = None, **_: object) -> None:
        report.errors.append(f"{failure.type.__name__}: {failure.getErrorMessage()}")

    return note


def _finish(session: Session, run: int, spider: ArticleSpider, manners: Manners, work: Iterable[turns.Work]) -> None:
    """Note how each source fared, its server, and the run itself, in one transaction; then group what was stored."""
    report, db, now = session.report, session.db, session.now
    with transaction(db):
        for one in work:
            slug = one.source.slug
            crawl = spider.crawls[slug]
            if crawl.unasked:
                report.postponed[slug] = crawl.unasked
                continue
            ended = crawl.ended(report.counts[slug]["new"], health_stored.history(db, slug, now), now)
            if ended.source in session.unstored:
                ended = replace(ended, ok=False, state="failing", reason="what it announced could not be stored")
            if ended.ok and not crawl.was_in_vain:
                session.count(slug, take_looks(db, crawl.looks, now))
            heard = turns.Heard(crawl.least, crawl.was_unchanged, crawl.was_in_vain)
            health_stored.end(db, ended, turns.next_due(db, one, ended, heard, now), now)
            report.ended.append(ended)
            move = next_move(health_stored.last_spell(db, slug), trouble=is_trouble(ended.state), now=now)
            if what := health_stored.note_incident(db, ended, move, now):
                report.incidents.append(Incident(slug, what, ended.reason, ended.state))
        turns.part(db, manners.partings(), now + session.taken)
        stored.finish_run(db, run, report.exit_code, report.counts, now + session.taken)
    group(db, now)


def settings_of(config: Config, sources: Sequence[Source], proxy: str | None, given: Settings | None) -> Settings:
    """Scrapy's settings for a crawl of these sources: `given`, else the project's, with pace, contact and proxy."""
    settings = given.copy() if given else Settings()
    if not given:
        settings.setmodule("crawler.settings", priority="project")
    delays: defaultdict[str, float] = defaultdict(float)
    for source in sources:
        delays[source.pace_group] = max(delays[source.pace_group], source.delay)
    contact = f" (+{config.contact})" if config.contact else ""
    # The proxy may well be inside; which hosts it reaches is its own affair. Those of the environment are not used.
    exempt = {host(proxy)} if proxy else set()
    exempt = exempt.union(*(hosts_of(source) for source in sources if source.allow_private))
    settings.setdict(
        {
            "USER_AGENT": f"newsfeed-id/{version('newsfeed-id')}{contact}",
            "DOWNLOAD_SLOTS": {group: {"concurrency": 1, "delay": delay} for group, delay in delays.items()},
            # Scrapy's 16 would be used up by as many slow servers, and those that wait at the gate count too.
            "CONCURRENT_REQUESTS": 16 + 2 * len(delays),
            "NEWSFEED_PRIVATE_HOSTS": sorted(exempt),
            "NEWSFEED_PROXY": proxy,
        },
        priority="cmdline",
    )
    return settings
