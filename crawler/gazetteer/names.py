"""Which entries a text names: names -> entries, and the rules of case and of shared names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crawler.gazetteer.entries import Entry, load_entries
from crawler.gazetteer.phrases import Casing, Found, Phrase, Phrases
from crawler.gazetteer.words import Word, grade_in, words_of

SHORT = 3  # letters: an abbreviation of no more is written in capitals, or is another word
NICKNAME = 5  # letters: a one-word alias of a place of no more may be another word, such as Mitra


@dataclass(frozen=True, slots=True)
class Name:
    """The entries that a name stands for; `shared` where they are several or it is an ordinary word too."""

    entries: tuple[str, ...]
    shared: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text: `text[start:end]`.

    `entries` are the ids of all that it may mean. `ambiguous` where they are several, or the name is an ordinary word
    too: then it counts only beside other evidence.
    """

    entries: tuple[str, ...]
    start: int
    end: int
    ambiguous: bool


class Gazetteer:
    """Entries by id, and the search for their names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Mapping[str, Entry] = {entry.id: entry for entry in entries}
        self._phrases = Phrases(names_of(self.entries.values()))

    def matches(self, text: str) -> tuple[Match, ...]:
        """The names in a text, in its order; where they overlap, the longest that begins first."""
        words = words_of(text)
        return tuple(self._match(text, words, found) for found in self._phrases.find(words))

    def _match(self, text: str, words: Sequence[Word], found: Found[Name]) -> Match:
        """A class that stands in a shared name tells which entry is meant."""
        start, end = words[found.first].start, words[found.last].end
        entries, shared = found.value.entries, found.value.shared
        if shared and (grade := grade_in(text[start:end])):
            graded = tuple(entry for entry in entries if self.entries[entry].grade == grade)
            entries, shared = graded or entries, len(graded) != 1
        return Match(entries, start, end, shared)


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, made when it is first asked for."""
    return Gazetteer(load_entries())


def names_of(entries: Iterable[Entry]) -> list[Phrase[Name]]:
    """All names of the entries; one that several share stands for them all, and may be written as any of them may."""
    names: dict[tuple[str, ...], Phrase[Name]] = {}
    for entry in entries:
        for written, shared in written_names(entry):
            keys = tuple(word.key for word in words_of(written))
            name = Phrase(keys, Name((entry.id,), shared), casing_of(entry, written))
            names[keys] = _joined(names[keys], name) if keys in names else name
    return list(names.values())


def _joined(one: Phrase[Name], other: Phrase[Name]) -> Phrase[Name]:
    entries = tuple(dict.fromkeys(one.value.entries + other.value.entries))
    shared = one.value.shared or other.value.shared or len(entries) > 1
    return Phrase(one.keys, Name(entries, shared), min(one.casing, other.casing, key=len))


def written_names(entry: Entry) -> Iterator[tuple[str, bool]]:
    """The names of an entry, each with whether it is shared; `OI` and its like only behind Kabupaten."""
    yield from ((name, True) for name in entry.shared)
    for name in entry.names:
        is_nickname = entry.kind == "city" and name != entry.short_name and len(name) <= NICKNAME
        if is_nickname and name.isupper():
            yield f"Kabupaten {name}", False
        else:
            yield name, is_nickname


def casing_of(entry: Entry, name: str) -> Casing:
    """How a name's first word must be written: a place's with a capital, an abbreviation's in capitals."""
    first = name.split()[0]
    if first.isupper() and len(first) <= SHORT:
        return "capitals"
    return "capital" if entry.kind in ("province", "city") else "any"
