"""Reading `pages.db` back: captures in the order in which they were fetched, and each as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.models import Capture, Outcome, Page
from crawler.storage.database import moment, stamp
from crawler.storage.pages import Pages, digest_of, link_of, reported
from crawler.text.urls import url_key

BATCH = 500  # captures that are listed at once


@dataclass(frozen=True, slots=True)
class Entry:
    """A capture without its bytes; `at` and `id` are its place in the order of all."""

    id: int
    url: str
    source: str
    at: str
    seen: str
    outcome: Outcome
    kind: Literal["page", "link"]

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands: captures are in the order of their time, then as they came in."""
        return self.at, self.id


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which captures: of a source, fetched or seen since a time (aware), with an outcome; None leaves it open."""

    source: str | None = None
    since: datetime | None = None
    outcome: Outcome | None = None

    def __contains__(self, entry: Entry) -> bool:
        return (
            self.source in (None, entry.source)
            and (self.since is None or entry.at >= stamp(self.since))
            and self.outcome in (None, entry.outcome)
        )


_ENTRY = "id, url, source, fetched_at as at, seen_at as seen, outcome, kind"


def count(pages: Pages, wanted: Wanted) -> int:
    """How many captures there are."""
    condition, values = _condition(wanted)
    with reported(pages.path):
        return int(pages.db.execute(f"select count(*) from captures where {condition}", values).fetchone()[0])


def entries(pages: Pages, wanted: Wanted, after: tuple[str, int] = ("", 0)) -> Iterator[Entry]:
    """The captures behind a place, oldest first; what is written meanwhile does no harm."""
    condition, values = _condition(wanted)
    while True:
        with reported(pages.path):
            rows = pages.db.execute(
                f"""select {_ENTRY} from captures where {condition} and (fetched_at, id) > (?, ?)
                    order by fetched_at, id limit ?""",
                (*values, *after, BATCH),
            ).fetchall()
        yield from (Entry(**dict(row)) for row in rows)
        if len(rows) < BATCH:
            return
        after = rows[-1]["at"], rows[-1]["id"]


def of_addresses(pages: Pages, urls: Sequence[str]) -> list[Entry]:
    """All captures of some links' addresses, oldest first."""
    keys = sorted({url_key(url) for url in urls})
    marks = ", ".join("?" * len(keys))
    with reported(pages.path):
        rows = pages.db.execute(
            f"select {_ENTRY} from captures where key in ({marks}) order by fetched_at, id", keys
        ).fetchall()
    return [Entry(**dict(row)) for row in rows]


def capture(pages: Pages, key: int) -> Capture:
    """A capture as it was fetched. Raises ValueError, with the reason, where its bytes are damaged or gone."""
    try:
        row = pages.db.execute("select * from captures where id = ?", (key,)).fetchone()
        if row is None:
            raise ValueError("it is gone")
        body = _bytes(pages, row["payload_id"])
        hints = row["hints"] if row["kind"] == "page" else body.decode()
        link = link_of(hints, url=row["url"], source=row["source"], origin=row["origin"])
        parts = tuple(_parts(pages, key))
    except sqlite3.Error as error:
        raise ValueError(str(error)) from error
    page = Page(row["page_url"], body if row["kind"] == "page" else b"", row["content_type"], link, parts)
    return Capture(page, moment(row["fetched_at"]), row["outcome"], row["id"])


def at_time(pages: Pages, url: str, at: datetime) -> int | None:
    """The capture of a page that was fetched, or seen again, at a time."""
    row = pages.db.execute(
        "select id from captures where key = ? and fetched_at <= ? and seen_at >= ? and kind = 'page' limit 1",
        (url_key(url), stamp(at), stamp(at)),
    ).fetchone()
    return row["id"] if row else None


def nearest(pages: Pages, url: str, at: datetime) -> int | None:
    """The capture of a page that was fetched closest to a time."""
    row = pages.db.execute(
        """select id from captures where key = ? and kind = 'page'
           order by abs(julianday(fetched_at) - julianday(?)), id limit 1""",
        (url_key(url), stamp(at)),
    ).fetchone()
    return row["id"] if row else None


def is_outdated(pages: Pages, entry: Entry) -> bool:
    """Whether the address is known to have shown an article at a later time."""
    row = pages.db.execute(
        "select 1 from captures where key = ? and outcome = 'article' and seen_at > ? and id <> ? limit 1",
        (url_key(entry.url), entry.at, entry.id),
    ).fetchone()
    return row is not None


def entry_outcome(pages: Pages, key: int) -> Outcome | None:
    """What has come of a capture by now."""
    row = pages.db.execute("select outcome from captures where id = ?", (key,)).fetchone()
    return row["outcome"] if row else None


def has_article(pages: Pages, key: str) -> bool:
    """Whether the address with this key is known to have shown an article."""
    row = pages.db.execute(
        "select 1 from captures where key = ? and outcome in ('article', 'older') limit 1", (key,)
    ).fetchone()
    return row is not None


def _parts(pages: Pages, key: int) -> Iterator[Page]:
    for part in pages.db.execute("select * from parts where capture_id = ? order by position", (key,)).fetchall():
        yield Page(part["page_url"], _bytes(pages, part["payload_id"]), part["content_type"])


def _bytes(pages: Pages, payload: int) -> bytes:
    row = pages.db.execute("select hash, size, dictionary_id, bytes from payloads where id = ?", (payload,)).fetchone()
    if row is None:
        raise ValueError("its bytes are missing")
    data = pages.codec.unpack(row["bytes"], row["dictionary_id"], row["size"])
    if digest_of(data) != row["hash"]:
        raise ValueError("its bytes are not those that were stored")
    return data


def _condition(wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    parts = {"source = ?": wanted.source, "fetched_at >= ?": stamp(wanted.since) if wanted.since else None}
    chosen = {sql: value for sql, value in parts.items() if value is not None}
    literal = [f"outcome = '{wanted.outcome}'"] if wanted.outcome else []  # so that an index of one outcome serves it
    return " and ".join([*chosen, *literal]) or "true", tuple(chosen.values())
