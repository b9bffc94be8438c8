"""What the tests of discovering share: sources, pages, and a driver that follows a strategy's steps to their end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from crawler import discover
from crawler.models import Discovery, Link, Page, Source, SourceState, Step, Strategy
from crawler.text.urls import url_key

SOURCE = Source(slug="koran", name="Koran Contoh", kind="press", homepage="https://koran.example/")
FIRST = SourceState("koran")

Server = Callable[[str], bytes]


def poll(known: Iterable[str] = (), cursor: str | None = None) -> SourceState:
    """A state after a first crawl that stored the articles with these addresses."""
    return SourceState("koran", first=False, cursor=cursor, known=frozenset(url_key(url) for url in known))


def read(strategy: Strategy, body: bytes, state: SourceState = FIRST, step: Step | None = None) -> Discovery:
    """Read one answer, of the first step unless another is given."""
    step = step or discover.first_step(strategy, state)
    return discover.read(strategy, SOURCE, state, step, Page(url=step.url, body=body))


@dataclass
class Walk:
    """What a strategy asked and found: one entry per request."""

    urls: list[str] = field(default_factory=list)
    found: list[Discovery] = field(default_factory=list)

    @property
    def links(self) -> list[Link]:
        """All links in the order in which they were found."""
        return [link for discovery in self.found for link in discovery.links]

    @property
    def cursor(self) -> str | None:
        """The last cursor that was given, which is the one that a database would hold."""
        return next((found.cursor for found in reversed(self.found) if found.cursor), None)


def walk(
    strategy: Strategy,
    server: Server,
    state: SourceState = FIRST,
    *,
    now: datetime | None = None,
    most: int = 200,
) -> Walk:
    """Follow a strategy from its first step to its end, or through `most` requests."""
    taken = Walk()
    step: Step | None = discover.first_step(strategy, state)
    while step and len(taken.urls) < most:
        page = Page(url=step.url, body=server(step.url))
        found = discover.read(strategy, SOURCE, state, step, page, now=now)
        taken.urls.append(step.url)
        taken.found.append(found)
        step = found.next
    return taken
