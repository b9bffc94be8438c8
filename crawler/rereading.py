"""Stored captures -> articles, by today's extraction, on as many cores as there are; nothing is written here."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from crawler.errors import CrawlError, ExtractError
from crawler.extraction import extract_page, off_subject, unknown_source
from crawler.models import Article, Capture, Link, Page, Source
from crawler.spiders.deadline import TooSlow, deadline
from crawler.storage.page_reading import capture
from crawler.storage.pages import Pages, open_pages

CHUNK = 16  # groups of captures that a worker is given at once
AHEAD = 3  # chunks a worker that are under way
FEW = 200  # captures that are read sooner than workers start

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a capture says today: an article, or why there is none.

    `link` is without its text. `unwanted` tells why the source's rule leaves the article out. `is_damaged`: it could
    not even be read.
    """

    id: int
    link: Link | None = None
    fetched_at: datetime | None = None
    article: Article | None = None
    problem: str | None = None
    unwanted: str | None = None
    is_damaged: bool = False


def cores() -> int:
    """How many processes can work at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read(pages: Pages, key: int, sources: Mapping[str, Source]) -> Reading:
    """Read one capture as it would be read in a crawl at the time when it was fetched."""
    try:
        found = capture(pages, key)
    except ValueError as error:
        return Reading(key, problem=str(error), is_damaged=True)
    return read_capture(found, sources)


def read_capture(found: Capture, sources: Mapping[str, Source]) -> Reading:
    """As `read`, of a capture that is at hand."""
    reading = Reading(found.id, replace(found.link, body=None), found.fetched_at)
    try:
        source = sources.get(found.link.source) or unknown_source(found.page.url)
        article = _extracted(found.page, source, found.fetched_at)
    except ExtractError as error:
        return replace(reading, problem=error.problem)
    return replace(reading, article=article, unwanted=off_subject(source, article))


def _extracted(page: Page, source: Source, now: datetime) -> Article:
    try:
        with deadline():
            return extract_page(page, source, now)
    except TooSlow:
        raise ExtractError(page.url, "the page takes too long to be read.") from None


class Readers:
    """Reads groups of captures, in processes of their own where `jobs` is more than one."""

    def __init__(
        self, pages: Pages, sources: Mapping[str, Source], jobs: int, pool: ProcessPoolExecutor | None
    ) -> None:
        self._pages, self._sources, self._jobs, self._pool = pages, sources, jobs, pool

    def read(self, groups: Iterable[tuple[K, Sequence[int]]]) -> Iterator[tuple[K, list[Reading]]]:
        """The readings of each group, in the order of the groups; raises CrawlError where a worker dies."""
        if self._pool is None:
            for key, captures in groups:
                yield key, [read(self._pages, one, self._sources) for one in captures]
            return
        waiting: deque[tuple[list[K], Future[list[list[Reading]]]]] = deque()
        rest = iter(groups)
        while True:
            while len(waiting) < AHEAD * self._jobs and (chunk := list(islice(rest, CHUNK))):
                work = [list(captures) for _, captures in chunk]
                waiting.append(([key for key, _ in chunk], self._pool.submit(_work, work)))
            if not waiting:
                return
            keys, future = waiting.popleft()
            try:
                readings = future.result()
            except BrokenProcessPool as error:
                raise CrawlError(
                    "A process that reads pages was ended, perhaps for want of memory: run it with less --jobs."
                ) from error
            yield from zip(keys, readings, strict=True)


@contextmanager
def open_readers(pages: Pages, sources: Mapping[str, Source], jobs: int, captures: int) -> Iterator[Readers]:
    """Readers for so many captures, for the length of the block; few of them are read in this process."""
    with ExitStack() as stack:
        pool = None
        if jobs > 1 and captures > FEW:
            pool = ProcessPoolExecutor(
                jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(pages.path, dict(sources))
            )
            stack.callback(pool.shutdown, cancel_futures=True)
        yield Readers(pages, sources, jobs, pool)


# -- a worker ----------------------------------------------------------------------------------------------------------

_worker: dict[str, tuple[Pages, Mapping[str, Source]]] = {}
_open = ExitStack()  # until the process ends


def _begin(path: Path, sources: Mapping[str, Source]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    _worker["given"] = _open.enter_context(open_pages(path, read_only=True)), sources


def _work(groups: Sequence[Sequence[int]]) -> list[list[Reading]]:
    pages, sources = _worker["given"]
    return [[read(pages, key, sources) for key in captures] for captures in groups]
