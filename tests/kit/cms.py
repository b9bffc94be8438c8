"""What the servers of the kit share: routes by pattern, validators, gzip, a redesign, and a move to another host."""

from __future__ import annotations

import gzip
import re
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

from loopback import Asked, Reply, Site

from kit.newsroom import Newsroom, Post, long_date


@dataclass(frozen=True, slots=True)
class Visit:
    """A request as a handler sees it: `parts` are the named groups of its route's pattern."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    parts: Mapping[str, str]

    def number(self, name: str, default: int = 1) -> int:
        """A whole number of the query or the path; the default where it is absent or none."""
        text = self.query.get(name) or self.parts.get(name) or ""
        return int(text) if text.isascii() and text.isdigit() else default


Handler = Callable[[Visit], Reply | None]
Design = Literal["stock", "redesigned"]


class Cms(Site):
    """A site made by one CMS. Class attributes are its settings, given by name or changed while it is up.

    `routes` of a test go before the CMS's own. `desk` is where articles are published, edited and taken down.
    """

    name = "Warta Banten"
    gzip = False
    design: Design = "stock"
    per_page = 10
    moved_to = ""

    def __init__(self, desk: Newsroom | int = 25, **settings: Any) -> None:
        super().__init__()
        self.desk = Newsroom(desk) if isinstance(desk, int) else desk
        self._taken = 0
        for name, value in settings.items():
            assert hasattr(type(self), name), f"{type(self).__name__} has no setting {name!r}"
            setattr(self, name, value)

    @abstractmethod
    def table(self) -> Sequence[tuple[str, Handler]]:
        """The CMS's routes: patterns of whole paths, the first that fits answers."""

    @abstractmethod
    def address(self, post: Post) -> str:
        """Where a post stands, absolute."""

    def truth(self) -> dict[str, str]:
        """Address -> title of every article that a complete crawl holds, and of no other."""
        return {self.address(post): post.title for post in self.desk.readable()}

    def taken(self) -> list[str]:
        """What was asked for since this was last called, robots.txt left out."""
        paths = self.paths()
        new, self._taken = paths[self._taken :], len(paths)
        return new

    # -- events of the server ----------------------------------------------------------------------------------------

    def redesign(self) -> None:
        """The same articles at the same addresses, in markup that no known theme has."""
        self.design = "redesigned"

    def move_host(self) -> Self:
        """A new server, still to be entered, with the same articles and settings; this one redirects there for good."""
        settings = {name: value for name, value in vars(self).items() if hasattr(type(self), name)}
        moved = type(self)(self.desk, **settings)
        self.moved_to = moved.url
        return moved

    # -- answering ---------------------------------------------------------------------------------------------------

    def answer(self, asked: Asked) -> Reply:
        """The test's own route, else what the CMS says."""
        parts = urlsplit(asked.path)
        if self.moved_to:
            return redirect(self.moved_to + asked.path)
        if asked.path in self.routes or parts.path in self.routes:
            return super().answer(asked)
        reply = self.respond(Visit(parts.path, dict(parse_qsl(parts.query)), asked.headers, {}))
        return self.packed(conditional(reply, asked), asked)

    def respond(self, visit: Visit) -> Reply:
        """What the first route that fits gives, else the page that says 404."""
        for pattern, handler in self.table():
            if found := re.fullmatch(pattern, visit.path):
                parts = {name: value for name, value in found.groupdict().items() if value is not None}
                return handler(replace(visit, parts=parts)) or self.not_found()
        return self.not_found()

    def not_found(self) -> Reply:
        """The page for an address without content."""
        body = document("Halaman tidak ditemukan", "<h1>Halaman tidak ditemukan</h1>", 'class="error404"')
        return Reply(body, status=404)

    def packed(self, reply: Reply, asked: Asked) -> Reply:
        """Compressed where it is switched on; a strong validator becomes weak, as nginx has it."""
        if not self.gzip or reply.status == 304 or "gzip" not in asked.headers.get("accept-encoding", ""):
            return reply
        headers = {**reply.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        if headers.get("ETag", "").startswith('"'):
            headers["ETag"] = f"W/{headers['ETag']}"
        return replace(reply, body=gzip.compress(_bytes(reply.body), 1), headers=headers)

    def shown(self, posts: Sequence[Post], number: int, size: int | None = None) -> Sequence[Post]:
        """One page of posts, counted from 1."""
        size = size or self.per_page
        return posts[(number - 1) * size : number * size] if number >= 1 else ()

    def pages(self, posts: Sequence[Post]) -> int:
        """How many pages a listing of posts has."""
        return -(-len(posts) // self.per_page)


def conditional(reply: Reply, asked: Asked) -> Reply:
    """A 304 where the request's validators are exactly the reply's; If-None-Match goes first (RFC 9110, 13.2.2)."""
    etag, modified = (reply.headers.get(name) for name in ("ETag", "Last-Modified"))
    none_match, since = (asked.headers.get(name) for name in ("if-none-match", "if-modified-since"))
    is_same = none_match == etag if none_match else since == modified
    if reply.status != 200 or not (none_match or since) or not is_same:
        return reply
    return Reply(status=304, headers={name: value for name, value in reply.headers.items() if name != "Content-Type"})


def redirect(url: str, status: int = 301) -> Reply:
    """To another address, for good unless the status says otherwise."""
    return Reply(status=status, headers={"Location": url})


def text(body: str, kind: str = "text/plain", **headers: str) -> Reply:
    """An answer that is no HTML page; names of headers are written with `_`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(body, headers={"Content-Type": f"{kind}; charset=UTF-8", **named})


def document(title: str, body: str, attributes: str = "", head: str = "") -> str:
    """A page around a body."""
    return (
        f'<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="UTF-8">\n<title>{escape(title)}</title>\n{head}\n'
        f"</head>\n<body {attributes}>\n{body}\n</body>\n</html>\n"
    )


def redesigned_article(post: Post) -> str:
    """An article in a design of which nobody has a row: no known class, the date in words."""
    paragraphs = "".join(f'<div class="x-par"><p>{escape(words)}</p></div>' for words in post.paragraphs)
    when = f"{long_date(post.published)} {post.published:%H:%M} WIB"
    return (
        f'<div class="x-top"><a href="/">Depan</a></div><div class="x-baca"><h1 class="x-judul">{escape(post.title)}'
        f'</h1><div class="x-info">Penulis: {post.author} | {when}</div>'
        f'{paragraphs}</div><div class="x-bawah">Hak cipta</div>'
    )


def redesigned_listing(entries: Sequence[tuple[str, str]], following: str) -> str:
    """A list of (address, title) in that design."""
    cards = "".join(
        f'<div class="x-kartu"><a class="x-tautan" href="{url}"><span>{escape(title)}</span></a></div>'
        for url, title in entries
    )
    more = f'<a class="x-lanjut" href="{escape(following)}">Lanjut</a>' if following else ""
    return f'<div class="x-top"><a href="/">Depan</a></div><div class="x-daftar">{cards}</div>{more}'


def _bytes(body: bytes | str) -> bytes:
    return body.encode() if isinstance(body, str) else body
