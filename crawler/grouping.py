"""Grouping beside the store: articles that were stored or changed -> signatures -> decisions -> stories.

It follows the change counter, so whatever stored an article, and however the process ended, nothing is left out. No
Scrapy here: crawls, imports and reprocessing call it after they have stored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, count
from time import monotonic
from uuid import uuid5

from crawler.identity import NAMESPACE
from crawler.models import Decision, Holder, Member, Pair, Signature, StoryVerdict
from crawler.storage import decisions, signatures, stories, story_keys
from crawler.storage.database import transaction
from crawler.stories import changes, cluster, compare, components, sign
from crawler.stories.keys import FRONT, Held, candidates, holders, placed, placed_among, wanted

BATCH = 250  # articles in one transaction
AT_ONCE = 5_000  # articles that make stories in one order
SECONDS = 60.0  # after which no new batch is begun: the rest is grouped by the next run
KEPT_LINKS = 6  # links and near misses that are kept of an article: on a holiday every unit tells the same
NEAR_MISS = 0.3  # the score from which it is kept why two articles are not one story


def group(db: sqlite3.Connection, now: datetime, seconds: float = SECONDS) -> int:
    """Group what changed since the last time; returns how many articles were looked at.

    Within one call stories are made in the order of their first articles.
    """
    until, done = monotonic() + seconds, 0
    moved: dict[int, int] = {}  # what this has changed itself
    while waiting := stories.waiting(db, AT_ONCE):
        new = [one.article_id for one in waiting if moved.get(one.article_id) != one.change]
        for at in range(0, len(new), BATCH):
            if monotonic() >= until:
                return done
            moved |= regroup(db, new[at : at + BATCH], now)
            done += len(new[at : at + BATCH])
        with transaction(db):
            stories.note_grouped(db, max(one.change for one in waiting))
    return done


def regroup(db: sqlite3.Connection, article_ids: Collection[int], now: datetime) -> dict[int, int]:
    """Compare some articles anew and settle the stories that they are, were or become part of, in one transaction.

    Returns the change numbers of articles that moved from one story to another.
    """
    with transaction(db):
        touched = _sign(db, article_ids, now)
        return settle(db, touched | stories.in_stories(db, article_ids) | set(article_ids), now)


def split(db: sqlite3.Connection, article_id: int, reason: str, now: datetime) -> int:
    """Take an article out of its story for good; returns how many articles it is held apart from, 0 where it is alone.

    Inside the caller's transaction, as `merge`.
    """
    others = stories.in_stories(db, [article_id]) - {article_id}
    decisions.save(db, [_by_human("apart", article_id, other, reason) for other in sorted(others)], now)
    settle(db, {article_id, *others}, now)
    return len(others)


def merge(db: sqlite3.Connection, one: int, other: int, reason: str, now: datetime) -> None:
    """Make one story of two articles' stories for good; what people had held apart between them is so no more."""
    ours, theirs = (stories.in_stories(db, [article_id]) | {article_id} for article_id in (one, other))
    apart = [
        pair
        for pair in decisions.about(db, ours)
        if pair.by == "human" and pair.decision.verdict == "apart" and {pair.one, pair.other} & theirs
    ]
    pairs = {(pair.one, pair.other) for pair in apart if {pair.one, pair.other} <= ours | theirs}
    pairs.add((min(one, other), max(one, other)))
    decisions.save(db, [_by_human("join", *pair, reason) for pair in sorted(pairs)], now)
    settle(db, ours | theirs, now)


def settle(db: sqlite3.Connection, article_ids: Collection[int], now: datetime) -> dict[int, int]:
    """Store the stories that follow from what is decided about articles and all that are joined to them.

    Returns the change numbers of articles that moved from one story to another.
    """
    pairs, reached = _reached(db, article_ids)
    found = signatures.load(db, reached)
    members = stories.members(db, found)
    known = [story for story in stories.known(db, reached) if story.members <= reached]
    stories.leave(db, reached - members.keys())
    joined = [pair for pair in pairs if pair.one in members and pair.other in members]
    human = [pair for pair in joined if pair.by == "human"]
    program = [pair for pair in joined if pair.by == "program" and pair.decision.verdict == "join"]
    edges = [(pair.one, pair.other) for pair in (*program, *human) if pair.decision.verdict == "join"]
    groups = [
        part
        for component in components(members, edges)
        for part in cluster(
            {key: found[key] for key in component},
            [pair for pair in program if pair.one in component],
            [pair for pair in human if pair.one in component and pair.other in component],
            {key: members[key].entry_id for key in component},
        )
    ]
    return stories.apply(db, changes(groups, members, known, _free_id(db, members.values())), now)


