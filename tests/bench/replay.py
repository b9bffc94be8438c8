"""How many kept pages a second a core `newsfeed reprocess` reads again, on WordPress pages of 39 kB.

    python tests/bench/replay.py [--pages N] [--jobs N]

A home is filled as a crawl fills it, then reprocessed twice: in this process alone, whose CPU time counts, and on all
cores, whose clock counts. The second also tells what the workers' start and the one writer cost.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

sys.path.insert(0, str(Path(__file__).parents[1]))  # the kit and the builders of the tests

from crawl import print_figures
from crawls import Figure
from served import LargeNewsroom, StyledWordPress

from crawler.annotator import annotator
from crawler.extraction import extract_page
from crawler.home import Home
from crawler.intake import take_fetched
from crawler.models import Capture, Fetched, Link, Page, Source
from crawler.replay.readers import cores
from crawler.replay.reprocess import Replay, reprocess
from crawler.storage import sources as stored
from crawler.storage.database import open_writer, transaction
from crawler.storage.page_reading import Wanted
from crawler.storage.pages import open_pages

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LIMIT = 120  # pages a second a core


def fill(home: Home, count: int) -> tuple[Source, int]:
    """Store so many articles with their pages; the source, and how many bytes the pages have."""
    with StyledWordPress(LargeNewsroom(count)) as site:
        source = Source("warta", "Warta", "press", f"{site.url}/", pace_group="warta")
        sent = [(site.address(post), bytes(str(site.post_page(post).body), "utf-8")) for post in site.desk.readable()]
    with closing(open_writer(home.database)) as db, open_pages(home.pages_db) as pages:
        with transaction(db):
            stored.save(db, [source], NOW)
        annotate = annotator(db, home.gazetteer_dir)
        for url, body in sent:
            page = Page(url, body, "text/html; charset=utf-8", Link(url, source.slug))
            article = extract_page(page, source, NOW)
            pages.keep([Capture(page, NOW)], NOW)
            take_fetched(db, Fetched(Link(url, source.slug), 200, url, article), NOW, None, annotate)
    return source, sum(len(body) for _, body in sent)


def replayed(home: Home, source: Source, jobs: int) -> Replay:
    """Reprocess everything."""
    return asyncio.run(
        reprocess(home, {source.slug: source}, Wanted(), lambda: NOW, lambda _: None, jobs=jobs, seconds=3600)
    )


def measure(folder: Path, count: int, jobs: int) -> Iterator[Figure]:
    """Everything, in the order in which it is printed."""
    home = Home(folder)
    source, size = fill(home, count)
    work = f"reading {count:,} kept pages again"
    yield Figure(work, "kB a page", size / count / 1000)
    yield Figure(work, "kB a page in pages.db", home.pages_db.stat().st_size / count / 1000)
    began = time.process_time()
    done = replayed(home, source, 1)
    assert (done.articles, done.changed) == (count, 0)
    yield Figure(work, "pages a CPU second, one process", count / (time.process_time() - began), LIMIT, at_least=True)
    start = time.monotonic()
    replayed(home, source, jobs)
    yield Figure(
        work, f"pages a second of the clock, {jobs} processes and their start", count / (time.monotonic() - start)
    )


@click.command()
@click.option("--pages", "count", default=1000, help="How many pages.")
@click.option("--jobs", default=cores(), help="Processes of the second run.")
def main(count: int, jobs: int) -> None:
    """Fill a home and read it again."""
    with TemporaryDirectory() as folder:
        print_figures(list(measure(Path(folder), count, jobs)))


if __name__ == "__main__":
    main()
