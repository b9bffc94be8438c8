"""An article as grouping compares it, and the keys under which those that may tell of the same event are found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zlib import crc32

from crawler.gazetteer import gazetteer
from crawler.models import Signature, Told
from crawler.stories import wording
from crawler.stories.counts import LARGE, counts
from crawler.stories.people import is_office, people

STALE = timedelta(days=10)  # an event is printed sooner, or it is background
AHEAD = timedelta(days=1)  # later ones are announced: the release is what happens
ROUNDUP = 3  # units named and none of them the subject

WEAK, STRONG = 1, 2  # of a key; two weak ones or a strong one make a candidate
_SKETCH_KEYS = 6
_OFFICES_OF_EVENTS = frozenset(("kantor-imigrasi", "rudenim", "school"))


def sign(told: Told) -> Signature:
    """What is compared of an article."""
    text = told.text
    title, masked = _masked(told.title), _masked(wording.without_opening(text))
    words = wording.folded(masked)
    named = people(masked)
    is_dated = told.event is not None and told.published - STALE <= told.event <= told.published + AHEAD
    units = frozenset([name for name in told.subjects if not is_above(name)] or told.subjects)
    others = frozenset((*told.subjects, *told.mentioned)) - units
    return Signature(
        article_id=told.article_id,
        day=told.event if is_dated and told.event else told.published,
        is_dated=is_dated,
        published=told.published,
        units=units,
        others=others,
        places=frozenset(told.places),
        topics=frozenset(told.topics),
        people=named.people,
        heads=named.heads,
        officials=named.officials,
        counts=counts(f"{told.title}\n{text}"),
        quotes=wording.quotes(text),
        title=frozenset(wording.stems(wording.folded(title))),
        lead=wording.lead(words),
        sketch=wording.sketch(words),
        is_roundup=all(map(is_above, units)) and sum(not is_above(name) for name in others) >= ROUNDUP,
    )


def is_above(name: str) -> bool:
    """Whether a unit's id is that of an office above others: regional offices, directorates, ministries.

    Where one of those is named beside a unit, what is told happened in the unit.
    """
    entry = gazetteer().entries.get(name)
    return entry is not None and entry.kind == "office" and entry.type not in _OFFICES_OF_EVENTS


def keys(signature: Signature) -> dict[int, int]:
    """Numbers under which an article is looked up, each with its weight; they differ by what they are made of.

    Two articles that share no strong key and fewer than two weak ones have too little in common to be compared.
    """
    found: dict[int, int] = {}
    for kind, value, weight in _keys(signature):
        found[crc32(f"{kind} {value}".encode("utf-8", "surrogatepass"))] = weight
    return found


def unit_keys(signature: Signature) -> frozenset[int]:
    """The keys of its units: what a follow-up days later shares."""
    return frozenset(crc32(f"unit {unit}".encode("utf-8", "surrogatepass")) for unit in signature.units)


def _keys(signature: Signature) -> Iterator[tuple[str, str, int]]:
    yield from (("unit", unit, STRONG) for unit in signature.units | signature.others)
    yield from (("quote", quote, STRONG) for quote in signature.quotes)
    yield from (("run", str(run), STRONG) for run in sorted(signature.sketch)[:_SKETCH_KEYS])
    names = {word for name in signature.people | signature.heads for word in name.split()}
    yield from (("name", name, WEAK) for name in names if len(name) > 3)
    yield from (("count", str(number), WEAK) for number in {n for n, _ in signature.counts if n >= LARGE})


def _masked(text: str) -> str:
    """The text with the names of units and places blanked out: whoever tells of one place tells its name.

    Of `Kalapas Serang` the office stays.
    """
    parts, at = [], 0
    for match in gazetteer().matches(text):
        kept = [word for word in text[match.start : match.end].split() if is_office(word)]
        parts += [text[at : match.start], " ".join((*kept, "#"))]
        at = match.end
    return "".join((*parts, text[at:]))


def gap(one: Signature, other: Signature) -> int:
    """Days between two articles' events, as far as they are known."""
    return abs((one.day - other.day).days)


def published_gap(one: Signature, other: Signature) -> int:
    """Days between two articles' publication."""
    return _days(one.published, other.published)


def _days(one: date, other: date) -> int:
    return abs((one - other).days)
