"""Which of the known sources an operator wants crawled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from crawler.errors import ConfigError, UnknownSource
from crawler.models import Source
from crawler.sources.loader import find


def choose(
    sources: Mapping[str, Source], include: Sequence[str], exclude: Sequence[str], config_path: Path
) -> list[Source]:
    """The sources that the configuration names, guesses left out; raises ConfigError for a slug that nothing has."""
    for slug in (*include, *exclude):
        try:
            find(sources, slug)
        except UnknownSource as error:
            raise ConfigError(config_path, f"sources names {slug!r}. {error}") from error
    return [source for source in sources.values() if is_chosen(source, include, exclude)]


def is_chosen(source: Source, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether `update` crawls a source; a guess only where it is named."""
    wanted = source.slug in include if include else source.confidence != "guess"
    return wanted and source.slug not in exclude
