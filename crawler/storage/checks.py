"""Checks: when stored articles are looked at again, kept on the link that led to each of them last."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

from crawler.models import Check, Link, Validators
from crawler.storage.database import moment, stamp
from crawler.storage.links import hints_of, link_of

MOST_DUE = 50  # articles of a source that one run looks at again
MOST_CONTROLS = 5

CARRIED = ("rest", "feed")  # extractors of articles that came without their page
IS_BY_PAGE = f"a.extractor not in {CARRIED}"

_CHECK = """select l.url, l.source, l.origin, l.hints, l.recheck_step, l.next_check, l.gone_seen, l.article_id,
        l.found_at, a.url as home, a.title, a.extractor, a.removed is not null as is_removed, f.etag, f.last_modified,
        (select value from article_aliases n
            where n.article_id = a.id and n.kind = 'native' and n.value like 'wp:%' limit 1) as native
    from links l join articles a on a.id = l.article_id left join fetches f on f.url = l.url and f.strategy is null"""


def due(db: sqlite3.Connection, source: str, now: datetime, *, only_pages: bool = False) -> tuple[Check, ...]:
    """The articles of a source whose time has come, newest first; `only_pages`: those that a poll cannot tell of."""
    rows = db.execute(
        f"""{_CHECK} where l.source = ? and l.next_check is not null and l.next_check <= ? and l.state = 'done'
                {f"and {IS_BY_PAGE}" if only_pages else ""}
            order by l.found_at desc limit ?""",
        (source, stamp(now), MOST_DUE),
    )
    return tuple(map(_check, rows))


def controls(db: sqlite3.Connection, source: str, now: datetime) -> tuple[Check, ...]:
    """The newest articles of a source that nothing speaks against, and whose time has not come."""
    rows = db.execute(
        f"""{_CHECK} where l.source = ? and l.state = 'done' and (l.next_check is null or l.next_check > ?)
                and l.gone_seen is null and a.removed is null
            order by l.found_at desc limit ?""",
        (source, stamp(now), MOST_CONTROLS),
    )
    return tuple(replace(_check(row), is_control=True) for row in rows)


def plan(db: sqlite3.Connection, link: Link, article_id: int, look: tuple[int, datetime] | None) -> None:
    """Look at an article again by this link, on a rung and at a time, and by no other; None: never.

    What the link told of the article is kept for as long: without it the same page would read otherwise.
    """
    rung, at = look or (0, None)
    db.execute(
        "update links set recheck_step = ?, next_check = ?, hints = ? where url = ?",
        (rung, stamp(at) if at else None, hints_of(link) if at else None, link.url),
    )
    db.execute(
        "update links set next_check = null, hints = null where article_id = ? and url <> ? and next_check is not null",
        (article_id, link.url),
    )


def move(db: sqlite3.Connection, url: str, rung: int, at: datetime | None) -> None:
    """Note that an article was looked at; without a next time, its link's hints have served."""
    db.execute(
        "update links set recheck_step = ?, next_check = ?, hints = iif(?, hints, null) where url = ?",
        (rung, stamp(at) if at else None, at is not None, url),
    )


def suspect(db: sqlite3.Connection, url: str, now: datetime, at: datetime) -> None:
    """Note that an article's site says that it is gone, and when to ask once more."""
    db.execute("update links set gone_seen = ?, next_check = ? where url = ?", (stamp(now), stamp(at), url))


def clear(db: sqlite3.Connection, article_id: int) -> None:
    """Forget that an article was seen gone, as it was seen; writes nothing where it was not."""
    db.execute("update links set gone_seen = null where article_id = ? and gone_seen is not null", (article_id,))


def _check(row: sqlite3.Row) -> Check:
    link = link_of(row)
    return Check(
        link=link if link.title else replace(link, title=row["title"]),
        article_id=row["article_id"],
        home=row["home"],
        due_at=moment(row["next_check"] or row["found_at"]),
        native=row["native"],
        is_carried=row["extractor"] in CARRIED,
        validators=Validators(row["etag"], row["last_modified"]),
        rung=row["recheck_step"],
        gone_since=moment(row["gone_seen"]) if row["gone_seen"] else None,
        is_removed=bool(row["is_removed"]),
    )
