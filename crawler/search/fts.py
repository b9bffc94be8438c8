"""What is looked for, as a tree, and the FTS5 expression that finds it. Everything typed is put in quotation marks.

In a row of words that were typed without quotation marks, names are found in all their forms (`gazetteer.synonyms`).
Inside quotation marks, and before a `*`, only what was typed is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from crawler.gazetteer.synonyms import keys_of, other_forms

# What SQLite takes for the end of a text, or cannot be given at all.
_UNSENDABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand together: typed in quotation marks (`exact`), or one word, perhaps only its beginning."""

    words: str
    exact: bool = False
    is_prefix: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What a text must not hold; it stands in an `All` beside something that it must."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """What a text must hold together. Words side by side in it may be one name."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Of which a text must hold one."""

    parts: tuple[Node, ...]


Node: TypeAlias = Text | Not | All | Any


def expression(node: Node) -> str:
    """The FTS5 expression that matches what the tree asks for."""
    match node:
        case Text():
            return _row([node])
        case Any(parts):
            return _joined("OR", [expression(part) for part in parts])
        case Not(part):
            return expression(part)
        case All(parts):
            wanted = _joined("AND", list(_wanted([part for part in parts if not isinstance(part, Not)])))
            unwanted = [expression(part) for part in parts if isinstance(part, Not)]
            return f"({wanted} NOT {_joined('OR', unwanted)})" if unwanted else wanted


def _wanted(parts: Sequence[Node]) -> Iterator[str]:
    for kind, group in groupby(parts, key=_row_of):
        if kind is None:
            yield from map(expression, group)
        else:
            yield _row([part for part in group if isinstance(part, Text)])


def _row_of(part: Node) -> bool | None:
    """Words of one row have this in common; None for what is a row of its own."""
    return part.in_title if isinstance(part, Text) and not (part.exact or part.is_prefix) else None


def _row(row: Sequence[Text]) -> str:
    """Words side by side: names in all their forms, the others as typed."""
    scope = "title : " if row[0].in_title else ""
    if row[0].exact or row[0].is_prefix:
        return f"{scope}{_quoted(row[0].words)}{' *' if row[0].is_prefix else ''}"
    starts = [0]
    for text in row:
        starts.append(starts[-1] + len(keys_of(text.words)))
    keys = keys_of(" ".join(text.words for text in row))
    names = {name.start: name for name in other_forms(keys) if {name.start, name.stop} <= set(starts)}
    asked: list[str] = []
    end = 0
    for text, start in zip(row, starts, strict=False):
        if start in names:
            end = names[start].stop
            asked += [f"{scope}{_joined('OR', list(map(_quoted, group)))}" for group in names[start].groups]
        elif start >= end:
            asked.append(f"{scope}{_quoted(text.words)}")
    return _joined("AND", asked)


def _joined(operator: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({f' {operator} '.join(parts)})"


def _quoted(words: str) -> str:
    inside = _UNSENDABLE.sub(" ", words).replace('"', " ")
    return f'"{inside}"'
