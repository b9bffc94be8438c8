"""`pages.db`: every page and payload as it was fetched, each once, so that extraction can be re-run over the past.

It is written before the article that it led to: a page without one is harmless, an article without its page is not.
`page_reading` reads it back, `page_pruning` keeps it within the operator's bounds.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sqlite_utils import Database

from crawler.errors import StorageError
from crawler.models import Capture, Link, Origin, Outcome, Page
from crawler.storage import trouble
from crawler.storage.compression import Codec, train
from crawler.storage.database import BUSY_TIMEOUT, stamp
from crawler.storage.schema import migrations_of, refuse_newer
from crawler.text.urls import url_key

PAGE_SIZE = 8192  # most compressed pages fit into one
TRAIN_AT = 64  # captures of a source after which its pages get a dictionary ...
TRAIN_AGAIN = 16  # ... and times as many after which they get a new one

NAMES = ("0001_initial",)
DAMAGED = "it is damaged: move it away; newsfeed begins a new one, and only `newsfeed reprocess` misses what was in it"

reported = partial(trouble.reported, damaged=DAMAGED)

migrations = migrations_of("pages", "page_migrations", NAMES)

_HINTS = tuple(field.name for field in fields(Link) if field.name not in ("url", "source", "origin"))
_RANKS: dict[Outcome, int] = {"article": 2, "waiting": 2, "none": 1, "part": 1, "older": 0}


class Pages:
    """An open `pages.db`; one process writes it, the one that holds `run.lock`."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db, self.path = db, path
        self.codec = Codec(self._dictionary)
        self._families: dict[tuple[str, str], _Family] = {}
        self._fresh: Counter[tuple[str, str]] = Counter()

    def keep(self, captures: Iterable[Capture], now: datetime) -> int:
        """Store captures in one transaction, those that are there already only as seen again; how many are new.

        Raises StorageError.
        """
        found = list(captures)
        if not found:
            return 0
        with self.writing():
            new = sum(self._keep(capture, stamp(now)) for capture in found)
        self._train()
        return new

    def mark(self, key: int, outcome: Outcome) -> None:
        """Note what came of a capture."""
        with self.writing():
            self.db.execute(
                "update captures set outcome = ?, rank = min(rank, ?) where id = ?", (outcome, _RANKS[outcome], key)
            )
            self._supersede(key)

    def join(self, key: int, parts: Sequence[int]) -> None:
        """Make other captures the further pages of one."""
        with self.writing():
            for position, part in enumerate(parts):
                self.db.execute(
                    """insert or replace into parts (capture_id, position, page_url, content_type, payload_id)
                       select ?, ?, page_url, content_type, payload_id from captures where id = ?""",
                    (key, position, part),
                )
                self.db.execute("update captures set outcome = 'part', rank = min(rank, 1) where id = ?", (part,))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write transaction; raises StorageError."""
        with reported(self.path):
            self.db.execute("begin immediate")
            try:
                yield
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("rollback")
                raise
            self.db.execute("commit")

    # -- one capture -------------------------------------------------------------------------------------------------

    def _keep(self, capture: Capture, now: str) -> bool:
        row = _row(capture) | {"stored_at": now}
        family = (capture.link.source, kind_of(capture.page))
        row["payload_id"] = self._payload(_payload_of(capture), family)
        parts = [(page.url, page.content_type, self._payload(page.body, family)) for page in capture.page.parts]
        if row["outcome"] == "waiting":  # imported; the further pages are found when it is taken in
            if any(_is_alike(before, row) for before in self._covering(row)):
                return False
        elif (before := self._before(row)) and _is_alike(before, row) and self._parts(before["id"]) == parts:
            self._see_again(before, row)
            return False
        self._insert(row, parts)
        self._fresh[family] += 1
        return True

    def _covering(self, row: dict[str, object]) -> list[sqlite3.Row]:
        """What the address is known to have shown at a time."""
        return self.db.execute(
            "select * from captures where key = :key and fetched_at <= :fetched_at and seen_at >= :fetched_at", row
        ).fetchall()

    def _before(self, row: dict[str, object]) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self.db.execute(
            """select * from captures where key = :key and fetched_at <= :fetched_at
               order by fetched_at desc, id desc limit 1""",
            row,
        ).fetchone()
        return found

    def _parts(self, key: int) -> list[tuple[object, ...]]:
        rows = self.db.execute(
            "select page_url, content_type, payload_id from parts where capture_id = ? order by position", (key,)
        )
        return [tuple(row) for row in rows]

    def _see_again(self, before: sqlite3.Row, row: dict[str, object]) -> None:
        """The same once more: it is good until then, and what came of it then holds."""
        if row["fetched_at"] > before["seen_at"]:
            self.db.execute(
                "update captures set seen_at = :fetched_at, stored_at = :stored_at where id = :id",
                row | {"id": before["id"]},
            )
        if row["outcome"] != before["outcome"]:
            rank = min(before["rank"], row["rank"]) if before["rank"] == 0 else row["rank"]
            self.db.execute(
                "update captures set outcome = ?, rank = ? where id = ?", (row["outcome"], rank, before["id"])
            )

    def _insert(self, row: dict[str, object], parts: Sequence[tuple[object, ...]]) -> None:
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        key = self.db.execute(f"insert into captures ({names}) values ({marks})", row).lastrowid
        self.db.executemany(
            "insert into parts (capture_id, position, page_url, content_type, payload_id) values (?, ?, ?, ?, ?)",
            [(key, position, *part) for position, part in enumerate(parts)],
        )
        assert key is not None
        self._supersede(key)

    def _supersede(self, key: int) -> None:
        """Of an address only the newest article is needed most, and the newest page that is none less."""
        self.db.execute(
            """update captures as old set rank = 0 from captures as new
               where new.id = ? and new.outcome in ('article', 'none') and old.key = new.key and old.rank > 0
                   and (old.fetched_at, old.id) < (new.fetched_at, new.id)
                   and (new.outcome = 'article' or old.outcome = 'none')""",
            (key,),
        )
        self.db.execute(
            """update captures as old set rank = 0 where id = ? and outcome in ('article', 'none') and exists (
                   select 1 from captures as new where new.key = old.key and new.outcome = 'article'
                       and (new.fetched_at, new.id) > (old.fetched_at, old.id))""",
            (key,),
        )

    def _payload(self, data: bytes, family: tuple[str, str]) -> int:
        digest = digest_of(data)
        row = self.db.execute("select id from payloads where hash = ?", (digest,)).fetchone()
        if row:
            return int(row["id"])
        dictionary = self._family(family).dictionary
        packed = self.codec.pack(data, dictionary)
        cursor = self.db.execute(
            "insert into payloads (hash, size, dictionary_id, bytes) values (?, ?, ?, ?)",
            (digest, len(data), dictionary, packed),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    # -- dictionaries ------------------------------------------------------------------------------------------------

    def forget_dictionaries(self) -> None:
        """Drop dictionaries that nothing is packed with any more; a source's newest stays."""
        with self.writing():
            self.db.execute(
                """delete from dictionaries where id not in (select max(id) from dictionaries group by source, kind)
                       and id not in (select dictionary_id from payloads where dictionary_id is not null)"""
            )

    def _dictionary(self, key: int) -> bytes:
        row = self.db.execute("select bytes from dictionaries where id = ?", (key,)).fetchone()
        if row is None:
            raise ValueError(f"its dictionary {key} is missing")
        return bytes(row["bytes"])

    def _family(self, family: tuple[str, str]) -> _Family:
        """What a source's pages, or its links, are packed with."""
        if family not in self._families:
            row = self.db.execute(
                "select id, captures from dictionaries where source = ? and kind = ? order by id desc limit 1", family
            ).fetchone()
            count = self.db.execute("select count(*) from captures where source = ? and kind = ?", family).fetchone()
            self._families[family] = _Family(
                dictionary=row["id"] if row else None,
                count=count[0],
                next_at=row["captures"] * TRAIN_AGAIN if row else TRAIN_AT,
            )
        return self._families[family]

    def _train(self) -> None:
        """Make a dictionary of each family that has grown enough since the last."""
        for family, new in self._fresh.items():
            known = self._family(family)
            known.count += new
            if known.count >= known.next_at:
                self._train_family(family, known)
        self._fresh.clear()

    def _train_family(self, family: tuple[str, str], known: _Family) -> None:
        rows = self.db.execute(
            """select p.bytes, p.dictionary_id, p.size from payloads p where id in
                   (select payload_id from captures where source = ? and kind = ? order by fetched_at desc limit ?)""",
            (*family, TRAIN_AT),
        ).fetchall()
        samples = [self.codec.unpack(row["bytes"], row["dictionary_id"], row["size"]) for row in rows]
        known.next_at = known.count * TRAIN_AGAIN
        trained = train(samples)
        if trained:
            with self.writing():
                known.dictionary = self.db.execute(
                    "insert into dictionaries (source, kind, captures, bytes) values (?, ?, ?, ?)",
                    (*family, known.count, trained),
                ).lastrowid


