"""From looks at stored articles to rows: what is there is stored at once, what is gone when all has been weighed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from crawler import due, removal
from crawler.intake import Annotate, Reread, Verdict, back, take_article
from crawler.models import NO_VALIDATORS, Check, Fetched
from crawler.removal import Look
from crawler.storage import checks, links, revisions, sources
from crawler.storage.database import transaction


def take_checked(
    db: sqlite3.Connection,
    fetched: Fetched,
    check: Check,
    now: datetime,
    reread: Reread | None = None,
    annotate: Annotate | None = None,
) -> list[Verdict]:
    """Store what a look at an article that is there has shown, and when the next one comes; a single verdict.

    An article that is as it was writes nothing but its place on the ladder. A source's rule is not asked again, and a
    text of which a page is missing is none to compare with.
    """
    with transaction(db):
        if fetched.article is None or fetched.error:
            verdict: Verdict = "touched" if back(db, check.article_id, now) else "unchanged"
            _go_on(db, check, check.rung + 1, now)
            _note_validators(db, fetched, check, now)
            return [verdict]
        verdict = take_article(db, fetched.link, fetched.article, now, None, reread, annotate)
        if links.article_of(db, fetched.link.url) != check.article_id:
            checks.plan(db, fetched.link, check.article_id, None)  # its address leads to another article now
            return [verdict]
        if verdict == "edited":
            rung = due.after_edit(check.rung, revisions.count(db, check.article_id))
            link = replace(fetched.link, title=fetched.article.title)
            at = due.next_look(now, rung, is_carried=False)
            checks.plan(db, link, check.article_id, (rung, at) if at else None)
        else:
            _go_on(db, check, check.rung + 1, now)
        _note_validators(db, fetched, check, now)
        return [verdict]


def take_looks(db: sqlite3.Connection, looks: Sequence[Look], now: datetime) -> list[Verdict]:
    """Weigh inside the caller's transaction what one crawl of a source has found gone; a verdict per removal."""
    removed: list[Verdict] = []
    for look, verdict in removal.weigh(looks, now):
        check = look.check
        if verdict == "suspect":
            checks.suspect(db, check.link.url, now, now + removal.APART)
        elif verdict == "remove":
            if revisions.remove(db, check.article_id, look.reason, now):
                removed.append("removed")
            _go_on(db, check, check.rung + 1, now)
        elif verdict == "on":
            _go_on(db, check, check.rung + 1, now)
    return removed


def _go_on(db: sqlite3.Connection, check: Check, rung: int, now: datetime) -> None:
    checks.move(db, check.link.url, rung, due.next_look(now, rung, is_carried=check.is_carried))


def _note_validators(db: sqlite3.Connection, fetched: Fetched, check: Check, now: datetime) -> None:
    """Keep a page's new validators; none while its source shows another version than the stored one.

    Else a 304 would say that nothing has changed, and the version that it shows for good would never be stored.
    """
    if revisions.is_wavering(db, check.article_id):
        fetched = replace(fetched, validators=NO_VALIDATORS)
    if fetched.status == 200 and not fetched.error and fetched.validators != check.validators:
        sources.note_fetched(db, fetched, now)
