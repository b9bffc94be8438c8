"""WHICH feeds exist, what they are called, and at which addresses; the addresses are identity and never change.

`News Feed` holds everything; beside it each source that has an article has a feed of its own, which stays when its
last article is taken down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from crawler.home import Config
from crawler.storage.reading import StoredSource

Format = Literal["rss", "atom", "json"]

# Format -> media type, in the order in which formats are offered.
MEDIA_TYPES: Mapping[Format, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}

OPML_PATH = "feeds/index.opml"
INDEX_PATH = "index.html"
ICON_PATH = "icon.png"
STYLE_PATH = "style.css"
FEED_STYLE_PATH = "feeds/style.css"

TITLE = "News Feed"
ALL_DESCRIPTION: Mapping[str, str] = {
    "id": "Berita pemasyarakatan, hukum, imigrasi, dan HAM Indonesia dari situs resmi dan media, dalam satu umpan.",
    "en": "News of Indonesia's corrections, law, immigration and human rights services, in one feed.",
}
SOURCE_DESCRIPTION: Mapping[str, str] = {
    "id": "Berita terbaru dari {name}.",
    "en": "The latest news from {name}.",
}


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed: its place in the address space, its words, and whose articles it holds.

    `home_path` is its page, relative to the public root. `sources` are slugs; None means all there are.
    """

    group: str
    slug: str
    title: str
    description: str
    home_path: str
    sources: tuple[str, ...] | None = None

    @property
    def path(self) -> str:
        """The address without base and ending: `feeds/all/news-feed`."""
        return f"feeds/{self.group}/{self.slug}"

    def file(self, format_: Format) -> str:
        """The path of the feed in one format, relative to the public root."""
        return f"{self.path}.{format_}"

    @property
    def page_file(self) -> str:
        """The file behind `home_path`."""
        return self.home_path + "index.html"


def published_sources(sources: Iterable[StoredSource], config: Config) -> dict[str, StoredSource]:
    """The sources whose articles are shown, by slug: those that the operator includes and does not leave out."""
    return {
        source.slug: source
        for source in sorted(sources, key=lambda source: source.slug)
        if (not config.include or source.slug in config.include) and source.slug not in config.exclude
    }


def catalog(stored: Iterable[StoredSource], config: Config) -> list[FeedSpec]:
    """All feeds, `News Feed` first, then one per published source with an article, by name."""
    stored = list(stored)
    published = published_sources(stored, config)
    shown = [source for source in published.values() if source.articles or source.withdrawn]
    hidden = any(source.articles and source.slug not in published for source in stored)
    everything = _everything(config, tuple(source.slug for source in shown) if hidden else None)
    return [everything, *(_of(source, config) for source in sorted(shown, key=lambda source: source.name.casefold()))]


def left_out(stored: Iterable[StoredSource], config: Config) -> list[tuple[FeedSpec, StoredSource]]:
    """The feeds of sources that the operator has left out since, and that have lost an article.

    Their files stay as they were, but for what was taken down.
    """
    stored = list(stored)
    published = published_sources(stored, config)
    return [(_of(source, config), source) for source in stored if source.withdrawn and source.slug not in published]


def _everything(config: Config, sources: tuple[str, ...] | None) -> FeedSpec:
    return FeedSpec("all", "news-feed", TITLE, ALL_DESCRIPTION[config.language], "all/news-feed/", sources)


def _of(source: StoredSource, config: Config) -> FeedSpec:
    description = SOURCE_DESCRIPTION[config.language].format(name=source.name)
    return FeedSpec("source", source.slug, source.name, description, f"source/{source.slug}/", (source.slug,))
