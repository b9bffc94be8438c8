"""The one pipeline: the only part of a crawl that touches the databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Self

from crawler.intake import is_stored, take_discovered, take_fetched, take_probed
from crawler.models import Capture, Discovered, Fetched, Link, Page, Probed
from crawler.rechecks import take_checked

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run import Session


class IntakePipeline:
    """Stores each value of the spider: what was fetched first, then what came of it, each in one transaction."""

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
            session.pages.keep(fetched_capture(item, session.now), session.now)
            if item.check:
                verdicts = take_checked(session.db, item, item.check, session.now, session.reread, session.annotate)
            else:
                verdicts = take_fetched(session.db, item, session.now, session.reread, session.annotate)
            session.count(item.link.source, verdicts)
        elif isinstance(item, Probed):
            session.count(item.source, take_probed(session.db, item, session.now))
        elif item.source not in session.unstored:
            try:
                session.pages.keep(carried_captures(session, item), session.now)
                session.count(
                    item.source, take_discovered(session.db, item, session.now, session.reread, session.annotate)
                )
            except Exception:
                # What follows must not be stored either: it would move the cursor past what is missing.
                session.unstored.add(item.source)
                raise
        return item


def fetched_capture(fetched: Fetched, now: datetime) -> Iterator[Capture]:
    """The page of a link, if one was answered; one without an article too, as a better reading may find it."""
    if fetched.page:
        yield Capture(fetched.page, now, "article" if fetched.article else "none")


def carried_captures(session: Session, found: Discovered) -> Iterator[Capture]:
    """The links of an answer that carry their article whole."""
    for link, _ in found.articles:
        yield Capture(carried(link), session.now)
    for link, _, _ in found.unwanted:
        yield Capture(carried(link), session.now, "article" if is_stored(session.db, link) else "none")


def carried(link: Link) -> Page:
    """What stands for the page of a link that carries its article."""
    return Page(url=link.url, body=b"", link=link)
