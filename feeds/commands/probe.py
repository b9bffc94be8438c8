"""`newsfeed sources probe`: which ways lead to a site's articles, what each yielded, and why one won."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import click

from crawler.models import Probed, Source, Tried
from feeds.commands.options import Options, options
from feeds.commands.printable import printable
from feeds.commands.summary import print_table


@click.command()
@click.argument("url", metavar="URL|SLUG")
@options
def probe(given: Options, url: str) -> int:
    """Try every way to a site's articles, and show what each yielded and which is best.

    URL is the site's home page; SLUG names a source record. It says first how many requests it will make at most, and
    stays within that. Nothing is stored. The exit code is 1 where no way was found.
    """
    found = probed_site(given, source_at(given, url))
    print_probed(found)
    return 0 if found.ways else 1


@click.command()
@click.argument("slug")
@options
def explain(given: Options, slug: str) -> None:
    """Tell what the last probe of a source in a crawl tried, what each way yielded, and why one won."""
    from crawler.sources import find, load_sources
    from crawler.storage.reading import open_reader

    source = find(load_sources(given.home.sources_dir), slug)
    found = None
    if given.home.database.exists():
        with open_reader(given.home.database) as reader:
            found = reader.probe(source.slug)
    if found is None:
        click.echo(f"No crawl has probed {slug} yet. {_ways_told(source)}")
        for way in source.discover:
            click.echo(printable(str(way)))
        return
    at, told = found
    click.echo(f"Probed {at:%Y-%m-%d %H:%M} UTC:")
    print_probed(told)


_NO_SLUG = re.compile(r"[./:]")
_SCHEME = re.compile(r"^[a-z]*:?/+", re.IGNORECASE)  # also one that is mistyped


def _ways_told(source: Source) -> str:
    if source.discover:
        return "Its record names ways, best first, and a crawl looks for others only when all of these fail:"
    return "Its record names no way; the next crawl looks for them."


HEAD = ("place", "way", "address", "links", "why")


def source_at(given: Options, where: str) -> Source:
    """The record with this slug, or what stands in for one at this address."""
    from crawler.extraction import unknown_source
    from crawler.sources import find, load_sources
    from crawler.sources.choice import with_address
    from crawler.sources.match import of_address

    records = load_sources(given.home.sources_dir)
    if not _NO_SLUG.search(where):
        return with_address(find(records, where))
    address = whole_address(where)
    known = of_address(records.values(), address)
    return known if known and known.homepage == address else here(unknown_source(address, homepage=address))


def whole_address(url: str) -> str:
    """The address in canonical form; raises click.UsageError for what is none, with what was probably meant."""
    from crawler.text.urls import canonical_url, host

    if address := canonical_url(url):
        return address
    meant = canonical_url(f"https://{_SCHEME.sub('', url)}")
    hint = (
        f"did you mean {meant}?"
        if meant and "." in host(meant)
        else "give a whole one, such as https://warta.example/."
    )
    raise click.UsageError(f"{printable(url)} is no http or https address: {hint}")


def here(source: Source) -> Source:
    """The source; on this machine, it may be asked there and without delay: whoever names this machine means it."""
    from crawler.run import LOOPBACK
    from crawler.text.urls import host

    return replace(source, allow_private=True, delay=0.0) if host(source.homepage) in LOOPBACK else source


def probed_site(given: Options, source: Source) -> Probed:
    """Probe a site, after telling what it will cost."""
    from crawler import run
    from crawler.discover.probe import THOROUGH

    given.say(f"Probing {source.homepage} with at most {THOROUGH} requests, one after the other.")
    return run.start(run.probe_site(given.home, given.config, source, datetime.now(UTC)))


def print_probed(found: Probed) -> None:
    """Everything that was tried, the best way first; or why nothing was."""
    rows = sorted(found.tried, key=lambda one: (one.rank is None, one.rank or 0))
    if rows:
        print_table(HEAD, [_row(place, one) for place, one in enumerate(rows, 1)])
    problem = printable(found.problem or "").rstrip(".")
    requests = f"{found.requests} request{'' if found.requests == 1 else 's'}."
    click.echo(f"{requests} {problem[0].upper()}{problem[1:]}." if problem else requests)
    for number, way in enumerate(dict.fromkeys(found.ways)):
        click.echo(f"{'then' if number else 'best'}: {printable(str(way))}")


def _row(place: int, one: Tried) -> tuple[str, ...]:
    shown = "-" if one.rank is None else str(place)
    return shown, one.strategy.type, printable(one.strategy.url), str(one.links), printable(one.reason)
