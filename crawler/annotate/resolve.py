"""Names that several units share: which one is meant, by the first rule of `RULES` that leaves a single candidate.

A name that is an ordinary word too (`Rutan Natal`) has one candidate, and needs a rule that speaks for it all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.annotate.lexicon import Lexicon
from crawler.annotate.matches import Hit

_BESIDE = 12  # words behind a name in which its place may stand: `Lapas Tanjung Gusta, Kota Medan`


@dataclass(frozen=True, slots=True)
class Context:
    """What may tell units of one name apart.

    `certain` are units that other names in the text leave no doubt of, `places` ids of places by the number of the word
    where each stands, `dateline` the ids that the dateline may mean, `unit` and `province` those of the source,
    `neighbours` how often the text points to each province.
    """

    certain: frozenset[str]
    places: Sequence[tuple[int, tuple[str, ...]]]
    dateline: tuple[str, ...]
    unit: str | None
    province: str | None
    neighbours: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A hit and the unit that it means, None where that stays open; `reason` tells by which rule."""

    hit: Hit
    unit: str | None
    reason: str


Rule = Callable[[Hit, Context, Lexicon, str], bool]


def _has_class(hit: Hit, _: Context, lexicon: Lexicon, unit: str) -> bool:
    return bool(hit.grade) and lexicon.entries[unit].grade.split()[:1] == [hit.grade]


def _is_beside_place(hit: Hit, context: Context, lexicon: Lexicon, unit: str) -> bool:
    near = [ids for at, ids in context.places if hit.last < at <= hit.last + _BESIDE]
    return any(_lies_in(lexicon, unit, place) for ids in near for place in ids)


def _is_named_elsewhere(_: Hit, context: Context, __: Lexicon, unit: str) -> bool:
    return unit in context.certain


def _is_source(_: Hit, context: Context, __: Lexicon, unit: str) -> bool:
    return unit == context.unit


def _is_at_dateline(_: Hit, context: Context, lexicon: Lexicon, unit: str) -> bool:
    return any(_lies_in(lexicon, unit, place) for place in context.dateline)


def _is_in_dateline_province(_: Hit, context: Context, lexicon: Lexicon, unit: str) -> bool:
    return any(lexicon.entries[place].province == lexicon.entries[unit].province for place in context.dateline)


def _is_in_source_province(_: Hit, context: Context, lexicon: Lexicon, unit: str) -> bool:
    return context.province is not None and lexicon.entries[unit].province == context.province


def _is_among_neighbours(_: Hit, context: Context, lexicon: Lexicon, unit: str) -> bool:
    return context.neighbours.get(lexicon.entries[unit].province, 0) > 0


def _is_national(_: Hit, __: Context, lexicon: Lexicon, unit: str) -> bool:
    """`Menteri Hukum` is an ordinary word only in news from abroad."""
    return lexicon.entries[unit].kind == "office" and not lexicon.entries[unit].province


# In the order in which they are asked.
RULES: tuple[tuple[str, Rule], ...] = (
    ("its class", _has_class),
    ("the place beside its name", _is_beside_place),
    ("its full name elsewhere in the text", _is_named_elsewhere),
    ("the source's own unit", _is_source),
    ("the dateline", _is_at_dateline),
    ("the dateline's province", _is_in_dateline_province),
    ("the source's province", _is_in_source_province),
    ("the places named in the text", _is_among_neighbours),
    ("there being one in the country", _is_national),
)


def resolve(hit: Hit, context: Context, lexicon: Lexicon) -> Resolved:
    """The unit that a hit means; unresolved where no rule leaves one."""
    candidates = hit.meaning.units
    if len(candidates) == 1 and not hit.meaning.shared:
        return Resolved(hit, candidates[0], "")
    for reason, rule in RULES:
        fitting = tuple(unit for unit in candidates if rule(hit, context, lexicon, unit))
        if len(fitting) == 1:
            return Resolved(hit, fitting[0], f"told by {reason}")
        candidates = fitting or candidates
    return Resolved(hit, None, "may be " + " or ".join(lexicon.entries[unit].name for unit in hit.meaning.units))


def context_of(
    hits: Iterable[Hit], dateline: tuple[str, ...], unit: str | None, province: str | None, lexicon: Lexicon
) -> Context:
    """What the hits of a text and its source say that helps to tell units apart."""
    certain: set[str] = set()
    places: list[tuple[int, tuple[str, ...]]] = []
    neighbours: Counter[str] = Counter()
    for hit in hits:
        if hit.meaning.places:
            places.append((hit.first, hit.meaning.places))
        ids = hit.meaning.places or (() if hit.meaning.shared else hit.meaning.units)
        provinces = {lexicon.entries[one].province for one in ids} - {""}
        if len(provinces) == 1:
            neighbours[provinces.pop()] += 1
        if len(hit.meaning.units) == 1 and not hit.meaning.shared:
            certain.add(hit.meaning.units[0])
        elif hit.grade:
            certain |= {one for one in hit.meaning.units if _has_grade(lexicon, one, hit.grade)}
    return Context(frozenset(certain), places, dateline, unit, province, neighbours)


def _has_grade(lexicon: Lexicon, unit: str, grade: str) -> bool:
    return lexicon.entries[unit].grade.split()[:1] == [grade]


def _lies_in(lexicon: Lexicon, unit: str, place: str) -> bool:
    """Whether a unit stands in a city or province, or is named after it."""
    entry, there = lexicon.entries[unit], lexicon.entries[place]
    if there.kind == "province":
        return entry.province == there.name
    return entry.place == there.name or (entry.province == there.province and there.short_name in entry.name)
