"""Bodies: decompressed within the size limit, and only whole ones.

Scrapy decodes a gzip body that was cut short without a word; half an article would be stored as the whole.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest
from scrapy.responsetypes import responsetypes

from crawler.middlewares.load import LOAD

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ACCEPTED = b"gzip, deflate"
CHUNK = 64 * 1024
MOST_MEMBERS = 64  # of a gzip body; each costs a copy of all that follows it

# zlib's window parameter: 47 reads both gzip and zlib headers, -15 the bare stream that some servers call deflate.
_WINDOWS = {b"gzip": (47,), b"x-gzip": (47,), b"deflate": (47, -15)}


class BrokenBody(IgnoreRequest):
    """The body is cut short, damaged, encoded in a way that was not asked for, or too large."""


class BodyMiddleware:
    """Asks for gzip or deflate and undoes it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The limit is DOWNLOAD_MAXSIZE, in bytes."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say which encodings are read here."""
        request.headers.setdefault(b"Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The same answer with a plain body; raises BrokenBody."""
        encodings = [
            value.strip().lower() for value in b",".join(response.headers.getlist(b"Content-Encoding")).split(b",")
        ]
        body = response.body
        for encoding in reversed(encodings):
            if body and encoding not in (b"", b"identity"):
                body = decode(body, encoding, self.limit)
        if body is response.body:
            return response
        headers = response.headers.copy()
        headers.pop(b"Content-Encoding", None)
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        plain = response.replace(cls=kind, headers=headers, body=body)
        LOAD.keep(plain, len(body))
        return plain


def decode(body: bytes, encoding: bytes, limit: int) -> bytes:
    """Undo one content encoding; raises BrokenBody where the stream is damaged, cut short or beyond `limit` bytes."""
    windows = _WINDOWS.get(encoding)
    if not windows:
        raise BrokenBody(f"the body is encoded as {encoding.decode('latin-1')}, which was not asked for")
    problem = ""
    for window in windows:
        try:
            return _inflate(body, window, limit)
        except zlib.error as error:
            problem = str(error)
    raise BrokenBody(f"the compressed body is damaged ({problem})")


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    whole = bytearray()
    for _ in range(MOST_MEMBERS):
        stream = zlib.decompressobj(window)
        rest = body
        while rest and not stream.eof:
            whole += stream.decompress(rest, CHUNK)
            rest = stream.unconsumed_tail
            if len(whole) > limit:
                raise BrokenBody(f"the body is larger than {limit:,} bytes once decompressed")
        if not stream.eof:
            raise BrokenBody("the compressed body is cut short")
        # Further gzip members may follow (RFC 1952, 2.2); padding is not one.
        body = stream.unused_data
        if not body.startswith(b"\x1f\x8b"):
            return bytes(whole)
    raise BrokenBody(f"the compressed body has more than {MOST_MEMBERS} parts")