class _Family:
    """A source's pages or links: how many there are, the dictionary they are packed with, when the next is due."""

    __slots__ = ("count", "dictionary", "next_at")

    def __init__(self, dictionary: int | None, count: int, next_at: int) -> None:
        self.dictionary, self.count, self.next_at = dictionary, count, next_at


@contextmanager
def open_pages(path: Path, *, read_only: bool = False) -> Iterator[Pages]:
    """The pages for the length of the block, made where there are none unless only read; raises StorageError.

    SchemaError for a file of another version.
    """
    if read_only and not path.exists():
        raise StorageError(f"{path} does not exist yet; `newsfeed update` and `newsfeed import` put pages into it.")
    with reported(path):
        db = _connect(path, read_only=read_only)
    try:
        yield Pages(db, path)
    finally:
        db.close()


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    name = f"file:{quote(str(path))}{'?mode=ro' if read_only else ''}"
    db = sqlite3.connect(name, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)
    db.row_factory = sqlite3.Row
    if not read_only:  # both only take hold in a new file
        db.execute(f"pragma page_size = {PAGE_SIZE}")
        db.execute("pragma auto_vacuum = incremental")  # what is dropped is given back to the disk
    refuse_newer(db, path, migrations)
    if not read_only:
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        migrations.apply(Database(db))
    return db


