"""`newsfeed restore`: a backup back in its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.commands.options import Options, options


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@options
def restore(given: Options, folder: Path) -> None:
    """Put the backup in FOLDER in place of what the home holds; a single copied database (.bak, .db) will do too.

    It is checked first: sums, integrity, and that this program knows its schema. What it replaces is kept beside it.
    """
    from crawler.restore import restore as put_back

    restored, kept = put_back(given.home, folder, datetime.now(UTC))
    given.say(f"Restored {len(restored.files)} files as of {restored.made_at:%Y-%m-%d %H:%M} UTC.")
    given.say(f"What was there before is in {kept}; delete it when all is well. Now run `newsfeed update`.")
