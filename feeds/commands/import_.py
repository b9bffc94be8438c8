"""`newsfeed import`: pages from web archives and saved pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.errors import StorageError
from feeds.commands.options import Options, options
from feeds.commands.progress import progress

if TYPE_CHECKING:
    from crawler.replay.archives import Found
    from crawler.replay.importing import Imported

NAMED = 20  # things that could not be read, before only their number is told


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--url", help="The address of a saved page, where it does not stand in it; for one FILE.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="When saved pages were fetched, UTC [default: when their file was last changed].",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes that read pages [default: all cores].")
@options
def import_(given: Options, files: tuple[Path, ...], url: str | None, date: datetime | None, jobs: int | None) -> int:
    """Store the articles in web archives (.warc, .warc.gz, Common Crawl's too) and in saved HTML pages.

    Each page is read as it would have been on the day it was archived; what is older than a stored version changes
    nothing, and imported twice is imported once. A page of a site without a record gets a source named after its host,
    which is never crawled. It works in slices, and lets `update` in between.
    """
    from crawler.replay.importing import import_pages
    from crawler.sources import load_sources
    from crawler.text.urls import canonical_url

    if url and (len(files) > 1 or canonical_url(url) is None):
        raise click.UsageError("--url is the http or https address of one FILE.")
    at = date.replace(tzinfo=UTC) if date else None
    with progress(given, "Importing") as told:
        done = asyncio.run(
            import_pages(
                given.home,
                given.config,
                load_sources(given.home.sources_dir),
                found_in(files, url, at),
                lambda: datetime.now(UTC),
                lambda so_far: told(so_far.done, so_far.total, f"{so_far.pages} pages found"),
                jobs=jobs,
            )
        )
    _print(given, done)
    return 1 if done.skipped else 0


def found_in(files: Sequence[Path], url: str | None, at: datetime | None) -> Iterator[Found]:
    """The pages in some files, one file after the other; raises StorageError for one that cannot be read."""
    from crawler.replay.archives import is_archive, read_archive

    for path in files:
        try:
            if is_archive(path):
                with path.open("rb") as file:
                    yield from read_archive(file, path.name)
            else:
                yield saved_page(path, url, at)
        except OSError as error:
            raise StorageError(f"{path} cannot be read: {error.strerror or error}.") from error


def saved_page(path: Path, url: str | None, at: datetime | None) -> Found:
    """The page in an HTML file."""
    from crawler.replay.archives import Saved, Skipped, address_in
    from crawler.replay.unpacking import MOST_BYTES
    from crawler.text.urls import canonical_url

    size, changed = path.stat().st_size, path.stat().st_mtime
    if not 0 < size <= MOST_BYTES:
        return Skipped(str(path), f"it is empty or has more than {MOST_BYTES // 1024**2} MB.")
    body = path.read_bytes()
    address = canonical_url(url) if url else address_in(body)
    if address is None:
        return Skipped(str(path), "it does not tell its address: give that with --url.")
    return Saved(address, body, None, at or datetime.fromtimestamp(int(changed), UTC))


def _print(given: Options, done: Imported) -> None:
    counts = done.counts
    same = done.pages - done.kept
    told = {
        f"{counts['new']} new articles": True,
        f"{counts['edited'] + counts['touched']} newer versions": counts["edited"] + counts["touched"],
        f"{counts['unchanged']} as they are stored": counts["unchanged"],
        f"{counts['older']} older than what is stored": counts["older"],
        f"{counts['part']} further pages of others": counts["part"],
        f"{counts['excluded']} left out by their source's rule": counts["excluded"],
        f"{counts['none']} no articles": counts["none"],
        f"{same} imported before": same,
    }
    given.say(f"{done.pages} pages: {', '.join(words for words, shown in told.items() if shown)}.")
    for slug in done.sources:
        given.say(f"{slug}: a source of its own, as no record names its host.")
    if done.pruned.captures:
        given.say(f"{done.pruned.captures} raw pages dropped, as newsfeed.toml bounds them.")
    for one in done.skipped[:NAMED]:
        click.echo(f"{one.where}: skipped: {one.problem}", err=True)
    if len(done.skipped) > NAMED:
        click.echo(f"... and {len(done.skipped) - NAMED} more skipped.", err=True)
