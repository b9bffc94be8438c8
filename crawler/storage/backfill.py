"""Backfills: where the walk through a source's archive goes on, and what it has brought; polls never see it."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from crawler.models import Backfill, Discovered, SourceState
from crawler.storage import links
from crawler.storage.database import moment, stamp
from crawler.storage.sources import step_of, told_step, ways_of


def begin(db: sqlite3.Connection, slug: str, since: datetime, now: datetime) -> Backfill:
    """The source's backfill down to `since`: the one that was broken off, else a new one."""
    stored = read(db, slug)
    if stored and stored.since == since:
        return stored
    told = {"since": since.isoformat(), "started_at": stamp(now), "strategy": None, "step": None}
    db.execute("update sources set backfill = ? where slug = ?", (json.dumps(told), slug))
    return Backfill(slug, since, moment(stamp(now)))


def read(db: sqlite3.Connection, slug: str) -> Backfill | None:
    """The backfill that a source is in."""
    row = db.execute("select backfill from sources where slug = ?", (slug,)).fetchone()
    if row["backfill"] is None:
        return None
    told = json.loads(row["backfill"])
    return Backfill(
        source=slug,
        since=moment(told["since"]),
        started_at=moment(told["started_at"]),
        strategy=told["strategy"],
        step=step_of(told["step"]) if told["step"] else None,
    )


def state(db: sqlite3.Connection, walk: Backfill, now: datetime) -> SourceState:
    """What a spider must know to go on: as before a first crawl, but for the links that need no fetch."""
    row = db.execute("select ways from sources where slug = ?", (walk.source,)).fetchone()
    return SourceState(
        slug=walk.source,
        ways=ways_of(row["ways"]),
        pending=(walk.strategy, walk.step) if walk.strategy and walk.step else None,
        open_links=links.waiting_in_backfill(db, walk.source, now),
        known=links.known_to_backfill(db, walk.source),
        since=walk.since,
    )


def note(db: sqlite3.Connection, found: Discovered) -> None:
    """Keep the step that follows, in the transaction that stores what came before it."""
    step = json.dumps(told_step(found.next)) if found.next else "null"
    db.execute(
        "update sources set backfill = json_set(backfill, '$.strategy', ?, '$.step', json(?)) where slug = ?",
        (found.strategy, step, found.source),
    )


def end(db: sqlite3.Connection, slug: str) -> None:
    """Forget a backfill that has come to its end."""
    db.execute("update sources set backfill = null where slug = ?", (slug,))


def brought(db: sqlite3.Connection, walk: Backfill) -> tuple[int, datetime | None, int]:
    """How many articles a backfill has stored so far, when the oldest was published, how many links still wait."""
    row = db.execute(
        """select count(distinct a.id) as found, min(a.published) as oldest from links l
           join articles a on a.id = l.article_id
           where l.source = ? and l.state = 'done' and l.origin = 'backfill' and a.first_seen >= ?""",
        (walk.source, stamp(walk.started_at)),
    ).fetchone()
    oldest = moment(row["oldest"]) if row["oldest"] else None
    return int(row["found"]), oldest, links.open_in_backfill(db, walk.source)
