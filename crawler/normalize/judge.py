"""How a field is decided: its candidates in order of trust, each judged in turn, and the first that holds is taken.

What stands behind the winner is judged only when somebody asks for the losers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from crawler.models import Evidence, Loser

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged(Generic[T]):
    """A candidate and what a rule makes of it: a value, or the reason why it gives none."""

    evidence: Evidence
    value: T | None = None
    reason: str = ""


class Decision(Generic[T]):
    """One field: its value and origin, and on request its losers."""

    def __init__(self, field: str, judged: Iterable[Judged[T]]) -> None:
        self.field = field
        self._passed: list[Judged[T]] = []
        self._left = iter(judged)
        self.winner = next(self._until_one_holds(), None)

    @property
    def value(self) -> T | None:
        """What the winner gives, or None where no candidate holds."""
        return self.winner.value if self.winner else None

    @property
    def origin(self) -> str:
        """Where the winner came from; empty where there is none."""
        return self.winner.evidence.origin if self.winner else ""

    def losers(self) -> list[Loser]:
        """All other candidates with the reason why each lost."""
        self._passed += self._left
        return [
            Loser(self.field, one.evidence.value, one.evidence.origin, one.reason or self._outranked(one))
            for one in self._passed
        ]

    def _until_one_holds(self) -> Iterator[Judged[T]]:
        for one in self._left:
            if one.value is not None:
                yield one
            self._passed.append(one)

    def _outranked(self, loser: Judged[T]) -> str:
        is_peer = loser.evidence.origin == self.origin
        return "another of the same origin stands before it" if is_peer else f"{self.origin} is asked first"


def of_first_origin(field: str, candidates: Sequence[Evidence]) -> tuple[list[Evidence], list[Loser]]:
    """Of a field with many values, those of the first origin that has any; the others lose."""
    first = candidates[0].origin if candidates else ""
    kept = [candidate for candidate in candidates if candidate.origin == first]
    rest = [candidate for candidate in candidates if candidate.origin != first]
    return kept, [Loser(field, one.value, one.origin, f"{first} is asked first") for one in rest]
