"""A clock for pure work: what one document costs is bounded, whatever it was written to exhaust.

Bounds on bytes, tags and attributes keep what is known from being slow; this breaks off what nobody thought of. It
stops Python code and regular expressions, not the inside of a C library.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 5.0  # of CPU time; the slowest real page takes a tenth of one


class TooSlow(BaseException):
    """The work took too long; no `except Exception` on the way may swallow it."""


@contextmanager
def deadline(seconds: float = SECONDS) -> Iterator[None]:
    """Break the block off with TooSlow once it has used so much CPU time; for the main thread, as signals are."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
