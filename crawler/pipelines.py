"""The one pipeline: the only part of a crawl that touches the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from crawler.intake import take_discovered, take_fetched, take_probed
from crawler.models import Discovered, Fetched, Probed

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run import Session


class IntakePipeline:
    """Stores each value of the spider in one transaction and counts what came of it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The session travels on the spider, as settings are copied."""
        assert crawler.spider is not None
        return cls(crawler.spider.session)  # type: ignore[attr-defined]

    def process_item(self, item: Discovered | Fetched | Probed) -> Discovered | Fetched | Probed:
        """Store one value; an exception here is an error of the run, and the session counts it."""
        session = self.session
        if isinstance(item, Fetched):
            session.count(item.link.source, take_fetched(session.db, item, session.now))
        elif isinstance(item, Probed):
            session.count(item.source, take_probed(session.db, item, session.now))
        elif item.source not in session.unstored:
            try:
                session.count(item.source, take_discovered(session.db, item, session.now))
            except Exception:
                # What follows must not be stored either: it would move the cursor past what is missing.
                session.unstored.add(item.source)
                raise
        return item
