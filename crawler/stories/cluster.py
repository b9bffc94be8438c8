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

AGREED = 0.35  # mean score of all pairs between two groups that become one
LONGEST = 4  # days between the first and the last article of a group, whatever joins them

Score = Callable[[int, int], float]


@dataclass(slots=True)
class Groups:
    """The groups so far, and the pairs that people hold apart."""

    of: dict[int, set[int]]
    apart: set[frozenset[int]] = field(default_factory=set)

    def may_join(self, one: int, other: int) -> bool:
        """Whether nobody holds two articles of the groups apart."""
        pairs = product(self.of[one], self.of[other])
        return not self.apart or not any(frozenset(pair) in self.apart for pair in pairs)

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
    contradict each other the newer one. The keys of the signatures are the articles, which depend on the order of arrival;
    `names` do not, and decide between equal scores.
    """
    groups = Groups({article: {article} for article in signatures})
    _obey(groups, human)
    decided = {frozenset((pair.one, pair.other)) for pair in human}
    score = _scores(signatures)
    for pair in sorted(joined, key=lambda pair: _strength(pair, names)):
        one, other = pair.one, pair.other
        if frozenset((one, other)) in decided or groups.of[one] is groups.of[other]:
            continue
        if groups.may_join(one, other) and _agree(groups.of[one], groups.of[other], signatures, score):
            groups.join(one, other)
    return distinct(groups)


def distinct(groups: Groups) -> list[frozenset[int]]:
    """Each group once, in the order of their smallest keys."""
    return [frozenset(members) for article, members in sorted(groups.of.items()) if article == min(members)]


def _strength(pair: Pair, names: Mapping[int, str]) -> tuple[float, list[str]]:
    return -pair.decision.score, sorted((names[pair.one], names[pair.other]))


def _obey(groups: Groups, human: Iterable[Pair]) -> None:
    newest = sorted(human, key=lambda pair: pair.id, reverse=True)
    for pair in newest:
        is_known = pair.one in groups.of and pair.other in groups.of
        if not is_known:
            continue
        if pair.decision.verdict == "apart":
            if groups.of[pair.one] is not groups.of[pair.other]:
                groups.apart.add(frozenset((pair.one, pair.other)))
        elif groups.of[pair.one] is not groups.of[pair.other] and groups.may_join(pair.one, pair.other):
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
