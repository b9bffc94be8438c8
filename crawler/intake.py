"""From facts to rows: an article is identified, compared and stored, with everything that found it, or nothing is.

No Scrapy here: the crawl's pipeline and later re-runs over stored pages take the same way.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from crawler import due, identity, revision
from crawler.models import (
    Alias,
    Article,
    Change,
    Discovered,
    Facts,
    Fetched,
    Identified,
    Known,
    Link,
    LinkState,
    Probed,
    Source,
)
from crawler.quarantine import suspicion
from crawler.storage import (
    aliases,
    articles,
    backfill,
    checks,
    facts,
    links,
    merges,
    quarantines,
    revisions,
    sources,
    takedowns,
)
from crawler.storage.database import stamp, transaction
from crawler.text.urls import url_key

Verdict = Literal[
    "new", "copy", "edited", "touched", "unchanged", "older", "failed", "excluded", "removed", "quarantined"
]


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article as it was met: the link that led there, when it was fetched, and when that is stored."""

    link: Link
    article: Article
    seen: datetime
    now: datetime


# What the stored version of an article (by its key) reads as today, if its page was fetched before a time.
Reread = Callable[[int, datetime], Article | None]

# What an article of a source tells of; the tables of units, places and topics hold all that it may name.
Annotate = Callable[[Article, Source], Facts]


def take_discovered(
    db: sqlite3.Connection,
    found: Discovered,
    now: datetime,
    reread: Reread | None = None,
    annotate: Annotate | None = None,
) -> list[Verdict]:
    """Store what one answer of a strategy announced, and how far the walk has come; a verdict per article."""
    with transaction(db):
        links.add(db, found.links, now)
        links.exclude(db, found.excluded, now)
        verdicts = [_take_carried(db, link, article, now, reread, annotate) for link, article in found.articles]
        for link, article, reason in found.unwanted:
            if is_stored(db, link):  # and keeps its edits, whatever they are about
                verdicts.append(take_article(db, link, article, now, None, reread, annotate))
            else:
                links.exclude(db, [(link, reason)], now)
        if found.is_backfill:
            backfill.note(db, found)
        else:
            sources.note_discovered(db, found, now)
            if "new" in verdicts:
                sources.note_new(db, found.source, now)
    return verdicts


def _take_carried(
    db: sqlite3.Connection,
    link: Link,
    article: Article,
    now: datetime,
    reread: Reread | None,
    annotate: Annotate | None,
) -> Verdict:
    verdict = take_article(db, link, article, now, None, reread, annotate)
    if verdict in ("new", "copy"):
        _plan_looks(db, link, article, now, is_carried=True)
    return verdict


def is_stored(db: sqlite3.Connection, link: Link) -> bool:
    """Whether a link was stored as an article."""
    return links.article_of(db, link.url) is not None


def take_probed(db: sqlite3.Connection, probed: Probed, now: datetime) -> list[Verdict]:
    """Store what a probe found; no article comes of it."""
    with transaction(db):
        sources.note_probed(db, probed, now)
    return []


def take_fetched(
    db: sqlite3.Connection,
    fetched: Fetched,
    now: datetime,
    reread: Reread | None = None,
    annotate: Annotate | None = None,
) -> list[Verdict]:
    """Store the article of one page, or why there is none; a single verdict."""
    with transaction(db):
        sources.note_fetched(db, fetched, now)
        if fetched.article is None:
            _take_failure(db, fetched, now)
            return ["excluded" if fetched.excluded else "failed"]
        verdict = take_article(db, fetched.link, fetched.article, now, None, reread, annotate)
        if verdict == "new" and fetched.link.origin != "backfill":
            sources.note_new(db, fetched.link.source, now)
        if verdict in ("new", "copy"):
            _plan_looks(db, fetched.link, fetched.article, now, is_carried=False)
        if fetched.error:  # a further page of the article is missing
            next_try = due.next_try(now, links.attempts(db, fetched.link.url) + 1)
            links.retry(db, fetched.link, fetched.error, next_try)
        return [verdict]


def _plan_looks(db: sqlite3.Connection, link: Link, article: Article, now: datetime, *, is_carried: bool) -> None:
    """Begin the ladder on which an article is looked at again; what is old when it is stored stands far up on it."""
    key = links.article_of(db, link.url)
    began = now if link.origin == "poll" else article.published
    look = due.first_look(began, now, is_carried=is_carried) if began else None
    if key is not None:
        checks.plan(db, link, key, look)


def take_article(
    db: sqlite3.Connection,
    link: Link,
    article: Article,
    now: datetime,
    seen: datetime | None = None,
    reread: Reread | None = None,
    annotate: Annotate | None = None,
) -> Verdict:
    """Identify, compare and store one article inside the caller's transaction.

    `seen` is when it was fetched, if not now: what is older than the stored version changes nothing. With `reread` an
    edit is told from what the program only reads otherwise than when it stored the version. `annotate` tells what the
    version that is stored tells of; it is not asked where that stays as it was.
    """
    met = Sighting(link, article, seen or now, now)
    names = identity.aliases(link, article)
    claimed = identity.claim(article, names)
    owners = aliases.owners(db, link.source, (*names, claimed) if claimed else names)
    found = _identify(db, met, owners)
    if found.article_id is None:
        key, verdict = _take_new(db, met, found)
    elif seen and _is_older(db, found.article_id, seen):
        return "older"
    else:
        key, verdict = found.article_id, _take_again(db, met, found, reread)
        for other in found.also:
            merges.join(db, key, other, f"both are {found.reason}", now, is_copy=False)
    aliases.add(db, link.source, key, (*names, claimed) if claimed and claimed not in owners else names)
    if annotate and verdict != "unchanged":
        note_facts(db, key, annotate, now, new=article if found.article_id is None else None)
    takedowns.enforce(db, key, now)
    links.finish(db, link, key, now)
    return _kept_back(db, key, article, verdict, now)


