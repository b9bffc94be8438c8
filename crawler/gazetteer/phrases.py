"""Many phrases looked for in one pass over the words of a text (Aho-Corasick); where two overlap, the longer counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Generic, Literal, NamedTuple, TypeVar

import ahocorasick

from crawler.gazetteer.words import Word

Value = TypeVar("Value")
Casing = Literal["any", "capital", "capitals"]


class Phrase(NamedTuple, Generic[Value]):
    """What to look for: the keys of its words, how the first must be written, and what it stands for."""

    keys: tuple[str, ...]
    value: Value
    casing: Casing = "any"


class Found(NamedTuple, Generic[Value]):
    """A phrase in a text: the numbers of its first and last word, and what it stands for."""

    first: int
    last: int
    value: Value


class Phrases(Generic[Value]):
    """Phrases, at most one for the same words. As whole words are compared, none is found inside another."""

    def __init__(self, phrases: Iterable[Phrase[Value]]) -> None:
        self._numbers: dict[str, int] = {}
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
        for phrase in phrases:
            numbers = tuple(self._numbers.setdefault(key, len(self._numbers) + 1) for key in phrase.keys)
            self._automaton.add_word(numbers, phrase)
        self._automaton.make_automaton()

    def find(self, words: Sequence[Word]) -> Iterator[Found[Value]]:
        """The phrases among the words, in their order and not overlapping: the longest of those that begin at a word.

        One that is not written as it must be counts as absent.
        """
        number = self._numbers.get
        numbers = tuple([number(word.key, 0) for word in words])
        ends = [(last - len(phrase.keys) + 1, -last, phrase) for last, phrase in self._automaton.iter(numbers)]
        free = 0
        for first, minus_last, phrase in sorted(ends, key=itemgetter(0, 1)):
            last = -minus_last
            if first >= free and _is_written(words[first].written, phrase.casing):
                free = last + 1
                yield Found(first, last, phrase.value)


def _is_written(word: str, casing: Casing) -> bool:
    match casing:
        case "capital":
            return word[0].isupper()
        case "capitals":
            return word.isupper()
    return True
