"""States, the worst first, and what an HTTP status means for its source."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.models import State


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not had: the state it stands for and the reason in words."""

    state: State
    reason: str


# All states in the order in which an operator should look at them.
SEVERITY: tuple[State, ...] = (
    "gone", "dns/tls", "failing", "blocked", "refused", "robots", "malformed", "empty", "drift", "silent", "paused",
    "new", "unchanged", "imported", "never tried",
)  # fmt: skip
_FINE = frozenset({"paused", "new", "unchanged", "imported", "never tried"})

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


def is_trouble(state: State) -> bool:
    """Whether a state is one that an operator must know of."""
    return state not in _FINE


def of_status(status: int) -> Problem:
    """What an HTTP status other than a whole 200 means for its source."""
    words = _WORDS.get(status)
    return Problem(_STATUS.get(status, "failing"), f"HTTP {status}" + (f" ({words})" if words else ""))
