"""Stored captures -> articles, by today's extraction; nothing is written here."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.deadline import TooSlow, deadline
from crawler.errors import ExtractError
from crawler.extraction import extract_page, off_subject
from crawler.models import Article, Capture, Link, Page, Source
from crawler.sources.implicit import implicit
from crawler.storage import articles, links
from crawler.storage.database import stamp
from crawler.storage.page_reading import capture, of_addresses
from crawler.storage.pages import Pages


@dataclass(frozen=True, slots=True)
class Reading:
    """What a capture says today: an article, or why there is none.

    `link` is without its text. `unwanted` tells why the source's rule leaves the article out. `is_damaged`: nothing can
    be said of it, as its bytes are damaged, or as a fault of ours broke reading it off.
    """

    id: int
    link: Link | None = None
    fetched_at: datetime | None = None
    article: Article | None = None
    problem: str | None = None
    unwanted: str | None = None
    is_damaged: bool = False


def read(pages: Pages, key: int, sources: Mapping[str, Source]) -> Reading:
    """Read one capture as it would be read in a crawl at the time when it was fetched."""
    try:
        found = capture(pages, key)
    except ValueError as error:
        return Reading(key, problem=str(error), is_damaged=True)
    return read_capture(found, sources)


def read_capture(found: Capture, sources: Mapping[str, Source]) -> Reading:
    """As `read`, of a capture that is at hand."""
    reading = Reading(found.id, replace(found.link, body=None), found.fetched_at)
    try:
        source = sources.get(found.link.source) or implicit(found.link.url, {})
        article = _extracted(found.page, source, found.fetched_at)
    except ExtractError as error:
        return replace(reading, problem=error.problem)
    except Exception as error:  # noqa: BLE001 (a fault of ours on one page, which is told, must not cost the others)
        problem = f"newsfeed failed on it: {type(error).__name__}: {error}"
        return replace(reading, problem=problem, is_damaged=True)
    return replace(reading, article=article, unwanted=off_subject(source, article))


def _extracted(page: Page, source: Source, now: datetime) -> Article:
    try:
        with deadline():
            return extract_page(page, source, now)
    except TooSlow:
        raise ExtractError(page.url, "the page takes too long to be read.") from None


def rereader(
    db: sqlite3.Connection, pages: Pages, sources: Mapping[str, Source]
) -> Callable[[int, datetime], Article | None]:
    """A function that reads the page again that an article's stored version came from, if it was fetched before a time.

    None where that page is gone, or is no article to today's extraction.
    """

    def reread(key: int, before: datetime) -> Article | None:
        _, seen = articles.times(db, key)
        known = of_addresses(pages, links.addresses(db, key))
        taken = [one for one in known if one.outcome == "article" and one.at <= (seen or "") and one.at < stamp(before)]
        return read(pages, taken[-1].id, sources).article if taken and taken[-1].at == seen else None

    return reread
