"""robots.txt as RFC 9309 has it: 4xx allows everything, 5xx and silence nothing but what the last good copy allows.

Each origin is asked once in 24 hours, whatever the number of runs. Scrapy's own middleware asks in every run, takes an
error for permission, ignores crawl-delay, and hands any size to the parser.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.middlewares.address import PRIVATE_HOSTS
from crawler.middlewares.manners import Manners
from crawler.middlewares.pace import LeftAlone
from crawler.middlewares.robots_rules import ALLOW_ALL, Rules, bounded, forbid_all, rules_of
from crawler.middlewares.throttle import SlotThrottle
from crawler.models import KeptRobots

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

PRIORITY = 1000
KEPT_FOR = timedelta(hours=24)  # RFC 9309, 2.4
GOOD_FOR = timedelta(days=30)  # a copy, while the server does not answer as it should; RFC 9309, 2.3.1.4
TRIED_AGAIN = timedelta(hours=1)  # after an error, where there is no copy
IN_A_RUN = 60.0  # seconds; a crawl-delay up to this is waited for, a longer one from run to run
LONGEST_DELAY = 24 * 3600.0


class ForbiddenByRobots(IgnoreRequest):
    """The site's robots.txt forbids the address, or could not be had."""


class RobotsMiddleware:
    """Asks each origin's robots.txt before anything else there, unless it is kept (`Manners.robots`)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rules: dict[str, asyncio.Future[Rules]] = {}
        self.manners: Manners = getattr(crawler.spider, "manners", None) or Manners()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise ForbiddenByRobots where the rules say so; raise the server's least delay to its crawl-delay."""
        if request.meta.get("robots"):
            return
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(request.url))
        if origin not in self.rules:
            self.rules[origin] = asyncio.ensure_future(self._ask(origin, request))
        rules = await self.rules[origin]
        if not rules.allow(request.url):
            raise ForbiddenByRobots(f"{origin}/robots.txt {rules.why}")
        self._slow_down(request, rules.delay)

    async def _ask(self, origin: str, request: Request) -> Rules:
        store = self.manners.robots
        kept = store.get(origin)
        if kept and is_fresh(kept, store.now):
            return rules_kept(kept, store.now)
        try:
            status, body = read(await self._fetch(origin, request))
        except LeftAlone:
            raise  # it was not asked
        except Exception as error:
            status, body = None, None
            if type(error) is IgnoreRequest:  # redirects without end: there is no such file (RFC 9309, 2.3.1.2)
                body = ""
            elif not has_copy(kept, store.now):
                raise  # what keeps this answer away keeps every other away, and is the reason that is told
        store.keep(origin, status, body)
        good = store.now if body is not None else kept.good_at if kept else None
        text = body if body is not None else kept.body if kept else None
        return rules_kept(KeptRobots(status, text, store.now, good), store.now)

    async def _fetch(self, origin: str, request: Request) -> Response:
        kept = {key: request.meta[key] for key in ("download_slot", PRIVATE_HOSTS) if key in request.meta}
        asked = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=PRIORITY,
            meta={"robots": True, **kept},
        )
        return await self.crawler.engine.download_async(asked)

    def _slow_down(self, request: Request, delay: float) -> None:
        slot = request.meta.get("download_slot", "")
        throttle = self.crawler.get_extension(SlotThrottle)
        if throttle and 0 < delay <= IN_A_RUN:
            throttle.raise_floor(slot, delay)
        gate = self.manners.gates[slot]
        if delay > max(IN_A_RUN, gate.spacing):
            gate.spacing = min(delay, LONGEST_DELAY)
            gate.space()


def read(response: Response) -> tuple[int, str | None]:
    """The status of an answer, and the text that it stands for; None where it means that nothing may be asked."""
    if response.status >= 500 or response.status == 429:
        return response.status, None
    return response.status, bounded(response.body) if 200 <= response.status < 300 else ""


def rules_kept(kept: KeptRobots, now: datetime) -> Rules:
    """The rules of a robots.txt that is kept."""
    if kept.body is None or not has_copy(kept, now):
        what = f"answers HTTP {kept.status}" if kept.status else "gives no answer"
        return forbid_all(f"{what}, so nothing may be asked (RFC 9309)")
    return rules_of(kept.body) if kept.body else ALLOW_ALL


def has_copy(kept: KeptRobots | None, now: datetime) -> bool:
    """Whether there is a good copy that is not too old; one from the future is none."""
    return kept is not None and kept.good_at is not None and abs(now - kept.good_at) <= GOOD_FOR


def is_fresh(kept: KeptRobots, now: datetime) -> bool:
    """Whether an origin need not be asked yet; what a clock that ran ahead has written is not believed."""
    return timedelta(minutes=-1) <= now - kept.fetched_at < (KEPT_FOR if has_copy(kept, now) else TRIED_AGAIN)
