"""The demo's job: the same `update` that cron runs, against the example sites, at times that never change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import ConfigError, StorageError
from crawler.home import Home, load_config
from crawler.sources import load_sources
from crawler.sources.choice import choose
from crawler.storage.database import open_writer
from crawler.storage.reading import open_reader
from feeds.demo import CONFIG, FIRST_NOW, RECORDS, SECOND_NOW, ExampleSites
from feeds.update import UpdateReport, update

if TYPE_CHECKING:
    from crawler.run import Report

MARK = ".newsfeed-demo"


def prepare(home: Home) -> None:
    """Write the demo's configuration and records; raises ConfigError for a folder that holds anything no demo made."""
    try:
        if home.path.exists() and any(home.path.iterdir()) and not (home.path / MARK).exists():
            raise ConfigError(home.path, "holds something that no demo made; give the demo an empty --home.")
        home.sources_dir.mkdir(parents=True, exist_ok=True)
        (home.path / MARK).touch()
        _write(home.config_path, CONFIG)
        _write(home.sources_dir / "demo.toml", RECORDS)
    except OSError as error:
        raise StorageError(f"{home.path} cannot be written ({error.strerror}); choose another --home.") from error


async def run_demo(home: Home, on_count: Callable[[Report], None] | None = None) -> list[UpdateReport]:
    """Crawl and build as on the first day and on the second; a home that has seen the first day has only the second."""
    config = load_config(home)
    sources = choose(load_sources(home.sources_dir), config.include, config.exclude, home.config_path)
    days = [SECOND_NOW] if has_seen_first_day(home) else [FIRST_NOW, SECOND_NOW]
    reports = []
    for now in days:
        with ExampleSites(edited=now == SECOND_NOW) as sites:
            reports.append(
                await update(home, config, sources, now, only_due=False, proxy=sites.proxy, on_count=on_count)
            )
    return reports


def has_seen_first_day(home: Home) -> bool:
    """Whether a run of the first day came to its end; one that was killed is repeated."""
    if not home.database.exists():
        return False
    open_writer(home.database).close()  # one of an older program is brought up to date
    with open_reader(home.database) as reader:
        return reader.has_finished_run()


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
