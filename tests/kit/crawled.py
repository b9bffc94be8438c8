"""What crawl tests over the kit have in common: a way as a record writes it, and what a crawl stored."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from kit.cms import Cms


@dataclass(frozen=True, slots=True)
class Way:
    """A `[[source.discover]]` of a record whose address is still to be known."""

    type: str
    path: str
    paging: str = ""

    def of(self, site: Cms) -> dict[str, object]:
        """The table for a site."""
        paging = {"paging": self.paging} if self.paging else {}
        return {"type": self.type, "url": site.url + self.path, **paging}


def articles(home: Path, slug: str, column: str = "title") -> dict[str, str]:
    """Address -> a column, of every stored article of a source; no address twice."""
    with sqlite3.connect(home / "newsfeed.db") as db:
        rows = db.execute(f"select url, {column} from articles where source = ?", (slug,)).fetchall()
    assert len(dict(rows)) == len(rows)
    return dict(rows)
