"""Whose turn it is, and when the next one comes: what storage holds, handed to `crawler.due`, and what that decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler import due
from crawler.models import Ended, Parting, Source, Standing
from crawler.storage import health, hosts, schedule


@dataclass(frozen=True, slots=True)
class Work:
    """A source that a run takes on; with its standing where it is not polled, only pages of it are asked for."""

    source: Source
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What a source's answer asked for, and whether it was no more than that nothing has changed.

    `was_in_vain`: it was not polled, and none of its pages told anything.
    """

    least: timedelta | None = None
    was_unchanged: bool = False
    was_in_vain: bool = False


def work(
    db: sqlite3.Connection, given: Sequence[Source], now: datetime, *, only_due: bool
) -> tuple[list[Work], dict[str, str]]:
    """What to crawl, who has waited longest first, and who would be but for a server that wants to be left alone."""
    standings, backoffs = schedule.standings(db, now), hosts.backoffs(db, now)
    taken, postponed = [], {}
    for source in given:
        standing = standings.get(source.slug)
        turn = due.turn(source, standing, now) if standing else None
        if only_due and turn is None:
            continue
        if source.pace_group in backoffs:
            postponed[source.slug] = told(*backoffs[source.pace_group])
        else:
            taken.append(Work(source, standing if only_due and turn == "links" else None))
    taken.sort(key=lambda one: due.urgency(standings.get(one.source.slug, Standing())))
    return taken, postponed


def told(until: datetime, reason: str) -> str:
    """Why a server is not asked, in words."""
    return f"its server {reason} and is left alone until {until:%Y-%m-%d %H:%M}Z"


def next_due(db: sqlite3.Connection, one: Work, ended: Ended, heard: Heard, now: datetime) -> datetime:
    """When a source is asked again; one of which pages alone were asked for is due when it was before.

    It is polled at once where those were silent: the poll will tell whether it is the site. Keeps what its answer asked
    for.
    """
    source = one.source
    if not ended.ok:
        return due.after_failure(source, ended.state, health.failures(db, source.slug) + 1, now)
    if one.standing and one.standing.next_due:
        return min(now, one.standing.next_due) if heard.was_in_vain else one.standing.next_due
    known = schedule.least_interval(db, source.slug) if heard.was_unchanged else None
    least = max(filter(None, (known, heard.least)), default=None)
    schedule.note_least_interval(db, source.slug, least)
    return due.next_poll(source, schedule.published(db, source.slug, now), least, now)


def part(db: sqlite3.Connection, partings: Iterable[Parting], now: datetime) -> None:
    """Remember which servers want to be left alone and until when, and forget what those did that answer now."""
    for parting in partings:
        failures = hosts.failures(db, parting.group) + 1 if parting.failed else 0
        wait = due.waited(due.HOST, failures) if parting.wait is None else due.bounded(parting.wait)
        if wait:
            hosts.leave_alone(db, parting.group, now + wait, parting.reason, failures)
        else:
            hosts.forgive(db, parting.group)
