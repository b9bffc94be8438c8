"""What the schedule is decided on: how sources stand, when they published, what their answers asked for."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from crawler.models import OLDER, TRAP, Published, Standing
from crawler.storage.checks import IS_BY_PAGE
from crawler.storage.database import moment, stamp
from crawler.storage.shown import IS_SHOWN

WEEKS = timedelta(weeks=4)
MOST_TOLD = 1500  # times of articles, newest first: four weeks of all but portals
MOST_FOUND = 400
_FOUND = ("done", "open", "excluded")


def standings(db: sqlite3.Connection, now: datetime) -> dict[str, Standing]:
    """How each source stands that is not paused.

    Work waits at healthy sources only: one that fails is not asked for more before it is due. What REST or a feed
    carried is looked for with the next poll.
    """
    rows = db.execute(
        f"""select slug, next_due, last_try, failure_points = 0 and pending is not null as walking,
               failure_points = 0 and exists (select 1 from links where source = slug and state = 'open'
                   and origin in ('poll', 'first')
                   and (next_try is null or next_try <= :now)) as waiting,
               failure_points = 0 and exists (select 1 from links l join articles a on a.id = l.article_id
                   where l.source = slug and l.next_check <= :now and l.state = 'done'
                   and {IS_BY_PAGE}) as looking
           from sources where not paused or paused_until <= :now""",
        {"now": stamp(now)},
    )
    return {
        row["slug"]: Standing(
            _moment(row["next_due"]),
            _moment(row["last_try"]),
            waiting=bool(row["waiting"]),
            walking=bool(row["walking"]),
            looking=bool(row["looking"]),
        )
        for row in rows
    }


def published(db: sqlite3.Connection, slug: str, now: datetime) -> Published:
    """When a source published in the last four weeks, as far as its articles tell.

    Articles that only an archive brought count by the time that they give, or not at all.
    """
    start = stamp(now - WEEKS)
    told = db.execute(
        f"""select published from articles
           where source = :slug and {IS_SHOWN} and feed_time > :start and published > :start
               and published_precision in ('minute', 'second') and published_from <> 'first-seen'
           order by feed_time desc limit :most""",
        {"slug": slug, "start": start, "most": MOST_TOLD},
    )
    found = [at for state in _FOUND for at in _found(db, slug, state, start)]
    oldest = [at for state in _FOUND for at in _oldest(db, slug, state)]
    return Published(tuple(moment(row["published"]) for row in told), tuple(found), min(oldest) if oldest else None)


def least_interval(db: sqlite3.Connection, slug: str) -> timedelta | None:
    """How long a source's answers ask to be left alone at the least; None where they do not."""
    row = db.execute("select least_interval from sources where slug = ?", (slug,)).fetchone()
    return timedelta(seconds=row[0]) if row[0] is not None else None


def note_least_interval(db: sqlite3.Connection, slug: str, least: timedelta | None) -> None:
    """Keep what a source's answer asked for."""
    seconds = None if least is None else round(least.total_seconds())
    db.execute(
        "update sources set least_interval = :s where slug = :slug and least_interval is not :s",
        {"s": seconds, "slug": slug},
    )


def _found(db: sqlite3.Connection, slug: str, state: str, start: str) -> list[datetime]:
    """When polls found links whose article gives no time of its own."""
    rows = db.execute(
        """select found_at from (select * from links where source = ? and state = ? and found_at > ?
                                 order by found_at desc limit ?) as found
           left join articles on articles.id = found.article_id
           where found.origin = 'poll' and (found.error is null or found.error not like ? || '%')
               and (found.error is null or found.error not like ? || '%')
               and (articles.id is null or articles.published_precision not in ('minute', 'second')
                    or articles.published_from = 'first-seen')""",
        (slug, state, start, MOST_FOUND, TRAP, OLDER),
    )
    return [moment(row["found_at"]) for row in rows]


def _oldest(db: sqlite3.Connection, slug: str, state: str) -> list[datetime]:
    rows = db.execute(
        "select found_at from links where source = ? and state = ? order by found_at limit 1", (slug, state)
    )
    return [moment(row["found_at"]) for row in rows]


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None
