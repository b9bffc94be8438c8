"""How commands tell what happened: a progress line and tables on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from crawler.errors import NewsfeedError
from feeds.commands.options import Options, is_terminal
from feeds.commands.printable import printable

if TYPE_CHECKING:
    from crawler.run import Report
    from feeds.build import BuildReport
    from feeds.update import UpdateReport

TOLD = {
    "new": "new", "copy": "posted once more", "edited": "edited", "touched": "touched", "excluded": "left out",
    "removed": "removed by their site", "quarantined": "in quarantine", "failed": "pages failed",
}  # fmt: skip


@contextmanager
def watching(given: Options) -> Iterator[Callable[[Report], None] | None]:
    """A progress bar over the sources for the length of the block, where a person watches."""
    if given.quiet or not is_terminal():
        yield None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task("Crawling", total=None)
        yield lambda report: progress.update(task, description=f"Crawling: {_totals(report)}")


def print_update(given: Options, report: UpdateReport) -> None:
    """Tell what an update came to; raises the error of a build that failed."""
    print_crawl(given, report.crawl)
    if isinstance(report.build, NewsfeedError):
        raise report.build
    print_build(given, report.build)


def print_crawl(given: Options, report: Report) -> None:
    """A line per source that was crawled, and the total; incidents and errors even when quiet."""
    for ended in report.ended:
        counts = _counted(report.counts[ended.source])
        trouble = f"{ended.state}: {ended.reason}" if ended.state not in ("new", "unchanged") else ended.reason
        given.say(f"{ended.source}: {'; '.join(part for part in (counts, trouble) if part)}")
    for slug, reason in report.postponed.items():
        given.say(f"{slug}: not asked, {reason}.")
    for pause in report.paused:
        given.say(
            printable(f"{pause.source} is paused since {pause.since:%Y-%m-%d}: {pause.reason or 'no reason given'}")
        )
    if not report.ended:
        given.say("Nothing was asked." if report.postponed else "Nothing is due.")
    else:
        failed = sum(1 for ended in report.ended if not ended.ok)
        sources = "1 source" if len(report.ended) == 1 else f"{len(report.ended)} sources"
        given.say(f"{_totals(report)} from {sources}" + (f", {failed} failed." if failed else "."))
    if report.pruned.captures:
        freed = f"{report.pruned.size / 1_000_000:.1f} MB freed"
        given.say(f"{report.pruned.captures} raw pages dropped, as newsfeed.toml bounds them ({freed}).")
    for incident in report.incidents:
        reason = f": {printable(incident.reason)}" if incident.what == "opened" and incident.reason else ""
        opened = {"silent": "is silent now", "drift": "reads otherwise now"}.get(incident.state, "fails now")
        verb = {"opened": opened, "closed": "works again"}[incident.what]
        click.echo(f"{incident.source} {verb}{reason}", err=True)
    for error, count in Counter(report.errors).items():
        times = f" ({count} times)" if count > 1 else ""
        click.echo(f"newsfeed failed: {error}{times}; newsfeed.log has the details.", err=True)
    if report.exit_code == 3:
        click.echo("Nothing could be crawled: is this machine connected?", err=True)


def print_build(given: Options, report: BuildReport) -> None:
    """One line about the public files."""
    given.say(f"{len(report.written)} files written, {report.unchanged} unchanged, under {given.home.public}.")


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal, tab-separated lines elsewhere."""
    if not is_terminal():
        for row in (head, *rows):
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(escape, row))
    Console().print(table)


def _totals(report: Report) -> str:
    total: Counter[str] = Counter()
    for counts in report.counts.values():
        total.update(counts)
    return f"{total['new']} new and {total['edited']} edited articles"


def _counted(counts: Counter[str]) -> str:
    told = [f"{counts[verdict]} {words}" for verdict, words in TOLD.items() if counts[verdict]]
    return ", ".join(told) or "nothing new"
