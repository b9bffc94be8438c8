"""The options by which `search` and `export` narrow down what is stored, and what they come to with a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from crawler.models import Search
from feeds.commands.options import Options

# Name of the option -> metavar and help; each says the same as the filter of that name in a query.
ABOUT = {
    "unit": ("UNIT", "Only about this prison or other unit: its id or name."),
    "province": ("PROVINCE", "Only about this province: its id, name or abbreviation."),
    "topic": ("TOPIC", "Only about this topic: its id."),
}
STORED = {
    "source": ("SLUG", "Only of this source."),
    "since": ("DATE", "Only published then or later: YYYY-MM-DD, YYYY-MM or YYYY."),
    "until": ("DATE", "Only published then or before."),
}


def filters(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Take these options, each as often as wanted; several of one kind mean either."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            metavar, told = (STORED | ABOUT)[name]
            function = click.option(f"--{name}", metavar=metavar, multiple=True, help=told)(function)
        return function

    return decorate


def search_of(given: Options, query: str, chosen: Mapping[str, Sequence[str]], *, may_be_all: bool = False) -> Search:
    """A query with the options beside it; raises QueryError."""
    from crawler.search import understand

    beside = [(name, value) for name, values in chosen.items() for value in values]
    return understand(query, beside, given.config.zone, may_be_all=may_be_all)
