"""The numbers by which an article finds the few that may tell of the same event; pure.

A key is made of what an article has: a unit, a quotation, a run of words, a word of a name, a count. What many articles
of a day have tells little, and to compare them all would cost more with each that comes. So where a key has more than
`MOST` articles on a day, the `FEW` of the lowest rank stand for all: every other one of the day is compared with them
alone, and articles of other days with them alone. Ranks come from entry ids, so the pairs that are compared are a
function of the articles that there are, and of no order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from crawler.models import Holder, Signature
from crawler.stories.counts import LARGE
from crawler.stories.signature import is_above
from crawler.stories.vocabulary import SEQUELS

MOST, FEW = 16, 6
ALL, FRONT, BEHIND = range(3)  # places
NEAR, FOLLOWS = 3, 10  # days: of one event, and within which a unit's next event may be the same affair
SPAN = 16  # days whose articles lie side by side in the table of keys
ENOUGH, ENOUGH_OF_OWN = 4, 6  # weight of the keys that two articles of several sources, or of one, must share

_UNIT, _QUOTE, _RUN, _NAME, _COUNT, _THREAD = range(1, 7)
# What a key of each kind weighs, and what between articles of one source: there all share the unit and the template.
_WEIGHTS = {_UNIT: (4, 0), _QUOTE: (4, 3), _RUN: (4, 0), _NAME: (2, 1), _COUNT: (2, 2), _THREAD: (2, 2)}
_RUNS, _QUOTES, _NAMES, _COUNTS, _OTHERS = 4, 3, 6, 4, 4
Held = Mapping[tuple[int, int], Sequence[Holder]]  # by key and day

_DIGEST, _KIND = 1 << 35, 1 << 3  # a key is its span, a digest, and its kind


def wanted(signature: Signature) -> frozenset[int]:
    """The keys that articles which may tell of the same event, or of what followed, may have: of all spans about."""
    day = signature.day.toordinal()
    found: set[int] = set()
    for digest in digests(signature):
        reach = _reach(digest)
        found.add((day - reach) // SPAN * _DIGEST + digest)
        found.add((day + reach) // SPAN * _DIGEST + digest)
        found.add(day // SPAN * _DIGEST + digest)
    return frozenset(found)


@lru_cache(maxsize=1_000)
def holders(signature: Signature) -> tuple[Holder, ...]:
    """An article under each of its keys."""
    day, source = signature.day.toordinal(), source_number(signature.source)
    return tuple(
        Holder(day // SPAN * _DIGEST + digest, ALL, day, signature.rank, signature.article_id, source)
        for digest in digests(signature)
    )


def source_number(source: str) -> int:
    """A number for a source; 0 where it is not known, and then nobody's own."""
    return crc32(source.encode()) if source else 0


def candidates(signature: Signature, front: Held, behind: Held) -> set[int]:
    """The articles that have enough in common with one to be compared with it.

    `front` holds who has a key on a day and is not behind, this article too where it is not; `behind` the others of its
    day where it stands for them.
    """
    day, own, me = signature.day.toordinal(), source_number(signature.source), signature.article_id
    near: defaultdict[int, int] = defaultdict(int)
    threads: defaultdict[int, int] = defaultdict(int)
    of_own: set[int] = set()
    for digest in digests(signature):
        weight, own_weight = _WEIGHTS[digest % _KIND]
        counted = threads if digest % _KIND == _THREAD else near
        for found in _beside(digest, day, me, front, behind):
            for _, _, _, _, article, source in found:
                if not own or source != own:
                    counted[article] += weight
                elif own_weight:
                    counted[article] += own_weight
                    of_own.add(article)
    chosen = {one for one, weight in near.items() if weight >= (ENOUGH_OF_OWN if one in of_own else ENOUGH)}
    return (chosen | {one for one, weight in threads.items() if weight >= ENOUGH}) - {me}


def _beside(digest: int, day: int, me: int, front: Held, behind: Held) -> Iterator[Sequence[Holder]]:
    """Who has one of an article's keys too, of its day and, unless the article is behind there, of those about it."""
    at = (day // SPAN * _DIGEST + digest, day)
    mine = front.get(at, ())
    yield mine
    yield behind.get(at, ())
    if any(one.article_id == me for one in mine):
        reach = _reach(digest)
        for other in range(day - reach, day + reach + 1):
            if other != day and (found := front.get((other // SPAN * _DIGEST + digest, other))):
                yield found


def _reach(digest: int) -> int:
    return FOLLOWS if digest % _KIND == _THREAD else NEAR


def placed(found: Iterable[Holder]) -> list[Holder]:
    """All articles that have a key on a day, each in its place."""
    everyone = list(found)
    if len(everyone) <= MOST:
        return [one._replace(place=ALL) if one.place else one for one in everyone]
    return placed_among(everyone, ())


def placed_among(front: Iterable[Holder], new: Iterable[Holder]) -> list[Holder]:
    """The same where there are so many already that only those who stand for all are given, beside new ones."""
    ordered = sorted((*front, *new), key=_in_order)
    return [one._replace(place=FRONT if at < FEW else BEHIND) for at, one in enumerate(ordered)]


def _in_order(one: Holder) -> tuple[int, int]:
    return one.rank, one.article_id


@lru_cache(maxsize=1_000)
def digests(signature: Signature) -> tuple[int, ...]:
    """What an article is found by, without a span of days."""
    found = {f"{kind} {value}": kind for kind, value in _values(signature)}
    return tuple(_digest(value) * _KIND + kind for value, kind in found.items())


def _digest(value: str) -> int:
    return crc32(value.encode("utf-8", "surrogatepass"))


def _values(signature: Signature) -> Iterator[tuple[int, str]]:
    units = sorted(signature.units)[:_OTHERS]
    others = sorted(name for name in signature.others if not is_above(name))[:_OTHERS]
    names = _telling(signature.people)
    large = sorted({number for number, _ in signature.counts if number >= LARGE})[-_COUNTS:]
    yield from ((_UNIT, unit) for unit in (*units, *others))
    yield from ((_QUOTE, quote) for quote in sorted(signature.quotes)[:_QUOTES])
    yield from ((_RUN, str(run)) for run in sorted(signature.sketch)[:_RUNS])
    known = {*names, *_telling(signature.heads), *_telling(signature.officials)}
    yield from ((_NAME, name) for name in sorted(known))
    yield from ((_COUNT, str(number)) for number in large)
    for unit in units[:2]:
        sequels = sorted(signature.title & SEQUELS)[:3]
        yield from ((_THREAD, f"{unit} {value}") for value in (*sequels, *names, *large[-2:]))


def _telling(names: Iterable[str]) -> list[str]:
    """The longest words of names."""
    words = {word for name in names for word in name.split() if len(word) > 3}
    return sorted(words, key=lambda word: (-len(word), word))[:_NAMES]
