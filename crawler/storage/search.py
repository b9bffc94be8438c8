"""Looking for articles: the newest that match, in the order of how well they fit and how fresh they are.

At most the newest 2,000 (by publication) are ranked, as BM25 over all that hold a word like `lapas` takes too long.
They are found in the cheapest of three ways:

1. from the side of what is rare: a unit, a province or a topic, later the words
2. among the newest articles that the filters leave: there are few of these, or enough of them hold the words, which
   the articles stored last tell beforehand
3. along the whole index of publication times

Relevance is BM25, in which the title counts five times, divided by that of the best match. BM25 gives no weight to what
most articles hold, and counts all of them to find that out; so of words that most hold only the title is asked, and as
little but freshness tells such articles apart, only the newest 500 are ranked. Of the score of an article, seven tenths
halve every 90 days.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from crawler.models import Found, Hit, Piece, Search
from crawler.storage.database import moment, open_reading, stamp
from crawler.storage.trouble import reported

MOST_RANKED = 2_000
MOST_COMMON = 500  # ranked of those that hold what most articles hold
MOST_ON_PAGE = 100
TITLE_WEIGHT = 5.0
COMMON = 0.5  # of all articles; what more hold has no weight in BM25
IN_TEXT = 0.5  # relevance of an article that has such words in its text alone
HALF_LIFE = 90  # days
FRESHNESS = 0.7  # its part of the score of an article of today; the rest stays however old it gets

_SAMPLE = 2_000  # articles stored last, by which it is told how common the words are
_MARGIN = 1.1  # times as many articles as hold enough matches, if these are as frequent as among the last
_LARGEST_POOL = 24_000
_FEW = 10_000  # rows that are looked up one by one
_DENSE = 4  # ids in a range for each that is looked for: from there on the others are not worth reading
_LATEST = 100_000  # stored last, of a common word: what a search in a very large archive may cost
_SNIPPET = 32  # words
_START, _END = "\x02", "\x03"  # no stored text holds them

_VISIBLE = "a.withheld is null and a.removed is null"
_WORDS = "select rowid from articles_fts where articles_fts match :match"


class _Match(NamedTuple):
    id: int
    published: str
    relevance: float


def find(path: Path, search: Search, now: datetime, *, limit: int = 20, offset: int = 0) -> Found:
    """A page of what matches, best first, from the database read-only; raises StorageError or SchemaError."""
    db = open_reading(path)
    try:
        with reported(path):
            db.execute("begin")
            return find_in(db, search, now, limit=limit, offset=offset)
    finally:
        db.close()


def find_in(db: sqlite3.Connection, search: Search, now: datetime, *, limit: int = 20, offset: int = 0) -> Found:
    """The same over an open connection, inside one snapshot where the caller has begun one."""
    share = _share(db, search)
    most = MOST_COMMON if search.match and share > COMMON else MOST_RANKED
    matches = _weighed(db, search, _candidates(db, search, share, most), share)
    ranked = _ranked(matches[:most], now)
    page = ranked[max(offset, 0) :][: min(max(limit, 0), MOST_ON_PAGE)]
    return Found(tuple(_hits(db, search, page)), len(ranked), len(matches) > most)


def matching(search: Search) -> tuple[str, Mapping[str, object]]:
    """The condition that an article `a` fulfils the search, without any limit, and its parameters."""
    sets, values = _sets(search)
    conditions = [_VISIBLE, *_times(search), *(f"a.id in ({ids})" for ids in sets.values())]
    return " and ".join(conditions), values


def _share(db: sqlite3.Connection, search: Search) -> float:
    """Which part of the articles stored last hold the words."""
    if not search.match:
        return 1.0
    last = db.execute("select max(id) from articles").fetchone()[0] or 0
    sample = min(_SAMPLE, last)
    holding = "select count(*) from articles_fts where articles_fts match ? and rowid > ?"
    return int(db.execute(holding, (search.match, last - sample)).fetchone()[0]) / max(sample, 1)


def _candidates(db: sqlite3.Connection, search: Search, share: float, most: int) -> list[tuple[int, str]]:
    """Ids and times of the newest matches, newest first; more than the most that are ranked where there are more."""
    sets, values = _sets(search)
    facts = {name: ids for name, ids in sets.items() if name not in ("match", "sources")}
    rare = _rare(db, search, sets, values, facts, most)
    if rare is not None:
        return rare
    pool = ceil(_MARGIN * (most + 1) / share) if share else _LARGEST_POOL + 1
    while pool <= _LARGEST_POOL:
        newest = _rows(db, _newest(search, sets, pool), values)
        found = _holding(db, search, newest)
        if len(newest) < pool or len(found) > most:
            return found[: most + 1]
        pool = max(2 * pool, pool * most * 3 // (2 * len(found) + 1))  # where they are as frequent further back
    rare = _rare(db, search, sets, values, ["match"] if search.match else [], most)
    return _rows(db, _newest(search, sets, most + 1, with_words=True), values) if rare is None else rare


def _rare(
    db: sqlite3.Connection,
    search: Search,
    sets: Mapping[str, str],
    values: Mapping[str, object],
    names: Iterable[str],
    most: int,
) -> list[tuple[int, str]] | None:
    """All that match, looked up from the side of the first of these conditions that leaves few rows, if one does."""
    for name in names:
        few = [row[0] for row in db.execute(f"{sets[name]} limit {_FEW + 1}", values)]
        if len(few) <= _FEW:
            return _rows(db, _from_rare(search, sets, name, most), {**values, "few": json.dumps(few)})
    return None


def _newest(search: Search, sets: Mapping[str, str], limit: int, *, with_words: bool = False) -> str:
    """The newest articles that the filters leave, of all or of those that hold the words."""
    where, without = [_VISIBLE, *_times(search)], [] if with_words else ["match"]
    index = "articles_published"
    if len(search.sources) == 1:
        index = "articles_source_published"
        where.append("a.source = :sources ->> 0")
        without.append("sources")
    where += _others(sets, *without)
    return f"""select a.id, a.published from articles a indexed by {index}
               where {" and ".join(where)} order by a.published desc limit {limit}"""


def _from_rare(search: Search, sets: Mapping[str, str], rare: str, most: int) -> str:
    where = " and ".join(
        ["a.id in (select value from json_each(:few))", _VISIBLE, *_times(search), *_others(sets, rare)]
    )
    return f"""select a.id, a.published from articles a indexed by articles_dates
               where {where} order by a.published desc, a.id desc limit {most + 1}"""


def _others(sets: Mapping[str, str], *but: str) -> Iterator[str]:
    """The conditions but some, asked of one article; the plus keeps SQLite from starting with them."""
    words = f"+a.id in ({_WORDS} order by rowid desc limit {_LATEST})"
    return (words if name == "match" else _FILTERS[name][1] for name in sets if name not in but)


def _rows(db: sqlite3.Connection, sql: str, values: Mapping[str, object] | Sequence[object]) -> list[Any]:
    cursor = db.cursor()
    cursor.row_factory = None  # plain tuples: there are thousands
    return cursor.execute(sql, values).fetchall()


def _times(search: Search) -> Iterator[str]:
    if search.since:
        yield "a.published >= :since"
    if search.until:
        yield "a.published < :until"


# The ids of the articles that a filter leaves, and the same asked of one article.
_FILTERS: Mapping[str, tuple[str, str]] = {
    "sources": (
        f"""select a.id from articles a indexed by articles_source_feed_time
            where {_VISIBLE} and a.source in (select value from json_each(:sources))""",
        "a.source in (select value from json_each(:sources))",
    ),
    "units": (
        "select article_id from article_units where unit_id in (select value from json_each(:units))",
        """exists (select 1 from article_units u
                   where u.article_id = a.id and u.unit_id in (select value from json_each(:units)))""",
    ),
    # a province's cities are in it
    "provinces": (
        """select article_id from article_places where place_id in (
               select id from places where id in (select value from json_each(:provinces)) or province in (
                   select name from places where id in (select value from json_each(:provinces))))""",
        """exists (select 1 from article_places p where p.article_id = a.id and p.place_id in (
               select id from places where id in (select value from json_each(:provinces)) or province in (
                   select name from places where id in (select value from json_each(:provinces)))))""",
    ),
    "topics": (
        "select article_id from article_topics where topic_id in (select value from json_each(:topics))",
        """exists (select 1 from article_topics t
                   where t.article_id = a.id and t.topic_id in (select value from json_each(:topics)))""",
    ),
}


def _sets(search: Search) -> tuple[dict[str, str], dict[str, object]]:
    """The queries for ids whose intersection is looked for, and the parameters of everything."""
    names = [name for name in _FILTERS if getattr(search, name)]
    sets = ({"match": _WORDS} if search.match else {}) | {name: _FILTERS[name][0] for name in names}
    values: dict[str, object] = {name: json.dumps(getattr(search, name)) for name in names}
    if search.match:
        values["match"] = search.match
    for name in ("since", "until"):
        at = getattr(search, name)
        if at:
            values[name] = stamp(at)
    return sets, values


def _holding(db: sqlite3.Connection, search: Search, pool: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Those of a pool that hold the words."""
    if not search.match or not pool:
        return pool
    found = {key for (key,) in _told(db, "rowid", search.match, pool)}
    return [one for one in pool if one[0] in found]


