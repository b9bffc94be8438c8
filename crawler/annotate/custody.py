"""Sentences that tell where somebody is put by a court or the police: the prison there is no subject of the article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from crawler.gazetteer.entries import read_table
from crawler.gazetteer.words import ENDS_SENTENCE, Word


def sentences_of_custody(words: Sequence[Word]) -> Mapping[int, int]:
    """The numbers of such sentences, and of the word in each that says so; `in Rutan X` stands behind it."""
    terms = _terms()
    told = [number for number, word in enumerate(words) if word.key in terms]
    ends = [number for number, word in enumerate(words) if word.key in ENDS_SENTENCE] if told else []
    found: dict[int, int] = {}
    for number in told:
        found.setdefault(bisect_right(ends, number), number)
    return found


@cache
def _terms() -> frozenset[str]:
    return frozenset(row["term"] for row in read_table("terms.csv") if row["weight"] == "custody")
