"""From stored articles to the neutral `Feed` and `Entry`: what a subscriber gets, before any format.

How a source may be republished is decided here and nowhere else: what is not in an `Entry` is not public.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from crawler.home import Config
from crawler.models import Image, Precision
from crawler.storage.reading import StoredArticle, StoredSource
from crawler.text.clean import plain, tidy
from feeds.catalog import ICON_PATH, INDEX_PATH, MEDIA_TYPES, FeedSpec, Format
from feeds.excerpt import LIMIT, SHORT, TITLE_LIMIT, excerpt, shorten
from feeds.inert import is_inert

# Image types that a reader can show, by the ending of the address (IANA media types); others are left unnamed.
IMAGE_TYPES: Mapping[str, str] = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
RIGHTS: Mapping[str, str] = {
    "id": "Hak cipta setiap berita ada pada penerbitnya.",
    "en": "Each article is the property of its publisher.",
}
# Stands in for the time of the newest change in a feed that has no entry: Atom requires one (RFC 4287, 4.1.1).
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom an entry comes from: the source, its own home page, and the feed here that holds it alone."""

    slug: str
    name: str
    home_page: str
    feed_id: str
    addresses: Mapping[Format, str]
    zone: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An entry's first image; `type` is its media type where the address tells."""

    url: str
    type: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in a feed. Texts are plain; `content` is sanitised HTML, None where only an excerpt may be shown.

    Times are UTC, whole seconds. `published` never moves; `updated` is the later of it and the newest material edit.
    """

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    author: str
    attribution: Attribution
    language: str
    precision: Precision = "second"
    summary: str | None = None
    content: str | None = None
    picture: Picture | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, newest entry first; all addresses are absolute.

    `updated` is the newest change among its entries and those that were taken out of it.
    """

    id: str
    title: str
    description: str
    home_page: str
    addresses: Mapping[Format, str]
    icon: str
    about: str
    rights: str
    language: str
    updated: datetime
    entries: tuple[Entry, ...] = ()


def feed_of(
    spec: FeedSpec,
    articles: Sequence[StoredArticle],
    sources: Mapping[str, StoredSource],
    config: Config,
    withdrawn: datetime | None = None,
) -> Feed:
    """The neutral document of one feed; `withdrawn` is when an article was last taken out of it."""
    attributions = {slug: attribution(sources[slug], config) for slug in {article.source for article in articles}}
    return Feed(
        id=feed_id(spec.path, config.base_url),
        title=spec.title,
        description=spec.description,
        home_page=config.base_url + spec.home_path,
        addresses=addresses(spec.path, config.base_url),
        icon=config.base_url + ICON_PATH,
        about=f"{config.base_url}{INDEX_PATH}#json",
        rights=RIGHTS[config.language],
        language=config.language,
        updated=max(newest_change(articles), whole(withdrawn or NEVER)),
        entries=tuple(entry_of(article, sources[article.source], attributions[article.source]) for article in articles),
    )


def entry_of(article: StoredArticle, source: StoredSource, origin: Attribution) -> Entry:
    """What a subscriber gets of one article: all of it, or an excerpt where that is all its source's record allows."""
    summary = summary_of(article, source)
    content = article.body_html if source.republish == "full" and is_inert(article.body_html) else None
    return Entry(
        id=article.entry_id,
        url=article.url,
        title=plain_title(article.title, summary, origin.name),
        published=whole(article.published),
        updated=max(whole(article.published), whole(article.updated or article.published)),
        author=tidy(article.author or "") or origin.name,
        attribution=origin,
        language=article.language or source.language,
        precision=article.published_precision,
        summary=summary or None,
        content=content or None,
        picture=first_picture(article.images),
        categories=distinct((*article.categories, *article.tags)),
    )


def summary_of(article: StoredArticle, source: StoredSource) -> str:
    """The publisher's own summary, else how the text begins; of a text that may not be shown whole at most half."""
    if own := tidy(article.summary or ""):
        return excerpt(own)
    text = plain(article.body_html)
    return excerpt(text, LIMIT if source.republish == "full" else min(LIMIT, max(SHORT, len(text) // 2)))


def attribution(source: StoredSource, config: Config) -> Attribution:
    """How entries of a source name it."""
    path = f"feeds/source/{source.slug}"
    return Attribution(
        slug=source.slug,
        name=source.name,
        home_page=source.homepage,
        feed_id=feed_id(path, config.base_url),
        addresses=addresses(path, config.base_url),
        zone=source.zone,
    )


def addresses(path: str, base_url: str) -> dict[Format, str]:
    """Format -> absolute address of a feed."""
    return {format_: f"{base_url}{path}.{format_}" for format_ in MEDIA_TYPES}


def feed_id(path: str, base_url: str) -> str:
    """The feed's permanent id (RFC 4287, 4.2.6): one per host and path, whatever scheme and port serve it."""
    base = urlsplit(base_url)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"//{base.hostname}{base.path}{path}").urn


def newest_change(articles: Iterable[StoredArticle]) -> datetime:
    """When anything in these articles last changed, `NEVER` where there are none."""
    return max((whole(article.changed_at) for article in articles), default=NEVER)


def plain_title(title: str, summary: str, source_name: str) -> str:
    """The title as one line of text; an article without one is called by how it begins."""
    return tidy(title) or shorten(summary, TITLE_LIMIT) or source_name


def first_picture(images: Sequence[Image]) -> Picture | None:
    """The first image with a web address, typed by its ending."""
    for image in images:
        parts = urlsplit(image.url)
        if parts.scheme in ("http", "https") and parts.netloc:
            return Picture(image.url, IMAGE_TYPES.get(PurePosixPath(parts.path).suffix.lower()), image.caption)
    return None


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names without repetition, whatever their case, in their order."""
    found: dict[str, str] = {}
    for name in map(tidy, names):
        found.setdefault(name.casefold(), name)
    return tuple(filter(None, found.values()))


def whole(at: datetime) -> datetime:
    """A time in UTC and whole seconds: readers drop the offset of a fractional one (newsboat)."""
    return at.astimezone(UTC).replace(microsecond=0)
