"""Drives a probe: makes the requests that `crawler.discover.probe` asks for, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from crawler import discover
from crawler.deadline import TooSlow, deadline
from crawler.discover.probe import MOST_REQUESTS, Ask, Judge, Refusal, Tools, probing
from crawler.health import Problem
from crawler.middlewares.pace import LeftAlone
from crawler.models import Page, Probed
from crawler.spiders.failures import outage, problem_of, refused, was_never_sent
from crawler.spiders.progress import SourceCrawl

if TYPE_CHECKING:
    from twisted.python.failure import Failure

Walk = Generator[Ask, Page | Refusal, Probed]
PROBE_PRIORITY = 20  # nothing of the source can be asked before


class Prober:
    """Probes sources; `then` goes on with a source and what was found."""

    def __init__(self, judge: Judge, now: datetime, then: Callable[[SourceCrawl, Probed], Iterator[Any]]) -> None:
        self.tools = Tools(discover.first_step, discover.read, judge, now)
        self.then = then

    def begin(self, crawl: SourceCrawl, most: int = MOST_REQUESTS, *, all_ways: bool = False) -> Iterator[Any]:
        """The first request of a probe."""
        crawl.probed = True
        walk = probing(crawl.source, self.tools, most, all_ways=all_ways)
        yield from self._go_on(crawl, walk, None)

    def on_answer(self, response: Response, crawl: SourceCrawl, walk: Walk) -> Iterator[Any]:
        """Hand over an answer; a status other than a whole 200 is none, nor is a wall."""
        if problem := refused(response):
            yield from self._refused(crawl, walk, problem)
        else:
            yield from self._go_on(crawl, walk, page_of(response))

    def on_failure(self, failure: Failure) -> Iterator[Any]:
        """No answer at all; where the server is left alone, the probe is over for this run."""
        crawl, walk = failure.request.cb_kwargs.values()  # type: ignore[attr-defined]
        error = outage(failure)
        problem = problem_of(error)
        if isinstance(error, LeftAlone):
            walk.close()
            if was_never_sent(failure):
                crawl.postponed = problem.reason
            else:
                crawl.unfound = problem
            return
        yield from self._refused(crawl, walk, problem)

    def _refused(self, crawl: SourceCrawl, walk: Walk, problem: Problem) -> Iterator[Any]:
        crawl.unfound = problem
        yield from self._go_on(crawl, walk, Refusal(problem.reason))

    def _go_on(self, crawl: SourceCrawl, walk: Walk, answer: Page | Refusal | None) -> Iterator[Any]:
        try:
            with deadline():
                ask = next(walk) if answer is None else walk.send(answer)
        except StopIteration as end:
            yield from self.then(crawl, end.value)
        except TooSlow:
            problem = "its pages take too long to be read."
            yield from self.then(crawl, Probed(crawl.source.slug, (), (), 0, problem))
        else:
            yield Request(
                ask.url,
                callback=self.on_answer,
                errback=self.on_failure,
                cb_kwargs={"crawl": crawl, "walk": walk},
                meta=crawl.meta(),
                priority=PROBE_PRIORITY,
            )


def page_of(response: Response, **facts: Any) -> Page:
    """An answer as the pure stages see it."""
    content_type = response.headers.get("Content-Type")
    return Page(
        url=response.url,
        body=response.body,
        content_type=content_type.decode("latin-1") if content_type else None,
        **facts,
    )
