"""`newsfeed hide`: take an article down, for good."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from feeds.commands.options import Options, options
from feeds.commands.printable import printable
from feeds.commands.summary import print_table

if TYPE_CHECKING:
    from crawler.storage.takedowns import Takedown


@click.command()
@click.argument("url", required=False)
@click.option("--reason", metavar="TEXT", help="Why, for whoever asks later; kept in the database.")
@click.option("--list", "is_list", is_flag=True, help="Show the take-downs that hold instead.")
@options
def hide(given: Options, url: str | None, reason: str | None, is_list: bool) -> None:
    """Take the article at URL out of everything public, and keep it out.

    URL is any address of the article, with or without tracking parameters, or its id in the feeds (urn:uuid:...). One
    that is not stored yet is hidden as soon as it is found. Later crawls go on storing the article and its edits, which
    nobody sees. The public files change with the next `newsfeed build` or `newsfeed update`. It may be called while a
    crawl runs.
    """
    if is_list:
        if url or reason:
            raise click.UsageError("--list shows all take-downs: it takes no URL and no --reason.")
        _print_list(given)
        return
    if not url or not reason or not reason.strip():
        raise click.UsageError("Give the URL to hide, and why: newsfeed hide URL --reason TEXT.")
    _hide(given, url.strip(), reason.strip())


def checked(name: str) -> str:
    """An address or entry id as it was given; raises click.UsageError for anything else."""
    from uuid import UUID

    from crawler.storage.lookup import is_address

    if is_address(name):
        return name
    try:
        UUID(name.lower().removeprefix("urn:uuid:"))
    except ValueError:
        raise click.UsageError(
            f"{name} is no address: give one that begins with https://, or an id from a feed (urn:uuid:...)."
        ) from None
    return name


def _hide(given: Options, name: str, reason: str) -> None:
    from crawler.grouping import regroup
    from crawler.storage import takedowns
    from crawler.storage.database import open_writer

    name = checked(name)
    db = open_writer(given.home.database)
    try:
        shown = _feeds_with(given, name)
        now = datetime.now(UTC)
        done = takedowns.hide(db, name, reason, now)
        if done:
            regroup(db, [article.id for article in done[0].articles], now)
    finally:
        db.close()
    if done is None:
        raise click.UsageError(f"No article has the id {name}; give its address instead.")
    takedown, is_new = done
    if not is_new:
        given.say(printable(f"Hidden already, since {takedown.hidden_at:%Y-%m-%d %H:%M} UTC: {takedown.reason}"))
        return
    if not takedown.articles:
        given.say(printable(f"{name} is not stored; it will be hidden as soon as it is found."))
        return
    for article in takedown.articles:
        given.say(printable(f"Hidden: {article.title} ({article.source}), {article.url}"))
    for address in shown:
        given.say(f"It is still in {address}")
    given.say("Run `newsfeed build` to take it out of the public files.")


def _feeds_with(given: Options, name: str) -> list[str]:
    """The pages of the feeds that hold an article now."""
    from crawler.storage.reading import open_reader
    from feeds.catalog import catalog
    from feeds.selection import select

    config = given.config
    with open_reader(given.home.database) as reader:
        wanted = {article.id: article.source for article in reader.find(name)}
        specs = [
            spec
            for spec in catalog(reader.sources(), config)
            if wanted and (spec.sources is None or set(spec.sources) & set(wanted.values()))
        ]
        return [
            config.base_url + spec.home_path
            for spec in specs
            if any(article.id in wanted for article in select(reader, spec))
        ]


def _print_list(given: Options) -> None:
    from crawler.storage.reading import open_operator

    with open_operator(given.home.database) as reader:
        takedowns = reader.takedowns()
    if not takedowns:
        given.say("Nothing is hidden.")
        return
    print_table(("since", "url", "article", "reason"), [_row(takedown) for takedown in takedowns])


def _row(takedown: Takedown) -> tuple[str, ...]:
    titles = "; ".join(f"{article.title} ({article.source})" for article in takedown.articles) or "not stored"
    return tuple(map(printable, (f"{takedown.hidden_at:%Y-%m-%d %H:%M}Z", takedown.url, titles, takedown.reason)))
