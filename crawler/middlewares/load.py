"""What all answers that are under way, or were not read yet, may take of memory together.

A limit for each answer is none for the process: a hundred servers may send as much at once, and a parser that is busy
with one leaves the rest waiting. Beyond the bound, large answers wait where they are, in the network; small ones never.
"""

from __future__ import annotations

import weakref
from collections import deque
from typing import Protocol

MOST = 24 * 1024 * 1024  # bytes
SMALL = 512 * 1024  # bytes of an answer that nothing holds up
AT_LEAST = 2  # large answers that go on whatever there is: what waits for them ends with them


class Reader(Protocol):
    """A connection on which an answer arrives."""

    def pause(self) -> None:
        """Read nothing more."""

    def resume(self) -> None:
        """Read on."""


class Load:
    """Bytes of answers under way by their connections, and of those that somebody still holds."""

    def __init__(self, most: int = MOST, small: int = SMALL, at_least: int = AT_LEAST) -> None:
        self.most, self.small, self.at_least = most, small, at_least
        self.kept = 0
        self.arriving: dict[Reader, int] = {}
        self.waiting: deque[Reader] = deque()

    @property
    def total(self) -> int:
        """All bytes that count."""
        return self.kept + sum(self.arriving.values())

    def arrived(self, reader: Reader, size: int) -> None:
        """Count some bytes of an answer; it waits where it is large and there are too many."""
        self.arriving[reader] = self.arriving.get(reader, 0) + size
        if reader not in self.waiting and self.arriving[reader] > self.small and not self._has_room(reader):
            self.waiting.append(reader)
            reader.pause()

    def ended(self, reader: Reader) -> None:
        """An answer is complete, or its connection lost."""
        if self.arriving.pop(reader, None) is not None:
            if reader in self.waiting:
                self.waiting.remove(reader)
            self._go_on()

    def keep(self, answer: object, size: int) -> None:
        """Count an answer for as long as anybody holds it."""
        self.kept += size
        weakref.finalize(answer, self._let_go, size).atexit = False

    def _let_go(self, size: int) -> None:
        self.kept -= size
        self._go_on()

    def _go_on(self) -> None:
        while self.waiting and self._has_room(self.waiting[0]):
            self.waiting.popleft().resume()

    def _has_room(self, reader: Reader) -> bool:
        others = [one for one, size in self.arriving.items() if size > self.small and one is not reader]
        going_on = sum(1 for one in others if one not in self.waiting)
        return self.total <= self.most or going_on < self.at_least


LOAD = Load()  # of the process, as its memory is
