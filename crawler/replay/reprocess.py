"""`newsfeed reprocess`: extraction to storage once more, over the pages as they were fetched.

An article is read again from all of its captures, oldest first, up to the one that the stored version came from. So
whatever differs is of our own making: it is stored as a correction, never as a revision.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

from crawler.annotate import facts_of, lexicon_of
from crawler.annotator import annotator
from crawler.grouping import group
from crawler.home import Home
from crawler.intake import Verdict, note_facts, replayed, take_article
from crawler.lock import PAUSE, one_slice
from crawler.models import Article, Facts, Source
from crawler.replay.judging import Judged, judge_all
from crawler.replay.readers import cores, open_readers
from crawler.replay.rereading import Reading
from crawler.revision import KEPT
from crawler.storage import articles, facts, links
from crawler.storage import sources as stored
from crawler.storage.database import open_reading, open_writer, transaction
from crawler.storage.page_reading import Entry, Wanted, count, entries, of_addresses
from crawler.storage.pages import Pages, open_pages

SLICE = 60.0  # seconds after which a slice takes no new work
EXAMPLES = 3  # of each field that would change

FIELDS = tuple(one.name for one in fields(Article) if one.name not in ("provenance", "native", "next_page", "family"))
FACTS = ("units", "places", "topics", "province")  # what is told apart from the fields of an article

Progress = Callable[["Replay"], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of an article that today's extraction reads otherwise."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Example:
    """A difference, and the address of the article that it is in."""

    url: str
    before: object
    after: object


@dataclass(slots=True)
class Replay:
    """What a reprocessing came to so far: `done` of `total` captures.

    `changed` counts articles, `fields` those in which a field differs. `refused` are stored articles whose page is no
    article to today's extraction, and stay as they are; `damaged` pages that cannot be read; each with the reason.
    `spam` is what became of stored articles by today's rule for it.
    """

    total: int = 0
    done: int = 0
    articles: int = 0
    changed: int = 0
    new: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    damaged: list[tuple[str, str]] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Example]] = field(default_factory=dict)
    spam: Judged = field(default_factory=Judged)

    def note(self, url: str, differences: Sequence[Difference]) -> None:
        """Count an article that differs."""
        self.changed += 1
        for one in differences:
            self.fields[one.field] += 1
            known = self.examples.setdefault(one.field, [])
            if len(known) < EXAMPLES:
                known.append(Example(url, one.before, one.after))


@dataclass(frozen=True, slots=True)
class Group:
    """The captures of one article, oldest first; `article_id` is None for a page that was none."""

    entries: tuple[Entry, ...]
    article_id: int | None


async def reprocess(
    home: Home,
    records: Mapping[str, Source],
    wanted: Wanted,
    clock: Callable[[], datetime],
    on_progress: Progress,
    *,
    is_dry: bool = False,
    jobs: int | None = None,
    seconds: float = SLICE,
) -> Replay:
    """Read the wanted captures again and store what is better now, then judge what is stored; `is_dry` only tells it.

    It works in slices; between them an update gets in. A dry run takes no lock. Raises StorageError.
    """
    done = Replay()
    await _read_all(home, records, wanted, clock, on_progress, done, is_dry=is_dry, jobs=jobs, seconds=seconds)
    await judge_all(home, wanted, clock, done.spam, is_dry=is_dry, seconds=seconds)
    return done


async def _read_all(
    home: Home,
    records: Mapping[str, Source],
    wanted: Wanted,
    clock: Callable[[], datetime],
    on_progress: Progress,
    done: Replay,
    *,
    is_dry: bool,
    jobs: int | None,
    seconds: float,
) -> None:
    after = ("", 0)
    while True:
        if is_dry:
            with closing(open_reading(home.database)) as db, open_pages(home.pages_db, read_only=True) as pages:
                work = _Slice(db, pages, records, wanted, None, done, on_progress, home.gazetteer_dir)
                work.run(after, jobs or cores(), None)
            return
        async with one_slice(home.run_lock, home.waiting_lock):
            with closing(open_writer(home.database)) as db, open_pages(home.pages_db) as pages:
                work = _Slice(db, pages, records, wanted, clock(), done, on_progress, home.gazetteer_dir)
                reached = work.run(after, jobs or cores(), monotonic() + seconds)
                group(db, clock())
        if reached is None:
            return
        after = reached
        await asyncio.sleep(2 * PAUSE)  # another slicer gets in, too


class _Slice:
    """One slice; without `now` nothing is written."""

    def __init__(
        self,
        db: sqlite3.Connection,
        pages: Pages,
        records: Mapping[str, Source],
        wanted: Wanted,
        now: datetime | None,
        done: Replay,
        on_progress: Progress,
        gazetteer: Path,
    ) -> None:
        self.told = partial(facts_of, lexicon=lexicon_of(gazetteer))
        self.annotate = annotator(db, gazetteer)
        self.db, self.pages, self.wanted, self.now = db, pages, wanted, now
        self.done, self.on_progress = done, on_progress
        self.sources = stored.known(db) | dict(records)
        self.version = version("newsfeed-id")

    def run(self, after: tuple[str, int], jobs: int, until: float | None) -> tuple[str, int] | None:
        """Work on until the time has come; returns the place that was reached, None at the end."""
        place: tuple[str, int] | None = after
        self.done.total = count(self.pages, self.wanted)

        def groups() -> Iterator[tuple[Group, list[int]]]:
            nonlocal place
            for entry in entries(self.pages, self.wanted, after):
                place = entry.place
                self.done.done += 1
                if group := self.group(entry):
                    yield group, [one.id for one in group.entries]
                if until is not None and monotonic() >= until:
                    return
            place = None

        with open_readers(self.pages, self.sources, jobs, self.done.total - self.done.done) as readers:
            for group, readings in readers.read(groups()):
                self.take(group, readings)
                self.on_progress(self.done)
        return place

    def group(self, entry: Entry) -> Group | None:
        """The captures to read at an entry: those of its article, at the first of them that is wanted."""
        key = links.article_of(self.db, entry.url)
        known = of_addresses(self.pages, links.addresses(self.db, key) if key else [entry.url])
        if key is None:  # only its newest capture can be an article that is missing
            return Group((entry,), None) if known[-1].id == entry.id and entry.outcome != "part" else None
        history = [one for one in known if one.outcome not in ("older", "part", "waiting")]
        if next((one.id for one in history if one in self.wanted), None) != entry.id:
            return None
        _, seen = articles.times(self.db, key)
        taken = [one for one in history if seen is None or one.at <= seen]
        return Group(tuple(taken or history), key)

    def take(self, group: Group, readings: Sequence[Reading]) -> None:
        """Compare what was read with what is stored, and store what is better."""
        url = group.entries[-1].url
        self.done.damaged += [(url, one.problem or "") for one in readings if one.is_damaged]
        newest = readings[-1]
        if group.article_id is None:
            self.take_missed(newest)
            return
        self.done.articles += 1
        if newest.article is None:
            if not newest.is_damaged:
                self.done.refused.append((url, newest.problem or ""))
            return
        old = articles.load(self.db, group.article_id)
        new = self.read_again(group, readings, old)
        differences = differing(old, new)
        told = self.told_otherwise(group.article_id, new)
        if not differences and not told:
            return
        self.done.note(old.url, [*differences, *told])
        if self.now:
            self.correct(group.article_id, new, [one.field for one in differences], self.now)

    def correct(self, key: int, new: Article, names: Sequence[str], now: datetime) -> None:
        """Store a better reading of an article, and what it tells of by that reading."""
        with transaction(self.db):
            if names:
                articles.correct(self.db, key, new, names, self.version, now)
            note_facts(self.db, key, self.annotate, now)

    def told_otherwise(self, key: int, new: Article) -> list[Difference]:
        """What an article tells of by today's rules and does not by the stored facts."""
        before = facts.load(self.db, key)
        after = self.told(new, self.sources[articles.source(self.db, key)])
        pairs = ((name, _ids(before, name), _ids(after, name)) for name in FACTS)
        return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]

    def read_again(self, group: Group, readings: Sequence[Reading], old: Article) -> Article:
        """The version that an article's captures come to today.

        Where its oldest captures are gone, what only they told is taken from the stored version.
        """
        assert group.article_id is not None
        first, _ = articles.times(self.db, group.article_id)
        is_whole = group.entries[0].at <= first and readings[0].article is not None
        versions = [(one.link, one.article) for one in readings if one.link and one.article]
        new = replayed(versions, None if is_whole else without_evidence(old))
        assert new is not None
        return new

    def take_missed(self, reading: Reading) -> None:
        """Store an article that was read from a page for the first time."""
        if reading.article is None or reading.link is None or reading.unwanted:
            return
        verdict: Verdict = "new"
        if self.now:
            with transaction(self.db):
                met = (reading.link, reading.article, self.now, reading.fetched_at)
                verdict = take_article(self.db, *met, annotate=self.annotate)
            self.pages.mark(reading.id, "older" if verdict == "older" else "article")
        if verdict == "new":
            self.done.new.append(reading.article.url)


def without_evidence(stored: Article) -> Article:
    """A stored version without what was read from the page that it came from: what is left, earlier pages told."""
    read = {name for name in KEPT if name in stored.provenance}
    empty: dict[str, Any] = {name: () if isinstance(getattr(stored, name), tuple) else None for name in read}
    return replace(stored, **empty)


def differing(old: Article, new: Article) -> list[Difference]:
    """The fields that two versions differ in, as they would be stored."""
    pairs = ((name, _stored(getattr(old, name)), _stored(getattr(new, name))) for name in FIELDS)
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _ids(found: Facts, name: str) -> object:
    """What of a kind of facts a difference is worth telling of: which they are, and which is the subject."""
    if name == "province":
        return found.province
    return tuple(sorted(f"{one.id} ({one.role})" if name == "units" else one.id for one in getattr(found, name)))


def _stored(value: object) -> object:
    return value.replace(microsecond=0) if isinstance(value, datetime) else value
