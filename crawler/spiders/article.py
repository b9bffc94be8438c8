"""The one spider: for each source its open links, then its strategies in order, then the pages of what they found.

It is given sources and their states and gives back values; it never opens the database.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy
from scrapy import Request
from scrapy.http import Response

from crawler import discover
from crawler.errors import DiscoverError, ExtractError
from crawler.extraction import extract_page
from crawler.gazetteer import subject_of
from crawler.health import Problem, of_status
from crawler.middlewares.pace import LeftAlone
from crawler.models import (
    Article,
    Discovered,
    Discovery,
    Fetched,
    Link,
    Page,
    Probed,
    Source,
    SourceState,
    Step,
    Strategy,
    Validators,
)
from crawler.spiders.deadline import TooSlow, deadline
from crawler.spiders.failures import outage, problem_of
from crawler.spiders.probing import Prober, page_of
from crawler.spiders.progress import SourceCrawl
from crawler.text.urls import host, url_key

if TYPE_CHECKING:
    from twisted.python.failure import Failure

Result = Request | Discovered | Fetched | Probed

MOST_PARTS = 20  # further pages of one article; text on more is a book, or a trap
DISCOVER_PRIORITY = 10  # listings before the pages of other listings, so that all that is new is known early


class ArticleSpider(scrapy.Spider):
    """Crawls any number of sources in one process; `crawls` tells afterwards how each fared."""

    name = "articles"

    def __init__(self, work: Iterable[tuple[Source, SourceState]], now: datetime, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.now = now
        self.crawls = {source.slug: SourceCrawl(source, state) for source, state in work}
        self.prober = Prober(self.why_no_article, now, self.on_probed)

    async def start(self) -> AsyncIterator[Any]:
        """Each source's waiting links, newest first, and the first step of its first strategy."""
        for crawl in self.crawls.values():
            for result in self.next_strategy(crawl):
                yield result
            for link in crawl.state.open_links:
                if crawl.wants(link):
                    yield self.page_request(crawl, link)

    # -- discover ----------------------------------------------------------------------------------------------------

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
            extract_page(replace(page, link=link), source, self.now)
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
            crawl.serve(strategy)
            return
        try:
            found = self.read_step(response, crawl, strategy, step)
        except DiscoverError as error:
            problem = of_status(response.status) if response.status != 200 else Problem("malformed", error.problem)
            yield from self.on_problem(crawl, strategy, step, problem)
            return
        crawl.serve(strategy)
        yield from self.on_found(response, crawl, strategy, step, found)

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
        yield announced
        if found.next:
            yield self.step_request(crawl, strategy, found.next)
        elif way := crawl.way_back(strategy, step, found):
            yield self.step_request(crawl, way, crawl.first_step(way))
        for link in announced.links:
            if crawl.wants(link):
                yield self.page_request(crawl, link)

    def announced(
        self, response: Response, crawl: SourceCrawl, strategy: Strategy, step: Step, found: Discovery
    ) -> Discovered:
        """An answer as a value: the articles that it carried whole, and the links whose page must be asked for."""
        crawl.note(strategy, found.told)
        carrying = [(link, article) for link in found.links if (article := self.extract_link(crawl, link))]
        verdicts = [(link, article, self.unwanted(crawl, article)) for link, article in carrying]
        whole = [(link, article) for link, article, reason in verdicts if reason is None]
        carried = {link.url for link, _ in carrying}
        unwanted = [(link, reason) for link, _, reason in verdicts if reason]
        rest = [link for link in found.links if link.url not in carried and url_key(link.url) not in crawl.state.known]
        return Discovered(
            source=crawl.source.slug,
            strategy=str(strategy),
            url=step.url,
            links=tuple(rest),
            articles=tuple(whole),
            excluded=(*unwanted, *crawl.leave_out(found.excluded)),
            validators=validators_of(response) if step.number == 1 else Validators(),
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
        if isinstance(error, LeftAlone):
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

    # -- fetch -------------------------------------------------------------------------------------------------------

    def page_request(self, crawl: SourceCrawl, link: Link) -> Request:
        """A request for an article's page."""
        return Request(
            link.url,
            callback=self.on_page,
            errback=self.on_page_failure,
            cb_kwargs={"crawl": crawl, "link": link},
            meta=crawl.meta(),
        )

    def on_page(self, response: Response, crawl: SourceCrawl, link: Link) -> Iterator[Result]:
        """Turn a whole 200 into an article; everything else is a failed try."""
        if response.status != 200:
            yield self.page_problem(crawl, link, of_status(response.status), response)
        elif urlsplit(response.url).path in ("", "/") and urlsplit(link.url).path not in ("", "/"):
            yield self.page_problem(crawl, link, Problem("gone", "redirects to the home page"), response)
        else:
            yield self.on_article_page(response, crawl, link)

    def on_article_page(self, response: Response, crawl: SourceCrawl, link: Link) -> Fetched | Request:
        """Extract the article of a page, and ask for its next page where it has one."""
        page = page_of(response, link=link)
        try:
            article = self.extract(page, crawl.source)
        except ExtractError as error:
            problem = self.page_problem(crawl, link, Problem("empty", error.problem), response)
            return replace(problem, excluded=error.final)
        crawl.pages.append(None)
        fetched = Fetched(
            link=link,
            status=response.status,
            url=response.url,
            article=article,
            validators=validators_of(response),
            size=len(response.body),
        )
        if reason := self.unwanted(crawl, article):
            return replace(fetched, article=None, error=reason, excluded=True)
        return self.with_next_page(crawl, page, fetched)

    def with_next_page(self, crawl: SourceCrawl, page: Page, fetched: Fetched) -> Fetched | Request:
        """What was fetched so far, or a request for the page that follows it."""
        following = fetched.article.next_page if fetched.article else None
        if following is None or len(page.parts) >= MOST_PARTS or is_elsewhere(following, page.url):
            return fetched
        if not crawl.may_ask(following):
            return replace(fetched, error=f"its next page {following} is left for another run")
        return Request(
            following,
            callback=self.on_part,
            errback=self.on_part_failure,
            cb_kwargs={"crawl": crawl, "page": page, "fetched": fetched},
            meta=crawl.meta(),
        )

    def on_part(
        self, response: Response, crawl: SourceCrawl, page: Page, fetched: Fetched
    ) -> Iterator[Fetched | Request]:
        """Join a further page to its article; without it the article is stored as far as it goes, and tried again."""
        whole = replace(page, parts=(*page.parts, page_of(response)))
        following = fetched.article.next_page if fetched.article else None
        try:
            if response.status != 200:
                raise ExtractError(response.url, of_status(response.status).reason)
            if url_key(response.url) not in (url_key(following or ""), url_key(page.url)):
                raise ExtractError(response.url, "is another page, to which it leads.")
            article = self.extract(whole, crawl.source)
        except ExtractError as error:
            yield replace(fetched, error=f"its further page {error}")
        else:
            yield self.with_next_page(crawl, whole, replace(fetched, article=article))

    def on_part_failure(self, failure: Failure) -> Iterator[Fetched]:
        """No answer for a further page."""
        request = failure.request  # type: ignore[attr-defined]
        problem = problem_of(outage(failure))
        yield replace(request.cb_kwargs["fetched"], error=f"its further page {request.url}: {problem.reason}")

    def on_page_failure(self, failure: Failure) -> Iterator[Result]:
        """No answer for an article's page; one that was never asked for stays open as it is."""
        crawl, link = failure.request.cb_kwargs.values()  # type: ignore[attr-defined]
        error = outage(failure)
        if not isinstance(error, LeftAlone):
            yield self.page_problem(crawl, link, problem_of(error))

    def page_problem(
        self, crawl: SourceCrawl, link: Link, problem: Problem, response: Response | None = None
    ) -> Fetched:
        """A try in vain, as a value."""
        crawl.pages.append(problem)
        status = response.status if response else None
        return Fetched(link=link, status=status, url=response.url if response else "", error=problem.reason)

    # -- both --------------------------------------------------------------------------------------------------------

    def unwanted(self, crawl: SourceCrawl, article: Article) -> str | None:
        """Why an article is left out; None for one that is kept."""
        return off_subject(crawl.source, article)

    def extract_link(self, crawl: SourceCrawl, link: Link) -> Article | None:
        """The article that a link carries whole, or None where its page must be asked for."""
        if not link.body:
            return None
        try:
            return self.extract(Page(url=link.url, body=b"", link=link), crawl.source)
        except ExtractError:
            return None  # its page may hold what the payload lacks (page builders leave it empty)

    def extract(self, page: Page, source: Source) -> Article:
        """The article on a page, within the time that one page may take; raises ExtractError."""
        try:
            with deadline():
                return extract_page(page, source, self.now)
        except TooSlow:
            raise ExtractError(page.url, "the page takes too long to be read.") from None


def off_subject(source: Source, article: Article) -> str | None:
    """Why a source's own rule leaves an article out: it is of the press, and about something else."""
    if source.filter == "none":
        return None
    subject = subject_of(article.title, "\n".join(article.paragraphs))
    if subject.is_on_subject:
        return None
    signs = ", ".join(subject.evidence) or "none"
    return f"is not on the subject (signs of it: {signs})"


def is_elsewhere(url: str, other: str) -> bool:
    """Whether two addresses are on different hosts; `www.` makes none."""
    return host(url).removeprefix("www.") != host(other).removeprefix("www.")


def conditional(validators: Validators) -> dict[str, str]:
    """The headers that make a request conditional, validators verbatim (RFC 9110, 13.1)."""
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}


def validators_of(response: Response) -> Validators:
    """What an answer gave to make the next request for its address conditional."""
    etag, last_modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return Validators(
        etag.decode("latin-1") if etag else None, last_modified.decode("latin-1") if last_modified else None
    )
