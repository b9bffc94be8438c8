"""`newsfeed serve`: the public folder over HTTP, as a good web server would show it to feed readers.

Validators are strong and per encoding; a reader that sends back what it was given gets 304 (RFC 9110, 8.8 and 13).
"""

from __future__ import annotations

import gzip
import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path, PurePosixPath

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from crawler.errors import PublishError

# Ending -> Content-Type. Feeds are plain XML to a browser, so that it shows them styled instead of downloading them;
# every reader tested takes them so.
CONTENT_TYPES: Mapping[str, str] = {
    ".atom": "application/xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".png": "image/png",
    ".rss": "application/xml; charset=utf-8",
}
MAX_AGE = 300  # seconds; Miniflux and FreshRSS wait that long, browsers too
COMPRESSED = frozenset(CONTENT_TYPES) - {".png"}
BACKLOG = 128

NOT_FOUND = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>404</title><h1>404</h1><p>Halaman ini tidak ada. This page does not exist.</p>"""


@dataclass(frozen=True, slots=True)
class Found:
    """A public file and the state it was found in; equal states are equal bytes."""

    path: Path
    mtime_ns: int
    size: int

    def etag(self, encoding: str | None) -> str:
        """The strong validator of one encoding of the file."""
        suffix = f"-{encoding}" if encoding else ""
        return f'"{self.mtime_ns // 1_000:x}-{self.size:x}{suffix}"'


def app(public: Path) -> Starlette:
    """The ASGI application that shows a public folder; it only ever reads."""

    def answer(request: Request) -> Response:
        path: str = request.path_params["path"]
        if _is_folder(public, path) and not path.endswith("/"):
            return RedirectResponse(f"{PurePosixPath(path).name}/", status_code=301)
        found = find(public, path)
        return file_response(found, request.headers) if found else _not_found()

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD"])])


def find(public: Path, path: str) -> Found | None:
    """The file for a URL path, a folder's being its index page; None for anything hidden or outside the folder."""
    segments = path.split("/")
    if not segments[-1]:
        segments[-1] = "index.html"
    if any(_is_refused(segment) for segment in segments):
        return None
    target = public.joinpath(*segments)
    try:
        status = target.stat()
        inside = target.resolve().is_relative_to(public.resolve())
    except (OSError, ValueError):
        return None
    return Found(target, status.st_mtime_ns, status.st_size) if inside and target.is_file() else None


def file_response(found: Found, request: Headers) -> Response:
    """The file as this request may have it: whole, compressed, or only the news that it has not changed."""
    encoding = "gzip" if found.path.suffix in COMPRESSED and accepts_gzip(request) else None
    if is_fresh(found, encoding, request):
        return Response(status_code=304, headers=_headers(found, encoding))
    found, content = _read(found.path)
    body = gzip.compress(content, mtime=0) if encoding else content
    return Response(body, headers=_headers(found, encoding), media_type=CONTENT_TYPES.get(found.path.suffix))


def is_fresh(found: Found, encoding: str | None, request: Headers) -> bool:
    """Whether the client already has this; If-None-Match outranks If-Modified-Since (RFC 9110, 13.2.2)."""
    tags = request.get("if-none-match")
    if tags is not None:
        wanted = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in wanted or found.etag(encoding) in wanted
    since = _http_date(request.get("if-modified-since"))
    return since is not None and found.mtime_ns // 1_000_000_000 <= since


def accepts_gzip(request: Headers) -> bool:
    """Whether the client names gzip, and not with a weight of zero (RFC 9110, 12.5.3)."""
    for part in request.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises PublishError where the address cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise PublishError(
            f"Nothing can listen at {host}:{port} ({os.strerror(error.errno) if error.errno else error}); "
            "choose another --port or --host."
        ) from error


def serve(public: Path, host: str = "127.0.0.1", port: int = 8000, announce: Callable[[str], object] = str) -> None:
    """Serve until interrupted; `announce` is told the address once requests are taken. Raises PublishError."""
    with listen(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        announce(f"http://{name}:{listener.getsockname()[1]}/")
        config = uvicorn.Config(app(public), log_level="warning", access_log=False, server_header=False, lifespan="off")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _is_refused(segment: str) -> bool:
    return not segment or segment.startswith(".") or any(mark in segment for mark in "\\\0")


def _is_folder(public: Path, path: str) -> bool:
    return path != "" and find(public, f"{path.removesuffix('/')}/") is not None


def _headers(found: Found, encoding: str | None) -> dict[str, str]:
    headers = {
        "ETag": found.etag(encoding),
        "Last-Modified": formatdate(found.mtime_ns // 1_000_000_000, usegmt=True),
        "Cache-Control": f"public, max-age={MAX_AGE}",
        "X-Content-Type-Options": "nosniff",
    }
    if found.path.suffix in COMPRESSED:
        headers["Vary"] = "Accept-Encoding"
    if encoding:
        headers["Content-Encoding"] = encoding
    if found.path.suffix in (".rss", ".atom", ".json", ".opml"):
        headers["Access-Control-Allow-Origin"] = "*"
    return headers


def _read(path: Path) -> tuple[Found, bytes]:
    """A file with its own state, which a build may have changed since it was looked for."""
    with path.open("rb") as stream:
        status = os.fstat(stream.fileno())
        return Found(path, status.st_mtime_ns, status.st_size), stream.read()


def _http_date(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except ValueError:
        return None


def _not_found() -> Response:
    headers = {"X-Content-Type-Options": "nosniff"}
    return Response(NOT_FOUND, status_code=404, headers=headers, media_type="text/html")
