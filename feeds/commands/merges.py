"""`newsfeed merges`: articles that count as one, and taking them apart again."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from feeds.commands.options import Options, options, remember
from feeds.commands.summary import print_table

NEWEST = 100


@click.group()
@remember
def merges() -> None:
    """List the articles that count as one with another, or take two apart again."""


@merges.command("list")
@options
def list_(given: Options) -> None:
    """List the newest merges: which article is shown, which is not for its sake, and why."""
    from contextlib import closing

    from crawler.storage.database import open_reading
    from crawler.storage.merges import newest

    with closing(open_reading(given.home.database)) as db:
        found = newest(db, NEWEST)
    rows = [
        (
            f"{merge.at:%Y-%m-%d %H:%M}Z",
            merge.kept,
            merge.dropped,
            merge.undone_reason or merge.reason,
            _state(merge.undone_at),
        )
        for merge in found
    ]
    print_table(("when", "shown", "not shown", "reason", "undone"), rows)


@merges.command()
@click.argument("url")
@click.option("--reason", required=True, help="Why these are two, for whoever asks later.")
@options
def undo(given: Options, url: str, reason: str) -> None:
    """Show an article again that counts as another one. URL is its own address, as `newsfeed merges list` has it.

    The two are never made one again.
    """
    from contextlib import closing

    from crawler.errors import NotStored
    from crawler.storage import merges as stored
    from crawler.storage.database import open_writer, transaction

    with closing(open_writer(given.home.database)) as db, transaction(db):
        dropped = stored.dropped_at(db, url)
        if dropped is None:
            raise NotStored(f"{url} is no article that counts as another one; see `newsfeed merges list`.")
        stored.undo(db, dropped, reason, datetime.now(UTC))
    given.say(f"{url} stands for itself again; `newsfeed build` shows it.")


def _state(undone_at: datetime | None) -> str:
    return f"{undone_at:%Y-%m-%d %H:%M}Z" if undone_at else ""
