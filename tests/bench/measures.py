"""What the benchmark measures, as plain functions of texts: nothing here knows newsfeed or any other extractor.

Words are compared without case, punctuation and invisible characters, so that a measure of words tells what text is
there and not how it is typed; `paragraph_f1` is the strict one. A *run* is three consecutive words (all of them in a
text of fewer). `coverage` is the share of a text's words that stand in a run which another text holds too: unlike
single words, runs do not occur by chance. It decides both ways:

- a *leaked* line is one of the output of which less than half is covered by the expected text, or which holds a phrase
  that is known to be furniture (the title of a related link, a caption, the tags) and is not in the expected text, or
  which is such a phrase and no expected paragraph;
- a *lost* paragraph is an expected one of which less than half is covered by the output.

A line without any word (`***`) is neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

RUN = 3
HALF = 0.5
_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one page got for one measure: `points` out of `most`, and why it did not get all."""

    points: float
    most: float = 1.0
    why: str = ""

    @property
    def is_full(self) -> bool:
        """Whether nothing is missing."""
        return self.points >= self.most


def mean(marks: Iterable[Mark]) -> float | None:
    """All points out of all that there were to get; None where there were none."""
    given = list(marks)
    most = sum(mark.most for mark in given)
    return sum(mark.points for mark in given) / most if most else None


def normal(text: str) -> str:
    """A text with single spaces only, none at its ends."""
    return " ".join(text.split())


def words(text: str) -> Words:
    """The words of a text, in order."""
    visible = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return tuple(_WORD.findall(visible.casefold()))


def f1(expected: Counter[str], found: Counter[str]) -> float:
    """The harmonic mean of precision and recall of one bag against another; 1.0 where both are empty."""
    total = expected.total() + found.total()
    return 2 * (expected & found).total() / total if total else 1.0


def body_f1(expected: Iterable[str], found: Iterable[str]) -> float:
    """F1 of the words of all paragraphs, whatever their order and paragraph."""
    return f1(Counter(words(" ".join(expected))), Counter(words(" ".join(found))))


def paragraph_f1(expected: Iterable[str], found: Iterable[str]) -> float:
    """F1 of whole paragraphs, equal but for white space; one that is found more often than expected is a hit once."""
    return f1(Counter(map(normal, expected)), Counter(map(normal, found)))


def coverage(text: Words, other: Words) -> float:
    """The share of a text's words that stand in a run of the other text; 1.0 for a text without words."""
    length = min(RUN, len(text))
    if not length:
        return 1.0
    held = _runs(other, length)
    covered = {
        place + step for place, run in enumerate(_in_order(text, length)) if run in held for step in range(length)
    }
    return len(covered) / len(text)


def leaked_lines(expected: Sequence[str], found: Sequence[str], furniture: Iterable[str] = ()) -> tuple[str, ...]:
    """The lines of the output that are no text of the article."""
    text = words(" ".join(expected))
    paragraphs = {words(paragraph) for paragraph in expected}
    phrases = {words(phrase) for phrase in furniture} - {()}
    foreign = {phrase for phrase in phrases if not _holds(text, phrase)}

    def is_leaked(line: Words) -> bool:
        is_phrase = line in phrases and line not in paragraphs
        return is_phrase or coverage(line, text) < HALF or any(_holds(line, phrase) for phrase in foreign)

    return tuple(line for line in found if is_leaked(words(line)))


def lost_paragraphs(expected: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    """The expected paragraphs that are not in the output."""
    text = words(" ".join(found))
    return tuple(paragraph for paragraph in expected if coverage(words(paragraph), text) < HALF)


def _in_order(text: Words, length: int) -> list[Words]:
    return [text[start : start + length] for start in range(len(text) - length + 1)]


def _runs(text: Words, length: int) -> frozenset[Words]:
    return frozenset(_in_order(text, length))


def _holds(text: Words, phrase: Words) -> bool:
    return phrase in _runs(text, len(phrase))
