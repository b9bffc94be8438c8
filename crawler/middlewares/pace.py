"""One request at a time a server, and real backoff: after a failure everything for that server waits.

Scrapy's retry middleware decides whether a request is tried again; when it may go out is decided here. Scrapy itself
would send the repeat at once, ignore Retry-After, and go on with the other requests to the same server meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

BUSY = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
LONGEST_WAIT = 120.0  # seconds; a server that asks for more is left alone for the rest of the run
LONGEST_BACKOFF = 60.0
FACTOR = 4
LONGEST_TURN = 600.0  # seconds of one run that one server gets; what is left over waits for the next run
PATIENCE = 8  # failures in a row, which a single broken page cannot reach with its three repeats


class LeftAlone(IgnoreRequest):
    """The server asked for a long wait, failed too often in a row or had its turn; it is asked in a later run."""


@dataclass(slots=True)
class Gate:
    """The way to one server: who is on it, since when it is used, when the next may follow, failures in a row."""

    since: float = field(default_factory=monotonic)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    opens: float = 0.0
    failures: int = 0


class PaceMiddleware:
    """Lets requests through to their server one by one, no earlier than it asked for."""

    def __init__(self, backoff: float) -> None:
        self.backoff = backoff
        self.gates: defaultdict[str, Gate] = defaultdict(Gate)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """`NEWSFEED_BACKOFF` is the first wait after a failure, in seconds; each further one is four times as long."""
        return cls(crawler.settings.getfloat("NEWSFEED_BACKOFF"))

    async def process_request(self, request: Request) -> None:
        """Wait for the server's turn; raises LeftAlone where that would take too long."""
        gate = self.gates[request.meta.get("download_slot", "")]
        await gate.lock.acquire()
        try:
            await self._wait(gate)
        except BaseException:
            gate.lock.release()
            raise
        request.meta["at_gate"] = True

    def process_response(self, request: Request, response: Response) -> Response:
        """Let the next request pass, later where the server is in trouble."""
        header = (response.headers.get(b"Retry-After") or b"").decode("latin-1")
        asked = retry_after(header, datetime.now(UTC)) if response.status in BUSY else None
        self._leave(request, failed=response.status in BUSY, asked=asked)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Let the next request pass after one that got no answer."""
        self._leave(request, failed=not isinstance(exception, IgnoreRequest))

    async def _wait(self, gate: Gate) -> None:
        if gate.failures >= PATIENCE:
            raise LeftAlone(f"{gate.failures} requests in a row failed")
        if monotonic() - gate.since > LONGEST_TURN:
            raise LeftAlone(f"its {LONGEST_TURN / 60:.0f} minutes of this run are over")
        wait = gate.opens - monotonic()
        if wait > LONGEST_WAIT:
            raise LeftAlone(f"the server asked to be left alone for {wait:.0f} s")
        if wait > 0:
            await asyncio.sleep(wait)

    def _leave(self, request: Request, *, failed: bool, asked: float | None = None) -> None:
        if not request.meta.pop("at_gate", False):
            return
        gate = self.gates[request.meta.get("download_slot", "")]
        gate.failures = gate.failures + 1 if failed else 0
        if failed:
            backoff = min(self.backoff * FACTOR ** (gate.failures - 1), LONGEST_BACKOFF)
            gate.opens = monotonic() + max(backoff, asked or 0.0)
        gate.lock.release()


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header in either form (RFC 9110, 10.2.3), or None for none or a bad one."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:12]), 10**9))
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now.timestamp())
