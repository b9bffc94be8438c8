"""The headline alone: no site name, no section, no counter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crawler.models import Evidence
from crawler.text.clean import plain

_DIVIDER = re.compile(r"\s+[|–—·•»:-]{1,2}\s+|\s*\|\s*")
_PAGE = re.compile(r"\s*[-–|(]?\s*(?:halaman|laman|page)\s+\d+(?:\s+(?:dari|of)\s+\d+)?\)?$", re.IGNORECASE)
_COUNTER = re.compile(r"^\(\d+\)\s+")
_SECTIONS = frozenset(
    "berita news nasional daerah regional hukum kriminal headline home beranda artikel peristiwa terkini terbaru politik "
    "ekonomi olahraga pendidikan kesehatan umum blog".split()
)


def title(candidates: Iterable[Evidence], site_names: Iterable[str]) -> Evidence | None:
    """The first candidate that has any text, plain, without the names of its site or section at either end."""
    names = {squeezed(name) for name in site_names} - {""}
    for candidate in candidates:
        headline = _bare(plain(candidate.value), names)
        if headline:
            return Evidence(headline, candidate.origin)
    return None


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """A name as letters and digits alone, for comparison: `Polten.co.id` and `POLTEN CO ID` are one."""
    return "".join(character for character in name.casefold() if character.isalnum())


def _bare(line: str, names: set[str]) -> str:
    line = _COUNTER.sub("", _PAGE.sub("", line))
    while len(pieces := _pieces(line)) > 1:
        (first, _), (last, _) = pieces[0], pieces[-1]
        if _is_site(last, names):
            line = line[: pieces[-2][1]]
        elif _is_site(first, names):
            line = line[line.index(pieces[1][0], len(first)) :]
        else:
            break
    return "" if squeezed(line) in names else line.strip()


def _pieces(line: str) -> list[tuple[str, int]]:
    """What dividers divide, each with the place where it ends."""
    pieces, start = [], 0
    for divider in _DIVIDER.finditer(line):
        pieces.append((line[start : divider.start()], divider.start()))
        start = divider.end()
    return [*pieces, (line[start:], len(line))]


def _is_site(piece: str, names: set[str]) -> bool:
    bare = squeezed(piece)
    if not bare or bare in names or bare in _SECTIONS:
        return True
    # `Polten` of `Polten.co.id`, `Polten Media` of `Polten`
    return len(bare) >= 4 and any(
        name.startswith(bare) or (len(name) >= 4 and bare.startswith(name) and len(bare) <= len(name) + 12)
        for name in names
    )
