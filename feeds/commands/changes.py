"""`newsfeed changes`: what was edited lately, and word by word in one article."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from feeds.commands.hide import checked
from feeds.commands.options import Options, is_terminal, options
from feeds.commands.printable import printable
from feeds.commands.summary import print_table

if TYPE_CHECKING:
    from crawler.storage.reading import Reader
    from crawler.storage.revisions import Revision
    from crawler.text.diff import Piece

CLASSES = ("correction", "headline", "number", "name", "text", "removed", "restored")
_AGE = re.compile(r"(\d{1,5})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}
USUAL = "7d"


@click.command()
@click.argument("url", required=False)
@click.option("--since", metavar="DATE|AGE", help=f"YYYY-MM-DD, or an age such as 12h, 7d, 4w [default: {USUAL}].")
@click.option("--source", metavar="SLUG", help="Only of this source.")
@click.option("--class", "kind", type=click.Choice(CLASSES), help="Only edits that are of this class as well.")
@click.option("--html", "is_html", is_flag=True, help="Print a page with the edits of the article at URL.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead.")
@click.option("--hidden", is_flag=True, help="Show hidden and removed articles too.")
@options
def changes(
    given: Options,
    url: str | None,
    since: str | None,
    source: str | None,
    kind: str | None,
    is_html: bool,
    is_json: bool,
    hidden: bool,
) -> None:
    """List the edits of stored articles, newest first; with URL, show each edit of that article word by word.

    URL is any address of the article, or its id in the feeds (urn:uuid:...). Classes: correction (ralat, hak jawab,
    editor's note), headline, number, name, text, and removed or restored by the site; an edit is listed under the first
    that fits. A hidden article is left out, and of a removed one all but its tombstone, unless --hidden is given.

    \b
    --json prints a list of
      {"time": TIME, "class": CLASS, "also": [CLASS, ...], "fields": [FIELD, ...], "flips": NUMBER,
       "source": SLUG, "title": TEXT, "url": URL, "id": ENTRY ID}
    and with URL, oldest first, each of them with
      "diff": {FIELD: [{"op": "equal" or "delete" or "insert", "text": TEXT}, ...]}.
    FIELD is title or text; "flips" is how often the source went back and forth between the two versions since.
    """
    from crawler.storage.reading import open_operator, open_reader

    if url and (since or source or kind):
        raise click.UsageError("--since, --source and --class are for the list: leave them or the URL out.")
    if is_html and (is_json or not url):
        raise click.UsageError("--html needs a URL, and no --json.")
    with (open_operator if hidden else open_reader)(given.home.database) as reader:
        if url:
            _print_article(given, reader, checked(url.strip()), is_html, is_json)
        else:
            _print_list(given, reader, since or USUAL, source, kind, is_json)


def moment_of(text: str, zone: str, now: datetime) -> datetime:
    """The start of a day in a zone, or so long before now; raises click.UsageError."""
    if age := _AGE.fullmatch(text.strip()):
        return now - timedelta(hours=int(age[1]) * _HOURS[age[2]])
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise click.UsageError(f"{text} is no date: give YYYY-MM-DD, or an age such as 12h, 7d, 4w.") from None


def _print_list(
    given: Options, reader: Reader, since: str, source: str | None, kind: str | None, is_json: bool
) -> None:
    from feeds.render.difference import as_json, in_one_line

    if source and source not in {stored.slug for stored in reader.sources()}:
        raise click.UsageError(f"Nothing was crawled of {source}; `newsfeed sources list` names the sources.")
    zone = given.config.zone
    found = reader.changes(moment_of(since, zone, datetime.now(UTC)), source, kind)
    if is_json:
        click.echo(json.dumps([as_json(revision) for revision in found], indent=1, ensure_ascii=False))
    elif found:
        rows = [
            (_time(revision.seen_at, zone), revision.kind, revision.source, revision.title, in_one_line(revision))
            for revision in found
        ]
        shown = [tuple(map(printable, row)) for row in rows]
        head: tuple[str, ...] = ("seen", "class", "source", "title", "change")
        if not is_terminal():  # an address to go on with
            head, shown = (*head, "url"), [(*row, one.url) for row, one in zip(shown, found, strict=True)]
        print_table(head, shown)
    else:
        given.say(f"No edits since {since}." if _AGE.fullmatch(since) is None else f"No edits in the last {since}.")


def _print_article(given: Options, reader: Reader, name: str, is_html: bool, is_json: bool) -> None:
    from feeds.render.difference import as_html, as_json, operations

    articles, edits = reader.find(name), reader.versions(name)
    if not articles and not edits:
        raise click.UsageError(f"No article is shown that goes by {name}; --hidden looks among the others too.")
    title, url = (articles[0].title, articles[0].url) if articles else (edits[0].title, edits[0].url)
    config = given.config
    if is_json:
        told = [{**as_json(revision), "diff": operations(revision)} for revision in edits]
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    elif is_html:
        headed = [(_heading(revision, config.zone), revision) for revision in edits]
        click.echo(as_html(title, url, headed, config.language).decode(), nl=False)
    else:
        click.echo(printable(title))
        click.echo(printable(url))
        if not edits:
            click.echo("Not edited since it was first seen.")
        _print_edits(edits, config.zone)


def _print_edits(edits: Sequence[Revision], zone: str) -> None:
    from feeds.render.difference import as_text, bracketed, differences

    mark = _coloured if is_terminal() else bracketed
    for revision in edits:
        click.echo(f"\n{_heading(revision, zone)}")
        if "removed" in revision.fields:
            continue
        for name, pieces in differences(revision).items():
            click.echo(f"{name}:")
            for block in as_text([_legible(piece) for piece in pieces], mark).split("\n\n"):
                click.echo(f"  {block}")


def _heading(revision: Revision, zone: str) -> str:
    kinds = ", ".join((revision.kind, *revision.also))
    flips = f"; the source went back and forth {revision.flips} times since" if revision.flips else ""
    reason = revision.after.get("removed")
    return f"{_time(revision.seen_at, zone)} {kinds}{flips}" + (printable(f": {reason}") if reason else "")


def _time(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"


def _coloured(piece: Piece) -> str:
    if piece.operation == "delete":
        return click.style(piece.text, fg="red", strikethrough=True)
    return click.style(piece.text, fg="green")


def _legible(piece: Piece) -> Piece:
    """A piece fit for a terminal; white space at its ends and between paragraphs stays."""
    from dataclasses import replace

    blocks = piece.text.split("\n\n")
    return replace(piece, text="\n\n".join(_framed(block) for block in blocks))


def _framed(block: str) -> str:
    lead = " " if block[:1].isspace() else ""
    trail = " " if block[-1:].isspace() and block.strip() else ""
    return lead + printable(block) + trail
