"""Servers of raw bytes, each a good source with one trap in it, and a service inside that nobody may ask.

A trap is what a server answers in one place: for the page of an article, for the first of two ways, for robots.txt. All
run at once, in threads of this process, while a crawl meets them in its own.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from crawling import record, write_home
from pressroom import feed, listing, page

GOOD = (1, 2)  # articles of every source that nothing may cost it
BAD = 3  # the article whose page is a trap
PLACES = {
    "page": f"/berita-{BAD}/",
    "feed": "/way",
    "sitemap": "/way",
    "listing": "/way",
    "rest": "/wp-json/wp/v2/posts",
    "robots": "/robots.txt",
}

Talk = Callable[[socket.socket, str, str], None]


@dataclass(frozen=True)
class Trap:
    """`talk` answers with raw bytes, given a connection, the server's own address, and that of the inner service.

    `stored` tells whether the trapped page is an article all the same, or whether a robots.txt lets anything be asked.
    """

    place: str
    talk: Talk
    stored: bool = False


@dataclass
class Ward:
    """Servers by the name of their trap; `inner` grows with every connection to the service inside."""

    urls: dict[str, str] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    inner: list[str] = field(default_factory=list)


def answer(body: bytes, kind: str = "text/html; charset=utf-8", *more: str, status: str = "200 OK") -> bytes:
    """A proper answer with further header lines."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *more]
    return "\r\n".join([*lines, "", ""]).encode() + body


def good(path: str, url: str) -> bytes:
    """What the rest of a source answers."""
    if path == "/rss.xml":
        return answer(feed(url, (*GOOD, BAD)).encode(), "application/rss+xml")
    if path == "/berita":
        return answer(listing(url, GOOD).encode())
    for n in (*GOOD, BAD):
        if path == f"/berita-{n}/":
            return answer(page(url, n).encode())
    return answer(b"", status="404 Not Found")


def ways(place: str, url: str) -> list[dict[str, object]]:
    """The ways of a source whose first is the trap, unless that lies elsewhere."""
    if place == "page":
        return [{"type": "feed", "url": f"{url}/rss.xml"}]
    kept: dict[str, object] = {"type": "listing", "url": f"{url}/berita"}
    if place == "robots":
        return [kept]
    if place == "rest":
        return [{"type": "wordpress", "url": f"{url}/wp-json/wp/v2"}, kept]
    return [{"type": place, "url": f"{url}/way"}, kept]


def write_records(home: Path, traps: Mapping[str, Trap], ward: Ward) -> dict[str, str]:
    """A home with a source for each trap; their slugs by the names of the traps."""
    slugs = {name: f"s{number}" for number, name in enumerate(traps)}
    write_home(
        home, [record(slug, ward.urls[name], *ways(traps[name].place, ward.urls[name])) for name, slug in slugs.items()]
    )
    return slugs


@contextmanager
def opened(traps: Mapping[str, Trap]) -> Iterator[Ward]:
    """A server for each trap, and the service inside, which is at another loopback address than the records allow."""
    ward = Ward()
    with ExitStack() as stack:
        service = stack.enter_context(socket.create_server(("127.0.0.2", 0)))
        inner = f"http://127.0.0.2:{service.getsockname()[1]}"
        _in_thread(_each, service, lambda connection: _note(connection, ward.inner))
        for name, trap in traps.items():
            server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=32))
            url = ward.urls[name] = f"http://127.0.0.1:{server.getsockname()[1]}"
            asked = ward.asked[name] = []
            _in_thread(_each, server, _serving(trap, url, inner, asked))
        yield ward


def _in_thread(target: Callable[..., None], *args: object) -> None:
    threading.Thread(target=target, args=args, daemon=True).start()


def _each(server: socket.socket, take: Callable[[socket.socket], None]) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        _in_thread(take, connection)


def _note(connection: socket.socket, hits: list[str]) -> None:
    with connection:
        hits.append(_path_of(connection))


def _serving(trap: Trap, url: str, inner: str, asked: list[str]) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                path = _path_of(connection)
                asked.append(path)
                if path.split("?")[0] == PLACES[trap.place]:
                    trap.talk(connection, url, inner)
                else:
                    connection.sendall(good(path, url))
            except OSError:
                return  # hung up on, as it should be

    return serve


def _path_of(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return ""
        data += piece
    return data.split(b" ", 2)[1].decode("latin-1")
