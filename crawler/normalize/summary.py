"""The page's own summary, if it is about this article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from crawler.models import Evidence
from crawler.normalize.judge import Judged
from crawler.text.clean import plain

_CUT = re.compile(
    r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(more…\)|(?:baca selengkapnya|read more|continue reading|selengkapnya)\W*)+$",
    re.IGNORECASE,
)
_STEM = re.compile(r"\w{4,5}")  # the head of a word: `pengawasannya` is of an article on `pengawasan`
_SHORTEST = 20
_SHARED = 0.4  # of its words with the article: what a site says of itself shares fewer


def summary(candidates: Iterable[Evidence], headline: str, paragraphs: Sequence[str]) -> Iterator[Judged[str]]:
    """Each candidate as plain text; one needs some length and words that are the article's.

    Many sites describe every page with the same sentence about themselves.
    """
    for candidate in candidates:
        text = _CUT.sub("…", plain(candidate.value))
        problem = _problem(text, headline, paragraphs)
        yield Judged(candidate, None if problem else text, problem)


def _problem(text: str, headline: str, paragraphs: Sequence[str]) -> str:
    if len(text) < _SHORTEST:
        return "is too short to say anything"
    if text == headline:
        return "is the headline"
    return "" if _is_about(text, (headline, *paragraphs)) else "has other words than the article"


def _is_about(text: str, article: Sequence[str]) -> bool:
    own = list(_stems(text))
    missing = set(own)
    for part in article:  # most summaries are the lead again, so the first paragraphs settle it
        missing.difference_update(_stems(part))
        if sum(word not in missing for word in own) >= _SHARED * len(own):
            return True
    return not own


def _stems(text: str) -> Iterator[str]:
    return (found[0] for word in text.casefold().split() if (found := _STEM.search(word)))
