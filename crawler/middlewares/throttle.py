"""AutoThrottle that respects each server's own least delay instead of one for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler


class SlotThrottle(AutoThrottle):
    """The floor of a slot is the delay that DOWNLOAD_SLOTS gives it, or the site's crawl-delay where that is longer."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.default_floor = crawler.settings.getfloat("DOWNLOAD_DELAY")
        slots = crawler.settings.getdict("DOWNLOAD_SLOTS")
        self.floors: dict[str, float] = {key: float(slot["delay"]) for key, slot in slots.items()}

    def raise_floor(self, key: str, delay: float) -> None:
        """Ask a slot at most every `delay` seconds from now on."""
        if delay <= self.floors.get(key, self.default_floor):
            return
        self.floors[key] = delay
        downloader = self.crawler.engine.downloader
        # A slot that is made later (before the first request, or after a rest) begins with it.
        downloader.per_slot_settings.setdefault(key, {"concurrency": 1})["delay"] = delay
        slot = downloader.slots.get(key)
        if slot:
            slot.delay = max(slot.delay, delay)

    def _get_slot(self, request: Request, spider: Spider) -> tuple[str | None, Slot | None]:
        key, slot = super()._get_slot(request, spider)
        self.mindelay = self.floors.get(key or "", self.default_floor)
        return key, slot
