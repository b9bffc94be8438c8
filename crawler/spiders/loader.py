"""Scrapy's view of the source records: `scrapy list` names them, `scrapy crawl SLUG` runs one."""

from __future__ import annotations

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

    def __init__(self, sources: dict[str, Source]) -> None:
        self.sources = sources

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """The packaged records and those of the home that NEWSFEED_HOME names."""
        return cls(load_sources(find_home().sources_dir))

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
