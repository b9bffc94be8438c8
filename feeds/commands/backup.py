"""`newsfeed backup`: the home's memory in one folder that can be carried away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.commands.options import Options, is_terminal, options


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--pages", is_flag=True, help="Also the pages as they were fetched (pages.db), where they are kept.")
@options
def backup(given: Options, folder: Path | None, pages: bool) -> None:
    """Copy the database, newsfeed.toml and your own source records into FOLDER, a new one.

    A crawl or build may be under way: what it writes meanwhile is in the copy whole, or not at all. Without FOLDER it
    is one named by the time, in the home's `backups` folder.
    """
    from crawler.backup import make_backup, told_size

    with watching(given) as on_step:
        made = make_backup(given.home, folder, datetime.now(UTC), with_pages=pages, on_step=on_step)
    given.say(f"Backed up {len(made.files)} files, {told_size(made)}, checked: {made.path}")


@contextmanager
def watching(given: Options) -> Iterator[Callable[[int, int], None] | None]:
    """A bar over the pages of the database for the length of the block, where a person watches."""
    if given.quiet or not is_terminal():
        yield None
        return
    from rich.progress import Progress

    with Progress(transient=True) as progress:
        task = progress.add_task("Copying", total=None)
        yield lambda left, pages: progress.update(task, total=pages, completed=pages - left)
