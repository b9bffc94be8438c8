"""One source on its way through a run: which strategy is next, what was tried, what became of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from crawler.discover import first_step
from crawler.discover.walk import FIRST_LINKS, MOST_LINKS
from crawler.health import Course, Problem, judge
from crawler.middlewares.address import PRIVATE_HOSTS
from crawler.models import Check, Discovery, Ended, History, Link, Probed, Source, SourceState, Step, Strategy
from crawler.removal import LEAST_LOOKED, Look, doubt
from crawler.text.urls import host, url_key

REACHING_BACK = ("sitemap", "listing")  # kinds of ways that lead to older articles, the better first
# What a way's failure looks like when the site has changed.
_REDESIGNED = frozenset({"malformed", "gone", "empty", "refused"})
_DOWN = frozenset({"failing", "dns/tls"})
_SERVED = frozenset({"drift", "silent"})  # trouble of a source that answers as it should
MOST_RECORDED = 200  # addresses left out by rule that one run records of a source ...
MOST_COUNTED = 20_000  # ... and that it counts
PAGE_LIMIT = 500  # article pages a source is asked for in one run; further links stay open for the next


@dataclass(slots=True)
class SourceCrawl:
    """A source's course so far; the spider's only memory of a run.

    `least` is how long its answer asks to be left alone, where `was_unchanged` beside what an earlier one asked for.
    `postponed` tells why its server was not asked at all for it, so that it is as due as before.
    """

    source: Source
    state: SourceState
    tried: list[tuple[Strategy, Problem]] = field(default_factory=list)
    pages: list[Problem | None] = field(default_factory=list)
    served: Strategy | None = None
    asked: set[str] = field(default_factory=set)
    untried: Iterator[Strategy] = field(init=False)
    private: frozenset[str] = field(init=False)
    probed: bool = False
    unfound: Problem | None = None
    notes: list[str] = field(default_factory=list)
    traps: set[str] = field(default_factory=set)
    history: Strategy | None = None
    behind: tuple[tuple[int, Strategy], ...] = ()
    least: timedelta | None = None
    was_unchanged: bool = False
    postponed: str | None = None
    looks: list[Look] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    checks: tuple[Check, ...] = field(init=False)
    controls: tuple[Check, ...] = field(init=False)

    def __post_init__(self) -> None:
        """The record's order in every run: a way that failed once must not be given up for a lesser one.

        Behind the record's ways, or instead of them, come those that a probe found.
        """
        self.untried = iter(dict.fromkeys((*self.source.discover, *self.state.ways)))
        self.private = hosts_of(self.source) if self.source.allow_private else frozenset()
        # Those that lead to older articles; how many each names is known after a probe only.
        self.behind = tuple(
            (MOST_LINKS, way)
            for kind in REACHING_BACK
            for way in (*self.source.discover, *self.state.ways)
            if way.type == kind and (kind == "sitemap" or way.paging)
        )
        self.checks = self.state.checks
        # As few articles tell nothing of a site, others are looked at with them as soon as one of them seems gone.
        self.controls = self.state.controls[: max(0, LEAST_LOOKED - len(self.checks))]

    def may_probe(self) -> bool:
        """Whether to look for other ways: none works, and not because the server is down or leaves us out."""
        is_theirs = all(problem.state in _REDESIGNED for _, problem in self.tried)
        return not self.probed and self.served is None and is_theirs

    def go_by(self, probed: Probed) -> None:
        """Go on with the ways that a probe found."""
        self.untried = iter(probed.ways)
        # A listing with pages names any number.
        self.behind = tuple(
            (MOST_LINKS if tried.strategy.paging else tried.links, tried.strategy)
            for kind in REACHING_BACK
            for tried in probed.tried
            if tried.rank is not None and tried.strategy.type == kind
        )
        if not probed.ways and probed.problem and (probed.requests > 1 or self.unfound is None):
            self.unfound = Problem("empty", probed.problem)

    def way_back(self, strategy: Strategy, step: Step, found: Discovery) -> tuple[Strategy, Step] | None:
        """Another way that reaches further back, for a first crawl whose feed has no older page, or only says so.

        A feed is the best way to what is new and may hold no more than that; later polls ask it alone.
        """
        number = step.found + len(found.links)
        is_short = self.state.first and number < FIRST_LINKS and (step.number == 1 or found.told is not None)
        if found.next or strategy.type != "feed" or strategy != self.served or not is_short or self.history:
            return None
        return self.broken_off(strategy) or self._go_back((way for links, way in self.behind if links > number))

    def broken_off(self, strategy: Strategy) -> tuple[Strategy, Step] | None:
        """The walk of an earlier run that another way than this one still has to end."""
        if self.state.pending is None or self.state.pending[0] == str(strategy) or self.history:
            return None
        return self._go_back(way for _, way in self.behind if self.state.pending and str(way) == self.state.pending[0])

    def _go_back(self, ways: Iterable[Strategy]) -> tuple[Strategy, Step] | None:
        self.history = next(iter(ways), None)
        return (self.history, self.first_step(self.history)) if self.history else None

    def serve(self, strategy: Strategy) -> None:
        """Note which way has answered; the one that only reaches back does not take the place of the best."""
        if strategy != self.history:
            self.served = strategy

    def meta(self) -> dict[str, object]:
        """What middlewares must know of the source a request is for."""
        return {"download_slot": self.source.pace_group, PRIVATE_HOSTS: self.private}

    def first_step(self, strategy: Strategy) -> Step:
        """Where to begin with a strategy: where its last walk was broken off, else at its beginning."""
        if self.state.pending and self.state.pending[0] == str(strategy):
            return self.state.pending[1]
        return first_step(strategy, self.state)

    def is_resumed(self, step: Step) -> bool:
        """Whether a step continues a walk of an earlier run."""
        return self.state.pending is not None and step is self.state.pending[1]

    def forget_walk(self) -> None:
        """Go on as a poll: what the broken walk yielded is known, and walking it again would be no better."""
        self.state = replace(self.state, pending=None, first=False)

    def wants(self, link: Link) -> bool:
        """Whether a link's page is to be asked for in this run."""
        return self.may_ask(link.url)

    def may_ask(self, url: str) -> bool:
        """Whether a page is to be asked for in this run: once, and within what a source may cost."""
        key = url_key(url)
        if key in self.asked or len(self.asked) >= PAGE_LIMIT:
            return False
        self.asked.add(key)
        return True

    @property
    def unasked(self) -> str | None:
        """Why its server was not asked for it in this run; None where it was."""
        if self.state.polls:
            return self.postponed if self.served is None else None
        return None if self.pages or self.looks else "its server had no time for what is left over"

    @property
    def was_in_vain(self) -> bool:
        """Whether no page told anything of a stored article, and no poll why: so none of them was looked at."""
        return not self.state.polls and bool(self.looks) and all(look.answer == "unclear" for look in self.looks)

    @property
    def is_down(self) -> bool:
        """Whether a way of its own got no answer: what else is not asked for that reason is no matter of its turn."""
        return any(problem.state in _DOWN for _, problem in self.tried)

    @property
    def turn(self) -> int:
        """A page's priority: each source's first page comes before the second one of another on the same server."""
        return -len(self.asked)

    def take_checks(self) -> tuple[Check, ...]:
        """The stored articles to be looked at again, once."""
        checks, self.checks = self.checks, ()
        return checks

    def take_controls(self) -> tuple[Check, ...]:
        """Other stored articles by which to judge those that seem gone, once."""
        controls, self.controls = self.controls, ()
        return controls

    @property
    def doubt(self) -> str | None:
        """Why none of its articles is taken for removed in this run, though many seem gone."""
        return doubt(self.looks)

    def note(self, strategy: Strategy, told: str | None) -> None:
        """Keep what a bound ended or left undone, for the operator."""
        if told:
            self.notes.append(f"{strategy}: {told}")

    def leave_out(self, excluded: Iterable[tuple[Link, str]]) -> Iterator[tuple[Link, str]]:
        """Those of the addresses left out by rule that are to be recorded; the others are only counted."""
        for link, reason in excluded:
            key = url_key(link.url)
            if key in self.traps or len(self.traps) >= MOST_COUNTED:
                continue
            self.traps.add(key)
            if len(self.traps) <= MOST_RECORDED:
                yield link, reason

    @property
    def told(self) -> list[str]:
        """What rules and bounds have left out in this run, in words."""
        more = len(self.traps) - MOST_RECORDED
        count = f"{more:,} more" if len(self.traps) < MOST_COUNTED else f"at least {more:,} more"
        unrecorded = [f"{count} addresses were left out by rule and not recorded"] if more > 0 else []
        return [*dict.fromkeys(self.notes), *unrecorded]

    def ended(self, new: int, history: History, now: datetime) -> Ended:
        """How the source's part of the run ended, given how many of its articles are new, and its past."""
        problems = [problem for _, problem in self.tried] + ([self.unfound] if self.unfound else [])
        is_served = self.served is not None or not self.state.polls
        course = Course(problems, is_served, self.pages, new, self.source.zone)
        verdict = judge(course, history, now)
        passed_over = "; ".join(f"{strategy} failed: {problem.reason}" for strategy, problem in self.tried)
        strategy = str(self.served) if self.served else None
        if isinstance(verdict, Problem):
            reason = passed_over if self.served is None and passed_over else verdict.reason
            return Ended(self.source.slug, verdict.state in _SERVED, verdict.state, reason, strategy)
        if self.doubt:
            return Ended(self.source.slug, True, "gone", self.doubt, strategy)
        told = "; ".join(filter(None, (passed_over, *self.told)))
        return Ended(self.source.slug, True, verdict, told or None, strategy)


def hosts_of(source: Source) -> frozenset[str]:
    """The hosts that a record names."""
    return frozenset(host(url) for url in (source.homepage, *(strategy.url for strategy in source.discover)))
