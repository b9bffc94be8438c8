"""Where to look, and what is found there before anything is read: sources, their past, links and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal

Kind = Literal["official", "press", "aggregator"]
Confidence = Literal["verified", "probable", "guess"]
Republish = Literal["full", "summary"]
Filter = Literal["none", "subject"]
StrategyType = Literal["wordpress", "feed", "listing", "sitemap", "joomla"]
Paging = Literal["start", "page", "hal", "halaman", "path", "pager"]
Origin = Literal["poll", "first", "backfill", "import"]

OLDER = "is older than "  # why a backfill leaves an article out; its date follows
TRAP = "is not followed: "  # why an address is left out unasked; the rule follows


@dataclass(frozen=True, slots=True)
class Strategy:
    """One way to a source's articles, from `[[source.discover]]`.

    `url` is the REST root (`https://site/wp-json/wp/v2`), the feed, the sitemap or its index, or the first page of a
    listing (for Joomla: of a category). `links` is a CSS selector for the article links of a listing. `paging` is how
    its further pages are addressed: `start` (`?start=N`, in steps of `step`), `page` (`?page=N`), `path`
    (`/page/N/`) or `pager` (as the page's own links to its pages say).
    """

    type: StrategyType
    url: str
    links: str | None = None
    paging: Paging | None = None
    step: int = 10

    def __str__(self) -> str:
        return f"{self.type} {self.url}"


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of the day by a source's own clock, `end` not included; over midnight where `end` comes before `start`."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Source:
    """One site or section that is watched: the facts of its record.

    `zone` is an IANA name, used for times without an offset. `family` names the page family and is detected where
    None. `selectors` maps field names to CSS selectors that replace the family's. `pace_group` names the server that
    requests are paced for. `delay` is in seconds. `filter` says which of its articles are kept: all, or those on the
    subject (`crawler.gazetteer.subject_of`). `every` and `window` say when it is asked, where its own rhythm should
    not. `record` is the file that the facts came from, for messages.

    `homepage` is empty for an office that is known to exist and whose address is not: always a guess, never crawled.
    """

    slug: str
    name: str
    kind: Kind
    homepage: str
    publisher: str = ""
    zone: str = "Asia/Jakarta"
    language: str = "id"
    province: str | None = None
    unit: str | None = None
    discover: tuple[Strategy, ...] = ()
    family: str | None = None
    selectors: Mapping[str, str] = field(default_factory=dict)
    republish: Republish = "full"
    pace_group: str = ""
    delay: float = 1.0
    allow_private: bool = False
    confidence: Confidence = "probable"
    filter: Filter = "none"
    every: timedelta | None = None
    window: Window | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to make the next request for an address conditional, kept verbatim (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class SourceState:
    """What a spider must know of a source's past; it never opens the database.

    `ways` are those that a probe found, for a record that names none. `first` until one crawl has succeeded. `cursor`
    is a strategy's own mark of how far it read. `pending` is the step that a walk still had to take when its run ended
    early, with its strategy. `parts` has the newest sitemap of an index, by the strategy. `known` holds the URL keys
    (`crawler.text.urls.url_key`) of links that need no fetch. With `since` (aware) the walk is a backfill: as a first
    crawl, but down to that time. Without `polls` only pages are asked for, as the source itself is not due. `checks`
    are stored articles to be looked at again, newest first, `controls` some others of the source.
    """

    slug: str
    ways: tuple[Strategy, ...] = ()
    first: bool = True
    cursor: str | None = None
    pending: tuple[str, Step] | None = None
    validators: Mapping[str, Validators] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    open_links: tuple[Link, ...] = ()
    known: frozenset[str] = frozenset()
    since: datetime | None = None
    polls: bool = True
    checks: tuple[Check, ...] = ()
    controls: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """When a source published in the last weeks, as far as its articles tell; all aware.

    `told` are the times that articles give themselves, `found` those at which a poll found others. `since` is when the
    source's first link was found.
    """

    told: tuple[datetime, ...] = ()
    found: tuple[datetime, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands: when it was asked last, when it is due (None: at once), and whether work of it waits.

    `waiting`: articles of a healthy source whose page is still to be asked for. `walking`: a walk was broken off.
    `looking`: stored articles of one are due to be looked at by their pages.
    """

    next_due: datetime | None = None
    last_try: datetime | None = None
    waiting: bool = False
    walking: bool = False
    looking: bool = False


@dataclass(frozen=True, slots=True)
class Parting:
    """How a run parted from a server: seconds that it is to be left alone (None: as long as such failures cost)."""

    group: str
    failed: bool
    wait: float | None = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """A robots.txt of an earlier run: its last status (None: no answer) and when, and the last good text and when."""

    status: int | None
    body: str | None
    fetched_at: datetime
    good_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An article's address, with what the place that named it already told.

    Texts are as found: dates raw, titles and summaries perhaps with markup. `native` is the CMS's own id, unique on
    the site (`wp:1234`). `body` is the whole article as HTML where REST or a full feed carries it: such a link needs
    no fetch. A link from a database row has no `body`.
    """

    url: str
    source: str
    origin: Origin = "poll"
    native: str | None = None
    guid: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    summary: str | None = None
    image: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A stored article that is to be looked at again; times are aware.

    `link` leads there and bears its title, `home` is its address, `native` its id in REST. `is_carried`: REST or a feed
    brought it whole and tells of its edits, so that only whether it is still there is asked. `rung` is its place on the
    ladder (`crawler.due.LOOKS`). `gone_since` is when its site first answered that it is gone, `is_removed` whether
    that is believed. `is_control`: its time has not come, and it is looked at only to judge another by it.
    """

    link: Link
    article_id: int
    home: str
    due_at: datetime
    native: str | None = None
    is_carried: bool = False
    validators: Validators = NO_VALIDATORS
    rung: int = 0
    gone_since: datetime | None = None
    is_removed: bool = False
    is_control: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The next address to ask on the way through one strategy: a spider passes it on and never looks inside.

    `number` counts its pages from 1; `found` is how many links the pages before it yielded. `walk` names how the
    strategy goes (empty where it has one way only), `mark` is its place on that way, and `seen` holds the URL keys
    that must not be taken for news again: of the whole walk where its pages are bounded (all but wordpress), else of
    the page before. `ahead` holds the addresses still to be asked after this one, where they are known beforehand.
    `offset` counts what was taken of the same answer before, where it holds more than one step may take.
    """

    url: str
    number: int = 1
    found: int = 0
    walk: str = ""
    mark: str | None = None
    seen: frozenset[str] = frozenset()
    ahead: tuple[str, ...] = ()
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one answer of a strategy holds: links, perhaps a next step, and the cursor once everything was read.

    `is_reached`: a backfill has come to what is older than its date. `excluded` are addresses that a rule keeps from
    being asked, each with the reason. `told` is what a bound ended or left out here, in words for the operator.
    """

    links: tuple[Link, ...]
    next: Step | None = None
    cursor: str | None = None
    is_reached: bool = False
    excluded: tuple[tuple[Link, str], ...] = ()
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Backfill:
    """A walk through a source's archive down to `since`, as far as it has come; times are aware.

    `strategy` and `step` are what comes next. A strategy without a step: the walk is over, and only links still wait.
    """

    source: str
    since: datetime
    started_at: datetime
    strategy: str | None = None
    step: Step | None = None

    @property
    def is_walked(self) -> bool:
        """Whether there is no page of the archive left to ask for."""
        return self.strategy is not None and self.step is None


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes that a server sent for an address, whole and with status 200.

    `url` is the address after redirects, `content_type` the header as sent. `link` is how the page was found; a page
    made from a link that carries its `body` has empty bytes.
    """

    url: str
    body: bytes
    content_type: str | None = None
    link: Link | None = None
    parts: tuple[Page, ...] = ()
