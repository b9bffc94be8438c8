"""Which of the units that an article names it is about, and how much it is about each of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.annotate.matches import Hit, Zone
from crawler.gazetteer.entries import Entry
from crawler.models import UnitFact

MOST_UNITS = 150  # beyond it an article is a table of the whole service: who is not in its title or lead is not told
_MANY = 3  # units in a lead that an office opens, under a title that names none of them, are those of a list
_ZONE_WEIGHT: dict[Zone, float] = {"title": 0.8, "lead": 0.6, "text": 0.3}
_REPEATED, _MOST_REPEATED = 0.05, 0.15

# Behind a unit when both are named in title or lead: first offices of a region, then what is above them.
_RANKS: dict[str, int] = {
    "unit": 0, "kantor-imigrasi": 0, "rudenim": 0, "school": 0, "kanwil-ditjenpas": 1, "kanwil-imigrasi": 1,
    "kanwil-kemenkum": 1, "kanwil-kemenham": 1,
}  # fmt: skip
_CENTRAL = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with all places where a text names it, and how it was told from others of its name.

    `in_custody`: wherever it is named, somebody is put there by a court or the police.
    """

    entry: Entry
    hits: Sequence[Hit]
    reason: str
    in_custody: bool = False

    @property
    def first(self) -> Hit:
        """Where the text names it first, the title before all."""
        return self.hits[0]


def with_roles(named: Iterable[Named], source_unit: str | None, stranger: int | None) -> tuple[UnitFact, ...]:
    """The units as facts, the subject first, the others in the order of their weight; at most one is the subject.

    `stranger` is the number of the first word of a unit in the text that is not known, if there is one: what is named
    behind it is no subject.
    """
    known = list(named)
    if len(known) > MOST_UNITS:
        known = [one for one in known if one.first.zone != "text"]
    if not known:
        return ()
    before = [one for one in known if stranger is None or one.first.first < stranger]
    subject = _subject(before, source_unit) if before else None
    facts = [_fact(one, is_subject=one is subject) for one in known]
    return tuple(sorted(facts, key=lambda fact: -fact.weight))


def rank(entry: Entry) -> int:
    """0 of a unit, 1 of a regional office, 2 of a directorate or ministry."""
    return _RANKS.get("unit" if entry.kind == "unit" else entry.type, _CENTRAL)


def _subject(known: Sequence[Named], source_unit: str | None) -> Named | None:
    """The first unit of the title, else of the lead, else the office that they name, else what is named first."""
    free = [one for one in known if not one.in_custody]
    titled = [one for one in free if one.first.zone == "title"]
    leading = [one for one in free if one.first.zone != "text"]
    if not leading and known[0].in_custody:
        return None
    in_title, in_lead = _units(titled), _units(leading)
    if in_title:
        return in_title[0]
    if len(in_lead) >= _MANY and (titled or leading[0] not in in_lead):
        return min(titled or leading[:1], key=lambda one: rank(one.entry))
    own = [one for one in in_lead if one.entry.id == source_unit]
    if own or in_lead:
        return (own or _most_named(in_lead))[0]
    if titled or leading:
        return min(titled or leading, key=lambda one: rank(one.entry))
    return next(iter(_units(free) or free), None)


def _most_named(units: Sequence[Named]) -> Sequence[Named]:
    """The units of a lead, the first of them first unless another is named far oftener in the whole text."""
    return sorted(units, key=lambda one: -(len(one.hits) >= len(units[0].hits) + 3))


def _units(named: Iterable[Named]) -> list[Named]:
    return [one for one in named if rank(one.entry) == 0]


def _fact(one: Named, *, is_subject: bool) -> UnitFact:
    repeated = min(_REPEATED * (len(one.hits) - 1), _MOST_REPEATED)
    weight = 1.0 if is_subject else round(_ZONE_WEIGHT[one.first.zone] + repeated, 2)
    told = f"{one.first.zone}: {one.first.written}" + (f" ({one.reason})" if one.reason else "")
    times = f", {len(one.hits)} times" if len(one.hits) > 1 else ""
    return UnitFact(one.entry.id, one.entry.name, "subject" if is_subject else "mention", weight, told + times)
