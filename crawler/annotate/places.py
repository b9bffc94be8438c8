"""Which provinces and cities an article tells of, and which province it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crawler.annotate.lexicon import Lexicon
from crawler.annotate.matches import Hit, Reading
from crawler.annotate.roles import Named, rank
from crawler.gazetteer.entries import Entry, read_table
from crawler.gazetteer.forms import folded_keys
from crawler.models import PlaceFact

CAPITAL = "DKI Jakarta"  # where national desks write from, whatever they write of

# Words before a place that leave no doubt that it is one.
_BEFORE = frozenset(
    "di ke dari kota kab kabupaten provinsi prov wilayah daerah se bupati walikota wali gubernur polres polresta polda"
    " polrestabes kejari kejati pemkab pemkot pemprov dprd kodim warga asal lapas rutan pn bnnk bnnp"
    " pengadilan negeri kejaksaan dinkes dandim kapolres kapolresta kapolda kajari bnn kementerian agama".split()
)
# Words before a place name that make it a street, a firm or a school.
_OTHERWISE = frozenset(
    "jalan jl jln universitas bank pasar stadion hotel pt cv gang simpang tol persib bandara desa kelurahan kel dusun"
    " kampung kecamatan kec".split()
)
_WEIGHTS: Mapping[str, float] = {"unit": 0.9, "dateline": 0.7, "title": 0.8, "lead": 0.5, "text": 0.2, "source": 0.3}


@dataclass(frozen=True, slots=True)
class Sign:
    """A place that something points to: how strongly, and what that was."""

    entry: Entry
    weight: float
    evidence: str
    zone: str


def ids_of_dateline(place: str | None, lexicon: Lexicon) -> tuple[str, ...]:
    """The places that a dateline may mean: by name, as the seat of a unit (`PURWOKERTO`), or with a letter wrong."""
    if not place:
        return ()
    keys = folded_keys(place)
    for tried in (keys, tuple(lexicon.respelt(key) or key for key in keys)):
        meaning = lexicon.by_keys.get(tried)
        if meaning and meaning.places:
            return meaning.places
        if seat := lexicon.seats.get(tried):
            return (seat,)
    return ()


def places_in(reading: Reading) -> list[Hit]:
    """The hits that are places: not part of a street's name, and no ordinary word where it may be one."""
    return [hit for hit in reading.hits if hit.meaning.places and _is_place(hit, reading)]


def signs_of(
    hits: Iterable[Hit],
    dateline: tuple[str, ...],
    written: str | None,
    units: Sequence[Named],
    subject: str | None,
    province: str | None,
    lexicon: Lexicon,
) -> list[Sign]:
    """Everything that points to a place: the units of title and lead, the dateline, the text, the source's province."""
    signs = list(_of_units(units, subject, lexicon))
    known = {sign.entry.id for sign in signs}
    if dateline and (entry := _settled(dateline, known, lexicon)):
        signs.append(Sign(entry, _WEIGHTS["dateline"], f"dateline: {written}", "dateline"))
    named = list(hits)
    known |= {hit.meaning.places[0] for hit in named if len(hit.meaning.places) == 1}
    for hit in named:
        if entry := _settled(hit.meaning.places, known | set(dateline), lexicon, _provinces(signs)):
            signs.append(Sign(entry, _WEIGHTS[hit.zone], f"{hit.zone}: {hit.written}", hit.zone))
    if province in lexicon.provinces:
        signs.append(Sign(lexicon.provinces[province], _WEIGHTS["source"], "the source's province", "source"))
    return signs


def facts_of_places(signs: Sequence[Sign], lexicon: Lexicon) -> tuple[PlaceFact, ...]:
    """Each place once, the strongest first; a city stands for its province too."""
    best: dict[str, Sign] = {}
    for sign in [*signs, *(_province(sign, lexicon) for sign in signs if sign.entry.kind == "city")]:
        if sign.entry.id not in best or best[sign.entry.id].weight < sign.weight:
            best[sign.entry.id] = sign
    told = {one.entry.id: one for one in best.values() if one.zone != "source"}
    kept = told or best
    return tuple(
        PlaceFact(
            one.entry.id,
            one.entry.name,
            "province" if one.entry.kind == "province" else "city",
            one.weight,
            one.evidence,
        )
        for one in sorted(kept.values(), key=lambda sign: -sign.weight)
    )


def province_of(signs: Sequence[Sign], subject: Entry | None) -> str | None:
    """The province that an article belongs to.

    That of its subject; else of the dateline, unless that is Jakarta and the title or lead names another; else of
    title, lead, source and text, in this order.
    """
    if subject and subject.province:
        return subject.province
    by_zone: dict[str, list[str]] = {}
    for sign in signs:
        by_zone.setdefault(sign.zone, []).append(sign.entry.province)
    elsewhere = [name for zone in ("title", "lead") for name in by_zone.get(zone, ()) if name != CAPITAL]
    dateline = by_zone.get("dateline", [])
    if dateline == [CAPITAL] and elsewhere:
        return elsewhere[0]
    for zone in ("dateline", "title", "unit", "lead", "source", "text"):
        if zone in by_zone:
            return by_zone[zone][0]
    return None


def _of_units(units: Sequence[Named], subject: str | None, lexicon: Lexicon) -> Iterator[Sign]:
    for one in units:
        is_subject = one.entry.id == subject
        if not is_subject and one.first.zone == "text":
            continue
        weight = 1.0 if is_subject else 0.5
        place = lexicon.cities.get(one.entry.place) if rank(one.entry) == 0 else None
        place = place or lexicon.provinces.get(one.entry.province)
        if place:
            yield Sign(place, weight, f"where {one.entry.short_name} is", "unit")


def _province(sign: Sign, lexicon: Lexicon) -> Sign:
    return Sign(lexicon.provinces[sign.entry.province], sign.weight, sign.evidence, sign.zone)


def _provinces(signs: Iterable[Sign]) -> set[str]:
    return {sign.entry.province for sign in signs}


def _settled(ids: Sequence[str], known: Iterable[str], lexicon: Lexicon, provinces: Iterable[str] = ()) -> Entry | None:
    """The one place among several that a name may mean.

    A province rather than the city of its name; else the one that is known otherwise; of a regency and a city of one
    name, their province where nothing tells which.
    """
    entries = [lexicon.entries[one] for one in ids]
    for kept in (
        [entry for entry in entries if entry.kind == "province"],
        entries,
        [entry for entry in entries if entry.id in set(known)],
        [entry for entry in entries if entry.province in set(provinces)],
    ):
        if len(kept) == 1:
            return kept[0]
    there = {entry.province for entry in entries}
    if len(there) > 1:
        there &= set(provinces)
    return lexicon.provinces[there.pop()] if len(there) == 1 else None


def _is_place(hit: Hit, reading: Reading) -> bool:
    before = reading.words[hit.first - 1].key if hit.first else ""
    if before in _OTHERWISE:
        return False
    key = " ".join(word.key for word in reading.words[hit.first : hit.last + 1])
    if before in _BEFORE or key.split()[0] in _BEFORE:
        return True
    return key not in _ordinary() and (not hit.meaning.shared or len(hit.meaning.places) > 1)


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("ordinary.csv"))
