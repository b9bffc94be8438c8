"""What is looked for in a text, in one automaton: names of units, offices and places, and terms of topics."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from crawler.gazetteer import own
from crawler.gazetteer.entries import Entry, load_entries, read_table
from crawler.gazetteer.forms import folded_keys
from crawler.gazetteer.names import casing_of, written_names
from crawler.gazetteer.phrases import Casing, Phrase, Phrases

UNIT_TYPES = frozenset({"lapas", "rutan", "bapas", "lpka", "kanim", "rudenim"})
LEGACY = "kemenkumham"  # in a name: of a ministry that was split in 2024
_DISTINCTIVE = 7  # letters of a word in which one wrong letter leaves no doubt


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: `units` and `places` are ids, `shared` where the name is an ordinary word too.

    `terms` are topics and weights; `hides` a phrase that is none of what its words would be. `is_legacy`: the name has
    the ministry of before October 2024 in it.
    """

    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    shared: bool = False
    terms: tuple[tuple[str, float], ...] = ()
    hides: bool = False
    is_legacy: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its id, what it is called, and the branch of the former ministry that it belongs to, if one."""

    id: str
    name: str
    function: str


@dataclass(slots=True)
class _Draft:
    units: dict[str, None] = field(default_factory=dict)
    places: dict[str, None] = field(default_factory=dict)
    shared: bool = False
    terms: list[tuple[str, float]] = field(default_factory=list)
    hides: bool = False
    casing: Casing = "capitals"


class Lexicon:
    """The gazetteer's entries by id, the topics, and the phrases that name them; made once, never changed."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Mapping[str, Entry] = {entry.id: entry for entry in entries}
        self.topics = {row["topic"]: Topic(row["topic"], row["name"], row["function"]) for row in _rows("topics.csv")}
        self.provinces = {entry.name: entry for entry in self.entries.values() if entry.kind == "province"}
        self.cities = {entry.name: entry for entry in self.entries.values() if entry.kind == "city"}
        self.offices = {(one.type, one.province): one.id for one in self.entries.values() if one.kind == "office"}
        drafts = self._drafts()
        self.phrases = Phrases(_phrase(keys, draft) for keys, draft in drafts.items())
        self.by_keys = {keys: _meaning(keys, draft) for keys, draft in drafts.items()}
        self.seats = _seats(self.entries.values(), drafts, self.cities)
        self._near = _near(keys for keys, draft in drafts.items() if draft.units or draft.places)
        self.vocabulary = frozenset(word for keys in drafts for word in keys)

    @cached_property
    def fingerprint(self) -> str:
        """Equal for two lexicons with the same entries and topics."""
        told = [(one.id, one.name, one.type, one.province) for one in self.entries.values()]
        topics = [(one.id, one.name) for one in self.topics.values()]
        return blake2b(repr((told, topics)).encode(), digest_size=16).hexdigest()

    def respelt(self, word: str) -> str | None:
        """The one word of a name that a misspelt one is, with a letter wrong, missing or too many."""
        if len(word) < _DISTINCTIVE or word in self.vocabulary:
            return None
        meant = {known for part in _parts(word) for known in self._near.get(part, ()) if _is_near(word, known)}
        return meant.pop() if len(meant) == 1 else None

    def _drafts(self) -> dict[tuple[str, ...], _Draft]:
        drafts: defaultdict[tuple[str, ...], _Draft] = defaultdict(_Draft)
        for entry in self.entries.values():
            for written, shared in written_names(entry):
                for keys in _variants(folded_keys(written)):
                    _add_name(drafts[keys], entry, shared, casing_of(entry, written))
        for row in read_table("spots.csv"):
            if row["city"] in self.entries:
                _add_name(drafts[folded_keys(row["name"])], self.entries[row["city"]], False, "capital")
        for row in read_table("terms.csv"):
            if row["weight"] == "none" and row["term"].split()[0] in ("rutan", "imigrasi"):
                _hide(drafts[folded_keys(row["term"])])
        for row in _rows("terms.csv"):
            draft = drafts[folded_keys(row["term"])]
            if not row["topic"]:
                _hide(draft)
            elif not draft.units:
                draft.terms.append((row["topic"], float(row["weight"])))
                draft.casing = (
                    draft.casing
                    if draft.places
                    else _looser(draft.casing, "capitals" if row["term"].isupper() else "any")
                )
        return drafts


def lexicon_of(folder: Path) -> Lexicon:
    """The lexicon of the packaged gazetteer and a folder's own tables; raises ConfigError for a table that is wrong."""
    files = own.files_of(folder)
    return _with_own(folder, files) if files or folder.is_dir() else packaged()


@lru_cache(maxsize=2)
def _with_own(folder: Path, _files: tuple[tuple[str, int, int], ...]) -> Lexicon:
    return Lexicon(own.with_own(folder))


@cache
def packaged() -> Lexicon:
    """The lexicon of the packaged gazetteer, made when it is first asked for."""
    return Lexicon(load_entries())


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text, newline=""))


def _variants(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name, and as a rutan's full title is often cut: `Rutan Negara Kelas I Surabaya`."""
    yield keys
    if keys[0] == "rutan" and len(keys) > 1 and keys[1] != "negara":
        yield ("rutan", "negara", *keys[1:])


def _add_name(draft: _Draft, entry: Entry, shared: bool, casing: Casing) -> None:
    (draft.units if entry.kind in ("unit", "office") else draft.places)[entry.id] = None
    draft.shared = draft.shared or shared
    draft.casing = _looser(draft.casing, casing)


def _hide(draft: _Draft) -> None:
    draft.hides = True
    draft.casing = "any"


def _looser(one: Casing, other: Casing) -> Casing:
    return min(one, other, key=("any", "capital", "capitals").index)


def _phrase(keys: tuple[str, ...], draft: _Draft) -> Phrase[Meaning]:
    return Phrase(keys, _meaning(keys, draft), draft.casing)


def _meaning(keys: tuple[str, ...], draft: _Draft) -> Meaning:
    return Meaning(
        tuple(draft.units), tuple(draft.places), draft.shared, tuple(draft.terms), draft.hides, LEGACY in keys
    )


def _near(names: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The distinctive words of names, by each way to leave one letter out."""
    words = {word for keys in names for word in keys if len(word) >= _DISTINCTIVE and word.isalpha()}
    near: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        for part in _parts(word):
            near[part].append(word)
    return {part: tuple(known) for part, known in near.items()}


def _seats(
    entries: Iterable[Entry], drafts: Mapping[tuple[str, ...], _Draft], cities: Mapping[str, Entry]
) -> Mapping[tuple[str, ...], str]:
    """Towns that units are named after and that are no regency's or city's name, each with the one it lies in."""
    towns: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in entries:
        keys = folded_keys(entry.short_name)
        if entry.place in cities and entry.kind in ("unit", "office") and keys[0] in UNIT_TYPES and len(keys) > 1:
            towns[keys[1:]].add(cities[entry.place].id)
    return {keys: ids.pop() for keys, ids in towns.items() if len(ids) == 1 and not drafts[keys].places}


def _parts(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _is_near(one: str, other: str) -> bool:
    """Whether one edit, or two letters that changed places, lie between two words."""
    if len(one) == len(other):
        differing = [at for at in range(len(one)) if one[at] != other[at]]
        swapped = len(differing) == 2 and differing[1] == differing[0] + 1
        return len(differing) == 1 or (swapped and one[differing[0]] == other[differing[1]])
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and shorter in _parts(longer)
