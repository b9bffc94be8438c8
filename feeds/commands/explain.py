"""`newsfeed explain`: how each field of one article was decided, and what lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from feeds.commands.options import Options, is_terminal, options
from feeds.commands.reasons import as_json, print_columns, print_lines, rows_of, rows_of_facts
from feeds.commands.target import find_target


@click.command()
@click.argument("where", metavar="FILE|URL")
@click.option("--url", metavar="URL", help="Address of a FILE [default: the one that the page claims].")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead.")
@options
def explain(given: Options, where: str, url: str | None, is_json: bool) -> None:
    """Show how an article is read: each field, where its value stood, what lost and why.

    FILE is a saved page (- for standard input). A URL is asked for once, with the further pages of its article. The
    source record is the one that names the page's host. Nothing is stored.

    \b
    --json prints
      {"source": {"slug": TEXT, "name": TEXT, "record": FILE or null, "filter": RULE},
       "subject": {"is_on_subject": true or false, "evidence": [TEXT, ...]},
       "facts": {"units": [UNIT, ...], "places": [PLACE, ...], "topics": [TOPIC, ...], "province": TEXT or null,
                 "unresolved": [TEXT, ...]},
       "fields": {NAME: {"value": ANY, "origin": TEXT or null, "losers": [LOSER, ...]}, ...},
       "left_out": [{"from": "body" or "json-ld"} and LOSER, ...]}
    with {"value": TEXT, "origin": TEXT, "reason": TEXT} for each LOSER, and {"id": TEXT, "name": TEXT, "weight":
    NUMBER, "evidence": TEXT} for each UNIT, PLACE and TOPIC. A UNIT has a "role" too, subject or mention, a PLACE a
    "kind", province or city.

    NAME is a field of an article; times are ISO 8601. What was left out stood inside the text (body), or tells of
    other articles (json-ld).
    """
    from crawler import extraction
    from crawler.annotate import facts_of, lexicon_of

    now = datetime.now(UTC)
    target = find_target(given, where, url, now)
    found = extraction.explain(target.page, target.source, now)
    facts = facts_of(found.article, target.source, lexicon_of(given.home.gazetteer_dir))
    if is_json:
        told = as_json(found.article, found.losers, target.source, facts)
        click.echo(json.dumps(told, indent=1, default=lambda value: value.isoformat()))
        return
    show = print_columns if is_terminal() else print_lines
    show([*rows_of(found.article, found.losers, target.source), *rows_of_facts(facts)])