def _weighed(db: sqlite3.Connection, search: Search, found: Sequence[tuple[int, str]], share: float) -> list[_Match]:
    """Matches with their relevance."""
    if not search.match or not found:
        return [_Match(key, published, 1.0) for key, published in found]
    if share > COMMON:
        titled = {key for (key,) in _told(db, "rowid", f"title : ({search.match})", found)}
        return [_Match(key, published, 1.0 if key in titled else IN_TEXT) for key, published in found]
    relevance = dict(_told(db, f"rowid, -bm25(articles_fts, {TITLE_WEIGHT}, 1.0)", search.match, found))
    return [_Match(key, published, relevance[key]) for key, published in found]


def _told(db: sqlite3.Connection, what: str, match: str, pool: Sequence[tuple[int, str]]) -> list[Any]:
    """What the full-text index tells of those of a pool that hold the words, and perhaps of some more."""
    ids = [key for key, _ in pool]
    first, last = min(ids), max(ids)
    sql = f"select {what} from articles_fts where articles_fts match ? and rowid between ? and ?"
    if last - first < _DENSE * len(ids):
        return _rows(db, sql, (match, first, last))
    scattered = f"{sql} and +rowid in (select value from json_each(?))"
    return _rows(db, scattered, (match, first, last, json.dumps(ids)))


