"""The language of searches: text -> `Search`, or a QueryError that says what is wrong and where.

    panen kangkung          both words, in any order; `DAN` or `AND` between them says the same
    "panen raya"            exactly these words side by side
    lapas ATAU rutan        one of them (`OR`); binds less than side by side, so use parentheses
    lapas -narkoba          without the second (`BUKAN`, `NOT`)
    narap*                  words that begin so
    judul:remisi            in the title (`title:`); also `judul:"..."` and `judul:(...)`
    sumber:ditjenpas        of this source (`source:`); named twice, of either
    sejak:2026-01-01        published on that day or later (`since:`); also `2026-01`, `2026`
    sampai:2026-03          published in that month or before (`until:`)
    unit:lapas-serang  provinsi:malut  topik:remisi        about it (`province:`, `topic:`)

Case and diacritics make no difference. Operators are written in capitals, as `dan` is a word too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crawler.errors import QueryError
from crawler.gazetteer.entries import EntryKind, load_entries
from crawler.models import Search
from crawler.search.fts import expression
from crawler.search.grammar import Filter, parse

MOST_PHRASES = 128  # in all forms of all names

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


def understand(
    query: str, beside: Sequence[tuple[str, str]] = (), zone: str = "Asia/Jakarta", *, may_be_all: bool = False
) -> Search:
    """What a query and filters `beside` it (name and value) ask for, days taken in `zone`; raises QueryError.

    That nothing is asked for is one of its errors, unless it `may_be_all`.
    """
    node, filters = parse(query)
    search = Search(match=expression(node) if node else None)
    if search.match and search.match.count('"') > 2 * MOST_PHRASES:
        raise QueryError(query, "its names have too many forms: put those that you know in quotation marks.")
    for given in (*filters, *(Filter(name, value, None) for name, value in beside)):
        search = _narrowed(search, query, given, zone)
    if search == Search() and not may_be_all:
        raise QueryError(query, "there is nothing to look for: give a word or a filter.")
    return search


def _narrowed(search: Search, query: str, given: Filter, zone: str) -> Search:
    name = _PLURALS.get(given.field)
    if name:
        values = (*getattr(search, name), *_IDS[given.field](given.value))
        changed: Mapping[str, Any] = {name: tuple(dict.fromkeys(values))}
        return replace(search, **changed)
    begin, end = _days(query, given, zone)
    if given.field == "since":
        return replace(search, since=max(search.since or begin, begin))
    return replace(search, until=min(search.until or end, end))


def slug(text: str) -> str:
    """A name as ids are written: `Lapas Serang` is `lapas-serang`."""
    return "-".join(re.findall(r"[^\W_]+", text.casefold()))


def _days(query: str, given: Filter, zone: str) -> tuple[datetime, datetime]:
    """The first instant of a day, month or year, and the first after it."""
    found = _DAY.fullmatch(given.value)
    try:
        if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
            raise ValueError
        first = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        problem = f"{given.value!r} is no day: write it as 2026-01-28, a month as 2026-01, a year as 2026."
        raise QueryError(query, problem, given.at) from None
    length = 1 if found[3] else 31 if found[2] else 366
    after = first + timedelta(days=length)
    if not found[3]:
        after = date(after.year, after.month if found[2] else 1, 1)
    begin, end = (datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) for day in (first, after))
    return begin, end


def _called(kind: EntryKind) -> Callable[[str], Sequence[str]]:
    """The gazetteer's ids of what a text names; where it knows none, the text as an id."""

    def ids(text: str) -> Sequence[str]:
        wanted = slug(text)
        entries = [entry for entry in load_entries() if entry.kind == kind]
        named = [e.id for e in entries if wanted in {slug(name) for name in (e.id, *e.names, *e.shared)}]
        return named or [wanted]

    return ids


_PLURALS = {"source": "sources", "unit": "units", "province": "provinces", "topic": "topics"}
_IDS: Mapping[str, Callable[[str], Sequence[str]]] = {
    "source": lambda text: [text.strip()],
    "unit": _called("unit"),
    "province": _called("province"),
    "topic": lambda text: [slug(text)],
}
