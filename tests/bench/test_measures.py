"""The measures of the extraction benchmark can fail: what is lost, leaked, repeated or missing costs points."""

from __future__ import annotations

import pytest
from measures import Mark, body_f1, coverage, leaked_lines, lost_paragraphs, mean, paragraph_f1, words

FIRST = "Lapas Curup mengolah sendiri biji kopi dari kebun asimilasi."
SECOND = "Delapan warga binaan memetik, menjemur dan mengemas."
LIST = "Kartu keluarga"
TEXT = (FIRST, SECOND, LIST)
RELATED = "Warga Binaan Argamakmur Belajar Sablon"


def test_perfect_output() -> None:
    assert body_f1(TEXT, TEXT) == 1.0
    assert paragraph_f1(TEXT, TEXT) == 1.0
    assert leaked_lines(TEXT, TEXT, [RELATED]) == ()
    assert lost_paragraphs(TEXT, TEXT) == ()


def test_empty_output() -> None:
    assert body_f1(TEXT, ()) == 0.0
    assert paragraph_f1(TEXT, ()) == 0.0
    assert leaked_lines(TEXT, ()) == ()
    assert lost_paragraphs(TEXT, ()) == TEXT


def test_nothing_expected_and_nothing_found() -> None:
    assert body_f1((), ()) == paragraph_f1((), ()) == 1.0


def test_lost_paragraph() -> None:
    found = (FIRST, LIST)
    assert body_f1(TEXT, found) == pytest.approx(2 * 11 / (18 + 11))
    assert paragraph_f1(TEXT, found) == pytest.approx(2 * 2 / (3 + 2))
    assert lost_paragraphs(TEXT, found) == (SECOND,)


def test_lost_paragraph_of_words_that_occur_elsewhere_in_other_order() -> None:
    assert lost_paragraphs(["kopi dari kebun warga"], ["warga dari Curup menanam kopi kebun"]) == (
        "kopi dari kebun warga",
    )


@pytest.mark.parametrize("cut", ["Delapan warga binaan memetik, menjemur", SECOND + " Dan lagi."])
def test_paragraph_of_which_half_is_there_is_not_lost_but_not_exact(cut: str) -> None:
    found = (FIRST, cut, LIST)
    assert lost_paragraphs(TEXT, found) == ()
    assert paragraph_f1(TEXT, found) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga: " + RELATED,
        RELATED,
        "ADVERTISEMENT",
        "Hak cipta Rejang Daily",
        "Kopi warga Curup dikemas sendiri",  # single words of the text, in no order of it
    ],
)
def test_leaked_line(line: str) -> None:
    found = (FIRST, line, SECOND, LIST)
    assert leaked_lines(TEXT, found) == (line,)
    assert lost_paragraphs(TEXT, found) == ()
    assert paragraph_f1(TEXT, found) == pytest.approx(2 * 3 / (3 + 4))
    assert 0.5 < body_f1(TEXT, found) < 1.0


def test_furniture_within_a_paragraph_leaks() -> None:
    merged = f"{FIRST} {SECOND} Baca juga: {RELATED}"
    assert leaked_lines(TEXT, [merged]) == ()
    assert leaked_lines(TEXT, [merged], [RELATED]) == (merged,)


def test_furniture_of_words_that_the_text_holds_leaks_as_a_line_only() -> None:
    assert leaked_lines(TEXT, ["kebun asimilasi"], ["kebun asimilasi"]) == ("kebun asimilasi",)
    assert leaked_lines(TEXT, TEXT, ["kebun asimilasi", LIST]) == ()


def test_merged_and_split_paragraphs_are_neither_lost_nor_leaked() -> None:
    for found in ([" ".join(TEXT)], ["Lapas Curup mengolah", "sendiri biji kopi dari kebun asimilasi.", SECOND, LIST]):
        assert leaked_lines(TEXT, found) == ()
        assert lost_paragraphs(TEXT, found) == ()
        assert body_f1(TEXT, found) == 1.0
        assert paragraph_f1(TEXT, found) < 1.0


def test_repeated_paragraph_is_a_hit_once() -> None:
    found = (FIRST, *TEXT)
    assert paragraph_f1(TEXT, found) == pytest.approx(2 * 3 / (3 + 4))
    assert body_f1(TEXT, found) == pytest.approx(2 * 18 / (18 + 27))
    assert paragraph_f1(found, TEXT) < 1.0


def test_paragraphs_are_equal_but_for_white_space() -> None:
    assert paragraph_f1(["Satu dua."], ["  Satu\u00a0\n dua. "]) == 1.0
    assert paragraph_f1(["Satu dua."], ["Satu dua"]) == 0.0


def test_words_have_no_case_punctuation_or_invisible_characters() -> None:
    assert words("So\u00adsial, (ME\u200blepas)!") == ("sosial", "melepas")


def test_line_without_words_is_neither_lost_nor_leaked() -> None:
    assert coverage(words("***"), words(FIRST)) == 1.0
    assert leaked_lines(TEXT, ["***"]) == ()
    assert lost_paragraphs(["***"], [FIRST]) == ()


def test_mean_weighs_by_what_there_was_to_get() -> None:
    assert mean([Mark(1), Mark(0, 3)]) == 0.25
    assert mean([]) is None
