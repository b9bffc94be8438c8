"""Labelled articles, and how well their facts are found: shared by the tests and the benchmark."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from crawler.annotate import facts_of, packaged
from crawler.models import Article, Facts, Source
from crawler.normalize.dateline import head_of
from crawler.normalize.happened import day_of

HERE = Path(__file__).parent
SETS = ("labelled", "held_out", "unseen")
PUBLISHED = date(2025, 6, 20)
KINDS = ("units", "subject", "province", "event", "topics")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled article: what is expected of each kind, and what is found."""

    name: str
    article: Article
    source: Source
    expected: Mapping[str, frozenset[str]]

    def facts(self) -> Facts:
        return facts_of(self.article, self.source, packaged())

    def found(self) -> Mapping[str, frozenset[str]]:
        facts, event = self.facts(), self.article.event_date
        return {
            "units": frozenset(fact.id for fact in facts.units),
            "subject": frozenset(fact.id for fact in facts.units if fact.role == "subject"),
            "province": frozenset(filter(None, [facts.province])),
            "event": frozenset([event.isoformat()] if event else []),
            "topics": frozenset(fact.id for fact in facts.topics),
        }


def cases(name: str) -> tuple[Case, ...]:
    rows = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["article"]
    return tuple(_case(row) for row in rows)


def _case(row: Row) -> Case:
    source = Source(
        "site", "Site", "press", "https://site.example/", "site", "site",
        unit=row.get("source_unit"), province=row.get("source_province"),
    )  # fmt: skip
    return Case(row["title"], article_of(row), source, dict(_expected(row)))


def article_of(row: Row) -> Article:
    """The article as normalizing would have made it, as far as facts are found in it."""
    paragraphs = tuple(row["text"].split("\n"))
    published = row.get("published", PUBLISHED)
    head, opening = head_of(paragraphs, "https://site.example/a", ["Site"])
    now = datetime.combine(published + timedelta(days=1), time(), UTC)
    return Article(
        url="https://site.example/a", canonical_url="https://site.example/a", title=row["title"], paragraphs=paragraphs,
        body_html="", published=datetime.combine(published, time(5), UTC), published_precision="minute",
        event_date=day_of(paragraphs, opening, published, now), dateline=head.place,
    )  # fmt: skip


def _expected(row: Row) -> Iterator[tuple[str, frozenset[str]]]:
    subject = [row["subject"]] if "subject" in row else []
    yield "units", frozenset([*subject, *row.get("mentions", [])])
    yield "subject", frozenset(subject)
    yield "province", frozenset(filter(None, [row.get("in_province")]))
    yield "event", frozenset([row["event"].isoformat()] if "event" in row else [])
    yield "topics", frozenset(row["topics"])


def f1(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Of expected and found sets, over all of them at once; nothing expected and nothing found is 1."""
    right = wrong = missed = 0
    for expected, found in pairs:
        right += len(expected & found)
        wrong += len(found - expected)
        missed += len(expected - found)
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def scores(name: str) -> Mapping[str, float]:
    """F1 of each kind over a set."""
    known = [(case.expected, case.found()) for case in cases(name)]
    return {kind: f1((expected[kind], found[kind]) for expected, found in known) for kind in KINDS}
