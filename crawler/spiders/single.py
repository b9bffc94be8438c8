"""One page, or one probe, for whoever asks: requested and read as in a crawl, but kept instead of stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.http import Response

from crawler.discover.probe import THOROUGH
from crawler.models import Article, Fetched, Link, Page, Probed, Source, SourceState
from crawler.spiders.article import ArticleSpider
from crawler.spiders.fetching import Result
from crawler.spiders.probing import Prober, Walk, page_of
from crawler.spiders.progress import SourceCrawl

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class PageSpider(ArticleSpider):
    """Asks for one address, once, and for the further pages of the article there.

    `page` is what could be read, with its parts; `fetched` tells how that ended.
    """

    name = "page"
    custom_settings = {"ITEM_PIPELINES": {}, "RETRY_ENABLED": False}  # noqa: RUF012 (Scrapy's own attribute)

    def __init__(self, url: str, source: Source, now: datetime, **kwargs: Any) -> None:
        super().__init__([(source, SourceState(source.slug))], now, **kwargs)
        self.link = Link(url, source.slug)
        self.page: Page | None = None
        self.fetched: Fetched | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's constructor; what the callbacks give out comes back here."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.keep, signal=signals.item_scraped)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The one address."""
        for crawl in self.crawls.values():
            if crawl.wants(self.link):
                yield self.page_request(crawl, self.link)

    def extract(self, page: Page, source: Source) -> Article:
        """As in a crawl; a page from which an article can be made is kept, with the parts that it has by now."""
        article = super().extract(page, source)
        self.page = page
        return article

    def keep(self, item: Fetched) -> None:
        """Keep the one value that comes of a page."""
        self.fetched = item


class KeepingProber(Prober):
    """Keeps each whole answer, under the address that was asked and under the one that answered."""

    def __init__(self, answers: dict[str, Page], *given: Any) -> None:
        super().__init__(*given)
        self.answers = answers

    def on_answer(self, response: Response, crawl: SourceCrawl, walk: Walk) -> Iterator[Any]:
        """As in a crawl."""
        if response.status == 200:
            page = page_of(response)
            asked = response.meta.get("redirect_urls", [response.url])[0]
            self.answers |= {asked: page, response.url: page}
        return super().on_answer(response, crawl, walk)


class ProbeSpider(ArticleSpider):
    """Probes one site thoroughly; `found` is what came of it, `answers` the pages by the addresses that were asked."""

    name = "probe"
    custom_settings = {"ITEM_PIPELINES": {}, "RETRY_ENABLED": False}  # noqa: RUF012 (Scrapy's own attribute)

    def __init__(self, source: Source, now: datetime, **kwargs: Any) -> None:
        super().__init__([(source, SourceState(source.slug))], now, **kwargs)
        self.found: Probed | None = None
        self.answers: dict[str, Page] = {}
        self.prober = KeepingProber(self.answers, self.why_no_article, now, self.on_probed)

    async def start(self) -> AsyncIterator[Any]:
        """The first request of the probe."""
        for crawl in self.crawls.values():
            for request in self.prober.begin(crawl, THOROUGH, all_ways=True):
                yield request

    def on_probed(self, crawl: SourceCrawl, probed: Probed) -> Iterator[Result]:
        """Keep what was found."""
        self.found = probed
        return iter(())
