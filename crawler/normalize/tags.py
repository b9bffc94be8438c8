"""Keywords and sections: short facts that need only cleaning."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.text.clean import plain

_LONGEST = 100


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """The words in order, plain, without a hash sign, each once whatever its case."""
    found: dict[str, str] = {}
    for word in words:
        bare = plain(word).lstrip("#").strip(" ,;")
        if bare and len(bare) <= _LONGEST:
            found.setdefault(bare.casefold(), bare)
    return tuple(found.values())
