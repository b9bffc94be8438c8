"""`newsfeed.toml`: bounds of the raw pages, and errors with their line."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.home import TEMPLATE, Config, Home, Turns, load_config
from crawler.models import Source, Window
from crawler.sources.choice import choose


def config(folder: Path, text: str) -> Config:
    (folder / "newsfeed.toml").write_text(text, encoding="utf-8")
    return load_config(Home(folder))


def test_template_holds_the_defaults(tmp_path: Path) -> None:
    assert config(tmp_path, TEMPLATE) == Config()


@pytest.mark.parametrize(
    ("text", "keep", "most"),
    [
        ('keep = "400d"\nmost = "5 GB"', timedelta(days=400), 5_000_000_000),
        ('keep = " 30 d "\nmost = "1.5gb"', timedelta(days=30), 1_500_000_000),
        ('most = "500 MB"', None, 500_000_000),
        ('most = ""', None, None),
    ],
)
def test_bounds_of_the_raw_pages(tmp_path: Path, text: str, keep: timedelta | None, most: int | None) -> None:
    found = config(tmp_path, f"[pages]\n{text}")
    assert (found.pages_keep, found.pages_most) == (keep, most)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[pages]\nkeep = "a year"', r"newsfeed.toml:2: pages.keep must be a number of days"),
        ('contact = "a"\n[pages]\n\nmost = "many"', r"newsfeed.toml:4: pages.most must be a size"),
        ("[pages]\nmost = 5", r"newsfeed.toml:2: pages.most must be text"),
        ("pages = 5", r"newsfeed.toml:1: pages must be a table"),
        ('[pages]\nkept = "1d"', r"newsfeed.toml:2: pages.kept is no setting"),
        (
            '[schedule.a]\nevery = "1h"\n[schedule.b]\nevery = "soon"',
            r"newsfeed.toml:4: schedule.b.every must be a span",
        ),
        ('[schedule.a]\nevery = "1m"', r"newsfeed.toml:2: schedule.a.every must be a span"),
        ("[schedule.a]\nevery = 30", r"newsfeed.toml:2: schedule.a.every must be text"),
        ('[schedule.a]\n\nwindow = "6-22"', r"newsfeed.toml:3: schedule.a.window must be hours"),
        ('[schedule.a]\nwindow = "06:00-06:30"', r"newsfeed.toml:2: schedule.a.window must be hours"),
        ('[schedule.a]\nwindows = "x"', r"newsfeed.toml:2: schedule.a.windows is no setting"),
        ("[schedule]\na = 5", r"newsfeed.toml:2: schedule.a must be a table"),
    ],
)
def test_wrong_bounds_are_told_with_their_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ('every = "30m"', Turns(timedelta(minutes=30), None)),
        ('every = "6h"\nwindow = "06:00-22:00"', Turns(timedelta(hours=6), Window(time(6), time(22)))),
        ('window = "22:00 - 05:30"', Turns(None, Window(time(22), time(5, 30)))),
        ('window = "7:00-24:00"', Turns(None, Window(time(7), time(0)))),
        ('every = "2 d"', Turns(timedelta(days=2), None)),
    ],
)
def test_when_a_source_is_asked(tmp_path: Path, text: str, turns: Turns) -> None:
    found = config(tmp_path, f"[schedule.warta-lapas]\n{text}").schedule["warta-lapas"]
    assert (found.every, found.window) == (turns.every, turns.window)


def test_operator_comes_before_the_record_key_by_key(tmp_path: Path, site: Source) -> None:
    found = config(tmp_path, '[schedule.warta]\nevery = "2h"')
    source = replace(site, every=timedelta(minutes=30), window=Window(time(6), time(22)))
    assert found.scheduled(source) == replace(source, every=timedelta(hours=2))
    assert found.scheduled(replace(source, slug="other")) == replace(source, slug="other")


def test_schedule_of_an_unknown_source_is_told_with_its_line(tmp_path: Path, site: Source) -> None:
    found = config(tmp_path, 'contact = "a"\n[schedule.wrta]\nevery = "2h"')
    with pytest.raises(ConfigError, match=r"newsfeed.toml:2: schedule names 'wrta'.*warta"):
        choose({"warta": site}, (), (), tmp_path / "newsfeed.toml", found.schedule_lines)
