"""Reading stored captures again on as many cores as there are: groups in, their readings out, in the same order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from crawler.errors import CrawlError
from crawler.models import Source
from crawler.replay.rereading import Reading, read
from crawler.storage.pages import Pages, open_pages

CHUNK = 16  # groups of captures that a worker is given at once
AHEAD = 3  # chunks a worker that are under way
FEW = 200  # captures that are read sooner than workers start

K = TypeVar("K", bound=Hashable)


def cores() -> int:
    """How many processes can work at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
