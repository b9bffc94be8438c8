"""`newsfeed doctor`: what is wrong with the home, and what to do about it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from crawler.errors import LockHeld
from feeds.commands.options import Options, options
from feeds.commands.printable import printable
from feeds.commands.summary import print_table


@click.command()
@click.option(
    "--repair", is_flag=True, help="Mend what can be mended without losing anything; no crawl may be under way."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@options
def doctor(given: Options, repair: bool, as_json: bool) -> int:
    """Check databases, indexes, free space, locks and leftovers; exit 1 where something is wrong."""
    from feeds.doctor import examine, mend

    now = datetime.now(UTC)
    try:
        results = mend(given.home, now) if repair else examine(given.home, now)
    except LockHeld as error:
        click.echo(str(error), err=True)
        raise
    bad = [result for result in results if not result.is_well]
    if as_json:
        click.echo(json.dumps([asdict(result) | {"is_well": result.is_well} for result in results], indent=1))
        return int(bool(bad))
    if not given.quiet:
        print_table(("check", "result"), [(result.name, _told(result.found, result.mended)) for result in results])
    for result in bad:
        for line in result.found:
            click.echo(printable(f"{result.name}: {line}"), err=True)
        click.echo(f"{result.name}: {result.advice}.", err=True)
    given.say("All is well." if not bad else f"{len(bad)} of {len(results)} checks found something.")
    return int(bool(bad))


def _told(found: tuple[str, ...], mended: bool) -> str:
    if not found:
        return "well"
    return f"mended: {printable(found[0])}" if mended else f"{len(found)} found"
