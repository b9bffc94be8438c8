"""Aliases: the names under which articles were seen, and the stored articles that a candidate may be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable

from crawler.models import Alias, Article, Known
from crawler.storage.articles import FIRST_SEEN
from crawler.storage.database import moment
from crawler.text.likeness import key

MOST_ALIKE = 5  # of one headline or text, the newest; a headline that is used every week has hundreds

_KNOWN = """articles.id, url, title, body_text, published, published_precision, published_from,
    (select json_group_array(value) from article_aliases n
        where n.article_id = articles.id and n.kind = 'native' and n.value not like 'no:%') as natives"""


def owners(db: sqlite3.Connection, source: str, aliases: Iterable[Alias]) -> dict[Alias, Known]:
    """Which stored articles hold these aliases: addresses across all sources, ids and guids within the source."""
    rows = db.execute(
        """select kind, a.value, article_id from json_each(?) as named cross join article_aliases a
               on kind = named.value ->> 0 and a.value = named.value ->> 1
           where kind = 'url' or source = ? order by source = ?""",
        (json.dumps([(alias.kind, alias.value) for alias in aliases]), source, source),
    )
    held = {Alias(row["kind"], row["value"]): row["article_id"] for row in rows}  # the source's own come last
    stored = {article_id: known(db, article_id) for article_id in set(held.values())}
    return {alias: stored[article_id] for alias, article_id in held.items()}


def known(db: sqlite3.Connection, article_id: int) -> Known:
    """What identity asks of a stored article."""
    return _known(db.execute(f"select {_KNOWN} from articles where id = ?", (article_id,)).fetchone())


def alike(db: sqlite3.Connection, source: str, article: Article) -> list[Known]:
    """The newest articles of a source with the same headline, or the same text; none that is itself such a copy."""
    found: dict[int, Known] = {}
    for column, text in (("title_key", article.title), ("text_key", article.text)):
        rows = db.execute(
            f"""select {_KNOWN} from articles where source = ? and {column} = ? and withheld is not 'merged'
                order by id desc limit ?""",
            (source, key(text), MOST_ALIKE),
        )
        found |= {row["id"]: _known(row) for row in rows}
    return list(found.values())


def add(db: sqlite3.Connection, source: str, article_id: int, aliases: Iterable[Alias]) -> None:
    """Note the names an article goes by; one that another article holds stays with it."""
    db.executemany(
        "insert into article_aliases (source, kind, value, article_id) values (?, ?, ?, ?) on conflict do nothing",
        [(source, alias.kind, alias.value, article_id) for alias in aliases],
    )


def take(db: sqlite3.Connection, source: str, article_id: int, aliases: Collection[Alias]) -> None:
    """Give an article names that another one holds, as they now answer with this one."""
    for alias in aliases:
        db.execute(
            """update article_aliases set article_id = ?
               where kind = ? and value = ? and (kind = 'url' or source = ?)""",
            (article_id, alias.kind, alias.value, source),
        )


def _known(row: sqlite3.Row) -> Known:
    has_date = row["published_from"] != FIRST_SEEN
    return Known(
        article_id=row["id"],
        url=row["url"],
        title=row["title"],
        text=row["body_text"],
        published=moment(row["published"]) if has_date else None,
        precision=row["published_precision"],
        natives=tuple(json.loads(row["natives"])),
    )
