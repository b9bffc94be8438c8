"""Keeping `pages.db` within the operator's bounds: what is too old goes, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.storage.database import stamp
from crawler.storage.pages import Pages, reported

BATCH = 200  # captures that one transaction drops


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was dropped: captures, and the bytes that the file is smaller by."""

    captures: int = 0
    size: int = 0


def prune(pages: Pages, keep: timedelta | None, most: int | None, now: datetime) -> Pruned:
    """Drop what is older than `keep`, then the least needed until the file has `most` bytes (None: no bound).

    Superseded captures go first, then those that are no article's, the newest of each article last; the oldest of a
    kind before the others. Raises StorageError.
    """
    with reported(pages.path):
        before, dropped = size_of(pages), 0
        while keep is not None and (batch := _older(pages, now - keep)):
            dropped += _drop(pages, batch)
        while most is not None and size_of(pages) > most and (batch := _least(pages, most)):
            dropped += _drop(pages, batch)
        if dropped:
            pages.forget_dictionaries()
            pages.db.executescript("pragma incremental_vacuum")  # `execute` frees one page of it
            pages.db.execute("pragma wal_checkpoint(truncate)").fetchall()
    return Pruned(dropped, max(0, before - size_of(pages)))


def size_of(pages: Pages) -> int:
    """Bytes that the pages take up in the file, without what is free in it."""
    total, free, page = (
        pages.db.execute(f"pragma {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((total - free) * page)


def _older(pages: Pages, than: datetime) -> list[int]:
    rows = pages.db.execute(
        "select id from captures where stored_at < ? order by stored_at, id limit ?", (stamp(than), BATCH)
    )
    return [row["id"] for row in rows]


def _least(pages: Pages, most: int) -> list[int]:
    """The captures that are needed least, about half as many as must go."""
    size, count = size_of(pages), pages.db.execute("select count(*) from captures").fetchone()[0]
    batch = max(1, min(BATCH, (size - most) * count // (2 * size)))
    rows = pages.db.execute("select id from captures order by rank, stored_at, id limit ?", (batch,))
    return [row["id"] for row in rows]


def _drop(pages: Pages, captures: Sequence[int]) -> int:
    """Drop captures, and the bytes that no other capture shows."""
    marks = ", ".join("?" * len(captures))
    with pages.writing():
        payloads = [
            row[0]
            for row in pages.db.execute(
                f"""select payload_id from captures where id in ({marks})
                    union select payload_id from parts where capture_id in ({marks})""",
                (*captures, *captures),
            )
        ]
        pages.db.execute(f"delete from parts where capture_id in ({marks})", captures)
        pages.db.execute(f"delete from captures where id in ({marks})", captures)
        pages.db.executemany(
            """delete from payloads where id = ? and not exists (select 1 from captures where payload_id = payloads.id)
                   and not exists (select 1 from parts where payload_id = payloads.id)""",
            [(payload,) for payload in payloads],
        )
    return len(captures)
