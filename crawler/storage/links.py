"""Links: every discovered address, until it is stored, excluded or given up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from crawler.models import OLDER, TRAP, Link, LinkState, Origin
from crawler.storage.database import stamp
from crawler.text.urls import url_key

KNOWN_LIMIT = 5000  # addresses of a source that a spider is told to be known, newest first
OPEN_LIMIT = 500  # waiting links that one run takes on
MOST_TRAPS = 500  # addresses of a source that are kept only to show which a rule leaves out

_HINTS = tuple(field.name for field in fields(Link) if field.name not in ("url", "source", "origin", "body"))


def add(db: sqlite3.Connection, links: Iterable[Link], now: datetime) -> None:
    """Note links that are not known yet as open, in the order given.

    A poll takes over what a backfill left open, a backfill what an earlier one with a later date left out.
    """
    db.executemany(
        """insert into links (url, source, origin, state, found_at, hints) values (?, ?, ?, 'open', ?, ?)
           on conflict (url) do update set state = 'open', origin = excluded.origin
               where iif(excluded.origin = 'backfill', state = 'excluded' and error like ? || '%',
                         state = 'open' and links.origin = 'backfill')""",
        [(link.url, link.source, link.origin, stamp(now), hints_of(link), OLDER) for link in links],
    )


def finish(db: sqlite3.Connection, link: Link, article_id: int, now: datetime) -> None:
    """Mark a link as stored, in the transaction that stores its article."""
    db.execute(
        """insert into links (url, source, origin, state, found_at, article_id) values (?, ?, ?, 'done', ?, ?)
           on conflict (url) do update
               set state = 'done', article_id = excluded.article_id, hints = null, error = null, next_try = null
               where state <> 'done' or article_id is not excluded.article_id""",
        (link.url, link.source, link.origin, stamp(now), article_id),
    )


def article_of(db: sqlite3.Connection, url: str) -> int | None:
    """The article that a link was stored as."""
    row = db.execute("select article_id from links where url = ?", (url,)).fetchone()
    return row["article_id"] if row else None


def addresses(db: sqlite3.Connection, article_id: int) -> list[str]:
    """The addresses of the links that were stored as an article."""
    rows = db.execute("select url from links where article_id = ? order by url", (article_id,))
    return [row["url"] for row in rows]


def attempts(db: sqlite3.Connection, url: str) -> int:
    """How often a link was tried in vain so far."""
    row = db.execute("select attempts from links where url = ?", (url,)).fetchone()
    return int(row["attempts"]) if row else 0


def fail(db: sqlite3.Connection, url: str, state: LinkState, error: str | None, next_try: datetime | None) -> None:
    """Note a try in vain: still open and tried again at `next_try`, or `excluded` or `failed` for good."""
    db.execute(
        """update links set attempts = attempts + 1, next_try = ?, error = ?, state = ?,
               hints = iif(? = 'open', hints, null)
           where url = ? and state <> 'done'""",
        (stamp(next_try) if next_try else None, error, state, state, url),
    )


def exclude(db: sqlite3.Connection, links: Iterable[tuple[Link, str]], now: datetime) -> None:
    """Note links whose articles are not wanted, with the reason; one that is stored already stays so.

    Of those that a rule keeps from being asked, `MOST_TRAPS` of a source are noted: a trap names new ones for ever.
    """
    for link, reason in links:
        if reason.startswith(TRAP):
            _exclude_trap(db, link, reason, now)
            continue
        add(db, [link], now)
        fail(db, link.url, "excluded", reason, None)


def _exclude_trap(db: sqlite3.Connection, link: Link, reason: str, now: datetime) -> None:
    db.execute(
        """insert into links (url, source, origin, state, found_at, error)
           select :url, :source, :origin, 'excluded', :now, :reason
           where (select count(*) from links
                  where source = :source and state = 'excluded' and error like :trap || '%') < :most
           on conflict (url) do nothing""",
        {
            "url": link.url, "source": link.source, "origin": link.origin, "now": stamp(now), "reason": reason,
            "trap": TRAP, "most": MOST_TRAPS,
        },
    )  # fmt: skip


def retry(db: sqlite3.Connection, link: Link, error: str, next_try: datetime | None) -> None:
    """Open a stored link again, as its article is not whole; without `next_try` it stays done."""
    db.execute(
        """update links set attempts = attempts + 1, error = ?, next_try = ?, hints = ?, state = iif(?, 'open', state)
           where url = ?""",
        (error, stamp(next_try) if next_try else None, hints_of(link), next_try is not None, link.url),
    )


def waiting(db: sqlite3.Connection, source: str, now: datetime) -> tuple[Link, ...]:
    """The open links of a source's polls and first crawl whose time has come, newest first."""
    return _waiting(db, source, now, ("poll", "first"), "found_at desc, rowid")


