"""`newsfeed search`: articles that hold some words, the best fitting and freshest first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from crawler.errors import QueryError
from crawler.models import Found, Hit, Piece
from feeds.commands.filters import filters, search_of
from feeds.commands.options import Options, is_terminal, options
from feeds.commands.printable import printable

if TYPE_CHECKING:
    from rich.text import Text


@click.command()
@click.argument("query", nargs=-1, metavar="QUERY...")
@filters("source", "since", "until", "unit", "province", "topic")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100), help="How many to show.")
@click.option("--offset", default=0, type=click.IntRange(0), help="How many of the best to skip.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead.")
@options
def search(
    given: Options, query: tuple[str, ...], limit: int, offset: int, is_json: bool, **chosen: tuple[str]
) -> None:
    """Look for articles by their title and text.

    \b
    Words stand side by side in any order. In a QUERY (put it in single quotes):
      "panen raya"          exactly these words    lapas ATAU rutan    either (OR)
      lapas -narkoba        without (BUKAN, NOT)   narap*              words that begin so
      judul:remisi          in the title           sumber: sejak: sampai: unit: provinsi: topik:

    Abbreviations and full names find each other (lapas, lembaga pemasyarakatan), but not inside quotation marks.

    \b
    --json prints
      {"total": N, "is_more": true or false, "hits": [{"title", "url", "source", "published", "published_precision",
       "entry_id", "score", "snippet": [{"text", "is_hit"}, ...]}, ...]}

    At most the newest 2,000 articles that match are ranked, by how well they fit and how fresh they are.
    """
    from crawler.storage.search import find

    now = datetime.now(UTC)
    try:
        found = find(given.home.database, search_of(given, " ".join(query), chosen), now, limit=limit, offset=offset)
    except QueryError as error:
        raise click.UsageError(_pointed(error)) from error
    if is_json:
        click.echo(json.dumps(_as_json(found), indent=1, ensure_ascii=False))
    elif is_terminal():
        _print_table(found, offset)
    else:
        for hit in found.hits:
            click.echo("\t".join(map(printable, (*_facts(hit), _plain(hit.title), hit.url, _plain(hit.snippet)))))


def _pointed(error: QueryError) -> str:
    """The message, and under the query a mark where the trouble begins."""
    if error.at is None or not error.query or not error.query.isprintable() or len(error.query) > 100:
        return str(error)
    return f"{error}\n\n  {error.query}\n  {' ' * error.at}^"


def _facts(hit: Hit) -> tuple[str, str]:
    """Day and source; a time that only says when an article was first seen is in brackets."""
    day = f"{hit.published:%Y-%m-%d}"
    return (f"({day})" if hit.published_precision == "none" else day), hit.source


def _plain(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _print_table(found: Found, offset: int) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for hit in found.hits:
        console.print(Text.assemble(("  ".join(_facts(hit)), "dim"), "  ", _marked(hit.title, "bold"), "  "))
        console.print(Text.assemble(_marked(hit.snippet, "")), Text(printable(hit.url), "dim"), Text(""), sep="\n")
    more = "+" if found.is_more else ""
    shown = f"{offset + 1} to {offset + len(found.hits)} of " if found.hits else ""
    console.print(f"{shown}{found.total:,}{more} articles.")


def _marked(pieces: Sequence[Piece], style: str) -> Text:
    from rich.text import Text

    marked = Text(style=style)
    for piece in pieces:
        before, after = (" " if piece.text[at].isspace() else "" for at in (0, -1))
        marked.append(f"{before}{printable(piece.text)}{after}", "bold yellow" if piece.is_hit else None)
    return marked


def _as_json(found: Found) -> dict[str, object]:
    hits = [
        {
            "title": _plain(hit.title),
            "url": hit.url,
            "source": hit.source,
            "published": hit.published.isoformat(),
            "published_precision": hit.published_precision,
            "entry_id": hit.entry_id,
            "score": round(hit.score, 4),
            "snippet": [{"text": piece.text, "is_hit": piece.is_hit} for piece in hit.snippet],
        }
        for hit in found.hits
    ]
    return {"total": found.total, "is_more": found.is_more, "hits": hits}
