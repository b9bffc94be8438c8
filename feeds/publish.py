"""Public files: written whole or not at all, and only where their bytes would change.

A file's mtime is part of what is published (it is the Last-Modified of a web server): the time of the newest change
among what the file holds, never the time of a build, and never earlier than that of the file it replaces.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from crawler.errors import PublishError
from crawler.storage.publishing import FileRecord

TEMPORARY = ".newsfeed-tmp"
SECOND = 1_000_000_000  # nanoseconds


@dataclass(frozen=True, slots=True)
class PublicFile:
    """What a file should hold; `path` is relative to the public folder, `changed_at` its newest entry's change."""

    path: str
    content: bytes
    changed_at: datetime


class Publisher:
    """Puts files into the public folder one after the other and remembers what became of each."""

    def __init__(self, public: Path, known: Mapping[str, FileRecord]) -> None:
        self._public = public
        self._known = known
        self._touched: set[Path] = set()
        self.records: dict[str, FileRecord] = {}
        self.written: list[str] = []

    @property
    def unchanged(self) -> int:
        """How many files were right as they were."""
        return len(self.records) - len(self.written)

    def put(self, file: PublicFile) -> None:
        """Write a file where its bytes differ from what is there; raises PublishError."""
        target = self._public / file.path
        digest = sha256(file.content).hexdigest()
        known = self._known.get(file.path)
        with _reported(target):
            if not _is_same(target, file.content, digest, known):
                mtime_ns = _mtime_ns(file, digest, target, known)
                write_atomically(target, file.content, mtime_ns)
                self._touched.add(target.parent)
                self.written.append(file.path)
            self.records[file.path] = FileRecord(file.path, digest, len(file.content), target.stat().st_mtime_ns)

    def settle(self) -> None:
        """Make the new names durable: once per folder, after all of its files."""
        for folder in sorted(self._touched):
            with _reported(folder):
                _sync_folder(folder)


def all_present(public: Path, records: Mapping[str, FileRecord]) -> bool:
    """Whether every file is as it was left, by size and mtime alone."""
    with _reported(public):
        return all(_is_as_left(public / path, record) for path, record in records.items())


def remove_leftovers(public: Path) -> None:
    """Delete what a killed build left half written; nobody else may be building."""
    with _reported(public):
        for leftover in public.rglob(f".*{TEMPORARY}"):
            leftover.unlink(missing_ok=True)


def write_atomically(target: Path, content: bytes, mtime_ns: int) -> None:
    """Replace a file so that a reader sees the old bytes or the new ones, and a power cut leaves one of the two."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}{TEMPORARY}")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.utime(temporary, ns=(mtime_ns, mtime_ns))
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _is_same(target: Path, content: bytes, digest: str, known: FileRecord | None) -> bool:
    """Whether the file holds these bytes; one that is as it was left need not be read."""
    if known and known.sha256 == digest and _is_as_left(target, known):
        return True
    found = _stat(target)
    return found is not None and found.st_size == len(content) and target.read_bytes() == content


def _mtime_ns(file: PublicFile, digest: str, target: Path, known: FileRecord | None) -> int:
    """The newest change, else one second after the file it replaces; a lost file comes back as it was."""
    newest = int(file.changed_at.timestamp()) * SECOND
    found = _stat(target)
    if found is None and known and known.sha256 == digest:
        return known.mtime_ns
    replaced = [found.st_mtime_ns] if found else [known.mtime_ns] if known else []
    return max([newest, *((before // SECOND + 1) * SECOND for before in replaced)])


def _is_as_left(target: Path, record: FileRecord) -> bool:
    found = _stat(target)
    return found is not None and (found.st_size, found.st_mtime_ns) == (record.size, record.mtime_ns)


def _stat(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishError(
            f"{path} cannot be written ({error.strerror}); check free space and permissions of the public folder."
        ) from error
