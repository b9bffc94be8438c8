"""Whether a field stopped coming: a site's new design, or a rule of ours that no longer fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from zoneinfo import ZoneInfo

from crawler.models import Sample

NEWEST = 5  # articles that must all lack a field: one without an author, or four, are no new design
BEFORE = 20  # articles before them, at the least, ...
SHARE = 0.9  # ... of which nearly all had it
SHRUNK = 5  # times shorter than half of the texts before are: no text but a teaser

# Field, as the reason names it -> whether an article has it.
FIELDS: dict[str, Callable[[Sample], bool]] = {
    "author": lambda sample: sample.author,
    "date of publication": lambda sample: sample.published,
    "picture": lambda sample: sample.image,
}


def drifted(samples: Sequence[Sample], zone: str) -> str | None:
    """Which fields stopped coming and since when, in words; None where none did. `samples` are the newest first."""
    missing = {name: lacking for name, has in FIELDS.items() if (lacking := _lacking(samples, has))}
    if len(samples) >= NEWEST + BEFORE:
        usual = median(sample.size for sample in samples[NEWEST:])
        if lacking := _lacking(samples, lambda sample: sample.size * SHRUNK > usual):
            missing["whole text"] = lacking
    told = [f"no {name} since {_since(samples, lacking, zone)}" for name, lacking in missing.items()]
    return f"{', '.join(told)}; nearly all articles before had it" if told else None


def _lacking(samples: Sequence[Sample], has: Callable[[Sample], bool]) -> int:
    """How many of the newest articles lack a field that nearly all before them had; 0 where that is no new design."""
    lacking = next((n for n, sample in enumerate(samples) if has(sample)), len(samples))
    before = samples[lacking:]
    if lacking < NEWEST or len(before) < BEFORE:
        return 0
    return lacking if sum(map(has, before)) >= SHARE * len(before) else 0


def _since(samples: Sequence[Sample], lacking: int, zone: str) -> str:
    return f"{samples[lacking - 1].entered.astimezone(ZoneInfo(zone)):%Y-%m-%d}"
