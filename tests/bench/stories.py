"""How well and at what cost articles of one event are told together, with floors.

    python tests/bench/stories.py [--articles N] [--long] [--json]

Right and wrong are counted over pairs of the labelled articles of `tests/stories`: `labelled.txt`, on which the rules
were made, `held_out.txt`, on which they were not, `unseen.txt`, which was written against them, and `afterwards.txt`,
which was written when they had been mended, and is small (15 pairs); also with 15 of 100 days and 10 of 100 units made
wrong, and without any unit. `first sight` is what a file gave when the rules first met it. The cost is the CPU time of
grouping alone, in runs of 100 articles into an archive that grows by 200 articles a day, one in three of them about an
event that others tell of too, among its first 10,000 and in its last tenth; then of what is alike: 400 posts of one
site by one template, 600 units that hold one ceremony, 1,000 sites with one text. `--long` takes a million articles.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean
from tempfile import TemporaryDirectory
from time import process_time

import click

sys.path.insert(0, str(Path(__file__).parents[1]))  # the kit and the builders of the tests
sys.path.insert(0, str(Path(__file__).parents[1] / "stories"))  # the labelled articles

from crawl import row
from crawls import Figure
from labels import Labelled, Scored, grouped, noisy, read, score
from search import cost_at
from written import FIRST, LAST, PLACES, SOURCES, Writer

from crawler.grouping import group
from crawler.intake import take_article
from crawler.models import Article, Link, Source
from crawler.storage import sources
from crawler.storage.database import open_writer, transaction
from feeds.commands.summary import print_table

HEAD = ("work", "measure", "newsfeed", "first sight", "limit", "")
SLICE = 100
SMALL, USUAL, LONG = 10_000, 100_000, 1_000_000
A_DAY = 200
UNITS = 600
TOLD_BY = 3  # articles of one event, of each third of all
SEEDS = 20
FLOORS = {"precision": 0.95, "recall": 0.90, "F1": 0.95}
Alike = tuple[Link, Article, str]  # with its unit
FIRST_SIGHT = {
    "unseen.txt": ({"precision": 0.887, "recall": 0.904, "F1": 0.895}, {"precision": 0.889, "F1": 0.843}),
    "afterwards.txt": ({"precision": 1.0, "recall": 0.667, "F1": 0.8}, {"precision": 0.944, "F1": 0.732}),
}
NOISY_FLOORS = {"precision": 0.95, "F1": 0.90}


def rightness() -> Iterator[Figure]:
    """Pairwise figures of both files, as they are and made worse."""
    for name in ("labelled.txt", "held_out.txt", "unseen.txt", "afterwards.txt"):
        articles = read(name)
        seen, seen_worse = FIRST_SIGHT.get(name, ({}, {}))
        floors, noisy_floors = ({}, {}) if name == "afterwards.txt" else (FLOORS, NOISY_FLOORS)
        yield from _figures(f"{name}, {len(articles)} articles", [_scored(articles)], floors, seen)
        worse = [_scored(noisy(articles, seed)) for seed in range(SEEDS)]
        yield from _figures(f"{name}, days and units wrong", worse, noisy_floors, seen_worse)
        bare = [replace(one, told=replace(one.told, subjects=(), mentioned=())) for one in articles]
        yield from _figures(f"{name}, no units known", [_scored(bare)], {}, {})


def costs(path: Path, count: int) -> Iterator[Figure]:
    """What grouping costs an article, in a small archive and in a large one."""
    spent = list(_grouped(path, count))
    work = f"grouping {count:,} articles"
    small, large = cost_at(spent, min(SMALL, count)), cost_at(spent, count)
    yield Figure(work, "CPU µs an article among the first 10,000", small)
    yield Figure(work, "CPU µs an article in the last tenth", large, 1.3 * small)
    with closing(sqlite3.connect(path)) as db:
        told = db.execute("select count(*) from (select 1 from articles group by story_id having count(*) > 1)")
        yield Figure(work, "stories of several articles", told.fetchone()[0], is_count=True)


def floods(folder: Path) -> Iterator[Figure]:
    """What grouping costs where a great many articles are alike, and the stories that come of it."""
    for name, articles in FLOODS.items():
        path = folder / f"{name.replace(' ', '-')}.db"
        with closing(open_writer(path)) as db:
            made = list(articles())
            with transaction(db):
                sources.save(db, [_source(slug) for slug in sorted({link.source for link, _, _ in made})], LAST)
                units = sorted({(unit, unit) for _, _, unit in made if unit})
                db.executemany("insert into units (id, name, kind) values (?, ?, 'unit')", units)
            spent = 0.0
            for start in range(0, len(made), SLICE):
                with transaction(db):
                    for link, article, unit in made[start : start + SLICE]:
                        _take(db, link, article, unit, LAST)
                began = process_time()
                group(db, LAST)
                spent += process_time() - began
            count = db.execute("select count(distinct story_id) from articles").fetchone()[0]
        yield Figure(name, "CPU µs an article", 1e6 * spent / len(made), 2_000)
        yield Figure(name, "stories", count, is_count=True)


def template() -> Iterator[Alike]:
    """One site that fills in one text, 40 times a day."""
    for number in range(400):
        chance, at = Random(number), LAST + timedelta(days=number // 40)
        found, block = chance.randrange(2, 30), chance.choice("ABCDEFG")
        text = (
            f"Serang – Lapas Kelas IIA Serang menggelar razia di blok {block}{number % 9} dan menyita {found} HP "
            f"dan {chance.randrange(2, 30)} sendok besi. Kalapas Hendra Wiratama memimpin bersama Ka KPLP Rinaldo "
            "Tarigan. “Tidak ada toleransi bagi pelanggar, barang temuan langsung kami musnahkan,” tegasnya."
        )
        yield _alike(
            "lapas-serang", number, f"Lapas Serang Razia Blok {block}, Sita {found} Ponsel", text, at, "serang"
        )


def ceremony() -> Iterator[Alike]:
    """One ceremony in many units on one day, told by the office above them."""
    for number in range(600):
        chance = Random(number)
        unit, head = f"{_name(chance)}{number}", f"{_name(chance)} {_name(chance)}"
        text = (
            f"Lapas {unit} menggelar upacara peringatan HUT ke-81 Republik Indonesia. Kalapas {unit}, {head}, menjadi "
            f"inspektur upacara yang diikuti {chance.randrange(30, 300)} petugas. “Kemerdekaan harus diisi dengan "
            "kerja nyata dan pengabdian,” ujarnya membacakan sambutan Menteri Agus Andrianto."
        )
        yield _alike(
            f"lapas-{number}", number, f"Lapas {unit} Gelar Upacara HUT ke-81 RI", text, LAST, f"unit-{number}"
        )


def copies() -> Iterator[Alike]:
    """One text on many sites."""
    text = (
        "Sebanyak 41 narapidana dipindahkan ke Nusakambangan, kata Dirjen Mashudi. Pemindahan dikawal Brimob dan "
        "berjalan lancar sejak dini hari. “Ini komitmen kami memberantas peredaran narkoba dari dalam lapas,” katanya."
    )
    for number in range(1_000):
        yield _alike(f"situs-{number}", number, "41 Napi Dipindahkan ke Nusakambangan", text, LAST, "")


FLOODS: Mapping[str, Callable[[], Iterator[Alike]]] = {
    "400 posts of one site by one template": template,
    "one ceremony in 600 units": ceremony,
    "one text on 1,000 sites": copies,
}


def _alike(source: str, number: int, title: str, text: str, at: datetime, unit: str) -> Alike:
    url = f"https://{source}.example/{number}/"
    article = Article(
        url=url, canonical_url=url, title=title, paragraphs=(text,), body_html="", published=at,
        published_precision="minute", event_date=at.date(),
    )  # fmt: skip
    return Link(url=url, source=source, origin="poll"), article, unit


def _scored(articles: Sequence[Labelled]) -> Scored:
    return score(articles, grouped(one.told for one in articles))


def _figures(
    work: str, found: Sequence[Scored], floors: Mapping[str, float], seen: Mapping[str, float]
) -> Iterator[Figure]:
    values = {
        "precision": mean(one.precision for one in found),
        "recall": mean(one.recall for one in found),
        "F1": mean(one.f1 for one in found),
    }
    for what, value in values.items():
        yield Figure(work, what, value, floors.get(what), seen.get(what), at_least=True)


def _grouped(path: Path, count: int) -> Iterator[float]:
    writer = Writer()
    with closing(open_writer(path)) as db:
        with transaction(db):
            sources.save(db, [_source(slug) for slug in SOURCES], LAST)
            units = [(f"unit-{number}", f"Unit {number}") for number in range(UNITS)]
            db.executemany("insert into units (id, name, kind) values (?, ?, 'unit')", units)
        for start in range(0, count, SLICE):
            now = FIRST + timedelta(days=start / A_DAY)
            with transaction(db):
                for number in range(start, min(start + SLICE, count)):
                    _store(db, writer, number)
            began = process_time()
            group(db, now)
            yield process_time() - began


def _source(slug: str) -> Source:
    return Source(slug=slug, name=slug, kind="press", homepage=f"https://{slug}.example/", pace_group=slug)


def _store(db: sqlite3.Connection, writer: Writer, number: int) -> None:
    at = FIRST + timedelta(days=number / A_DAY)
    link, article = writer.article(number, at)
    event = number - number % TOLD_BY if number % (3 * TOLD_BY) < TOLD_BY else number
    _take(db, link, told(article, event), f"unit-{Random(event).randrange(UNITS)}", at)


def _take(db: sqlite3.Connection, link: Link, article: Article, unit: str, at: datetime) -> None:
    take_article(db, link, article, at)
    key = db.execute("select max(id) from articles").fetchone()[0]
    db.execute(
        "insert into article_units (article_id, unit_id, role, weight, evidence) "
        "select ?, id, 'subject', 1, '' from units where id = ?",
        (key, unit),
    )


def told(article: Article, event: int) -> Article:
    """The article with a lead that tells of an event: who, how many, and what was said."""
    chance = Random(event)
    names = [" ".join(_name(chance) for _ in range(2)) for _ in range(3)]
    count, place = chance.randrange(10, 900), chance.choice(PLACES)
    said = " ".join(_name(chance).lower() for _ in range(9))
    lead = (
        f"{place} – Sebanyak {count} warga binaan mengikuti kegiatan bersama {names[0]} dan {names[1]}. "
        f"Kalapas {names[2]} memimpin acara. “{said},” ujarnya."
    )
    day = article.published.date() if article.published and event % 2 else None
    return replace(article, paragraphs=(lead, *article.paragraphs), event_date=day)


def _name(chance: Random) -> str:
    return "".join(
        chance.choice(("ba", "de", "gi", "ho", "ru", "si", "ta", "wi", "mar", "sul")) for _ in range(3)
    ).title()


@click.command(help=__doc__.splitlines()[0] if __doc__ else None)
@click.option("--articles", "count", default=USUAL, type=click.IntRange(SLICE), show_default=True, help="How many.")
@click.option("--long", "is_long", is_flag=True, help="A million articles.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of a table.")
def main(count: int, is_long: bool, is_json: bool) -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        figures = [*rightness(), *costs(Path(folder) / "newsfeed.db", LONG if is_long else count)]
        figures += floods(Path(folder))
    if is_json:
        click.echo(json.dumps([asdict(figure) | {"verdict": figure.verdict} for figure in figures], indent=1))
    else:
        print_table(HEAD, [row(figure) for figure in figures])


if __name__ == "__main__":
    main()
