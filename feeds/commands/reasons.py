"""An article with the reasons for each of its fields: rows for people, one object for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

import click

from crawler.gazetteer import Subject, subject_of
from crawler.models import Article, Facts, Image, Loser, Related, Source
from feeds.commands.printable import printable

FIELDS = tuple(field.name for field in fields(Article) if field.name != "provenance")
# What lost and was no candidate for a field, and what to call it.
LEFT_OUT = {"body": "taken out of the text:", "json-ld": "tells of other articles:"}
LONGEST, LONGEST_LOSER = 400, 160  # characters of a value on a terminal


@dataclass(frozen=True, slots=True)
class Row:
    """A field as a person reads it: its value in one or more lines, where that stood, and what lost."""

    name: str
    lines: Sequence[str]
    origin: str = ""
    losers: Sequence[Loser] = ()


def as_json(article: Article, losers: Sequence[Loser], source: Source, facts: Facts) -> dict[str, Any]:
    """The object of `newsfeed explain --json`, whose help describes it; times are still datetimes."""
    values = asdict(article)
    subject = _subject(article)
    return {
        "source": {"slug": source.slug, "name": source.name, "record": source.record or None, "filter": source.filter},
        "subject": {"is_on_subject": subject.is_on_subject, "evidence": list(subject.evidence)},
        "facts": asdict(facts),
        "fields": {
            name: {
                "value": values[name],
                "origin": article.provenance.get(name),
                "losers": [_reason(loser) for loser in losers if loser.field == name],
            }
            for name in FIELDS
        },
        "left_out": [{"from": loser.field, **_reason(loser)} for loser in losers if loser.field not in FIELDS],
    }


def rows_of(article: Article, losers: Sequence[Loser], source: Source) -> Iterator[Row]:
    """The source record, every field of the article, and what was left out, in that order."""
    yield Row("source", [f"{source.slug} ({source.record or f'no record names this host; times are {source.zone}'})"])
    subject = _subject(article)
    kept = (
        "kept" if subject.is_on_subject else "left out" if source.filter == "subject" else "kept, as all of the source"
    )
    yield Row("subject", [f"{'yes' if subject.is_on_subject else 'no'}, {kept}", *subject.evidence])
    lost: dict[str, list[Loser]] = {}
    for loser in losers:
        lost.setdefault(loser.field, []).append(loser)
    for name in FIELDS:
        lines = list(_lines(name, getattr(article, name))) or ["none"]
        yield Row(name, lines, article.provenance.get(name, ""), lost.pop(name, ()))
    for name, rest in lost.items():
        yield Row(name, [LEFT_OUT.get(name, "left out:")], "", rest)


def rows_of_facts(facts: Facts) -> Iterator[Row]:
    """What an article tells of, a line each with its evidence; and the names that may mean several units."""
    units = [f"{one.name} [{one.role}, {one.weight:g}] {one.evidence}" for one in facts.units]
    places = [f"{one.name} [{one.weight:g}] {one.evidence}" for one in facts.places]
    topics = [f"{one.name} [{one.weight:g}] {one.evidence}" for one in facts.topics]
    told = (("units", units), ("places", places), ("topics", topics), ("unresolved", list(facts.unresolved)))
    yield Row("province", [facts.province or "none"])
    for name, lines in told:
        yield Row(name, lines or ["none"])


def _subject(article: Article) -> Subject:
    return subject_of(article.title, "\n".join(article.paragraphs))


def print_lines(rows: Iterable[Row]) -> None:
    """Plain lines for a pipe, nothing cut: one a value, one a loser."""
    for row in rows:
        first, *more = map(printable, row.lines)
        click.echo(f"{row.name}: {first}" + (f" [{row.origin}]" if row.origin else ""))
        for line in more:
            click.echo(f"  {line}")
        for loser in row.losers:
            click.echo(f'  not "{printable(loser.value)}" [{loser.origin}]: {printable(loser.reason)}')


def print_columns(rows: Iterable[Row]) -> None:
    """Name, value and origin in columns for a terminal, losers dim under their value; long texts are cut."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text  # takes its text as it is: what looks like markup stays what it is

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    table.add_column(no_wrap=True)
    for row in rows:
        heads = [(Text(row.name, "bold"), Text(row.origin, "cyan")), *[(Text(), Text())] * len(row.lines)]
        for (name, origin), line in zip(heads, row.lines, strict=False):
            table.add_row(name, Text(_cut(line, LONGEST)), origin)
        for loser in row.losers:
            told = Text.assemble(f"not “{_cut(loser.value, LONGEST_LOSER)}”: ", printable(loser.reason), style="dim")
            table.add_row("", Padding(told, (0, 0, 0, 2)), Text(loser.origin, "dim"))
    Console(highlight=False).print(table)


def _cut(text: str, longest: int) -> str:
    line = printable(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _reason(loser: Loser) -> dict[str, str]:
    return {"value": loser.value, "origin": loser.origin, "reason": loser.reason}


def _lines(name: str, value: Any) -> Iterator[str]:
    if name in _SHORTENED:
        yield from _SHORTENED[name](value)
    elif isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        yield from [", ".join(value)] if value else []
    else:
        yield from (_line(item) for item in (value if isinstance(value, tuple) else (value,)) if item is not None)


def _line(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S} UTC"
        case date():
            return value.isoformat()
        case Related():
            return f"{value.title} ({value.url or 'no link'})"
        case Image():
            named = (("caption", value.caption), ("credit", value.credit))
            return "; ".join([value.url, *(f"{name}: {text}" for name, text in named if text)])
    return str(value)


# The two that hold a whole text.
_SHORTENED: Mapping[str, Callable[[Any], list[str]]] = {
    "paragraphs": lambda texts: [f"{len(texts)} in all", f"first: {texts[0]}", f"last: {texts[-1]}"],
    "body_html": lambda html: [f"{len(html):,} characters"],
}
