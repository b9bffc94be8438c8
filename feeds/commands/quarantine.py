"""`newsfeed quarantine`: articles that a rule takes for planted gambling spam."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from feeds.commands.hide import checked
from feeds.commands.options import Options, options, remember
from feeds.commands.printable import printable
from feeds.commands.summary import print_table


@click.group()
@remember
def quarantine() -> None:
    """List the articles that are kept back as planted spam, or release one."""


@quarantine.command("list")
@options
def list_(given: Options) -> None:
    """List what is kept back, newest first, with the signs that told."""
    from contextlib import closing

    from crawler.storage.database import open_reading
    from crawler.storage.quarantines import held

    with closing(open_reading(given.home.database)) as db:
        found = held(db)
    if not found:
        given.say("Nothing is in quarantine.")
        return
    rows = [
        tuple(map(printable, (f"{one.since:%Y-%m-%d %H:%M}Z", one.source, one.url, one.title, one.reason)))
        for one in found
    ]
    print_table(("since", "source", "url", "title", "reason"), rows)


@quarantine.command()
@click.argument("url")
@click.option("--reason", metavar="TEXT", help="Why it is no spam, for whoever asks later.")
@options
def release(given: Options, url: str, reason: str | None) -> None:
    """Show the article at URL (any address of it, or its id in the feeds); it is never kept back again."""
    from contextlib import closing

    from crawler.errors import NotStored
    from crawler.storage.database import open_writer, transaction
    from crawler.storage.quarantines import release as release_stored

    with closing(open_writer(given.home.database)) as db, transaction(db):
        released = release_stored(db, checked(url.strip()), reason, datetime.now(UTC))
    if not released:
        raise NotStored(f"{url} is not in quarantine; see `newsfeed quarantine list`.")
    for one in released:
        given.say(printable(f"Released: {one.title} ({one.source}), {one.url}"))
    given.say("Run `newsfeed build` to show it.")
