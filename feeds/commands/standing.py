"""How a source stands, as `status` and `sources` tell it: what the last run left, under the operator's pause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.home import Home
from crawler.models import State
from crawler.storage.health import Pause
from crawler.storage.reading import StoredSource


@dataclass(frozen=True, slots=True)
class Standing:
    """A source's one state with its reason and since; times are aware, None for never."""

    slug: str
    state: State
    is_trouble: bool
    reason: str | None
    since: datetime | None
    incident_since: datetime | None
    last_try: datetime | None
    last_success: datetime | None
    last_new: datetime | None
    next_due: datetime | None
    paused_until: datetime | None
    strategy: str | None
    open_links: int
    articles: int
    quarantined: int

    @property
    def is_noteworthy(self) -> bool:
        """Whether an operator should see it among hundreds."""
        return self.is_trouble or self.state == "paused"


def standings(home: Home, now: datetime) -> list[Standing]:
    """All sources that were ever tried, the worst first; raises StorageError where there is no database yet."""
    from crawler.health import SEVERITY
    from crawler.storage.reading import open_operator

    with open_operator(home.database) as reader:
        pauses = {pause.source: pause for pause in reader.pauses(now)}
        found = [standing(source, pauses.get(source.slug)) for source in reader.sources()]
    return sorted(found, key=lambda one: (not one.is_trouble, SEVERITY.index(one.state), one.slug))


def standing(source: StoredSource, pause: Pause | None) -> Standing:
    """A stored source as it stands."""
    from crawler.health import is_trouble

    until = f" until {pause.until:%Y-%m-%d %H:%M} UTC" if pause and pause.until else ""
    told = f"paused by the operator{until}" + (f": {pause.reason}" if pause and pause.reason else "")
    return Standing(
        slug=source.slug,
        state="paused" if pause else source.state,
        is_trouble=is_trouble("paused" if pause else source.state),
        reason=told if pause else source.reason,
        since=pause.since if pause else source.state_since,
        incident_since=source.incident_since,
        last_try=source.last_try,
        last_success=source.last_success,
        last_new=source.last_new,
        next_due=source.next_due,
        paused_until=pause.until if pause else None,
        strategy=source.strategy,
        open_links=source.open_links,
        articles=source.articles,
        quarantined=source.quarantined,
    )
