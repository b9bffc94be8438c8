"""`newsfeed sources add`: from a site's address to its record and recordings, in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import get_args
from urllib.parse import urlsplit

import click

from crawler.errors import ConfigError, CrawlError, DiscoverError, ExtractError
from crawler.models import Article, Discovery, Kind, Page, Probed, Source, SourceState, Step, Strategy
from feeds.commands.options import Options, options
from feeds.commands.places import fixtures_in, required_checkout, save
from feeds.commands.printable import printable
from feeds.commands.probe import here, whole_address

PAGES = 2  # recorded of a site
MOST_PAGES = 5  # asked for, until so many can be recorded


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record goes, and the folder of its recordings; in a checkout these are reduced to their markup."""

    record: Path
    recordings: Path
    is_reduced: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """What was asked of a site: the probe, its answers by address, and articles that its best way named."""

    probed: Probed
    answers: Mapping[str, Page]
    listing: tuple[Strategy, Step, Page]
    pages: tuple[Page, ...]


@click.command()
@click.argument("url")
@click.option("--slug", metavar="SLUG", help="Name of the record [default: from the address].")
@click.option("--name", metavar="NAME", help="What readers see [default: what the site calls itself].")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="[default: official below go.id, else press].")
@click.option("--checkout", "is_shared", is_flag=True, help="Write into this checkout of newsfeed, pages reduced.")
@click.option("--force", is_flag=True, help="Write over an earlier record and its recordings.")
@options
def add(
    given: Options, url: str, slug: str | None, name: str | None, kind: Kind | None, is_shared: bool, force: bool
) -> None:
    """Probe a site, write its record, and record a listing and two articles with what is read from them.

    URL is the home page of a site, or of a section. The files go into the home's sources/. With --checkout they go to
    crawler/sources and tests/sources, and all texts of the recordings are replaced by filler, so that they can be
    shared.
    """
    from crawler import run
    from crawler.sources.write import record_of

    now = datetime.now(UTC)
    draft = _draft(url, slug, kind)
    place = _place(given, draft.slug, is_shared)
    _refuse_taken(given, draft, place, force)
    survey = run.start(_survey(given, draft, now))
    source = _named(draft, survey, name)
    recorded, problems = _recordings(survey, source, place, now)
    record = record_of(source, survey.probed, now).encode()
    save({place.record: record, **{place.recordings / name: body for name, body in recorded.items()}}, force=force)
    _tell(given, source, survey.probed, place, [*recorded], problems)
    _tell_filter(given, source, survey.pages, now)
    given.say("Next: check name and kind in the record, and each .json by hand against its page in a browser; then")
    given.say(f"`newsfeed sources check {source.slug}`, and `newsfeed crawl {source.slug}`.")


def _draft(url: str, slug: str | None, kind: Kind | None) -> Source:
    """The source as far as its address tells; raises click.UsageError for what no record may hold."""
    from crawler.sources.record import slug as slug_problem
    from crawler.sources.write import kind_for, slug_for
    from crawler.text.urls import host

    address = whole_address(url)
    chosen = slug or slug_for(address)
    if problem := slug_problem(chosen):
        raise click.UsageError(f"--slug {problem}")
    return here(Source(chosen, chosen, kind or kind_for(address), address, pace_group=host(address)))


def _place(given: Options, slug: str, is_shared: bool) -> Place:
    if is_shared:
        root = required_checkout()
        return Place(root / "crawler" / "sources" / f"{slug}.toml", fixtures_in(root) / slug, is_reduced=True)
    return Place(given.home.sources_dir / f"{slug}.toml", given.home.sources_dir / slug, is_reduced=False)


def _refuse_taken(given: Options, source: Source, place: Place, force: bool) -> None:
    """Raise ConfigError, before anything is asked, where the slug, the site or a file is there already."""
    from crawler.sources import load_sources
    from crawler.sources.loader import read_directory
    from crawler.text.urls import url_key

    known = load_sources(given.home.sources_dir)
    beside = read_directory(sorted(place.record.parent.glob("*.toml")))
    if source.slug in beside and Path(beside[source.slug].record) != place.record:
        raise ConfigError(beside[source.slug].record, f"holds {source.slug!r} already: choose another with --slug.")
    if force:
        return
    home = url_key(source.homepage)
    if same := next((one for one in known.values() if url_key(one.homepage) == home), None):
        over = f"{source.slug!r} beside it" if same.slug != source.slug else "over it"
        problem = f"is a record of this site already, called {same.slug!r}: --force writes {over}."
        raise ConfigError(same.record, problem)
    if other := known.get(source.slug):
        site = other.homepage or "a source without address"
        raise ConfigError(other.record, f"calls another site {other.slug!r} already, {site}: choose another --slug.")
    if place.record.exists():
        raise ConfigError(place.record, "is already there; --force writes over it.")


