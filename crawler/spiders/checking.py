"""Looking at stored articles again: by their pages, each with its own validators, or by one request to REST for many.

What is there goes to storage at once. What seems gone is only noted on the crawl (`SourceCrawl.looks`), and weighed
when all of the source is known: a kill before that leaves it due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from crawler import discover
from crawler.errors import ExtractError
from crawler.health import of_status
from crawler.middlewares.pace import LeftAlone
from crawler.models import NO_VALIDATORS, Check, Fetched, Strategy
from crawler.removal import Answer, Look
from crawler.spiders.failures import outage
from crawler.spiders.fetching import (
    PageFetcher,
    Result,
    asks_not_to_be_indexed,
    conditional,
    is_home,
    validators_of,
)
from crawler.spiders.probing import page_of
from crawler.spiders.progress import SourceCrawl
from crawler.text.urls import url_key

if TYPE_CHECKING:
    from twisted.python.failure import Failure

CHECK_PRIORITY = -10  # behind all that may be new
GONE = frozenset({404, 410})


class CheckingSpider(PageFetcher):
    """What a spider does with the articles of a source that are to be looked at again."""

    def checks(self, crawl: SourceCrawl) -> Iterator[Result]:
        """Requests for all of them, once a way has told what is new: where none works, nothing more is asked.

        What that way has just shown whole is there.
        """
        taken = crawl.take_checks()
        shown = [check for check in taken if check.is_carried and url_key(check.link.url) in crawl.shown]
        for check in shown:
            yield from self.alive(crawl, check)
        due = [check for check in taken if check not in shown]
        by_rest = [check for check in due if is_by_rest(crawl, check)]
        if by_rest and crawl.served:
            others = [check for check in crawl.take_controls() if is_by_rest(crawl, check)]
            yield self.presence_request(crawl, crawl.served, (*by_rest, *others))
        for check in due:
            if check not in by_rest:
                yield from self.check_requests(crawl, [check])

    def presence_request(self, crawl: SourceCrawl, strategy: Strategy, checks: Sequence[Check]) -> Request:
        """A request for the numbers of those posts that are still there."""
        return Request(
            discover.presence_url(strategy, (check.native or "" for check in checks)),
            callback=self.on_presence,
            errback=self.on_presence_failure,
            cb_kwargs={"crawl": crawl, "strategy": strategy, "checks": tuple(checks)},
            meta=crawl.meta(),
            priority=CHECK_PRIORITY,
        )

    def check_requests(self, crawl: SourceCrawl, checks: Sequence[Check], missing: str = "") -> Iterator[Request]:
        """A request for each article's page, as far as the source may still be asked.

        `missing` are the words for an article that REST has no more: its page can only speak for it.
        """
        for check in checks:
            if crawl.may_ask(check.link.url):
                yield self.check_request(crawl, check, check.link.url, conditional(check.validators), missing)

    def check_request(
        self, crawl: SourceCrawl, check: Check, url: str, headers: dict[str, bytes], missing: str
    ) -> Request:
        """A request for an article's page under one of its two addresses."""
        return Request(
            url,
            callback=self.on_check,
            errback=self.on_check_failure,
            headers=headers,
            cb_kwargs={"crawl": crawl, "check": check, "missing": missing, "url": url},
            meta=crawl.meta(),
            priority=CHECK_PRIORITY,
        )

    # -- REST --------------------------------------------------------------------------------------------------------

    def on_presence(
        self, response: Response, crawl: SourceCrawl, strategy: Strategy, checks: tuple[Check, ...]
    ) -> Iterator[Result]:
        """Note the posts that are there, and ask for the others once more: a server may give fewer than were asked for.

        Those that are missing then are looked for by their pages, and so are all where REST does not tell.
        """
        natives = {check.native for check in checks if check.native}
        there = discover.present(response.body, natives) if response.status == 200 else None
        if there is None:
            yield from self.check_requests(crawl, [check for check in checks if not check.is_control])
            return
        for check in checks:
            if check.native in there:
                yield from self.alive(crawl, check)
        missing = [check for check in checks if check.native not in there]
        if there and missing:
            yield self.presence_request(crawl, strategy, missing)
        else:
            yield from self.check_requests(crawl, missing, missing="its REST interface has it no more")

    def on_presence_failure(self, failure: Failure) -> Iterator[Result]:
        """No answer: the articles stay due."""
        outage(failure)
        return iter(())

    # -- pages -------------------------------------------------------------------------------------------------------

    def on_check(
        self, response: Response, crawl: SourceCrawl, check: Check, missing: str, url: str
    ) -> Iterator[Result]:
        """Tell from the answer for an article's page whether it is there, and what it says now."""
        if response.status == 304 and check.validators != NO_VALIDATORS:
            yield from self.alive(crawl, check)
        elif response.status in GONE and url_key(url) != url_key(check.home):
            yield self.check_request(crawl, check, check.home, {}, missing)
        elif response.status in GONE:
            yield from self.noted(crawl, check, "gone", of_status(response.status).reason)
        elif response.status != 200 or is_home(response, check.link):
            yield from self.unclear(crawl, check, missing)
        elif not check.is_carried and (reason := asks_not_to_be_indexed(response)):
            yield from self.noted(crawl, check, "gone", reason)
        else:
            yield from self.on_checked_page(response, crawl, check, missing)

    def on_checked_page(self, response: Response, crawl: SourceCrawl, check: Check, missing: str) -> Iterator[Result]:
        """Hand over the article of a page that answered; what REST or a feed tells better is not read from it."""
        page = page_of(response, link=check.link)
        try:
            article = self.extract(page, crawl.source)
        except ExtractError:
            yield from self.unclear(crawl, check, missing)
            return
        fetched = Fetched(check.link, 200, response.url, validators=validators_of(response), size=len(response.body))
        if check.is_carried or check.is_control:
            yield from self.alive(crawl, check, fetched)
            return
        crawl.looks.append(Look(check, "alive"))
        yield self.with_next_page(crawl, page, replace(fetched, article=article, page=page, check=check))

    def on_check_failure(self, failure: Failure) -> Iterator[Result]:
        """No answer for an article's page; one that was never asked for stays due."""
        crawl, check, missing, _ = failure.request.cb_kwargs.values()  # type: ignore[attr-defined]
        error = outage(failure)
        if not isinstance(error, LeftAlone):
            yield from self.unclear(crawl, check, missing)

    # -- what it means -----------------------------------------------------------------------------------------------

    def alive(self, crawl: SourceCrawl, check: Check, fetched: Fetched | None = None) -> Iterator[Result]:
        """An article is there, and nothing new is known of it."""
        crawl.looks.append(Look(check, "alive"))
        if not check.is_control:
            yield replace(fetched or Fetched(check.link, 304), check=check)

    def unclear(self, crawl: SourceCrawl, check: Check, missing: str) -> Iterator[Result]:
        """The page tells nothing; where REST did, that stands."""
        return self.noted(crawl, check, "gone" if missing else "unclear", missing)

    def noted(self, crawl: SourceCrawl, check: Check, answer: Answer, reason: str) -> Iterator[Result]:
        """Keep an answer until all are there, and look at others where one article seems gone."""
        if answer == "gone" or not check.is_control:
            crawl.looks.append(Look(check, answer, reason))
        if answer == "gone":
            yield from self.check_requests(crawl, crawl.take_controls())


def is_by_rest(crawl: SourceCrawl, check: Check) -> bool:
    """Whether REST can tell of an article: it serves the source in this run, and brought it."""
    return (
        check.is_carried
        and check.native is not None
        and crawl.served is not None
        and (crawl.served.type == "wordpress")
    )
