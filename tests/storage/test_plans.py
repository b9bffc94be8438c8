"""Indexes are used: each by the question it was made for, and no statement of the program reads a large table whole."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawling import ROOT

from crawler.storage import backfill, schedule, sources
from crawler.storage.check import plan
from crawler.storage.database import open_writer, transaction
from crawler.storage.queries import queries
from crawler.storage.tables import Index, empty, tables

NOW = datetime(2026, 1, 29, 3, tzinfo=UTC)
INDEXES = [index for table in tables() for index in table.indexes]
FILES = {index.name: table.file for table in tables() for index in table.indexes}

# Run in a process of its own, as a crawl needs one: every statement of these commands is written to a file, with its
# values filled in.
TRACED = """
import json, sqlite3, sys
from feeds.cli import run

said, connect = set(), sqlite3.connect

def traced(database, *arguments, **options):
    connection = connect(database, *arguments, **options)
    if "newsfeed.db" in str(database):
        connection.set_trace_callback(said.add)
    return connection

sqlite3.connect = traced
home, out, *commands = sys.argv[1:]
for command in commands:
    code = run(["--home", home, "-q", *command.split()])
    assert code == 0 or command.startswith("demo"), (command, code)
with open(out, "w") as file:
    json.dump(sorted(said), file)
"""
COMMANDS = (
    "demo --once", "build", "status", "sources list", "sources show kanwil-banten", "backup -q", "search lapas",
    "search layangan", "changes", "merges list", "stories list --single",
)  # fmt: skip

LARGE = ("articles", "links", "article_aliases", "article_images", "article_tags", "article_related", "revisions")

# A statement that may read a whole large table -> why.
ALLOWED: Mapping[str, str] = {
    "update articles set title_key = text_key_of(title), text_key = text_key_of(body_text);": "a migration, once",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("traced")


@pytest.fixture(scope="module")
def statements(home: Path) -> list[str]:
    """What the program asked `newsfeed.db`, without what it says to SQLite itself."""
    out = home / "statements.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", TRACED, str(home / "home"), str(out), *COMMANDS]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(out.read_text()) + asked_in_process(home / "home" / "newsfeed.db")
    return [one for one in said if re.match(r"\s*(select|insert|update|delete|with)\b", one, re.IGNORECASE)]


def asked_in_process(path: Path) -> list[str]:
    """What `update` and `backfill` ask that the demo does not come to."""
    said: set[str] = set()
    db = open_writer(path)
    slug = "kanwil-banten"
    with transaction(db):
        db.set_trace_callback(said.add)
        schedule.standings(db, NOW)
        schedule.published(db, slug, NOW)
        sources.state(db, slug, NOW)
        walk = backfill.begin(db, slug, NOW, NOW)
        backfill.state(db, walk, NOW)
        backfill.brought(db, walk)
        backfill.end(db, slug)
        db.set_trace_callback(None)
    db.close()
    return list(said)


def plans(db: sqlite3.Connection, statement: str) -> str:
    """The plan; what was too long to be filled in has its values left out, which changes no plan."""
    try:
        return plan(db, statement)
    except sqlite3.ProgrammingError:
        return plan(db, re.sub(r"[?]|:\w+", "null", statement))


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.name)
def test_question_of_an_index_takes_it(index: Index) -> None:
    assert index.name in plan(empty(FILES[index.name]), index.query), index.query


def test_no_statement_of_the_program_reads_a_large_table_whole(statements: list[str]) -> None:
    db = empty("newsfeed")
    assert len(statements) > 50
    whole = re.compile(rf"^SCAN ({'|'.join(LARGE)}|[a-z])(?! USING (COVERING )?INDEX)\b.*$", re.MULTILINE)
    found = [one for one in statements if whole.search(plans(db, one)) and " ".join(one.split()) not in ALLOWED]
    assert not found, "\n\n".join(f"{one}\n  {plans(db, one)}" for one in found)


def test_no_statement_of_the_program_counts_a_large_table_by_its_index(statements: list[str]) -> None:
    """A scan along an index is fine only where it ends early: by a limit or for a minimum."""
    db = empty("newsfeed")
    along = re.compile(rf"^SCAN ({'|'.join(LARGE)}) USING", re.MULTILINE)
    found = [one for one in statements if along.search(plans(db, one)) and "limit" not in one.lower()]
    assert not found, "\n\n".join(f"{one}\n  {plans(db, one)}" for one in found)


# Index -> why the commands above do not take it.
NOT_MET: Mapping[str, str] = {
    "links_article": "foreign keys: a deleted or merged article's links",
    "revisions_article": "foreign keys, and the history of one article",
    "corrections_article": "foreign keys, and what was corrected in one article",
    "links_next_check": "articles whose time to be looked at again has come",
    "merges_kept": "what was merged into an article, told when merges are shown or undone",
    "merges_dropped": "at most one merge at a time",
    "stories_lead": "foreign keys, and the story that an article leads",
    "stories_merged": "foreign keys, and what became part of a story",
    "takedowns_open": "at most one open take-down an address",
    "idx__sqlite_migrations_migration_set_name": "made by sqlite-utils",
}


def test_every_index_is_taken_by_the_program_or_a_ready_made_query(statements: list[str]) -> None:
    db = empty("newsfeed")
    asked = [*statements, *(query["sql"] for query in queries().values())]
    taken = "\n".join(plans(db, one) for one in asked)
    idle = [name for name, file in FILES.items() if file == "newsfeed" and not re.search(rf"\b{name}\b", taken)]
    # an index that only holds rows apart is met when rows are written, which no plan tells
    idle = [name for name in idle if name not in NOT_MET and name != "incidents_open"]
    assert not idle, f"nothing asks for {idle}: take them out, or tell in NOT_MET who does"


@pytest.mark.parametrize("name", [name for name, query in queries().items() if "limit" in query["sql"]])
def test_ready_made_queries_over_all_articles_follow_an_index(name: str) -> None:
    told = plans(empty("newsfeed"), queries()[name]["sql"])
    assert not re.search(r"^SCAN (articles|a|revisions|r)$", told, re.MULTILINE), told
