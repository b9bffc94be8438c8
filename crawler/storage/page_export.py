"""The kept pages of articles that anybody may see, for web archives; no page of one that was withheld or removed."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from crawler.models import Capture, Search
from crawler.storage import links
from crawler.storage.database import open_reading
from crawler.storage.page_reading import Entry, capture, of_addresses
from crawler.storage.pages import Pages, open_pages
from crawler.storage.search import matching
from crawler.storage.shown import IS_WITHDRAWN
from crawler.storage.trouble import reported
from crawler.text.urls import url_key

_BATCH = 200


def pages_of(path: Path, pages_path: Path, search: Search) -> Iterator[list[Capture]]:
    """The captures of each article that matches, oldest first; articles without a page of their own are passed over.

    Raises StorageError, where there is no `pages.db` too, or SchemaError.
    """
    condition, values = matching(search)
    with open_pages(pages_path, read_only=True) as pages, closing(open_reading(path)) as db, reported(path):
        db.execute("begin")
        rows = db.execute(f"select a.id, a.first_seen from articles a where {condition} order by a.id", values)
        while batch := rows.fetchmany(_BATCH):
            for row in batch:
                if found := list(_captures(db, pages, row["id"], row["first_seen"])):
                    yield found


def count(path: Path, search: Search) -> int:
    """How many articles match, with and without pages."""
    condition, values = matching(search)
    with closing(open_reading(path)) as db, reported(path):
        return int(db.execute(f"select count(*) from articles a where {condition}", values).fetchone()[0])


def _captures(db: sqlite3.Connection, pages: Pages, article_id: int, first_seen: str) -> Iterator[Capture]:
    """What an address showed before the article was seen may be another one, which somebody wanted to be gone."""
    for entry in of_addresses(pages, links.addresses(db, article_id)):
        if entry.kind == "page" and entry.outcome == "article" and entry.at >= first_seen:
            found = _read(pages, entry)
            if found and not _is_of_withdrawn(db, found):
                yield found


def _read(pages: Pages, entry: Entry) -> Capture | None:
    try:
        return capture(pages, entry.id)
    except ValueError as error:
        logging.getLogger(__name__).warning("%s: the page of %s is left out: %s", pages.path, entry.at, error)
        return None


def _is_of_withdrawn(db: sqlite3.Connection, found: Capture) -> bool:
    """Whether an address that had a part in it is also one of an article that nobody may see."""
    keys = {url_key(url) for url in (found.link.url, found.page.url, *(part.url for part in found.page.parts))}
    row = db.execute(
        f"""select 1 from article_aliases join articles a on a.id = article_id
            where kind = 'url' and value in ({", ".join("?" * len(keys))}) and {IS_WITHDRAWN} limit 1""",
        sorted(keys),
    ).fetchone()
    return row is not None