def _kept_back(db: sqlite3.Connection, key: int, article: Article, verdict: Verdict, now: datetime) -> Verdict:
    """Keep a version that was just stored back where it is spam, and show the article again where it no longer is."""
    if verdict not in ("new", "copy", "edited", "touched"):
        return verdict
    spam = suspicion(article)
    if spam is None:
        if verdict in ("edited", "touched"):
            quarantines.lift(db, key, now)
        return verdict
    return "quarantined" if quarantines.put(db, key, spam, now) else verdict


def _keeps(db: sqlite3.Connection, key: int) -> bool:
    """Whether a stored article is a good one, which spam in its place must not replace."""
    is_settled = quarantines.is_held(db, key) or quarantines.is_released(db, key)
    return not is_settled and suspicion(articles.load(db, key)) is None


def note_facts(
    db: sqlite3.Connection, key: int, annotate: Annotate, now: datetime, *, new: Article | None = None
) -> None:
    """Store what the stored version of an article tells of; one that is `new` was stored just as it is."""
    source = sources.one(db, articles.source(db, key))
    facts.store(db, key, annotate(new or articles.load(db, key), source), now, is_new=new is not None)


def _identify(db: sqlite3.Connection, met: Sighting, owners: Mapping[Alias, Known]) -> Identified:
    is_known = Alias("url", url_key(met.article.url)) in owners
    alike = [] if is_known else aliases.alike(db, met.link.source, met.article)
    apart = merges.apart(db, {known.article_id for known in owners.values()})
    return identity.decide(met.link, met.article, owners, alike, apart)


def _is_older(db: sqlite3.Connection, key: int, seen: datetime) -> bool:
    first, stored = articles.times(db, key)
    return stamp(seen) < (stored or first)


def _take_new(db: sqlite3.Connection, met: Sighting, found: Identified) -> tuple[int, Verdict]:
    link, article = met.link, met.article
    entry_id = _free_entry_id(db, link.source, article.canonical_url)
    key = articles.insert(db, link.source, entry_id, article, link.origin, met.now, met.seen)
    aliases.take(db, link.source, key, found.taken)
    if found.copy_of is None:
        return key, "new"
    merges.join(db, found.copy_of, key, found.reason, met.now, is_copy=True)
    if link.origin != "import":
        revisions.succeed(db, found.copy_of, met.now)
    return key, "copy"


def _take_again(db: sqlite3.Connection, met: Sighting, found: Identified, reread: Reread | None) -> Verdict:
    key = found.article_id
    assert key is not None
    old = articles.load(db, key)
    settled = revision.settle(old, _at_home(old, met.article, is_moved=found.is_moved))
    is_back = met.link.origin != "import" and back(db, key, met.now)
    verdict = _take_version(db, key, met, old, settled, reread)
    return "touched" if is_back and verdict == "unchanged" else verdict


def back(db: sqlite3.Connection, key: int, now: datetime) -> bool:
    """Note inside the caller's transaction that an article's site shows it; whether it was removed before."""
    checks.clear(db, key)
    return revisions.restore(db, key, now)


def _take_version(
    db: sqlite3.Connection, key: int, met: Sighting, old: Article, settled: Article, reread: Reread | None
) -> Verdict:
    if articles.is_stored(db, key, settled):
        revisions.steady(db, key)
        return "unchanged"
    if suspicion(settled) and _keeps(db, key):
        return "quarantined"
    change = revision.compare(old, settled)
    today = reread(key, met.seen) if change and reread else None
    if today:
        change = revision.compare(revision.settle(old, today), settled)
    if change is None:
        articles.update(db, key, settled, None, met.now, met.seen)
        return "touched"
    return _take_edit(db, key, met, old, settled, change)


def _take_edit(
    db: sqlite3.Connection, key: int, met: Sighting, old: Article, settled: Article, change: Change
) -> Verdict:
    """Store another version, unless the source only went back to one that it had lately."""
    outcome = revision.weigh(old, settled, revisions.past(db, key, met.seen - revision.LATELY), met.seen)
    if outcome == "wait":
        revisions.note_flip(db, key, met.seen)
        return "unchanged"
    if outcome == "follow":
        articles.update(db, key, settled, None, met.now, met.seen)
        revisions.count_flip(db, key, met.seen)
        return "touched"
    articles.update(db, key, settled, change, met.now, met.seen)
    _part(db, key, settled, met.now)
    return "edited"


def _part(db: sqlite3.Connection, key: int, settled: Article, now: datetime) -> None:
    """Show a copy again that was edited until it tells of something else."""
    kept = merges.kept_of(db, key)
    if kept is not None and identity.has_parted(aliases.known(db, kept), settled):
        merges.undo(db, key, "it was edited, and tells of something else now", now)


def replayed(versions: Iterable[tuple[Link, Article]], base: Article | None = None) -> Article | None:
    """The version that an article's readings come to, oldest first, as if they had been taken in one by one."""
    natives: set[str] = set()
    met: set[str] = set()
    for link, article in versions:
        natives |= {native for native in (link.native, article.native) if native}
        if base:
            known = identity.known_of(base, natives)
            is_new_place = url_key(article.url) not in met and identity.is_elsewhere(known, article)
            is_moved = is_new_place or identity.has_moved(link, article, known)
            article = revision.settle(base, _at_home(base, article, is_moved=is_moved))  # noqa: PLW2901
        met.add(url_key(article.url))
        base = article
    return base


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
