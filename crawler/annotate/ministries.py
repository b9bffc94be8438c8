"""What `Kemenkumham` means: the ministry that was until 21 October 2024, or the successor with the article's function.

The press went on with the old name for years. Of its regional offices each ran prisons, immigration and law, so theirs
is the office that has the function today, whatever the date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from crawler.annotate.lexicon import Lexicon
from crawler.annotate.matches import Hit

SPLIT = date(2024, 10, 21)
MINISTRY = "kemenkumham"

# Function -> the ministry, and the kind of regional office that took it over.
SUCCESSORS: Mapping[str, tuple[str, str]] = {
    "corrections": ("kemenimipas", "kanwil-ditjenpas"),
    "immigration": ("kemenimipas", "kanwil-imigrasi"),
    "rights": ("kemenham", "kanwil-kemenham"),
    "law": ("kemenkum", "kanwil-kemenkum"),
}
_FUNCTION_OF_TYPE: Mapping[str, str] = {
    "kantor-imigrasi": "immigration", "rudenim": "immigration",
    "kanwil-ditjenpas": "corrections", "kanwil-imigrasi": "immigration", "kanwil-kemenham": "rights",
}  # fmt: skip
_RIGHTS = re.compile(r"\bHAM\b|hak asasi", re.IGNORECASE)
_ZONES = {"title": 3.0, "lead": 2.0, "text": 1.0}
_UNIT = 3.0  # what a unit's name weighs, beside the terms of topics


def function_of(hits: Iterable[Hit], lexicon: Lexicon) -> str | None:
    """The branch of the former ministry that an article is about; None where nothing tells."""
    scores: defaultdict[str, float] = defaultdict(float)
    for hit in hits:
        for function, strength in _signs(hit, lexicon):
            scores[function] += _ZONES[hit.zone] * strength
    return max(scores, key=lambda name: scores[name], default=None)


def successor(unit: str, function: str | None, day: date | None, lexicon: Lexicon) -> tuple[str, str]:
    """The entry that an old name stands for, and why."""
    if unit == MINISTRY:
        if day is None or day < SPLIT or function is None:
            return unit, ""
        return SUCCESSORS[function][0], f"since 2024 in charge of {function}"
    heir = lexicon.offices.get((SUCCESSORS[function or "law"][1], lexicon.entries[unit].province), unit)
    return heir, f"the office there in charge of {function}" if heir != unit else ""


def _signs(hit: Hit, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    for topic, strength in hit.meaning.terms:
        function = lexicon.topics[topic].function
        if topic == "ham":
            function = "rights" if _RIGHTS.search(hit.written) else "law"
        if function:
            yield function, strength
    for unit in hit.meaning.units[:1]:
        entry = lexicon.entries[unit]
        function = "corrections" if entry.kind == "unit" else _FUNCTION_OF_TYPE.get(entry.type, "")
        if function:
            yield function, _UNIT
