"""Who, where and what an article tells of, each with the words that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["subject", "mention"]
PlaceKind = Literal["province", "city"]


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A prison or office that an article names; `weight` 0 to 1, of the subject 1."""

    id: str
    name: str
    role: Role
    weight: float
    evidence: str


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A province or city that an article tells of; `weight` 0 to 1."""

    id: str
    name: str
    kind: PlaceKind
    weight: float
    evidence: str


@dataclass(frozen=True, slots=True)
class TopicFact:
    """A topic of an article; `weight` 0 to 1, of the strongest 1."""

    id: str
    name: str
    weight: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article tells of: units subject first, places and topics strongest first.

    `province` is a name as in the gazetteer; None where the article shows none. `unresolved` are names that may mean
    several units, each with its candidates: evidence for people, no fact.
    """

    units: tuple[UnitFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()
    topics: tuple[TopicFact, ...] = ()
    province: str | None = None
    unresolved: tuple[str, ...] = ()
