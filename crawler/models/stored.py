"""What a spider hands to storage, and what identity and revision decide on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.models.article import Article, Precision
from crawler.models.watched import NO_VALIDATORS, Check, Link, Page, Step, Strategy, Validators

AliasKind = Literal["native", "url", "guid"]
Outcome = Literal["article", "none", "waiting", "older", "part"]
LinkState = Literal["open", "done", "excluded", "failed"]
State = Literal[
    "never tried",
    "imported",
    "new",
    "unchanged",
    "silent",
    "empty",
    "failing",
    "malformed",
    "refused",
    "blocked",
    "robots",
    "drift",
    "dns/tls",
    "gone",
    "paused",
]
Move = Literal["open", "reopen", "go on", "wait", "close"]


@dataclass(frozen=True, slots=True)
class Discovered:
    """An answer of a strategy was read: its links, and the articles that it held whole (stored in one transaction).

    `excluded` are links that a rule keeps from being asked, each with the reason; `unwanted` are articles that a rule
    of the source leaves out, unless they are stored: what was wanted once keeps its edits.
    `next` is the step that follows, None at the end of a walk; of another strategy where `next_by` names one. `cursor`
    is None where there is none to keep yet.
    With `is_backfill`, strategy and next are where a backfill goes on, which no poll sees.
    """

    source: str
    strategy: str
    url: str
    links: tuple[Link, ...] = ()
    articles: tuple[tuple[Link, Article], ...] = ()
    excluded: tuple[tuple[Link, str], ...] = ()
    unwanted: tuple[tuple[Link, Article, str], ...] = ()
    next: Step | None = None
    next_by: str | None = None
    validators: Validators = NO_VALIDATORS
    cursor: str | None = None
    size: int = 0
    is_backfill: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A link was asked for: the article on its page, or why there is none; both where only a further page is missing.

    `excluded` marks a page that is no article and never will be; any other failure is tried again in a later run.
    `page` is what was answered, whole and with status 200, whether an article or not; it is kept as it is. With `check`
    a stored article was found to be there still; without an article then, there is nothing new to store.
    """

    link: Link
    status: int | None = None
    url: str = ""
    article: Article | None = None
    validators: Validators = NO_VALIDATORS
    error: str | None = None
    excluded: bool = False
    size: int = 0
    page: Page | None = None
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was fetched, with the link that led there, or a link that carried its article whole (no bytes).

    `outcome` tells what came of it: an article, none, none yet (waiting), or nothing as the stored version is newer
    (older) or as it is a further page of another capture (part). `id` is 0 before it is stored.
    """

    page: Page
    fetched_at: datetime
    outcome: Outcome = "article"
    id: int = 0

    @property
    def link(self) -> Link:
        """How the page was found; every capture has one."""
        assert self.page.link is not None
        return self.page.link


@dataclass(frozen=True, slots=True)
class Tried:
    """A way that a probe tried: how many links it yielded, its rank (None: unusable; 0 is best), and why."""

    strategy: Strategy
    links: int
    rank: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Probed:
    """A site was probed: the ways to its articles in the order of their use, everything tried, and what it cost."""

    source: str
    ways: tuple[Strategy, ...]
    tried: tuple[Tried, ...]
    requests: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A source's part of a run is over: the state it is in, the reason, and the strategy that served it.

    `ok` tells whether it answered as it should; a source may be in trouble nevertheless (drift, silent).
    """

    source: str
    ok: bool
    state: State
    reason: str | None = None
    strategy: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """What a stored article has of what a page can lose in a new design; `size` is that of its text, in characters."""

    entered: datetime
    author: bool
    published: bool
    image: bool
    size: int


@dataclass(frozen=True, slots=True)
class History:
    """What is stored of a source's past, as far as its health depends on it; all newest first, times aware.

    `entered` are the times of its articles. `unread` counts the links found since the last one that became an article,
    all of them tried in vain.
    """

    entered: tuple[datetime, ...] = ()
    samples: tuple[Sample, ...] = ()
    watched_since: datetime | None = None
    unread: int = 0
    unread_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """A source's last incident; `seen_at` is when its trouble was last met, `reopened` how often it came back."""

    opened_at: datetime
    seen_at: datetime
    closed_at: datetime | None = None
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class Alias:
    """A name under which an article was seen: a URL key, the CMS's own id, or a guid."""

    kind: AliasKind
    value: str


@dataclass(frozen=True, slots=True)
class Known:
    """A stored article that holds one of a candidate's aliases or looks like it; `published` is None where unknown."""

    article_id: int
    url: str
    title: str
    text: str
    published: datetime | None = None
    precision: Precision = "none"
    natives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identified:
    """What a candidate is, and why: a stored article, or (`article_id` None) one to be stored.

    `also` are stored articles that turn out to be the same one, `copy_of` the one that a new one repeats on its site,
    `taken` the aliases that a new one answers to and another holds. `is_moved`: its address is the article's home now.
    """

    article_id: int | None
    reason: str
    also: tuple[int, ...] = ()
    copy_of: int | None = None
    taken: tuple[Alias, ...] = ()
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A material edit: its class, and the fields before and after.

    `kind` is correction, headline, number, name or text, the first of them that fits; `also` are the others that do. Of
    an article that its site took away or brought back it is removed or restored.
    """

    kind: str
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    also: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that differ, in their order in `after`."""
        return tuple(self.after)


@dataclass(frozen=True, slots=True)
class Past:
    """What storage knows of an article's latest edits, newest first; `flips` tells how often its source went back.

    `since` is when the source began to show an earlier version again, None while it shows the stored one.
    """

    changes: tuple[Change, ...] = ()
    flips: int = 0
    since: datetime | None = None