def _sign(db: sqlite3.Connection, article_ids: Collection[int], now: datetime) -> set[int]:
    """Renew the signatures of articles, and decide about them and whoever is compared with others because of that.

    Returns those that it may make a difference to.
    """
    old = signatures.load(db, article_ids)
    new = {key: sign(one) for key, one in signatures.told(db, article_ids).items()}
    gone = {key: one for key, one in old.items() if one != new.get(key)}
    fresh = {key: one for key, one in new.items() if one != old.get(key)}
    signatures.drop(db, gone.keys() - fresh.keys())
    signatures.save(db, fresh.values())
    wishes = chain.from_iterable(wanted(one) for one in fresh.values())
    leaving, coming = _under_keys(gone), _under_keys(fresh)
    front = story_keys.known(db, {*wishes, *(one.key for one in leaving)})
    moved = story_keys.move(db, front, leaving, coming, placed, placed_among)
    anew = gone.keys() | (moved - fresh.keys())
    before = set(_ends(decisions.about(db, anew)))
    decisions.forget(db, anew)
    more = signatures.load(db, anew - fresh.keys())
    front |= story_keys.known(db, set(chain.from_iterable(wanted(one) for one in more.values())))
    fresh |= more
    decisions.save(db, _decided(db, fresh, _near(db, fresh, front)), now)
    return before | fresh.keys()


def _under_keys(found: Mapping[int, Signature]) -> list[Holder]:
    return [holder for one in found.values() for holder in holders(one)]


def _near(db: sqlite3.Connection, fresh: Mapping[int, Signature], front: Held) -> set[tuple[int, int]]:
    """The pairs of articles, each with one of these, that have enough in common to be compared."""
    pairs: set[tuple[int, int]] = set()
    for key, one in fresh.items():
        mine = [(holder.key, holder.day) for holder in holders(one)]
        crowded = [at for at in mine if any(it.article_id == key and it.place == FRONT for it in front.get(at, ()))]
        others = candidates(one, front, story_keys.behind(db, crowded))
        pairs |= {(min(key, other), max(key, other)) for other in others}
    return pairs


def _decided(db: sqlite3.Connection, fresh: Mapping[int, Signature], chosen: Collection[tuple[int, int]]) -> list[Pair]:
    """The decisions about some articles that are kept: joins, and of each article the strongest of the others."""
    known = {**fresh, **signatures.load(db, set(chain.from_iterable(chosen)) - fresh.keys())}
    pairs = [Pair(one, other, compare(known[one], known[other])) for one, other in sorted(chosen)]
    kept = [pair for pair in pairs if pair.decision.verdict == "join"]
    others: dict[int, list[Pair]] = {key: [] for key in known}
    for pair in sorted(pairs, key=lambda pair: -pair.decision.score):
        if pair.decision.verdict == "link" or _is_near_miss(pair.decision):
            others[pair.one].append(pair)
            others[pair.other].append(pair)
    return kept + list({pair: None for key in fresh for pair in others[key][:KEPT_LINKS]})


def _is_near_miss(decision: Decision) -> bool:
    return decision.verdict == "apart" and decision.score >= NEAR_MISS


def _by_human(verdict: StoryVerdict, one: int, other: int, reason: str) -> Pair:
    return Pair(min(one, other), max(one, other), Decision(verdict, float(verdict == "join"), reason), "human")


def _reached(db: sqlite3.Connection, article_ids: Iterable[int]) -> tuple[list[Pair], set[int]]:
    """All articles that joins lead to from some, step by step, and the decisions about them."""
    reached, fresh = set(article_ids), set(article_ids)
    pairs: dict[int, Pair] = {}
    while fresh:
        found = decisions.about(db, fresh)
        pairs |= {pair.id: pair for pair in found}
        joined = set(_ends(pair for pair in found if pair.decision.verdict == "join"))
        fresh = (joined | stories.in_stories(db, fresh)) - reached
        reached |= fresh
    return list(pairs.values()), reached


def _ends(pairs: Iterable[Pair]) -> Iterator[int]:
    for pair in pairs:
        yield pair.one
        yield pair.other


def _free_id(db: sqlite3.Connection, members: Iterable[Member]) -> Callable[[str], str]:
    """An article's own entry id for its story; another where a story that it is no longer in goes by it."""
    taken = stories.called_by(db, [one.entry_id for one in members])

    def free(entry_id: str) -> str:
        if entry_id not in taken:
            return entry_id
        minted = (f"urn:uuid:{uuid5(NAMESPACE, f'story {entry_id} {number}')}" for number in count(1))
        return next(name for name in minted if not stories.called_by(db, [name]))

    return free
