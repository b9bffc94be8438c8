"""What articles tell of: units, places and topics, filled from the gazetteer, and each article's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from crawler.gazetteer import Entry
from crawler.models import Facts, PlaceFact, TopicFact, UnitFact
from crawler.storage.database import next_change, stamp
from crawler.storage.shown import IS_SHOWN


def fill(db: sqlite3.Connection, fingerprint: str, entries: Iterable[Entry], topics: Iterable[tuple[str, str]]) -> None:
    """Make the tables of units, places and topics hold a gazetteer, unless they were filled from this very one.

    What a gazetteer no longer has stays, as stored articles point to it. Call it inside a transaction.
    """
    row = db.execute("select fingerprint from gazetteer").fetchone()
    if row and row["fingerprint"] == fingerprint:
        return
    known = list(entries)
    units = [(one.id, one.name, one.type, one.province or None) for one in known if one.kind in ("unit", "office")]
    provinces = [(one.id, one.name, "province", None) for one in known if one.kind == "province"]
    cities = [(one.id, one.name, "city", one.province) for one in known if one.kind == "city"]
    for table, rows in (("units", units), ("places", [*provinces, *cities])):
        db.executemany(
            f"""insert into {table} (id, name, kind, province) values (?, ?, ?, ?) on conflict (id) do update
                set name = excluded.name, kind = excluded.kind, province = excluded.province""",
            rows,
        )
    db.executemany(
        "insert into topics (id, name) values (?, ?) on conflict (id) do update set name = excluded.name", topics
    )
    db.execute("insert or replace into gazetteer (id, fingerprint) values (1, ?)", (fingerprint,))


def store(db: sqlite3.Connection, article_id: int, facts: Facts, now: datetime, *, is_new: bool = False) -> bool:
    """Replace what an article tells of where that differs, and return whether it did; its feeds then see a change.

    Of a new article they see one anyway. Names that stay unresolved are not kept.
    """
    if not is_new and load(db, article_id) == _kept(facts):
        return False
    for table in ("article_units", "article_places", "article_topics"):
        if not is_new:
            db.execute(f"delete from {table} where article_id = ?", (article_id,))
    db.executemany(
        "insert into article_units (article_id, unit_id, role, weight, evidence) values (?, ?, ?, ?, ?)",
        [(article_id, one.id, one.role, one.weight, one.evidence) for one in facts.units],
    )
    db.executemany(
        "insert into article_places (article_id, place_id, weight, evidence) values (?, ?, ?, ?)",
        [(article_id, one.id, one.weight, one.evidence) for one in facts.places],
    )
    db.executemany(
        "insert into article_topics (article_id, topic_id, weight, evidence) values (?, ?, ?, ?)",
        [(article_id, one.id, one.weight, one.evidence) for one in facts.topics],
    )
    if is_new:
        if facts.province:
            db.execute("update articles set province = ? where id = ?", (facts.province, article_id))
        return True
    is_shown = db.execute(f"select {IS_SHOWN} as is_shown from articles where id = ?", (article_id,)).fetchone()[0]
    seen = {"change": next_change(db), "changed_at": stamp(now)} if is_shown else {}
    values = {"province": facts.province, **seen}
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"update articles set {assignments} where id = :id", {**values, "id": article_id})
    return True


def load(db: sqlite3.Connection, article_id: int) -> Facts:
    """What an article tells of, as stored: the strongest first, a subject before all."""
    units = db.execute(
        """select unit_id, name, role, weight, evidence from article_units join units on units.id = unit_id
           where article_id = ? order by role = 'subject' desc, weight desc, unit_id""",
        (article_id,),
    )
    places = db.execute(
        """select place_id, name, kind, weight, evidence from article_places join places on places.id = place_id
           where article_id = ? order by weight desc, place_id""",
        (article_id,),
    )
    topics = db.execute(
        """select topic_id, name, weight, evidence from article_topics join topics on topics.id = topic_id
           where article_id = ? order by weight desc, topic_id""",
        (article_id,),
    )
    row = db.execute("select province from articles where id = ?", (article_id,)).fetchone()
    return Facts(
        tuple(UnitFact(*one) for one in units),
        tuple(PlaceFact(*one) for one in places),
        tuple(TopicFact(*one) for one in topics),
        row["province"],
    )


def _kept(facts: Facts) -> Facts:
    """Facts as they would be read back."""
    return Facts(
        tuple(sorted(facts.units, key=lambda one: (one.role != "subject", -one.weight, one.id))),
        tuple(sorted(facts.places, key=lambda one: (-one.weight, one.id))),
        tuple(sorted(facts.topics, key=lambda one: (-one.weight, one.id))),
        facts.province,
    )
