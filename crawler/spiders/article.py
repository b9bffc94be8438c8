"""The one spider: for each source its open links, then its strategies in order, then the pages of what they found.

It is given sources and their states and gives back values; it never opens the database.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from crawler import discover
from crawler.deadline import TooSlow, deadline
from crawler.discover.asked import least_interval
from crawler.errors import DiscoverError, ExtractError
from crawler.health import Problem, of_status
from crawler.middlewares.pace import GivenUp, LeftAlone
from crawler.models import (
    Article,
    Discovered,
    Discovery,
    Link,
    Page,
    Probed,
    Source,
    SourceState,
    Step,
    Strategy,
    Validators,
)
from crawler.spiders.checking import CheckingSpider
from crawler.spiders.failures import blocked, outage, problem_of, was_never_sent
from crawler.spiders.fetching import Result, conditional, validators_of
from crawler.spiders.probing import Prober, page_of
from crawler.spiders.progress import SourceCrawl
from crawler.text.urls import url_key

if TYPE_CHECKING:
    from twisted.python.failure import Failure

DISCOVER_PRIORITY = 10  # listings before the pages of other listings, so that all that is new is known early


class ArticleSpider(CheckingSpider):
    """Crawls any number of sources in one process; `crawls` tells afterwards how each fared."""

    name = "articles"

    def __init__(self, work: Iterable[tuple[Source, SourceState]], now: datetime, **kwargs: Any) -> None:
        super().__init__(now, **kwargs)
        self.crawls = {source.slug: SourceCrawl(source, state) for source, state in work}
        self.prober = Prober(self.why_no_article, now, self.on_probed)

    async def start(self) -> AsyncIterator[Any]:
        """Each source's waiting links, newest first, and the first step of its first strategy, or looks without it."""
        for crawl in self.crawls.values():
            for result in self.next_strategy(crawl) if crawl.state.polls else ():
                yield result
            for link in crawl.state.open_links:
                if crawl.wants(link):
                    yield self.page_request(crawl, link)
            for result in () if crawl.state.polls else self.check_requests(crawl, crawl.take_checks()):
                yield result

    def next_strategy(self, crawl: SourceCrawl) -> Iterator[Result]:
        """Ask the source's next strategy that is still untried, if there is one."""
        strategy = next(crawl.untried, None)
        if strategy:
            yield self.step_request(crawl, strategy, crawl.first_step(strategy))
        elif crawl.may_probe():
            yield from self.prober.begin(crawl)

    def on_probed(self, crawl: SourceCrawl, probed: Probed) -> Iterator[Result]:
        """Hand over what a probe found, and begin with the best way."""
        yield probed
        crawl.go_by(probed)
        yield from self.next_strategy(crawl)

    def why_no_article(self, page: Page, link: Link) -> str | None:
        """Why a page that a way named is no article, for the probe; None where it is one."""
        source = self.crawls[link.source].source
        try:
            self.extract(replace(page, link=link), source)
        except ExtractError as error:
            return error.problem
        return None

    def step_request(self, crawl: SourceCrawl, strategy: Strategy, step: Step) -> Request:
        """A request for one answer of a strategy, conditional where validators of the address are kept."""
        validators = crawl.state.validators.get(step.url, Validators())
        return Request(
            step.url,
            callback=self.on_step,
            errback=self.on_step_failure,
            headers=conditional(validators),
            cb_kwargs={"crawl": crawl, "strategy": strategy, "step": step},
            meta=crawl.meta(),
            priority=DISCOVER_PRIORITY,
        )

    def on_step(self, response: Response, crawl: SourceCrawl, strategy: Strategy, step: Step) -> Iterator[Result]:
        """Read an answer of a strategy; one that cannot be read hands over to the next strategy."""
        if response.status == 304 and step.url in crawl.state.validators:
            yield from self.on_unchanged(response, crawl, strategy, step)
            return
        if wall := blocked(response):
            yield from self.on_problem(crawl, strategy, step, wall)
            return
        try:
            found = self.read_step(response, crawl, strategy, step)
        except DiscoverError as error:
            is_empty = error.empty and not crawl.state.first
            problem = Problem("empty" if is_empty else "malformed", error.problem)
            if response.status != 200:
                problem = of_status(response.status)
            yield from self.on_problem(crawl, strategy, step, problem)
            return
        crawl.serve(strategy)
        if step.number == 1 and strategy == crawl.served:
            crawl.least = asked_of(response)
        yield from self.on_found(response, crawl, strategy, step, found)

    def on_unchanged(self, response: Response, crawl: SourceCrawl, strategy: Strategy, step: Step) -> Iterator[Result]:
        """Go on behind an answer that is as it was: with what it may hide, an older walk, looks at stored articles."""
        crawl.serve(strategy)
        found = discover.unchanged(strategy, crawl.state, step)
        if step.number > 1:
            yield from self.on_found(response, crawl, strategy, step, found)
            return
        crawl.was_unchanged, crawl.least = True, asked_of(response)
        if behind := crawl.broken_off(strategy):
            yield self.step_request(crawl, *behind)
        if found.next:
            yield self.step_request(crawl, strategy, found.next)
        else:
            yield from self.checks(crawl)

    def read_step(self, response: Response, crawl: SourceCrawl, strategy: Strategy, step: Step) -> Discovery:
        """What a whole answer holds; a refusal is read only where it can mean the quiet end of a walk."""
        end = discover.past_end(step, response.status)
        if end:
            return end
        if response.status != 200 and strategy.type != "wordpress":
            raise DiscoverError(step.url, of_status(response.status).reason)
        try:
            with deadline():
                found = discover.read(strategy, crawl.source, crawl.state, step, page_of(response), self.now)
        except TooSlow:
            raise DiscoverError(step.url, "the answer takes too long to be read.") from None
        if response.status != 200 and found.links:
            raise DiscoverError(step.url, of_status(response.status).reason)
        return found

    def on_found(
        self, response: Response, crawl: SourceCrawl, strategy: Strategy, step: Step, found: Discovery
    ) -> Iterator[Result]:
        """Hand over what an answer announced, ask for the pages it did not carry, and go on to the next step."""
        announced = self.announced(response, crawl, strategy, step, found)
        behind = crawl.way_back(strategy, step, found)
        yield replace(announced, next=behind[1], next_by=str(behind[0])) if behind else announced
        if found.next:
            yield self.step_request(crawl, strategy, found.next)
        elif behind:
            yield self.step_request(crawl, *behind)
        for link in announced.links:
            if crawl.wants(link):
                yield self.page_request(crawl, link)
        if found.next is None:
            yield from self.checks(crawl)

    def announced(
        self, response: Response, crawl: SourceCrawl, strategy: Strategy, step: Step, found: Discovery
    ) -> Discovered:
        """An answer as a value: the articles that it carried whole, and the links whose page must be asked for."""
        crawl.note(strategy, found.told)
        carrying = [(link, article) for link in found.links if (article := self.extract_link(crawl, link))]
        verdicts = [(link, article, self.unwanted(crawl, article)) for link, article in carrying]
        whole = [(link, article) for link, article, reason in verdicts if reason is None]
        carried = {link.url for link, _ in carrying}
        crawl.shown |= {url_key(url) for url in carried}
        unwanted = [(link, article, reason) for link, article, reason in verdicts if reason]
        rest = [link for link in found.links if link.url not in carried and url_key(link.url) not in crawl.state.known]
        return Discovered(
            source=crawl.source.slug,
            strategy=str(strategy),
            url=step.url,
            links=tuple(rest),
            articles=tuple(whole),
            excluded=tuple(crawl.leave_out(found.excluded)),
            unwanted=tuple(unwanted),
            validators=validators_of(response) if is_asked_again(strategy, step) else Validators(),
            next=found.next,
            cursor=found.cursor,
            size=len(response.body),
        )

    def on_step_failure(self, failure: Failure) -> Iterator[Result]:
        """No answer at all: hand over to the next strategy, unless the server is not to be asked any more."""
        crawl, strategy, step = failure.request.cb_kwargs.values()  # type: ignore[attr-defined]
        error = outage(failure)
        if isinstance(error, LeftAlone) and crawl.served == strategy:
            return  # the walk goes on in the next run
        is_down = isinstance(error, GivenUp) and crawl.is_down
        if isinstance(error, LeftAlone) and was_never_sent(failure) and not is_down:
            crawl.postponed = str(error)
        elif isinstance(error, LeftAlone):
            crawl.tried.append((strategy, problem_of(error)))
        else:
            yield from self.on_problem(crawl, strategy, step, problem_of(error))

    def on_problem(self, crawl: SourceCrawl, strategy: Strategy, step: Step, problem: Problem) -> Iterator[Result]:
        """Note why a strategy failed and ask the next one.

        A walk that broke off behind its first page goes on there in the next run; where it cannot, it is begun anew.
        """
        if crawl.is_resumed(step):
            crawl.forget_walk()
            yield Discovered(source=crawl.source.slug, strategy=str(strategy), url=step.url)
            yield self.step_request(crawl, strategy, crawl.first_step(strategy))
            return
        crawl.tried.append((strategy, problem))
        if step.number == 1:
            yield from self.next_strategy(crawl)

    def extract_link(self, crawl: SourceCrawl, link: Link) -> Article | None:
        """The article that a link carries whole, or None where its page must be asked for."""
        if not link.body:
            return None
        try:
            return self.extract(Page(url=link.url, body=b"", link=link), crawl.source)
        except ExtractError:
            return None  # its page may hold what the payload lacks (page builders leave it empty)


def is_asked_again(strategy: Strategy, step: Step) -> bool:
    """Whether a poll asks for the same address as this step: the first one, and the newest sitemap of an index."""
    return step.number == 1 or (strategy.type == "sitemap" and step.number == 2)


def asked_of(response: Response) -> timedelta | None:
    """How long an answer asks to be left alone."""
    cache_control, age = ((response.headers.get(name) or b"").decode("latin-1") for name in ("Cache-Control", "Age"))
    return least_interval(response.body, cache_control, age)
