"""The page that a command is pointed at: a saved file, or an address that is asked for once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import click

from crawler.models import Page, Source
from crawler.text.urls import canonical_url
from feeds.commands.options import Options
from feeds.commands.printable import printable
from feeds.commands.probe import here


@dataclass(frozen=True, slots=True)
class Target:
    """A page, and the source that it is read for."""

    page: Page
    source: Source


def find_target(given: Options, where: str, url: str | None, now: datetime, slug: str | None = None) -> Target:
    """The page in the file or at the address `where`, and its source: the one called `slug`, else the one that fits.

    `url` is a file's address, where the file does not tell. Raises click.UsageError for a file that cannot be read or
    has no address, ConfigError, CrawlError. What kept a further page of the article away is told as a warning.
    """
    if not where.lower().startswith(("http://", "https://")):
        body = _read(where)
        address = _checked(url) if url else _stated(where, body)
        return Target(Page(address, body), _source(given, address, slug))
    if url:
        raise click.UsageError("--url tells the address of a FILE; an address needs none.")
    address = _checked(where)
    source = _source(given, address, slug)
    return Target(_fetched(given, address, source, now), source)


def _fetched(given: Options, address: str, source: Source, now: datetime) -> Page:
    from crawler import run

    page, problem = run.start(run.fetch_page(given.home, given.config, address, source, now))
    if problem:
        click.echo(printable(f"The article has more pages than could be read: {problem}"), err=True)
    return page


def _source(given: Options, address: str, slug: str | None) -> Source:
    from crawler.extraction import unknown_source
    from crawler.sources import find, load_sources
    from crawler.sources.match import of_address

    records = load_sources(given.home.sources_dir)
    if slug:
        return find(records, slug)
    return of_address(records.values(), address) or here(unknown_source(address))


def _read(where: str) -> bytes:
    try:
        with click.open_file(where, "rb") as file:
            return bytes(file.read())
    except OSError as error:
        raise click.UsageError(
            f"{where} cannot be read ({error.strerror}): give a saved page, or an address that begins with https://."
        ) from error


def _stated(where: str, body: bytes) -> str:
    from crawler.pages.address import stated_address

    address = stated_address(body)
    if address is None:
        raise click.UsageError(f"{where} does not tell the address of its page: give it with --url.")
    return address


def _checked(url: str) -> str:
    address = canonical_url(url)
    if address is None:
        raise click.UsageError(f"{url} is no http or https address.")
    return address
