"""The language of an article: what the page states, unless its words say otherwise.

Templates made abroad keep their `<html lang="en">` over Indonesian text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from crawler.models import Evidence
from crawler.normalize.judge import Judged

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]\w+)*", re.IGNORECASE)
# Words that hardly any sentence of a language does without, and no other language here has.
_COMMON = {
    "id": frozenset(
        "yang dan di ke untuk dengan dari pada dalam tidak akan oleh para telah sebagai juga serta ini itu".split()
    ),
    "en": frozenset("the and of to for with that was from are this have has his their which said".split()),
}
_WORD = re.compile(r"[a-z]+")
_SEEN = 2_000  # characters
_ENOUGH, _TIMES = 3, 3  # common words that settle it, and how many times those of the other language


def language(candidates: Iterable[Evidence], default: str, paragraphs: Sequence[str]) -> Iterator[Judged[str]]:
    """The primary language subtag (BCP 47) of each candidate, then of the text, and last the source's."""
    written = _written("\n".join(paragraphs)[:_SEEN].casefold())
    for candidate in candidates:
        found = _TAG.fullmatch(candidate.value.strip())
        tag = found[1].lower() if found else None
        if tag in _COMMON and written and written != tag:
            yield Judged(candidate, reason=f"the text is written in {written!r}")
        else:
            yield Judged(candidate, tag, "" if tag else "is no language tag")
    if written:
        yield Judged(Evidence(written, "text"), written)
    if default:
        yield Judged(Evidence(default, "source"), default)


def _written(text: str) -> str | None:
    """The language whose common words fill the text, of those that are known here."""
    words = _WORD.findall(text)
    counts = {tag: sum(map(common.__contains__, words)) for tag, common in _COMMON.items()}
    best, other = sorted(counts, key=counts.__getitem__, reverse=True)
    return best if counts[best] >= max(_ENOUGH, _TIMES * counts[other]) else None
