"""The build, read top to bottom: select -> entry -> render -> publish, one feed at a time.

Its result is a pure function of database, configuration and program version; the clock has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from crawler.home import Config, Home
from crawler.lock import hold
from crawler.storage.publishing import Build, Ledger, open_ledger
from crawler.storage.reading import StoredSource, open_reader
from feeds.catalog import (
    FEED_STYLE_PATH,
    ICON_PATH,
    INDEX_PATH,
    OPML_PATH,
    STYLE_PATH,
    TITLE,
    FeedSpec,
    catalog,
    left_out,
    published_sources,
)
from feeds.entry import Feed, feed_of
from feeds.publish import PublicFile, Publisher, all_present, remove_leftovers
from feeds.render import RENDERERS, opml
from feeds.render.elements import VERSION
from feeds.selection import Reader, select, withdrawn
from feeds.site import feed_page, folder_names, index_page

# Path -> file in `feeds/site` that is published as it is.
ASSETS: Mapping[str, str] = {STYLE_PATH: "style.css", FEED_STYLE_PATH: "feed.css", ICON_PATH: "icon.png"}


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build came to: the files it wrote, relative to the public folder, and what it left as it was."""

    written: tuple[str, ...]
    unchanged: int
    feeds: int
    entries: int


def build(home: Home, config: Config) -> BuildReport:
    """Bring all public files up to date with the database.

    Raises LockHeld where another build runs, StorageError where there is no database yet or it cannot be read, and
    PublishError where a file cannot be written; what was published before is then still there, whole.
    """
    with hold(home.build_lock), open_reader(home.database) as reader, open_ledger(home.publish_db) as ledger:
        return build_from(reader, ledger, home.public, config)


def build_from(reader: Reader, ledger: Ledger, public: Path, config: Config) -> BuildReport:
    """The build itself, over an open database; see `build`."""
    change, fingerprint = reader.change(), fingerprint_of(config)
    last, known = ledger.last(), ledger.files()
    if last and (last.change, last.fingerprint) == (change, fingerprint) and all_present(public, known):
        return BuildReport((), len(known), last.feeds, last.entries)

    remove_leftovers(public)
    publisher = Publisher(public, known)
    stored = reader.sources()
    specs, sources, entries = catalog(stored, config), published_sources(stored, config), 0
    latest: Feed | None = None  # News Feed, the catalog's first
    for spec in specs:
        feed = read(reader, spec, sources, config)
        latest = latest or feed
        for file in feed_files(spec, feed, config):
            publisher.put(file)
        entries += len(feed.entries)
    assert latest is not None
    for file in (*shared_files(specs, latest, config), *cleared_files(reader, stored, public, config)):
        publisher.put(file)
    publisher.settle()

    ledger.record(Build(change, fingerprint, len(specs), entries), publisher.records.values())
    return BuildReport(tuple(publisher.written), publisher.unchanged, len(specs), entries)


def read(reader: Reader, spec: FeedSpec, sources: Mapping[str, StoredSource], config: Config) -> Feed:
    """One feed as it is in the database now."""
    articles = select(reader, spec)
    return feed_of(spec, articles, sources, config, withdrawn(reader, spec, articles))


def cleared_files(reader: Reader, stored: Sequence[StoredSource], public: Path, config: Config) -> Iterator[PublicFile]:
    """The files, where there still are any, of sources that are left out now and lost an article to a take-down."""
    for spec, source in left_out(stored, config):
        feed = read(reader, spec, {source.slug: source}, config)
        yield from (file for file in feed_files(spec, feed, config) if (public / file.path).exists())


def feed_files(spec: FeedSpec, feed: Feed, config: Config) -> Iterator[PublicFile]:
    """The files of one feed: each format, and its page."""
    for format_, render in RENDERERS.items():
        yield PublicFile(spec.file(format_), render(feed), feed.updated)
    yield PublicFile(spec.page_file, feed_page(spec, feed, config), feed.updated)


def shared_files(specs: Sequence[FeedSpec], latest: Feed, config: Config) -> Iterator[PublicFile]:
    """The files that belong to no one feed: front page, list for import, looks."""
    yield PublicFile(INDEX_PATH, index_page(specs, latest, config), latest.updated)
    folders = folder_names(config.language)
    yield PublicFile(OPML_PATH, opml.render(TITLE, specs, folders, config.base_url, config.language), latest.updated)
    for path, name in ASSETS.items():
        yield PublicFile(path, files("feeds.site").joinpath(name).read_bytes(), latest.updated)


def fingerprint_of(config: Config) -> str:
    """Equal for two builds that would make the same of the same database: configuration, version, and our own code."""
    settings = (config.base_url, config.language, config.zone, config.include, config.exclude)
    return sha256(repr((settings, VERSION, program_digest())).encode()).hexdigest()


@cache
def program_digest() -> str:
    """A hash over the files of this package: a checkout changes without changing its version."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".html", ".css", ".png"):
            digest.update(path.read_bytes())
    return digest.hexdigest()
