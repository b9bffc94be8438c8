"""`newsfeed serve`: the public folder over HTTP."""

from __future__ import annotations

import click

from crawler.errors import PublishError
from feeds.commands.options import Options, options


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: a free one.")
@options
def serve(given: Options, host: str, port: int) -> None:
    """Serve the home's public files, for trying out or behind a proxy."""
    from feeds.server import serve as run_server

    public = given.home.public
    if not (public / "index.html").exists():
        raise PublishError(f"{public} holds no built files yet; run `newsfeed update` or `newsfeed build` first.")
    run_server(public, host, port, lambda address: given.say(f"Serving {public} at {address} (Ctrl+C ends it)."))
