"""What an article counts: `40 warga binaan`, `Empat narapidana`, `34 kilogram`; never its days, hours and classes."""

from __future__ import annotations

import re
from collections.abc import Iterable

LARGE = 10  # a smaller number is met by chance

_WORDS = {
    "satu": 1, "seorang": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "sebelas": 11,
}  # fmt: skip
# What is counted -> the word it compares as; others by their first letters.
_NOUNS = {
    **dict.fromkeys(
        ("warga", "narapidana", "napi", "tahanan", "wbp", "penghuni", "orang", "wna", "wni", "anak", "pria", "wanita",
         "perempuan", "peserta"), "org"),
    **dict.fromkeys(("ponsel", "hp", "handphone", "telepon", "gawai"), "ponsel"),
    **dict.fromkeys(("kilogram", "kg", "kilo"), "kg"),
    **dict.fromkeys(("gram", "gr"), "gram"),
    **dict.fromkeys(("mobil", "damkar", "unit"), "unit"),
}  # fmt: skip
_NO_NOUN = frozenset(
    """januari februari maret april mei juni juli agustus september oktober november desember wib wita wit dan di ke
    dari pada yang untuk persen jam menit tahun bulan minggu pekan kali dini pagi siang sore malam""".split()
)
_MULTIPLES = {"ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000}
# The first digit stands before what looks behind it, as that is looked for ten times as fast.
_DIGITS = r"\d(?<![\w/.,:-]\d)(?:\d{0,2}(?:\.\d{3})+|\d{0,5})"
_COUNTED = r"(?![\d/:,-]|\.\d)\s+(?P<noun>[^\W\d_]{2,})"
_NUMBER = re.compile(rf"(?P<number>{_DIGITS}){_COUNTED}")
_NUMBER_OR_WORD = re.compile(rf"(?P<number>{_DIGITS}|\b(?:{'|'.join(_WORDS)})\b){_COUNTED}", re.IGNORECASE)
_LABEL = re.compile(r"(?:pukul|kelas|klas|tanggal|nomor|no\.?|pasal|ayat|uu|tahun|blok|ke)\s*\Z", re.IGNORECASE)
_MOST = 24


def counts(text: str) -> frozenset[tuple[int, str]]:
    """Each number with what it counts, as far as both are told side by side."""
    found = []
    has_words = not _WORDS.keys().isdisjoint(text.casefold().split())
    for match in (_NUMBER_OR_WORD if has_words else _NUMBER).finditer(text):
        noun = match["noun"].casefold()
        if noun in _NO_NOUN or _LABEL.search(text, max(0, match.start() - 12), match.start()):
            continue
        found.append((_value(match["number"].casefold()) * _MULTIPLES.get(noun, 1), _NOUNS.get(noun, noun[:5])))
    return frozenset(found[:_MOST])


def shared(one: frozenset[tuple[int, str]], other: frozenset[tuple[int, str]]) -> tuple[int, int]:
    """How many large and how many small counts both have; a large one counts whatever it is called."""
    numbers = _large(one) & _large(other)
    return len(numbers), len({count for count in one & other if count[0] < LARGE})


def contradict(one: frozenset[tuple[int, str]], other: frozenset[tuple[int, str]]) -> bool:
    """Whether both count the same things, and never come to the same number."""
    nouns = {noun for _, noun in one} & {noun for _, noun in other}
    return bool(nouns) and not any(count in other for count in one) and not _large(one) & _large(other)


def differ(one: frozenset[tuple[int, str]], other: frozenset[tuple[int, str]]) -> bool:
    """Whether anything that both count comes to another number in one of them."""
    nouns = {noun for _, noun in one} & {noun for _, noun in other}
    return any(noun in nouns for _, noun in one ^ other)


def _large(found: Iterable[tuple[int, str]]) -> set[int]:
    return {number for number, _ in found if number >= LARGE}


def _value(written: str) -> int:
    return _WORDS[written] if written in _WORDS else int(written.replace(".", ""))
