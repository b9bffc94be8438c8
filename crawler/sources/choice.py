"""Which of the known sources an operator wants crawled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from crawler.errors import ConfigError, UnknownSource
from crawler.models import Source
from crawler.sources.loader import find


def choose(
    sources: Mapping[str, Source],
    include: Sequence[str],
    exclude: Sequence[str],
    config_path: Path,
    scheduled: Mapping[str, int | None] = MappingProxyType({}),
) -> list[Source]:
    """The sources that the configuration names, else all but guesses.

    `scheduled` are the slugs that it has a table for, with their lines. Raises ConfigError for a slug that nothing has,
    and for a named source without an address.
    """
    places = [("sources", slug, None) for slug in (*include, *exclude)]
    for where, slug, line in [*places, *(("schedule", slug, line) for slug, line in scheduled.items())]:
        try:
            find(sources, slug)
        except UnknownSource as error:
            raise ConfigError(config_path, f"{where} names {slug!r}. {error}", line=line) from error
    for slug in include:
        with_address(sources[slug])
    return [source for source in sources.values() if is_chosen(source, include, exclude)]


def is_chosen(source: Source, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether `update` crawls a source; a guess only where it is named and has an address."""
    wanted = source.slug in include if include else source.confidence != "guess"
    return wanted and source.homepage != "" and source.slug not in exclude


def with_address(source: Source) -> Source:
    """The source, if it can be crawled at all; raises ConfigError where its record has no homepage."""
    if not source.homepage:
        raise ConfigError(
            source.record,
            f"{source.slug!r} has no homepage, so it cannot be crawled: put a record with one into the home's sources.",
        )
    return source
