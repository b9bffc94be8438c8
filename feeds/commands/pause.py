"""`newsfeed sources pause` and `resume`: leave a source alone for a while, and ask it again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import click

from feeds.commands.options import Options, options


@click.command()
@click.argument("slug")
@click.option("--reason", metavar="TEXT", help="Why; `newsfeed status` shows it.")
@click.option("--until", metavar="DATE", help="The day (YYYY-MM-DD, in the source's zone) on which it is asked again.")
@options
def pause(given: Options, slug: str, reason: str | None, until: str | None) -> None:
    """Leave the source SLUG alone until `newsfeed sources resume SLUG`, or until a day. A crawl may be under way."""
    from contextlib import closing

    from crawler.sources import find, load_sources
    from crawler.storage import health
    from crawler.storage.database import open_writer, transaction

    source, now = find(load_sources(given.home.sources_dir), slug), datetime.now(UTC)
    end = _start_of(until, source.zone) if until else None
    if end and end <= now:
        raise click.UsageError(f"--until {until} is over: give a day to come.")
    with closing(open_writer(given.home.database)) as db, transaction(db):
        is_new = health.pause(db, source, (reason or "").strip() or None, end, now)
    until_when = f" until {until}" if until else ""
    given.say(
        f"{slug} is {'paused' if is_new else 'still paused'}{until_when}; `newsfeed sources resume {slug}` ends it."
    )


@click.command()
@click.argument("slug")
@options
def resume(given: Options, slug: str) -> None:
    """Ask the source SLUG again: it is due at once."""
    from contextlib import closing

    from crawler.storage import health
    from crawler.storage.database import open_writer, transaction

    if not given.home.database.exists():
        raise click.UsageError(f"{slug} is not paused: there is no database yet.")
    with closing(open_writer(given.home.database)) as db, transaction(db):
        is_done = health.resume(db, slug)
    if not is_done:
        raise click.UsageError(f"{slug} is not paused; `newsfeed status` shows what is.")
    given.say(f"{slug} is due now; the next `newsfeed update` asks it.")


def _start_of(text: str, zone: str) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--until {text} is no date: give it as YYYY-MM-DD.") from None
    return datetime.combine(day, time(), ZoneInfo(zone))
