"""Whom an article names, by what a name is worth: people of the event, heads of units, officials who are everywhere.

Names are folded until the ways to write one are equal: `Yudhistira` and `Yudistira`, `Jeffry` and `Jefri`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.stories.vocabulary import ADDRESSED, HEADS, NO_NAME, OFFICIALS, REGIONAL

LONGEST = 4  # words of a name
LEAST = 3  # letters of a word that tells anything
REACH = 8  # words before a name in which its office stands
MOST = 16  # names of a kind that are kept

_TOKEN = re.compile(r"\b[A-Z]\.(?=\s?[A-Z])|[^\W\d_]+(?:['’`-][^\W\d_]+)*|[.!?\n“”\"]|[^\s\w]")
_INITIALS = re.compile(r"\b(?:ber)?inisial\s+([A-Z](?:\.?[A-Z]){0,3})\b|\b([A-Z](?:\.?[A-Z]){1,3})\.?\s*\(\d\d\)")
_ENDS = frozenset(".!?\n")
_MARKS = frozenset('“"')
_SPELLINGS = (
    (re.compile(r"kh|h"), ""), (re.compile(r"oe|o"), "u"), (re.compile(r"[iey]+"), "i"), (re.compile("[vp]"), "f"),
    (re.compile("z"), "s"), (re.compile("q|c(?=[aukrl])"), "k"), (re.compile("dj"), "j"), (re.compile("tj"), "c"),
    (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """The folded names in a text, by what they are worth."""

    people: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    officials: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Walk:
    """Where the search stands: the words of the name at hand, and the office it stands behind."""

    name: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    starts: bool = True
    began: bool = True


def people(text: str) -> People:
    """The people in a text in which the names of places and units are blanked out with `#`."""
    found: dict[str, str] = {}
    for name, kind in _named(text):
        weight = found.get(name)
        if weight is None or kind == "official" or (kind == "head" and weight == "person"):
            found[name] = kind
    found = _joined(found)
    found |= {f"inisial {fold_initials(one)}": "person" for one in _INITIALS.findall(text)}
    of_kind = {
        kind: frozenset([one for one in found if found[one] == kind][:MOST]) for kind in ("person", "head", "official")
    }
    return People(of_kind["person"], of_kind["head"], of_kind["official"])


def is_office(word: str) -> bool:
    """Whether a word stands before a name and tells what its bearer is."""
    return word.casefold() in HEADS | OFFICIALS | REGIONAL


def same(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: the shorter has no word that the longer lacks."""
    if one == other:
        return True
    ours, theirs = sorted((one.split(), other.split()), key=len)
    return all(any(_alike(word, another) for another in theirs) for word in ours)


def shared(one: frozenset[str], other: frozenset[str]) -> tuple[str, ...]:
    """The names that two articles share, as the one writes them that has fewer forms of them."""
    ours = sorted(name for name in one if any(same(name, another) for another in other))
    theirs = sorted(name for name in other if any(same(name, another) for another in one))
    return tuple(min((len(ours), ours), (len(theirs), theirs))[1])


def fold(word: str) -> str:
    """A word of a name as it compares: accents, doubled letters and old spellings set aside."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in plain if letter.isalpha() and not unicodedata.combining(letter))
    for pattern, letters in _SPELLINGS:
        plain = pattern.sub(letters, plain)
    return plain


def fold_initials(found: tuple[str, str]) -> str:
    """The letters of somebody whose name is not told: `berinisial VK`, `RN (27)`."""
    return "".join(found).replace(".", "").casefold()


def _named(text: str) -> Iterator[tuple[str, str]]:
    walk, tokens = _Walk(), _TOKEN.findall(text)
    known = {word for word in tokens if word.islower()}
    for token in (*tokens, "."):
        if len(token) > 1 and token[1] == ".":  # an initial ends neither a name nor a sentence
            continue
        if _is_name(token, known):
            if not walk.name:
                walk.began = walk.starts
            walk.name.append(token)
            walk.starts = False
            continue
        if walk.name:
            yield from _named_at(walk)
            walk.before.append("")
            walk.name = []
        walk.starts = token in _ENDS or token in _MARKS
        if token in _ENDS:
            walk.before.clear()
        elif token[0].isalpha():
            walk.before = [*walk.before[1 - REACH :], token.casefold()]


def _named_at(walk: _Walk) -> Iterator[tuple[str, str]]:
    """The name at hand with its kind; a single word is a name only behind an office or a form of address."""
    words = [fold(word) for word in walk.name[:LONGEST]]
    telling = [word for word in words if len(word) >= LEAST]
    office = walk.before[len(walk.before) - walk.before[::-1].index("") :] if "" in walk.before else walk.before
    is_addressed = any(word in ADDRESSED for word in office[-4:])
    if not telling or len(walk.name) > LONGEST or (len(walk.name) == 1 and not is_addressed):
        return
    yield " ".join(words), _kind(office)


def _kind(office: list[str]) -> str:
    """What the nearest office before a name makes of its bearer."""
    nearest = next((word for word in reversed(office) if word in HEADS or word in OFFICIALS), None)
    if nearest is None:
        return "person"
    return "official" if nearest in OFFICIALS or not REGIONAL.isdisjoint(office) else "head"


def _is_name(token: str, known: set[str]) -> bool:
    small = token.casefold()
    return len(token) > 1 and token[0].isupper() and not token.isupper() and small not in NO_NAME and small not in known


def _joined(found: dict[str, str]) -> dict[str, str]:
    """The longest form of each name alone, with the least worth that any form of it has."""
    worth = ("person", "head", "official")
    kept: dict[str, str] = {}
    for name in sorted(found, key=lambda one: (-len(one.split()), one)):
        whole = next((other for other in kept if same(name, other)), name)
        kept[whole] = max(kept.get(whole, "person"), found[name], key=worth.index)
    return kept


def _alike(one: str, other: str) -> bool:
    """Equal, or a letter behind the first apart where they are long enough for that to be a slip."""
    if one == other:
        return True
    return one[0] == other[0] and min(len(one), len(other)) >= 5 and _one_edit(one, other)


def _one_edit(one: str, other: str) -> bool:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(longer) - len(shorter) > 1:
        return False
    start = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    if len(shorter) == len(longer):
        return shorter[start + 1 :] == longer[start + 1 :]
    return shorter[start:] == longer[start + 1 :]
