"""The home folder: where an operator's configuration, databases and public files are, and what `newsfeed.toml` says."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs

from crawler.dates.spans import EVERY_RULE, WINDOW_RULE, span_of, window_of
from crawler.errors import ConfigError
from crawler.models import Source, Window
from crawler.text.urls import canonical_url

TEMPLATE = """\
# newsfeed: the operator's configuration. Every key is optional; what stands here are the defaults.

# Where the public files will be served, with a trailing slash. Feeds carry it in every address: set it once, early.
base_url = "http://localhost:8000/"

# An e-mail or web address of yours. It is sent with each request, so that a site can reach you; without it nothing
# outside this machine is asked.
contact = ""

# Language of feeds and pages: "id" (Indonesian) or "en" (English).
language = "id"

# Time zone of the clock times on pages.
zone = "Asia/Jakarta"

[sources]
# Slugs of the sources to crawl (`newsfeed sources list` names them); empty means all.
include = []
# Slugs to leave out.
exclude = []

[pages]
# Each page is kept as it was fetched, so that `newsfeed reprocess` can read it again. For how long, in days ("400d");
# empty means for ever.
keep = ""
# How large pages.db may become ("500 MB", "5 GB"): old versions of pages are dropped first, the newest of each article
# last. Empty means that there is no limit.
most = "5 GB"

# When a source is asked follows from how often it publishes. To say it yourself, for one source:
# [schedule.ditjenpas]
# every = "30m"             # from 5m to 7d
# window = "06:00-22:00"    # hours of its own zone; "22:00-05:00" goes over midnight
"""

_KNOWN: Mapping[str, type] = {
    "base_url": str,
    "contact": str,
    "language": str,
    "zone": str,
    "sources": dict,
    "pages": dict,
    "schedule": dict,
}
_KNOWN_SOURCES: Mapping[str, type] = {"include": list, "exclude": list}
_KNOWN_PAGES: Mapping[str, type] = {"keep": str, "most": str}
_KNOWN_SCHEDULE: Mapping[str, type] = {"every": str, "window": str}
_UNITS = {"kb": 1000, "mb": 1000**2, "gb": 1000**3, "tb": 1000**4}


@dataclass(frozen=True, slots=True)
class Turns:
    """When the operator wants one source to be asked: how often, and in which hours; None leaves either as it is.

    `line` is where `newsfeed.toml` says so.
    """

    every: timedelta | None = None
    window: Window | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """What `newsfeed.toml` says; `base_url` ends with a slash, `include` empty means every enabled source.

    `pages_keep` and `pages_most` (bytes) bound the raw pages; None means that there is no bound. `schedule` has slugs.
    """

    base_url: str = "http://localhost:8000/"
    contact: str = ""
    language: str = "id"
    zone: str = "Asia/Jakarta"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    pages_keep: timedelta | None = None
    pages_most: int | None = 5 * 1000**3
    schedule: Mapping[str, Turns] = field(default_factory=dict)

    @property
    def schedule_lines(self) -> Mapping[str, int | None]:
        """The slugs that have a table of their own, and where."""
        return {slug: turns.line for slug, turns in self.schedule.items()}

    def scheduled(self, source: Source) -> Source:
        """The source as it is to be asked: the operator's word comes before its record's."""
        turns = self.schedule.get(source.slug)
        if turns is None:
            return source
        return replace(source, every=turns.every or source.every, window=turns.window or source.window)


_DEFAULTS = Config()


@dataclass(frozen=True, slots=True)
class Home:
    """Paths of one home folder; nothing of it needs to exist."""

    path: Path

    @property
    def config_path(self) -> Path:
        """`newsfeed.toml`."""
        return self.path / "newsfeed.toml"

    @property
    def sources_dir(self) -> Path:
        """The user's own source records."""
        return self.path / "sources"

    @property
    def gazetteer_dir(self) -> Path:
        """The user's own tables of units, offices and places."""
        return self.path / "gazetteer"

    @property
    def database(self) -> Path:
        """Articles, sources, links: the product's memory."""
        return self.path / "newsfeed.db"

    @property
    def pages_db(self) -> Path:
        """Pages as they were fetched; without it nothing can be read again."""
        return self.path / "pages.db"

    @property
    def publish_db(self) -> Path:
        """What the last build saw; may be deleted."""
        return self.path / "publish.db"

    @property
    def backups(self) -> Path:
        """Where `newsfeed backup` puts its folders unless told otherwise."""
        return self.path / "backups"

    @property
    def public(self) -> Path:
        """What a web server shows."""
        return self.path / "public"

    @property
    def run_lock(self) -> Path:
        """Held by the one process that crawls."""
        return self.path / "run.lock"

    @property
    def waiting_lock(self) -> Path:
        """Held by `update` and `crawl`, so that what works in slices lets them in."""
        return self.path / "waiting.lock"

    @property
    def build_lock(self) -> Path:
        """Held by the one process that writes public files."""
        return self.path / "build.lock"

    @property
    def restoring(self) -> Path:
        """There while a backup takes the place of what the home holds: what is left to do, as JSON."""
        return self.path / "restore.json"

    @property
    def log(self) -> Path:
        """Tracebacks and warnings of the crawl, for whoever mends it."""
        return self.path / "newsfeed.log"


def find_home(given: Path | str | None = None) -> Home:
    """The home to use: the one given, else `NEWSFEED_HOME`, else the user's data directory."""
    chosen = given or os.environ.get("NEWSFEED_HOME") or platformdirs.user_data_path("newsfeed")
    return Home(Path(chosen).expanduser().resolve())


