"""What all commands share: `--home` and `-q`, before or after the command's name."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from crawler.home import Config, Home, find_home, load_config
from crawler.log import log_to


@dataclass(frozen=True, slots=True)
class Options:
    """What a command was called with."""

    home: Home
    quiet: bool

    @property
    def config(self) -> Config:
        """The home's configuration; raises ConfigError."""
        return load_config(self.home)

    def say(self, text: str = "") -> None:
        """Print a line, unless quiet."""
        if not self.quiet:
            click.echo(text)


def remember(function: Callable[..., Any]) -> Callable[..., Any]:
    """Take the shared options in front of the command's name and keep them for the command."""

    @functools.wraps(function)
    def wrapper(home: Path | None, quiet: bool, **rest: Any) -> Any:
        context = click.get_current_context()
        before_home, before_quiet = context.obj or (None, False)
        context.obj = (home or before_home, quiet or before_quiet)
        return function(**rest)

    return _shared(wrapper)


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Take the shared options after the command's name, and pass both together as an `Options`."""

    @functools.wraps(function)
    def wrapper(home: Path | None, quiet: bool, **rest: Any) -> Any:
        before_home, before_quiet = click.get_current_context().obj or (None, False)
        chosen = find_home(home or before_home)
        log_to(chosen)
        if chosen.restoring.exists():
            from crawler.restore import resume

            resume(chosen)
        return function(Options(chosen, quiet or before_quiet), **rest)

    return _shared(wrapper)


def given_home() -> bool:
    """Whether the command line names a home, in whichever place."""
    context = click.get_current_context()
    return bool(context.params.get("home") or (context.obj or (None,))[0])


def is_terminal() -> bool:
    """Whether a person watches: progress bars and tables there, plain lines elsewhere."""
    return sys.stdout is not None and sys.stdout.isatty()


def _shared(function: Callable[..., Any]) -> Callable[..., Any]:
    home = click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        help="Home folder [default: NEWSFEED_HOME, else the user's data folder].",
    )
    quiet = click.option("-q", "--quiet", is_flag=True, help="Print only errors, and incidents that began or ended.")
    return home(quiet(function))
