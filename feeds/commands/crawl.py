"""`newsfeed crawl`: the crawl alone, of some sources or all, due or not."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from feeds.commands.options import Options, options
from feeds.commands.summary import print_crawl, watching


@click.command()
@click.argument("slugs", metavar="[SOURCE]...", nargs=-1)
@options
def crawl(given: Options, slugs: tuple[str, ...]) -> int:
    """Crawl the sources named, or all, whether due or not, without building."""
    from crawler import run
    from crawler.sources import find, load_sources
    from crawler.sources.choice import choose, with_address

    home, config = given.home, given.config
    records = load_sources(home.sources_dir)
    named = [with_address(find(records, slug)) for slug in dict.fromkeys(slugs)]
    sources = named or choose(records, config.include, config.exclude, home.config_path, config.schedule_lines)
    with watching(given) as on_count:
        report = run.start(run.crawl(home, config, sources, datetime.now(UTC), on_count=on_count))
    print_crawl(given, report)
    return report.exit_code
