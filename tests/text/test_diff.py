"""Word-level differences: right on what a reader sees, and bounded on what nobody should send."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.diff import Piece, align, word_diff
from crawler.text.words import essence, words_of


def told(before: str, after: str) -> str:
    marks = {"equal": "{}", "delete": "[{}]", "insert": "<{}>"}
    return "".join(marks[piece.operation].format(piece.text) for piece in word_diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Ada 40 mitra.", "Ada 42 mitra.", "Ada [40 ]<42 >mitra."),
        ("Ada 40 mitra.", "Ada mitra.", "Ada [40 ]mitra."),
        ("Ada mitra.", "Ada mitra baru.", "Ada mitra <baru.>"),
        ("Kata – “Budi”", "kata - \"Budi\"", 'kata - "Budi"'),
        ("satu\n\ndua", "satu\n\ntiga\n\ndua", "satu\n\n<tiga\n\n>dua"),
        ("Rp1.000", "Rp 1000", "Rp 1000"),
        ("", "baru", "<baru>"),
        ("lama", "", "[lama]"),
        ("", "", ""),
        ("lama", "…", "[lama]…"),
    ],
)  # fmt: skip
def test_pieces(before: str, after: str, expected: str) -> None:
    assert told(before, after) == expected


def test_a_word_set_in_front_of_a_long_text_is_one_piece() -> None:
    text = " ".join(f"kata{n % 50} dan yang" for n in range(2000))
    assert word_diff(text, f"Ralat: {text}") == (Piece("insert", "Ralat: "), Piece("equal", text))


texts = st.text(alphabet="ab 1.,\n“-", max_size=40)


@given(texts, texts)
def test_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.operation != "delete") == after
    kept = [piece.text for piece in pieces if piece.operation != "insert"]
    assert essence(kept) == essence([before])


@given(st.lists(st.integers(0, 4).map(str), max_size=25), st.lists(st.integers(0, 4).map(str), max_size=25))
def test_spans_cover_both_sequences_in_order(a: list[str], b: list[str]) -> None:
    spans = align(a, b)
    assert [n for span in spans for n in range(span.a0, span.a1)] == list(range(len(a)))
    assert [n for span in spans for n in range(span.b0, span.b1)] == list(range(len(b)))
    assert all(a[span.a0 : span.a1] == b[span.b0 : span.b1] for span in spans if span.is_equal)
    assert not any(one.is_equal == other.is_equal for one, other in pairwise(spans))


def reversed_words(count: int) -> tuple[list[str], list[str]]:
    return [str(n) for n in range(count)], [str(n) for n in range(count, 0, -1)]


class Counting(str):
    """A word that counts how often it is compared."""

    compared = 0
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        Counting.compared += 1
        return super().__eq__(other)

    __hash__ = str.__hash__


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["a", "b"] * 2500, ["b", "a"] * 2500),
        (["a"] * 5000, ["a"] * 4999 + ["b"] + ["a"] * 300),
        reversed_words(5000),
        (random.Random(1).choices("abc", k=5000), random.Random(2).choices("abc", k=5000)),
        ([x for n in range(80) for x in (f"k{n}", *"ab" * 30)], [x for n in range(80) for x in (f"k{n}", *"ba" * 30)]),
    ],
    ids=["alternating", "one word", "reversed", "three words", "anchors between repetitions"],
)
def test_work_grows_with_the_length_and_not_with_its_square(before: list[str], after: list[str]) -> None:
    Counting.compared = 0
    align([Counting(word) for word in before], [Counting(word) for word in after])
    assert Counting.compared < 200 * (len(before) + len(after))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.234", "1234"), ("Rp5.000", "Rp 5.000,-"), ("1.234,50", "1234,5"), ("09.30", "9:30"), ("5 %", "5 persen"),
        ("05 Mei", "5 mei"), ("Jum’at", "Jumat"), ("\u200bLapas\u00a0Serang", "LAPAS  SERANG"), ("ﬁnal", "final"),
        ("1,000.50", "1000,5"), ("１２", "12"), ("5ribu", "5 ribu"), ("e\u0301", "é"),
    ],
)  # fmt: skip
def test_one_word_written_in_two_ways(one: str, other: str) -> None:
    assert essence([one]) == essence([other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12", "21"), ("1,5", "15"), ("1.234", "1,234"), ("5 0", "50"), ("12 345", "123 45"), ("10.30", "10.03"),
        ("Rp5", "US$5"), ("$5", "€5"), ("100", "10"), ("1.000", "1"), ("IIA", "IIB"),
    ],
)  # fmt: skip
def test_two_words_stay_two(one: str, other: str) -> None:
    assert essence([one]) != essence([other])


def test_words_know_where_they_stand() -> None:
    text = "“Lapas” Rp1.000,-"
    assert [text[word.start : word.end] for word in words_of(text)] == ["Lapas", "Rp", "1.000"]
