"""Stories: which articles wait to be grouped, what stories there are, and what becomes of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from crawler.models import KnownStory, Member, StoryChange
from crawler.storage.database import moment, next_change, stamp
from crawler.storage.shown import IS_SHOWN
from crawler.storage.signatures import marks, sliced


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that changed since it was grouped last: its key, and the change that it is at."""

    article_id: int
    change: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A story as it is shown in a list: its id in feeds, its lead, and how many articles and sources it has."""

    entry_id: str
    entered: datetime
    title: str
    url: str
    source: str
    articles: int
    sources: int


@dataclass(frozen=True, slots=True)
class Part:
    """An article of a story, as the operator sees it."""

    id: int
    entry_id: str
    title: str
    url: str
    source: str
    published: datetime
    story_id: int | None


def waiting(db: sqlite3.Connection, most: int) -> list[Waiting]:
    """Articles that changed since they were grouped, the oldest changes, in the order in which they make stories."""
    row = db.execute("select change from story_progress").fetchone()
    rows = db.execute(
        "select id, change, entered, entry_id from articles where change > ? order by change limit ?",
        (row["change"] if row else 0, most),
    ).fetchall()
    rows.sort(key=lambda row: (row["entered"], row["entry_id"]))
    return [Waiting(row["id"], row["change"]) for row in rows]


def note_grouped(db: sqlite3.Connection, change: int) -> None:
    """Note that all articles up to a change are grouped."""
    db.execute(
        "insert into story_progress (id, change) values (1, ?) on conflict (id) do update set change = excluded.change",
        (change,),
    )


def members(db: sqlite3.Connection, article_ids: Collection[int]) -> dict[int, Member]:
    """What the choice of ids and leads looks at, of the articles that may be shown."""
    found: dict[int, Member] = {}
    for ids in sliced(article_ids):
        for row in db.execute(
            f"""select a.id as article_id, a.entry_id, a.entered, s.kind, a.partial, a.published,
                   length(a.body_text) as length, a.story_id
                from articles a join sources s on s.slug = a.source where a.id in ({marks(ids)}) and {IS_SHOWN}""",
            ids,
        ):
            found[row["article_id"]] = Member(**{**dict(row), "partial": bool(row["partial"])})
    return found


def in_stories(db: sqlite3.Connection, article_ids: Collection[int]) -> set[int]:
    """The articles of every story that holds one of these."""
    found: set[int] = set()
    for ids in sliced(article_ids):
        rows = db.execute(
            f"""select id from articles where story_id in
                    (select story_id from articles where id in ({marks(ids)}) and story_id is not null)""",
            ids,
        )
        found |= {row["id"] for row in rows}
    return found


def known(db: sqlite3.Connection, article_ids: Collection[int]) -> list[KnownStory]:
    """The stories that hold one of the articles, or are called by one's entry id."""
    found: dict[int, sqlite3.Row] = {}
    for ids in sliced(article_ids):
        for condition in (
            f"id in (select story_id from articles where id in ({marks(ids)}) and story_id is not null)",
            f"entry_id in (select entry_id from articles where id in ({marks(ids)}))",
        ):
            rows = db.execute(f"select id, entry_id, lead_id from stories where {condition}", ids)
            found |= {row["id"]: row for row in rows}
    return [_known(db, row) for _, row in sorted(found.items())]


def called_by(db: sqlite3.Connection, entry_ids: Collection[str]) -> set[str]:
    """Those of some entry ids that a story was ever called by."""
    rows = db.execute(
        "select entry_id from stories where entry_id in (select value from json_each(?))",
        (json.dumps(list(entry_ids)),),
    )
    return {row["entry_id"] for row in rows}


