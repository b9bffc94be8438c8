"""`newsfeed demo`: the whole job on example sites that come with the program."""

from __future__ import annotations

from dataclasses import replace

import click
import platformdirs

from crawler.home import Home
from crawler.log import log_to
from feeds.commands.options import Options, given_home, options


@click.command()
@click.option("--once", is_flag=True, help="End after the build instead of serving the result.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to serve on; 0: a free one."
)
@options
def demo(given: Options, once: bool, port: int) -> int:
    """Crawl three bundled example sites, build the feeds, and serve them on this machine.

    Without --home it keeps to a folder of its own, whatever NEWSFEED_HOME says.
    """
    from crawler.run import start
    from feeds.commands.summary import print_update, watching
    from feeds.demo.job import prepare, run_demo
    from feeds.server import serve

    # Never the user's own home: not even the one that NEWSFEED_HOME names.
    home = given.home if given_home() else Home(platformdirs.user_data_path("newsfeed-demo"))
    given = replace(given, home=home)
    prepare(home)
    log_to(home)
    with watching(given) as on_count:
        reports = start(run_demo(home, on_count))
    for day, report in enumerate(reports, start=3 - len(reports)):
        given.say(f"Day {day} of the example sites:")
        print_update(given, report)
    code = max(report.crawl.exit_code for report in reports)
    if not once:
        serve(home.public, "127.0.0.1", port, lambda address: given.say(f"News Feed is at {address} (Ctrl+C ends it)."))
    return code
