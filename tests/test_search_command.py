"""`newsfeed search` as people and programs meet it."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from crawling import ROOT, newsfeed

from crawler.intake import take_fetched
from crawler.models import Article, Fetched, Link


@pytest.fixture
def home(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> Path:
    """A home with two articles, one of which tries to talk to terminals."""
    for number, (title, text) in enumerate([("Panen Raya", "Lapas panen."), ("Panen \x1b[31mLele", "Di rutan.")]):
        url = f"https://warta.example/{number}/"
        article = Article(
            url=url, canonical_url=url, title=title, paragraphs=(text,), body_html="<p>x</p>",
            published=now if not number else None, published_precision="second" if not number else "none",
        )  # fmt: skip
        take_fetched(db, Fetched(link=Link(url=url, source="warta"), article=article), now)
    return tmp_path


def test_pipe_gets_a_line_an_article(home: Path) -> None:
    done = newsfeed("search", "panen", "raya", "--home", home)
    assert done.returncode == 0
    assert done.stdout == "2026-01-29\twarta\tPanen Raya\thttps://warta.example/0/\tLapas panen.\n"


def test_day_of_an_undated_article_is_in_brackets_and_escapes_are_written_out(home: Path) -> None:
    assert newsfeed("search", "rutan", "--home", home).stdout.startswith("(2026-01-29)\twarta\tPanen \\x1b[31mLele\t")


def test_json_has_scores_and_marked_pieces(home: Path) -> None:
    told = json.loads(newsfeed("search", "lapas", "--json", "--home", home).stdout)
    assert (told["total"], told["is_more"]) == (1, False)
    hit = told["hits"][0]
    assert (hit["title"], hit["published"]) == ("Panen Raya", "2026-01-29T03:00:00+00:00")
    assert hit["snippet"] == [{"text": "Lapas", "is_hit": True}, {"text": " panen.", "is_hit": False}]
    assert 0 < hit["score"] <= 1


def test_options_narrow_down_and_may_stand_alone(home: Path) -> None:
    assert newsfeed("search", "--source", "warta", "--home", home).stdout.count("\n") == 2
    assert newsfeed("search", "panen", "--until", "2020", "--home", home).stdout == ""
    assert newsfeed("search", "panen", "--limit", "1", "--offset", "1", "--home", home).stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["panen (raya"], "Character 7 of the search: the parenthesis is not closed.\n\n  panen (raya\n        ^"),
        ([], "nothing to look for"),
        (["panen", "--since", "kemarin"], "Error: 'kemarin' is no day"),
    ],
)
def test_what_makes_no_sense_is_a_message(home: Path, arguments: list[str], told: str) -> None:
    done = newsfeed("search", *arguments, "--home", home)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_terminal_shows_where_it_fits(home: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from feeds.cli import main; main()", "search", "panen", "--home", str(home)]
    subprocess.run(
        command, stdout=theirs, env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"}, cwd=ROOT, check=True
    )
    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    assert "\x1b[1;33mPanen\x1b[0m" in shown
    assert "1 to 2 of 2 articles." in shown
    assert "\x1b[31m" not in shown
