"""Sentences that tell where somebody is put by a court or the police: the prison there is no subject of the article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from crawler.gazetteer.entries import read_table
from crawler.gazetteer.words import Word


def sentences_of_custody(words: Sequence[Word], ends: Sequence[int]) -> Mapping[int, int]:
    """The numbers of such sentences, and of the word in each that says so; `in Rutan X` stands behind it.

    `ends` are the numbers of the marks that end a sentence.
    """
    terms = _terms()
    told = [number for number, word in enumerate(words) if word.key in terms]
    found: dict[int, int] = {}
    for number in told:
        found.setdefault(bisect_right(ends, number), number)
    return found


@cache
def _terms() -> frozenset[str]:
    return frozenset(row["term"] for row in read_table("terms.csv") if row["weight"] == "custody")
