"""What servers do with HTTP itself: lengths, chunks, heads, encodings, redirects. Each in place of a page."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from itertools import islice, repeat

from pressroom import page
from trapped import BAD, Trap, answer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = 1_000_000


def whole(url: str) -> bytes:
    """The page as it should be."""
    return page(url, BAD).encode()


def raw(make: Callable[[bytes], bytes], *, stored: bool = False) -> Trap:
    """Bytes made of the good page."""
    return Trap("page", lambda connection, url, _: connection.sendall(make(whole(url))), stored)


def encoded(make: Callable[[bytes], bytes], *encodings: str, stored: bool = False) -> Trap:
    """A page in content encodings, or said to be in them."""
    more = [f"Content-Encoding: {encoding}" for encoding in encodings]
    return raw(lambda body: answer(make(body), "text/html", *more), stored=stored)


def endless(head: bytes, piece: bytes, wait: float = 0.0) -> Trap:
    """An answer that does not end."""

    def talk(connection: socket.socket, *_: str) -> None:
        connection.sendall(head)
        for one in islice(repeat(piece), ENDLESS):
            connection.sendall(one)
            time.sleep(wait)

    return Trap("page", talk)


def redirect(to: str) -> Trap:
    """A redirect to an address, in which {url} and {inner} stand for the servers."""

    def talk(connection: socket.socket, url: str, inner: str) -> None:
        port = inner.rpartition(":")[2]
        connection.sendall(answer(b"", status=f"302 Found\r\nLocation: {to.format(url=url, inner=inner, port=port)}"))

    return Trap("page", talk)


def layers(body: bytes, count: int) -> bytes:
    """Packed so many times."""
    for _ in range(count):
        body = gzip.compress(body)
    return body


def bomb(megabytes: int, window: int = 31) -> bytes:
    """A stream that unpacks to so many megabytes of paragraphs."""
    packer, piece = zlib.compressobj(9, zlib.DEFLATED, window), b"<p>x</p>" * 131_072
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def chunk(body: bytes) -> bytes:
    """One chunk."""
    return b"%x\r\n%s\r\n" % (len(body), body)


WIRE: dict[str, Trap] = {
    "packed twice": encoded(lambda body: layers(body, 2), "gzip, gzip", stored=True),
    "packed twice, in two headers": encoded(lambda body: layers(body, 2), "gzip", "gzip", stored=True),
    "packed, with padding": encoded(lambda body: gzip.compress(body) + b"\0" * 200, "gzip", stored=True),
    "said to be packed": encoded(bytes, "gzip"),
    "in an unknown encoding": encoded(bytes, "compress, foo"),
    "packed and cut": encoded(lambda body: gzip.compress(body)[:-12], "gzip"),
    "bomb": encoded(lambda _: bomb(300), "gzip"),
    "bomb, packed again": encoded(lambda _: gzip.compress(bomb(300)), "gzip, gzip"),
    "bomb without a head": encoded(lambda _: bomb(300, -15), "deflate"),
    "length too long": raw(lambda body: HEAD + b"Content-Length: 99999\r\nConnection: close\r\n\r\n" + body),
    "length too short": raw(lambda body: HEAD + b"Content-Length: %d\r\n\r\n" % (len(body) * 3 // 4) + body),
    "length below zero": raw(lambda body: HEAD + b"Content-Length: -5\r\n\r\n" + body),
    "length in words": raw(lambda body: HEAD + b"Content-Length: abc\r\n\r\n" + body),
    "length beyond all": raw(lambda body: HEAD + b"Content-Length: 99999999999999999999\r\n\r\n" + body),
    "two lengths": raw(lambda body: HEAD + b"Content-Length: 9\r\nContent-Length: %d\r\n\r\n" % len(body) + body),
    "no length": raw(lambda body: HEAD + b"Connection: close\r\n\r\n" + body, stored=True),
    "no length, cut": raw(lambda body: HEAD + b"Connection: close\r\n\r\n" + body[: len(body) * 4 // 5]),
    "chunk cut": raw(lambda body: CHUNKED + b"%x\r\n" % (len(body) + 9) + body),
    "last chunk missing": raw(lambda body: CHUNKED + chunk(body)),
    "chunk of no size": raw(lambda body: CHUNKED + b"zz\r\n" + body),
    "chunk and length": raw(
        lambda body: HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(body) + b"0\r\n\r\n",
        stored=True,
    ),
    "chunk with an endless name": endless(CHUNKED + b"5;", b"a" * 65_536),
    "chunks of a byte": endless(CHUNKED, b"1\r\nx\r\n" * 10_000),
    "endless trailers": endless(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-A: b\r\n" * 5_000),
    "endless headers": endless(HEAD, b"X-A: " + b"b" * 1_000 + b"\r\n"),
    "endless header": endless(HEAD + b"X: ", b"b" * 65_536),
    "endless status line": endless(b"HTTP/1.1 200 ", b"O" * 65_536),
    "dripping headers": endless(HEAD, b"X-A: b\r\n", 0.2),
    "dripping body": endless(HEAD + b"\r\n", b"x", 0.2),
    "endless body": endless(HEAD + b"\r\n", b"<p>x</p>" * 8_192),
    "many headers": raw(
        lambda body: HEAD + b"".join(b"X-%d: 1\r\n" % n for n in range(9_000)) + b"Connection: close\r\n\r\n" + body,
        stored=True,
    ),
    "many cookies": raw(
        lambda body: answer(body, "text/html", *(f"Set-Cookie: a{n}=b" for n in range(3_000))), stored=True
    ),
    "flood of 100": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000),
    "flood of 103": endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1_000),
    "some 100": raw(lambda body: b"HTTP/1.1 100 Continue\r\n\r\n" * 5 + answer(body), stored=True),
    "other protocol": raw(lambda body: b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + body),
    "HTTP/0.9": raw(bytes),
    "ICY": raw(lambda body: b"ICY 200 OK\r\n\r\n" + body),
    "SSH": raw(lambda _: b"SSH-2.0-OpenSSH_9.2\r\n"),
    "HTTP/2": raw(lambda _: b"\0\0\x12\4\0\0\0\0\0" + bytes(18)),
    "nothing": raw(lambda _: b""),
    "status 999": raw(lambda body: answer(body, status="999 No")),
    "status of six digits": raw(lambda body: b"HTTP/1.1 200000 OK\r\n\r\n" + body),
    "status 204 with a body": raw(lambda body: answer(body, status="204 No Content")),
    "status 300": raw(lambda body: answer(body, status="300 Multiple Choices")),
    "status 304, not asked for": raw(lambda _: answer(b"", status="304 Not Modified")),
    "redirect to nowhere": raw(lambda _: answer(b"", status="301 Moved")),
    "redirect to itself": redirect("/berita-3/"),
    "redirect that grows": redirect("{url}/berita-3/?" + "a" * 200_000),
    "redirect inward": redirect("{inner}/a"),
    "redirect inward, as a number": redirect("http://2130706434:{port}/a"),
    "redirect inward, in octal": redirect("http://0177.0.0.2:{port}/a"),
    "redirect inward, in IPv6": redirect("http://[::ffff:127.0.0.2]:{port}/a"),
    "redirect inward, behind a user": redirect("http://127.0.0.1@127.0.0.2:{port}/a"),
    "redirect inward, without scheme": redirect("//127.0.0.2:{port}/a"),
    "redirect to the disk": redirect("file:///etc/passwd"),
    "redirect to a script": redirect("javascript:alert(1)"),
    "redirect to data": redirect("data:text/html,<h1>Lapas</h1>"),
    "redirect to no port": redirect("http://127.0.0.1:0/a"),
    "redirect to a port beyond all": redirect("http://127.0.0.1:99999/a"),
    "refresh inward": Trap(
        "page",
        lambda connection, _, inner: connection.sendall(
            answer(b"<!doctype html><title>x</title><p>x", "text/html", f"Refresh: 0; url={inner}/a")
        ),
    ),
}
