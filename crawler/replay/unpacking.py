"""Packed bytes -> what was packed, within bounds: the members of a gzip file, the body of an answer; damage is told."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

import brotli

MOST_BYTES = 10 * 1024 * 1024  # of a page, as in a crawl
MOST_RECORD = 2 * MOST_BYTES  # a record with more is no page
BLOCK = 64 * 1024  # bytes that are read at once
GZIP = b"\x1f\x8b\x08"


class Unpacked:
    """A gzip file's content, member by member, without those that are damaged; `problems` names these by their byte."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.problems = file, list[tuple[int, str]]()
        self._packed, self._at = b"", 0
        self._contents = self._members()

    def read(self, _size: int = -1, /) -> bytes:
        """The next member, or of a large one the next part; of whatever size that is."""
        return next(self._contents, b"")

    def _members(self) -> Iterator[bytes]:
        while self._more():
            start, unpacker, pieces = self._at, zlib.decompressobj(31), list[bytes]()
            problem = None
            try:
                while not unpacker.eof and self._more():
                    pieces.append(self._unpack(unpacker))
                    if sum(map(len, pieces)) > MOST_RECORD:  # no page, or all of the file is one member
                        yield b"".join(pieces)
                        pieces.clear()
                problem = None if unpacker.eof else "it is cut off."
            except zlib.error:
                problem = "it cannot be unpacked."
            if problem:
                self.problems.append((start, problem))
                self._resume(start)
            elif pieces and (content := b"".join(pieces)):
                yield content

    def _more(self) -> bool:
        if not self._packed:
            self._packed = self._file.read(BLOCK)
        return bool(self._packed)

    def _unpack(self, unpacker: zlib._Decompress) -> bytes:
        content = unpacker.decompress(self._packed, MOST_RECORD)
        rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        self._at += len(self._packed) - len(rest)
        self._packed = rest
        return content

    def _resume(self, start: int) -> None:
        """Go on at the next member behind a damaged one."""
        self._at = start + 1
        self._file.seek(self._at)
        self._packed = self._file.read(BLOCK)
        while self._packed and (found := self._packed.find(GZIP)) < 0:
            kept = self._packed[-2:]
            self._at += len(self._packed) - len(kept)
            piece = self._file.read(BLOCK)
            self._packed = kept + piece if piece else b""
        if self._packed:
            self._at += found
            self._packed = self._packed[found:]


def _inflated(sent: bytes, form: int) -> bytes:
    unpacker = zlib.decompressobj(form)
    body = unpacker.decompress(sent, MOST_BYTES + 1)
    if not unpacker.eof and len(body) <= MOST_BYTES:
        raise EOFError("its packed body is cut off")
    return body


def _deflated(sent: bytes) -> bytes:
    try:
        return _inflated(sent, zlib.MAX_WBITS)
    except zlib.error:
        return _inflated(sent, -zlib.MAX_WBITS)  # as some servers understood the word


def _brotli(sent: bytes) -> bytes:
    unpacker = brotli.Decompressor()
    body = unpacker.process(sent, output_buffer_limit=MOST_BYTES + 1)
    if not unpacker.is_finished() and len(body) <= MOST_BYTES:
        raise EOFError("its packed body is cut off")
    return bytes(body)


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda sent: _inflated(sent, 16 + zlib.MAX_WBITS),
    "x-gzip": lambda sent: _inflated(sent, 16 + zlib.MAX_WBITS),
    "deflate": _deflated,
    "br": _brotli,
}
