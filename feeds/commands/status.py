"""`newsfeed status`: how the sources fare, on one screen."""

from __future__ import annotations

from datetime import datetime

import click

from crawler.storage.reading import StoredSource
from feeds.commands.options import Options, options
from feeds.commands.summary import print_table


@click.command()
@options
def status(given: Options) -> None:
    """Show how each source fares, failing ones first."""
    from crawler.storage.reading import open_reader

    with open_reader(given.home.database) as reader:
        stored = reader.sources()
    rows = [_row(source) for source in sorted(stored, key=_worst_first)]
    print_table(("source", "state", "since", "last success", "last new", "articles"), rows)
    for source in stored:
        if source.reason:
            click.echo(f"{source.slug}: {source.reason}")
    failing = sum(1 for source in stored if source.incident_since)
    articles = sum(source.articles for source in stored)
    click.echo(f"{articles} articles from {len(stored)} sources, {failing} failing.")


def _worst_first(source: StoredSource) -> tuple[bool, bool, str]:
    return source.incident_since is None, source.last_try is None, source.slug


def _row(source: StoredSource) -> tuple[str, ...]:
    times = (source.state_since, source.last_success, source.last_new)
    return source.slug, source.state, *map(_time, times), str(source.articles)


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}Z" if at else "-"
