"""A text as words to compare: folded so that the ways to write one name are equal, each with its place in the text.

Left out: the class of a unit (`Kelas IIA`, `Klas II/B`, `Kelas I Khusus Non TPI`), hyphens, brackets and quotation
marks. Kept: commas, full stops and line ends, which no name runs across unless it is written with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import accumulate
from typing import NamedTuple

from crawler.gazetteer.entries import read_table

# The letter before what looks behind it: a search for a letter is three times as fast.
_GRADE = re.compile(
    r"""
    [kKiI] (?<![^\W_][kKiI]) (?<![^\W_]['’][kKiI])
    (?i: (?<=k) (?:elas|las|ls|alas) [\s-]+ (?:i{1,3}|[123]) (?:[\s./-]? [ab])? (?![^\W_])
            (?:[\s(]+ khusus\b)? (?:[\s(]+ non\b \)?)? (?:[\s(-]+ tpi\b)?
        | (?<=i) i{0,2}[ab] (?![^\W_]) )
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(r"([^\W_]+(?:['’][^\W_]+)?|[.,;:!?|\n])")
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
    plain = _GRADE.sub(_blank, text)
    parts = _TOKEN.split(plain)  # what stands between two words, and a word, in turn: a third of what matches cost
    ends = list(accumulate(map(len, parts)))
    written = parts[1::2]
    small = list(map(str.lower, written))
    read_as = load_spellings().get
    return list(map(_word, zip(map(read_as, small, small), written, ends[::2], ends[1::2], strict=False)))


_word: Callable[[Iterable[object]], Word] = partial(tuple.__new__, Word)


def _blank(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())


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
