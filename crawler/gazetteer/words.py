"""A text as words to compare: folded so that the ways to write one name are equal, each with its place in the text.

Left out: the class of a unit (`Kelas IIA`, `Klas II/B`, `Kelas I Khusus Non TPI`), hyphens, brackets and quotation
marks. Kept: commas, full stops and line ends, which no name runs across unless it is written with one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from crawler.gazetteer.entries import read_table

_GRADE = r"""
    (?:kelas|klas|kls|kalas) [\s-]+ (?:i{1,3}|[123]) (?:[\s./-]? [ab])? (?![^\W_])
        (?:[\s(]+ khusus\b)? (?:[\s(]+ non\b \)?)? (?:[\s(-]+ tpi\b)?
    | i{1,3}[ab] (?![^\W_])
"""
_TOKEN = re.compile(
    rf"(?<![^\W_]) (?=[ki]) (?: {_GRADE} ) | (?P<word> [^\W_]+ (?: ['’] [^\W_]+ )? ) | (?P<mark> [.,;:!?|\n] )",
    re.IGNORECASE | re.VERBOSE,
)
_LETTERS = re.compile(r"(?:kelas|klas|kls|kalas)[\s-]+(i{1,3}|[123])(?:[\s./-]?([ab])(?![^\W_]))?|(i{1,3}[ab])\b", re.I)
_ROMAN = {"1": "I", "2": "II", "3": "III"}

ENDS_SENTENCE = frozenset(".!?\n")


class Word(NamedTuple):
    """One word or mark: what it is compared as, how it is written, and which slice of the text it is."""

    key: str
    written: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words and marks of a text, in its order."""
    read_as = load_spellings().get
    make = tuple.__new__  # a third faster than to call Word, which is half of the time here
    return [
        make(Word, (read_as(key := (written := found[0]).lower(), key), written, found.start(), found.end()))
        for found in _TOKEN.finditer(text)
        if found.lastgroup
    ]


def grade_in(text: str) -> str | None:
    """The class that a name is written with, as the tables write it: `IIA` of `Klas II-A`, `I` of `Kelas 1`."""
    found = _LETTERS.search(text)
    if not found:
        return None
    number, letter, joined = found.groups(default="")
    return (joined or _ROMAN.get(number, number) + letter).upper()


@cache
def load_spellings() -> dict[str, str]:
    """Words that are read as another one: frequent misspellings, and heads (`kalapas`) as the unit that they lead."""
    return {row["written"]: row["read"] for row in read_table("spellings.csv")}
