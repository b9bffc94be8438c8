"""The values that travel through newsfeed: frozen dataclasses, no I/O, no Scrapy.

Front to back: a `Source` says where to look, discovering yields `Link`s, fetching yields `Page`s (`watched`);
extraction makes a `Draft` of evidence and then an `Article` (`article`); annotating finds its `Facts`
(`facts`); storage keeps it (`stored`), feeds read it back (`crawler.storage.reading`), and people look for it
(`search`). What a spider hands to storage is one of three values: `Discovered`, `Fetched`, `Ended`.

All datetimes are aware; instants are UTC unless a field says otherwise.
"""

from __future__ import annotations

from crawler.models.article import Article, Draft, Evidence, Image, Loser, Precision, Related
from crawler.models.facts import Facts, PlaceFact, PlaceKind, Role, TopicFact, UnitFact
from crawler.models.search import Found, Hit, Piece, Search
from crawler.models.stored import (
    Alias,
    AliasKind,
    Capture,
    Change,
    Discovered,
    Ended,
    Fetched,
    Identified,
    Known,
    LinkState,
    Outcome,
    Past,
    Probed,
    State,
    Tried,
)
from crawler.models.watched import (
    OLDER,
    TRAP,
    Backfill,
    Confidence,
    Discovery,
    Filter,
    Kind,
    Link,
    Origin,
    Page,
    Paging,
    Republish,
    Source,
    SourceState,
    Step,
    Strategy,
    StrategyType,
    Validators,
)

__all__ = [
    "OLDER",
    "TRAP",
    "Alias",
    "AliasKind",
    "Article",
    "Backfill",
    "Capture",
    "Change",
    "Confidence",
    "Discovered",
    "Discovery",
    "Draft",
    "Ended",
    "Evidence",
    "Facts",
    "Fetched",
    "Filter",
    "Found",
    "Hit",
    "Identified",
    "Image",
    "Kind",
    "Known",
    "Link",
    "LinkState",
    "Loser",
    "Origin",
    "Outcome",
    "Page",
    "Paging",
    "Past",
    "Piece",
    "PlaceFact",
    "PlaceKind",
    "Precision",
    "Probed",
    "Related",
    "Republish",
    "Role",
    "Search",
    "Source",
    "SourceState",
    "State",
    "Step",
    "Strategy",
    "StrategyType",
    "TopicFact",
    "Tried",
    "UnitFact",
    "Validators",
]
