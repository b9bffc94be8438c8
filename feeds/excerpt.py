"""A fair excerpt of an article: whole sentences of plain text, few enough that a reader still goes to the original."""

from __future__ import annotations

import re

LIMIT = 400  # characters, about three sentences of a release
SHORT = 120  # characters, about one sentence: what may be shown of any text
TITLE_LIMIT = 100  # characters of a title taken from the text (Miniflux takes as many)

# A full stop after these, or after an initial, ends no sentence.
ABBREVIATIONS = (
    "Dr Drs Dra Ir Prof Hj Tn Ny Sdr Yth Kab Kec Kel Prov Jl No Rp Gg St Mr Mrs Ms vs dll dsb dkk tgl".split()
)
_END = re.compile(r"(?<=[.!?])[”\"')]*(?=\s+[A-Z0-9“\"'(])")
_ABBREVIATION = re.compile(rf"(?:^|[\s.(])(?:{'|'.join(ABBREVIATIONS)}|[A-Z])\.$")


def excerpt(text: str, limit: int = LIMIT) -> str:
    """The first sentences that fit into `limit` characters, at least one; a longer first one is cut at a word."""
    if len(text) <= limit:
        return text
    ends = [end for end in _sentence_ends(text[: limit + 1]) if end <= limit]
    return text[: ends[-1]] if ends else shorten(text, limit)


def shorten(text: str, limit: int) -> str:
    """The text cut before the word that goes over the limit, with an ellipsis where something is missing."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    space = head.rfind(" ")
    words = head[:space] if space > 0 else head[:-1]
    return words.rstrip(" ,;:–—-") + "…"


def _sentence_ends(text: str) -> list[int]:
    """Where sentences end that another follows; the text may break off anywhere."""
    return [found.end() for found in _END.finditer(text) if not _ABBREVIATION.search(text[: found.start()])]