def load_config(home: Home) -> Config:
    """Read `newsfeed.toml`; a home without one has the defaults. Raises ConfigError with file, line and key."""
    try:
        text = home.config_path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(home.config_path, f"cannot be read ({error}); it must be a UTF-8 text file.") from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError(
            home.config_path, f"is not valid TOML: {error}.", line=int(line[1]) if line else None
        ) from error
    return _Reader(home.config_path, text).config(document)


class _Reader:
    """Checks one document key by key, so that each message can name the line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text

    def config(self, document: Mapping[str, object]) -> Config:
        self.check(document, _KNOWN, "")
        sources = document.get("sources", {})
        assert isinstance(sources, dict)
        self.check(sources, _KNOWN_SOURCES, "sources.")
        pages = document.get("pages", {})
        assert isinstance(pages, dict)
        self.check(pages, _KNOWN_PAGES, "pages.")
        config = Config(
            base_url=self.base_url(str(document.get("base_url", _DEFAULTS.base_url))),
            contact=str(document.get("contact", "")).strip(),
            language=str(document.get("language", _DEFAULTS.language)),
            zone=str(document.get("zone", _DEFAULTS.zone)),
            include=self.slugs(sources, "include"),
            exclude=self.slugs(sources, "exclude"),
            pages_keep=self.days(pages.get("keep", "")),
            pages_most=self.size(pages.get("most", "5 GB")),
            schedule=self.schedule(document.get("schedule", {})),
        )
        if config.language not in ("id", "en"):
            raise self.error("language", 'must be "id" or "en".')
        if any(ord(character) < 32 or ord(character) == 127 for character in config.contact):
            raise self.error("contact", "must be one line, an e-mail or web address.")
        try:
            ZoneInfo(config.zone)
        except (ValueError, OSError, KeyError) as error:
            raise self.error("zone", 'must be an IANA time zone such as "Asia/Jakarta".') from error
        return config

    def check(self, table: Mapping[str, object], known: Mapping[str, type], prefix: str, start: int = 0) -> None:
        for key, value in table.items():
            if key not in known:
                raise self.error(key, f"is no setting; known are {', '.join(known)}.", prefix, start)
            if not isinstance(value, known[key]):
                raise self.error(key, f"must be {_TYPE_NAMES[known[key]]}.", prefix, start)

    def base_url(self, value: str) -> str:
        url = canonical_url(value)
        if url is None or "?" in url:
            raise self.error("base_url", "must be an http or https address without a query.")
        return url if url.endswith("/") else url + "/"

    def days(self, value: str) -> timedelta | None:
        found = re.fullmatch(r"(\d{1,6})\s*d", value.strip())
        if not found and value.strip():
            raise self.error("keep", 'must be a number of days such as "400d", or empty.', "pages.")
        return timedelta(days=int(found[1])) if found else None

    def size(self, value: str) -> int | None:
        found = re.fullmatch(r"(\d{1,9}(?:\.\d+)?)\s*([kMGT]B)", value.strip(), re.IGNORECASE)
        if not found and value.strip():
            raise self.error("most", 'must be a size such as "500 MB" or "5 GB", or empty.', "pages.")
        return round(float(found[1]) * _UNITS[found[2].lower()]) if found else None

    def schedule(self, tables: object) -> Mapping[str, Turns]:
        assert isinstance(tables, dict)
        return {slug: self.turns(slug, table) for slug, table in tables.items()}

    def turns(self, slug: str, table: object) -> Turns:
        """One `[schedule.SLUG]`."""
        prefix = f"schedule.{slug}."
        header = re.search(rf"""^\s*\[\s*schedule\s*\.\s*["']?{re.escape(slug)}["']?\s*\]""", self.text, re.MULTILINE)
        start = header.end() if header else 0
        if not isinstance(table, dict):
            raise self.error(slug, f"must be a table: write [schedule.{slug}] above every and window.", "schedule.")
        self.check(table, _KNOWN_SCHEDULE, prefix, start)
        every, window = span_of(table.get("every")), window_of(table.get("window"))
        if "every" in table and every is None:
            raise self.error("every", EVERY_RULE, prefix, start)
        if "window" in table and window is None:
            raise self.error("window", WINDOW_RULE, prefix, start)
        return Turns(every, window, self.text.count("\n", 0, start) + 1 if header else None)

    def slugs(self, sources: Mapping[str, object], key: str) -> tuple[str, ...]:
        values = sources.get(key, [])
        assert isinstance(values, list)
        if not all(isinstance(value, str) for value in values):
            raise self.error(key, "must be a list of slugs in quotes.", "sources.")
        return tuple(values)

    def error(self, key: str, problem: str, prefix: str = "", start: int = 0) -> ConfigError:
        """The error about a key, with the line of the first one so called behind `start`."""
        found = re.compile(rf"^\s*\[?\s*{re.escape(key)}\b", re.MULTILINE).search(self.text, start)
        line = self.text.count("\n", 0, found.start()) + 1 if found else None
        if found and found[0].startswith("\n"):
            line = self.text.count("\n", 0, found.start() + len(found[0])) + 1
        return ConfigError(self.path, f"{prefix}{key} {problem}", line=line)


_TYPE_NAMES: Mapping[type, str] = {str: "text in quotes", dict: "a table", list: "a list"}
