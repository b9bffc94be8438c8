"""In which line of a TOML text a table or key stands, as the parser of the standard library does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

Location = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\s\"'-]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")
_FENCE = re.compile(r'"""|' + r"'''")


def lines_of(text: str) -> dict[Location, int]:
    """The line (from 1) of each table and key: `("source", 1, "discover", 0, "url")` is in the second `[[source]]`."""
    lines: dict[Location, int] = {}
    counts: dict[Location, int] = {}
    table: Location = ()
    fence: str | None = None
    for number, line in enumerate(text.split("\n"), 1):
        starts_inside, fence = fence, fence_after(line, fence)
        if starts_inside:
            continue
        if header := _HEADER.fullmatch(line):
            table = enter(header[2], header[1] == "[[", counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *names_of(key[1])), number)
    return lines


def line_of(lines: Mapping[Location, int], location: Location) -> int:
    """The line of a key, or of the nearest table around it that has one."""
    for length in range(len(location), 0, -1):
        if location[:length] in lines:
            return lines[location[:length]]
    return 1


def enter(header: str, is_array: bool, counts: dict[Location, int]) -> Location:
    """The location of the table that a header opens; `counts` holds how often each `[[array]]` was opened."""
    location: Location = ()
    *parents, last = names_of(header)
    for name in parents:
        location = (*location, name)
        if location in counts:
            location = (*location, counts[location] - 1)
    location = (*location, last)
    if is_array:
        counts[location] = counts.get(location, 0) + 1
        location = (*location, counts[location] - 1)
    return location


def names_of(dotted: str) -> tuple[str, ...]:
    """The names in a dotted key, without quotes."""
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))


def fence_after(line: str, fence: str | None) -> str | None:
    """The marks that a string of several lines is still waiting for at the end of a line, or None."""
    for mark in _FENCE.findall(line):
        if fence is None:
            fence = mark
        elif fence == mark:
            fence = None
    return fence
