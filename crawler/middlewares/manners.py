"""What a run knows beforehand of the servers that it asks, and what it learns of them: given on a spider as `manners`.

Nothing here opens a database: `crawler.run` hands in what earlier runs left, and stores what this one leaves.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol

from crawler.models import KeptRobots, Parting

PATIENCE = 8  # failures in a row, which a single broken page cannot reach with its three repeats
TOO_OFTEN = "answered HTTP 429"


class RobotsStore(Protocol):
    """Where robots.txt is kept from one run to the next."""

    @property
    def now(self) -> datetime:
        """The time of the run."""

    def get(self, origin: str) -> KeptRobots | None:
        """What an origin answered last; None where it was never asked."""

    def keep(self, origin: str, status: int | None, body: str | None) -> None:
        """Store an answer; `body` is None where it was none that counts."""


class NoStore:
    """Keeps nothing: for a single page, and a probe."""

    @property
    def now(self) -> datetime:
        """The time, as nobody says otherwise."""
        return datetime.now(UTC)

    def get(self, origin: str) -> None:
        """Nothing is known."""

    def keep(self, origin: str, status: int | None, body: str | None) -> None:
        """Nothing is kept."""


@dataclass(slots=True)
class Gate:
    """The way to one server: who is on it, since when it is used and how often, when the next may follow.

    `passed` is when the last one did. `failures` are in a row. `asked` tells whether the wait is the server's own wish,
    `spacing` is a crawl-delay (s) that is too long to wait for in a run.
    """

    since: float = field(default_factory=monotonic)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    opens: float = 0.0
    failures: int = 0
    requests: int = 0
    spacing: float = 0.0
    asked: bool = False
    reason: str = ""
    passed: float = 0.0

    def enter(self) -> None:
        """Note that a request passes now."""
        self.requests += 1
        self.passed = monotonic()
        self.space()

    def space(self) -> None:
        """Open no earlier than the crawl-delay has it, counted from the last request."""
        if self.spacing and self.passed:
            self.opens = max(self.opens, self.passed + self.spacing)


@dataclass(slots=True)
class Manners:
    """Robots.txt of earlier runs, and a gate for each server, by the pace group."""

    robots: RobotsStore = field(default_factory=NoStore)
    gates: defaultdict[str, Gate] = field(default_factory=lambda: defaultdict(Gate))

    def partings(self) -> Iterator[Parting]:
        """What is to be remembered of each server that was asked."""
        for group, gate in self.gates.items():
            wait = gate.opens - monotonic()
            if gate.failures and gate.asked and wait > 0:
                yield Parting(group, True, wait, gate.reason)
            elif gate.failures >= PATIENCE or (gate.failures and gate.reason == TOO_OFTEN):
                yield Parting(group, True, None, gate.reason)
            elif not gate.failures and gate.requests:
                is_spaced = gate.spacing > 0 and wait > 0
                yield Parting(group, False, wait if is_spaced else 0.0, "its crawl-delay is long" if is_spaced else "")
