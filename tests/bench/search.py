"""Storing and finding many articles: cost beside raw SQL into the same tables, how it grows, and searches, with limits.

    python tests/bench/search.py [--articles N] [--long] [--keep FOLDER] [--json]

Articles are made up (`written.py`) and go through the intake in slices of 100, a transaction each, as answers of a REST
interface do. Raw is `executemany` of the same rows into the same tables and the index, in transactions of the same
size, for at most the first 100,000. Everything is CPU time, so that neighbours on the machine count little; a search
includes opening the database, and the time that a reader waited stands beside it.
`--long` takes a million articles: half an hour and 12 GB.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import mean, median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import click

sys.path.insert(0, str(Path(__file__).parents[1]))  # the kit and the builders of the tests

from crawl import print_figures
from crawls import Figure
from written import LAST, SOURCES, Writer

from crawler.intake import take_article, take_discovered
from crawler.models import Discovered, Source
from crawler.search import understand
from crawler.storage import sources as stored
from crawler.storage.database import open_writer, transaction
from crawler.storage.search import find

HEAD = ("work", "measure", "newsfeed", "raw", "limit", "")
SLICE = 100
RAW_AT_MOST = 100_000
SMALL, LONG = 10_000, 1_000_000
AGAIN = 1_000
ROUNDS = 5
QUERIES = (
    "lapas", "warga binaan", "kalapas", "narapidana", "lembaga pemasyarakatan", "dan", '"warga binaan"', '"kelas iia"',
    "malut", "maluku utara", "remisi", "lapas serang", "kalapas panen", "razia narkoba", "lapas -narkoba",
    "remisi ATAU razia", "judul:lapas", "pemasyarakat*", "narap*", "lapas sumber:sumber-3", "lapas sejak:2025-11",
    "lapas sejak:2022 sampai:2022", "tes urine kelas iia", "sumber:sumber-4",
)  # fmt: skip
TABLES = ("articles", "article_aliases", "article_images", "article_tags", "article_related", "links")


def measure(folder: Path, count: int) -> Iterator[Figure]:
    """Everything, in the order in which it is printed."""
    ours, raw = folder / "newsfeed.db", folder / "raw.db"
    costs = store(ours, count)
    compared = min(count, RAW_AT_MOST)
    our_rate, raw_rate = compared / sum(costs[: compared // SLICE]), compared / store_raw(raw, ours, compared)
    work = f"storing {count:,} articles"
    yield Figure(work, "stored a CPU second", our_rate, 0.5 * raw_rate, raw_rate, at_least=True)
    small, large = cost_at(costs, min(SMALL, count)), cost_at(costs, count)
    yield Figure(work, "CPU µs an article among the first 10,000", small)
    yield Figure(work, "CPU µs an article in the last tenth", large, 1.3 * small)
    yield Figure(work, "MB of newsfeed.db", ours.stat().st_size / 1e6)
    yield Figure(work, "bytes an article", ours.stat().st_size / count)
    yield from unchanged(ours, count)
    yield from searches(ours, count)


def store(path: Path, count: int) -> list[float]:
    """CPU seconds of each slice that is stored through the intake."""
    writer, costs = Writer(), []
    with closing(open_writer(path)) as db:
        known = [Source(slug, slug, "press", f"https://{slug}.example/", slug, slug) for slug in SOURCES]
        with transaction(db):
            stored.save(db, known, LAST)
        for start in range(0, count, SLICE):
            taken = tuple(writer.articles(start, min(start + SLICE, count), count))
            now = taken[-1][1].published or LAST
            found = Discovered(SOURCES[0], "wordpress", "rest", links=tuple(link for link, _ in taken), articles=taken)
            began = process_time()
            take_discovered(db, found, now)
            costs.append(process_time() - began)
    return costs


def unchanged(path: Path, count: int) -> Iterator[Figure]:
    """What it costs to be told again of what is stored: the newest articles, as a poll is."""
    again = list(Writer().articles(max(0, count - AGAIN), count, count))
    work = f"storing {len(again):,} of them again, unchanged"
    with closing(open_writer(path)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        began = process_time()
        with transaction(db):
            verdicts = {take_article(db, link, article, LAST) for link, article in again}
        cost = process_time() - began
        assert verdicts == {"unchanged"}, verdicts
        page = db.execute("pragma page_size").fetchone()[0]
        written = path.with_name(f"{path.name}-wal").stat().st_size // page
    yield Figure(work, "pages of the file written", written, 0, is_count=True)
    yield Figure(work, "CPU µs an article", cost / len(again) * 1e6)


def store_raw(path: Path, ours: Path, count: int) -> float:
    """CPU seconds to put the first rows of a database into another, by nothing but SQL."""
    cost = 0.0
    with closing(open_writer(path)) as db, closing(sqlite3.connect(ours)) as source:
        names = {table: [one[1] for one in db.execute(f"pragma table_info({table})")] for table in ("sources", *TABLES)}
        inserts = {
            table: f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
            for table, columns in names.items()
        }
        db.executemany(inserts["sources"], source.execute(f"select {', '.join(names['sources'])} from sources"))
        for start in range(0, count, SLICE):
            rows = {table: taken(source, table, names[table], start) for table in TABLES}
            texts = source.execute(
                "select id, title, body_text from articles where id > ? and id <= ?", (start, start + SLICE)
            ).fetchall()
            began = process_time()
            db.execute("begin immediate")
            for table, values in rows.items():
                db.executemany(inserts[table], values)
            db.executemany("insert into articles_fts (rowid, title, body_text) values (?, ?, ?)", texts)
            db.execute("commit")
            cost += process_time() - began
    return cost


def taken(source: sqlite3.Connection, table: str, columns: Sequence[str], start: int) -> list[tuple[object, ...]]:
    """The rows of a table that belong to a slice of articles."""
    key = "id" if table == "articles" else "article_id"
    sql = f"select {', '.join(columns)} from {table} where {key} > ? and {key} <= ?"
    return source.execute(sql, (start, start + SLICE)).fetchall()


def cost_at(costs: Sequence[float], count: int) -> float:
    """CPU µs an article when there are about so many: over a tenth of them, at least 10,000, up to there."""
    last = count // SLICE
    window = costs[max(0, last - max(count // 10, SMALL) // SLICE) : last]
    return mean(window) / SLICE * 1e6


def searches(path: Path, count: int) -> Iterator[Figure]:
    """Each query some times, in turn, from a file that the system has in memory."""
    work = f"searching {count:,} articles"
    cpu: dict[str, list[float]] = {query: [] for query in QUERIES}
    waited = []
    for _ in range(ROUNDS):
        for query in QUERIES:
            began, began_cpu = perf_counter(), process_time()
            find(path, understand(query), LAST)
            cpu[query].append((process_time() - began_cpu) * 1e3)
            waited.append((perf_counter() - began) * 1e3)
    for query in QUERIES:
        yield Figure(work, f"CPU ms: {query}", median(cpu[query]))
    everything = [one for times in cpu.values() for one in times]
    yield Figure(work, "CPU ms: p50", median(everything))
    yield Figure(work, "CPU ms: p95", quantiles(everything, n=20)[-1], 30)
    yield Figure(work, "ms waited: p95", quantiles(waited, n=20)[-1])


@click.command(help=__doc__.splitlines()[0] if __doc__ else None)
@click.option("--articles", "count", default=20_000, type=click.IntRange(SLICE), show_default=True, help="How many.")
@click.option("--long", "is_long", is_flag=True, help="A million articles.")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Folder for the databases, to be kept.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of a table.")
def main(count: int, is_long: bool, keep: Path | None, is_json: bool) -> None:
    """Measure and print."""
    with TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        figures = list(measure(folder, LONG if is_long else count))
    print_figures(figures, is_json=is_json, head=HEAD)


if __name__ == "__main__":
    main()
