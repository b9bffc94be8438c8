"""What feeds, pages and commands read: a read-only view that a crawl never blocks."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.models import Image, Kind, Precision, Probed, Republish, State
from crawler.storage import lookup, revisions, takedowns
from crawler.storage.database import moment, next_change, open_reading, stamp
from crawler.storage.health import Pause, paused
from crawler.storage.revisions import Revision
from crawler.storage.shown import IS_SHOWN, IS_WITHDRAWN
from crawler.storage.sources import probed_of
from crawler.storage.takedowns import Takedown
from crawler.storage.trouble import reported


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as feeds see it: read from the database, never changed.

    `published` is never None here (first-seen stands in, with `published_precision` `none`). `feed_time` orders feeds:
    the later of `entered` and the time the newest material edit was seen. `updated` is None until such an edit.
    """

    id: int
    entry_id: str
    source: str
    url: str
    title: str
    body_html: str
    published: datetime
    published_precision: Precision
    entered: datetime
    feed_time: datetime
    changed_at: datetime
    change: int
    author: str | None = None
    updated: datetime | None = None
    summary: str | None = None
    dateline: str | None = None
    language: str | None = None
    images: tuple[Image, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source as feeds and `status` see it; `articles` counts those that may be shown.

    `withdrawn` tells whether it has others: a feed that is empty because of them still has to be built. What a run left
    as `state` stays behind a pause, which is not part of it: see `crawler.storage.health.paused`.
    """

    slug: str
    name: str
    kind: Kind
    homepage: str
    publisher: str
    zone: str
    language: str
    republish: Republish
    articles: int
    state: State
    reason: str | None = None
    strategy: str | None = None
    state_since: datetime | None = None
    last_try: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    incident_since: datetime | None = None
    withdrawn: bool = False
    next_due: datetime | None = None
    open_links: int = 0
    quarantined: int = 0


_COLUMNS = """id, entry_id, source, url, title, body_html, published, published_precision, entered, feed_time,
    changed_at, change, author, updated, summary, dateline, language"""
_TIMES = ("state_since", "last_try", "last_success", "last_new", "incident_since", "next_due")


@contextmanager
def open_reader(path: Path) -> Iterator[Reader]:
    """One consistent view of the database for the length of the block; raises StorageError or SchemaError."""
    with _snapshot(path) as db:
        yield Reader(db)


@contextmanager
def open_operator(path: Path) -> Iterator[Operator]:
    """As `open_reader`, of what only the operator may see; for no public file and no served page."""
    with _snapshot(path) as db:
        yield Operator(db)


@contextmanager
def _snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    db = open_reading(path)
    try:
        with reported(path):
            db.execute("begin")
            yield db
    finally:
        db.close()


class Reader:
    """Queries over one snapshot; what the operator withheld and what its site removed is left out of all of them."""

    is_operator = False  # who may see of an article what is withheld

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def change(self) -> int:
        """The value of the change counter that the newest write took, 0 in an empty database."""
        return next_change(self._db) - 1

    def has_finished_run(self) -> bool:
        """Whether any crawl came to its end."""
        return self._db.execute("select 1 from runs where finished_at is not null").fetchone() is not None

    def sources(self) -> list[StoredSource]:
        """All sources that were ever crawled or tried, by slug."""
        rows = self._db.execute(
            f"""select slug, name, kind, homepage, publisher, zone, language, republish, state, reason, strategy,
                   state_since, last_try, last_success, last_new,
                   nullif(max(coalesce(next_due, ''), coalesce((select backoff_until from hosts
                       where hosts.pace_group = sources.pace_group), '')), '') as next_due,
                   (select count(*) from links where source = slug and state = 'open') as open_links,
                   (select count(*) from articles where source = slug and withheld = 'quarantined') as quarantined,
                   (select count(*) from articles where source = slug and {IS_SHOWN}) as articles,
                   exists (select 1 from articles where source = slug and {IS_WITHDRAWN}) as withdrawn,
                   (select opened_at from incidents where source = slug and closed_at is null) as incident_since
               from sources order by slug"""
        )
        return [
            StoredSource(
                **{
                    **dict(row),
                    **{name: moment(row[name]) for name in _TIMES if row[name]},
                    "withdrawn": bool(row["withdrawn"]),
                }
            )
            for row in rows
        ]

    def probe(self, slug: str) -> tuple[datetime, Probed] | None:
        """When a source was last probed in a crawl, and what was found; None where it never was."""
        row = self._db.execute("select ways, probe, probed_at from sources where slug = ?", (slug,)).fetchone()
        return (moment(row["probed_at"]), probed_of(row["probe"], row["ways"])) if row and row["probed_at"] else None

    def newest(self, source: str | None = None, limit: int = 100) -> list[StoredArticle]:
        """The newest articles by feed time, of all sources or one."""
        rows = self._db.execute(
            f"""select {_COLUMNS} from articles
                where {IS_SHOWN} {"and source = ?" if source else ""}
                order by feed_time desc, entry_id limit ?""",
            (source, limit) if source else (limit,),
        ).fetchall()
        return self._articles(rows)

    def withdrawn(self, source: str | None = None, since: datetime | None = None) -> datetime | None:
        """When an article was last taken out of what is shown: hidden, removed or merged; None where none was.

        With `since`, only articles count whose feed time is not before it.
        """
        row = self._db.execute(
            f"""select max(changed_at) as at from articles where {IS_WITHDRAWN}
                    {"and source = :source" if source else ""} {"and feed_time >= :since" if since else ""}""",
            {"source": source, "since": since and stamp(since)},
        ).fetchone()
        return moment(row["at"]) if row["at"] else None

    def changes(
        self,
        since: datetime | None = None,
        source: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
    ) -> list[Revision]:
        """Edits and tombstones, newest first; of a removed article the tombstone alone, without any of its text."""
        return revisions.changes(
            self._db, since=since, source=source, kind=kind, limit=limit, with_withdrawn=self.is_operator
        )

    def versions(self, name: str) -> list[Revision]:
        """All edits of the article that goes by an address or entry id, oldest first; as `changes`."""
        return revisions.versions(self._db, lookup.named(self._db, name), with_withdrawn=self.is_operator)

    def find(self, name: str) -> list[StoredArticle]:
        """The article that goes by an address or entry id; two where two sources hold the address."""
        keys = lookup.named(self._db, name)
        marks = ", ".join("?" * len(keys))
        condition = "true" if self.is_operator else IS_SHOWN
        return self._articles(
            self._db.execute(f"select {_COLUMNS} from articles where id in ({marks}) and {condition}", keys).fetchall()
        )

    def _articles(self, rows: Sequence[sqlite3.Row]) -> list[StoredArticle]:
        keys = [row["id"] for row in rows]
        pictures, names = self._images(keys), self._names(keys)
        return [
            StoredArticle(
                **{
                    **dict(row),
                    **{name: moment(row[name]) for name in ("published", "entered", "feed_time", "changed_at")},
                    "updated": moment(row["updated"]) if row["updated"] else None,
                },
                images=tuple(pictures[row["id"]]),
                tags=tuple(names[row["id"], "tag"]),
                categories=tuple(names[row["id"], "category"]),
            )
            for row in rows
        ]

    def _images(self, keys: Sequence[int]) -> defaultdict[int, list[Image]]:
        found: defaultdict[int, list[Image]] = defaultdict(list)
        for row in self._of(keys, "article_id, url, caption, credit from article_images", "position"):
            found[row["article_id"]].append(Image(row["url"], row["caption"], row["credit"]))
        return found

    def _names(self, keys: Sequence[int]) -> defaultdict[tuple[int, str], list[str]]:
        found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for row in self._of(keys, "article_id, kind, name from article_tags", "kind, position"):
            found[row["article_id"], row["kind"]].append(row["name"])
        return found

    def _of(self, keys: Sequence[int], what: str, order: str) -> Iterator[sqlite3.Row]:
        marks = ", ".join("?" * len(keys))
        return self._db.execute(f"select {what} where article_id in ({marks}) order by article_id, {order}", keys)


class Operator(Reader):
    """What the operator's own commands read: edits of withheld and removed articles too, and the take-downs."""

    is_operator = True

    def pauses(self, now: datetime) -> list[Pause]:
        """The sources that are paused, by slug."""
        return paused(self._db, now)

    def takedowns(self) -> list[Takedown]:
        """The take-downs that hold, newest first."""
        return takedowns.listed(self._db)
