"""`newsfeed backfill`: the older articles of one source, back to a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from feeds.commands.options import Options, is_terminal, options

if TYPE_CHECKING:
    from crawler.backfill import Course

EVERY = 15.0  # seconds between two lines where nobody watches a bar


@click.command()
@click.argument("slug", metavar="SOURCE")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE", help="How far back: YYYY-MM-DD."
)
@options
def backfill(given: Options, slug: str, since: datetime) -> None:
    """Fetch the articles of SOURCE back to DATE, page by page of its archive.

    It works in slices of a minute, and lets `update` and `crawl` in between. Broken off, it goes on where it was when
    it is called again with the same DATE. What it finds goes into the feeds' archives, and never before newer entries.
    """
    from crawler.backfill import backfill as walk_back
    from crawler.run import start
    from crawler.sources import find, load_sources
    from crawler.sources.choice import with_address

    source = with_address(find(load_sources(given.home.sources_dir), slug))
    begin = since.replace(tzinfo=ZoneInfo(source.zone))
    if begin > datetime.now(UTC):
        raise click.UsageError(f"{since:%Y-%m-%d} has not come yet: give a date in the past.")
    given.say(f"{slug}: back to {since:%Y-%m-%d}, one request at a time; Ctrl-C stops it, and it goes on from there.")
    with watching(given, slug, begin) as on_progress:
        course = start(walk_back(given.home, given.config, source, begin, lambda: datetime.now(UTC), on_progress))
    for note in course.notes:
        given.say(f"{slug}: {note}.")
    given.say(f"{slug}: {_found(course)}; {_ending(course)}")


@contextmanager
def watching(given: Options, slug: str, since: datetime) -> Iterator[Callable[[Course], None]]:
    """Tell how far a backfill is: a bar over the days on a terminal, now and then a line elsewhere."""
    began = monotonic()

    def told(course: Course) -> str:
        return f"{_found(course)}; {_rest(course.remaining(timedelta(seconds=monotonic() - began)))}"

    if given.quiet:
        yield lambda _: None
    elif is_terminal():
        yield from _bar(slug, since, told)
    else:
        yield _lines(slug, told)


def _bar(slug: str, since: datetime, told: Callable[[Course], str]) -> Iterator[Callable[[Course], None]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task(slug, total=None)

        def show(course: Course) -> None:
            if course.top and course.reached:
                total, done = course.top - since, course.top - course.reached
                progress.update(task, total=total.total_seconds(), completed=done.total_seconds())
            progress.update(task, description=f"{slug}: {told(course)}")

        yield show


def _lines(slug: str, told: Callable[[Course], str]) -> Callable[[Course], None]:
    last = monotonic()

    def show(course: Course) -> None:
        nonlocal last
        if monotonic() - last >= EVERY:
            last = monotonic()
            click.echo(f"{slug}: {told(course)}")

    return show


def _found(course: Course) -> str:
    reached = f", the oldest of {course.oldest:%Y-%m-%d}" if course.oldest else ""
    return f"{course.found} articles found{reached}"


def _rest(remaining: timedelta | None) -> str:
    if remaining is None:
        return "time left unknown"
    minutes = max(1, round(remaining.total_seconds() / 60))
    return f"about {minutes} min left" if minutes < 90 else f"about {minutes / 60:.0f} h left"


def _ending(course: Course) -> str:
    if not course.waiting:
        return f"done: nothing else was found back to {course.since:%Y-%m-%d}."
    return f"done but for {course.waiting} pages that could not be read: call it again later to try them once more."
