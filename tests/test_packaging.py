"""What is installed is all of the program, and nothing in it names a package index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_listed() -> None:
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("crawler", "feeds")
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert found == set(PROJECT["tool"]["setuptools"]["packages"])


def test_every_data_file_is_packaged() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    packaged = {
        path for pattern in patterns.pop("*") for top in ("crawler", "feeds") for path in (ROOT / top).rglob(pattern)
    }
    for package, globs in patterns.items():
        packaged |= {path for pattern in globs for path in ROOT.joinpath(*package.split(".")).glob(pattern)}
    files = {path for top in ("crawler", "feeds") for path in (ROOT / top).rglob("*") if path.is_file()}
    assert {path for path in files if path.suffix not in (".py", ".pyc")} - packaged == set()


def test_dependencies_have_a_lower_bound_and_a_cap() -> None:
    for requirement in PROJECT["project"]["dependencies"]:
        name = re.match(r"[\w-]+", requirement)
        assert name
        assert ">=" in requirement, requirement
        # tzdata is named by year and never breaks
        assert "<" in requirement or name[0] == "tzdata", requirement
