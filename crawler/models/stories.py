"""Stories: what grouping compares of an article, what it decides, and what a story is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from crawler.models.watched import Kind

StoryVerdict = Literal["join", "link", "apart"]
Decider = Literal["program", "human"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a stored article tells, for its signature: its text, its days, and what annotation found in it.

    `published` is its day in the source's zone; `event` is None where the text names none. `subjects` and `mentioned`
    are ids of units and offices; all that annotation finds may be empty.
    """

    article_id: int
    title: str
    text: str
    published: date
    event: date | None = None
    subjects: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    source: str = ""
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """An article as grouping compares it: whom and what it tells of, and how it is worded.

    `day` is that of the event, where the text names a likely one (`is_dated`), else that of publication. `units` are
    its subjects: the units among them, or the offices where there are no units; `others` are all that it names besides.
    `people`, `heads` (of a unit) and `officials` (who are everywhere) are folded names, `counts` pairs such as
    `(40, "org")`, `quotes` the first words of each quotation. `title` and `lead` are stems, `sketch` a sample of the
    text's runs of words. `rank` is a number from its entry id, which no order of arrival decides.
    """

    article_id: int
    day: date
    is_dated: bool
    published: date
    units: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    officials: frozenset[str] = frozenset()
    counts: frozenset[tuple[int, str]] = frozenset()
    quotes: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()
    sketch: frozenset[int] = frozenset()
    is_roundup: bool = False
    source: str = ""
    rank: int = 0


class Holder(NamedTuple):
    """An article that is found by a key: the key with its span of days, the article's day, rank and source.

    `place` tells whether it is compared with others because of this key: 0 with all, as few of its day have it; 1 as
    one of the few that stand for all; 2 with those few alone.
    """

    key: int
    place: int
    day: int
    rank: int
    article_id: int
    source: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What two articles are to each other; `score` is 0 to 1, `reason` what it came from, in words."""

    verdict: StoryVerdict
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A decision about two articles, the one of the smaller key first; `id` orders those that are stored."""

    one: int
    other: int
    decision: Decision
    by: Decider = "program"
    at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """What the choice of a story's id and lead looks at in an article; `story_id` is where it is now."""

    article_id: int
    entry_id: str
    entered: str
    kind: Kind
    partial: bool
    published: str
    length: int
    story_id: int | None = None


@dataclass(frozen=True, slots=True)
class KnownStory:
    """A story that was ever made: its key (the smaller, the older), its id for ever, its lead, and its articles now."""

    id: int
    entry_id: str
    lead_id: int | None = None
    members: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StoryChange:
    """What becomes of a story: its articles and lead from now on.

    `id` is None for a new one. One that has no articles is over; `merged_into` is the entry id of the story that they
    went to, None where they are only shown no more. `entered` is when the first of its articles did, `moved` are those
    that came from another story, or to others.
    """

    id: int | None
    entry_id: str
    members: frozenset[int]
    lead_id: int | None
    merged_into: str | None = None
    entered: str = ""
    moved: frozenset[int] = frozenset()
