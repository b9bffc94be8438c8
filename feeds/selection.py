"""From a feed's definition to its articles; the only reader of articles in this package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
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

    def withdrawn(self, source: str | None = None, since: datetime | None = None) -> datetime | None:
        """When an article, of feed time `since` or later, was last taken out of what is shown."""
        ...


def select(reader: Reader, spec: FeedSpec) -> list[StoredArticle]:
    """The newest articles of a feed, newest first by feed time, then by entry id."""
    if spec.sources is None:
        return reader.newest(limit=LIMIT)
    found = chain.from_iterable(reader.newest(slug, LIMIT) for slug in spec.sources)
    return nsmallest(LIMIT, found, key=lambda article: (-article.feed_time.timestamp(), article.entry_id))


def withdrawn(reader: Reader, spec: FeedSpec, shown: Sequence[StoredArticle]) -> datetime | None:
    """When an article that would stand among those shown was last hidden, removed or merged; None where none was."""
    since = shown[-1].feed_time if len(shown) == LIMIT else None
    times = (reader.withdrawn(slug, since) for slug in (spec.sources if spec.sources is not None else (None,)))
    return max(filter(None, times), default=None)
