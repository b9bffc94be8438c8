"""A programmable web server on loopback: routes are answers or functions, every request is written down."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Reply:
    """What the server sends; `drip` sends the body byte by byte with that many seconds between."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    wait: float = 0.0
    drip: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request as it came in; `at` is monotonic seconds."""

    path: str
    headers: Mapping[str, str]
    at: float


Route = Reply | str | bytes | Callable[[Asked], Reply]


class Site:
    """One server on a free port. `routes` maps a path with its query, or the path alone, to what is answered."""

    def __init__(self, routes: Mapping[str, Route] | None = None) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Reply:
        """The reply of the first route that fits, 404 without one."""
        route = self.routes.get(asked.path, self.routes.get(urlsplit(asked.path).path, Reply(status=404)))
        if callable(route):
            return route(asked)
        return route if isinstance(route, Reply) else Reply(route)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic())
                site.asked.append(asked)
                reply = site.answer(asked)
                time.sleep(reply.wait)
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                try:
                    self.send_response(reply.status)
                    for name, value in {"Content-Type": "text/html; charset=utf-8", **reply.headers}.items():
                        self.send_header(name, value)
                    if reply.status != 304:
                        self.send_header("Content-Length", str(len(body) if reply.length is None else reply.length))
                    self.end_headers()
                    self._send(body if reply.status != 304 else b"", reply.drip)
                except ConnectionError:
                    self.close_connection = True

            def _send(self, body: bytes, drip: float) -> None:
                if not drip:
                    self.wfile.write(body)
                    return
                for n in range(len(body)):
                    self.wfile.write(body[n : n + 1])
                    self.wfile.flush()
                    time.sleep(drip)

            def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

        return Handler


def conditional(body: str, etag: str, headers: Mapping[str, str] | None = None) -> Callable[[Asked], Reply]:
    """A route that answers 304 to its own ETag."""

    def route(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        return Reply(body, headers={"ETag": etag, **(headers or {})})

    return route


def at_request(site: Site, number: int) -> threading.Event:
    """An event that is set when the server is asked for the n-th time; that request gets no answer any more."""
    moment, answer = threading.Event(), site.answer

    def counted(asked: Asked) -> Reply:
        if len(site.asked) == number and not moment.is_set():
            moment.set()
            return Reply(status=503, wait=1)
        return answer(asked)

    site.answer = counted  # type: ignore[method-assign]
    return moment
