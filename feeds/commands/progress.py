"""How far a long command is: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import click

from feeds.commands.options import Options, is_terminal

EVERY = 15.0  # seconds between two lines where nobody watches a bar

Told = Callable[[int, int, str], None]


@contextmanager
def progress(given: Options, label: str) -> Iterator[Told]:
    """For the length of the block a function that is told how much is done, of how much, and what came of it."""
    if given.quiet:
        yield lambda _done, _total, _words: None
    elif is_terminal():
        yield from _bar(label)
    else:
        yield _lines(label)


def _bar(label: str) -> Iterator[Told]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total, words: bar.update(task, completed=done, total=total, description=f"{label}: {words}")


def _lines(label: str) -> Told:
    last = monotonic()

    def tell(done: int, total: int, words: str) -> None:
        nonlocal last
        if monotonic() - last >= EVERY:
            last = monotonic()
            click.echo(f"{label}: {done} of {total}; {words}")

    return tell
