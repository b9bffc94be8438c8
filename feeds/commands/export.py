"""`newsfeed export`: stored articles as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.errors import QueryError
from feeds.commands.filters import filters, search_of
from feeds.commands.options import Options, options

if TYPE_CHECKING:
    from crawler.models import Search


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "name", metavar="FORMAT", help="csv, jsonl, sqlite, warc or warc.gz [default: by the file's ending]."
)
@filters("source", "since", "until", "unit", "province", "topic")
@click.option("--query", default="", metavar="QUERY", help="Only what matches, as in `newsfeed search`.")
@click.option("--force", is_flag=True, help="Write over FILE where it is there already.")
@options
def export(given: Options, file: Path, name: str | None, query: str, force: bool, **chosen: tuple[str]) -> None:
    """Write the stored articles to FILE, or as csv or jsonl to standard output (-).

    csv is UTF-8 with a head; lists are JSON in their cells, and cells that a spreadsheet would run as a formula begin
    with an apostrophe. jsonl is one object a line with the same names. sqlite is a database with the tables of
    newsfeed.db, and in it these articles with all that belongs to them. warc and warc.gz are web archives of their
    pages as they were fetched, for `newsfeed import` and others' tools. What was withheld or removed is in none.
    """
    from feeds.export import write_file

    try:
        search = search_of(given, query, chosen, may_be_all=True)
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    form = _format(name, file)
    if str(file) == "-":
        _print(given, form, search)
        return
    _require_free(given, file, force=force)
    count = write_file(form, given.home.database, search, file)
    given.say(f"{count:,} {'article' if count == 1 else 'articles'} written to {file}.")
    _tell_left_out(given, form, search, count)


def _tell_left_out(given: Options, form: str, search: Search, written: int) -> None:
    from crawler.storage.page_export import count
    from feeds.export import FORMATS

    left = count(given.home.database, search) - written if FORMATS[form].pages_only else 0
    if left > 0:
        given.say(
            f"{left:,} more have no page that is kept: they came whole in a feed or interface, or it was dropped."
        )


def _format(name: str | None, file: Path) -> str:
    from feeds.export import FORMATS, format_of

    names = ", ".join(FORMATS)
    if name and name not in FORMATS:
        raise click.UsageError(f"There is no format {name!r}, only {names}.")
    found = name or format_of(file)
    if found is None:
        raise click.UsageError(f"The name {str(file)!r} does not tell the format: give --format, one of {names}.")
    if str(file) == "-" and FORMATS[found].text is None:
        raise click.UsageError(f"{found} is a file and cannot go to standard output: name one.")
    return found


def _require_free(given: Options, file: Path, *, force: bool) -> None:
    """Raise click.UsageError where writing would cost something."""
    if file.resolve() in {path.resolve() for path in given.home.path.glob("*.db*")}:
        raise click.UsageError(f"{file} is a database of newsfeed itself: choose another name.")
    if file.is_dir() or not file.resolve().parent.is_dir():
        raise click.UsageError(f"{file} is no file in a folder that is there: choose another name.")
    if file.exists() and not force:
        raise click.UsageError(f"{file} is already there; --force writes over it.")


def _print(given: Options, form: str, search: Search) -> None:
    """Write to standard output; whoever reads may stop early, as `head` does."""
    import os
    import sys

    from feeds.export import write_text

    try:
        write_text(form, given.home.database, search, sys.stdout.buffer)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
