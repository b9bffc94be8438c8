"""Compression of pages: zstd with a dictionary of what a source's pages have in common, most of each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import zstandard

LEVEL = 3
DICTIONARY_SIZE = 64 * 1024
_SEGMENT, _HASHED = 1000, 8  # sizes that zstd would else search for, at many times the cost
_READY = 16  # compressors that are kept, about 1 MB each

T = TypeVar("T")


class Codec:
    """Packs and unpacks bytes; `dictionary` loads one by its id. Not to be shared between threads."""

    def __init__(self, dictionary: Callable[[int], bytes]) -> None:
        self._packers = _Kept(lambda key: zstandard.ZstdCompressor(LEVEL, dict_data=_prepared(key, dictionary)))
        self._unpackers = _Kept(lambda key: zstandard.ZstdDecompressor(dict_data=_dictionary(key, dictionary)))

    def pack(self, data: bytes, dictionary: int | None) -> bytes:
        """One zstd frame."""
        return self._packers[dictionary].compress(data)

    def unpack(self, data: bytes, dictionary: int | None, size: int) -> bytes:
        """The bytes of a frame, of the size that they must have. Raises ValueError for a damaged one."""
        try:
            unpacked = self._unpackers[dictionary].decompress(data, max_output_size=size)
        except (zstandard.ZstdError, MemoryError) as error:
            raise ValueError(str(error)) from error
        if len(unpacked) != size:
            raise ValueError(f"{len(unpacked)} bytes instead of {size}")
        return unpacked


def train(samples: Sequence[bytes]) -> bytes | None:
    """A dictionary of what the samples share; None where they are too few or too small for one."""
    if sum(map(len, samples)) < 8 * DICTIONARY_SIZE:
        return None
    try:
        return zstandard.train_dictionary(DICTIONARY_SIZE, list(samples), k=_SEGMENT, d=_HASHED).as_bytes()
    except zstandard.ZstdError:  # samples that share nothing
        return None


class _Kept(Generic[T]):
    """The values that were asked for last, made by their key."""

    def __init__(self, make: Callable[[int | None], T]) -> None:
        self._make, self._values = make, OrderedDict[int | None, T]()

    def __getitem__(self, key: int | None) -> T:
        if key not in self._values:
            self._values[key] = self._make(key)
            if len(self._values) > _READY:
                self._values.popitem(last=False)
        self._values.move_to_end(key)
        return self._values[key]


def _dictionary(key: int | None, load: Callable[[int], bytes]) -> zstandard.ZstdCompressionDict | None:
    return None if key is None else zstandard.ZstdCompressionDict(load(key))


def _prepared(key: int | None, load: Callable[[int], bytes]) -> zstandard.ZstdCompressionDict | None:
    dictionary = _dictionary(key, load)
    if dictionary:
        dictionary.precompute_compress(LEVEL)
    return dictionary
