"""A text as words that compare as a reader would: typography, case and the writing of numbers set aside.

`1.234` and `1234` are one number, `09.30` and `9:30` one time, `Jum’at` and `jumat` one word; `1,5` and `15` are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from crawler.text.clean import repair

_WORD = re.compile(r"(?P<number>\d+(?:[.,:]\d+)*+)|[^\W\d_]+(?:['’‘ʼ`´][^\W\d_]+)*+|(?P<sign>[%$€£¥])")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
_GROUPED = re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?")
_GROUPED_ABROAD = re.compile(r"(\d{1,3}(?:,\d{3})+)\.(\d+)|(\d{1,3}(?:,\d{3}){2,})")
_TWO_PARTS = re.compile(r"(\d+)[.,:](\d+)")
_SIGNS = {"%": "persen"}


class Word(NamedTuple):
    """One word, number or sign: what it compares as, and which slice of the text it is."""

    key: str
    start: int
    end: int
    is_number: bool


def words_of(text: str) -> list[Word]:
    """The words of a text that `visible` has left as it is, in order."""
    return [
        Word(_key(found), found.start(), found.end(), found.lastgroup == "number") for found in _WORD.finditer(text)
    ]


def visible(text: str) -> str:
    """The text without what nobody can see in it; what is stored has none already."""
    return repair(text)


def essence(texts: Iterable[str]) -> str:
    """Equal for texts that differ in white space, typography and case alone, however they are cut into blocks."""
    return "".join(
        f"\x1f{word.key}\x1f" if word.is_number else word.key for text in texts for word in words_of(visible(text))
    )


def _key(found: re.Match[str]) -> str:
    written = found[0] if found[0].isascii() else unicodedata.normalize("NFKC", found[0])
    if found.lastgroup == "number":
        return _number(written)
    return _SIGNS.get(written) or written.translate(_APOSTROPHES).casefold()


def _number(written: str) -> str:
    """`1.234,50` as `1234,5`; a lone separator is a decimal mark or that of a clock, whichever sign it is."""
    if written.isdigit():
        return _joined(written, None)
    if found := _GROUPED.fullmatch(written):
        return _joined(found[1].replace(".", ""), found[2])
    if found := _GROUPED_ABROAD.fullmatch(written):
        return _joined((found[1] or found[3]).replace(",", ""), found[2])
    if found := _TWO_PARTS.fullmatch(written):
        return _joined(found[1], found[2])
    return written


def _joined(whole: str, rest: str | None) -> str:
    if len(whole) == 2:
        whole = whole.removeprefix("0")
    if rest and len(rest) <= 2:
        rest = rest.rstrip("0")
    return f"{whole},{rest}" if rest else whole
