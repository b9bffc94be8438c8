"""The README keeps its word: two commands on its first screen, and every command of the program in it."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from feeds.cli import COMMANDS, newsfeed

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, click.Command]:
    context = click.Context(newsfeed)
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = newsfeed.get_command(context, name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": sub for inner, sub in command.commands.items()}
    return found


@pytest.mark.parametrize("name", commands())
def test_command_has_help_and_stands_in_the_readme(name: str) -> None:
    command = commands()[name]
    assert command.help
    assert command.help.strip().endswith(".")
    assert f"newsfeed {name}" in README
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.name} has no help"


def test_first_screen_holds_a_picture_and_the_two_commands() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    picture = re.search(r"!\[[^]]+\]\((docs/[^)]+)\)", first_screen)
    assert picture
    assert (ROOT / picture[1]).stat().st_size > 10_000
    lines = re.findall(r"^python3 -m venv .*$", first_screen, re.MULTILINE)
    assert len(lines) == 2
    assert "newsfeed demo" in lines[0]
    assert "pytest" in lines[1]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "<!-- test command -->" in README


def test_every_dependency_has_a_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("dependencies = [", 1)[1].split("]", 1)[0]
    for name in re.findall(r'"([A-Za-z_0-9-]+)', block):
        assert f"`{name}`" in README, name
