"""`newsfeed datasette`: the database made readable in Datasette."""

from __future__ import annotations

import json
from pathlib import Path

import click

from crawler.errors import PublishError
from feeds.commands.options import Options, options


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--public", is_flag=True, help="For a Datasette that anybody can reach: only views and ready-made queries."
)
@options
def datasette(given: Options, file: Path | None, public: bool) -> None:
    """Print metadata for Datasette, or write it to FILE: descriptions, facets, units, ready-made queries.

    Then: datasette newsfeed.db --metadata FILE. Datasette itself is installed apart. Without --public it shows all
    tables, with what was taken down in them; that is for your own machine.
    """
    from feeds.datasette import metadata

    text = json.dumps(metadata(public=public), indent=2, ensure_ascii=False) + "\n"
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PublishError(f"{file} cannot be written ({error.strerror}); name another file.") from error
    given.say(f"Wrote {file}. Now: datasette {given.home.database} --metadata {file}")
