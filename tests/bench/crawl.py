"""Crawls of a loopback WordPress: requests, articles stored right, and CPU time beside a bare Scrapy, with limits.

    python tests/bench/crawl.py [--posts N] [--json] [--long]

`crawls.py` says what is measured and how. The site is served by a process of its own, which counts for neither side.
CPU is that of whole processes, Scrapy's start included: limits of time hold at the default size and above, where the
start is spread over many posts; a ratio over few pages flatters us, so `--long` is stricter.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))  # the kit and the builders of the tests

from crawls import Bench, Figure, measure
from served import Sites

HEAD = ("work", "measure", "newsfeed", "bare Scrapy", "limit", "")
STYLES = {"within": "green", "over": "bold red", "": ""}
FEW_PAGES, MANY_PAGES = 200, 500  # the least and the most that a first crawl by pages takes of a site with more


def row(figure: Figure) -> tuple[str, ...]:
    """A figure in words."""
    sign = "≥" if figure.at_least else "≤"
    limit = "" if figure.limit is None else f"{sign} {shown(figure.limit)}"
    return (figure.work, figure.what, shown(figure.value), shown(figure.bare), limit, figure.verdict)


def shown(value: float | None) -> str:
    """A number with three digits or more; nothing where there is none."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) or value >= 100 else f"{value:.{1 if value >= 10 else 2}f}"


def print_figures(figures: Sequence[Figure], *, is_json: bool = False, head: Sequence[str] = HEAD) -> None:
    """A table on a terminal, tab-separated lines elsewhere; or JSON."""
    if is_json:
        click.echo(json.dumps([asdict(figure) | {"verdict": figure.verdict} for figure in figures], indent=1))
        return
    console = Console()
    if not console.is_terminal:
        click.echo("\n".join("\t".join(cells) for cells in (head, *map(row, figures))))
        return
    table = Table(box=None, pad_edge=False)
    for name in head:
        table.add_column(name, justify="left" if name in ("work", "measure", "") else "right")
    before = ""
    for figure in figures:
        work, *cells, verdict = row(figure)
        style = STYLES[verdict]
        table.add_row("" if work == before else work, *cells, f"[{style}]{verdict}[/]" if style else "")
        before = work
    console.print(table)


@click.command(help=__doc__.splitlines()[0] if __doc__ else None)
@click.option("--posts", default=2048, type=click.IntRange(min=10), show_default=True, help="Posts of the site.")
@click.option("--pages", type=click.IntRange(min=10), help="Posts that are read page by page, at most 500.")
@click.option("--sources", default=50, type=click.IntRange(min=1), show_default=True, help="Sources of a large poll.")
@click.option("--rounds", default=3, type=click.IntRange(min=1), show_default=True, help="How often CPU is taken.")
@click.option("--long", "is_long", is_flag=True, help="Read 500 posts page by page instead of 200.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of a table.")
def main(posts: int, pages: int | None, sources: int, rounds: int, is_long: bool, is_json: bool) -> None:
    """Measure and print."""
    pages = pages or min(posts, MANY_PAGES if is_long else FEW_PAGES)
    with TemporaryDirectory() as folder, Sites() as sites:
        figures = list(measure(Bench(sites, Path(folder)), posts, pages, sources, rounds))
    print_figures(figures, is_json=is_json)


if __name__ == "__main__":
    main()
