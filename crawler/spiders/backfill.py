"""One slice of a backfill: a source's archive page by page, each page's articles before the page that follows.

Nothing is asked ahead: the next request is chosen when the last one's answer is stored. So a slice can end after any of
them, and what is stored is always the newest part of the archive, without a gap.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import dropwhile
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from crawler.health import Problem
from crawler.middlewares.pace import LeftAlone
from crawler.models import OLDER, Article, Backfill, Discovered, Discovery, Link, Source, SourceState, Step, Strategy
from crawler.spiders.article import ArticleSpider
from crawler.spiders.course import Course
from crawler.spiders.failures import outage, problem_of
from crawler.spiders.fetching import Result
from crawler.spiders.progress import PAGE_LIMIT, SourceCrawl

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

COMPLETE = frozenset({"wordpress", "sitemap"})  # ways whose end is that of the archive
IN_VAIN_IN_A_ROW = 100  # pages that were no articles: what names them is a trap, or has moved
NO_ARTICLE = frozenset({"empty", "gone"})
OLDER_IN_A_ROW = 50  # pages that only turned out to be too old, in a list without dates: the rest of it is too


class BackfillSpider(ArticleSpider):
    """Takes a backfill on while `has_time`; `is_over` and `problem` tell how that ended (neither: it goes on)."""

    name = "backfill"

    def __init__(
        self,
        source: Source,
        state: SourceState,
        walk: Backfill,
        course: Course,
        has_time: Callable[[], bool],
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__([(source, state)], now, **kwargs)
        self.walk, self.course, self.has_time = walk, course, has_time
        self.queue: deque[Link] = deque(state.open_links)
        self.following: tuple[Strategy, Step] | None = None
        self.named = 0  # links on the archive's page that was read last ...
        self.ages: list[bool] = []  # ... and of their articles, whether each is too old
        self.problem: Problem | None = None
        self.is_over = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's constructor; work is given out whenever nothing is under way."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_idle, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Find where the walk goes on; the first request of it comes when the spider is idle."""
        for crawl in self.crawls.values():
            crawl.untried = self.ways_from(crawl)
            for request in () if self.walk.is_walked else self.next_strategy(crawl):
                yield request

    def ways_from(self, crawl: SourceCrawl) -> Iterator[Strategy]:
        """The way that the walk was on, and those behind it; all of them where the record has it no more."""
        ways = list(crawl.untried)
        return iter(list(dropwhile(lambda way: str(way) != self.walk.strategy, ways)) or ways)

    # -- one thing after the other -----------------------------------------------------------------------------------

    def on_idle(self) -> None:
        """Give out the next request, if there is one."""
        request = self.next_request()
        if request is None:
            return
        assert self.crawler.engine is not None
        self.crawler.engine.crawl(request)
        raise DontCloseSpider

    def next_request(self) -> Request | None:
        """The next page of an article, else the next page of the archive; None at the end of the slice."""
        [crawl] = self.crawls.values()
        while self.queue and self.problem is None and self.has_time():
            link = self.queue.popleft()
            if crawl.wants(link):
                return self.page_request(crawl, link)
        if self.queue or self.problem or len(crawl.asked) >= PAGE_LIMIT:
            return None
        if self.following is None or self.is_behind(self.following[0]):
            self.end(crawl)
            return None
        return self.step_request(crawl, *self.following) if self.has_time() else None

    def is_behind(self, strategy: Strategy) -> bool:
        """Whether the articles tell what a page of links without dates did not: that all of it is too old.

        In sitemaps not before something newer was met, as some begin with the oldest.
        """
        is_told = self.named > 0 and min(self.named, OLDER_IN_A_ROW) <= len(self.ages)
        return is_told and all(self.ages) and (strategy.type != "sitemap" or self.course.top is not None)

    def end(self, crawl: SourceCrawl) -> None:
        """The archive is at its end, or no way into it works."""
        failed = [problem for _, problem in crawl.tried] + ([crawl.unfound] if crawl.unfound else [])
        if crawl.served is None and self.walk.strategy is None:
            self.problem = failed[0] if failed else Problem("empty", "no way to its articles is known")
        self.is_over = self.problem is None

    # -- discover ----------------------------------------------------------------------------------------------------

    def next_strategy(self, crawl: SourceCrawl) -> Iterator[Result]:
        """Turn to the next way; where there is none, and none has worked before, look for one."""
        strategy = next(crawl.untried, None)
        self.following = (strategy, crawl.first_step(strategy)) if strategy else None
        if strategy is None and self.walk.strategy is None and crawl.may_probe():
            yield from self.prober.begin(crawl)

    def on_found(
        self, response: Response, crawl: SourceCrawl, strategy: Strategy, step: Step, found: Discovery
    ) -> Iterator[Result]:
        """Hand over a page of the archive, and remember where the walk goes from there.

        Where a way ends before the date is reached (a feed without further pages), the next one may reach it.
        """
        self.named, self.ages = len(found.links), []
        announced = self.announced(response, crawl, strategy, step, found)
        self.queue.extend(announced.links)
        self.following = (strategy, found.next) if found.next else None
        if self.following is None and not found.is_reached and strategy.type not in COMPLETE:
            yield from self.next_strategy(crawl)
        yield self.placed(announced)

    def placed(self, value: Discovered) -> Discovered:
        """A value with the place where the walk goes on, if it does."""
        way, step = self.following or (value.strategy, None)
        return replace(value, strategy=str(way), next=step, is_backfill=True)

    def on_problem(self, crawl: SourceCrawl, strategy: Strategy, step: Step, problem: Problem) -> Iterator[Result]:
        """Try the next way where this one does not even begin; a walk that broke off goes on there another time."""
        if step.number == 1:
            crawl.tried.append((strategy, problem))
            yield from self.next_strategy(crawl)
        else:
            self.problem = Problem(problem.state, f"{step.url}: {problem.reason}")

    def on_step_failure(self, failure: Failure) -> Iterator[Result]:
        """No answer; a server that asks to be left alone is."""
        crawl, strategy, step = failure.request.cb_kwargs.values()  # type: ignore[attr-defined]
        error = outage(failure)
        if isinstance(error, LeftAlone):
            self.problem = problem_of(error)
        else:
            yield from self.on_problem(crawl, strategy, step, problem_of(error))

    # -- fetch -------------------------------------------------------------------------------------------------------

    def on_page(self, response: Response, crawl: SourceCrawl, link: Link) -> Iterator[Result]:
        """As in a crawl; in a list without dates, what lies behind a row of old articles is left out unasked."""
        yield from super().on_page(response, crawl, link)
        self.count(crawl)
        if self.course.in_vain >= IN_VAIN_IN_A_ROW:
            yield from self.turn_away(response, crawl)
        elif len(self.ages) >= OLDER_IN_A_ROW and all(self.ages[-OLDER_IN_A_ROW:]):
            yield self.without_queue(response, crawl, self.reason)

    def count(self, crawl: SourceCrawl) -> None:
        """Count the pages in a row that were no articles; an outage tells nothing of them."""
        problem = crawl.pages[-1] if crawl.pages else None
        if problem is None:
            self.course.in_vain = 0
        elif problem.state in NO_ARTICLE:
            self.course.in_vain += 1

    def turn_away(self, response: Response, crawl: SourceCrawl) -> Iterator[Result]:
        """Give up a way that names nothing but pages that are no articles, and turn to the next."""
        way = crawl.served or self.walk.strategy
        crawl.notes.append(f"{way}: given up, as {IN_VAIN_IN_A_ROW} of its pages in a row were no articles")
        yield from self.next_strategy(crawl)
        yield self.without_queue(response, crawl, f"stands behind {IN_VAIN_IN_A_ROW} pages that were no articles")

    def without_queue(self, response: Response, crawl: SourceCrawl, reason: str) -> Discovered:
        """Leave out all that still waits, with the reason."""
        rest = tuple((behind, reason) for behind in self.queue)
        self.queue.clear()
        strategy = str(crawl.served or self.walk.strategy)
        return self.placed(Discovered(crawl.source.slug, strategy, response.url, excluded=rest))

    def on_page_failure(self, failure: Failure) -> Iterator[Result]:
        """As in a crawl; a server that asks to be left alone is."""
        error = outage(failure)
        if isinstance(error, LeftAlone):
            self.problem = problem_of(error)
        yield from super().on_page_failure(failure)

    @property
    def told(self) -> list[str]:
        """What rules and bounds have left out, in words."""
        return [told for crawl in self.crawls.values() for told in crawl.told]

    # -- both --------------------------------------------------------------------------------------------------------

    @property
    def reason(self) -> str:
        """Why an article that is too old is left out."""
        return f"{OLDER}{self.walk.since:%Y-%m-%d}"

    def unwanted(self, crawl: SourceCrawl, article: Article) -> str | None:
        """As in a crawl, and nothing older than the date; what has no date is kept."""
        reason = super().unwanted(crawl, article)
        if article.published is None:
            return reason
        is_older = article.published < self.walk.since
        self.ages.append(is_older)
        if is_older:
            return self.reason
        self.course.meet(article.published)
        if reason is None:
            self.course.keep(article.published)
        return reason
