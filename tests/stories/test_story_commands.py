"""`newsfeed stories`: what it shows, and the operator's word."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from desk_of_stories import open_desk, stored, url_of
from labels import read

from feeds.cli import run

ARTICLES = read("labelled.txt")
FIRE = [one for one in ARTICLES if one.event == "kebakaran-manado"]
FLIGHT = [one for one in ARTICLES if one.event == "palu-kabur"]
CAPTURE = [one for one in ARTICLES if one.event == "palu-tertangkap"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with closing(open_desk(tmp_path, ARTICLES)) as db:
        stored(db, [[*FIRE, *FLIGHT, *CAPTURE[:1]]])
    return tmp_path


def told(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["--home", str(home), "stories", *arguments]) == 0
    return capsys.readouterr().out


def test_list_names_the_stories_of_several_articles(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row.split("\t") for row in told(home, capsys, "list").splitlines()[1:]]
    assert [(row[1], row[2], row[4]) for row in rows] == [
        ("4", "4", url_of(FIRE[2])),
        ("4", "4", url_of(FLIGHT[3])),
    ]
    assert len(told(home, capsys, "list", "--single").splitlines()) == 4
    assert len(told(home, capsys, "list", "--since", "2026-06-01").splitlines()) == 2


def test_show_tells_articles_lead_decisions_and_links(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = told(home, capsys, "show", url_of(FLIGHT[0]))
    articles, why, beside = page.split("\n\n")
    rows = [row.split("\t") for row in articles.splitlines()[2:]]
    assert {row[4] for row in rows} == {url_of(one) for one in FLIGHT}
    assert [row[4] for row in rows if row[0] == "lead"] == [url_of(FLIGHT[3])]
    assert "join" in why
    assert "the same unit (lapas-palu)" in why
    assert "link" in beside
    assert url_of(CAPTURE[0]) in beside
    story = page.splitlines()[0].removeprefix("Story ")
    assert told(home, capsys, "show", story) == page


def test_split_and_merge_are_told_and_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url, other = url_of(FIRE[1]), url_of(FIRE[0])
    assert "apart from 3 articles" in told(home, capsys, "split", url, "--reason", "another fire")
    page = told(home, capsys, "show", url)
    assert "human\tanother fire" in page
    assert page.splitlines()[2].endswith(url)
    assert "One story of 4 articles" in told(home, capsys, "merge", url, other, "--reason", "the same fire after all")
    assert told(home, capsys, "show", url) == told(home, capsys, "show", other)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("show", "https://nobody.example/"), "is not stored"),
        (("show", "urn:uuid:00000000-0000-0000-0000-000000000000"), "is not stored"),
        (("show", "nonsense"), "is no address"),
        (("split", url_of(CAPTURE[0]), "--reason", "x"), "alone in its story"),
        (("split", url_of(FIRE[0])), "--reason"),
        (("merge", url_of(FIRE[0]), url_of(FIRE[1]), "--reason", "x"), "in one story already"),
        (("merge", url_of(FIRE[0]), "https://nobody.example/", "--reason", "x"), "is not stored"),
        (("list", "--since", "yesterday"), "is no date"),
    ],
)
def test_what_cannot_be_done_is_said(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], problem: str
) -> None:
    assert run(["--home", str(home), "stories", *arguments]) != 0
    assert problem in capsys.readouterr().err


def test_a_hidden_article_leaves_its_story_at_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--home", str(home), "hide", url_of(FIRE[2]), "--reason", "a wish"]) == 0
    capsys.readouterr()
    page = told(home, capsys, "show", url_of(FIRE[0]))
    assert url_of(FIRE[2]) not in page
    assert page.splitlines()[2].startswith("lead\t")
    assert run(["--home", str(home), "unhide", url_of(FIRE[2])]) == 0
    capsys.readouterr()
    assert url_of(FIRE[2]) in told(home, capsys, "show", url_of(FIRE[0]))
