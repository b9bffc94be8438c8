"""How an article is worded: stems, quotations, and a sample of its runs of words; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from crawler.stories.tokens import tokens_of, words_of
from crawler.stories.vocabulary import EMPTY

STEM = 4  # letters: prefixes of a word are alike however it is inflected
LEAD_WORDS = 28
MOST_WORDS = 160  # of a text that are sampled
SKETCH = 48  # runs that a sample keeps: those of the smallest numbers, so that equal texts keep the same
LEAST_QUOTED = 4  # words: fewer are a term in quotation marks
QUOTED = 6  # words of a quotation that tell it from others
MOST_QUOTES = 6

_QUOTE = re.compile(r"[“\"„]([^“”\"„]{15,400})[”\"]")
_OPENING = re.compile(r"\A[^\n.]{0,80}?(?:\s[-–—|]+\s?|[-–—]{2}\s?|[A-Z][–—]\s?)")


def stems(words: Sequence[str]) -> list[str]:
    """The beginnings of the words that tell something; numbers stay whole."""
    return [word if word.isdigit() else word[:STEM] for word in words if word not in EMPTY and len(word) > 1]


def without_opening(text: str) -> str:
    """The text behind its dateline: `SERANG, KABAR – `."""
    return _OPENING.sub("", text, count=1)


def lead(words: Sequence[str]) -> frozenset[str]:
    """Stems of the first sentence or two."""
    return frozenset(stems(words[: 3 * LEAD_WORDS])[:LEAD_WORDS])


def sketch(words: Sequence[str]) -> frozenset[int]:
    """A sample of the runs of stems; two samples share about the part that the texts share."""
    told = [_number(word[:STEM]) for word in words[:MOST_WORDS]]
    runs = {one ^ two * 3 ^ three * 5 for one, two, three in zip(told, told[1:], told[2:], strict=False)}
    return frozenset(sorted(runs)[:SKETCH])


@lru_cache(maxsize=20_000)
def _number(stem: str) -> int:
    return crc32(stem.encode("utf-8", "surrogatepass")) >> 5


def quotes(text: str) -> frozenset[str]:
    """The first stems of each quotation; what is quoted in both of two articles was said once."""
    found = []
    for quoted in _QUOTE.findall(text):
        words = words_of(tokens_of(quoted))
        if len(words) >= LEAST_QUOTED:
            found.append(" ".join(word[:STEM] for word in words[:QUOTED]))
    return frozenset(found[:MOST_QUOTES])


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Which part of two texts' runs both have, judged by their samples: 0 to 1."""
    if one.isdisjoint(other):
        return 0.0
    both = sorted(one | other)[: max(len(one), len(other))]
    return len(one.intersection(other, both)) / len(both)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Which part of the smaller set the other has: 0 to 1."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Which part of two sets both have: 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0
