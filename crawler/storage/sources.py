"""Sources: their facts, what a spider must know of their past, and runs; how they fare is in `storage.health`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from crawler.models import Discovered, Fetched, Probed, Source, SourceState, Step, Strategy, Tried, Validators
from crawler.storage import checks, links
from crawler.storage.database import next_change, stamp

# Facts of a record that the sources table keeps under the same name.
FACTS = (
    "slug", "name", "publisher", "kind", "homepage", "zone", "language", "province", "unit", "republish", "pace_group",
    "confidence",
)  # fmt: skip


def save(db: sqlite3.Connection, sources: Iterable[Source], now: datetime) -> None:
    """Store the facts of records that are new or have changed; how a source fares stays as it is."""
    stored = {row["slug"]: tuple(row) for row in db.execute(f"select {', '.join(FACTS)} from sources")}
    assignments = ", ".join(f"{name} = excluded.{name}" for name in (*FACTS[1:], "change", "changed_at"))
    for source in sources:
        facts = tuple(getattr(source, name) for name in FACTS)
        if stored.get(source.slug) == facts:
            continue
        db.execute(
            f"""insert into sources ({", ".join(FACTS)}, change, changed_at)
                values ({", ".join("?" * len(FACTS))}, ?, ?) on conflict (slug) do update set {assignments}""",
            (*facts, next_change(db), stamp(now)),
        )


def known(db: sqlite3.Connection) -> dict[str, Source]:
    """The sources that anything is stored of, by the facts that are stored; their ways and rules stand in records."""
    rows = db.execute(f"select {', '.join(FACTS)} from sources order by slug")
    return {row["slug"]: Source(**dict(row)) for row in rows}


def one(db: sqlite3.Connection, slug: str) -> Source:
    """A source that is stored, by the facts that are stored."""
    return Source(**dict(db.execute(f"select {', '.join(FACTS)} from sources where slug = ?", (slug,)).fetchone()))


def save_imported(db: sqlite3.Connection, source: Source, now: datetime) -> None:
    """Store a source that only imported pages told of; it is never crawled."""
    save(db, [source], now)
    db.execute("update sources set state = 'imported' where slug = ? and state = 'never tried'", (source.slug,))


def state(db: sqlite3.Connection, slug: str, now: datetime, *, polls: bool = True) -> SourceState:
    """What a spider must know of a source's past; without `polls`, for a turn of pages that are due alone."""
    row = db.execute("select cursor, pending, last_success, ways from sources where slug = ?", (slug,)).fetchone()
    pending = json.loads(row["pending"]) if row["pending"] else None
    fetches = db.execute(
        "select url, strategy, etag, last_modified from fetches where source = ? and strategy is not null", (slug,)
    ).fetchall()
    due = checks.due(db, slug, now, only_pages=not polls)
    return SourceState(
        slug=slug,
        ways=ways_of(row["ways"]),
        first=row["last_success"] is None or bool(pending and pending["first"]),
        cursor=row["cursor"],
        pending=(pending["strategy"], step_of(pending["step"])) if pending else None,
        validators={one["url"]: Validators(one["etag"], one["last_modified"]) for one in fetches},
        parts={one["strategy"]: one["url"] for one in fetches if one["url"] != address_of(one["strategy"])},
        open_links=links.waiting(db, slug, now),
        known=links.known(db, slug),
        polls=polls,
        checks=due,
        controls=checks.controls(db, slug, now) if due else (),
    )


def note_discovered(db: sqlite3.Connection, found: Discovered, now: datetime) -> None:
    """Keep an answer's validators and the strategy's cursor, in the transaction that stores its links."""
    if found.validators != Validators():
        own = address_of(found.strategy)
        if found.url != own:
            db.execute(
                "delete from fetches where source = ? and strategy = ? and url not in (?, ?)",
                (found.source, found.strategy, found.url, own),
            )
        _note_fetch(db, found.url, found.source, found.strategy, found.validators, 200, None, now, found.size)
    db.execute(
        """update sources set cursor = coalesce(:cursor, cursor), pending = json_set(:pending, '$.first',
               last_success is null or coalesce(json_extract(pending, '$.first'), 0)) where slug = :slug""",
        {"cursor": found.cursor, "pending": _pending(found), "slug": found.source},
    )


