"""Many sources that are due at once on loopback: memory, CPU of a poll, wall time, and no host asked too fast.

    python tests/bench/sources.py [--sources N] [--hosts N] [--json]

Hosts are 127.0.0.x, each a pace group with a delay of its own; the first has a tenth of all sources, as one ministry's
server has its offices, the others share the rest. The pace is read from the server's own log. The site is served by
this process, the crawls are processes of their own. `update` is asked for, so sources are crawled because they are due.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import click

sys.path.insert(0, str(Path(__file__).parents[1]))  # the builders of the tests

from crawl import print_figures
from crawling import PROGRAM, QUICK, record, write_home
from crawls import Figure
from manyhosts import Hosts
from spent import Spent, spent

NOW = datetime.fromisoformat("2026-01-29T10:00:00+07:00")
OFFICES = 0.1  # of all sources, on the first host
ALLOWED_EARLY = 0.9  # of a delay: when a request arrives is not quite when it was sent
MEMORY, CPU, WALL = 250, 15, 1.3


@dataclass(frozen=True, slots=True)
class Watched:
    """A source of the benchmark: its slug, host, and its host's delay in seconds."""

    slug: str
    host: str
    delay: float


def watched(sources: int, hosts: int) -> list[Watched]:
    """The sources, the offices of the first host before all others."""
    offices = max(1, round(sources * OFFICES))
    places = [0] * offices + [1 + n % max(1, hosts - 1) for n in range(sources - offices)]
    return [Watched(f"warta-{n}", f"127.0.0.{place + 2}", 0.4 - place % 3 / 10) for n, place in enumerate(places)]


def updated(home: Path, at: datetime) -> tuple[Spent, float]:
    """One update in a process of its own, and how long it took, in seconds."""
    start = monotonic()
    cost = spent(PROGRAM, home=str(home), times=[at.isoformat()], only_due=True, settings=QUICK)
    return cost, monotonic() - start


def measure(folder: Path, sources: int, hosts: int) -> Iterator[Figure]:
    """A first crawl without delays; then polls at each host's pace, with nothing new and with an article each."""
    chosen = watched(sources, hosts)
    with Hosts() as served:
        write_home(folder, [told(one, served, 0.0) for one in chosen])
        first, _ = updated(folder, NOW)
        yield from results(f"first crawl of {sources} sources, without delays", first, sources, sources)
        write_home(folder, [told(one, served, one.delay) for one in chosen])
        for days, work, new in ((1, "nothing new", 0), (2, "an article each", sources)):
            served.articles += days - 1
            served.log.clear()
            cost, wall = updated(folder, NOW + timedelta(days=2 * days))
            name = f"{sources} sources due on {hosts} hosts, {work}"
            yield from results(name, cost, sources, new)
            yield from paces(name, served.log, {one.host: one.delay for one in chosen}, wall)


def told(one: Watched, served: Hosts, delay: float) -> str:
    """The record of a source."""
    url = served.url(one.host, one.slug)
    return record(
        one.slug, url, {"type": "feed", "url": f"{url}/rss.xml"}, pace_group=one.host, delay=delay, filter="none"
    )


def results(work: str, cost: Spent, sources: int, new: int) -> Iterator[Figure]:
    """What came of an update, and its cost."""
    [report] = cost.output
    answered = sum(ended["ok"] for ended in report["ended"].values())
    stored = sum(counts.get("new", 0) for counts in report["counts"].values())
    yield Figure(work, "sources that answered", answered, sources, at_least=True, is_count=True)
    yield Figure(work, "articles stored", stored, new, at_least=True, is_count=True)
    yield Figure(work, "memory, MB", cost.memory, MEMORY)
    yield Figure(work, "CPU, ms a source, Scrapy's start included", cost.cpu / sources, None if new else CPU)


def paces(work: str, log: Sequence[tuple[float, str, str]], delays: dict[str, float], wall: float) -> Iterator[Figure]:
    """What the server saw: requests that came too soon, and how long the slowest host must have taken."""
    times = defaultdict(list)
    for at, host, _ in log:
        times[host].append(at)
    early = [
        (host, later - earlier)
        for host, ats in times.items()
        for earlier, later in pairwise(ats)
        if later - earlier < ALLOWED_EARLY * delays[host]
    ]
    slowest = max(delays[host] * (len(ats) - 1) for host, ats in times.items())
    yield Figure(work, "requests", len(log), is_count=True)
    yield Figure(work, "robots.txt among them", sum(path == "/robots.txt" for *_, path in log), len(times))
    yield Figure(work, "requests sooner than their host's pace", len(early), 0, is_count=True)
    yield Figure(work, "wall time, s", wall)
    yield Figure(work, "wall time, times the slowest host's own pace", wall / slowest, WALL)


@click.command(help=__doc__.splitlines()[0] if __doc__ else None)
@click.option("--sources", default=500, type=click.IntRange(min=4), show_default=True)
@click.option("--hosts", default=120, type=click.IntRange(2, 250), show_default=True)
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of a table.")
def main(sources: int, hosts: int, is_json: bool) -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        figures = list(measure(Path(folder), sources, hosts))
    print_figures(figures, is_json=is_json)


if __name__ == "__main__":
    main()
