"""No reader gives out what is hidden, quarantined, merged or removed: every method of it is asked."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from desk import SECRET, at, row, see

from crawler.storage.database import transaction
from crawler.storage.reading import Reader, open_operator, open_reader
from crawler.storage.revisions import remove
from crawler.storage.takedowns import hide

WITHDRAWN = {
    "hidden": "https://warta.example/hidden/", "quarantined": "https://warta.example/quarantined/",
    "merged": "https://warta.example/merged/", "removed": "https://warta.example/removed/",
    "both": "https://warta.example/both/",
}  # fmt: skip
METHODS = [name for name, _ in inspect.getmembers(Reader, inspect.isfunction) if not name.startswith("_")]


@pytest.fixture
def home(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> Path:
    """One article that is shown, and one for each reason not to be; all were edited."""
    for hour, word in enumerate(("Panen", "Lelang")):
        when = now + timedelta(hours=hour)
        see(db, at("https://warta.example/terbuka/", f"Terbuka {word}"), when)
        for url in WITHDRAWN.values():
            body = (f"{SECRET} {word} digelar di kebun lapas pada hari Rabu.",)
            see(db, at(url, f"{SECRET} {word}", paragraphs=body, body_html=f"<p>{body[0]}</p>"), when)
    hide(db, WITHDRAWN["hidden"], SECRET, now)
    hide(db, WITHDRAWN["both"], SECRET, now)
    with transaction(db):
        for state in ("quarantined", "merged"):
            db.execute("update articles set withheld = ? where url = ?", (state, WITHDRAWN[state]))
        for state in ("removed", "both"):
            (key,) = db.execute("select id from articles where url = ?", (WITHDRAWN[state],)).fetchone()
            remove(db, key, "HTTP 404", now)
    return tmp_path


def arguments(method: str, db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Calls of a method with every value that could make it give out something."""
    entry_ids = [row(db, key)["entry_id"] for key in range(1, 7)]
    values: dict[str, list[Any]] = {
        "source": [None, "warta"], "slug": ["warta"], "limit": [100], "kind": [None, "headline", "removed"],
        "since": [None, datetime.fromisoformat("2020-01-01T00:00:00+00:00")],
        "name": [*WITHDRAWN.values(), *entry_ids], "query": [SECRET, SECRET.lower()], "text": [SECRET],
        "article_id": list(range(1, 7)), "entry_id": entry_ids, "url": list(WITHDRAWN.values()),
    }  # fmt: skip
    names = [name for name in inspect.signature(getattr(Reader, method)).parameters if name != "self"]
    unknown = set(names) - set(values)
    assert not unknown, f"say here what to call Reader.{method} with: {unknown}"
    return (dict(zip(names, chosen, strict=True)) for chosen in product(*(values[name] for name in names)))


@pytest.mark.parametrize("method", METHODS)
def test_nothing_withdrawn_is_given_out(method: str, home: Path, db: sqlite3.Connection) -> None:
    with open_reader(home / "newsfeed.db") as reader:
        for given in arguments(method, db):
            answer = getattr(reader, method)(**given)
            shown = [one for one in answer if getattr(one, "kind", "") != "removed"] if method in TOLD else answer
            assert SECRET not in everything(shown), f"{method} {given}"


# Methods that tell of removals: title and address of what is gone, and none of its text.
TOLD = ("changes", "versions")


def test_a_tombstone_holds_none_of_the_text(home: Path) -> None:
    with open_reader(home / "newsfeed.db") as reader:
        tombstones = [one for one in reader.changes() if one.kind == "removed"]
    assert [(one.url, one.before, one.after) for one in tombstones] == [
        (WITHDRAWN["removed"], {"removed": None}, {"removed": "HTTP 404"})
    ]


def test_counts_are_of_what_is_shown(home: Path) -> None:
    with open_reader(home / "newsfeed.db") as reader:
        (source,) = reader.sources()
    assert (source.articles, source.withdrawn) == (1, True)


def test_the_operator_sees_all_of_it(home: Path) -> None:
    with open_operator(home / "newsfeed.db") as reader:
        edits = [one for one in reader.changes() if one.kind == "headline"]
        assert len(edits) == 1 + len(WITHDRAWN)
        for url in WITHDRAWN.values():
            assert SECRET in everything(reader.find(url) + reader.versions(url))


def everything(answer: object) -> str:
    """All text in an answer, also in fields that its repr leaves out."""
    if isinstance(answer, (list, tuple)):
        return " ".join(map(everything, answer))
    fields = getattr(answer, "__dataclass_fields__", None)
    return " ".join(everything(getattr(answer, name)) for name in fields) if fields else str(answer)
