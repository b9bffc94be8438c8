"""`newsfeed merges`: what counts as one, told and taken apart by a person. The test database lies in the home."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from test_identity import ARTICLE, COPIES, LINK, take

from crawler.storage.reading import open_reader
from feeds.cli import run

COPY = COPIES["same text under another slug"]


@pytest.fixture
def home(tmp_path: Path, now: datetime, db: sqlite3.Connection) -> Path:
    """A home with an article and a copy of it."""
    take(db, (LINK, ARTICLE), now)
    take(db, COPY, now)
    return tmp_path


def shown(home: Path) -> set[str]:
    with open_reader(home / "newsfeed.db") as reader:
        return {article.url for article in reader.newest()}


def test_list_tells_what_is_shown_and_why(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["merges", "list", "--home", str(home)]) == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert line.split("\t")[1:4] == [ARTICLE.url, COPY[1].url, "the same text, posted once more"]


def test_undo_shows_both_again(home: Path) -> None:
    assert shown(home) == {ARTICLE.url}
    assert run(["merges", "undo", COPY[1].url, "--reason", "two events", "--home", str(home)]) == 0
    assert shown(home) == {ARTICLE.url, COPY[1].url}


def test_undone_merges_stay_on_record(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["merges", "undo", COPY[1].url, "--reason", "two events", "--home", str(home)])
    run(["merges", "list", "--home", str(home)])
    assert "two events" in capsys.readouterr().out.splitlines()[-1]


def test_an_address_that_is_no_copy_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["merges", "undo", ARTICLE.url, "--reason", "x", "--home", str(home)]) == 2
    assert ARTICLE.url in capsys.readouterr().err
