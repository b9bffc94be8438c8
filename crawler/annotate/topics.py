"""What an article is about: the topics whose terms it holds, each term once, in the title more than below it.

The terms and their weights are in `terms.csv`; those without a topic are template language, which every release holds
(`deteksi dini`, `Zero Halinar`), or tell of something else (`kasus narkotika`): they weigh nothing and hide the terms
in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from crawler.annotate.lexicon import Lexicon
from crawler.annotate.matches import Hit, Zone
from crawler.models import TopicFact

_ZONES: dict[Zone, float] = {"title": 2.0, "lead": 1.0, "text": 0.4}
_AGAIN = 0.15  # what each further occurrence of a term weighs beside its first
_MOST_AGAIN = 4
STRONG = 3.0  # a term that needs no other
ENOUGH = 3.0  # a score: a strong term in the lead, or two weak ones of which one stands in the title
PART = 0.45  # of the best topic's score that a further one needs
_EVIDENCE = 4  # terms that are told


def topics_of(hits: Iterable[Hit], lexicon: Lexicon) -> tuple[TopicFact, ...]:
    """The topics of an article, the strongest first."""
    terms: defaultdict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    written: dict[str, str] = {}
    strong: defaultdict[str, set[str]] = defaultdict(set)
    for hit in hits:
        for topic, strength in hit.meaning.terms:
            name = hit.written.casefold()
            terms[topic][name].append(strength * _ZONES[hit.zone])
            if strength >= STRONG:
                strong[topic].add(name)
            written.setdefault(name, f"{hit.zone}: {hit.written}")
    scores = {topic: sum(map(_score, found.values())) for topic, found in terms.items()}
    best = max(scores.values(), default=0.0)
    enough = [
        topic
        for topic in terms
        if scores[topic] >= max(ENOUGH, PART * best) and _has_weight(terms[topic], strong[topic])
    ]
    kept = sorted(enough, key=lambda topic: -scores[topic])
    return tuple(
        TopicFact(topic, lexicon.topics[topic].name, round(scores[topic] / best, 2), _told(terms[topic], written))
        for topic in kept
    )


def _score(weights: list[float]) -> float:
    """What one term weighs: where it stands best, and a little for each time that it comes back."""
    again = min(len(weights) - 1, _MOST_AGAIN)
    return max(weights) * (1 + _AGAIN * again)


def _has_weight(terms: Mapping[str, list[float]], strong: set[str]) -> bool:
    """Whether it takes more than one word that has other uses, or than several in passing."""
    return bool(strong) or (len(terms) > 1 and any(max(weights) > STRONG for weights in terms.values()))


def _told(terms: dict[str, list[float]], written: dict[str, str]) -> str:
    strongest = sorted(terms, key=lambda name: -_score(terms[name]))
    return ", ".join(written[name] for name in strongest[:_EVIDENCE])
