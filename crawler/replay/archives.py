"""Web archives and saved pages -> pages with their address and date; what is damaged is named and passed over.

A WARC is a row of records, in a `.warc.gz` each a gzip member of its own. Damage is met where it is: a member that
cannot be unpacked, or a record whose length is not that of its content, costs that one and no other.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import BinaryIO, Protocol

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from crawler.replay.unpacking import BLOCK, DECODERS, GZIP, MOST_BYTES, MOST_RECORD, Unpacked
from crawler.text.urls import canonical_url

_START = re.compile(rb"WARC/[01]\.\d+\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|!--)", re.IGNORECASE)
_HEADER = 64 * 1024  # a record's own header is no longer


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as an archive holds it; `digest` is how others refer to its bytes."""

    url: str
    body: bytes
    content_type: str | None
    at: datetime
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that was the same as one before: at the address and time told, or with the digest."""

    url: str
    at: datetime
    content_type: str | None
    first_url: str | None
    first_at: datetime | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that should be a page and cannot be read: where it stands, and why."""

    where: str
    problem: str


Found = Saved | Revisit | Skipped


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def is_archive(path: Path) -> bool:
    """Whether a file is a web archive, by its content, and where that is damaged by its name."""
    with path.open("rb") as file:
        head = file.read(5)
    return head.startswith((GZIP, b"WARC/")) or path.name.lower().endswith((".warc", ".warc.gz"))


def read_archive(file: BinaryIO, name: str) -> Iterator[Found]:
    """The pages of a WARC: whole answers with status 200 that are HTML, in their order; others are passed over."""
    packed = file.read(len(GZIP)) == GZIP
    file.seek(0)
    stream: _Readable = Unpacked(file) if packed else file
    for record in _records(stream, name):
        yield from [record] if isinstance(record, Skipped) else _read(record, name)
        if isinstance(stream, Unpacked):
            yield from (Skipped(f"{name}, byte {at}", problem) for at, problem in stream.problems)
            stream.problems.clear()
    if isinstance(stream, Unpacked):
        yield from (Skipped(f"{name}, byte {at}", problem) for at, problem in stream.problems)


# -- records -----------------------------------------------------------------------------------------------------------


def _records(stream: _Readable, name: str) -> Iterator[bytes | Skipped]:
    """The records one by one, each whole; behind damage it goes on at the next."""
    window, place = _Window(stream), 0
    while window.fill(_HEADER):
        start = _START.search(window.data)
        if start is None or window.data[: start.start()].strip(b"\r\n"):
            lost = window.drop(start.start() if start else max(1, len(window.data) - 16))
            if lost.strip(b"\r\n"):
                yield Skipped(f"{name}, behind record {place}", "this is no record.")
            if start is None:
                continue
        else:
            window.drop(start.start())
        place += 1
        where = f"{name}, record {place}"
        size = _size(window)
        if size is None:
            window.drop(4)
            yield Skipped(where, "its header has no length.")
        elif size > MOST_RECORD:
            if not window.skip(size):
                yield Skipped(where, "it is cut off, or its length is wrong and all behind it is lost.")
        else:
            yield _whole(window, size, where)


def _size(window: _Window) -> int | None:
    """Bytes of the record that the window begins with, header and content."""
    window.fill(_HEADER)
    end = re.search(rb"\r?\n\r?\n", window.data)
    length = _LENGTH.search(window.data, 0, end.end()) if end else None
    return end.end() + int(length[1]) if end and length else None


def _whole(window: _Window, size: int, where: str) -> bytes | Skipped:
    """The record, if it is followed by nothing or by another."""
    window.fill(size + 16)
    if len(window.data) < size:
        following = _START.search(window.data, 8)
        window.drop(following.start() if following else len(window.data))
        return Skipped(where, "it is cut off.")
    behind = window.data[size : size + 16].lstrip(b"\r\n")
    if behind and not behind.startswith(b"WARC/"):
        following = _START.search(window.data, 8)
        window.drop(following.start() if following else size)
        return Skipped(where, "its length is not that of its content.")
    return window.drop(size)


class _Window:
    """The bytes of a stream from where reading has come to."""

    def __init__(self, stream: _Readable) -> None:
        self._stream, self.data = stream, b""

    def fill(self, size: int) -> bool:
        """Have so many bytes at hand if there are; whether there are any."""
        pieces = [self.data]
        missing = size - len(self.data)
        while missing > 0 and (piece := self._stream.read(max(missing, BLOCK))):
            pieces.append(piece)
            missing -= len(piece)
        self.data = b"".join(pieces) if len(pieces) > 1 else self.data
        return bool(self.data)

    def drop(self, size: int) -> bytes:
        """Go on behind so many bytes, which are returned."""
        dropped, self.data = self.data[:size], self.data[size:]
        return dropped

    def skip(self, size: int) -> bool:
        """Go on behind more bytes than are to be kept at hand; whether there are as many."""
        while size > 0 and self.fill(min(size, BLOCK)):
            size -= len(self.drop(size))
        return size <= 0


