"""Keywords and sections: short facts that need only cleaning."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.text.clean import plain

_LONGEST = 100
# What WordPress files an article under that nobody filed.
_NO_SECTION = frozenset({"uncategorized", "uncategorised", "tak berkategori", "tanpa kategori"})


def sections(words: Iterable[str]) -> tuple[str, ...]:
    """The sections that somebody chose, each once."""
    return tuple(word for word in distinct(words) if word.casefold() not in _NO_SECTION)


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """The words in order, plain, without a hash sign, each once whatever its case."""
    found: dict[str, str] = {}
    for word in words:
        bare = plain(word).lstrip("#").strip(" ,;")
        if bare and len(bare) <= _LONGEST:
            found.setdefault(bare.casefold(), bare)
    return tuple(found.values())
