"""`newsfeed import`: pages that others archived or saved take the way of a page that was fetched, from extraction on.

First all files' pages are kept, then they are taken in by their dates, the oldest first: so the order of files does not
matter, and what was broken off goes on.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from time import monotonic
from urllib.parse import urlsplit

from crawler.annotator import annotator
from crawler.grouping import group
from crawler.home import Config, Home
from crawler.intake import Annotate, take_article
from crawler.lock import PAUSE, one_slice
from crawler.models import Capture, Link, Outcome, Page, Source
from crawler.pages.paging import first_page
from crawler.replay.archives import Found, Revisit, Saved, Skipped
from crawler.replay.readers import cores, open_readers
from crawler.replay.rereading import Reading, read_capture, rereader
from crawler.sources.implicit import Directory
from crawler.storage import sources as stored
from crawler.storage.database import open_writer, transaction
from crawler.storage.page_pruning import Pruned, prune
from crawler.storage.page_reading import (
    Entry,
    Wanted,
    at_time,
    capture,
    count,
    entries,
    entry_outcome,
    has_article,
    is_outdated,
    nearest,
)
from crawler.storage.pages import Pages, open_pages

SLICE = 60.0  # seconds after which a slice takes no new work
BATCH = 50  # pages that one transaction keeps
MOST_PARTS = 20  # further pages of one article, as in a crawl

Progress = Callable[["Imported"], None]


@dataclass(slots=True)
class Imported:
    """What an import came to so far.

    `pages` are those that were found, `kept` those that were not there yet; `counts` tells what became of the kept
    ones: new, edited, touched, unchanged, older, part (of another), excluded (by the source's rule), none (no article).
    `sources` are those that were made for hosts without a record.
    """

    pages: int = 0
    kept: int = 0
    total: int = 0
    done: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    sources: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    pruned: Pruned = field(default_factory=Pruned)


async def import_pages(
    home: Home,
    config: Config,
    records: Mapping[str, Source],
    found: Iterator[Found],
    clock: Callable[[], datetime],
    on_progress: Progress,
    *,
    jobs: int | None = None,
    seconds: float = SLICE,
) -> Imported:
    """Keep the pages that are found and store the articles on them; in slices, between which an update gets in.

    Raises StorageError.
    """
    done = Imported()
    revisits: list[Revisit] = []
    work = _Work(records, done, on_progress, jobs or cores())
    steps: Sequence[Callable[[float], bool]] = (
        lambda until: work.keep(found, revisits, until),
        lambda until: work.keep_revisits(revisits, until),
        work.take_waiting,
    )
    for step in steps:
        is_over = False
        while not is_over:
            async with one_slice(home.run_lock, home.waiting_lock):
                with closing(open_writer(home.database)) as db, open_pages(home.pages_db) as pages:
                    work.open(db, pages, clock(), annotator(db, home.gazetteer_dir))
                    is_over = step(monotonic() + seconds)
                    group(db, work.now)
                    if is_over and step is work.take_waiting:
                        done.pruned = prune(pages, config.pages_keep, config.pages_most, work.now)
            if not is_over:
                await asyncio.sleep(2 * PAUSE)  # another slicer gets in, too
    return done


class _Work:
    """The steps of an import; each returns whether it is over, and may be called again in another slice."""

    db: sqlite3.Connection
    pages: Pages
    now: datetime
    annotate: Annotate
    directory: Directory

    def __init__(self, records: Mapping[str, Source], done: Imported, on_progress: Progress, jobs: int) -> None:
        self.records, self.done, self.on_progress, self.jobs = records, done, on_progress, jobs
        self.digests: dict[str, tuple[str, datetime]] = {}

    def open(self, db: sqlite3.Connection, pages: Pages, now: datetime, annotate: Annotate) -> None:
        """Begin a slice."""
        self.db, self.pages, self.now, self.annotate = db, pages, now, annotate
        self.known = stored.known(db)
        self.directory = Directory(self.known | dict(self.records))

    # -- keeping -----------------------------------------------------------------------------------------------------

    def keep(self, found: Iterator[Found], revisits: list[Revisit], until: float) -> bool:
        """Put the pages into `pages.db`, waiting to be taken in; what refers to another waits until all are there."""
        while batch := list(islice(found, BATCH)):
            self.done.skipped += [one for one in batch if isinstance(one, Skipped)]
            revisits += [one for one in batch if isinstance(one, Revisit)]
            self.keep_saved([one for one in batch if isinstance(one, Saved)])
            if monotonic() >= until:
                return False
        return True

    def keep_saved(self, saved: Iterable[Saved]) -> None:
        """Keep some pages in one transaction."""
        captures = []
        for one in saved:
            if urlsplit(one.url).path in ("", "/") and not urlsplit(one.url).query:
                continue  # a home page
            if one.at > self.now:
                self.done.skipped.append(Skipped(one.url, f"its date {one.at:%Y-%m-%d %H:%M} UTC has not come yet."))
                continue
            self.done.pages += 1
            if one.digest:
                self.digests[one.digest] = (one.url, one.at)
            link = Link(one.url, self.directory.source_of(one.url).slug, "import")
            page = Page(one.url, one.body, one.content_type, link)
            captures.append(Capture(page, one.at.replace(microsecond=0), "waiting"))
        self.done.kept += self.pages.keep(captures, self.now)
        self.on_progress(self.done)

    def keep_revisits(self, revisits: list[Revisit], _until: float) -> bool:
        """Keep what was the same as another page, with that page's bytes, where they are known."""
        for one in revisits:
            url, at = one.first_url, one.first_at
            if (not url or not at) and one.digest in self.digests:
                url, at = self.digests[one.digest]
            key = at_time(self.pages, url, at) if url and at else None
            if key is None:
                problem = "it was archived as the same as another page, and that one is not there."
                self.done.skipped.append(Skipped(one.url, problem))
                continue
            try:
                first = capture(self.pages, key).page
            except ValueError as error:
                self.done.skipped.append(Skipped(one.url, f"the page that it is the same as is damaged ({error})."))
                continue
            self.keep_saved([Saved(one.url, first.body, one.content_type or first.content_type, one.at)])
        return True

    # -- taking in ---------------------------------------------------------------------------------------------------

    def take_waiting(self, until: float) -> bool:
        """Take in what waits, the oldest first; also what an import before left waiting."""
        waiting = count(self.pages, Wanted(outcome="waiting"))
        self.done.total = self.done.done + waiting
        is_over = True

        def groups() -> Iterator[tuple[Entry, list[int]]]:
            nonlocal is_over
            for entry in entries(self.pages, Wanted(outcome="waiting")):
                yield entry, [entry.id]
                if monotonic() >= until:
                    is_over = False
                    return

        with open_readers(self.pages, self.directory.sources, self.jobs, waiting) as readers:
            for entry, [reading] in readers.read(groups()):
                self.take(entry, reading)
                self.done.done += 1
                self.on_progress(self.done)
        return is_over

    def take(self, entry: Entry, reading: Reading) -> None:
        """Store the article of one capture, unless something newer or nothing comes of it."""
        first = first_page(entry.url)
        if self.is_part(entry) or (first and has_article(self.pages, first)):
            self.mark(entry, "part")
            return
        reading = self.with_parts(reading)
        if reading.article is None or reading.link is None or reading.unwanted:
            if reading.is_damaged:
                self.done.skipped.append(Skipped(entry.url, reading.problem or ""))
            self.mark(entry, "none", "excluded" if reading.unwanted else "none")
        elif is_outdated(self.pages, entry):
            self.mark(entry, "older")
        else:
            with transaction(self.db):
                self.enter(reading.link.source, entry.url)
                again = rereader(self.db, self.pages, self.directory.sources)
                met = (reading.link, reading.article, self.now, reading.fetched_at)
                verdict = take_article(self.db, *met, again, self.annotate)
            self.mark(entry, "older" if verdict == "older" else "article", verdict)

    def enter(self, slug: str, url: str) -> None:
        """Store the source of an article that is its first; one without a record is so from now on."""
        if slug in self.known:
            return
        if slug in self.records:
            stored.save(self.db, [self.records[slug]], self.now)
        else:
            made = replace(self.directory.source_of(url), slug=slug)
            stored.save_imported(self.db, made, self.now)
            self.done.sources.append(slug)
        self.known = stored.known(self.db)

    def mark(self, entry: Entry, outcome: Outcome, counted: str | None = None) -> None:
        """Note what came of a capture."""
        self.pages.mark(entry.id, outcome)
        self.done.counts[counted or outcome] += 1

    def is_part(self, entry: Entry) -> bool:
        """Whether a capture has become a further page of another since it was listed."""
        return entry_outcome(self.pages, entry.id) == "part"

    def with_parts(self, reading: Reading) -> Reading:
        """The reading of an article with its further pages, as far as those are there."""
        parts: list[int] = []
        while reading.article and reading.article.next_page and reading.fetched_at and len(parts) < MOST_PARTS:
            part = nearest(self.pages, reading.article.next_page, reading.fetched_at)
            if part is None or part in (*parts, reading.id):
                break
            try:
                first, further = capture(self.pages, reading.id), [capture(self.pages, one) for one in (*parts, part)]
            except ValueError:
                break
            page = replace(first.page, parts=tuple(replace(one.page, link=None) for one in further))
            longer = read_capture(replace(first, page=page), self.directory.sources)
            if longer.article is None:
                break
            parts.append(part)
            reading = longer
        if parts:
            self.pages.join(reading.id, parts)
        return reading
