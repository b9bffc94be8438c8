"""The steps from an article to its facts, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.annotate import places, resolve, roles
from crawler.annotate.custody import sentences_of_custody
from crawler.annotate.lexicon import UNIT_TYPES, Lexicon
from crawler.annotate.matches import Hit, Reading, read, units_of
from crawler.annotate.ministries import function_of, successor
from crawler.annotate.resolve import Resolved
from crawler.annotate.roles import Named
from crawler.annotate.topics import topics_of
from crawler.models import Article, Facts, Source, UnitFact

_MOST_UNRESOLVED = 20


@dataclass(frozen=True, slots=True)
class _Found:
    """The units of a text, and the names that may mean several."""

    named: tuple[Named, ...]
    unresolved: tuple[str, ...]


def facts_of(article: Article, source: Source, lexicon: Lexicon) -> Facts:
    """What an article tells of; of its source the `unit` and `province` count, as a hint."""
    reading = read(article.title, article.paragraphs, lexicon)
    dateline = places.ids_of_dateline(article.dateline, lexicon)
    there = places.places_in(reading)
    found = _units(reading, there, dateline, article, source, lexicon)
    stranger = next((one.first for one in reading.strangers), None)
    facts = roles.with_roles(found.named, source.unit, stranger)
    if not facts:
        facts = _own_unit(reading, source, lexicon)
    subject = next((fact.id for fact in facts if fact.role == "subject"), None)
    signs = places.signs_of(there, dateline, article.dateline, found.named, subject, source.province, lexicon)
    return Facts(
        units=facts,
        places=places.facts_of_places(signs, lexicon),
        topics=topics_of(reading.hits, lexicon),
        province=places.province_of(signs, lexicon.entries[subject] if subject else None),
        unresolved=(*found.unresolved, *_unknown(reading))[:_MOST_UNRESOLVED],
    )


def _units(
    reading: Reading,
    there: Sequence[Hit],
    dateline: tuple[str, ...],
    article: Article,
    source: Source,
    lexicon: Lexicon,
) -> _Found:
    hits = list(units_of(reading.hits))
    seen = [*hits, *there]
    context = resolve.context_of(seen, dateline, source.unit, source.province, lexicon)
    resolved = [resolve.resolve(hit, context, lexicon) for hit in hits]
    day = article.published.date() if article.published else article.event_date
    if any(one.hit.meaning.is_legacy for one in resolved):
        function = function_of(reading.hits, lexicon)
        resolved = [_today(one, function, day, lexicon) for one in resolved]
    return _Found(_grouped(resolved, reading, lexicon), tuple(dict.fromkeys(_open(resolved))))


def _today(one: Resolved, function: str | None, day: date | None, lexicon: Lexicon) -> Resolved:
    if not one.unit or not one.hit.meaning.is_legacy:
        return one
    heir, reason = successor(one.unit, function, day, lexicon)
    return replace(one, unit=heir, reason=reason or one.reason)


def _grouped(resolved: Iterable[Resolved], reading: Reading, lexicon: Lexicon) -> tuple[Named, ...]:
    groups: dict[str, list[Resolved]] = {}
    for one in resolved:
        if one.unit:
            groups.setdefault(one.unit, []).append(one)
    custody = sentences_of_custody(reading.words, reading.ends) if groups else {}
    return tuple(
        Named(
            lexicon.entries[unit],
            [one.hit for one in group],
            group[0].reason,
            all(custody.get(one.hit.sentence, one.hit.first) < one.hit.first for one in group),
        )
        for unit, group in groups.items()
    )


def _open(resolved: Iterable[Resolved]) -> Iterable[str]:
    return (f"{one.hit.written}: {one.reason}" for one in resolved if not one.unit)


def _unknown(reading: Reading) -> Iterable[str]:
    return dict.fromkeys(f"{one.written}: the gazetteer has no such unit" for one in reading.strangers)


def _own_unit(reading: Reading, source: Source, lexicon: Lexicon) -> tuple[UnitFact, ...]:
    """Of a unit's own site, that unit where the text only speaks of `lapas` or `rutan`."""
    own = lexicon.entries.get(source.unit or "")
    if own is None or not any(word.key in UNIT_TYPES for word in reading.words):
        return ()
    return (UnitFact(own.id, own.name, "subject", 1.0, "the source is its site, and the text names no other"),)
