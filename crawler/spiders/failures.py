"""What keeps a page away -> the problem that it means for a source: exceptions, by one table, and other answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectError, ConnectionLost
from twisted.web.client import ResponseFailed

from crawler.health import Problem, of_status
from crawler.middlewares.address import ForbiddenAddress
from crawler.middlewares.body import BrokenBody
from crawler.middlewares.names import is_of_tls
from crawler.middlewares.pace import LeftAlone
from crawler.middlewares.robots import ForbiddenByRobots
from crawler.models import State
from crawler.text.walls import wall_of

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

# The first class that fits decides; an empty text means the exception's own.
_MEANING: tuple[tuple[type[BaseException], State, str], ...] = (
    (ForbiddenByRobots, "robots", ""),
    (ForbiddenAddress, "refused", ""),
    (BrokenBody, "malformed", ""),
    (LeftAlone, "failing", ""),
    (CannotResolveHostError, "dns/tls", "its name does not resolve, or only into a private network (allow_private)"),
    (DownloadTimeoutError, "failing", "no whole answer within the time limit"),
    (DownloadConnectionRefusedError, "failing", "refuses the connection"),
    (DownloadCancelledError, "malformed", "the answer is larger than the size limit"),
    (ResponseDataLossError, "failing", "the answer was cut short"),
    (DownloadFailedError, "failing", "the answer is no proper HTTP"),
    (IgnoreRequest, "failing", "redirects without end"),
    (ConnectionLost, "failing", "the connection was lost"),
    (ConnectError, "failing", "cannot be connected to"),
    (ResponseFailed, "failing", "the connection broke off"),
)


def problem_of(error: BaseException) -> Problem:
    """What kept an answer away."""
    if is_of_tls(error):
        return Problem("dns/tls", "its TLS certificate cannot be verified")
    for kind, state, words in _MEANING:
        if isinstance(error, kind):
            return Problem(state, words or str(error))
    return Problem("failing", f"{type(error).__name__}: {error}".strip()[:200])


def is_outage(error: BaseException) -> bool:
    """Whether the network or the server is at fault, rather than this program."""
    return isinstance(error, tuple(kind for kind, _, _ in _MEANING)) or type(error).__module__.split(".")[0] in (
        "twisted",
        "scrapy",
        "OpenSSL",
        "service_identity",
    )


def outage(failure: Failure) -> BaseException:
    """The exception that kept an answer away; one that no network can cause is ours, and surfaces."""
    assert failure.value is not None
    if not is_outage(failure.value):
        failure.raiseException()
    return failure.value


def was_never_sent(failure: Failure) -> bool:
    """Whether the request that was left alone was no repeat either: its server never heard of it."""
    return not failure.request.meta.get("retry_times")  # type: ignore[attr-defined]


def blocked(response: Response) -> Problem | None:
    """The wall that answers in the site's place, whatever the status; None where the site itself answers."""
    if b"html" not in (response.headers.get(b"Content-Type") or b"html").lower():
        return None
    headers = {name.decode("latin-1"): b" ".join(values).decode("latin-1") for name, values in response.headers.items()}
    wall = wall_of(response.body, response.status, headers)
    return Problem("blocked", f"{wall} answers in its place (HTTP {response.status})") if wall else None


def refused(response: Response) -> Problem | None:
    """Why an answer is not the page that was asked for; None for a whole 200 of the site itself."""
    if problem := blocked(response):
        return problem
    return of_status(response.status) if response.status != 200 else None
