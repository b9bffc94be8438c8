"""Whether a press article is about prisons, probation, immigration, or the ministries of law and of human rights.

The rule, over the signs that `terms.csv` and the names of units and offices are. An article is on the subject if

- its title or lead holds a strong sign: a unit, an office, or a term such as `remisi`;
- or its title and lead hold two weak signs that differ, such as `WNA` and `deportasi`;
- or the whole text holds three strong signs, two of which differ: a feature may begin far from its subject.

A prison behind a word of custody in the same sentence (`ditahan di Rutan X`) is where a court or the police put
somebody, and no sign. The phrases of weight `none` keep the words in them from being signs (`remisi kanker`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from crawler.gazetteer.entries import Entry, read_table
from crawler.gazetteer.names import Name, gazetteer, names_of
from crawler.gazetteer.phrases import Phrase, Phrases
from crawler.gazetteer.words import ENDS_SENTENCE, words_of

LEAD = 500  # characters: the first paragraph or two, in which a release says who did what where
ENOUGH_WEAK = 2
ENOUGH_ANYWHERE = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """The verdict, and the signs that led to it or, against it, all that there were: `title: Lapas Serang`."""

    is_on_subject: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A row of `terms.csv`, or a unit's or office's name as one; terms of one `sense` are the same sign."""

    weight: str
    sense: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A term where it counts: whether it is strong, what it means, how it is written and where."""

    strong: bool
    sense: str
    written: str
    place: str


def subject_of(title: str, text: str) -> Subject:
    """Whether an article belongs to the subject, by its title and its text (plain, paragraphs on lines)."""
    signs = [*_signs(title, "title"), *_signs(text, "text")]
    head = [sign for sign in signs if sign.place != "text"]
    strong = [sign for sign in signs if sign.strong]
    strong_in_head = [sign for sign in head if sign.strong]
    if strong_in_head:
        return Subject(True, _told(strong_in_head))
    if len({sign.sense for sign in head}) >= ENOUGH_WEAK:
        return Subject(True, _told(head))
    if len(strong) >= ENOUGH_ANYWHERE and len({sign.sense for sign in strong}) > 1:
        return Subject(True, _told(strong))
    return Subject(False, _told(signs))


def _signs(text: str, place: str) -> Iterator[Sign]:
    """The signs in a title or a text; the text begins with its lead."""
    words = words_of(text)
    sentences = list(accumulate(word.key in ENDS_SENTENCE for word in words))
    in_custody = set()
    for found in _phrases().find(words):
        first, term = words[found.first], found.value
        if term.weight == "custody":
            in_custody.add(sentences[found.first])
        elif term.weight != "none" and not (term.weight == "place" and sentences[found.first] in in_custody):
            written = " ".join(text[first.start : words[found.last].end].split())
            is_lead = place == "text" and first.start < LEAD
            yield Sign(term.weight != "weak", term.sense, written, "lead" if is_lead else place)


def _told(signs: Iterable[Sign]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{sign.place}: {sign.written}" for sign in signs))


@cache
def _phrases() -> Phrases[Term]:
    """The names of units and offices, and over them the table of terms."""
    entries = gazetteer().entries
    names = names_of(entry for entry in entries.values() if entry.kind in ("unit", "office"))
    named = {keys: Phrase(keys, _term(name, entries), casing) for keys, name, casing in names}
    return Phrases((named | {phrase.keys: phrase for phrase in _terms()}).values())


def _terms() -> Iterator[Phrase[Term]]:
    for row in read_table("terms.csv"):
        keys = tuple(word.key for word in words_of(row["term"]))
        yield Phrase(keys, Term(row["weight"], row["sense"] or row["term"]))


def _term(name: Name, entries: Mapping[str, Entry]) -> Term:
    """A unit is a place where one may be put; an office's name that is an ordinary word too weighs little."""
    sense = name.entries[0]
    if entries[sense].kind == "unit":
        return Term("place", sense)
    return Term("weak" if name.shared else "strong", sense)
