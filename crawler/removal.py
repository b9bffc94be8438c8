"""What the looks of one crawl at a source's stored articles come to: which of them are gone, and which only seem so.

Pure; storage executes it. An article is removed when its site said twice that it is gone, at least a day apart, while
most of what else was looked at is there. Where much of it seems gone at once, it is the site that has changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.models import Check

# `unclear` is every answer that tells of neither: an error, a refusal, another page than was asked for.
Answer = Literal["alive", "gone", "unclear"]

#     on       look again at the next rung of the ladder
#     suspect  note that it was seen gone, and look again in a day
#     remove   leave a tombstone
#     stay     change nothing: it stays due
Verdict = Literal["on", "suspect", "remove", "stay"]

APART = timedelta(days=1)  # between the two looks that make a removal
MOST_GONE = 5  # one in so many may be gone
LEAST_GONE = 3  # fewer say nothing of the site
LEAST_LOOKED = 5  # articles that must be looked at for one of them to be judged
PATIENCE = timedelta(days=3)  # for which articles of a site that has changed stay due


@dataclass(frozen=True, slots=True)
class Look:
    """What a site answered for one of its articles; `reason` is the answer in words, empty for one that is there."""

    check: Check
    answer: Answer
    reason: str = ""


def doubt(looks: Sequence[Look]) -> str | None:
    """Why nothing may be removed after these looks: more than a fifth of the articles is gone; None where it may.

    What was removed before is gone as expected, and no sign of anything.
    """
    told = [look for look in looks if look.answer != "unclear" and not look.check.is_removed]
    gone = [look for look in told if look.answer == "gone"]
    if len(gone) < LEAST_GONE or len(gone) * MOST_GONE <= len(told):
        return None
    [(reason, _)] = Counter(look.reason for look in gone).most_common(1)
    return f"{len(gone)} of {len(told)} stored articles looked at again seem gone ({reason}): a redesign?"


def weigh(looks: Sequence[Look], now: datetime) -> Iterator[tuple[Look, Verdict]]:
    """What becomes of each article that did not answer as it should; those that did are stored already."""
    is_doubtful = doubt(looks) is not None
    for look in looks:
        if look.answer == "gone":
            yield look, _in_doubt(look.check, now) if is_doubtful else _gone(look.check, now)
        elif look.answer == "unclear":
            yield look, "on"


def _gone(check: Check, now: datetime) -> Verdict:
    if check.is_removed:
        return "on"
    if check.gone_since is None:
        return "suspect"
    return "remove" if now - check.gone_since >= APART else "stay"


def _in_doubt(check: Check, now: datetime) -> Verdict:
    return "on" if now - check.due_at >= PATIENCE else "stay"
