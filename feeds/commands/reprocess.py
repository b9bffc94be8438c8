"""`newsfeed reprocess`: today's extraction over the pages that were kept."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from feeds.commands.options import Options, options
from feeds.commands.progress import progress
from feeds.commands.summary import print_table

if TYPE_CHECKING:
    from crawler.replay.reprocess import Replay

SHOWN = 60  # characters of a value in a table
NAMED = 20  # articles that a list names


@click.command()
@click.option("--source", metavar="SLUG", help="Only the pages of this source.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only pages fetched since then: YYYY-MM-DD, UTC."
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Store nothing; tell what would change, field by field.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes that read pages [default: all cores].")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@options
def reprocess(
    given: Options, source: str | None, since: datetime | None, is_dry: bool, jobs: int | None, as_json: bool
) -> int:
    """Extract articles again from the pages that are kept, and store what is read better now.

    No site is asked. What only our own reading changed is no revision, and no entry looks new because of it; an article
    that its page no longer yields stays as it is. What is spam by today's rule goes into quarantine. It works in slices
    of a minute, and lets `update` in between; broken off, it may simply be called again.
    """
    from crawler.replay.reprocess import reprocess as run
    from crawler.sources import find, load_sources
    from crawler.storage.page_reading import Wanted

    records = load_sources(given.home.sources_dir)
    if source and source not in stored_slugs(given):
        find(records, source)
    wanted = Wanted(source, since.replace(tzinfo=UTC) if since else None)
    with progress(given if not as_json else Options(given.home, quiet=True), "Reprocessing") as told:
        done = asyncio.run(
            run(
                given.home,
                records,
                wanted,
                lambda: datetime.now(UTC),
                lambda replay: told(replay.done, replay.total, _short(replay)),
                is_dry=is_dry,
                jobs=jobs,
            )
        )
    if as_json:
        click.echo(json.dumps(_document(done, is_dry=is_dry), ensure_ascii=False, indent=1, default=str))
    elif not given.quiet:
        _print(done, is_dry=is_dry)
    for url, problem in done.damaged:
        click.echo(f"{given.home.pages_db}: the page of {url} is skipped: {problem}", err=True)
    return 1 if done.damaged else 0


def stored_slugs(given: Options) -> set[str]:
    """The sources that anything is stored of, records or not."""
    from crawler.storage.reading import open_reader

    if not given.home.database.exists():
        return set()
    with open_reader(given.home.database) as reader:
        return {source.slug for source in reader.sources()}


def _print(done: Replay, *, is_dry: bool) -> None:
    rows = []
    for name, count in done.fields.most_common():
        for number, example in enumerate(done.examples[name]):
            first = (name, str(count)) if number == 0 else ("", "")
            rows.append((*first, _cut(example.before), _cut(example.after), example.url))
    if rows:
        print_table(("field", "articles", "before", "after", "for example"), rows)
    for url, problem in done.refused[:NAMED]:
        click.echo(f"{url} stays as it is stored: {problem}")
    if len(done.refused) > NAMED:
        click.echo(f"... and {len(done.refused) - NAMED} more whose page is no article any more.")
    _print_spam(done, is_dry=is_dry)
    would = "would change" if is_dry else "changed"
    came = "would be new" if is_dry else "new"
    click.echo(f"{done.articles} articles read again: {done.changed} {would}, {len(done.new)} {came}.")


def _print_spam(done: Replay, *, is_dry: bool) -> None:
    held, freed = ("would be put", "would be shown") if is_dry else ("put", "shown")
    for url, signs in done.spam.held[:NAMED]:
        click.echo(f"{url} {held} in quarantine: {signs}")
    if len(done.spam.held) > NAMED:
        click.echo(f"... and {len(done.spam.held) - NAMED} more: see `newsfeed quarantine list`.")
    for url in done.spam.freed[:NAMED]:
        click.echo(f"{url} {freed} again, as it is no spam by today's rule.")
    if len(done.spam.freed) > NAMED:
        click.echo(f"... and {len(done.spam.freed) - NAMED} more.")


def _short(done: Replay) -> str:
    return f"{done.changed} articles differ"


def _document(done: Replay, *, is_dry: bool) -> dict[str, Any]:
    return {
        "dry_run": is_dry,
        "captures": done.done,
        "articles": done.articles,
        "changed": done.changed,
        "fields": {
            name: {
                "articles": count,
                "examples": [
                    {"url": example.url, "before": _plain(example.before), "after": _plain(example.after)}
                    for example in done.examples[name]
                ],
            }
            for name, count in done.fields.most_common()
        },
        "new": done.new,
        "quarantined": [{"url": url, "reason": signs} for url, signs in done.spam.held],
        "released": done.spam.freed,
        "refused": [{"url": url, "reason": problem} for url, problem in done.refused],
        "damaged": [{"url": url, "reason": problem} for url, problem in done.damaged],
    }


def _plain(value: object) -> object:
    """A field's value as JSON takes it."""
    from dataclasses import asdict, is_dataclass

    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value if value is None or isinstance(value, str | bool) else str(value)


def _cut(value: object) -> str:
    """A field's value in one cell of a table."""
    plain = _plain(value)
    text = "; ".join(map(str, plain)) if isinstance(plain, list) else str(plain if plain not in (None, "") else "-")
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
