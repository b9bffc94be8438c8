"""The headline alone: no site name, no section, no counter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.models import Evidence
from crawler.normalize.judge import Judged
from crawler.text.clean import plain, squeezed

_DIVIDER = re.compile(r"\s+[|–—·•»-]{1,2}\s+|\s*\|\s*")
_PAGE = re.compile(r"\s*[-–|(]?\s*(?:halaman|laman|page)\s+\d+(?:\s+(?:dari|of)\s+\d+)?\)?$", re.IGNORECASE)
_LONGEST = 1_000
_PREFIX = re.compile(r"([^:]{2,40}):\s+")
_COUNTER = re.compile(r"^\(\d+\)\s+")
_SECTIONS = frozenset(
    "berita news nasional daerah regional hukum kriminal headline home beranda artikel peristiwa terkini terbaru "
    "politik ekonomi olahraga pendidikan kesehatan umum blog".split()
)


def title(candidates: Iterable[Evidence], site_names: Iterable[str]) -> Iterator[Judged[str]]:
    """Each candidate as plain text without the names of its site or section at either end; one needs some text left."""
    names = {squeezed(name) for name in site_names} - {""}
    for candidate in candidates:
        headline = _bare(plain(candidate.value[:_LONGEST]), names)
        yield Judged(candidate, headline or None, "" if headline else "is nothing but the name of the site or section")


def _bare(line: str, names: set[str]) -> str:
    line = _COUNTER.sub("", _PAGE.sub("", line))
    prefix = _PREFIX.match(line)
    if prefix and squeezed(prefix[1]) in names:
        line = line[prefix.end() :]
    while len(pieces := _pieces(line)) > 1:
        (_, after_first), (before_last, _) = pieces[0], pieces[-1]
        if _is_site(line[before_last:], names):
            line = line[: pieces[-2][1]]
        elif _is_site(line[:after_first], names):
            line = line[pieces[1][0] :]
        else:
            break
    return "" if squeezed(line) in names else line.strip()


def _pieces(line: str) -> list[tuple[int, int]]:
    """Where each piece between dividers starts and ends."""
    dividers = list(_DIVIDER.finditer(line))
    starts = [0, *(divider.end() for divider in dividers)]
    return list(zip(starts, [*(divider.start() for divider in dividers), len(line)], strict=True))


def _is_site(piece: str, names: set[str]) -> bool:
    bare = squeezed(piece)
    if not bare or bare in names or bare in _SECTIONS:
        return True
    return len(bare) >= 4 and any(_is_short_for(bare, name) or _is_short_for(name, bare) for name in names)


def _is_short_for(name: str, longer: str) -> bool:
    """`Polten` for `Polten.co.id`, or for `Polten Media`; not `Lapas` for `Lapas Serang`."""
    return len(name) >= 4 and longer.startswith(name) and len(longer) <= 2 * len(name)
