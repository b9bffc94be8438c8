"""One request at a time a server, within a budget, and real backoff: after a failure everything for that server waits.

Scrapy's retry middleware decides whether a request is tried again; when it may go out is decided here. Scrapy itself
would send the repeat at once, ignore Retry-After, and go on with the other requests to the same server meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from crawler.middlewares.manners import PATIENCE, TOO_OFTEN, Gate, Manners
from crawler.middlewares.names import is_of_name
from crawler.text.urls import host

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

BUSY = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
LONGEST_WAIT = 120.0  # seconds; a server that asks for more is left alone for the rest of the run
LONGEST_BACKOFF = 60.0
FACTOR = 4
PATIENCE_WITH_A_NAME = 4  # failures in a row to reach a host by its name: one request with its three repeats
LATE = 0.25  # seconds that a request may reach its server late (it connects first), and the next keeps its distance


class LeftAlone(IgnoreRequest):
    """The server asked for a long wait, failed too often in a row or had its turn; it is asked in a later run."""


class GivenUp(LeftAlone):
    """The server, or the name that it is asked by, failed too often in a row."""


class PaceMiddleware:
    """Lets requests through to their server one by one, no earlier than it asked for and no more than its budget.

    A name that does not resolve, or has no valid certificate, holds only itself back (`lost` counts its failures in a
    row): other names of the server go on. Until anybody has answered it may be our own network, and all wait.
    """

    def __init__(
        self, backoff: float, seconds: float, requests: int, manners: Manners, delay_of: Callable[[str], float]
    ) -> None:
        self.backoff, self.delay_of = backoff, delay_of
        self.seconds, self.requests = seconds, requests
        self.gates = manners.gates
        self.lost: Counter[str] = Counter()
        self.is_connected = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built from `NEWSFEED_BACKOFF`, `NEWSFEED_TURN` and `NEWSFEED_BUDGET`; see `crawler.settings`."""
        settings = crawler.settings
        return cls(
            settings.getfloat("NEWSFEED_BACKOFF"),
            settings.getfloat("NEWSFEED_TURN"),
            settings.getint("NEWSFEED_BUDGET"),
            getattr(crawler.spider, "manners", None) or Manners(),
            lambda key: getattr(crawler.engine.downloader.slots.get(key), "delay", 0.0),
        )

    async def process_request(self, request: Request) -> None:
        """Wait for the server's turn; raises LeftAlone where that would take too long."""
        name = host(request.url)
        if self.lost[name] >= PATIENCE_WITH_A_NAME:
            raise GivenUp(f"{name} could not be reached {self.lost[name]} times in a row")
        gate = self.gates[request.meta.get("download_slot", "")]
        await gate.lock.acquire()
        try:
            await self._wait(gate)
        except BaseException:
            gate.lock.release()
            raise
        gate.enter()
        request.meta["at_gate"] = True

    def process_response(self, request: Request, response: Response) -> Response:
        """Let the next request pass, later where the server is in trouble."""
        header = (response.headers.get(b"Retry-After") or b"").decode("latin-1")
        asked = retry_after(header, datetime.now(UTC)) if response.status in BUSY else None
        reason = TOO_OFTEN if response.status == 429 else f"answered HTTP {response.status}"
        self.is_connected = True
        self.lost.pop(host(request.url), None)
        self._keep_distance(request)
        self._leave(request, reason if response.status in BUSY else "", asked)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Let the next request pass after one that got no answer."""
        if is_of_name(exception):
            self._lose(request)
        else:
            self._leave(request, "" if isinstance(exception, IgnoreRequest) else "gave no answer")

    async def _wait(self, gate: Gate) -> None:
        if gate.failures >= PATIENCE:
            raise GivenUp(f"{gate.failures} requests in a row failed")
        if monotonic() - gate.since > self.seconds:
            raise LeftAlone(f"its {self.seconds / 60:.0f} minutes of this run are over")
        if gate.requests >= self.requests:
            raise LeftAlone(f"its {self.requests} requests of this run are made")
        wait = gate.opens - monotonic()
        if wait > LONGEST_WAIT:
            who = "the server" if gate.asked or not gate.spacing else "its robots.txt"
            raise LeftAlone(f"{who} asked to be left alone for {wait:.0f} s")
        if wait > 0:
            await asyncio.sleep(wait)

    def _keep_distance(self, request: Request) -> None:
        """Count the delay from when the server got the request, as it sees it, which is some time after it was sent."""
        key, latency = request.meta.get("download_slot", ""), request.meta.get("download_latency", 0.0)
        delay, gate = self.delay_of(key), self.gates[key]
        if delay:
            gate.opens = max(gate.opens, monotonic() - latency + min(latency, LATE) + delay)

    def _leave(self, request: Request, failure: str, asked: float | None = None) -> None:
        """Open the gate for the next request; `failure` is what went wrong, empty for nothing."""
        if not request.meta.pop("at_gate", False):
            return
        gate = self.gates[request.meta.get("download_slot", "")]
        gate.failures = gate.failures + 1 if failure else 0
        gate.reason, gate.asked = failure, bool(asked)
        if failure:
            gate.opens = max(gate.opens, monotonic() + max(self._backoff(gate.failures), asked or 0.0))
        gate.lock.release()

    def _lose(self, request: Request) -> None:
        """Open the gate after a request that never came to its server, as if it had not been there."""
        name = host(request.url)
        self.lost[name] += 1
        if not request.meta.pop("at_gate", False):
            return
        gate = self.gates[request.meta.get("download_slot", "")]
        gate.requests -= 1
        if not self.is_connected:
            gate.opens = max(gate.opens, monotonic() + self._backoff(self.lost[name]))
        gate.lock.release()

    def _backoff(self, failures: int) -> float:
        grown: float = self.backoff * FACTOR ** (failures - 1)
        return min(grown, LONGEST_BACKOFF)


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
