"""The source of any address: the record that names its host, else one that is named after the host."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.models import Source
from crawler.sources.match import of_address
from crawler.text.urls import host, url_key


class Directory:
    """Sources by the hosts that they name; `sources` holds them all by slug, those made here too."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = dict(sources)
        self._on_host: defaultdict[str, list[Source]] = defaultdict(list)
        for source in self.sources.values():
            self._enter(source)

    def source_of(self, url: str) -> Source:
        """The source that an address belongs to, made where none does."""
        known = of_address(self._on_host[_host(url)], url)
        if known:
            return known
        made = implicit(url, self.sources)
        self.sources[made.slug] = made
        self._enter(made)
        return made

    def _enter(self, source: Source) -> None:
        for name in {_host(url) for url in (source.homepage, *(way.url for way in source.discover)) if url}:
            self._on_host[name].append(source)


def implicit(url: str, taken: Mapping[str, Source]) -> Source:
    """A source named after the host of an address, with a slug that is not taken: of the press, never crawled."""
    address, name = urlsplit(url), host(url)
    base = re.sub(r"[^a-z0-9]+", "-", address.netloc.removeprefix("www.")).strip("-") or "host"
    slugs = itertools.chain([base], (f"{base}-{number}" for number in itertools.count(2)))
    return Source(
        slug=next(slug for slug in slugs if slug not in taken),
        name=name.removeprefix("www."),
        kind="press",
        homepage=f"{address.scheme}://{address.netloc}/",
        publisher=name.removeprefix("www."),
        republish="summary",
        pace_group=name,
        confidence="guess",
    )


def _host(url: str) -> str:
    return url_key(url).partition("?")[0].partition("/")[0]
