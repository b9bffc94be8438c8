"""Asking for the pages of articles: a page, its further pages, and what keeps it from being an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy
from scrapy import Request
from scrapy.http import Response

from crawler.deadline import TooSlow, deadline
from crawler.errors import ExtractError
from crawler.extraction import extract_page, is_half, off_subject, unindexed
from crawler.health import Problem, of_status
from crawler.middlewares.pace import LeftAlone
from crawler.middlewares.robots_rules import AGENT
from crawler.models import NO_VALIDATORS, Article, Discovered, Fetched, Link, Page, Probed, Source, Validators
from crawler.spiders.failures import blocked, outage, problem_of
from crawler.spiders.probing import page_of
from crawler.spiders.progress import SourceCrawl
from crawler.text.urls import host, url_key

if TYPE_CHECKING:
    from twisted.python.failure import Failure

Result = Request | Discovered | Fetched | Probed

MOST_PARTS = 20  # further pages of one article; text on more is a book, or a trap


class PageFetcher(scrapy.Spider):
    """What every spider here does with an article's link; `now` is the time of the run."""

    def __init__(self, now: datetime, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.now = now

    def page_request(self, crawl: SourceCrawl, link: Link) -> Request:
        """A request for an article's page."""
        return Request(
            link.url,
            callback=self.on_page,
            errback=self.on_page_failure,
            cb_kwargs={"crawl": crawl, "link": link},
            meta=crawl.meta(),
            priority=crawl.turn,
        )

    def on_page(self, response: Response, crawl: SourceCrawl, link: Link) -> Iterator[Result]:
        """Turn a whole 200 into an article; everything else is a failed try."""
        if response.status != 200:
            yield self.page_problem(crawl, link, blocked(response) or of_status(response.status), response)
        elif reason := asks_not_to_be_indexed(response):
            yield self.page_problem(crawl, link, Problem("robots", reason), response)
        elif is_home(response, link):
            yield self.page_problem(crawl, link, Problem("gone", "redirects to the home page"), response)
        else:
            yield self.on_article_page(response, crawl, link)

    def on_article_page(self, response: Response, crawl: SourceCrawl, link: Link) -> Fetched | Request:
        """Extract the article of a page, and ask for its next page where it has one."""
        page = page_of(response, link=link)
        try:
            article = self.extract(page, crawl.source)
        except ExtractError as error:
            found = blocked(response) or Problem("empty", error.problem)
            problem = self.page_problem(crawl, link, found, response)
            return replace(problem, excluded=error.final, page=page)
        crawl.pages.append(None)
        fetched = Fetched(
            link=link,
            status=response.status,
            url=response.url,
            article=article,
            validators=validators_of(response),
            size=len(response.body),
            page=page,
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
            # What its first page gave to ask for it again tells nothing of those that follow.
            cb_kwargs={"crawl": crawl, "page": page, "fetched": replace(fetched, validators=NO_VALIDATORS)},
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
            yield self.with_next_page(crawl, whole, replace(fetched, article=article, page=whole))

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

    def unwanted(self, crawl: SourceCrawl, article: Article) -> str | None:
        """Why an article is left out; None for one that is kept."""
        return off_subject(crawl.source, article)

    def extract(self, page: Page, source: Source) -> Article:
        """The article on a page, within the time that one page may take; raises ExtractError."""
        try:
            with deadline():
                article = extract_page(page, source, self.now)
        except TooSlow:
            raise ExtractError(page.url, "the page takes too long to be read.") from None
        if article.partial and is_half(page, article.paragraphs[-1]):
            raise ExtractError(page.url, "the answer ends in the middle of a sentence.")
        return article


def is_home(response: Response, link: Link) -> bool:
    """Whether an article's address led to the home page."""
    return urlsplit(response.url).path in ("", "/") and urlsplit(link.url).path not in ("", "/")


def asks_not_to_be_indexed(response: Response) -> str | None:
    """How an article's page asks us not to index it, in words; an answer kept from us so is not stored."""
    headers = [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
    return unindexed(page_of(response), headers, AGENT)


def is_elsewhere(url: str, other: str) -> bool:
    """Whether two addresses are on different hosts; `www.` makes none."""
    return host(url).removeprefix("www.") != host(other).removeprefix("www.")


def conditional(validators: Validators) -> dict[str, bytes]:
    """The headers that make a request conditional, validators byte for byte as they came (RFC 9110, 13.1).

    Both are sent where both were given, a weak ETag too: WordPress behind a server that compresses gives one that it
    does not know again, and without it would go by dates alone, which go back when its newest post is trashed.
    """
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value.encode("latin-1") for name, value in headers.items() if value}


def validators_of(response: Response) -> Validators:
    """What an answer gave to make the next request for its address conditional."""
    etag, last_modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return Validators(
        etag.decode("latin-1") if etag else None, last_modified.decode("latin-1") if last_modified else None
    )
