"""`newsfeed build`: feeds and pages from what is stored."""

from __future__ import annotations

import click

from feeds.commands.options import Options, options
from feeds.commands.summary import print_build


@click.command()
@options
def build(given: Options) -> None:
    """Build feeds and pages from the database; files that would not change are not touched."""
    from feeds.build import build as run_build

    print_build(given, run_build(given.home, given.config))
