"""From facts to rows: an article is identified, compared and stored, with everything that found it, or nothing is.

No Scrapy here: the crawl's pipeline and later re-runs over stored pages take the same way.
"""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import Literal

from crawler import due, identity, revision
from crawler.models import Alias, Article, Change, Discovered, Fetched, Identified, Link, LinkState, Probed
from crawler.storage import aliases, articles, backfill, links, merges, revisions, sources, takedowns
from crawler.storage.database import transaction
from crawler.text.urls import url_key

Verdict = Literal["new", "copy", "edited", "touched", "unchanged", "failed", "excluded"]


def take_discovered(db: sqlite3.Connection, found: Discovered, now: datetime) -> list[Verdict]:
    """Store what one answer of a strategy announced, and how far the walk has come; a verdict per article."""
    with transaction(db):
        links.add(db, found.links, now)
        links.exclude(db, found.excluded, now)
        verdicts = [take_article(db, link, article, now) for link, article in found.articles]
        if found.is_backfill:
            backfill.note(db, found)
        else:
            sources.note_discovered(db, found, now)
    return verdicts


def take_probed(db: sqlite3.Connection, probed: Probed, now: datetime) -> list[Verdict]:
    """Store what a probe found; no article comes of it."""
    with transaction(db):
        sources.note_probed(db, probed, now)
    return []


def take_fetched(db: sqlite3.Connection, fetched: Fetched, now: datetime) -> list[Verdict]:
    """Store the article of one page, or why there is none; a single verdict."""
    with transaction(db):
        sources.note_fetched(db, fetched, now)
        if fetched.article is None:
            _take_failure(db, fetched, now)
            return ["excluded" if fetched.excluded else "failed"]
        verdict = take_article(db, fetched.link, fetched.article, now)
        if fetched.error:  # a further page of the article is missing
            next_try = due.next_try(now, links.attempts(db, fetched.link.url) + 1)
            links.retry(db, fetched.link, fetched.error, next_try)
        return [verdict]


def take_article(db: sqlite3.Connection, link: Link, article: Article, now: datetime) -> Verdict:
    """Identify, compare and store one article inside the caller's transaction."""
    names, claimed = identity.aliases(link, article), identity.claim(link, article)
    owners = aliases.owners(db, link.source, (*names, claimed) if claimed else names)
    is_known = Alias("url", url_key(article.url)) in owners
    alike = [] if is_known else aliases.alike(db, link.source, article)
    apart = merges.apart(db, {known.article_id for known in owners.values()})
    found = identity.decide(link, article, owners, alike, apart)
    if found.article_id is None:
        key, verdict = _take_new(db, link, article, found, now)
    else:
        key, verdict = found.article_id, _take_again(db, link, article, found, now)
        for other in found.also:
            merges.join(db, key, other, f"both are {found.reason}", now, is_copy=False)
    aliases.add(db, link.source, key, (*names, claimed) if claimed and claimed not in owners else names)
    takedowns.enforce(db, key, now)
    links.finish(db, link, key, now)
    return verdict


def _take_new(
    db: sqlite3.Connection, link: Link, article: Article, found: Identified, now: datetime
) -> tuple[int, Verdict]:
    entry_id = _free_entry_id(db, link.source, article.canonical_url)
    key = articles.insert(db, link.source, entry_id, article, link.origin, now)
    aliases.take(db, link.source, key, found.taken)
    if found.copy_of is None:
        return key, "new"
    merges.join(db, found.copy_of, key, found.reason, now, is_copy=True)
    return key, "copy"


def _take_again(db: sqlite3.Connection, link: Link, article: Article, found: Identified, now: datetime) -> Verdict:
    key = found.article_id
    assert key is not None
    old = articles.load(db, key)
    settled = revision.settle(old, _at_home(old, article, is_moved=found.is_moved))
    is_back = link.origin != "import" and revisions.restore(db, key, now)
    verdict = _take_version(db, key, old, settled, now)
    return "touched" if is_back and verdict == "unchanged" else verdict


def _take_version(db: sqlite3.Connection, key: int, old: Article, settled: Article, now: datetime) -> Verdict:
    if articles.is_stored(db, key, settled):
        revisions.steady(db, key)
        return "unchanged"
    change = revision.compare(old, settled)
    if change is None:
        articles.update(db, key, settled, None, now)
        return "touched"
    return _take_edit(db, key, old, settled, change, now)


def _take_edit(
    db: sqlite3.Connection, key: int, old: Article, settled: Article, change: Change, now: datetime
) -> Verdict:
    """Store another version, unless the source only went back to one that it had lately."""
    outcome = revision.weigh(old, settled, revisions.past(db, key, now - revision.LATELY), now)
    if outcome == "wait":
        revisions.note_flip(db, key, now)
        return "unchanged"
    if outcome == "follow":
        articles.update(db, key, settled, None, now)
        revisions.count_flip(db, key, now)
        return "touched"
    articles.update(db, key, settled, change, now)
    _part(db, key, settled, now)
    return "edited"


def _part(db: sqlite3.Connection, key: int, settled: Article, now: datetime) -> None:
    """Show a copy again that was edited until it tells of something else."""
    kept = merges.kept_of(db, key)
    if kept is not None and identity.has_parted(aliases.known(db, kept), settled):
        merges.undo(db, key, "it was edited, and tells of something else now", now)


def _at_home(old: Article, new: Article, *, is_moved: bool) -> Article:
    """Keep the address an article is known by, unless it has moved."""
    if is_moved:
        return new
    return replace(new, url=old.url, canonical_url=old.canonical_url)


def _take_failure(db: sqlite3.Connection, fetched: Fetched, now: datetime) -> None:
    links.add(db, [fetched.link], now)
    next_try = None if fetched.excluded else due.next_try(now, links.attempts(db, fetched.link.url) + 1)
    state: LinkState = "excluded" if fetched.excluded else "open" if next_try else "failed"
    links.fail(db, fetched.link.url, state, fetched.error, next_try)


def _free_entry_id(db: sqlite3.Connection, source: str, canonical_url: str) -> str:
    minted = (identity.mint(source, canonical_url, count) for count in itertools.count())
    return next(entry_id for entry_id in minted if not articles.has_entry_id(db, entry_id))
