"""`newsfeed sources record`: a page as it was read, beside what its article must be, for a test to hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.commands.options import Options, options
from feeds.commands.places import fixtures_in, required_checkout, save
from feeds.commands.target import find_target


@click.command()
@click.argument("where", metavar="URL|FILE")
@click.option("--url", metavar="URL", help="Address of a FILE [default: the one that the page claims].")
@click.option("--source", "slug", metavar="SLUG", help="Source record [default: the one that names the host].")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the files [default: the source's own beside the home's records].",
)
@click.option("--checkout", "is_shared", is_flag=True, help="Into tests/sources of this checkout, texts replaced.")
@click.option("--force", is_flag=True, help="Write over an earlier recording.")
@options
def record(
    given: Options, where: str, url: str | None, slug: str | None, into: Path | None, is_shared: bool, force: bool
) -> None:
    """Save a page, and beside it what was read from it as JSON, to be checked by hand and kept as a test.

    A URL is asked for once; further pages of its article are saved as NAME-2.html and so on. FILE is a saved page (-
    for standard input). An earlier recording of the page stays as it is. With --checkout, all texts of the page are
    replaced by filler, so that it can be shared.
    """
    from crawler.sources.fixture import slug_of
    from feeds.commands.recordings import page_files

    if into and is_shared:
        raise click.UsageError("--checkout names the folder already: leave --into out.")
    root = fixtures_in(required_checkout()) if is_shared else given.home.sources_dir
    now = datetime.now(UTC)
    target = find_target(given, where, url, now, slug)
    folder = into or root / slug_of(target.source.slug)
    files = page_files(target.page, target.source, now, is_reduced=is_shared)
    paths = {folder / name: content for name, content in files.items()}
    save(paths, force=force)
    for path in paths:
        given.say(str(path))
    given.say(f"Check {next(reversed(paths)).name} by hand, against the page in a browser, and correct what is wrong.")
