"""What differs between two texts, word by word: quick on long texts, and on hostile ones.

Equal words at both ends are set aside; between them, words that stand once in either text are anchors, and what lies
between two anchors is compared in the same way. Where a stretch has no anchor it is compared in full if it is short,
and counts as rewritten if it is long: the work grows with the length of the texts, never with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from crawler.text.words import Word, visible, words_of

Operation = Literal["equal", "delete", "insert"]

MOST_PAIRS = 3_600  # word pairs of a stretch without anchors that are compared in full
DEEPEST = 12  # anchors within anchors


class Span(NamedTuple):
    """A stretch of both sequences, `[a0:a1]` and `[b0:b1]`: the same in both, or one in place of the other."""

    is_equal: bool
    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both versions, or in the old or the new one alone; white space included."""

    operation: Operation
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """What became of a text: its pieces in order, the removed ones before what took their place.

    Equal pieces are as the new text has them, so all pieces but the deleted ones make the new text. Words that differ
    only in case or typography count as equal.
    """
    before, after = visible(before), visible(after)
    old, new = words_of(before), words_of(after)
    pieces: list[Piece] = []
    for span in align([word.key for word in old], [word.key for word in new]):
        if span.is_equal:
            _add(pieces, "equal", _slice(after, new, span.b0, span.b1))
            continue
        _add(pieces, "delete", _slice(before, old, span.a0, span.a1, is_whole=False))
        _add(pieces, "insert", _slice(after, new, span.b0, span.b1))
    if not new:
        _add(pieces, "equal", after)
    return tuple(pieces)


def align(a: Sequence[str], b: Sequence[str]) -> list[Span]:
    """The spans of two sequences in order, which together cover both; equal and changed ones take turns."""
    merged: list[Span] = []
    for span in _spans(a, b, 0, len(a), 0, len(b), DEEPEST):
        last = merged[-1] if merged else None
        if last and last.is_equal == span.is_equal:
            merged[-1] = Span(span.is_equal, last.a0, span.a1, last.b0, span.b1)
        else:
            merged.append(span)
    return merged


def _spans(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int, depth: int) -> Iterator[Span]:
    head = _common(a, b, a0, a1, b0, b1, step=1)
    tail = _common(a, b, a0 + head, a1, b0 + head, b1, step=-1)
    if head:
        yield Span(True, a0, a0 + head, b0, b0 + head)
    yield from _inner(a, b, a0 + head, a1 - tail, b0 + head, b1 - tail, depth)
    if tail:
        yield Span(True, a1 - tail, a1, b1 - tail, b1)


def _inner(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int, depth: int) -> Iterator[Span]:
    if a0 == a1 and b0 == b1:
        return
    if a0 == a1 or b0 == b1:
        yield Span(False, a0, a1, b0, b1)
    elif anchors := _anchors(a, b, a0, a1, b0, b1) if depth else []:
        for i, j in anchors:
            yield from _spans(a, b, a0, i, b0, j, depth - 1)
            yield Span(True, i, i + 1, j, j + 1)
            a0, b0 = i + 1, j + 1
        yield from _spans(a, b, a0, a1, b0, b1, depth - 1)
    elif (a1 - a0) * (b1 - b0) <= MOST_PAIRS:
        for name, i0, i1, j0, j1 in SequenceMatcher(None, a[a0:a1], b[b0:b1], autojunk=False).get_opcodes():
            yield Span(name == "equal", a0 + i0, a0 + i1, b0 + j0, b0 + j1)
    else:
        yield Span(False, a0, a1, b0, b1)


def _common(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int, step: int) -> int:
    most, count = min(a1 - a0, b1 - b0), 0
    i, j = (a0, b0) if step > 0 else (a1 - 1, b1 - 1)
    while count < most and a[i + step * count] == b[j + step * count]:
        count += 1
    return count


def _anchors(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> list[tuple[int, int]]:
    """Pairs of places of words that stand once on each side: the longest row of them that keeps the order of both."""
    counted, others = Counter(a[a0:a1]), Counter(b[b0:b1])
    places = {b[j]: j for j in range(b0, b1) if others[b[j]] == 1}
    pairs = [(i, places[a[i]]) for i in range(a0, a1) if counted[a[i]] == 1 and a[i] in places]
    ends: list[int] = []  # place in b of the last pair of the best row of each length
    rows: list[int] = []  # index of that pair
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(rows[at - 1] if at else -1)
        ends[at : at + 1], rows[at : at + 1] = [j], [index]
    found, index = [], rows[-1] if rows else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _slice(text: str, words: Sequence[Word], start: int, end: int, *, is_whole: bool = True) -> str:
    """The text of some words with what follows each; of a whole text, also with what leads in the first."""
    if start == end:
        return ""
    begin = 0 if start == 0 and is_whole else words[start].start
    stop = words[end].start if end < len(words) else len(text)
    return text[begin:stop]


def _add(pieces: list[Piece], operation: Operation, text: str) -> None:
    if text:
        pieces.append(Piece(operation, text))
