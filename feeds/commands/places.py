"""Where a contributor's files go, in the home or in a checkout, and that nothing there is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from crawler.errors import ConfigError, StorageError

_MARKS = ("pyproject.toml", "crawler/sources", "tests")


def checkout() -> Path | None:
    """The checkout of this project that the command runs in, if it does."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if all((folder / mark).exists() for mark in _MARKS)), None)


def required_checkout() -> Path:
    """The checkout that the command runs in; raises click.UsageError elsewhere."""
    found = checkout()
    if found is None:
        raise click.UsageError("--checkout is for a checkout of newsfeed: change into one first.")
    return found


def fixtures_in(checkout: Path) -> Path:
    """The folder with one folder of recordings a source."""
    return checkout / "tests" / "sources"


def save(paths: Mapping[Path, bytes], *, force: bool) -> None:
    """Write the files, all or, where one is there already and `force` does not say so, none.

    Raises ConfigError for one that is there, StorageError.
    """
    taken = next((path for path in paths if path.exists()), None)
    if taken and not force:
        raise ConfigError(taken, "is already there; --force writes over it.")
    for path, content in paths.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise StorageError(f"{path} cannot be written ({error.strerror}); choose another folder.") from error
