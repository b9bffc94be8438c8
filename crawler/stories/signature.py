"""An article as grouping compares it."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from zlib import crc32

from crawler.gazetteer.entries import load_entries
from crawler.models import Signature, Told
from crawler.stories import wording
from crawler.stories.counts import counts
from crawler.stories.people import people
from crawler.stories.tokens import blanked, tokens_of, words_of

STALE = timedelta(days=10)  # an event is printed sooner, or it is background
AHEAD = timedelta(days=1)  # later ones are announced: the release is what happens
ROUNDUP = 3  # units named and none of them the subject
MOST_QUOTED = 1_600  # characters in which quotations are looked for: they come later
MOST_READ = 1_100  # characters of a text that are compared: what happened is told first

_OFFICES_OF_EVENTS = frozenset(("kantor-imigrasi", "rudenim", "school"))


def sign(told: Told) -> Signature:
    """What is compared of an article."""
    text = told.text[:MOST_READ]
    body = wording.without_opening(text)
    tokens = blanked(tokens_of(body))
    words = words_of(tokens)
    named = people(tokens, body)
    is_dated = told.event is not None and told.published - STALE <= told.event <= told.published + AHEAD
    units = frozenset([name for name in told.subjects if not is_above(name)] or told.subjects)
    others = frozenset((*told.subjects, *told.mentioned)) - units
    return Signature(
        article_id=told.article_id,
        day=told.event if is_dated and told.event else told.published,
        is_dated=is_dated,
        published=told.published,
        units=units,
        others=others,
        places=frozenset(told.places),
        topics=frozenset(told.topics),
        people=named.people,
        heads=named.heads,
        officials=named.officials,
        counts=counts(f"{told.title}\n{text}"),
        quotes=wording.quotes(told.text[:MOST_QUOTED]),
        title=frozenset(wording.stems(words_of(blanked(tokens_of(told.title))))),
        lead=wording.lead(words),
        sketch=wording.sketch(words),
        is_roundup=all(map(is_above, units)) and sum(not is_above(name) for name in others) >= ROUNDUP,
        source=told.source,
        rank=crc32(told.entry_id.encode()),
    )


def is_above(name: str) -> bool:
    """Whether a unit's id is that of an office above others: regional offices, directorates, ministries.

    Where one of those is named beside a unit, what is told happened in the unit.
    """
    return name in _offices()


@cache
def _offices() -> frozenset[str]:
    return frozenset(
        entry.id for entry in load_entries() if entry.kind == "office" and entry.type not in _OFFICES_OF_EVENTS
    )


def gap(one: Signature, other: Signature) -> int:
    """Days between two articles' events, as far as they are known."""
    return abs((one.day - other.day).days)


def published_gap(one: Signature, other: Signature) -> int:
    """Days between two articles' publication."""
    return abs((one.published - other.published).days)
