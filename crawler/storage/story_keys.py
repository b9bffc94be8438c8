"""The keys by which grouping finds articles: where each stands under its keys, and who has which."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable

from crawler.models import Holder

Place = Callable[[Iterable[Holder]], list[Holder]]
PlaceAmong = Callable[[Iterable[Holder], Iterable[Holder]], list[Holder]]

_BEHIND = 2
_COLUMNS = "key, place, day, rank, article_id, source"


def move(
    db: sqlite3.Connection,
    front: dict[tuple[int, int], list[Holder]],
    gone: Iterable[Holder],
    new: Iterable[Holder],
    place: Place,
    place_among: PlaceAmong,
) -> set[int]:
    """Take articles from under keys, put others there; returns who is compared with more or fewer because of it.

    `front` is what `known` gives for all these keys, and is kept true. `place` puts all that have a key on a day in
    their places, `place_among` new ones where many have it.
    """
    leaving, coming = _by_day(gone), _by_day(new)
    drop: list[Holder] = []
    add: list[Holder] = []
    for at in leaving.keys() | coming.keys():
        old, out = front.get(at, []), {one.article_id for one in leaving.get(at, ())}
        is_crowded = any(one.place for one in old)
        if is_crowded and out:
            old = old + behind(db, [at])[at]
        kept = [one for one in old if one.article_id not in out]
        made = place_among(kept, coming[at]) if is_crowded and not out else place((*kept, *coming.get(at, ())))
        drop += set(old).difference(made)
        add += set(made).difference(old)
        front[at] = [one for one in made if one.place < _BEHIND]
    _write(db, drop, add)
    return {one.article_id for one in (*drop, *add) if one.place == _BEHIND}


def known(db: sqlite3.Connection, keys: Iterable[int]) -> dict[tuple[int, int], list[Holder]]:
    """Who has each of some keys on each day; of many those that stand for all."""
    cursor = db.cursor()
    cursor.row_factory = None
    cursor.execute(
        f"select {_COLUMNS} from article_keys where key in (select value from json_each(?)) and place < {_BEHIND}",
        (json.dumps(sorted(keys)),),
    )
    return _by_day(map(Holder._make, cursor))


def behind(db: sqlite3.Connection, days: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[Holder]]:
    """The others under keys, each given with its day."""
    select = f"select {_COLUMNS} from article_keys where key = ? and place = {_BEHIND} and day = ?"
    return {at: [Holder(*row) for row in db.execute(select, at)] for at in days}


def _by_day(found: Iterable[Holder]) -> dict[tuple[int, int], list[Holder]]:
    by_day: dict[tuple[int, int], list[Holder]] = {}
    for one in found:
        by_day.setdefault((one.key, one.day), []).append(one)
    return by_day


def _write(db: sqlite3.Connection, drop: Iterable[Holder], add: Iterable[Holder]) -> None:
    db.executemany(
        "delete from article_keys where key = ? and place = ? and day = ? and rank = ? and article_id = ?",
        [one[:5] for one in drop],
    )
    db.executemany(f"insert into article_keys ({_COLUMNS}) values (?, ?, ?, ?, ?, ?)", sorted(add))
