"""`newsfeed sources check`: whether every record is valid, and still reads what was recorded of its site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.errors import CrawlError
from crawler.models import Probed, Source
from feeds.commands.options import Options, options
from feeds.commands.places import checkout, fixtures_in
from feeds.commands.printable import printable


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option("--live", is_flag=True, help="Probe the named sources too, and tell which way answers.")
@options
def check(given: Options, slugs: tuple[str, ...], live: bool) -> int:
    """Check every record, and read the recorded pages and listings of all sources, or those named, again.

    A difference is told as `SLUG PAGE FIELD: reads TODAY, recorded EXPECTED`. Without --live, nothing is asked.
    Recordings are those beside the home's records and, in a checkout, those in tests/sources.
    """
    from crawler.sources import find, load_sources
    from crawler.sources.choice import with_address
    from feeds.commands.recordings import differences

    if live and not slugs:
        raise click.UsageError("--live asks the sites: name the sources that it shall probe.")
    now = datetime.now(UTC)
    records = load_sources(given.home.sources_dir)
    named = [find(records, slug) for slug in dict.fromkeys(slugs)]
    folders = [folder for folder in _folders(given) if not slugs or folder.name in slugs]
    found = [one for folder in folders for one in differences(folder, records.get(folder.name), now)]
    for one in found:
        click.echo(printable(str(one)))
    counted = sum(len(list(folder.glob("*.json"))) for folder in folders)
    given.say(_summary(len(named) or len(records), counted, len(found)))
    dead = _live(given, [with_address(source) for source in named], now) if live else 0
    return 1 if found or dead else 0


def _summary(records: int, recordings: int, differences: int) -> str:
    valid = "1 record is" if records == 1 else f"{records} records are"
    read = "1 recording" if recordings == 1 else f"{recordings} recordings"
    differ = "1 field differs" if differences == 1 else f"{differences} fields differ"
    return f"{valid} valid; {read}, {differ}."


def _folders(given: Options) -> Iterator[Path]:
    """Folders with recordings, each the name of its source."""
    here = checkout()
    for root in (given.home.sources_dir, *([fixtures_in(here)] if here else [])):
        yield from sorted({path.parent for path in root.glob("*/*.json")})


def _live(given: Options, sources: Sequence[Source], now: datetime) -> int:
    """Probe each source, and tell; how many have no way left."""
    from crawler import run

    async def probe_all() -> list[Probed | str]:
        found: list[Probed | str] = []
        for source in sources:
            try:
                found.append(await run.probe_site(given.home, given.config, source, now))
            except CrawlError as error:
                found.append(str(error))
        return found

    results = run.start(probe_all())
    for source, result in zip(sources, results, strict=True):
        click.echo(printable(f"{source.slug}: {_told(source, result)}"))
    return sum(isinstance(result, str) or not result.ways for result in results)


def _told(source: Source, result: Probed | str) -> str:
    if isinstance(result, str) or not result.ways:
        return result if isinstance(result, str) else result.problem or "no way answers."
    best = result.ways[0]
    if not source.discover:
        return f"{best} answers; its record names no way."
    place = source.discover.index(best) + 1 if best in source.discover else 0
    return f"{best} answers; " + (f"it is way {place} of its record." if place else "its record does not name it.")
