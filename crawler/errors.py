"""Everything that newsfeed raises on purpose, in one tree.

    NewsfeedError
    ├── ConfigError            newsfeed.toml or a source record is wrong      crawler.home, crawler.sources
    │   └── UnknownSource      no source has that slug                        crawler.sources
    ├── QueryError             a search that cannot be understood             crawler.search
    ├── LockHeld               another run is crawling or building            crawler.lock
    ├── DiscoverError          a feed, REST answer or listing yields nothing  crawler.discover
    ├── ExtractError           bytes from which no article can be made        crawler.pages, crawler.normalize
    ├── StorageError           a database that cannot be opened or written    crawler.storage
    │   └── SchemaError        a database of another program version          crawler.storage
    ├── NotStored              an address that no stored article has          feeds.commands
    ├── CrawlError             the crawl itself could not run                 crawler.run
    └── PublishError           a public file that cannot be written           feeds

Each message is one sentence: what happened, to which source or file, and what to do.
"""

from __future__ import annotations

from pathlib import Path


class NewsfeedError(Exception):
    """Root of the tree; commands print its text and never its traceback."""


class ConfigError(NewsfeedError):
    """A file that the operator wrote is wrong; no request has been made yet.

    `line` is 1-based, or None where the file as a whole is at fault.
    """

    def __init__(self, path: Path | str, problem: str, *, line: int | None = None) -> None:
        self.path = Path(path)
        self.line = line
        self.problem = problem
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {problem}")


class UnknownSource(ConfigError, KeyError):
    """No source record has this slug; near matches are offered.

    Also a KeyError, as Scrapy's spider loader protocol asks for one.
    """

    def __init__(self, slug: str, near: list[str]) -> None:
        hint = f"did you mean {', '.join(near)}?" if near else "`newsfeed sources list` names them all."
        self.slug = slug
        NewsfeedError.__init__(self, f"No source is called {slug!r}: {hint}")

    def __str__(self) -> str:
        return str(self.args[0])


class QueryError(NewsfeedError):
    """A search that cannot be understood.

    `at` is the character of `query` (0-based) where the trouble begins, None where it is in a filter beside it.
    """

    def __init__(self, query: str, problem: str, at: int | None = 0) -> None:
        self.query = query
        self.problem = problem
        self.at = at
        where = f"Character {at + 1} of the search: " if at is not None else ""
        super().__init__(where + (problem if where else problem[0].upper() + problem[1:]))


class LockHeld(NewsfeedError):
    """Another process holds a kernel lock of this home (exit code 75)."""


class DiscoverError(NewsfeedError):
    """A discover strategy did not yield links: not a feed, not JSON, not a listing, or (`empty`) one without any."""

    def __init__(self, url: str, problem: str, *, empty: bool = False) -> None:
        self.url = url
        self.problem = problem
        self.empty = empty
        super().__init__(f"{url}: {problem}")


class ExtractError(NewsfeedError):
    """A page that is no article or from which none can be read; `final` where it never will be one."""

    def __init__(self, url: str, problem: str, *, final: bool = False) -> None:
        self.url = url
        self.problem = problem
        self.final = final
        super().__init__(f"{url}: {problem}")


class StorageError(NewsfeedError):
    """SQLite refused: the disk is full, the file is locked, damaged or read-only."""


class SchemaError(StorageError):
    """The database was written by another version of newsfeed."""


class NotStored(NewsfeedError):
    """A command names an article by an address that none is stored under (exit code 2: nothing was done)."""


class CrawlError(NewsfeedError):
    """The crawl as a whole could not run: an exception in our own code or in Scrapy's."""


class PublishError(NewsfeedError):
    """A file under `public/` could not be written."""


# What an error means for whoever called a command; the first class that fits decides.
EXIT_CODES: tuple[tuple[type[NewsfeedError], int], ...] = (
    (LockHeld, 75), (ConfigError, 2), (NotStored, 2), (QueryError, 2), (NewsfeedError, 1),
)  # fmt: skip


def exit_code(error: NewsfeedError) -> int:
    """The exit code of a command that ends with this error."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))
