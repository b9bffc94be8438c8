"""How sources fare: what their state is decided from, the state itself, incidents, and pauses by the operator."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.models import Ended, History, Move, Sample, Source, Spell
from crawler.storage import sources
from crawler.storage.articles import FIRST_SEEN
from crawler.storage.database import moment, next_change, stamp
from crawler.storage.shown import IS_SHOWN

SAMPLES = 45  # newest articles that tell what a source's pages used to have ...
TIMES = 5_000  # ... and, where the newest of all is some days old, how often it publishes
DAYS = timedelta(days=4)

# What an operator is told of a move; the others are no news.
_TOLD: dict[Move, str] = {"open": "opened", "reopen": "opened", "close": "closed"}


@dataclass(frozen=True, slots=True)
class Pause:
    """A source that the operator paused; `until` is None where only `resume` ends it."""

    source: str
    since: datetime
    reason: str | None = None
    until: datetime | None = None


def history(db: sqlite3.Connection, slug: str, now: datetime) -> History:
    """What is stored of a source's past, as far as its state depends on it."""
    newest = f"from articles where source = ? and {IS_SHOWN} order by feed_time desc, entry_id limit ?"
    rows = db.execute(
        f"""select entered, author is not null as author, published_from <> ? as published,
                image is not null as image, length(body_text) as size {newest}""",
        (FIRST_SEEN, slug, SAMPLES),
    )
    samples = sorted(map(_sample, rows), key=lambda sample: sample.entered, reverse=True)
    entered = tuple(sample.entered for sample in samples)
    if entered and now - entered[0] > DAYS:
        times = db.execute(f"select entered {newest}", (slug, TIMES))
        entered = tuple(sorted((moment(row["entered"]) for row in times), reverse=True))
    first = db.execute("select min(found_at) as at from links where source = ?", (slug,)).fetchone()["at"]
    unread, reason = _unread(db, slug)
    return History(
        entered=entered,
        samples=tuple(samples),
        watched_since=moment(first) if first else None,
        unread=unread,
        unread_reason=reason,
    )


def failures(db: sqlite3.Connection, slug: str) -> int:
    """How often in a row a source has failed."""
    return int(db.execute("select failure_points from sources where slug = ?", (slug,)).fetchone()[0])


def end(db: sqlite3.Connection, ended: Ended, next_due: datetime, now: datetime) -> None:
    """Note how a source's part of a run ended."""
    row = db.execute("select state, reason from sources where slug = ?", (ended.source,)).fetchone()
    db.execute(
        """update sources set last_try = :now, next_due = :due, failure_points = iif(:ok, 0, failure_points + 1),
               last_success = iif(:ok, :now, last_success), strategy = coalesce(:strategy, strategy)
           where slug = :slug""",
        {
            "now": stamp(now),
            "due": stamp(next_due),
            "ok": ended.ok,
            "strategy": ended.strategy,
            "slug": ended.source,
        },
    )
    if (row["state"], row["reason"]) != (ended.state, ended.reason):
        db.execute(
            """update sources set state_since = iif(state = :state, state_since, :now), state = :state,
                   reason = :reason, change = :change, changed_at = :now where slug = :slug""",
            {
                "state": ended.state, "reason": ended.reason, "now": stamp(now), "change": next_change(db),
                "slug": ended.source,
            },
        )  # fmt: skip


def last_spell(db: sqlite3.Connection, slug: str) -> Spell | None:
    """The last incident of a source, open or closed; None where it never had one."""
    row = db.execute("select * from incidents where source = ? order by id desc limit 1", (slug,)).fetchone()
    if row is None:
        return None
    closed = row["closed_at"]
    return Spell(
        opened_at=moment(row["opened_at"]),
        seen_at=moment(row["seen_at"] or row["opened_at"]),
        closed_at=moment(closed) if closed else None,
        reopened=row["reopened"],
    )


def note_incident(db: sqlite3.Connection, ended: Ended, move: Move | None, now: datetime) -> str | None:
    """Do to a source's last incident what was decided; returns `opened` or `closed` where that is news."""
    if move == "open":
        db.execute(
            "insert into incidents (source, state, reason, opened_at, seen_at) values (?, ?, ?, ?, ?)",
            (ended.source, ended.state, ended.reason, stamp(now), stamp(now)),
        )
    elif move in ("reopen", "go on"):
        db.execute(
            """update incidents set state = ?, reason = ?, seen_at = ?, closed_at = null, reopened = reopened + ?
               where id = (select max(id) from incidents where source = ?)""",
            (ended.state, ended.reason, stamp(now), move == "reopen", ended.source),
        )
    elif move == "close":
        db.execute(
            "update incidents set closed_at = ? where source = ? and closed_at is null", (stamp(now), ended.source)
        )
    return _TOLD.get(move) if move else None


def pause(db: sqlite3.Connection, source: Source, reason: str | None, until: datetime | None, now: datetime) -> bool:
    """Leave a source alone from now on; False where it is paused already, whose reason and end are then replaced.

    Inside the caller's transaction, as `resume`.
    """
    sources.save(db, [source], now)
    is_paused = source.slug in {one.source for one in paused(db, now)}
    db.execute(
        """update sources set paused = 1, paused_at = iif(?, paused_at, ?), paused_reason = ?, paused_until = ?
           where slug = ?""",
        (is_paused, stamp(now), reason, stamp(until) if until else None, source.slug),
    )
    return not is_paused


def resume(db: sqlite3.Connection, slug: str) -> bool:
    """Ask a source again, at once; False where it was not paused."""
    done = db.execute(
        """update sources set paused = 0, paused_at = null, paused_reason = null, paused_until = null, next_due = null
           where slug = ? and paused""",
        (slug,),
    )
    return bool(done.rowcount)


def paused(db: sqlite3.Connection, now: datetime) -> list[Pause]:
    """The sources that are paused now, by slug."""
    rows = db.execute(
        f"""select slug, paused_at, paused_reason, paused_until, last_try, changed_at from sources
            where {IS_PAUSED} order by slug""",
        {"now": stamp(now)},
    )
    return [
        Pause(
            row["slug"],
            moment(row["paused_at"] or row["last_try"] or row["changed_at"]),
            row["paused_reason"],
            moment(row["paused_until"]) if row["paused_until"] else None,
        )
        for row in rows
    ]


IS_PAUSED = "paused and (paused_until is null or paused_until > :now)"


def keep_running(db: sqlite3.Connection, wanted: Iterable[Source], now: datetime) -> tuple[list[Source], list[Pause]]:
    """Those of some sources that are not paused, and the pauses of the others."""
    pauses = {one.source: one for one in paused(db, now)}
    chosen = list(wanted)
    return [one for one in chosen if one.slug not in pauses], [pauses[s.slug] for s in chosen if s.slug in pauses]


def _sample(row: sqlite3.Row) -> Sample:
    return Sample(moment(row["entered"]), bool(row["author"]), bool(row["published"]), bool(row["image"]), row["size"])


def _unread(db: sqlite3.Connection, slug: str) -> tuple[int, str | None]:
    """How many links were found since the last that became an article, all tried in vain, and what was said of one."""
    row = db.execute(
        """select count(*) as number, max(error) as error from links
           where source = :slug and state in ('open', 'failed') and attempts > 0 and origin in ('poll', 'first')
               and found_at > coalesce(
                   (select max(found_at) from links where source = :slug and state = 'done'), '')""",
        {"slug": slug},
    ).fetchone()
    return row["number"], row["error"]
