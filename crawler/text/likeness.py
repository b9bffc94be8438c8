"""How much two texts say the same, whatever their typography: pure, for identity.

Every article is looked at so before it is stored; `crawler.text.words`, which knows how numbers are written, costs ten
times as much.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

MOST_WORDS = 3_000  # of a text that are compared; who copies that much copies all of it
RUN = 4  # words that must stand in the same order to count as shared
LEAST_RUNS = 8  # a caption alone says nothing

_WORD = re.compile(r"[^\W_]+")
_SIGNS = {number: None for number in range(128) if not chr(number).isalnum()}
# What makes nearly every text that is not ASCII so, and is never part of a word.
_TYPOGRAPHY = "–—‘’“”•…\u00a0"
_NUMBER = re.compile(r"\d+")


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded (NFKC, case), without anything between them."""
    return _WORD.findall(_folded(text))


def letters(text: str) -> str:
    """What is left without spaces and signs: equal for two texts that differ in typography only."""
    folded = _folded(text)
    return folded.translate(_SIGNS) if folded.isascii() else "".join(_WORD.findall(folded))


@lru_cache(maxsize=8)  # looked for first, then stored
def key(text: str) -> int:
    """A signed 64-bit number that is equal for texts of equal `letters`."""
    digest = blake2b(letters(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def shared(one: str, other: str) -> float:
    """Which part of the shorter text's runs of words the longer one has: 0 to 1; 0 where either is a mere line."""
    ours, theirs = _runs(one), _runs(other)
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / least if least >= LEAST_RUNS else 0.0


def numbers(text: str) -> list[str]:
    """The runs of digits, sorted: equal where two texts tell of the same days, ages and counts."""
    return sorted(_NUMBER.findall(text))


def _folded(text: str) -> str:
    if text.isascii():
        return text.casefold()
    for sign in _TYPOGRAPHY:
        text = text.replace(sign, " ")
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def _runs(text: str) -> set[tuple[str, ...]]:
    told = words(text)[:MOST_WORDS]
    return set(zip(*(told[start:] for start in range(RUN)), strict=False))
