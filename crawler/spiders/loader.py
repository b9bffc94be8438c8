"""Scrapy's view of the source records: `scrapy list` names them, `scrapy crawl SLUG` runs one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from crawler.home import find_home
from crawler.models import Source
from crawler.sources import find, load_sources
from crawler.spiders.article import ArticleSpider

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings


class SourceLoader:
    """A spider class per record; raises UnknownSource, which is the KeyError that Scrapy asks for."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """A loader; Scrapy makes one for each run, though only its own commands ask for a name."""
        return cls()

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The packaged records and those of the home that NEWSFEED_HOME names."""
        return load_sources(find_home().sources_dir)

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of one source."""
        source = find(self.sources, spider_name)
        return type(source.slug, (ArticleSpider,), {"name": source.slug})

    def list(self) -> list[str]:
        """All slugs, sorted."""
        return sorted(self.sources)

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        """No spider is chosen by address."""
        return []
