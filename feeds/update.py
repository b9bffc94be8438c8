"""The main job: crawl, then build. Cron runs it, and so does the demo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.errors import NewsfeedError
from crawler.home import Config, Home
from crawler.models import Source
from feeds.build import BuildReport, build

if TYPE_CHECKING:
    from crawler.run import Report


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What the crawl found and what the build wrote, or why it could not."""

    crawl: Report
    build: BuildReport | NewsfeedError


async def update(
    home: Home,
    config: Config,
    sources: Sequence[Source],
    now: datetime,
    *,
    only_due: bool,
    proxy: str | None = None,
    on_count: Callable[[Report], None] | None = None,
) -> UpdateReport:
    """Crawl the sources (those that are due), then build feeds and pages; raises what `crawl` raises.

    A build that fails does not: what the crawl found must be told all the same.
    """
    from crawler import run

    found = await run.crawl(home, config, sources, now, only_due=only_due, proxy=proxy, on_count=on_count)
    try:
        return UpdateReport(found, build(home, config))
    except NewsfeedError as error:
        return UpdateReport(found, error)
