"""Exported files: a format a row of `FORMATS`, each written beside its place and moved there whole."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from crawler.errors import StorageError
from crawler.home import Home
from crawler.models import Capture, Search
from crawler.replay.warc import write_warc
from crawler.storage.export import COLUMNS, articles, write_subset
from crawler.storage.page_export import pages_of

TEMPORARY = ".newsfeed-tmp"
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Format:
    """How articles are written: as `text`, which may go to standard output too, or as a file.

    Both are given the database and what is looked for, and tell how many articles they wrote. `pages_only`: articles
    without a page that is kept are left out.
    """

    endings: tuple[str, ...]
    text: Callable[[Path, Search, IO[str]], int] | None = None
    file: Callable[[Path, Search, Path], int] | None = None
    pages_only: bool = False


def write_csv(database: Path, search: Search, stream: IO[str]) -> int:
    """Comma-separated values with a head (RFC 4180); a list is JSON in its cell.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front, which is what spreadsheets hide.
    """
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    count = 0
    for count, article in enumerate(articles(database, search), start=1):  # noqa: B007 (the last is the number)
        writer.writerow(map(_cell, article.values()))
    return count


def write_jsonl(database: Path, search: Search, stream: IO[str]) -> int:
    """One JSON object a line."""
    return _lines((json.dumps(article, ensure_ascii=False) for article in articles(database, search)), stream)


def write_pages(database: Path, search: Search, target: Path, *, packed: bool) -> int:
    """The pages as they were fetched, as a WARC, with `packed` in gzip; how many articles they belong to."""
    count = 0

    def captures() -> Iterator[Capture]:
        nonlocal count
        for count, found in enumerate(pages_of(database, Home(database.parent).pages_db, search), start=1):  # noqa: B007
            yield from found

    with target.open("xb") as stream:
        write_warc(stream, captures(), packed=packed)
    return count


FORMATS: Mapping[str, Format] = {
    "csv": Format((".csv",), text=write_csv),
    "jsonl": Format((".jsonl", ".ndjson"), text=write_jsonl),
    "sqlite": Format((".db", ".sqlite", ".sqlite3"), file=write_subset),
    "warc": Format((".warc",), file=partial(write_pages, packed=False), pages_only=True),
    "warc.gz": Format((".warc.gz",), file=partial(write_pages, packed=True), pages_only=True),
}


def format_of(path: Path) -> str | None:
    """The format that a file's ending tells."""
    return next((name for name, one in FORMATS.items() if path.name.lower().endswith(one.endings)), None)


def write_file(name: str, database: Path, search: Search, target: Path) -> int:
    """Write a file whole or not at all, replacing one that is there; how many articles. Raises StorageError."""
    chosen = FORMATS[name]
    temporary = target.with_name(f".{target.name}{TEMPORARY}")
    try:
        temporary.unlink(missing_ok=True)
        count = _written(chosen, database, search, temporary)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        raise StorageError(f"{target} cannot be written ({error.strerror}); choose another place.") from error
    finally:
        for left in ("", "-wal", "-shm", "-journal"):
            temporary.with_name(temporary.name + left).unlink(missing_ok=True)
    return count


def _written(chosen: Format, database: Path, search: Search, path: Path) -> int:
    if chosen.text:
        with path.open("x", encoding="utf-8", newline="", errors="replace") as stream:
            return chosen.text(database, search, stream)
    assert chosen.file
    return chosen.file(database, search, path)


def write_text(name: str, database: Path, search: Search, stream: IO[bytes]) -> int:
    """Write to an open binary stream, such as standard output, as UTF-8; how many articles."""
    chosen = FORMATS[name]
    assert chosen.text
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", errors="replace")
    try:
        return chosen.text(database, search, text)
    finally:
        text.detach()


def _lines(lines: Iterable[str], stream: IO[str]) -> int:
    count = 0
    for line in lines:
        stream.write(f"{line}\n")
        count += 1
    return count


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
