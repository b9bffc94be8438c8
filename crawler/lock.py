"""Kernel locks: one process at a time crawls, one builds; the kernel frees a lock when its process dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.errors import LockHeld, StorageError


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock file for the length of the block; raises LockHeld at once where another process has it."""
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
    try:
        yield
    finally:
        lock.release()
