"""What kind of edit it is, from the blocks that differ: correction, headline, number, name or text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.dates.names import MONTHS, WEEKDAYS
from crawler.gazetteer.words import load_spellings
from crawler.text.diff import align
from crawler.text.words import Word, visible, words_of

Kind = Literal["correction", "headline", "number", "name", "text"]

# Most telling first: an edit is of the first class that fits.
ORDER: tuple[Kind, ...] = ("correction", "headline", "number", "name", "text")

_NOUN = r"(?:artikel|berita|judul|naskah|tulisan|isi|foto|keterangan foto)"
_CHANGED = r"(?:diralat|dikoreksi|diperbaiki|diubah|diperbarui|direvisi|disunting|dicabut|disesuaikan)"
CORRECTION = re.compile(
    rf"^[^\w\n]*+(?:ralat|koreksi|klarifikasi|revisi|correction|corrected)\b\W*[:：)\]|–—-]|\bralat\b"
    rf"|\bhak (?:jawab|koreksi)\b"
    rf"|\bcatatan (?:redaksi|editor)\b|\beditor[’']s note\b|\bredaksi\b[^.]{{0,40}}\b(?:maaf|meralat|mengoreksi)\b"
    rf"|\b{_NOUN} (?:ini )?(?:telah |sudah )?(?:mengalami )?(?:{_CHANGED}|perubahan|perbaikan)\b"
    rf"|\btelah (?:dilakukan|ada) (?:ralat|koreksi|perbaikan|perubahan) (?:pada|atas|terhadap) {_NOUN}\b",
    re.IGNORECASE | re.MULTILINE,
)

_SMALL = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_NUMBERS = {word: str(n) for n, word in enumerate(_SMALL)} | {
    word: word
    for word in """
    belas puluh seratus ratus seribu ribu juta miliar triliun puluhan belasan ratusan ribuan jutaan separuh setengah
    persen ratusnya rupiah
    """.split()
} | {"milyar": "miliar", "pertama": "1"}  # fmt: skip
_NUMBERS |= {f"ke{word}": str(n) for n, word in enumerate(_SMALL)}
_CALENDAR = {name.casefold().replace("'", "") for row in (*MONTHS, *WEEKDAYS) for name in row if len(name) > 3} | {
    "mei"
}
# Capitals that name nobody: a post, a kind of office, how a sentence is begun.
_COMMON = frozenset(
    """
    kepala kalapas karutan kabapas kakanim kakanwil kapolres kapolda kasat kasi kasubag kabid kadiv sekretaris wakil
    ketua direktur dirjen jenderal ditjen menteri wamen gubernur bupati walikota wali kota kabupaten provinsi kecamatan
    presiden plt plh lapas rutan bapas lpka lembaga pemasyarakatan rumah tahanan negara kantor wilayah kementerian
    imigrasi hukum ham kanwil kemenkum kemenkumham kemenimipas polres polda polri tni kejaksaan pengadilan dinas badan
    balai warga binaan napi narapidana petugas humas kelas klas republik bapak ibu saudara
    """.split()
)
_PARTICLES = frozenset("bin binti van de al el alias atau dan".split())
_BEGINS = re.compile(r"(?:^|[.!?:\n–—][\s“\"‘(\[*-]|[“\"‘(\[])[\s“\"‘(\[*-]*$")
_LEAD = 12  # characters before a word that tell whether it begins a sentence

LONGEST = 500_000  # characters of both versions: no article is that long, and nobody reads what changed in it
LONG = 12  # words: a longer stretch is rewritten, not corrected
MOST_PAIRS = 2_500  # blocks of both sides that are compared each with each
SIMILAR = 0.5  # share of words that two versions of a block have in common


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A stretch of a block that was replaced: the words of both sides, and those of them that are written as names."""

    before: tuple[Word, ...]
    after: tuple[Word, ...]
    is_named: bool


