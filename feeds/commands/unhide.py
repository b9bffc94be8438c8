"""`newsfeed unhide`: show again what was taken down."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from feeds.commands.hide import checked
from feeds.commands.options import Options, options
from feeds.commands.printable import printable


@click.command()
@click.argument("url")
@click.option("--reason", metavar="TEXT", help="Why; kept beside the reason of the take-down.")
@options
def unhide(given: Options, url: str, reason: str | None) -> None:
    """Lift the take-down of the article at URL: any address of it, or its id in the feeds.

    The article comes back where it was, with the edits that were stored meanwhile, with the next `newsfeed build`. One
    that its site removed stays out.
    """
    from crawler.grouping import regroup
    from crawler.storage import takedowns
    from crawler.storage.database import open_writer

    if not given.home.database.exists():
        raise click.UsageError("Nothing is hidden: there is no database yet.")
    db = open_writer(given.home.database)
    try:
        now = datetime.now(UTC)
        lifted = takedowns.unhide(db, checked(url.strip()), reason, now)
        regroup(db, [article.id for takedown in lifted for article in takedown.articles], now)
    finally:
        db.close()
    if not lifted:
        raise click.UsageError(f"{url} is not hidden; `newsfeed hide --list` shows what is.")
    for takedown in lifted:
        given.say(printable(f"Lifted: the take-down of {takedown.url} ({takedown.reason})."))
    if lifted[0].articles:
        given.say("Run `newsfeed build` to bring it back into the public files.")
