"""Units that the gazetteer does not have: `Lapas Tanjung Pasir` is not Lapas Tanjung, and `Rutan Cikuray` is nobody's.

Both show in running text alone, as in a headline every word may have a capital.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crawler.annotate.lexicon import UNIT_TYPES, Meaning
from crawler.dates.names import WEEKDAYS
from crawler.gazetteer.phrases import Found
from crawler.gazetteer.words import Word

# Within a few words before a unit these make a capitalised word behind it the name of a person.
_HEADS = frozenset(
    "kepala plt plh kasi kasubsi kasubag kasubbag kaur kplp ka humas kpr dokter kadiv pembina dirut".split()
)
_BACK = 5  # words in which such a one may stand
_DAYS = frozenset(name.lower() for names in WEEKDAYS for name in names)
# Words with a capital that begin no name of a unit.
_FOLLOWERS = (
    UNIT_TYPES
    | _DAYS
    | frozenset(
        "kelas klas kanwil kantor kementerian ri ham se indonesia maximum medium minimum super industri terbuka"
        " narkotika perempuan pemuda khusus anak wanita umum produktif".split()
    )
)


class Stranger(NamedTuple):
    """A unit that is not known: where its name begins, and how it is written."""

    first: int
    written: str


def without_strangers(words: Sequence[Word], found: Sequence[Found[Meaning]], body: int) -> list[Found[Meaning]]:
    """The names without those of units that go on behind them in the text, which begins at the character `body`.

    What goes on so in one place does wherever the same word follows, in the title too.
    """
    begins = {one.first for one in found}
    going_on = {one: words[one.last + 1].key for one in found if _goes_on(words, one, begins, body)}
    if not going_on:
        return list(found)
    names = {(one.value.units, key) for one, key in going_on.items()}
    return [one for one in found if _follower(words, one) not in names]


def strangers(
    text: str, words: Sequence[Word], kinds: Iterable[int], found: Iterable[Found[Meaning]], body: int
) -> Iterator[Stranger]:
    """The units of the text that no known name covers: their kind, and behind it a name with a capital.

    `kinds` are the numbers of the words that are kinds of units.
    """
    taken = {number for one in found for number in range(one.first, one.last + 1)}
    for number in kinds:
        if number in taken or number + 1 == len(words) or words[number].start < body:
            continue
        word, name = words[number], words[number + 1]
        if number + 1 not in taken and _is_name(name) and not _is_led(words, number):
            end = next((other.start for other in words[number + 1 :] if not _is_name(other)), len(text))
            yield Stranger(number, text[word.start : end].strip())


def _goes_on(words: Sequence[Word], one: Found[Meaning], begins: set[int], body: int) -> bool:
    if not one.value.units or words[one.first].key not in UNIT_TYPES or words[one.first].start < body:
        return False
    after = one.last + 1
    if after >= len(words) or after in begins or not _is_name(words[after]):
        return False
    return words[after].start == words[one.last].end + 1 and not _is_led(words, one.first)


def _follower(words: Sequence[Word], one: Found[Meaning]) -> tuple[tuple[str, ...], str] | None:
    after = one.last + 1
    return (one.value.units, words[after].key) if after < len(words) else None


def _is_name(word: Word) -> bool:
    is_capital = word.written[0].isupper() and word.written[1:].islower()
    return is_capital and word.key not in _FOLLOWERS


def _is_led(words: Sequence[Word], at: int) -> bool:
    """Whether a person leads the unit, whose name may follow it: `Kalapas Serang Budi`."""
    if words[at].written.lower().startswith(("kal", "kar", "kab", "kak")):
        return True
    return any(word.key in _HEADS for word in words[max(0, at - _BACK) : at])
