"""`newsfeed.toml`: bounds of the raw pages, and errors with their line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.home import TEMPLATE, Config, Home, load_config


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
    ],
)
def test_wrong_bounds_are_told_with_their_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config(tmp_path, text)
