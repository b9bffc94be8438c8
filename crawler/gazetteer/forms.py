"""One form for what a kind of office is called: `Lembaga Pemasyarakatan (Lapas) Kelas IIA Serang` -> `lapas serang`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from crawler.gazetteer.entries import read_table
from crawler.gazetteer.words import Word, words_of

# What offices of a ministry are called once folded, and the words that may stand between that and their province.
_OFFICES = frozenset({"kanwil", "ditjenpas", "ditjenim", "kemenkum", "kemenkumham", "kemenham", "kemenimipas"})
_BETWEEN = frozenset({"provinsi", "prov", "wilayah", "daerah", "ri"})
_LONGEST_REPEAT = 3  # `kanwil kemenkum (kanwil kemenkum)` has two


class _Form(NamedTuple):
    keys: tuple[str, ...]
    read: tuple[str, ...]
    in_capitals: bool


def folded(words: Sequence[Word]) -> list[Word]:
    """The words with each kind of office in one form and said once; a folded word spans all that it stands for."""
    forms, kinds = _forms()
    telling = _telling()
    out: list[Word] = []
    at, count = 0, len(words)
    for special in [number for number, word in enumerate(words) if word.key in telling]:
        if special < at:
            continue
        out += words[at:special]
        at, word, key = special, words[special], words[special].key
        form = _form(words, at, forms[key]) if key in forms else None
        if form:
            end = words[at + len(form.keys) - 1].end
            for read in form.read:
                out.append(Word(read, word.written, word.start, end))
                _unsay(out)
            at += len(form.keys)
            continue
        at += 1
        if word.key in _BETWEEN and out and out[-1].key in _OFFICES:
            at += word.key == "prov" and at < count and words[at].key == "."
            continue
        out.append(word)
        if word.key in kinds:
            _unsay(out)
    return out + list(words[at:])


def folded_keys(text: str) -> tuple[str, ...]:
    """The keys of a name as they are compared."""
    return tuple(word.key for word in folded(words_of(text)))


def _form(words: Sequence[Word], at: int, forms: Sequence[_Form]) -> _Form | None:
    for form in forms:
        if form.in_capitals and not words[at].written.isupper():
            continue
        if all(at + n < len(words) and words[at + n].key == key for n, key in enumerate(form.keys)):
            return form
    return None


def _unsay(out: list[Word]) -> None:
    """Take back what only repeats the words before it, as an abbreviation in brackets does."""
    for length in range(1, _LONGEST_REPEAT + 1):
        if len(out) >= 2 * length and all(out[-n].key == out[-n - length].key for n in range(1, length + 1)):
            del out[-length:]
            return


@cache
def _telling() -> frozenset[str]:
    """The words that anything is to be done about."""
    forms, kinds = _forms()
    return kinds | _BETWEEN | forms.keys()


@cache
def _forms() -> tuple[defaultdict[str, list[_Form]], frozenset[str]]:
    forms: defaultdict[str, list[_Form]] = defaultdict(list)
    kinds: set[str] = set()
    for row in read_table("forms.csv"):
        keys = tuple(word.key for word in words_of(row["written"]))
        read = tuple(row["read"].split())
        forms[keys[0]].append(_Form(keys, read, row["casing"] == "capitals"))
        kinds |= set(read)
    for known in forms.values():
        known.sort(key=lambda form: -len(form.keys))
    return forms, frozenset(kinds)
