"""Which of many articles belong together: a function of the articles and of what people decided, of no order; pure.

Joined pairs are taken from the strongest on, and two groups become one only if their articles agree on the whole: one
article that resembles both of two events does not make them one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import fsum

from crawler.models import Pair, Signature
from crawler.stories.compare import compare

AGREED = 0.4  # mean score of the pairs between two groups that become one
LONGEST = 4  # days between the first and the last article of a group, whatever joins them
SPOKEN_FOR = 6  # articles of a group that are asked whether it is one with another

Score = Callable[[int, int], float]


@dataclass(slots=True)
class Group:
    """Articles that belong together, the days from the first to the last, and the few that speak for them."""

    members: set[int]
    first: date = date.min
    last: date = date.min
    speakers: Sequence[int] = ()


@dataclass(slots=True)
class Groups:
    """The groups so far, and the pairs that people hold apart, each with the number of that decision."""

    of: dict[int, Group]
    apart: dict[frozenset[int], int] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    def held_apart(self, one: Group, other: Group) -> int | None:
        """The newest decision of people that holds an article of the one apart from one of the other."""
        if not self.apart:
            return None
        pairs = (frozenset(pair) for pair in product(one.members, other.members))
        return max((self.apart[pair] for pair in pairs if pair in self.apart), default=None)

    def join(self, one: Group, other: Group) -> None:
        """Make one group of two."""
        small, large = sorted((one, other), key=lambda group: len(group.members))
        large.members |= small.members
        large.first, large.last = min(one.first, other.first), max(one.last, other.last)
        speakers = sorted((*one.speakers, *other.speakers), key=lambda key: self.names.get(key, ""))
        large.speakers = speakers[:SPOKEN_FOR]
        for member in small.members:
            self.of[member] = large


def components(articles: Iterable[int], edges: Iterable[tuple[int, int]]) -> list[frozenset[int]]:
    """The articles that are connected by edges, each component once; those without an edge alone."""
    groups = Groups({article: Group({article}) for article in articles})
    for one, other in edges:
        if groups.of[one] is not groups.of[other]:
            groups.join(groups.of[one], groups.of[other])
    return distinct(groups)


def cluster(
    signatures: Mapping[int, Signature], joined: Sequence[Pair], human: Sequence[Pair], names: Mapping[int, str]
) -> list[frozenset[int]]:
    """The groups that connected articles fall into.

    `joined` are the program's joins; `human` the decisions of people, which hold whatever the articles say, of two that
    contradict each other the newer one. The keys of the signatures are the articles', and depend on the order of
    arrival; `names` do not, and decide between equal scores.
    """
    groups = Groups({key: Group({key}, one.day, one.day, [key]) for key, one in signatures.items()}, names=names)
    groups.apart = {frozenset((one.one, one.other)): one.id for one in human if one.decision.verdict == "apart"}
    score = _scores(signatures)
    for pair in sorted(joined, key=lambda pair: _strength(pair, names)):
        one, other = groups.of[pair.one], groups.of[pair.other]
        if one is not other and groups.held_apart(one, other) is None and _agree(one, other, score):
            groups.join(one, other)
    _obey(groups, [pair for pair in human if pair.decision.verdict == "join"])
    return distinct(groups)


def distinct(groups: Groups) -> list[frozenset[int]]:
    """Each group once, in the order of their smallest keys."""
    whole = {id(group): group for _, group in sorted(groups.of.items())}
    return sorted((frozenset(group.members) for group in whole.values()), key=min)


def _strength(pair: Pair, names: Mapping[int, str]) -> tuple[float, list[str]]:
    return -pair.decision.score, sorted((names[pair.one], names[pair.other]))


def _obey(groups: Groups, joins: Iterable[Pair]) -> None:
    """Make one of what people made one, whole; not where they later held some of it apart."""
    for pair in sorted(joins, key=lambda pair: pair.id, reverse=True):
        one, other = groups.of[pair.one], groups.of[pair.other]
        if one is other:
            continue
        apart = groups.held_apart(one, other)
        if apart is None or apart < pair.id:
            groups.join(one, other)


def _agree(one: Group, other: Group, score: Score) -> bool:
    if (max(one.last, other.last) - min(one.first, other.first)).days > LONGEST:
        return False
    if len(one.members) == len(other.members) == 1:
        return True
    # fsum: the same in whatever order
    between = list(product(one.speakers, other.speakers))
    return fsum(score(*pair) for pair in between) / len(between) >= AGREED


def _scores(signatures: Mapping[int, Signature]) -> Score:
    known: dict[tuple[int, int], float] = {}

    def score(one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair not in known:
            known[pair] = compare(signatures[one], signatures[other]).score
        return known[pair]

    return score
