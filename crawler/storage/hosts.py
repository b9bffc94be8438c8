"""Servers across runs: until when each wants to be left alone, and its robots.txt as it was last answered."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from crawler.models import KeptRobots
from crawler.storage.database import moment, stamp, transaction

LONGEST = timedelta(hours=25)  # no server is left alone for longer than a day: this is from a clock that ran ahead


def backoffs(db: sqlite3.Connection, now: datetime) -> dict[str, tuple[datetime, str]]:
    """The servers that want to be left alone now: until when, and why."""
    rows = db.execute(
        "select pace_group, backoff_until, reason from hosts where backoff_until > ? and backoff_until <= ?",
        (stamp(now), stamp(now + LONGEST)),
    )
    return {row["pace_group"]: (moment(row["backoff_until"]), row["reason"] or "") for row in rows}


def failures(db: sqlite3.Connection, group: str) -> int:
    """How many runs in a row have ended with a server that had to be left alone."""
    row = db.execute("select failures from hosts where pace_group = ?", (group,)).fetchone()
    return int(row["failures"]) if row else 0


def leave_alone(db: sqlite3.Connection, group: str, until: datetime, reason: str, failures: int) -> None:
    """Ask a server nothing before a time."""
    db.execute(
        """insert into hosts (pace_group, backoff_until, reason, failures) values (?, ?, ?, ?)
           on conflict (pace_group) do update set backoff_until = excluded.backoff_until, reason = excluded.reason,
               failures = excluded.failures""",
        (group, stamp(until), reason, failures),
    )


def forgive(db: sqlite3.Connection, group: str) -> None:
    """Forget a server's failures, as it answers."""
    db.execute("delete from hosts where pace_group = ?", (group,))


class RobotsTable:
    """The robots.txt of all origins, as `crawler.middlewares.robots` asks for them; `now` is that of the run."""

    def __init__(self, db: sqlite3.Connection, now: datetime) -> None:
        self.db, self.now = db, now

    def get(self, origin: str) -> KeptRobots | None:
        """What an origin (scheme, host and port) last answered; None where it was never asked."""
        row = self.db.execute("select * from robots where origin = ?", (origin,)).fetchone()
        if row is None:
            return None
        good_at = moment(row["good_at"]) if row["good_at"] else None
        return KeptRobots(row["status"], row["body"], moment(row["fetched_at"]), good_at)

    def keep(self, origin: str, status: int | None, body: str | None) -> None:
        """Store an answer that is one (`body` is not None), or that there was none: the last good one stays."""
        at, is_good = stamp(self.now), body is not None
        with transaction(self.db):
            self.db.execute(
                """insert into robots (origin, status, body, fetched_at, good_at) values (?, ?, ?, ?, ?)
                   on conflict (origin) do update set status = excluded.status, fetched_at = excluded.fetched_at,
                       body = coalesce(excluded.body, body), good_at = coalesce(excluded.good_at, good_at)""",
                (origin, status, body, at, at if is_good else None),
            )
