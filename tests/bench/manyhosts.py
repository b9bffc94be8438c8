"""A server that is 254 hosts: it listens on all of 127.0.0.x, and every path below a slug is a site of its own."""

from __future__ import annotations

import asyncio
import threading
from time import monotonic
from types import TracebackType
from typing import Self

from pressroom import feed, page


class Hosts:
    """Feeds with as many `articles` as are published, and their pages; `log` has when, host and path of each request.

    A feed has an ETag, and answers 304 to it.
    """

    def __init__(self) -> None:
        self.articles = 1
        self.log: list[tuple[float, str, str]] = []
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._is_up = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        self._is_up.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def url(self, host: str, slug: str) -> str:
        """The root of a site, without a slash."""
        return f"http://{host}:{self.port}/{slug}"

    def _serve(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._answer, "0.0.0.0", 0, backlog=1024))
        self.port = server.sockets[0].getsockname()[1]
        self._is_up.set()
        self._loop.run_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                request, *lines = head.decode("latin-1").split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                path = request.split(" ")[1]
                self.log.append((monotonic(), headers["host"].partition(":")[0], path))
                writer.write(self._reply(path, headers))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _reply(self, path: str, headers: dict[str, str]) -> bytes:
        status, body = "404 Not Found", ""
        _, slug, *rest = path.split("/")
        root = f"http://{headers['host']}/{slug}"
        etag = f'"{self.articles}"'
        if rest == ["rss.xml"]:
            is_known = headers.get("if-none-match") == etag
            status, body = ("304 Not Modified", "") if is_known else ("200 OK", feed(root, range(1, self.articles + 1)))
        elif rest and rest[0].startswith("berita-"):
            status, body = "200 OK", page(root, int(rest[0].removeprefix("berita-")))
        kind = "application/rss+xml" if rest == ["rss.xml"] else "text/html; charset=utf-8"
        length = len(body.encode())
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nETag: {etag}\r\nContent-Length: {length}\r\n\r\n"
        return (head + body).encode()
