"""A title and a text -> what stands where in them: one pass over their words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from crawler.annotate.lexicon import UNIT_TYPES, Lexicon, Meaning
from crawler.annotate.strangers import Stranger, strangers, without_strangers
from crawler.gazetteer.forms import folded
from crawler.gazetteer.phrases import Found
from crawler.gazetteer.words import ENDS_SENTENCE, Word, grade_in, words_of

Zone = Literal["title", "lead", "text"]

LEAD = 500  # characters: the first paragraph or two, in which a release says who did what where
MOST_TEXT = 40_000  # characters that are read: no article is longer, and what is no article must not cost more
_JOINS = frozenset({"dan", "serta", "maupun"})
_LONGEST_PLACE = 3  # words of a name in a list that leaves the kind of unit out


class Hit(NamedTuple):
    """A phrase in a text: the numbers of its words, how it is written, in which zone and sentence.

    `start` is its first character in `Reading.text`. `grade` is the class beside a unit's name, None where none is.
    """

    meaning: Meaning
    first: int
    last: int
    start: int
    written: str
    zone: Zone
    sentence: int
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with what was found in it, in order; `words` are folded, the title's first.

    `ends` are the numbers of the marks that end a sentence, `strangers` units that the gazetteer does not have.
    """

    text: str
    title_length: int
    words: Sequence[Word]
    ends: Sequence[int]
    hits: tuple[Hit, ...]
    strangers: tuple[Stranger, ...] = ()


def read(title: str, paragraphs: Sequence[str], lexicon: Lexicon) -> Reading:
    """Find everything that the lexicon knows in a title and the text below it."""
    text = _joined(title, paragraphs)
    words = folded(words_of(text))
    length = min(len(title), MOST_TEXT)
    kinds = [number for number, word in enumerate(words) if word.key in UNIT_TYPES]
    found = _with_lists(words, _with_misspelt(words, kinds, list(lexicon.phrases.find(words)), lexicon), lexicon)
    found = without_strangers(words, found, length)
    ends = [number for number, word in enumerate(words) if word.key in ENDS_SENTENCE]
    hits = []
    for one in found:
        if not one.value.hides:
            start, end = words[one.first].start, words[one.last].end
            zone: Zone = "title" if start < length else "lead" if start < length + LEAD else "text"
            grade = grade_in(text[start : end + 24].split("\n")[0]) if one.value.units else None
            written = " ".join(text[start:end].split())
            hits.append(Hit(one.value, one.first, one.last, start, written, zone, bisect_right(ends, one.first), grade))
    return Reading(text, length, words, ends, tuple(hits), tuple(strangers(text, words, kinds, found, length)))


def _joined(title: str, paragraphs: Sequence[str]) -> str:
    """Title and paragraphs a line each, cut where it becomes too long."""
    lines, length = [title[:MOST_TEXT]], len(title)
    for paragraph in paragraphs:
        if length >= MOST_TEXT:
            break
        lines.append(paragraph[: MOST_TEXT - length])
        length += len(paragraph)
    return "\n".join(lines)


def _with_misspelt(
    words: Sequence[Word], kinds: Iterable[int], found: list[Found[Meaning]], lexicon: Lexicon
) -> list[Found[Meaning]]:
    """Add the units that no name fits only because a long word of theirs has a letter wrong."""
    taken = {number for one in found if one.value.units for number in range(one.first, one.last + 1)}
    added = [one for number in kinds if number not in taken and (one := _misspelt(words, number, lexicon))]
    if not added:
        return found
    covered = {number for one in added for number in range(one.first, one.last + 1)}
    kept = [one for one in found if not covered & set(range(one.first, one.last + 1))]
    return sorted([*kept, *added], key=lambda one: one.first)


def _misspelt(words: Sequence[Word], at: int, lexicon: Lexicon) -> Found[Meaning] | None:
    for length in (4, 3, 2):
        keys = [word.key for word in words[at : at + length]]
        repaired = tuple(lexicon.respelt(key) or key for key in keys)
        meaning = lexicon.by_keys.get(repaired) if repaired != tuple(keys) else None
        if meaning and meaning.units:
            return Found(at, at + len(keys) - 1, meaning)
    return None


def _with_lists(words: Sequence[Word], found: Sequence[Found[Meaning]], lexicon: Lexicon) -> list[Found[Meaning]]:
    """Add the units behind one that are named without their kind: `Lapas Serang, Cilegon, dan Rangkasbitung`."""
    out: list[Found[Meaning]] = []
    free = 0
    for one in found:
        if one.first < free:
            continue
        out.append(one)
        kind = words[one.first].key
        if one.value.units and kind in UNIT_TYPES:
            more = list(_listed(words, one.last + 1, kind, lexicon))
            out += more
            free = more[-1].last + 1 if more else 0
    return out


def _listed(words: Sequence[Word], at: int, kind: str, lexicon: Lexicon) -> Iterator[Found[Meaning]]:
    """The rest of a list that ends with a word that joins; nothing where none does."""
    listed: list[Found[Meaning]] = []
    while at < len(words):
        has_comma = words[at].key == ","
        at += has_comma
        is_last = at < len(words) and words[at].key in _JOINS
        at += is_last
        item = _named(words, at, kind, lexicon) if has_comma or is_last else None
        if item is None:
            return
        listed.append(item)
        if is_last:
            yield from listed
            return
        at = item.last + 1


def _named(words: Sequence[Word], at: int, kind: str, lexicon: Lexicon) -> Found[Meaning] | None:
    for length in range(_LONGEST_PLACE, 0, -1):
        part = words[at : at + length]
        meaning = lexicon.by_keys.get((kind, *(word.key for word in part))) if len(part) == length else None
        if meaning and meaning.units and part[0].written[0].isupper():
            return Found(at, at + length - 1, meaning)
    return None


def units_of(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits that name units or offices."""
    return (hit for hit in hits if hit.meaning.units)
