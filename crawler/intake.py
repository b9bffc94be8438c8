"""From facts to rows: an article is identified, compared and stored, with everything that found it, or nothing is.

No Scrapy here: the crawl's pipeline and later re-runs over stored pages take the same way.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from crawler import due, identity, revision
from crawler.models import Article, Discovered, Fetched, Link, LinkState, Probed
from crawler.storage import articles, backfill, links, sources
from crawler.storage.database import stamp, transaction
from crawler.text.urls import url_key

Verdict = Literal["new", "edited", "touched", "unchanged", "older", "failed", "excluded"]


# What the stored version of an article (by its key) reads as today, if its page was fetched before a time.
Reread = Callable[[int, datetime], Article | None]


def take_discovered(
    db: sqlite3.Connection, found: Discovered, now: datetime, reread: Reread | None = None
) -> list[Verdict]:
    """Store what one answer of a strategy announced, and how far the walk has come; a verdict per article."""
    with transaction(db):
        links.add(db, found.links, now)
        links.exclude(db, found.excluded, now)
        verdicts = [take_article(db, link, article, now, reread=reread) for link, article in found.articles]
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


def take_fetched(
    db: sqlite3.Connection, fetched: Fetched, now: datetime, reread: Reread | None = None
) -> list[Verdict]:
    """Store the article of one page, or why there is none; a single verdict."""
    with transaction(db):
        sources.note_fetched(db, fetched, now)
        if fetched.article is None:
            _take_failure(db, fetched, now)
            return ["excluded" if fetched.excluded else "failed"]
        verdict = take_article(db, fetched.link, fetched.article, now, reread=reread)
        if fetched.error:  # a further page of the article is missing
            next_try = due.next_try(now, links.attempts(db, fetched.link.url) + 1)
            links.retry(db, fetched.link, fetched.error, next_try)
        return [verdict]


def take_article(
    db: sqlite3.Connection,
    link: Link,
    article: Article,
    now: datetime,
    seen: datetime | None = None,
    reread: Reread | None = None,
) -> Verdict:
    """Identify, compare and store one article inside the caller's transaction.

    `seen` is when it was fetched, if not now: what is older than the stored version changes nothing. With `reread` an
    edit is told from what the program only reads otherwise than when it stored the version.
    """
    aliases = identity.aliases(link, article)
    claimed = identity.claim(link, article)
    owners = articles.owners(db, link.source, (*aliases, claimed) if claimed else aliases)
    key = identity.decide(link, article, owners)
    verdict: Verdict
    if key is None:
        entry_id = _free_entry_id(db, link.source, article.canonical_url)
        key, verdict = articles.insert(db, link.source, entry_id, article, link.origin, now, seen), "new"
        aliases = (*aliases, claimed) if claimed and claimed not in owners else aliases
    elif seen and _is_older(db, key, seen):
        return "older"
    else:
        verdict = _take_again(db, key, link, article, now, seen, reread)
    articles.add_aliases(db, link.source, key, aliases)
    links.finish(db, link, key, now)
    return verdict


def _is_older(db: sqlite3.Connection, key: int, seen: datetime) -> bool:
    first, stored = articles.times(db, key)
    return stamp(seen) < (stored or first)


def replayed(versions: Iterable[tuple[Link, Article]], base: Article | None = None) -> Article | None:
    """The version that an article's readings come to, oldest first, as if they had been taken in one by one."""
    for link, article in versions:
        base = revision.settle(base, _at_home(base, article, moved=link.native is not None)) if base else article
    return base


def _take_again(
    db: sqlite3.Connection,
    key: int,
    link: Link,
    article: Article,
    now: datetime,
    seen: datetime | None,
    reread: Reread | None,
) -> Verdict:
    old = articles.load(db, key)
    settled = revision.settle(old, _at_home(old, article, moved=link.native is not None))
    if articles.is_stored(db, key, settled):
        return "unchanged"
    change = revision.compare(old, settled)
    today = reread(key, seen or now) if change and reread else None
    if today:
        change = revision.compare(revision.settle(old, today), settled)
    articles.update(db, key, settled, change, now, seen)
    return "edited" if change else "touched"


def _at_home(old: Article, new: Article, *, moved: bool) -> Article:
    """Keep the address an article is known by, unless its CMS says under the same id that it has moved."""
    if moved and url_key(old.canonical_url) != url_key(new.canonical_url):
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
