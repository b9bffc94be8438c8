"""`newsfeed stories`: which articles tell of one event, why, and the operator's word on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from feeds.commands.hide import checked
from feeds.commands.options import Options, options, remember
from feeds.commands.printable import printable
from feeds.commands.summary import print_table

if TYPE_CHECKING:
    import sqlite3

    from crawler.models import Pair
    from crawler.storage.stories import Part

MOST = 100
MOST_DECISIONS = 200


@click.group()
@remember
def stories() -> None:
    """Show which articles tell of one event, and correct it."""


@stories.command("list")
@click.option("--since", metavar="DATE|AGE", help="YYYY-MM-DD, or an age such as 12h, 7d, 4w.")
@click.option("--single", is_flag=True, help="Those of a single article too.")
@options
def list_(given: Options, since: str | None, single: bool) -> None:
    """List the newest stories that several articles tell."""
    from contextlib import closing

    from crawler.storage.database import open_reading
    from crawler.storage.stories import newest
    from feeds.commands.changes import moment_of

    with closing(open_reading(given.home.database)) as db:
        after = moment_of(since, given.config.zone, datetime.now(UTC)) if since else None
        found = newest(db, after, 1 if single else 2, MOST)
    rows = [
        (f"{one.entered:%Y-%m-%d %H:%M}Z", str(one.articles), str(one.sources), one.title, one.url, one.entry_id)
        for one in found
    ]
    print_table(("entered", "articles", "sources", "lead", "url", "id"), [tuple(map(printable, row)) for row in rows])


@stories.command()
@click.argument("url")
@options
def show(given: Options, url: str) -> None:
    """Show the story of the article at URL: its articles, the lead first, what was decided about them, and why.

    URL is any address of an article, its id in the feeds, or a story's id (urn:uuid:...). Linked stories are told of
    apart: what came before or after, the same ceremony elsewhere.
    """
    from contextlib import closing

    from crawler.storage import decisions
    from crawler.storage import stories as stored
    from crawler.storage.database import open_reading

    with closing(open_reading(given.home.database)) as db:
        story = _story(db, checked(url))
        parts = {part.id: part for part in stored.parts(db, story)}
        pairs = decisions.about(db, parts)
        others = stored.parts_of(db, {key for pair in pairs for key in (pair.one, pair.other)} - parts.keys())
        click.echo(f"Story {stored.entry_id_of(db, story)}")
    print_table(("", "published", "source", "title", "url"), [_row(part, n) for n, part in enumerate(parts.values())])
    pairs.sort(key=lambda pair: (pair.by, pair.decision.verdict, -pair.decision.score))
    inside = [pair for pair in pairs if pair.one in parts and pair.other in parts]
    outside = [pair for pair in pairs if pair not in inside]
    known = parts | others
    for title, told in (("Why", inside), ("Beside it", outside)):
        if told:
            click.echo(f"\n{title}:")
            print_table(("verdict", "score", "by", "reason", "article", "other"), _told(told[:MOST_DECISIONS], known))


@stories.command()
@click.argument("url")
@click.option("--reason", required=True, help="Why, for whoever asks later.")
@options
def split(given: Options, url: str, reason: str) -> None:
    """Take the article at URL out of its story. It never comes together with the others of it again.

    It may be called while a crawl runs.
    """
    from contextlib import closing

    from crawler import grouping
    from crawler.storage.database import open_writer, transaction

    with closing(open_writer(given.home.database)) as db, transaction(db):
        article = _article(db, checked(url))
        count = grouping.split(db, article, reason, datetime.now(UTC))
    if not count:
        raise click.UsageError(f"{url} is alone in its story: there is nothing to split.")
    given.say(f"{url} is a story of its own now, apart from {count} {'article' if count == 1 else 'articles'}.")


@stories.command()
@click.argument("url")
@click.argument("other")
@click.option("--reason", required=True, help="Why, for whoever asks later.")
@options
def merge(given: Options, url: str, other: str, reason: str) -> None:
    """Make one story of those of the articles at URL and OTHER, for good. The older story's id stays.

    It may be called while a crawl runs.
    """
    from contextlib import closing

    from crawler import grouping
    from crawler.storage import stories as stored
    from crawler.storage.database import open_writer, transaction

    with closing(open_writer(given.home.database)) as db, transaction(db):
        one, two = _article(db, checked(url)), _article(db, checked(other))
        story = stored.story_of(db, one)
        if story == stored.story_of(db, two):
            raise click.UsageError(f"{url} and {other} are in one story already.")
        grouping.merge(db, one, two, reason, datetime.now(UTC))
        story = stored.story_of(db, one)
        assert story is not None
        count, entry_id = len(stored.parts(db, story)), stored.entry_id_of(db, story)
    given.say(f"One story of {count} articles now: {entry_id}")


def _article(db: sqlite3.Connection, name: str) -> int:
    """The article at an address or of an id; raises NotStored where there is none in a story."""
    from crawler.errors import NotStored
    from crawler.storage import lookup
    from crawler.storage import stories as stored

    keys = lookup.named(db, name)
    found = next((key for key in keys if stored.story_of(db, key) is not None), None)
    if found is None:
        problem = "is not stored" if not keys else "is not grouped: it is hidden or removed, or no run has ended since"
        raise NotStored(f"{name} {problem}; `newsfeed stories list --single` shows what is.")
    return found


def _story(db: sqlite3.Connection, name: str) -> int:
    from crawler.storage import lookup
    from crawler.storage import stories as stored

    if not lookup.is_address(name):
        story = stored.called(db, lookup.entry_id(name))
        if story is not None and stored.parts(db, story):
            return story
    story = stored.story_of(db, _article(db, name))
    assert story is not None
    return story


def _row(part: Part, place: int) -> tuple[str, ...]:
    lead = "lead" if place == 0 else ""
    return tuple(map(printable, (lead, f"{part.published:%Y-%m-%d %H:%M}Z", part.source, part.title, part.url)))


def _told(pairs: list[Pair], known: dict[int, Part]) -> list[tuple[str, ...]]:
    return [
        tuple(
            map(
                printable,
                (
                    pair.decision.verdict,
                    f"{pair.decision.score:.2f}",
                    pair.by,
                    pair.decision.reason,
                    known[pair.one].url,
                    known[pair.other].url,
                ),
            )
        )
        for pair in pairs
    ]
