"""What the C library does with memory that is free again: a crawl's large answers come and go by the hundred."""

from __future__ import annotations

import ctypes

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3  # glibc's malloc.h
_LARGE = 256 * 1024  # bytes: what is as large as this goes back to the system the moment that it is free


def keep_little() -> None:
    """Make glibc keep one arena for all threads and no large blocks; other C libraries are left as they are.

    Left alone, glibc raises its own limit with the first large block that is freed (mallopt(3)), and from then on keeps
    what hostile answers took: a hundred megabytes of a process that crawls hundreds of sites.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # musl and macOS have none
        return
    mallopt(_ARENA_MAX, 1)
    mallopt(_MMAP_THRESHOLD, _LARGE)