def address_of(strategy: str) -> str:
    """The address of a strategy that is stored by its name."""
    return strategy.partition(" ")[2]


def note_new(db: sqlite3.Connection, slug: str, now: datetime) -> None:
    """Note that a source has brought a new article, in the transaction that stores it: the run may never end."""
    db.execute(
        "update sources set last_new = :now where slug = :slug and last_new is not :now",
        {"now": stamp(now), "slug": slug},
    )


def note_probed(db: sqlite3.Connection, found: Probed, now: datetime) -> None:
    """Keep what a probe tried, and the ways that it found; without any, those that are known stay."""
    ways = json.dumps([asdict(way) for way in found.ways]) if found.ways else None
    told = asdict(found)
    del told["ways"]
    db.execute(
        "update sources set ways = coalesce(?, ways), probe = ?, probed_at = ? where slug = ?",
        (ways, json.dumps(told), stamp(now), found.source),
    )


def ways_of(stored: str | None) -> tuple[Strategy, ...]:
    """The ways of a probe, from their column."""
    return tuple(Strategy(**way) for way in json.loads(stored or "[]"))


def probed_of(stored: str, ways: str | None) -> Probed:
    """What a probe found, from its columns."""
    told = json.loads(stored)
    told["tried"] = tuple(Tried(**one | {"strategy": Strategy(**one["strategy"])}) for one in told["tried"])
    return Probed(**told, ways=ways_of(ways))


def note_fetched(db: sqlite3.Connection, fetched: Fetched, now: datetime) -> None:
    """Keep what became of the request for an article's page."""
    link = fetched.link
    validators = fetched.validators if fetched.article or fetched.check else Validators()
    _note_fetch(db, link.url, link.source, None, validators, fetched.status, fetched.error, now, fetched.size)


def start_run(db: sqlite3.Connection, now: datetime) -> int:
    """Note that a run began and return its key."""
    cursor = db.execute("insert into runs (started_at) values (?)", (stamp(now),))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish_run(
    db: sqlite3.Connection, run: int, exit_code: int, counts: Mapping[str, Mapping[str, int]], now: datetime
) -> None:
    """Note how a run ended."""
    db.execute(
        "update runs set finished_at = ?, exit_code = ?, counts = ? where id = ?",
        (stamp(now), exit_code, json.dumps(counts), run),
    )


def _pending(found: Discovered) -> str | None:
    """The step that a walk still has to take, as it is stored; SQL adds whether it belongs to the first crawl."""
    if found.next is None:
        return None
    return json.dumps({"strategy": found.next_by or found.strategy, "step": told_step(found.next)})


def told_step(step: Step) -> dict[str, Any]:
    """A step as JSON takes it."""
    return asdict(step) | {"seen": sorted(step.seen)}


def step_of(stored: dict[str, Any]) -> Step:
    """A step from its JSON."""
    return Step(**stored | {"seen": frozenset(stored["seen"]), "ahead": tuple(stored.get("ahead", ()))})


def _note_fetch(
    db: sqlite3.Connection,
    url: str,
    source: str,
    strategy: str | None,
    validators: Validators,
    status: int | None,
    error: str | None,
    now: datetime,
    size: int,
) -> None:
    db.execute(
        """insert into fetches (url, source, strategy, etag, last_modified, status, error, fetched_at, bytes)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?)
           on conflict (url) do update set
               strategy = excluded.strategy, etag = excluded.etag, last_modified = excluded.last_modified,
               status = excluded.status, error = excluded.error, fetched_at = excluded.fetched_at,
               bytes = excluded.bytes""",
        (
            url, source, strategy, validators.etag, validators.last_modified, status, error, stamp(now), size,
        ),
    )  # fmt: skip