async def _survey(given: Options, source: Source, now: datetime) -> Survey:
    """Everything that is asked of the site; raises CrawlError where no way leads to articles."""
    from crawler import run
    from crawler.discover.probe import THOROUGH

    given.say(
        f"Probing {source.homepage} with at most {THOROUGH} requests, one after the other; "
        f"then {PAGES} articles, at most {MOST_PAGES} tries."
    )
    probed, answers = await run.probe_answers(given.home, given.config, source, now)
    if not probed.ways:
        raise CrawlError(f"{source.homepage}: {_nothing_found(probed, source)}")
    _refuse_article(probed, answers, source, now)
    found = _yielded(probed.ways[0], answers, source, now)
    if found is None:
        raise CrawlError(f"{source.homepage}: what its best way gave cannot be read again; try once more.")
    way, step, page, discovery = found
    pages: list[Page] = []
    for link in _spread(discovery):
        try:
            pages.append((await run.fetch_page(given.home, given.config, link, source, now))[0])
        except CrawlError as error:
            click.echo(printable(str(error)), err=True)
        if len(pages) == PAGES:
            break
    return Survey(probed, answers, (way, step, page), tuple(pages))


def _nothing_found(probed: Probed, source: Source) -> str:
    """Why there is no record, and what to do about it."""
    if not probed.tried:
        return f"{(probed.problem or '').rstrip('.')}; check the address, or try again later."
    return (
        "no way to articles was found. Is it a page that lists articles? "
        f"`newsfeed sources probe {quote(source.homepage)}` tells what was tried; "
        "a record written by hand may name a way, as [[source.discover]]."
    )


def _refuse_article(probed: Probed, answers: Mapping[str, Page], source: Source, now: datetime) -> None:
    """Raise CrawlError where the site names the address itself among its articles.

    A sitemap may name sections too, so it is no witness.
    """
    from crawler.text.urls import url_key

    parts, home = urlsplit(source.homepage), url_key(source.homepage)
    if (parts.path, parts.query) == ("/", ""):
        return
    for way in probed.ways:
        found = _yielded(way, answers, source, now) if way.type != "sitemap" else None
        if found and home in {url_key(link.url) for link in found[3].links}:
            root = f"{parts.scheme}://{parts.netloc}/"
            raise CrawlError(f"{source.homepage} is one of the site's articles: give its home page, perhaps {root}")


def _yielded(
    way: Strategy, answers: Mapping[str, Page], source: Source, now: datetime
) -> tuple[Strategy, Step, Page, Discovery] | None:
    """The answer in which a way named articles, found as the probe found it, without asking again."""
    from crawler import discover

    state = SourceState(source.slug)
    step: Step | None = discover.first_step(way, state)
    while step and (page := answers.get(step.url)):
        found = discover.read(way, source, state, step, page, now)
        if found.links:
            return way, step, page, found
        step = found.next
    return None


def _spread(found: Discovery) -> Iterator[str]:
    """Articles of a listing to try: the newest, one from the middle, then others."""
    links = [link.url for link in found.links]
    yield from dict.fromkeys([links[0], links[len(links) // 2], *links[1:]][:MOST_PAGES])


def _named(draft: Source, survey: Survey, name: str | None) -> Source:
    """The source as it will be: at the address that its home page answered from, with its name."""
    from crawler.discover.decode import decoded
    from crawler.sources.write import name_for

    home = survey.answers[draft.homepage]
    called = name or name_for((decoded(page.body) for page in (home, *survey.pages)), home.url)
    return replace(draft, name=called, homepage=home.url)


def _recordings(survey: Survey, source: Source, place: Place, now: datetime) -> tuple[dict[str, bytes], list[str]]:
    """The files by name, and what could not be recorded."""
    from feeds.commands.recordings import answer_files, page_files

    files: dict[str, bytes] = {}
    problems: list[str] = []
    for page in survey.pages:
        try:
            files |= page_files(page, source, now, is_reduced=place.is_reduced)
        except ExtractError as error:
            problems.append(str(error))
    try:
        files |= answer_files(*survey.listing, source, now, is_reduced=place.is_reduced)
    except DiscoverError as error:
        problems.append(str(error))
    return files, problems


def _tell(given: Options, source: Source, probed: Probed, place: Place, files: list[str], problems: list[str]) -> None:
    for number, way in enumerate(dict.fromkeys(probed.ways)):
        given.say(f"{'then' if number else 'best'}: {printable(str(way))}")
    given.say(printable(f"{place.record}: {source.name}, {source.kind}"))
    for file in files:
        given.say(str(place.recordings / file))
    for problem in problems:
        click.echo(printable(f"Not recorded: {problem}"), err=True)
    if len(files) < PAGES:
        click.echo("Record articles by hand: `newsfeed sources record URL`.", err=True)


def _tell_filter(given: Options, source: Source, pages: Sequence[Page], now: datetime) -> None:
    """Say that a crawl keeps only articles on the subject, where that is what the record comes to."""
    from crawler.extraction import extract_page
    from crawler.gazetteer import subject_of

    if source.kind == "official":
        return
    read: list[Article] = []
    for page in pages:
        with suppress(ExtractError):  # told where it was not recorded
            read.append(extract_page(page, source, now))
    fit = sum(subject_of(one.title, "\n".join(one.paragraphs)).is_on_subject for one in read)
    articles = f"{len(read)} article{'' if len(read) == 1 else 's'}"
    given.say(f"A crawl keeps what is about prisons, immigration, law and human rights: {fit} of these {articles}.")
    given.say('To keep all, put filter = "none" below the homepage in the record.')
