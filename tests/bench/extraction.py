"""Newsfeed's extractor beside trafilatura, newspaper4k and readability-lxml on the same pages: quality and CPU time.

    python tests/bench/extraction.py [--json] [--misses] [--rounds N]

Quality is measured on the pages of tests/pages, whose expectations are known; `measures.py` says how. CPU time is
taken on them and, where ../shared/pages is on the machine, on saved pages of real sites. Milliseconds differ by
machine, so each stands beside an `lxml.html.fromstring` of the same bytes in the same run, and beside trafilatura. The
time of a page is the least of several rounds, in which all extractors take turns.
"""

from __future__ import annotations

import json
import logging
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

import click
import lxml.html
from cases import Case, fixtures, real_pages
from peers import EXTRACTORS, OURS, Extractor
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from scoring import MEASURES, Marks, marks_of, misses, total

GENERIC = "generic"
INSTALL = "pip install -e '.[bench]'"
PARSE = "lxml parse"
PEER = "trafilatura"


@dataclass(frozen=True, slots=True)
class Speed:
    """CPU milliseconds a page of one extractor on a group of pages, and their ratios to others on the same pages."""

    group: str
    extractor: str
    pages: int
    milliseconds: float
    to_parse: float
    to_trafilatura: float


# -- quality ---------------------------------------------------------------------------------------------------------


def quality(extractors: Sequence[Extractor], cases: Sequence[Case]) -> dict[str, dict[str, Marks]]:
    """The marks of every page, by extractor."""
    return {extractor.name: marks_of(extractor, cases) for extractor in extractors}


def quality_rows(scores: Mapping[str, Mapping[str, Marks]]) -> list[list[str]]:
    """A row per measure: how many pages count for it, and what each extractor got."""
    ours = scores[OURS.name]
    return [
        [
            measure,
            str(sum(measure in page for page in ours.values())),
            *(_shown(total(scores[name], measure)) for name in scores),
        ]
        for measure in MEASURES
    ]


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


# -- speed -----------------------------------------------------------------------------------------------------------


def speeds(extractors: Sequence[Extractor], cases: Sequence[Case], label: str, rounds: int) -> list[Speed]:
    """The speed of each extractor on the pages of known families, and on the others."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        kind = GENERIC if OURS.run(case).fields.get("family", GENERIC) == GENERIC else "with a family"
        groups.setdefault(f"{label}, {kind}", []).append(case)
    return [
        speed for group in sorted(groups, reverse=True) for speed in _group(extractors, groups[group], group, rounds)
    ]


def _group(extractors: Sequence[Extractor], cases: Sequence[Case], group: str, rounds: int) -> list[Speed]:
    work: dict[str, Callable[[Case], object]] = {PARSE: lambda case: lxml.html.fromstring(case.html)}
    work |= {extractor.name: extractor.call for extractor in extractors}
    pages = [_least_times(work, case, rounds) for case in cases]
    spent = {name: sum(page[name] for page in pages) for name in work}
    return [
        Speed(
            group,
            name,
            len(cases),
            1000 * spent[name] / len(cases),
            spent[name] / spent[PARSE],
            spent[name] / spent[PEER],
        )
        for name in work
    ]


def _least_times(work: Mapping[str, Callable[[Case], object]], case: Case, rounds: int) -> dict[str, float]:
    taken = [{name: _seconds(call, case) for name, call in work.items()} for _ in range(rounds)]
    return {name: min(times[name] for times in taken) for name in work}


def _seconds(call: Callable[[Case], object], case: Case) -> float:
    started = time.process_time()
    with suppress(Exception):  # a page that is too much for an extractor costs it time too
        call(case)
    return time.process_time() - started


def speed_rows(measured: Sequence[Speed]) -> list[list[str]]:
    """A row per group and extractor."""
    return [
        [
            speed.group,
            str(speed.pages),
            speed.extractor,
            f"{speed.milliseconds:.2f}",
            f"{speed.to_parse:.1f}",
            f"{speed.to_trafilatura:.2f}",
        ]
        for speed in measured
    ]


# -- the command -----------------------------------------------------------------------------------------------------


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal, tab-separated lines elsewhere."""
    console = Console()
    if not console.is_terminal:
        click.echo("\n".join("\t".join(row) for row in (head, *rows)))
        return
    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(escape, row))
    console.print(table)


def print_all(scores: Mapping[str, Mapping[str, Marks]], measured: Sequence[Speed]) -> None:
    """Both tables."""
    click.echo("Quality: 1 is best; fields count on the pages that state them, and for extractors that have them.")
    print_table(("measure", "pages", *scores), quality_rows(scores))
    click.echo("\nCPU time")
    print_table(("pages of", "number", "extractor", "ms a page", "x lxml parse", "x trafilatura"), speed_rows(measured))


def as_json(scores: Mapping[str, Mapping[str, Marks]], measured: Sequence[Speed]) -> str:
    """Both tables for programs."""
    values = {name: {measure: total(pages, measure) for measure in MEASURES} for name, pages in scores.items()}
    return json.dumps({"quality": values, "speed": [asdict(speed) for speed in measured]}, indent=1)


@click.command(help=__doc__.splitlines()[0] if __doc__ else None)
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--misses", "is_misses", is_flag=True, help="Tell on which pages newsfeed lost points, and why.")
@click.option("--rounds", default=5, type=click.IntRange(min=1), help="How often each page is timed.")
def main(is_json: bool, is_misses: bool, rounds: int) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    present = [extractor for extractor in EXTRACTORS if extractor.is_installed]
    for extractor in EXTRACTORS:
        if extractor not in present:
            click.echo(f"{extractor.name} is not installed: {INSTALL}", err=True)
    cases = fixtures()
    scores = quality(present, cases)
    measured = speeds(present, cases, "tests/pages", rounds) + speeds(present, real_pages(), "real sites", rounds)
    click.echo(as_json(scores, measured)) if is_json else print_all(scores, measured)
    if is_misses:
        for measure in MEASURES:
            for line in misses(scores[OURS.name], measure):
                click.echo(f"{measure}\t{line}", err=is_json)


if __name__ == "__main__":
    main()
