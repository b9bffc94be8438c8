"""Edits: stored with their article, counted where a source goes back and forth, read newest first.

A revision is an edit, or the tombstone of an article that its site took away (`removed`), or its return (`restored`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.models import Change, Past
from crawler.storage import merges
from crawler.storage.database import moment, next_change, stamp
from crawler.storage.shown import IS_SHOWN

MOST = 20  # edits of one article that a new version is compared with


@dataclass(frozen=True, slots=True)
class Revision:
    """One edit of an article, as `changes` tells it; `kind` and `also` as in `Change`.

    `flips` is how often the source went back and forth since, last at `flipped_at`. `before` and `after` hold the
    fields that differ, whole (title, text; `removed` of a tombstone).
    """

    id: int
    article_id: int
    entry_id: str
    source: str
    url: str
    title: str
    seen_at: datetime
    kind: str
    before: Mapping[str, str | None] = field(repr=False)
    after: Mapping[str, str | None] = field(repr=False)
    fields: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    flips: int = 0
    flipped_at: datetime | None = None


def insert(db: sqlite3.Connection, article_id: int, change: Change, now: datetime) -> None:
    """Store an edit, beside the version that it made."""
    before, after = (json.dumps(dict(side), ensure_ascii=False) for side in (change.before, change.after))
    db.execute(
        """insert into revisions (article_id, seen_at, class, also, fields, before, after)
           values (?, ?, ?, ?, ?, ?, ?)""",
        (article_id, stamp(now), change.kind, json.dumps(change.also), json.dumps(change.fields), before, after),
    )


def past(db: sqlite3.Connection, article_id: int, lately: datetime) -> Past:
    """An article's edits from `lately` on, older ones too where the source went back and forth since then."""
    rows = db.execute(
        """select class, also, before, after, flips from revisions
           where article_id = ? and class not in ('removed', 'restored') and coalesce(flipped_at, seen_at) >= ?
           order by id desc limit ?""",
        (article_id, stamp(lately), MOST),
    ).fetchall()
    since = db.execute("select flipped_since from articles where id = ?", (article_id,)).fetchone()["flipped_since"]
    return Past(tuple(map(_change, rows)), rows[0]["flips"] if rows else 0, moment(since) if since else None)


def note_flip(db: sqlite3.Connection, article_id: int, now: datetime) -> None:
    """The source has begun to show an earlier version again; seen once more, that is nothing new."""
    first = db.execute(
        "update articles set flipped_since = ? where id = ? and flipped_since is null", (stamp(now), article_id)
    )
    if first.rowcount:
        count_flip(db, article_id, now)


def count_flip(db: sqlite3.Connection, article_id: int, now: datetime) -> None:
    """One more change between two versions, noted with the newest edit."""
    db.execute(
        """update revisions set flips = flips + 1, flipped_at = ? where id = (
               select max(id) from revisions where article_id = ? and class not in ('removed', 'restored'))""",
        (stamp(now), article_id),
    )


def steady(db: sqlite3.Connection, article_id: int) -> None:
    """The source shows the stored version; writes nothing where it has not shown another one."""
    db.execute("update articles set flipped_since = null where id = ? and flipped_since is not null", (article_id,))


def is_wavering(db: sqlite3.Connection, article_id: int) -> bool:
    """Whether the source was last seen to show an earlier version than the stored one."""
    row = db.execute("select flipped_since from articles where id = ?", (article_id,)).fetchone()
    return row["flipped_since"] is not None


def count(db: sqlite3.Connection, article_id: int) -> int:
    """How often an article was edited."""
    row = db.execute(
        "select count(*) from revisions where article_id = ? and class not in ('removed', 'restored')", (article_id,)
    ).fetchone()
    return int(row[0])


def remove(db: sqlite3.Connection, article_id: int, reason: str, now: datetime) -> bool:
    """Leave a tombstone: the site took the article away. False where it has one already.

    Where the site still shows a copy of it, readers lose nothing: the copy takes its place, and nobody sees the
    tombstone.
    """
    if _fate(db, article_id)["removed"]:
        return False
    if (copy := merges.living_copy(db, article_id)) is not None:
        merges.take_over(db, article_id, copy, now)
    row = _fate(db, article_id)
    _set_removed(db, row, stamp(now), now)
    insert(db, article_id, Change("removed", {"removed": None}, {"removed": reason}), now)
    return True


