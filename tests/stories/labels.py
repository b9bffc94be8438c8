"""The labelled articles: read from their files, with wrong dates and units where a test wants them."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

from crawler.annotate import facts_of, packaged
from crawler.models import Article, Holder, Pair, Signature, Source, Told
from crawler.stories import cluster, compare, components, holders, sign
from crawler.stories.keys import BEHIND, candidates, placed

HERE = Path(__file__).parent
WIB = timedelta(hours=7)
NOBODY = Source("site", "Site", "press", "https://site.example/", "site", "site")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and the event that it tells of."""

    event: str
    source: str
    published: datetime
    told: Told


def read(name: str) -> list[Labelled]:
    """The articles of a file, with keys from 1 in its order."""
    found: list[Labelled] = []
    event = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            event = line[3:]
        elif line and not line.startswith("#"):
            found.append(_labelled(len(found) + 1, event, line))
    return found


def _labelled(number: int, event: str, line: str) -> Labelled:
    source, stamp, happened, units, title, text = line.split("|", 5)
    published = datetime.fromisoformat(stamp + "+00:00")
    subjects, _, mentioned = units.partition(";")
    told = Told(
        article_id=number,
        title=title,
        text=text,
        published=(published + WIB).date(),
        event=None if happened == "-" else date.fromisoformat(happened),
        subjects=tuple(name for name in subjects.split(",") if name),
        mentioned=tuple(name for name in mentioned.split(",") if name),
        topics=_topics(title, text),
        source=source,
        entry_id=f"{source} {number}",
    )
    return Labelled(event, source, published, told)


@cache
def _topics(title: str, text: str) -> tuple[str, ...]:
    """As annotation finds them: nobody labelled those."""
    article = Article(url="", canonical_url="", title=title, paragraphs=(text,), body_html="")
    return tuple(fact.id for fact in facts_of(article, NOBODY, packaged()).topics)


def noisy(articles: Sequence[Labelled], seed: int, *, dates: float = 0.15, units: float = 0.10) -> list[Labelled]:
    """The articles with a part of their days wrong (that of a publication up to two days later) and of units wrong.

    A wrong unit is that of another article, or none, as often.
    """
    chance = random.Random(seed)
    subjects = [one.told.subjects for one in articles]
    made = []
    for article in articles:
        told = article.told
        if told.event and chance.random() < dates:
            told = replace(told, event=told.published + timedelta(days=chance.randrange(3)))
        if chance.random() < units:
            other = chance.choice([*subjects, *[()] * len(subjects)])
            told = replace(told, subjects=other, mentioned=())
        made.append(replace(article, told=told))
    return made


def grouped(told: Iterable[Told]) -> list[frozenset[int]]:
    """The groups that articles fall into, each pair that shares a key compared."""
    signatures = {one.article_id: sign(one) for one in told}
    joined = list(_joined(signatures))
    return [
        group
        for part in components(signatures, [(pair.one, pair.other) for pair in joined])
        for group in cluster(
            {key: signatures[key] for key in part},
            [pair for pair in joined if pair.one in part],
            [],
            {key: str(key) for key in part},
        )
    ]


def _joined(signatures: dict[int, Signature]) -> Iterator[Pair]:
    under: dict[tuple[int, int], list[Holder]] = {}
    for one in signatures.values():
        for holder in holders(one):
            under.setdefault((holder.key, holder.day), []).append(holder)
    everyone = {at: placed(found) for at, found in under.items()}
    front = {at: [holder for holder in found if holder.place != BEHIND] for at, found in everyone.items()}
    behind = {at: [holder for holder in found if holder.place == BEHIND] for at, found in everyone.items()}
    chosen: set[tuple[int, int]] = set()
    for key, one in signatures.items():
        mine = {at for at, found in front.items() for holder in found if holder.article_id == key}
        others = candidates(one, front, {at: behind[at] for at in mine})
        chosen |= {(min(key, other), max(key, other)) for other in others}
    for ours, theirs in sorted(chosen):
        decision = compare(signatures[ours], signatures[theirs])
        if decision.verdict == "join":
            yield Pair(ours, theirs, decision)


@dataclass(frozen=True, slots=True)
class Scored:
    """How well pairs of articles were told apart."""

    precision: float
    recall: float
    wrong: Collection[tuple[int, int]] = ()
    missed: Collection[tuple[int, int]] = ()

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def score(articles: Sequence[Labelled], groups: Iterable[frozenset[int]]) -> Scored:
    """Compare the pairs in the groups with those of one event."""
    event = {one.told.article_id: one.event for one in articles}
    truth = {pair for pair in combinations(sorted(event), 2) if event[pair[0]] == event[pair[1]]}
    made = {pair for group in groups for pair in combinations(sorted(group), 2)}
    right = len(truth & made)
    return Scored(right / len(made), right / len(truth), sorted(made - truth), sorted(truth - made))
