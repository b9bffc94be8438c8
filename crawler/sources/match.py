"""Which source an address belongs to, for pages that nobody discovered."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.models import Source
from crawler.text.urls import url_key


def of_address(sources: Iterable[Source], url: str) -> Source | None:
    """The source that names the host of an address (`www.` or not), and the most of its path; None where none does.

    A source names its homepage and its discover addresses. An article outside the sections that are named belongs to
    the source with the shortest address, which is most likely the whole site.
    """
    parts = _parts(url)
    fits = [(fit, source) for source in sources if (fit := _fit(source, parts))]
    return max(fits, key=lambda found: found[0], default=(None, None))[1]


def _fit(source: Source, parts: list[str]) -> tuple[int, int] | None:
    """How long the best address of a source is that the parts begin with, then how short it is; None on other hosts."""
    named = map(_parts, (source.homepage, *(strategy.url for strategy in source.discover)))
    fits = [(len(own) if parts[: len(own)] == own else 0, -len(own)) for own in named if own[0] == parts[0]]
    return max(fits, default=None)


def _parts(url: str) -> list[str]:
    """The host and the segments of the path."""
    return url_key(url).partition("?")[0].split("/")
