"""Keywords, sections and the language: short facts that need only cleaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.models import Evidence
from crawler.normalize.judge import Judged
from crawler.text.clean import plain

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]\w+)*", re.IGNORECASE)


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """The words in order, plain, without a hash sign, each once whatever its case."""
    found: dict[str, str] = {}
    for word in words:
        bare = plain(word).lstrip("#").strip(" ,;")
        if bare and len(bare) <= 100:
            found.setdefault(bare.casefold(), bare)
    return tuple(found.values())


def language(candidates: Iterable[Evidence], default: str) -> Iterator[Judged[str]]:
    """The primary language subtag (BCP 47) of each candidate, and last the source's."""
    for candidate in candidates:
        found = _TAG.fullmatch(candidate.value.strip())
        yield Judged(candidate, found[1].lower() if found else None, "" if found else "is no language tag")
    if default:
        yield Judged(Evidence(default, "source"), default)
