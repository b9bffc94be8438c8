"""What annotating finds in labelled articles, and what it costs, beside the limits.

    python tests/bench/annotation.py [--json]

Quality is F1 over `tests/annotate/*.toml`: the rules were mended on both sets since they were written, so it tells of
loss, not of how well unseen articles are read. `first sight` is what a set gave when the rules first met it.
Cost is CPU time an article of 2,500 characters: a held-out text with what people said below it, which names little;
the same where the text is said over and over (`dense`); and of one with a megabyte.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from time import process_time

import click

sys.path.insert(0, str(Path(__file__).parents[1]))  # the kit and the labelled articles of the tests
sys.path.insert(0, str(Path(__file__).parents[1] / "annotate"))

from articles import KINDS, SETS, Case, cases, scores
from crawl import row
from crawls import Figure

from crawler.annotate import facts_of, packaged
from feeds.commands.summary import print_table

HEAD = ("work", "measure", "newsfeed", "first sight", "limit", "")
FLOORS: Mapping[str, float] = {"units": 0.96, "subject": 0.96, "province": 0.98, "event": 0.95, "topics": 0.90}
FIRST_SIGHT: Mapping[str, Mapping[str, float]] = {
    "held_out": {"units": 1.0, "subject": 1.0, "province": 1.0, "event": 1.0, "topics": 0.949},
    "unseen": {"units": 1.0, "subject": 0.963, "province": 1.0, "event": 1.0, "topics": 1.0},
}
SAID = (
    "“Kami ingin setiap orang yang berada di sini punya bekal saat pulang nanti, karena itu semua yang dilakukan ini"
    " hanyalah langkah awal dan masih banyak yang harus dibenahi bersama keluarga dan masyarakat sekitar,” ujarnya."
)
LENGTH = 2_500  # characters of a usual article
ROUNDS = 20


def figures() -> Iterator[Figure]:
    """Everything, in the order in which it is printed."""
    for name in SETS:
        found = scores(name)
        for kind in KINDS:
            seen = FIRST_SIGHT.get(name, {}).get(kind)
            yield Figure(f"{name} articles", f"{kind} F1", found[kind], FLOORS[kind], seen, at_least=True)
    known = [_long(case, LENGTH) for case in cases("held_out")]
    usual = [_long(case, LENGTH, f"\n{SAID}") for case in cases("held_out")]
    yield Figure("annotating", f"CPU ms an article of {LENGTH:,} characters", _cost(usual, ROUNDS), 1.0)
    yield Figure("annotating", f"CPU ms a dense article of {LENGTH:,} characters", _cost(known, ROUNDS))
    yield Figure("annotating", "CPU ms an article of 1 MB", _cost([_long(known[0], 1_000_000)], 3), 50.0)


def _long(case: Case, length: int, said: str = "") -> Case:
    text = "\n".join(case.article.paragraphs) + said
    paragraphs = tuple((f"{text}\n" * (length // len(text) + 1))[:length].split("\n"))
    return replace(case, article=replace(case.article, paragraphs=paragraphs))


def _cost(known: list[Case], rounds: int) -> float:
    lexicon = packaged()
    begin = process_time()
    for _ in range(rounds):
        for case in known:
            facts_of(case.article, case.source, lexicon)
    return (process_time() - begin) / rounds / len(known) * 1000


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Print a JSON list instead.")
def main(is_json: bool) -> None:
    """Print each figure beside its limit; exit 1 where one is missed."""
    found = list(figures())
    if is_json:
        click.echo(json.dumps([asdict(figure) for figure in found], indent=1))
    else:
        print_table(HEAD, [row(figure) for figure in found])
    sys.exit(any(figure.verdict == "over" for figure in found))


if __name__ == "__main__":
    main()
