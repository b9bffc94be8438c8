"""What somebody looks for among the stored articles, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.models.article import Precision


@dataclass(frozen=True, slots=True)
class Search:
    """A search as storage runs it.

    `match` is an FTS5 expression, None for every article. Of `sources` (slugs), `units`, `provinces` and `topics` (ids)
    an article needs one each, of an empty one none. `since` is the first instant, `until` the first that is too late.
    """

    match: str | None = None
    sources: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    units: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: its title and a stretch of its text in pieces, and how well it fits, 0 to 1."""

    id: int
    entry_id: str
    source: str
    url: str
    title: tuple[Piece, ...]
    published: datetime
    published_precision: Precision
    snippet: tuple[Piece, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, best first; `total` counts all of them, or the newest that were ranked where `is_more`."""

    hits: tuple[Hit, ...]
    total: int
    is_more: bool = False