def leave(db: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Take articles that are shown no more out of their stories."""
    db.executemany("update articles set story_id = null where id = ?", [(key,) for key in article_ids])


def apply(db: sqlite3.Connection, changes: Sequence[StoryChange], now: datetime) -> dict[int, int]:
    """Store what became of stories; each takes the next change number, as each article that moved from one to another.

    Returns those of articles.
    """
    if not changes:
        return {}
    free = count(db.execute("select coalesce(max(id), 0) + 1 from stories").fetchone()[0])
    keys = [next(free) if one.id is None else one.id for one in changes]
    number = count(next_change(db))
    moved = {article: next(number) for one in changes for article in sorted(one.moved)}
    numbered = list(zip(keys, changes, number, strict=False))
    db.executemany(
        "insert into stories (id, entry_id, lead_id, entered, change, changed_at) values (?, ?, ?, ?, ?, ?)",
        [(key, one.entry_id, one.lead_id, one.entered, at, stamp(now)) for key, one, at in numbered if one.id is None],
    )
    db.executemany(
        "update stories set lead_id = ?, merged_id = null, updated = ?, change = ?, changed_at = ? where id = ?",
        [(one.lead_id, stamp(now), at, stamp(now), key) for key, one, at in numbered if one.id is not None],
    )
    _move(db, {article: key for key, one, _ in numbered for article in one.members}, moved, now)
    db.executemany(
        "update stories set merged_id = (select id from stories where entry_id = ?) where id = ?",
        [(one.merged_into, key) for key, one, _ in numbered if one.merged_into is not None],
    )
    return moved


def _move(db: sqlite3.Connection, homes: Mapping[int, int], moved: Mapping[int, int], now: datetime) -> None:
    db.executemany(
        "update articles set story_id = ? where id = ? and story_id is not ?",
        [(key, article, key) for article, key in homes.items() if article not in moved],
    )
    db.executemany(
        "update articles set story_id = ?, change = ?, changed_at = ? where id = ?",
        [(homes[article], at, stamp(now), article) for article, at in moved.items()],
    )


def story_of(db: sqlite3.Connection, article_id: int) -> int | None:
    """The key of an article's story; None where it is not grouped."""
    row = db.execute("select story_id from articles where id = ?", (article_id,)).fetchone()
    return row["story_id"] if row else None


def called(db: sqlite3.Connection, entry_id: str) -> int | None:
    """The key of the story of an entry id, or of the one it became."""
    row = db.execute("select id, merged_id from stories where entry_id = ?", (entry_id,)).fetchone()
    met: set[int] = set()
    while row and row["merged_id"] is not None and row["id"] not in met:
        met.add(row["id"])
        row = db.execute("select id, merged_id from stories where id = ?", (row["merged_id"],)).fetchone()
    return row["id"] if row else None


def parts(db: sqlite3.Connection, story_id: int) -> list[Part]:
    """The articles of a story, its lead first, then by publication."""
    rows = db.execute(
        f"""select a.id, a.entry_id, a.title, a.url, a.source, a.published, a.story_id
           from articles a join stories s on s.id = a.story_id where a.story_id = ? and {IS_SHOWN}
           order by a.id <> s.lead_id, a.published, a.entry_id""",
        (story_id,),
    )
    return [_part(row) for row in rows]


def parts_of(db: sqlite3.Connection, article_ids: Collection[int]) -> dict[int, Part]:
    """Articles by their keys."""
    found: dict[int, Part] = {}
    for ids in sliced(article_ids):
        rows = db.execute(
            f"select id, entry_id, title, url, source, published, story_id from articles where id in ({marks(ids)})",
            ids,
        )
        found |= {row["id"]: _part(row) for row in rows}
    return found


def entry_id_of(db: sqlite3.Connection, story_id: int) -> str:
    """The id in feeds of a story."""
    return str(db.execute("select entry_id from stories where id = ?", (story_id,)).fetchone()["entry_id"])


def newest(db: sqlite3.Connection, since: datetime | None, least: int, most: int) -> list[Listed]:
    """The stories that entered last and have at least so many articles."""
    rows = db.execute(
        """select s.entry_id, s.entered, a.title, a.url, a.source,
               (select count(*) from articles where story_id = s.id) as articles,
               (select count(distinct source) from articles where story_id = s.id) as sources
           from stories s join articles a on a.id = s.lead_id
           where s.lead_id is not null and s.entered >= ?
               and (select count(*) from articles where story_id = s.id) >= ?
           order by s.entered desc limit ?""",
        (stamp(since) if since else "", least, most),
    )
    return [Listed(**{**dict(row), "entered": moment(row["entered"])}) for row in rows]


def _part(row: sqlite3.Row) -> Part:
    return Part(**{**dict(row), "published": moment(row["published"])})


def _known(db: sqlite3.Connection, row: sqlite3.Row) -> KnownStory:
    held = db.execute("select id from articles where story_id = ?", (row["id"],))
    return KnownStory(row["id"], row["entry_id"], row["lead_id"], frozenset(one["id"] for one in held))
