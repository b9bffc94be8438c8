"""Source records from files: the packaged ones, then a user's, which replace packaged ones of the same slug.

A file holds `[[source]]` tables with `[[source.discover]]` below them, and `[defaults]` for what they share. Every
error stops the run before any request, with file and line.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError, UnknownSource
from crawler.models import Source
from crawler.sources.lines import Location, lines_of
from crawler.sources.record import DEFAULTS_KEYS, Table, check_facts, source_of


def load_sources(user_dir: Path | None = None) -> dict[str, Source]:
    """All sources by slug: packaged records, then those of `user_dir/*.toml`; raises ConfigError."""
    packaged = Path(str(files(__package__)))
    directories = [packaged] if user_dir is None else [packaged, user_dir]
    sources: dict[str, Source] = {}
    for directory in directories:
        sources |= read_directory(sorted(directory.glob("*.toml")))
    return sources


def find(sources: Mapping[str, Source], slug: str) -> Source:
    """The source with this slug; raises UnknownSource with near matches."""
    if slug in sources:
        return sources[slug]
    close = difflib.get_close_matches(slug.lower(), sources, n=3)
    parts = [known for known in sources if slug and slug.lower() in known]
    raise UnknownSource(slug, list(dict.fromkeys([*close, *parts]))[:3])


def read_directory(paths: Iterable[Path]) -> dict[str, Source]:
    """The sources of files that stand side by side; a slug may be taken once among them."""
    sources: dict[str, Source] = {}
    for path in paths:
        for table, source in read_file(path):
            if source.slug in sources:
                raise table.error("slug", f"is taken already, in {sources[source.slug].record}: each needs its own.")
            sources[source.slug] = source
    return sources


def read_file(path: Path) -> Iterator[tuple[Table, Source]]:
    """The sources of one file, each with the table that it was made from."""
    text = text_of(path)
    document = parsed(path, text)
    whole = Table(path, document, (), lines_of(text))
    for key in document:
        if key not in {"defaults", "source"}:
            raise whole.error(key, "is unknown: a file of records holds [defaults] and [[source]] tables.")
    defaults = table_at(whole, document.get("defaults", {}), ("defaults",))
    check_facts(defaults, DEFAULTS_KEYS)
    records = document.get("source")
    if not isinstance(records, list) or not records:
        raise whole.error("source", "is missing: a file of records holds at least one [[source]] table.")
    for index, record in enumerate(records):
        table = table_at(whole, record, ("source", index))
        yield table, source_of(table, defaults.values)


def table_at(whole: Table, values: Any, location: Location) -> Table:
    """One table of a file; raises ConfigError where the key holds something else."""
    if not isinstance(values, dict):
        raise whole.error(str(location[0]), "must be a table: write [defaults] or [[source]] above its keys.")
    slug = values.get("slug")
    return Table(whole.path, values, location, whole.lines, name=repr(slug) if isinstance(slug, str) else "")


def text_of(path: Path) -> str:
    """A file's text; raises ConfigError where it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(path, "is not UTF-8: save the file in that encoding.", line=line) from error


def parsed(path: Path, text: str) -> dict[str, Any]:
    """A file's tables; a syntax error is told with its line."""
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError, as are dates that are none
        at = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(at[1]) if at else text.rstrip().count("\n") + 1
        problem = re.sub(r"\s*\(at [^)]*\)", "", str(error))
        raise ConfigError(path, f"is not valid TOML: {problem}.", line=line) from error