def _ranked(matches: Sequence[_Match], now: datetime) -> list[tuple[int, float]]:
    """Ids with their scores, best first; equal ones newest first."""
    best = max((match.relevance for match in matches), default=1.0) or 1.0
    fresh = {day: _freshness(day, now) for day in {match.published[:10] for match in matches}}
    scored = [(one.relevance / best * fresh[one.published[:10]], one.published, one.id) for one in matches]
    return [(key, score) for score, _, key in sorted(scored, reverse=True)]


def _freshness(day: str, now: datetime) -> float:
    age = max((now.astimezone(UTC).date() - date.fromisoformat(day)).days, 0)
    return float(1 - FRESHNESS + FRESHNESS * 0.5 ** (age / HALF_LIFE))


def _hits(db: sqlite3.Connection, search: Search, page: Sequence[tuple[int, float]]) -> Iterator[Hit]:
    shown = _shown(db, search, [key for key, _ in page])
    for key, score in page:
        row, title, snippet = shown[key]
        yield Hit(
            **{name: row[name] for name in ("id", "entry_id", "source", "url", "published_precision")},
            title=_pieces(title),
            published=moment(row["published"]),
            snippet=_pieces(snippet),
            score=score,
        )


def _shown(db: sqlite3.Connection, search: Search, ids: Sequence[int]) -> dict[int, tuple[sqlite3.Row, str, str]]:
    """The articles of a page, each with its title and a stretch of its text, marked."""
    given = json.dumps(ids)
    rows = db.execute(
        """select id, entry_id, source, url, published, published_precision, title, substr(body_text, 1, 200) as start
           from articles where id in (select value from json_each(?))""",
        (given,),
    ).fetchall()
    marked: dict[int, tuple[str, str]] = {}
    if search.match and ids:
        found = db.execute(
            f"""select rowid, highlight(articles_fts, 0, '{_START}', '{_END}') as title,
                       snippet(articles_fts, 1, '{_START}', '{_END}', '…', {_SNIPPET}) as snippet
                from articles_fts
                where articles_fts match ? and rowid between ? and ? and +rowid in (select value from json_each(?))""",
            (search.match, min(ids), max(ids), given),
        )
        marked = {row["rowid"]: (row["title"], row["snippet"]) for row in found}
    return {row["id"]: (row, *marked.get(row["id"], (row["title"], f"{row['start']}…"))) for row in rows}


def _pieces(marked: str) -> tuple[Piece, ...]:
    """A text with marks as pieces, white space made even."""
    parts = [part.split(_END, 1) for part in " ".join(marked.split()).split(_START)]
    pieces = [Piece(parts[0][0])]
    for hit, *after in parts[1:]:
        pieces += [Piece(hit, is_hit=True), Piece("".join(after))]
    return tuple(piece for piece in pieces if piece.text)