# -- a record ----------------------------------------------------------------------------------------------------------


def _read(data: bytes, name: str) -> Iterator[Found]:
    """The page in one record, if it is one."""
    try:
        with redirect_stderr(StringIO()):  # where warcio comments on what it mends
            record = next(iter(ArchiveIterator(BytesIO(data))), None)
            found = _page(record, data, name) if record else None
    except (ArchiveLoadFailed, EOFError, ValueError, KeyError, AttributeError, zlib.error, brotli.error) as error:
        found = Skipped(name, f"a record cannot be read ({type(error).__name__}: {error}).")
    if found:
        yield found


def _page(record: ArcWarcRecord, data: bytes, name: str) -> Found | None:
    told = record.rec_headers.get_header
    url = canonical_url((told("WARC-Target-URI") or "").strip("<>"))
    if record.rec_type not in ("response", "revisit") or url is None or record.http_headers is None:
        return None
    answered = record.http_headers.get_header
    content_type, length, at = answered("Content-Type"), answered("Content-Length"), _moment(told("WARC-Date"))
    if record.http_headers.get_statuscode() != "200":
        return None
    if at is None:
        return Skipped(f"{name}, {url}", "its record has no date.")
    if record.rec_type == "revisit":
        first, first_at = told("WARC-Refers-To-Target-URI"), _moment(told("WARC-Refers-To-Date"))
        return Revisit(url, at, content_type, first, first_at, told("WARC-Payload-Digest"))
    encoding = (answered("Content-Encoding") or "").strip().lower()
    record.http_headers.remove_header("Content-Encoding")  # warcio takes a damaged body for its beginning
    body = _decoded(record.content_stream().read(MOST_RECORD), encoding)
    if not is_html(content_type, body):
        return None
    problem = _cut(told("WARC-Truncated"), length, data, body)
    return (
        Skipped(f"{name}, {url}", problem)
        if problem
        else Saved(url, body, content_type, at, told("WARC-Payload-Digest"))
    )


def _decoded(sent: bytes, encoding: str) -> bytes:
    """A body without its encoding, at most a byte more than a page may have; some archives keep it unpacked already."""
    if encoding not in DECODERS or _HTML.match(sent) or not sent:
        return sent
    return DECODERS[encoding](sent)


def _cut(truncated: str | None, length: str | None, data: bytes, body: bytes) -> str | None:
    """Why a page is not whole."""
    if truncated:
        return f"whoever archived it cut it off ({truncated})."
    if len(body) > MOST_BYTES:
        return f"it has more than {MOST_BYTES // 1024**2} MB."
    if not body:
        return "it is empty."
    # Archives that keep pages unpacked may tell the packed length, which is less.
    return "it is cut off." if length and length.isdigit() and int(length) > max(len(body), len(data)) else None


def is_html(content_type: str | None, body: bytes) -> bool:
    """Whether an answer is a page: its header says so, or where there is none, its beginning."""
    if content_type:
        return "html" in content_type.lower()
    return _HTML.match(body) is not None


def _moment(text: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


# -- a saved page ------------------------------------------------------------------------------------------------------

_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)
_TAG = re.compile(rb"<(?:link|meta)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_HEAD = 256 * 1024


def address_in(html: bytes) -> str | None:
    """The address that a saved page tells: the browser's note of where it was saved from, else the page's own claim."""
    head = html[:_HEAD]
    noted = _SAVED_FROM.search(head) or _SINGLE_FILE.search(head)
    claims = [noted[1]] if noted else []
    claims += [url for wanted in (b"canonical", b"og:url") if (url := _claimed(head, wanted))]
    urls = (canonical_url(claim.decode("utf-8", "replace").replace("&amp;", "&")) for claim in claims)
    return next((url for url in urls if url), None)


def _claimed(head: bytes, wanted: bytes) -> bytes | None:
    for tag in _TAG.findall(head):
        told = {name.lower(): b"".join(values) for name, *values in _ATTRIBUTE.findall(tag)}
        names = (told.get(key, b"").lower() for key in (b"rel", b"property", b"name"))
        if wanted in names:
            return told.get(b"href") or told.get(b"content")
    return None
