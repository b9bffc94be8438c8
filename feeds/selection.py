"""From a feed's definition to its articles; the only reader of articles in this package."""

from __future__ import annotations

from heapq import nsmallest
from itertools import chain
from typing import Protocol

from crawler.storage.reading import StoredArticle, StoredSource
from feeds.catalog import FeedSpec

# Entries in a subscription document: covers a reader that polls once a day, far below the sizes that readers refuse.
LIMIT = 100


class Reader(Protocol):
    """What feeds ask of storage; `crawler.storage.reading.Reader` is the real one."""

    def change(self) -> int:
        """The value of the change counter that the newest write took."""
        ...

    def sources(self) -> list[StoredSource]:
        """All sources."""
        ...

    def newest(self, source: str | None = None, limit: int = LIMIT) -> list[StoredArticle]:
        """Articles by feed time, newest first."""
        ...


def select(reader: Reader, spec: FeedSpec) -> list[StoredArticle]:
    """The newest articles of a feed, newest first by feed time, then by entry id."""
    if spec.sources is None:
        return reader.newest(limit=LIMIT)
    found = chain.from_iterable(reader.newest(slug, LIMIT) for slug in spec.sources)
    return nsmallest(LIMIT, found, key=lambda article: (-article.feed_time.timestamp(), article.entry_id))
