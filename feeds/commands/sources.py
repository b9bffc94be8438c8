"""`newsfeed sources`: the records that are known, new ones, and recorded pages beside them."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from crawler.models import Source
from crawler.storage.reading import StoredSource
from feeds.commands.add import add
from feeds.commands.check import check
from feeds.commands.options import Options, options, remember
from feeds.commands.pause import pause, resume
from feeds.commands.probe import explain, probe
from feeds.commands.record import record
from feeds.commands.standing import Standing, standings
from feeds.commands.summary import print_table


@click.group()
@remember
def sources() -> None:
    """List, show, probe, add, check, pause and resume the sources, or record a page of one for a test."""


for command in (probe, explain, add, record, check, pause, resume):
    sources.add_command(command)


@sources.command("list")
@options
def list_(given: Options) -> None:
    """List every source record, the packaged ones and your own, and the sites that only imported pages are of."""
    from crawler.sources import load_sources
    from crawler.sources.choice import is_chosen

    config, records = given.config, load_sources(given.home.sources_dir)
    paused = {one.slug for one in _standing(given) if one.state == "paused"}
    rows: list[tuple[str, ...]] = [
        (
            source.slug,
            source.name,
            source.kind,
            source.confidence,
            "paused" if source.slug in paused else "yes" if is_chosen(source, config.include, config.exclude) else "no",
            source.homepage or "no address known",
        )
        for source in records.values()
    ]
    rows += [
        (source.slug, source.name, source.kind, "imported", "no", source.homepage)
        for source in _stored(given)
        if source.state == "imported" and source.slug not in records
    ]
    print_table(("source", "name", "kind", "confidence", "crawled", "homepage"), rows)


@sources.command()
@click.argument("slug")
@options
def show(given: Options, slug: str) -> None:
    """Show one source record, and how its last crawl went."""
    from crawler.sources import find, load_sources

    records = load_sources(given.home.sources_dir)
    imported = next((one for one in _stored(given) if one.slug == slug and slug not in records), None)
    for name, value in _imported(imported) if imported else _facts(find(records, slug)):
        click.echo(f"{name:<14}{value}")
    for name, value in _past(given, slug):
        click.echo(f"{name:<14}{value}")


def _imported(source: StoredSource) -> list[tuple[str, str]]:
    facts = [("slug", source.slug), ("name", source.name), ("kind", source.kind), ("homepage", source.homepage)]
    return [*facts, ("record", "none: only imported pages are known of it, and it is not crawled")]


def _facts(source: Source) -> list[tuple[str, str]]:
    facts = [
        ("slug", source.slug),
        ("name", source.name),
        ("publisher", source.publisher),
        ("kind", source.kind),
        ("homepage", source.homepage or "no address known"),
        ("confidence", source.confidence),
        ("time zone", source.zone),
        ("language", source.language),
        ("province", source.province),
        ("unit", source.unit),
        ("page family", source.family or "detected"),
        ("republish", source.republish),
        ("filter", source.filter),
        ("paced with", source.pace_group),
        ("delay", f"{source.delay:g} s"),
        ("record", source.record),
    ]
    ways = [("way" if n else "ways", f"{n + 1}. {strategy}") for n, strategy in enumerate(source.discover)]
    return [(name, value) for name, value in facts + ways if value]


def _stored(given: Options) -> list[StoredSource]:
    from crawler.storage.reading import open_reader

    if not given.home.database.exists():
        return []
    with open_reader(given.home.database) as reader:
        return reader.sources()


def _standing(given: Options) -> list[Standing]:
    return standings(given.home, datetime.now(UTC)) if given.home.database.exists() else []


def _past(given: Options, slug: str) -> list[tuple[str, str]]:
    stands = next((one for one in _standing(given) if one.slug == slug), None)
    if stands is None:
        return [("state", "never tried")]
    past = [
        ("state", stands.state + (f" since {stands.since:%Y-%m-%d %H:%M} UTC" if stands.since else "")),
        ("reason", stands.reason or ""),
        ("served by", stands.strategy or ""),
        ("articles", str(stands.articles)),
    ]
    return [(name, value) for name, value in past if value]
