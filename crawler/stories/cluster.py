"""Which of many articles belong together: a function of the articles and of what people decided, of no order; pure.

Joined pairs are taken from the strongest on, and two groups become one only if their articles agree on the whole: one
article that resembles both of two events does not make them one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import fsum

from crawler.models import Pair, Signature
from crawler.stories.compare import compare

AGREED = 0.4  # mean score of all pairs between two groups that become one
LONGEST = 4  # days between the first and the last article of a group, whatever joins them

Score = Callable[[int, int], float]


@dataclass(slots=True)
class Groups:
    """The groups so far, and the pairs that people hold apart, each with the number of that decision."""

    of: dict[int, set[int]]
    apart: dict[frozenset[int], int] = field(default_factory=dict)

    def held_apart(self, one: set[int], other: set[int]) -> int | None:
        """The newest decision of people that holds an article of the one apart from one of the other."""
        if not self.apart:
            return None
        pairs = (frozenset(pair) for pair in product(one, other))
        return max((self.apart[pair] for pair in pairs if pair in self.apart), default=None)

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        joined = self.of[one] | self.of[other]
        for member in joined:
            self.of[member] = joined


def components(articles: Iterable[int], edges: Iterable[tuple[int, int]]) -> list[frozenset[int]]:
    """The articles that are connected by edges, each component once; those without an edge alone."""
    groups = Groups({article: {article} for article in articles})
    for one, other in edges:
        if groups.of[one] is not groups.of[other]:
            groups.join(one, other)
    return distinct(groups)


def cluster(
    signatures: Mapping[int, Signature], joined: Sequence[Pair], human: Sequence[Pair], names: Mapping[int, str]
) -> list[frozenset[int]]:
    """The groups that connected articles fall into.

    `joined` are the program's joins; `human` the decisions of people, which hold whatever the articles say, of two that
    contradict each other the newer one. The keys of the signatures are the articles', and depend on the order of
    arrival; `names` do not, and decide between equal scores.
    """
    groups = Groups({article: {article} for article in signatures})
    groups.apart = {frozenset((one.one, one.other)): one.id for one in human if one.decision.verdict == "apart"}
    score = _scores(signatures)
    for pair in sorted(joined, key=lambda pair: _strength(pair, names)):
        one, other = groups.of[pair.one], groups.of[pair.other]
        if one is not other and groups.held_apart(one, other) is None and _agree(one, other, signatures, score):
            groups.join(pair.one, pair.other)
    _obey(groups, [pair for pair in human if pair.decision.verdict == "join"])
    return distinct(groups)


def distinct(groups: Groups) -> list[frozenset[int]]:
    """Each group once, in the order of their smallest keys."""
    return [frozenset(members) for article, members in sorted(groups.of.items()) if article == min(members)]


def _strength(pair: Pair, names: Mapping[int, str]) -> tuple[float, list[str]]:
    return -pair.decision.score, sorted((names[pair.one], names[pair.other]))


def _obey(groups: Groups, joins: Iterable[Pair]) -> None:
    """Make one of what people made one, whole; not where they later held some of it apart."""
    for pair in sorted(joins, key=lambda pair: pair.id, reverse=True):
        one, other = groups.of[pair.one], groups.of[pair.other]
        apart = groups.held_apart(one, other) if one is not other else None
        if apart is None or apart < pair.id:
            groups.join(pair.one, pair.other)


def _agree(one: set[int], other: set[int], signatures: Mapping[int, Signature], score: Score) -> bool:
    days = [signatures[article].day for article in (*one, *other)]
    if (max(days) - min(days)).days > LONGEST:
        return False
    if len(one) == len(other) == 1:
        return True
    # fsum: the same in whatever order
    return fsum(score(*pair) for pair in product(one, other)) / (len(one) * len(other)) >= AGREED


def _scores(signatures: Mapping[int, Signature]) -> Score:
    known: dict[tuple[int, int], float] = {}

    def score(one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair not in known:
            known[pair] = compare(signatures[one], signatures[other]).score
        return known[pair]

    return score
