"""`newsfeed sources record`: a page as it was read, beside what its article must be, for a test to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.errors import ConfigError, StorageError
from crawler.models import Page
from feeds.commands.options import Options, options
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
@click.option("--force", is_flag=True, help="Write over an earlier recording.")
@options
def record(given: Options, where: str, url: str | None, slug: str | None, into: Path | None, force: bool) -> None:
    """Save a page, and beside it what was read from it as JSON, to be checked by hand and kept as a test.

    A URL is asked for once; further pages of its article are saved as NAME-2.html and so on. FILE is a saved page (-
    for standard input). An earlier recording of the page stays as it is.
    """
    from crawler.extraction import extract_page
    from crawler.sources.fixture import recording, slug_of

    now = datetime.now(UTC)
    target = find_target(given, where, url, now, slug)
    page = _as_saved(target.page)
    folder = into or given.home.sources_dir / slug_of(target.source.slug)
    files = recording(page, extract_page(page, target.source, now), target.source)
    paths = {folder / name: content for name, content in files.items()}
    _write(paths, force)
    for path in paths:
        given.say(str(path))
    given.say(f"Check {next(reversed(paths)).name} by hand, against the page in a browser, and correct what is wrong.")


def _as_saved(page: Page) -> Page:
    """The page as whoever reads the files will have it: bytes and address, no header."""
    return replace(page, content_type=None, link=None, parts=tuple(map(_as_saved, page.parts)))


def _write(paths: Mapping[Path, bytes], force: bool) -> None:
    taken = next((path for path in paths if path.exists()), None)
    if taken and not force:
        raise ConfigError(taken, "is already there; --force writes over it, --into names another folder.")
    for path, content in paths.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise StorageError(f"{path} cannot be written ({error.strerror}); choose another folder.") from error
