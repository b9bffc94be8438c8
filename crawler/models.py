"""The values that travel through newsfeed: frozen dataclasses, no I/O, no Scrapy.

Front to back: a `Source` says where to look, discovering yields `Link`s, fetching yields `Page`s, extraction makes a
`Draft` of evidence and then an `Article`, storage keeps it, and feeds read it back (`crawler.storage.reading`). What a
spider hands to storage is one of three facts: `Discovered`, `Fetched`, `Ended`.

All datetimes are aware; instants are UTC unless a field says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["official", "press", "aggregator"]
Confidence = Literal["verified", "probable", "guess"]
Republish = Literal["full", "summary"]
StrategyType = Literal["wordpress", "feed", "listing"]
Paging = Literal["start", "page", "path"]
Origin = Literal["poll", "first", "backfill", "import"]
Precision = Literal["second", "minute", "day", "none"]
AliasKind = Literal["native", "url", "guid"]
LinkState = Literal["open", "done", "excluded", "failed"]
State = Literal[
    "never tried", "new", "unchanged", "empty", "failing", "malformed", "refused", "robots", "dns/tls", "gone"
]


@dataclass(frozen=True, slots=True)
class Strategy:
    """One way to a source's articles, from `[[source.discover]]`.

    `url` is the REST root (`https://site/wp-json/wp/v2`), the feed, or the first listing page. `links` is a CSS
    selector for the article links of a listing. `paging` is how its further pages are addressed: `start` (`?start=N`,
    in steps of `step`), `page` (`?page=N`) or `path` (`/page/N/`).
    """

    type: StrategyType
    url: str
    links: str | None = None
    paging: Paging | None = None
    step: int = 10

    def __str__(self) -> str:
        return f"{self.type} {self.url}"


@dataclass(frozen=True, slots=True)
class Source:
    """One site or section that is watched: the facts of its record.

    `zone` is an IANA name, used for times without an offset. `family` names the page family and is detected where
    None. `selectors` maps field names to CSS selectors that replace the family's. `pace_group` names the server that
    requests are paced for. `delay` is in seconds. `record` is the file that the facts came from, for messages.
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
    record: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to make the next request for an address conditional, kept verbatim (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """What a spider must know of a source's past; it never opens the database.

    `first` until one crawl has succeeded. `cursor` is a strategy's own mark of how far it read. `pending` is the step
    that a walk still had to take when its run ended early, with its strategy. `known` holds the URL keys
    (`crawler.text.urls.url_key`) of links that need no fetch.
    """

    slug: str
    first: bool = True
    cursor: str | None = None
    pending: tuple[str, Step] | None = None
    validators: Mapping[str, Validators] = field(default_factory=dict)
    open_links: tuple[Link, ...] = ()
    known: frozenset[str] = frozenset()


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
class Step:
    """The next address to ask on the way through one strategy: a spider passes it on and never looks inside.

    `number` counts its pages from 1; `found` is how many links the pages before it yielded. `walk` names how the
    strategy goes (empty where it has one way only), `mark` is its place on that way, and `seen` holds the URL keys
    that must not be taken for news again: of the whole walk where its pages are bounded (feed, listing), else of the
    page before (wordpress).
    """

    url: str
    number: int = 1
    found: int = 0
    walk: str = ""
    mark: str | None = None
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one answer of a strategy holds: links, perhaps a next step, and the cursor once everything was read."""

    links: tuple[Link, ...]
    next: Step | None = None
    cursor: str | None = None


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


# -- extraction ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate for a field: what was read, and its origin.

    Origins: `selector` and `source` (of the record), `heading`, `label` (`Penulis: ...`), `byline`, `time`, `text`,
    `json-ld`, `meta`, `link` (rel=canonical), `title`, `html` (lang), `rest`, `feed`, `listing`, `url`, `sign-off`.
    """

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article: absolute address, and the words under it where there are any."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A related-link line or box that stood inside the text; `url` is None where it was no link."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page says about itself, before anything is decided: candidates per field, best first, and one body.

    `body` is HTML of the article's text alone, related links and page furniture taken out, not yet sanitised.
    `site_names` are the names that the site calls itself. `attribution` is whom a labelled line names as the source.
    """

    url: str
    family: str
    body: str
    canonical: tuple[Evidence, ...] = ()
    title: tuple[Evidence, ...] = ()
    author: tuple[Evidence, ...] = ()
    published: tuple[Evidence, ...] = ()
    modified: tuple[Evidence, ...] = ()
    summary: tuple[Evidence, ...] = ()
    language: tuple[Evidence, ...] = ()
    images: tuple[Image, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    site_names: tuple[str, ...] = ()
    attribution: str | None = None
    next_page: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was written. A field without evidence is None or empty, never a guess.

    `published` and `modified` are UTC; day precision is 00:00 in the source's zone. `paragraphs` is plain text, one
    per block of the body, the dateline as written in the first. `body_html` is sanitised and holds the same text.
    `url` is where it was read, `canonical_url` its address without tracking parameters or the page's own claim on the
    same host. `provenance` names where each decided field came from.
    """

    url: str
    canonical_url: str
    title: str
    paragraphs: tuple[str, ...]
    body_html: str
    author: str | None = None
    published: datetime | None = None
    published_precision: Precision = "none"
    published_raw: str | None = None
    modified: datetime | None = None
    event_date: date | None = None
    dateline: str | None = None
    agency: str | None = None
    mirror_of: str | None = None
    language: str | None = None
    summary: str | None = None
    images: tuple[Image, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    signoff: str | None = None
    attribution: str | None = None
    partial: bool = False
    next_page: str | None = None
    family: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict)


# -- what a spider hands to storage ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Discovered:
    """An answer of a strategy was read: its links, and the articles that it held whole (stored in one transaction).

    `next` is the step that follows, None at the end of a walk. `cursor` is None where there is none to keep yet.
    """

    source: str
    strategy: str
    url: str
    links: tuple[Link, ...] = ()
    articles: tuple[tuple[Link, Article], ...] = ()
    next: Step | None = None
    validators: Validators = Validators()
    cursor: str | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A link was asked for: the article on its page, or why there is none.

    `excluded` marks a page that is no article and never will be; any other failure is tried again in a later run.
    """

    link: Link
    status: int | None = None
    url: str = ""
    article: Article | None = None
    validators: Validators = Validators()
    error: str | None = None
    excluded: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """A source's part of a run is over: the strategy that served it, or the state and reason of its failure."""

    source: str
    ok: bool
    state: State
    reason: str | None = None
    strategy: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name under which an article was seen: a URL key, the CMS's own id, or a guid."""

    kind: AliasKind
    value: str


@dataclass(frozen=True, slots=True)
class Known:
    """A stored article that holds one of a candidate's aliases."""

    article_id: int
    title: str
    native: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A material edit: its class (headline, number, name, correction, text) and the fields before and after."""

    kind: str
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that differ, in their order in `after`."""
        return tuple(self.after)
