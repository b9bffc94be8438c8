"""Whom an article names, by what a name is worth: people of the event, heads of units, officials who are everywhere.

Names are folded until the ways to write one are equal: `Yudhistira` and `Yudistira`, `Jeffry` and `Jefri`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from crawler.stories.vocabulary import ADDRESSED, HEADS, NO_NAME, OFFICIALS, REGIONAL

LONGEST = 4  # words of a name
LEAST = 3  # letters of a word that tells anything
REACH = 8  # words before a name in which its office stands
MOST = 16  # names of a kind that are kept
MOST_READ = 40  # names of a text that are looked at

_INITIALS = re.compile(r"\b(?:ber)?inisial\s+([A-Z](?:\.?[A-Z]){0,3})\b|\b([A-Z](?:\.?[A-Z]){1,3})\.?\s*\(\d\d\)")
_ENDS = frozenset(".!?\n")
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


def people(tokens: Sequence[str], text: str) -> People:
    """The people among the tokens of a text, in which the names of places are blanked out."""
    found: dict[str, str] = {}
    for name, kind in islice(_named(tokens, text), MOST_READ):
        weight = found.get(name)
        if weight is None or kind == "official" or (kind == "head" and weight == "person"):
            found[name] = kind
    found = _joined(found)
    found |= {f"inisial {fold_initials(one)}": "person" for one in _INITIALS.findall(text)}
    of_kind = {
        kind: frozenset([one for one in found if found[one] == kind][:MOST]) for kind in ("person", "head", "official")
    }
    return People(of_kind["person"], of_kind["head"], of_kind["official"])


@lru_cache(maxsize=50_000)
def same(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: the shorter has no word that the longer lacks."""
    if one == other:
        return True
    ours, theirs = sorted((one.split(), other.split()), key=len)
    return all(any(_alike(word, another) for another in theirs) for word in ours)


def shared(one: frozenset[str], other: frozenset[str]) -> tuple[str, ...]:
    """The names that two articles share, as the one writes them that has fewer forms of them."""
    if not one or not other:
        return ()
    pairs = [(ours, theirs) for ours in one for theirs in other if same(ours, theirs)]
    ours, theirs = sorted({pair[0] for pair in pairs}), sorted({pair[1] for pair in pairs})
    return tuple(min((len(ours), ours), (len(theirs), theirs))[1])


@lru_cache(maxsize=20_000)
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


def _named(tokens: Sequence[str], text: str) -> Iterator[tuple[str, str]]:
    """Each run of words that may be a name, with its kind; a single one only behind an office or address."""
    end = 0
    for at in [at for at, token in enumerate(tokens) if "A" <= token < "a"]:
        if at < end or not _is_name(tokens[at], text):
            continue
        start, end = end, at
        name = []
        while end < len(tokens) and ((is_initial := tokens[end][1:2] == ".") or _is_name(tokens[end], text)):
            name += [] if is_initial else [tokens[end]]
            end += 1
        office = _before(tokens, start, at)
        if len(name) > LONGEST or (len(name) == 1 and not any(word in ADDRESSED for word in office[:4])):
            continue
        words = [fold(word) for word in name]
        if any(len(word) >= LEAST for word in words):
            yield " ".join(words), _kind(office)


def _before(tokens: Sequence[str], start: int, at: int) -> list[str]:
    """The words before a name in its sentence and behind the name before it, the nearest first."""
    found: list[str] = []
    for token in reversed(tokens[start:at]):
        if token in _ENDS or len(found) == REACH:
            break
        if token[0].isalpha() and token[1:2] != ".":
            found.append(token.casefold())
    return found


def _kind(office: list[str]) -> str:
    """What the nearest office before a name makes of its bearer."""
    nearest = next((word for word in office if word in HEADS or word in OFFICIALS), None)
    if nearest is None:
        return "person"
    return "official" if nearest in OFFICIALS or not REGIONAL.isdisjoint(office) else "head"


def _is_name(token: str, text: str) -> bool:
    """Whether a word may be part of a name: with a capital, and nowhere in the text without one."""
    if len(token) < 2 or not token[0].isupper() or token.isupper():
        return False
    small = token.casefold()
    return small not in NO_NAME and f" {small}" not in text


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
