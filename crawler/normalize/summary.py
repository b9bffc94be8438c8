"""The page's own summary, if it is about this article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.models import Evidence
from crawler.text.clean import plain

_CUT = re.compile(
    r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(more…\)|(?:baca selengkapnya|read more|continue reading|selengkapnya)\W*)+$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w{4,}")
_SHORTEST = 20


def summary(candidates: Iterable[Evidence], headline: str, paragraphs: Sequence[str]) -> Evidence | None:
    """The first candidate of some length whose words are the article's, plain; None without evidence.

    Many sites describe every page with the same sentence about themselves.
    """
    for candidate in candidates:
        text = _CUT.sub("…", plain(candidate.value))
        if len(text) >= _SHORTEST and text != headline and _is_about(text, (headline, *paragraphs)):
            return Evidence(text, candidate.origin)
    return None


def _is_about(text: str, article: Sequence[str]) -> bool:
    words = set(_WORD.findall(" ".join(article).casefold()))
    own = _WORD.findall(text.casefold())
    return sum(word in words for word in own) * 2 > len(own)
