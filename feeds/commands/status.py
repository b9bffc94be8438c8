"""`newsfeed status`: how the sources fare, on one screen."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import click

from feeds.commands.options import Options, options
from feeds.commands.printable import printable
from feeds.commands.standing import Standing, standings
from feeds.commands.summary import print_table

SCREEN = 20  # sources that fit on one with their reasons; of more, healthy ones are only counted


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Show healthy sources too, one line each.")
@click.option("--json", "is_json", is_flag=True, help="Print everything as one JSON object, for other programs.")
@options
def status(given: Options, is_all: bool, is_json: bool) -> None:
    """Show how the sources fare, the worst first; of many, those that are well are only counted.

    Ends with 0, whatever it shows.
    """
    now = datetime.now(UTC)
    found = standings(given.home, now)
    if is_json:
        click.echo(json.dumps(_document(found, now), ensure_ascii=False, indent=2))
        return
    shown = [one for one in found if is_all or one.is_noteworthy or len(found) <= SCREEN]
    if shown:
        head = ("source", "state", "since", "last success", "last new", "next", "open", "articles")
        print_table(head, [_row(one, now) for one in shown])
        for one in shown:
            if one.reason:
                click.echo(printable(f"{one.slug}: {one.reason}"))
    _print_totals(found, [one for one in found if one not in shown])


def _print_totals(found: list[Standing], unshown: list[Standing]) -> None:
    if unshown:
        counts = Counter(one.state for one in unshown)
        told = ", ".join(f"{number} {state}" for state, number in counts.most_common())
        click.echo(f"{len(unshown)} more sources are well: {told} (--all shows them).")
    if quarantined := sum(one.quarantined for one in found):
        click.echo(f"{quarantined} articles are in quarantine: see `newsfeed quarantine list`.")
    failing = sum(1 for one in found if one.is_trouble)
    paused = sum(1 for one in found if one.state == "paused")
    articles = sum(one.articles for one in found)
    more = f", {paused} paused" if paused else ""
    click.echo(f"{articles} articles from {len(found)} sources, {failing} failing{more}.")


def _row(one: Standing, now: datetime) -> tuple[str, ...]:
    due = "-" if one.state in ("paused", "imported") else ahead(one.next_due, now)
    times = (one.since, one.last_success, one.last_new)
    return one.slug, one.state, *(age(at, now) for at in times), due, str(one.open_links), str(one.articles)


def age(at: datetime | None, now: datetime) -> str:
    """How long ago a time is, in its largest unit: `3 d`; `-` where there is none."""
    if at is None:
        return "-"
    seconds = max(0, int((now - at).total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return "now"


def ahead(at: datetime | None, now: datetime) -> str:
    """How far off a time is: `in 3 h`; `now` where it has come or there is none."""
    words = age(now, at) if at and at > now else "now"
    return words if words == "now" else f"in {words}"


def _document(found: list[Standing], now: datetime) -> dict[str, Any]:
    """What `--json` prints; names are only ever added, times are UTC as in the database."""
    return {
        "at": _time(now),
        "sources": [
            {
                "slug": one.slug,
                "state": one.state,
                "is_trouble": one.is_trouble,
                "reason": one.reason,
                "since": _time(one.since),
                "incident_since": _time(one.incident_since),
                "last_try": _time(one.last_try),
                "last_success": _time(one.last_success),
                "last_new": _time(one.last_new),
                "next_due": _time(one.next_due),
                "paused_until": _time(one.paused_until),
                "strategy": one.strategy,
                "open_links": one.open_links,
                "articles": one.articles,
                "quarantined": one.quarantined,
            }
            for one in found
        ],
    }


def _time(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None
