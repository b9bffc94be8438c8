"""A walk through a source's archive, in slices: each takes the lock, and goes on where the last one ended."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from time import monotonic

from crawler import turns
from crawler.annotator import annotator
from crawler.errors import CrawlError
from crawler.grouping import group
from crawler.home import Config, Home
from crawler.lock import PAUSE, one_slice
from crawler.middlewares.manners import Manners
from crawler.models import Backfill, Source
from crawler.replay.rereading import rereader
from crawler.run import Report, Session, pruned, require_contact, run_spider, settings_of
from crawler.spiders.backfill import BackfillSpider
from crawler.spiders.course import Course
from crawler.storage import backfill as walks
from crawler.storage import hosts
from crawler.storage import sources as stored
from crawler.storage.database import open_writer, transaction
from crawler.storage.pages import open_pages

__all__ = ["SLICE", "Course", "backfill"]

SLICE = 60.0  # seconds after which a slice takes no new work

Progress = Callable[[Course], None]


async def backfill(
    home: Home,
    config: Config,
    source: Source,
    since: datetime,
    clock: Callable[[], datetime],
    on_progress: Progress,
    *,
    seconds: float = SLICE,
) -> Course:
    """Walk through a source's archive down to `since` (aware), in slices; one that broke off before is gone on with.

    Between slices a crawl that waits gets in. `clock` gives each slice its `now`. Raises ConfigError where a contact is
    missing, StorageError, CrawlError with the reason where the walk breaks off. Must run inside `crawler.run.start`.
    """
    require_contact(home, config, [source])
    course = Course(since)
    is_first, is_over = True, False
    while not is_over:
        async with one_slice(home.run_lock, home.waiting_lock):
            with closing(open_writer(home.database)) as db, open_pages(home.pages_db) as pages:
                session = Session(
                    db,
                    pages,
                    clock(),
                    Report(),
                    reread=rereader(db, pages, {source.slug: source}),
                    annotate=annotator(db, home.gazetteer_dir),
                )
                walk = _walk(db, source, since, session.now, is_first=is_first)
                is_over = walk is None or await _slice(session, config, source, walk, course, on_progress, seconds)
                pruned(pages, config, session.now)
        on_progress(course)
        is_first = False
        await asyncio.sleep(2 * PAUSE)  # another backfill gets in, too
    return course


def _walk(db: sqlite3.Connection, source: Source, since: datetime, now: datetime, *, is_first: bool) -> Backfill | None:
    """The walk to take on; None where another process has meanwhile ended it, or begun one with another date."""
    with transaction(db):
        stored.save(db, [source], now)
        walk = walks.begin(db, source.slug, since, now) if is_first else walks.read(db, source.slug)
    return walk if walk and walk.since == since else None


async def _slice(
    session: Session,
    config: Config,
    source: Source,
    walk: Backfill,
    course: Course,
    on_progress: Progress,
    seconds: float,
) -> bool:
    """Take the walk on, as a run of its own, and keep `course` up to date; returns whether it is over."""
    db, now = session.db, session.now
    if left := hosts.backoffs(db, now).get(source.pace_group):
        raise CrawlError(f"{source.slug}: {turns.told(*left)}; run the backfill again then.")
    manners = Manners(hosts.RobotsTable(db, now))
    before, course.oldest, course.waiting = walks.brought(db, walk)
    course.found = before

    def count(report: Report) -> None:
        course.found = before + report.counts[source.slug]["new"]
        on_progress(course)

    with transaction(db):
        run = stored.start_run(db, now)
    session.on_count = count
    until = session.started + seconds
    spider = await run_spider(
        BackfillSpider, settings_of(config, [source], None, None), session.report, source=source,
        state=walks.state(db, walk, now), walk=walk, course=course, has_time=lambda: monotonic() < until, now=now,
        session=session, manners=manners,
    )  # fmt: skip
    course.notes = list(dict.fromkeys([*course.notes, *spider.told]))
    problem = spider.problem.reason if spider.problem else next(iter(session.report.errors), None)
    group(db, now)
    with transaction(db):
        turns.part(db, manners.partings(), now + session.taken)
        stored.finish_run(db, run, 1 if problem else 0, session.report.counts, now + session.taken)
        if spider.is_over and not problem:
            walks.end(db, source.slug)
    course.found, course.oldest, course.waiting = walks.brought(db, walk)
    if problem:
        raise CrawlError(f"{source.slug}: the backfill broke off: {problem.rstrip('.')}; run it again to go on there.")
    return spider.is_over
