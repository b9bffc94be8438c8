"""HTTP/1.1 with a bound on the head of an answer, and on all answers together.

DOWNLOAD_MAXSIZE counts bodies, each for itself, and headers can go on for gigabytes. Scrapy and Twisted offer no public
place for this, so private classes of both are extended here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import BODY, ParseError

from crawler.middlewares.load import LOAD

MOST_BYTES = 256 * 1024  # of status lines and headers; browsers take as much


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler of http and https, which hangs up on an answer whose head does not end."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory

    async def download_request(self, request: Any) -> Any:
        """The answer, which counts for as long as anybody holds it."""
        response = await super().download_request(request)
        LOAD.keep(response, len(response.body))
        return response


class _Protocol(_LenientHTTP11ClientProtocol):
    head = 0

    def request(self, request: Any) -> Any:
        self.head = 0
        return super().request(request)

    def pause(self) -> None:
        assert self.transport is not None
        self.transport.pauseProducing()

    def resume(self) -> None:
        assert self.transport is not None
        self.transport.resumeProducing()

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        if self._parser is not None and self._parser.state != BODY:
            self.head += len(data)
            if self.head > MOST_BYTES:
                self._giveUp(Failure(ParseError("the headers are too large", b"")))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None:  # that was the end of the answer
            LOAD.ended(self)
        else:
            LOAD.arrived(self, len(data))

    def connectionLost(self, reason: Any = connectionDone) -> None:  # noqa: N802 (Twisted's name)
        LOAD.ended(self)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 (Twisted's name)
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
