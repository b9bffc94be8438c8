"""The values that travel through newsfeed: frozen dataclasses, no I/O, no Scrapy.

Front to back: a `Source` says where to look, discovering yields `Link`s, fetching yields `Page`s (`watched`);
extraction makes a `Draft` of evidence and then an `Article` (`article`); storage keeps it (`stored`), and feeds read it
back (`crawler.storage.reading`). What a spider hands to storage is one of three facts: `Discovered`, `Fetched`,
`Ended`.

All datetimes are aware; instants are UTC unless a field says otherwise.
"""

from __future__ import annotations

from crawler.models.article import Article, Draft, Evidence, Image, Loser, Precision, Related
from crawler.models.stored import (
    Alias,
    AliasKind,
    Capture,
    Change,
    Discovered,
    Ended,
    Fetched,
    Known,
    LinkState,
    Outcome,
    Probed,
    State,
    Tried,
)
from crawler.models.watched import (
    OLDER,
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
    "Fetched",
    "Filter",
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
    "Precision",
    "Probed",
    "Related",
    "Republish",
    "Source",
    "SourceState",
    "State",
    "Step",
    "Strategy",
    "StrategyType",
    "Tried",
    "Validators",
]
