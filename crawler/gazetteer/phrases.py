"""Many phrases looked for in one pass over the words of a text; where two overlap, the one that begins first counts.

A tree of dictionaries: nearly all words of a text begin no phrase, and that is one look-up each. Aho-Corasick, which
never looks at a word twice, is three times slower here, as it walks through the thousand branches of its root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Literal, NamedTuple, TypeVar

from crawler.gazetteer.words import Word

Value = TypeVar("Value")
Casing = Literal["any", "capital", "capitals"]


class Phrase(NamedTuple, Generic[Value]):
    """What to look for: the keys of its words, how the first must be written, and what it stands for."""

    keys: tuple[str, ...]
    value: Value
    casing: Casing = "any"


class _Node(Generic[Value]):
    """What may follow the words so far, and the phrase that they are, if they are one."""

    __slots__ = ("next", "phrase")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Value]] = {}
        self.phrase: Phrase[Value] | None = None


class Found(NamedTuple, Generic[Value]):
    """A phrase in a text: the numbers of its first and last word, and what it stands for."""

    first: int
    last: int
    value: Value


class Phrases(Generic[Value]):
    """Phrases, at most one for the same words. As whole words are compared, none is found inside another."""

    def __init__(self, phrases: Iterable[Phrase[Value]]) -> None:
        self._root: _Node[Value] = _Node()
        for phrase in phrases:
            node = self._root
            for key in phrase.keys:
                node = node.next.setdefault(key, _Node())
            node.phrase = phrase

    def find(self, words: Sequence[Word]) -> Iterator[Found[Value]]:
        """The phrases among the words, in their order and not overlapping: the longest of those that begin at a word.

        One that is not written as it must be counts as absent.
        """
        begins, free = self._root.next, 0
        for first in [number for number, word in enumerate(words) if word.key in begins]:
            if first < free:
                continue
            last, phrase = self._longest(words, first)
            if phrase:
                free = last + 1
                yield Found(first, last, phrase.value)

    def _longest(self, words: Sequence[Word], first: int) -> tuple[int, Phrase[Value] | None]:
        node, at, written = self._root, first, words[first].written
        last, longest = first, None
        while at < len(words) and (step := node.next.get(words[at].key)):
            node = step
            if node.phrase and _is_written(written, node.phrase.casing):
                last, longest = at, node.phrase
            at += 1
        return last, longest


def _is_written(word: str, casing: Casing) -> bool:
    match casing:
        case "capital":
            return word[0].isupper()
        case "capitals":
            return word.isupper()
    return True
