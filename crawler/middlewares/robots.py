"""robots.txt as RFC 9309 has it: 4xx allows everything, 5xx and silence nothing, and only the first 500 KiB count.

Scrapy's own middleware takes an error for permission, ignores crawl-delay, and hands any size to the parser.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.middlewares.address import PRIVATE_HOSTS
from crawler.middlewares.throttle import SlotThrottle

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

AGENT = "newsfeed-id"  # the product token of our User-Agent
SIZE_LIMIT = 500 * 1024  # RFC 9309, 2.5
LONGEST_DELAY = 60.0  # seconds; a larger crawl-delay means a site that wants few visits, not none
PRIORITY = 1000

ALLOW_ALL = Protego.parse("")
FORBID_ALL = Protego.parse("User-agent: *\nDisallow: /")


KEPT_FOR = 24 * 3600  # seconds; RFC 9309, 2.4

# Origin -> its rules, why they forbid, and when (monotonic) they were read.
KeptRules = dict[str, tuple[Protego, str, float]]


class ForbiddenByRobots(IgnoreRequest):
    """The site's robots.txt forbids the address, or could not be had."""


class RobotsMiddleware:
    """Asks each host's robots.txt once a run, before anything else there.

    A spider that is one of several in a row may have `robots` (`KeptRules`), where rules are kept for the next one.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rules: dict[str, asyncio.Future[tuple[Protego, str]]] = {}
        kept: KeptRules | None = getattr(crawler.spider, "robots", None)
        self.kept: KeptRules = {} if kept is None else kept

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
        rules, why = await self.rules[origin]
        if not rules.can_fetch(request.url, AGENT):
            raise ForbiddenByRobots(f"{origin}/robots.txt {why}")
        self._slow_down(request, rules)

    async def _ask(self, origin: str, request: Request) -> tuple[Protego, str]:
        kept = self.kept.get(origin)
        if kept and monotonic() - kept[2] < KEPT_FOR:
            return kept[:2]
        rules, why = await self._fetch(origin, request)
        if rules is not FORBID_ALL:  # which a server in trouble means, perhaps not for long
            self.kept[origin] = rules, why, monotonic()
        return rules, why

    async def _fetch(self, origin: str, request: Request) -> tuple[Protego, str]:
        kept = {key: request.meta[key] for key in ("download_slot", PRIVATE_HOSTS) if key in request.meta}
        asked = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=PRIORITY,
            meta={"robots": True, **kept},
        )
        # What keeps this answer away keeps every other away, and is the reason that is told.
        return read(await self.crawler.engine.download_async(asked))

    def _slow_down(self, request: Request, rules: Protego) -> None:
        delay = rules.crawl_delay(AGENT)
        throttle = self.crawler.get_extension(SlotThrottle)
        if delay and throttle:
            throttle.raise_floor(request.meta.get("download_slot", ""), min(float(delay), LONGEST_DELAY))


def read(response: Response) -> tuple[Protego, str]:
    """The rules an answer means, and in words why they forbid what they forbid."""
    if response.status >= 500 or response.status == 429:
        return FORBID_ALL, f"answers HTTP {response.status}, so nothing may be asked (RFC 9309)"
    if not 200 <= response.status < 300:
        return ALLOW_ALL, ""
    text = response.body[:SIZE_LIMIT].decode("utf-8-sig", "replace")
    return Protego.parse(text), "forbids it"
