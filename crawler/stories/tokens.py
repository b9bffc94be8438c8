"""A text as the words and marks that names and wording are read from, the names of places blanked out; pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from crawler.gazetteer.entries import Entry, load_entries

BLANK = "#"  # stands for the name of a place: whoever tells of one place tells its name

_TOKEN = re.compile(r"[A-Z]\.(?=\s?[A-Z])|[^\W_]+(?:['’`-][^\W\d_]+)*|[.!?\n“”\"]|[^\s\w]")
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 3  # letters of a place's name
# What a unit or a region is called by before its name.
_KINDS = frozenset(
    """
    lembaga pemasyarakatan lapas lp rumah tahanan negara rutan balai bapas lpka lpp lpn kantor imigrasi kanim rudenim
    detensi kelas klas i ii iii iia iib khusus non tpi perempuan wanita narkotika pemuda anak terbuka pembinaan
    kabupaten kota kab provinsi daerah administrasi se
    """.split()
)


def tokens_of(text: str) -> list[str]:
    """The words, initials and marks of a text in their order."""
    return _TOKEN.findall(text if text.isascii() else unicodedata.normalize("NFKC", text))


def blanked(tokens: Sequence[str]) -> list[str]:
    """The tokens with those of a place's name, if it begins with a capital, as `BLANK` each."""
    names, kept, free = _places(), list(tokens), 0
    for at in [at for at, token in enumerate(tokens) if "A" <= token < "a"]:
        longest = names.get(tokens[at].casefold()) if at >= free else None
        if longest and (length := next((len(name) for name in longest if _stands(tokens, at, name)), 0)):
            free = at + length
            kept[at:free] = [BLANK] * length
    return kept


def words_of(tokens: Sequence[str]) -> list[str]:
    """The words and numbers among tokens, small."""
    return [token.casefold() for token in tokens if token[0].isalnum()]


def _stands(tokens: Sequence[str], at: int, name: tuple[str, ...]) -> bool:
    if len(name) == 1:
        return True
    return tuple(token.casefold() for token in tokens[at : at + len(name)]) == name


@cache
def _places() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The names of places and those that units have from them, by their first word, the longest first."""
    found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for entry in load_entries():
        if entry.kind != "office" or entry.type in ("kantor-imigrasi", "rudenim"):
            for name in _names(entry):
                found[name[0]].add(name)
    return {first: tuple(sorted(names, key=lambda name: (-len(name), name))) for first, names in found.items()}


def _names(entry: Entry) -> Iterator[tuple[str, ...]]:
    for written in (entry.name, entry.short_name, *entry.names):
        words = _WORD.findall(written.casefold())
        start = next((at for at, word in enumerate(words) if word not in _KINDS), len(words))
        if len("".join(words[start:])) >= _LEAST:
            yield tuple(words[start:])
