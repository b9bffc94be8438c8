"""Other ways to write what somebody looks for: abbreviations and full names both ways, classes, popular names of units.

    lapas              lapas, lembaga pemasyarakatan
    maluku utara       maluku utara, malut
    kelas 2a           iia, ii a, 2a
    rutan salemba      (rutan, rumah tahanan) and (salemba, jakarta pusat, jakpus)

A name that means several things stands for all of them. Forms of one or two letters are understood and never added, as
most of them are other words too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from crawler.gazetteer.entries import Entry, load_entries, read_table
from crawler.gazetteer.words import words_of

Keys = tuple[str, ...]

MOST_FORMS = 12  # of one name; the rest would cost more than they find
SHORT = 2  # letters of a form that is another word as often as not

_WORD = re.compile(r"[^\W_]+")
# What kinds of unit are called, with their heads: who looks for one may mean the other.
_UNIT_TYPES: Mapping[str, Sequence[str]] = {
    "lapas": ("lapas", "kalapas"),
    "rutan": ("rutan", "karutan"),
    "bapas": ("bapas", "kabapas"),
    "lpka": ("lpka",),
}
_CLASS_WORDS = ("kelas", "klas", "kls")
_GRADE = re.compile(r"(?P<number>i{1,3}|[123])(?P<letter>[ab]?)")
_DIGITS = {"1": "i", "2": "ii", "3": "iii"}


class Written(NamedTuple):
    """The words `start` to `stop` of a query are a name: a text must hold one form of every group."""

    start: int
    stop: int
    groups: tuple[tuple[str, ...], ...]


def keys_of(text: str) -> Keys:
    """The words of a text, folded, as names are compared."""
    return tuple(_WORD.findall(text.casefold()))


def other_forms(keys: Sequence[str]) -> Iterator[Written]:
    """The names among some words that may be written otherwise: from left to right, the longest that begins at each."""
    at = 0
    while at < len(keys):
        found = _grade(keys, at) or _name(keys, at)
        if found:
            yield found
        at = found.stop if found else at + 1


def _name(keys: Sequence[str], at: int) -> Written | None:
    names, longest = _names()
    for stop in range(min(len(keys), at + longest), at, -1):
        groups = names.get(tuple(keys[at:stop]))
        if groups:
            return Written(at, stop, groups)
    return None


def _grade(keys: Sequence[str], at: int) -> Written | None:
    """A class: with its letter alone what is written only of classes; without one only behind `kelas`."""
    has_word = keys[at] in _CLASS_WORDS
    first = at + has_word
    number = _GRADE.fullmatch(keys[first]) if first < len(keys) else None
    if number is None:
        return None
    letter = number["letter"]
    is_split = not letter and first + 1 < len(keys) and keys[first + 1] in ("a", "b")
    letter = keys[first + 1] if is_split else letter
    stop = first + 1 + is_split
    roman = _DIGITS.get(number["number"], number["number"])
    if letter and (has_word or roman == number["number"] != "i"):
        return Written(at, stop, ((f"{roman}{letter}", f"{roman} {letter}", f"{len(roman)}{letter}"),))
    if has_word:
        return Written(at, stop, (tuple(f"{word} {n}" for n in (roman, len(roman)) for word in ("kelas", "klas")),))
    return None


@cache
def _names() -> tuple[Mapping[Keys, tuple[tuple[str, ...], ...]], int]:
    """Every name that may be written otherwise, and how many words the longest has."""
    entries = load_entries()
    rows = [tuple(map(keys_of, row)) for row in _rows(entries)]
    names = _same(rows) | _popular(entries, {row[0][0]: row for row in rows if len(row[0]) == 1})
    return names, max(map(len, names))


def _rows(entries: Iterable[Entry]) -> Iterator[Sequence[str]]:
    """Names that mean the same, a row each: the table's, those of provinces and of offices that have none."""
    yield from (row["forms"].split("|") for row in read_table("synonyms.csv"))
    for entry in entries:
        if entry.kind == "province" or (entry.kind == "office" and not entry.province):
            yield (*entry.names, *entry.shared)


def _same(rows: Iterable[Sequence[Keys]]) -> dict[Keys, tuple[tuple[str, ...], ...]]:
    forms: defaultdict[Keys, dict[Keys, None]] = defaultdict(dict)
    for row in rows:
        for keys in row:
            forms[keys] |= dict.fromkeys([keys, *row])
    return {keys: (group,) for keys, given in forms.items() if len(group := _kept(keys, given)) > 1}


def _popular(entries: Iterable[Entry], types: Mapping[str, Sequence[Keys]]) -> dict[Keys, tuple[tuple[str, ...], ...]]:
    """Units that go by several names: the kind of unit in all its forms, and what the unit is called behind it."""
    called: dict[tuple[str, str], set[Keys]] = {}
    owners: defaultdict[tuple[str, Keys], set[str]] = defaultdict(set)
    for entry in entries:
        for name in (*entry.names, *entry.shared) if entry.kind == "unit" else ():
            kind, rest = _split(name, types)
            if kind and rest:
                called.setdefault((kind, entry.id), set()).add(rest)
                owners[kind, rest].add(entry.id)
    names: dict[Keys, tuple[tuple[str, ...], ...]] = {}
    for (kind, rest), units in owners.items():
        rests = _kept(rest, [rest, *sorted(set().union(*(called[kind, unit] for unit in units)))])
        if len(rests) > 1:
            for forms in (types[word] for word in _UNIT_TYPES[kind]):
                names |= {(*form, *rest): (_kept(form, forms), rests) for form in forms}
    return names


def _split(name: str, types: Mapping[str, Sequence[Keys]]) -> tuple[str, Keys]:
    """What kind of unit a name begins with, and the rest of it without its class."""
    keys = tuple(key for word in words_of(name) for key in keys_of(word.written))
    fitting = [(len(form), kind) for kind in _UNIT_TYPES for form in types[kind] if keys[: len(form)] == form]
    length, kind = max(fitting, default=(0, ""))
    return kind, keys[length:]


def _kept(typed: Keys, forms: Iterable[Keys]) -> tuple[str, ...]:
    """What was typed and the forms worth looking for: none that holds another one, and no short one."""
    worth = [keys for keys in dict.fromkeys([typed, *forms]) if keys == typed or len("".join(keys)) > SHORT]
    kept = [keys for keys in worth if not any(other != keys and _holds(keys, other) for other in worth)]
    return tuple(" ".join(keys) for keys in kept[:MOST_FORMS])


def _holds(keys: Keys, part: Keys) -> bool:
    return any(keys[at : at + len(part)] == part for at in range(len(keys) - len(part) + 1))