def waiting_in_backfill(db: sqlite3.Connection, source: str, now: datetime) -> tuple[Link, ...]:
    """The open links of a source's backfill whose time has come, in the order of the walk."""
    return _waiting(db, source, now, ("backfill",), "found_at, rowid")


def open_in_backfill(db: sqlite3.Connection, source: str) -> int:
    """How many links of a source's backfill are still open, their time come or not."""
    row = db.execute(
        "select count(*) from links where source = ? and state = 'open' and origin = 'backfill'", (source,)
    ).fetchone()
    return int(row[0])


def _waiting(
    db: sqlite3.Connection, source: str, now: datetime, origins: tuple[Origin, ...], order: str
) -> tuple[Link, ...]:
    rows = db.execute(
        f"""select url, source, origin, hints from links
            where source = ? and state = 'open' and (next_try is null or next_try <= ?)
                and origin in ({", ".join("?" * len(origins))})
            order by {order} limit ?""",
        (source, stamp(now), *origins, OPEN_LIMIT),
    )
    return tuple(link_of(row) for row in rows)


def known(db: sqlite3.Connection, source: str) -> frozenset[str]:
    """URL keys of a source's newest links, in whatever state: none of them needs to be found again.

    A backfill finds thousands at once, its newest first; they must not crowd out those that polls meet, nor may
    addresses that a rule leaves out. What it has left open is not known, so that a poll which meets it does not wait
    for the backfill.
    """
    polled = db.execute(
        """select url from links where source = ? and origin <> 'backfill'
               and not (state = 'excluded' and coalesce(error, '') like ? || '%')
           order by found_at desc, rowid desc limit ?""",
        (source, TRAP, KNOWN_LIMIT),
    )
    behind = db.execute(
        """select url from links where source = ? and origin = 'backfill' and state <> 'open'
           order by found_at, rowid limit ?""",
        (source, KNOWN_LIMIT),
    )
    return frozenset(url_key(row["url"]) for rows in (polled, behind) for row in rows)


def known_to_backfill(db: sqlite3.Connection, source: str) -> frozenset[str]:
    """URL keys of all links of a source, but for those that were older than a backfill wanted, perhaps another one."""
    rows = db.execute(
        """select url from links
           where source = ? and not (state = 'excluded' and coalesce(error, '') like ? || '%')""",
        (source, OLDER),
    )
    return frozenset(url_key(row["url"]) for row in rows)


def hints_of(link: Link) -> str:
    """What a link tells of its article beside its address, as it is stored; its text is not."""
    told = {name: getattr(link, name) for name in _HINTS if getattr(link, name)}
    return json.dumps(told, ensure_ascii=False) if told else "{}"


def link_of(row: sqlite3.Row) -> Link:
    """A link from its columns."""
    told = json.loads(row["hints"] or "{}")
    told |= {name: tuple(told.get(name, ())) for name in ("categories", "tags")}
    return Link(url=row["url"], source=row["source"], origin=row["origin"], **told)