def digest_of(data: bytes) -> bytes:
    """What is equal for equal bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def told_hints(link: Link) -> str:
    """What a link told, its text included, as JSON that is equal for equal links."""
    told = {name: value for name in _HINTS if (value := getattr(link, name))}
    return json.dumps(told)


def link_of(told: str, url: str, source: str, origin: Origin) -> Link:
    """A link from its JSON."""
    hints = json.loads(told)
    hints |= {name: tuple(hints.get(name, ())) for name in ("categories", "tags")}
    return Link(url=url, source=source, origin=origin, **hints)


def kind_of(page: Page) -> Literal["page", "link"]:
    """`link` where an article came whole with its link, without a page of its own."""
    return "page" if page.body else "link"


def _is_alike(before: sqlite3.Row, row: dict[str, object]) -> bool:
    told = () if row["outcome"] == "waiting" else ("source", "hints")
    names = ("url", "kind", "page_url", "content_type", "payload_id", *told)
    return all(before[name] == row[name] for name in names)


def _payload_of(capture: Capture) -> bytes:
    if kind_of(capture.page) == "link":
        return told_hints(capture.link).encode()
    return capture.page.body


def _row(capture: Capture) -> dict[str, object]:
    link, page, at = capture.link, capture.page, stamp(capture.fetched_at)
    kind = kind_of(page)
    return {
        "key": url_key(link.url),
        "url": link.url,
        "source": link.source,
        "origin": link.origin,
        "kind": kind,
        "page_url": page.url,
        "content_type": page.content_type,
        "hints": told_hints(link) if kind == "page" else None,
        "fetched_at": at,
        "seen_at": at,
        "outcome": capture.outcome,
        "rank": _RANKS[capture.outcome],
    }
