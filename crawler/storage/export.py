"""What is stored, for other programs: article by article, or as a database of its own with the same tables.

What the operator withheld and what its site removed is in neither. Both are one snapshot, and take no more memory for
a million articles than for a thousand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from crawler.models import Search
from crawler.storage.database import open_reading, open_writer
from crawler.storage.search import matching
from crawler.storage.trouble import reported

# Columns of `articles` as they are, then lists; the order is that of exported files, and new ones come last.
PLAIN = (
    "entry_id", "source", "url", "canonical_url", "title", "author", "published", "published_precision",
    "published_from", "modified", "updated", "first_seen", "event_date", "dateline", "agency", "mirror_of", "language",
    "summary", "body_text", "body_html", "signoff", "attribution", "partial",
)  # fmt: skip
LISTS = {
    "images": """select article_id, json_object('url', url, 'caption', caption, 'credit', credit)
                 from article_images where article_id in ({}) order by article_id, position""",
    "categories": """select article_id, json_quote(name) from article_tags
                     where article_id in ({}) and kind = 'category' order by article_id, position""",
    "tags": """select article_id, json_quote(name) from article_tags
               where article_id in ({}) and kind = 'tag' order by article_id, position""",
    "units": "select article_id, json_quote(unit_id) from article_units where article_id in ({}) order by 1, 2",
    "places": "select article_id, json_quote(place_id) from article_places where article_id in ({}) order by 1, 2",
    "topics": "select article_id, json_quote(topic_id) from article_topics where article_id in ({}) order by 1, 2",
}
COLUMNS = (*PLAIN, *LISTS)

# Tables of the subset, each with the rows of it that belong to the articles there; what others refer to comes first.
_BELONGING = {
    "article_aliases": "article_id in (select id from subset.articles)",
    "article_images": "article_id in (select id from subset.articles)",
    "article_tags": "article_id in (select id from subset.articles)",
    "article_related": "article_id in (select id from subset.articles)",
    "revisions": "article_id in (select id from subset.articles)",
    "units": "id in (select unit_id from article_units where article_id in (select id from subset.articles))",
    "places": "id in (select place_id from article_places where article_id in (select id from subset.articles))",
    "topics": "id in (select topic_id from article_topics where article_id in (select id from subset.articles))",
    "article_units": "article_id in (select id from subset.articles)",
    "article_places": "article_id in (select id from subset.articles)",
    "article_topics": "article_id in (select id from subset.articles)",
}
_BATCH = 200


def articles(path: Path, search: Search) -> Iterator[dict[str, object]]:
    """The articles that match, oldest key first, each by `COLUMNS`; raises StorageError or SchemaError.

    Times are as stored (UTC), days as `2026-01-28`, `partial` is true or false, and lists are lists.
    """
    condition, values = matching(search)
    columns = ", ".join(f"a.{name}" for name in PLAIN)
    with closing(open_reading(path)) as db, reported(path):
        db.execute("begin")
        rows = db.execute(f"select a.id, {columns} from articles a where {condition} order by a.id", values)
        while batch := rows.fetchmany(_BATCH):
            yield from _with_lists(db, batch)


def _with_lists(db: sqlite3.Connection, batch: Sequence[sqlite3.Row]) -> list[dict[str, object]]:
    found = {row["id"]: {**dict(row), "partial": bool(row["partial"])} for row in batch}
    marks = ", ".join("?" * len(found))
    for name, sql in LISTS.items():
        lists: dict[int, list[object]] = {key: [] for key in found}
        for key, value in db.execute(sql.format(marks), list(found)):
            lists[key].append(json.loads(value))
        for key, article in found.items():
            article[name] = lists[key]
    return [{name: article[name] for name in COLUMNS} for article in found.values()]


def write_subset(path: Path, search: Search, target: Path) -> int:
    """A new database with the articles that match, and all that belongs to them; how many they are.

    Nothing of the crawl is in it: no links, fetches, incidents or runs. Raises StorageError or SchemaError.
    """
    open_writer(target).close()
    condition, values = matching(search)
    with closing(open_reading(path)) as db, reported(target):
        db.execute("attach database ? as subset", (str(target),))
        db.execute("begin")
        _copy(db, "sources", "slug in (select source from articles)")
        count = _copy(db, "articles", condition, values)
        for table, belongs in _BELONGING.items():
            _copy(db, table, belongs)
        db.execute("update subset.articles set story_id = null")  # the rest of its story is not here
        db.execute("delete from subset.sources where slug not in (select source from subset.articles)")
        db.execute("insert into subset.articles_fts (articles_fts) values ('rebuild')")
        db.execute("commit")
        db.execute("pragma subset.journal_mode = delete")  # one file, that can be moved
    return count


def _copy(db: sqlite3.Connection, table: str, condition: str, values: object = ()) -> int:
    columns = ", ".join(row["name"] for row in db.execute(f"pragma main.table_info({table})"))
    sql = f"insert into subset.{table} ({columns}) select {columns} from main.{table} a where {condition}"
    return db.execute(sql, values).rowcount  # type: ignore[arg-type]
