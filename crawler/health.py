"""What state a source is in, and why: outcomes of requests and of a whole crawl -> a state and a sentence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.models import State


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not had: the state it stands for and the reason in words."""

    state: State
    reason: str


SEVERAL = 3

_STATUS: dict[int, State] = {401: "refused", 403: "refused", 451: "refused", 404: "gone", 410: "gone"}

_WORDS = {
    301: "redirects to nowhere",
    302: "redirects to nowhere",
    401: "asks for a login",
    403: "refuses us",
    404: "not found",
    410: "gone for good",
    429: "says we ask too often",
    503: "is not available",
}


def of_status(status: int) -> Problem:
    """What an HTTP status other than a whole 200 means for its source."""
    words = _WORDS.get(status)
    return Problem(_STATUS.get(status, "failing"), f"HTTP {status}" + (f" ({words})" if words else ""))


def judge(tried: Sequence[Problem], served: bool, pages: Sequence[Problem | None], new: int) -> Problem | State:
    """How a source's crawl ended: the state of a good end, or the problem that made it a bad one.

    `tried` are the problems of strategies that failed, `served` whether one worked, `pages` what became of each
    article's page (None: an article). Several pages that all failed are a failure, whatever the listing said; a single
    one is that page's own trouble.
    """
    failed = [page for page in pages if page]
    if not served:
        return tried[0] if tried else Problem("empty", "no way to its articles is known")
    if len(failed) >= SEVERAL and len(failed) == len(pages) and not new:
        [(state, _)] = Counter(problem.state for problem in failed).most_common(1)
        first = next(problem for problem in failed if problem.state == state)
        return Problem(state, f"all {len(pages)} article pages failed: {first.reason}")
    return "new" if new else "unchanged"
