"""`newsfeed sources probe`: which ways lead to a site's articles, what each yielded, and why one won."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from crawler.models import Probed, Source, Tried
from feeds.commands.options import Options, options
from feeds.commands.printable import printable
from feeds.commands.summary import print_table


@click.command()
@click.argument("url", metavar="URL|SLUG")
@options
def probe(given: Options, url: str) -> None:
    """Try every way to a site's articles, and show what each yielded and which is best.

    URL is the site's home page; SLUG names a source record. It says first how many requests it will make at most, and
    stays within that. Nothing is stored.
    """
    print_probed(probed_site(given, source_at(given, url)))


@click.command()
@click.argument("slug")
@options
def explain(given: Options, slug: str) -> None:
    """Tell what the last probe of a source in a crawl tried, what each way yielded, and why one won."""
    from crawler.sources import find, load_sources
    from crawler.storage.reading import open_reader

    source = find(load_sources(given.home.sources_dir), slug)
    with open_reader(given.home.database) as reader:
        found = reader.probe(source.slug)
    if found is None:
        named = ", ".join(map(str, source.discover)) or "none"
        click.echo(f"{slug} was never probed. Its record names these ways: {named}.")
        return
    at, told = found
    click.echo(f"Probed {at:%Y-%m-%d %H:%M} UTC:")
    print_probed(told)


HEAD = ("place", "way", "address", "links", "why")


def source_at(given: Options, where: str) -> Source:
    """The record with this slug, or what stands in for one at this address."""
    from crawler.extraction import unknown_source
    from crawler.sources import find, load_sources
    from crawler.sources.choice import with_address
    from crawler.sources.match import of_address
    from crawler.text.urls import canonical_url

    records = load_sources(given.home.sources_dir)
    if not where.lower().startswith(("http://", "https://")):
        return with_address(find(records, where))
    address = canonical_url(where)
    if address is None:
        raise click.UsageError(f"{where} is no http or https address.")
    known = of_address(records.values(), address)
    return known if known and known.homepage == address else unknown_source(address, homepage=address)


def probed_site(given: Options, source: Source) -> Probed:
    """Probe a site, after telling what it will cost."""
    from crawler import run
    from crawler.discover.probe import THOROUGH

    given.say(f"Probing {source.homepage} with at most {THOROUGH} requests, one after the other.")
    return run.start(run.probe_site(given.home, given.config, source, datetime.now(UTC)))


def print_probed(found: Probed) -> None:
    """Everything that was tried, the best way first."""
    rows = sorted(found.tried, key=lambda one: (one.rank is None, one.rank or 0))
    print_table(HEAD, [_row(place, one) for place, one in enumerate(rows, 1)])
    click.echo(f"{found.requests} requests. {printable(found.problem or '')}".strip())
    for number, way in enumerate(found.ways):
        click.echo(f"{'then' if number else 'best'}: {printable(str(way))}")


def _row(place: int, one: Tried) -> tuple[str, ...]:
    shown = "-" if one.rank is None else str(place)
    return shown, one.strategy.type, printable(one.strategy.url), str(one.links), printable(one.reason)
