"""Keywords, sections and the language: short facts that need only cleaning."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.models import Evidence
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


def language(candidates: Iterable[Evidence], default: str) -> Evidence | None:
    """The primary language subtag (BCP 47) that the page states, else the source's; None where neither says."""
    for candidate in candidates:
        if found := _TAG.fullmatch(candidate.value.strip()):
            return Evidence(found[1].lower(), candidate.origin)
    return Evidence(default, "source") if default else None
