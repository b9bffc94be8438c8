"""Recorded answers of a site: made from what was read, reduced where they are to be shared, and read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import count, zip_longest
from pathlib import Path
from typing import Any

from crawler import discover
from crawler.discover.decode import decoded, inflated
from crawler.errors import ConfigError, DiscoverError, ExtractError
from crawler.extraction import extract_page
from crawler.models import Link, Page, Source, SourceState, Step, Strategy
from crawler.sources.filler import Filler
from crawler.sources.fixture import ANSWER, LISTING, expectation, listing_files, recording
from crawler.sources.reduced import reduced

_UNREAD = ("url", "source")  # of an expectation: how its page is read, nothing that is read


# -- making ----------------------------------------------------------------------------------------------------------


def page_files(page: Page, source: Source, now: datetime, *, is_reduced: bool) -> dict[str, bytes]:
    """The recording of an article's page; reduced to its markup, with what is read from that.

    Raises ExtractError where nothing can be read.
    """
    kept = _reduced(page, source) if is_reduced else _as_saved(page)
    return recording(kept, extract_page(kept, source, now), source)


def answer_files(
    way: Strategy, step: Step, page: Page, source: Source, now: datetime, *, is_reduced: bool
) -> dict[str, bytes]:
    """The recording of an answer that names articles; raises DiscoverError where it names none."""
    kept = replace(page, body=_without_text(page.body, source)) if is_reduced else page
    found = discover.read(way, source, SourceState(source.slug), step, kept, now)
    return listing_files(way, step, kept, found.links, now)


def _as_saved(page: Page) -> Page:
    """The page as whoever reads the files will have it: bytes and address, no header."""
    return replace(page, content_type=None, link=None, parts=tuple(map(_as_saved, page.parts)))


def _reduced(page: Page, source: Source) -> Page:
    address = Filler(frozenset()).url(page.url)
    return Page(address, _without_text(page.body, source), parts=tuple(_reduced(part, source) for part in page.parts))


def _without_text(body: bytes, source: Source) -> bytes:
    return reduced(decoded(inflated(body)), [source.name]).encode()


# -- reading again ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a recording that is read otherwise today."""

    source: str
    page: str
    field: str
    got: Any
    expected: Any

    def __str__(self) -> str:
        got, expected = (json.dumps(value, ensure_ascii=False) for value in (self.got, self.expected))
        return f"{self.source} {self.page} {self.field}: reads {got}, recorded {expected}"


def differences(folder: Path, source: Source | None, now: datetime) -> Iterator[Difference]:
    """What the recordings in a source's folder say and its record does not read from them.

    Without a record, what the recordings tell of their source stands in. Raises ConfigError for a damaged recording.
    """
    for path in sorted(folder.glob("*.json")):
        said = _said(path)
        facts = said.get("source", {}) if source is None else {}
        plain = Source(**{"slug": folder.name, "name": "", "kind": "press", "homepage": "", **facts})
        read_again = partial(_page_again, now=now) if path.name != LISTING else _listing_again
        try:
            got = read_again(path, said, source or plain)
        except (ExtractError, DiscoverError) as error:
            yield Difference(folder.name, path.stem, "answer", error.problem, "an answer that is read")
            continue
        for field, expected in said.items():
            if field in got and got[field] != expected:
                yield _narrowed(Difference(folder.name, path.stem, field, got[field], expected))


def _page_again(path: Path, said: dict[str, Any], source: Source, now: datetime) -> dict[str, Any]:
    page = Page(said["url"], _bytes(path.with_suffix(".html")))
    article = extract_page(page, source, now)
    for number in count(2):
        part = path.with_name(f"{path.stem}-{number}.html")
        if not article.next_page or not part.exists() or part.with_suffix(".json").exists():
            break
        page = replace(page, parts=(*page.parts, Page(article.next_page, part.read_bytes())))
        article = extract_page(page, source, now)
    got = expectation(article, source)
    unknown = {field: "no such field" for field in said if field not in got}
    return {field: value for field, value in (got | unknown).items() if field not in _UNREAD}


def _listing_again(path: Path, said: dict[str, Any], source: Source) -> dict[str, Any]:
    page = Page(said["url"], _bytes(path.with_name(ANSWER)), said["content_type"])
    way, step = Strategy(**said["way"]), Step(**said["step"])
    found = discover.read(way, source, SourceState(source.slug), step, page, datetime.fromisoformat(said["read"]))
    return {"links": [_link(link) for link in found.links]}


def _link(link: Link) -> list[str | None]:
    return [link.url, link.title]


def _narrowed(found: Difference) -> Difference:
    """Of a list, the first item that differs, counted from 1."""
    if not (isinstance(found.got, list) and isinstance(found.expected, list)):
        return found
    pairs = zip_longest(found.got, found.expected)
    number, (got, expected) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return replace(found, field=f"{found.field} {number}", got=got, expected=expected)


def _said(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(path, f"cannot be read as JSON: {error}.") from error
    needed = {"way", "step", "url", "content_type", "read", "links"} if path.name == LISTING else {"url"}
    if not isinstance(said, dict) or not needed <= said.keys():
        raise ConfigError(path, f"is no recording: it must be an object with {', '.join(sorted(needed))}.")
    return said


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(path, "is missing: its .json beside it tells what is read from it.") from error
