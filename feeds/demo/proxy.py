"""The example sites behind one loopback HTTP proxy, so that their addresses are the same on every machine.

The proxy answers for its own hosts (RFC 9112, 3.2.2, absolute-form) and forwards nothing: any other host gets 502.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from feeds.demo import joomla, varient, wordpress
from feeds.demo.content import load_site
from feeds.demo.web import Answer, Routes, route

SITES: Mapping[str, Routes] = {
    "warta-banten": wordpress.ROUTES,
    "kanwil-banten": joomla.ROUTES,
    "ditjen-pemasyarakatan": varient.ROUTES,
}


class Asked(NamedTuple):
    """A request that the proxy answered; `path` includes the query, `conditional` whether it carried a validator."""

    host: str
    path: str
    status: int
    conditional: bool


class ExampleSites:
    """The example sites, served while the context lasts; `edited` may be switched at any time."""

    def __init__(self, *, edited: bool = False) -> None:
        self.edited = edited
        self.requests: list[Asked] = []
        self._server: _Server | None = None

    def __enter__(self) -> ExampleSites:
        self._server = _Server(self)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def proxy(self) -> str:
        """Address of the proxy; raises RuntimeError outside the context."""
        if self._server is None:
            raise RuntimeError("The example sites are not being served: use them as a context manager.")
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, host: str, path: str, query: str) -> Answer:
        """What a host sends for a path: the example site's answer, or 502 for any other host."""
        slug = host.removesuffix(".example")
        if not host.endswith(".example") or slug not in SITES:
            return Answer(b"This proxy serves the example sites only.\n", "text/plain; charset=UTF-8", status=502)
        return route(SITES[slug], load_site(slug, edited=self.edited), path or "/", dict(parse_qsl(query)))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, sites: ExampleSites) -> None:
        self.sites = sites
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 60
    disable_nagle_algorithm = True  # else each answer on a kept connection waits 40 ms for an acknowledgement

    def do_GET(self) -> None:
        try:
            parts = urlsplit(self.path)
            host = parts.hostname or ""
        except ValueError:
            self.send_error(400)
            return
        answer = self.server.sites.answer(host, parts.path, parts.query)
        status = 304 if _unchanged(answer, self.headers) else answer.status
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self.server.sites.requests.append(Asked(host, path, status, _conditional(self.headers)))
        self._send(answer, status)

    do_HEAD = do_GET  # noqa: N815 (the name that http.server calls)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in http.server)
        """Say nothing: the demo's terminal belongs to its own report."""

    def _send(self, answer: Answer, status: int) -> None:
        body = b"" if status == 304 else answer.body
        self.send_response(status)
        for name, value in (*answer.headers.items(), *_validators(answer)):
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _etag(answer: Answer) -> str:
    return f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'


def _validators(answer: Answer) -> tuple[tuple[str, str], ...]:
    if answer.modified is None:
        return ()
    return ("ETag", _etag(answer)), ("Last-Modified", _http_date(answer.modified))


def _http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _conditional(headers: Message) -> bool:
    return "If-None-Match" in headers or "If-Modified-Since" in headers


def _unchanged(answer: Answer, headers: Message) -> bool:
    """Whether the client's copy is current; If-None-Match decides alone where it is sent (RFC 9110, 13.2.2)."""
    if answer.modified is None:
        return False
    if (known := headers.get("If-None-Match")) is not None:
        return _etag(answer) in (tag.strip().removeprefix("W/") for tag in known.split(","))
    try:
        since = parsedate_to_datetime(headers.get("If-Modified-Since", ""))
    except ValueError:
        return False
    return since >= answer.modified
