"""What grouping compares of each article: read from what is stored, kept, and looked up by what articles share."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crawler.models import Signature, Told
from crawler.storage.database import moment
from crawler.storage.shown import IS_SHOWN

MOST_TEXT = 1_600  # characters of a text that are read
_AT_ONCE = 500  # values in one statement
_NAMES = ("units", "others", "topics", "people", "heads", "officials", "quotes", "title", "lead", "sketch", "places")


def told(db: sqlite3.Connection, article_ids: Collection[int]) -> dict[int, Told]:
    """What the articles that may be shown tell, by their keys; the others are missing."""
    found: dict[int, Told] = {}
    for ids in sliced(article_ids):
        units, topics = _facts(db, "article_units", "unit_id, role", ids), _facts(db, "article_topics", "topic_id", ids)
        places = _facts(db, "article_places", "place_id", ids)
        for row in db.execute(
            f"""select a.id, a.title, substr(a.body_text, 1, {MOST_TEXT}) as text, a.published, a.event_date,
                    a.source, a.entry_id, s.zone
                from articles a join sources s on s.slug = a.source
                where a.id in ({marks(ids)}) and {IS_SHOWN}""",
            ids,
        ):
            of_role = {
                role: tuple(unit["unit_id"] for unit in units[row["id"]] if unit["role"] == role)
                for role in ("subject", "mention")
            }
            found[row["id"]] = Told(
                article_id=row["id"],
                title=row["title"],
                text=row["text"],
                published=_local_day(moment(row["published"]), row["zone"]),
                event=date.fromisoformat(row["event_date"]) if row["event_date"] else None,
                subjects=of_role["subject"],
                mentioned=of_role["mention"],
                places=tuple(place["place_id"] for place in places[row["id"]]),
                topics=tuple(topic["topic_id"] for topic in topics[row["id"]]),
                source=row["source"],
                entry_id=row["entry_id"],
            )
    return found


def save(db: sqlite3.Connection, signatures: Iterable[Signature]) -> None:
    """Keep what is compared of articles, in the place of what was."""
    db.executemany(
        "insert or replace into article_signatures (article_id, event_day, published_day, told) values (?, ?, ?, ?)",
        [
            (one.article_id, one.day.isoformat() if one.is_dated else None, one.published.isoformat(), _written(one))
            for one in signatures
        ],
    )


def drop(db: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Forget what was compared of articles."""
    db.executemany("delete from article_signatures where article_id = ?", [(key,) for key in article_ids])


def load(db: sqlite3.Connection, article_ids: Collection[int]) -> dict[int, Signature]:
    """What is kept of articles, by their keys; of those that are not grouped, nothing."""
    found: dict[int, Signature] = {}
    for ids in sliced(article_ids):
        for row in db.execute(f"select * from article_signatures where article_id in ({marks(ids)})", ids):
            found[row["article_id"]] = _read(row)
    return found


def sliced(values: Collection[int]) -> Iterator[list[int]]:
    """Keys in their order, as many at once as one statement takes."""
    ordered = sorted(values)
    yield from (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))


def marks(values: Collection[int]) -> str:
    """Placeholders for values."""
    return ", ".join("?" * len(values))


def _facts(db: sqlite3.Connection, table: str, columns: str, ids: list[int]) -> dict[int, list[sqlite3.Row]]:
    found: dict[int, list[sqlite3.Row]] = {key: [] for key in ids}
    rows = db.execute(f"select article_id, {columns} from {table} where article_id in ({marks(ids)})", ids)
    for row in rows:
        found[row["article_id"]].append(row)
    return found


def _local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _written(signature: Signature) -> str:
    lists = {name: sorted(getattr(signature, name)) for name in _NAMES}
    counts = sorted(signature.counts)
    rest = {"counts": counts, "is_roundup": signature.is_roundup, "source": signature.source, "rank": signature.rank}
    return json.dumps({name: value for name, value in (lists | rest).items() if value}, ensure_ascii=False)


def _read(row: sqlite3.Row) -> Signature:
    kept = json.loads(row["told"])
    published = date.fromisoformat(row["published_day"])
    return Signature(
        article_id=row["article_id"],
        day=date.fromisoformat(row["event_day"]) if row["event_day"] else published,
        is_dated=row["event_day"] is not None,
        published=published,
        counts=frozenset((number, noun) for number, noun in kept.get("counts", ())),
        is_roundup=bool(kept.get("is_roundup")),
        source=kept.get("source", ""),
        rank=kept.get("rank", 0),
        **{name: frozenset(kept.get(name, ())) for name in _NAMES},
    )
