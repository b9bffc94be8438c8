"""`newsfeed update`: what cron calls."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from feeds.commands.options import Options, options
from feeds.commands.summary import print_update, watching


@click.command()
@options
def update(given: Options) -> int:
    """Crawl every source that is due, then build the feeds and pages."""
    from crawler.run import start
    from crawler.sources import load_sources
    from crawler.sources.choice import choose
    from feeds.update import update as run_update

    home, config = given.home, given.config
    sources = choose(
        load_sources(home.sources_dir), config.include, config.exclude, home.config_path, config.schedule_lines
    )
    with watching(given) as on_count:
        report = start(run_update(home, config, sources, datetime.now(UTC), only_due=True, on_count=on_count))
    print_update(given, report)
    return report.crawl.exit_code