def restore(db: sqlite3.Connection, article_id: int, now: datetime) -> bool:
    """Take the tombstone away: the site shows the article again. False where it has none.

    A copy that comes back takes the place of one that did not.
    """
    row = _fate(db, article_id)
    if not row["removed"]:
        return False
    _set_removed(db, row, None, now)
    kept = merges.kept_of(db, article_id)
    if kept is not None and _fate(db, kept)["removed"]:
        succeed(db, kept, now)
    else:
        insert(db, article_id, Change("restored", {"removed": row["removed"]}, {"removed": None}), now)
    return True


def succeed(db: sqlite3.Connection, article_id: int, now: datetime) -> bool:
    """Let a copy take the place of a removed article, which is back with it. False without a copy, or a tombstone."""
    gone, copy = _fate(db, article_id)["removed"], merges.living_copy(db, article_id)
    if gone is None or copy is None:
        return False
    merges.take_over(db, article_id, copy, now)
    insert(db, copy, Change("restored", {"removed": gone}, {"removed": None}), now)
    return True


def changes(
    db: sqlite3.Connection,
    *,
    since: datetime | None = None,
    source: str | None = None,
    kind: str | None = None,
    limit: int | None = None,
    with_withdrawn: bool = False,
) -> list[Revision]:
    """Edits of all articles, newest first; `kind` finds those that it fits, whichever their first class is.

    Of a removed article there is the tombstone alone, without its text; of a withheld one nothing.
    """
    conditions = {
        "r.seen_at >= :since": since is not None,
        "a.source = :source": source is not None,
        "(r.class = :kind or exists (select 1 from json_each(r.also) where value = :kind))": kind is not None,
        f"({_SHOWN_OR_TOMBSTONE})": not with_withdrawn,
    }
    chosen = [condition for condition, is_wanted in conditions.items() if is_wanted]
    rows = db.execute(
        f"""{_SELECT} where {" and ".join(chosen) or "true"}
            order by r.seen_at desc, r.id desc limit :limit""",
        {
            "since": stamp(since) if since else None,
            "source": source,
            "kind": kind,
            "limit": -1 if limit is None else limit,
        },
    )
    return [_revision(row) for row in rows]


def versions(db: sqlite3.Connection, article_ids: Iterable[int], *, with_withdrawn: bool = False) -> list[Revision]:
    """All edits of some articles, oldest first; what is withheld or removed is left out as in `changes`."""
    keys = tuple(article_ids)
    marks = ", ".join("?" * len(keys))
    condition = "true" if with_withdrawn else f"({_SHOWN_OR_TOMBSTONE})"
    rows = db.execute(f"{_SELECT} where r.article_id in ({marks}) and {condition} order by r.id", keys)
    return [_revision(row) for row in rows]


_SHOWN_OR_TOMBSTONE = f"{IS_SHOWN} or (withheld is null and r.class = 'removed')"
_SELECT = """select r.id, r.article_id, a.entry_id, a.source, a.url, a.title, r.seen_at, r.class, r.also, r.fields,
        r.before, r.after, r.flips, r.flipped_at
    from revisions r join articles a on a.id = r.article_id"""


def _fate(db: sqlite3.Connection, article_id: int) -> sqlite3.Row:
    row: sqlite3.Row = db.execute("select id, removed, withheld from articles where id = ?", (article_id,)).fetchone()
    return row


def _set_removed(db: sqlite3.Connection, row: sqlite3.Row, removed: str | None, now: datetime) -> None:
    """Nobody sees a withheld article come or go, so that is no change of what is public."""
    db.execute("update articles set removed = ? where id = ?", (removed, row["id"]))
    if row["withheld"] is None:
        db.execute(
            "update articles set change = ?, changed_at = ? where id = ?", (next_change(db), stamp(now), row["id"])
        )


def _change(row: sqlite3.Row) -> Change:
    return Change(row["class"], json.loads(row["before"]), json.loads(row["after"]), tuple(json.loads(row["also"])))


def _revision(row: sqlite3.Row) -> Revision:
    change = _change(row)
    return Revision(
        **{name: row[name] for name in ("id", "article_id", "entry_id", "source", "url", "title", "flips")},
        seen_at=moment(row["seen_at"]),
        kind=change.kind,
        before=change.before,
        after=change.after,
        fields=tuple(json.loads(row["fields"])),
        also=change.also,
        flipped_at=moment(row["flipped_at"]) if row["flipped_at"] else None,
    )
