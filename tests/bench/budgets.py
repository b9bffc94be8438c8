"""All budgets of time and size, each number beside its limit: storing, searching, crawling, reading pages again.

    python tests/bench/budgets.py [--articles N] [--posts N] [--pages N] [--rounds N] [--json]

The parts are `search.py`, `crawls.py` and `replay.py`, which say how they measure. All but the last line is CPU time;
on a machine that does other work it still grows by a tenth or more, so the load stands above the numbers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

sys.path.insert(0, str(Path(__file__).parents[1]))  # the kit and the builders of the tests

import crawls
import replay
import search
from crawl import print_figures
from crawls import Bench, Figure
from served import Sites

from crawler.replay.readers import cores

HEAD = ("work", "measure", "newsfeed", "peer", "limit", "")  # the peer: raw SQL, or a bare Scrapy


def measure(folder: Path, articles: int, posts: int, pages: int, rounds: int) -> Iterator[Figure]:
    """Everything, in the order in which it is printed."""
    for name in ("archive", "crawls", "replay"):
        (folder / name).mkdir()
    yield from search.measure(folder / "archive", articles)
    with Sites() as sites:
        yield from crawls.by_rest(Bench(sites, folder / "crawls"), posts, rounds)
    yield from replay.measure(folder / "replay", pages, cores())


@click.command(help=__doc__.splitlines()[0] if __doc__ else None)
@click.option("--articles", default=100_000, type=click.IntRange(search.SLICE), show_default=True, help="To be stored.")
@click.option("--posts", default=2048, type=click.IntRange(min=10), show_default=True, help="Of the site to crawl.")
@click.option("--pages", default=1000, type=click.IntRange(min=1), show_default=True, help="To be read again.")
@click.option("--rounds", default=3, type=click.IntRange(min=1), show_default=True, help="How often a crawl is taken.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of a table.")
def main(articles: int, posts: int, pages: int, rounds: int, is_json: bool) -> None:
    """Measure and print."""
    before = os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        figures = list(measure(Path(folder), articles, posts, pages, rounds))
    if not is_json:
        click.echo(f"{os.cpu_count()} cores, load {before:.1f} before and {os.getloadavg()[0]:.1f} after")
    print_figures(figures, is_json=is_json, head=HEAD)


if __name__ == "__main__":
    main()
