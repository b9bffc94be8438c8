"""Kernel locks: one process at a time crawls, one builds; the kernel frees a lock when its process dies.

`update` and `crawl` hold `waiting.lock` beside `run.lock` for as long as they run or wait. What works in slices gives
`run.lock` up after each, and takes it again only while nobody holds `waiting.lock`; so a whole run gets in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic

from filelock import BaseFileLock, FileLock, Timeout

from crawler.errors import LockHeld, StorageError

PATIENCE = 180.0  # seconds that a whole run waits for a slice to end
GLANCE = 1.0  # seconds; longer than a slicer looks at `waiting.lock`
PAUSE = 0.1


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock file for the length of the block; raises LockHeld at once where another process has it."""
    lock = _locked(path)
    try:
        yield
    finally:
        lock.release()


@asynccontextmanager
async def whole_run(run: Path, waiting: Path) -> AsyncIterator[None]:
    """Hold both locks for a whole run, once the slice under way is over; raises LockHeld at once for another whole run.

    Also where the slice takes longer than `PATIENCE`.
    """
    with ExitStack() as held:
        for path, seconds in ((waiting, GLANCE), (run, PATIENCE)):
            lock = await _awaited(path, seconds)
            held.callback(lock.release)
        yield


@asynccontextmanager
async def one_slice(run: Path, waiting: Path) -> AsyncIterator[None]:
    """Hold `run` for one slice, as soon as no whole run waits for it or has it."""
    lock = None
    while lock is None:
        try:
            with hold(waiting):
                lock = _locked(run)
        except LockHeld:
            await asyncio.sleep(PAUSE)
    try:
        yield
    finally:
        lock.release()


async def _awaited(path: Path, seconds: float) -> BaseFileLock:
    patience = monotonic() + seconds
    while True:
        try:
            return _locked(path)
        except LockHeld:
            if monotonic() >= patience:
                raise
            await asyncio.sleep(PAUSE)


def _locked(path: Path) -> BaseFileLock:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise LockHeld(f"{path} is held by another run; wait until it ends.") from error
    except OSError as error:
        raise StorageError(
            f"{path} cannot be locked ({error.strerror}); check the home folder's permissions."
        ) from error
    return lock