def kinds_of(
    title: tuple[str, str] | None, before: Sequence[str], after: Sequence[str], whole: Sequence[str]
) -> tuple[Kind, ...]:
    """The classes that fit an edit, most telling first; at least one.

    `title` are both headlines where they differ, `before` and `after` the blocks that only one version has, `whole` is
    all of both versions: where a word shows elsewhere whether it is a name.
    """
    if sum(map(len, whole)) > LONGEST:
        return ("headline",) if title else ("text",)
    pairs = _paired(before, after)
    names = _Names(whole)
    hunks = [hunk for pair in pairs for hunk in _hunks(*pair, names)]
    found: set[Kind] = set()
    if _adds_correction((title[0] if title else "", *before), (title[1] if title else "", *after)):
        found.add("correction")
    if title:
        found.add("headline")
    if any(map(_is_number, [*hunks, *(_hunks(*title, names) if title else ())])):
        found.add("number")
    if any(hunk.is_named for hunk in hunks):
        found.add("name")
    if (before or after) and (
        len(pairs) < max(len(before), len(after)) or any(not (_is_number(hunk) or hunk.is_named) for hunk in hunks)
    ):
        found.add("text")
    return tuple(kind for kind in ORDER if kind in found) or ("text",)


def _adds_correction(before: Sequence[str], after: Sequence[str]) -> bool:
    held, others = (
        Counter(match[0].casefold() for text in side for match in CORRECTION.finditer(text)) for side in (before, after)
    )
    return bool(others - held)


def _paired(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """Each block with what became of it: the most similar one, or where there are too many the one in its place."""
    old, new = ([Counter(word.key for word in words_of(block)) for block in side] for side in (before, after))
    if len(before) * len(after) <= MOST_PAIRS:
        places = [(i, j) for i in range(len(before)) for j in range(len(after))]
    else:
        places = [(i, i) for i in range(min(len(before), len(after)))]
    scored = sorted(((-_similarity(old[i], new[j]), abs(i - j), i, j) for i, j in places))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, i, j in scored:
        if -score >= SIMILAR and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return [(before[i], after[j]) for i, j in sorted(found.items())]


def _similarity(one: Counter[str], other: Counter[str]) -> float:
    size = min(one.total(), other.total())
    return (one & other).total() / size if size else 0.0


def _hunks(before: str, after: str, names: _Names) -> Iterator[_Hunk]:
    before, after = visible(before), visible(after)
    old, new = words_of(before), words_of(after)
    for span in align([word.key for word in old], [word.key for word in new]):
        removed, added = old[span.a0 : span.a1], new[span.b0 : span.b1]
        if span.is_equal or "".join(w.key for w in removed) == "".join(w.key for w in added):
            continue
        is_named = all((removed or added, names.holds(before, removed), names.holds(after, added)))
        yield _Hunk(tuple(removed), tuple(added), is_named)


def _is_number(hunk: _Hunk) -> bool:
    """Whether a number, date or amount was replaced, or added or taken away alone."""
    if max(len(hunk.before), len(hunk.after)) > LONG:
        return False
    held, others = _numbers(hunk.before), _numbers(hunk.after)
    if sorted(held) == sorted(others):
        return False
    return bool(hunk.before and hunk.after) or len(held) + len(others) == len(hunk.before) + len(hunk.after)


def _numbers(words: Sequence[Word]) -> list[str]:
    return [
        _NUMBERS.get(word.key, word.key)
        for word in words
        if word.is_number or word.key in _NUMBERS or word.key in _CALENDAR
    ]


class _Names:
    """Which words of an article are written as names: with a capital within a sentence, and nowhere without."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._small: set[str] = set()
        self._within: set[str] = set()
        for text in texts:
            for word in words_of(text):
                if text[word.start].islower():
                    self._small.add(word.key)
                elif text[word.start].isupper() and not _begins(text, word):
                    self._within.add(word.key)

    def holds(self, text: str, words: Sequence[Word]) -> bool:
        """Whether words are parts of names alone; so are none at all."""
        named = [word for word in words if word.key not in _PARTICLES]
        return len(words) <= LONG and all(self._is_name(text, word) for word in named) and (bool(named) or not words)

    def _is_name(self, text: str, word: Word) -> bool:
        if not text[word.start].isupper() or word.key in _COMMON or word.key in load_spellings():
            return False
        if word.key in _NUMBERS or word.key in _CALENDAR or word.key in self._small:
            return False
        return word.key in self._within


def _begins(text: str, word: Word) -> bool:
    return _BEGINS.search(text[max(0, word.start - _LEAD) : word.start]) is not None
