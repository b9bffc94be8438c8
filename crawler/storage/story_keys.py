"""The keys by which grouping finds articles: where each stands under its keys, and who has which."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator

from crawler.models import Holder

Place = Callable[[Iterable[Holder]], list[Holder]]
PlaceAmong = Callable[[Iterable[Holder], Iterable[Holder]], list[Holder]]

_BEHIND = 2
_COLUMNS = "key, place, day, rank, article_id, source"


def move(
    db: sqlite3.Connection,
    front: dict[int, list[Holder]],
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
        key, day = at
        old, out = (
            [one for one in front.get(key, ()) if one.day == day],
            {one.article_id for one in leaving.get(at, ())},
        )
        is_crowded = any(one.place for one in old)
        if is_crowded and out:
            old += behind(db, [at])
        kept = [one for one in old if one.article_id not in out]
        made = place_among(kept, coming[at]) if is_crowded and not out else place((*kept, *coming.get(at, ())))
        if made != old:
            drop += set(old).difference(made)
            add += set(made).difference(old)
            others = [one for one in front.get(key, ()) if one.day != day]
            front[key] = others + [one for one in made if one.place < _BEHIND]
    _write(db, drop, add)
    return {one.article_id for one in (*drop, *add) if one.place == _BEHIND}


def known(db: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[Holder]]:
    """Who has each of some keys; of the many of a day those that stand for all."""
    found: dict[int, list[Holder]] = {}
    cursor = db.cursor()
    cursor.row_factory = None
    cursor.execute(
        f"select {_COLUMNS} from article_keys where key in (select value from json_each(?)) and place < {_BEHIND}",
        (json.dumps(sorted(keys)),),
    )
    for one in map(Holder._make, cursor):
        found.setdefault(one.key, []).append(one)
    return found


def behind(db: sqlite3.Connection, days: Iterable[tuple[int, int]]) -> Iterator[Holder]:
    """The others under keys, each given with its day."""
    for key, day in days:
        rows = db.execute(f"select {_COLUMNS} from article_keys where key = ? and place = 2 and day = ?", (key, day))
        yield from (Holder(*row) for row in rows)


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
