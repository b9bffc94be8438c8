"""`scrapy crawl SLUG`: the same crawl as `newsfeed crawl SLUG`, with its lock, state and exit code."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import run
from crawler.errors import NewsfeedError, exit_code
from crawler.home import find_home, load_config
from crawler.log import log_to
from crawler.sources import find, load_sources
from crawler.sources.choice import with_address


class Command(ScrapyCommand):
    """Takes one slug and Scrapy's own options, `-s NAME=VALUE` among them."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[options] <slug>"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Crawl one source, by its slug"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, print a line, set the exit code."""
        if len(args) != 1:
            raise UsageError
        home = find_home()
        log_to(home)
        try:
            source = with_address(find(load_sources(home.sources_dir), args[0]))
            assert self.settings is not None
            settings = self.settings.copy()
            crawl = run.crawl(home, load_config(home), [source], datetime.now(UTC), settings=settings)
            report = run.start(crawl)
        except NewsfeedError as error:
            self.exitcode = exit_code(error)
            sys.stderr.write(f"{error}\n")
        else:
            self.exitcode = report.exit_code
            counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(report.counts[source.slug].items()))
            sys.stdout.write(f"{source.slug}: {counts or 'nothing new'}\n")
            for trouble in filter(
                None, (*(ended.reason for ended in report.ended), *report.postponed.values(), *report.errors)
            ):
                sys.stderr.write(f"{source.slug}: {trouble}\n")
