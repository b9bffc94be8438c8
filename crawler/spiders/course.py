"""How far a backfill has come, told from the dates of what it met, and how long the rest may take. No clock in it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FRONT = 10  # articles whose newest tells how far a walk has come: a single old one among new ones does not
LEAST_COVERED = timedelta(days=1)  # from less, nothing can be told of the rest


@dataclass(slots=True)
class Course:
    """A backfill's course down to `since`; times are aware.

    `found` counts its articles, `oldest` is the earliest of them, `waiting` counts links that are still open. `top` and
    `reached` are where it was first seen and where it is now: all that is newer has been met. `notes` tell what
    rules and bounds left out, `in_vain` counts the pages since the last one that was an article.
    """

    since: datetime
    found: int = 0
    oldest: datetime | None = None
    waiting: int = 0
    top: datetime | None = None
    reached: datetime | None = None
    in_vain: int = 0
    notes: list[str] = field(default_factory=list)
    recent: deque[datetime] = field(default_factory=lambda: deque(maxlen=FRONT))

    def meet(self, published: datetime) -> None:
        """Go on past an article, new or known, in the order of the walk."""
        self.recent.append(published)
        front = max(self.recent)
        self.reached = min(self.reached or front, front)
        self.top = self.top or front

    def keep(self, published: datetime) -> None:
        """Note the date of an article that is kept."""
        self.oldest = min(self.oldest or published, published)

    def remaining(self, elapsed: timedelta) -> timedelta | None:
        """How long the rest may take, if it is like what `elapsed` was spent on; None where nothing tells."""
        if self.top is None or self.reached is None or self.top - self.reached < LEAST_COVERED:
            return None
        return elapsed * (max(self.reached - self.since, timedelta()) / (self.top - self.reached))
