"""The values that travel through newsfeed: frozen dataclasses, no I/O, no Scrapy.

Front to back: a `Source` says where to look, discovering yields `Link`s, fetching yields `Page`s (`watched`);
extraction makes a `Draft` of evidence and then an `Article` (`article`); storage keeps it (`stored`), grouping compares
it with others (`stories`), feeds read it back (`crawler.storage.reading`), and people look for it (`search`). What a
spider hands to storage is one of three facts: `Discovered`, `Fetched`, `Ended`.

All datetimes are aware; instants are UTC unless a field says otherwise.
"""

from __future__ import annotations

from crawler.models.article import Article, Draft, Evidence, Image, Loser, Precision, Related
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
from crawler.models.stories import (
    Decider,
    Decision,
    KnownStory,
    Member,
    Pair,
    Signature,
    StoryChange,
    StoryVerdict,
    Told,
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
    "Decider",
    "Decision",
    "Discovered",
    "Discovery",
    "Draft",
    "Ended",
    "Evidence",
    "Fetched",
    "Filter",
    "Found",
    "Hit",
    "Identified",
    "Image",
    "Kind",
    "Known",
    "KnownStory",
    "Link",
    "LinkState",
    "Loser",
    "Member",
    "Origin",
    "Outcome",
    "Page",
    "Paging",
    "Pair",
    "Past",
    "Piece",
    "Precision",
    "Probed",
    "Related",
    "Republish",
    "Search",
    "Signature",
    "Source",
    "SourceState",
    "State",
    "Step",
    "StoryChange",
    "StoryVerdict",
    "Strategy",
    "StrategyType",
    "Told",
    "Tried",
    "Validators",
]
