"""What stands in documents that are proper HTTP: pages that are none, feeds, sitemaps, REST, listings, robots.txt."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from random import random

from pressroom import feed, listing, page, title
from trapped import BAD, GOOD, Trap, answer
from traps_wire import bomb

Made = str | bytes
RSS, XML, JSON = "application/rss+xml", "application/xml", "application/json"


def shows(place: str, kind: str, make: Callable[[str, str], Made], *, stored: bool = False) -> Trap:
    """A document that is made from the addresses of the server and of the service inside."""

    def talk(connection: socket.socket, url: str, inner: str) -> None:
        made = make(url, inner)
        connection.sendall(answer(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made, kind))

    return Trap(place, talk, stored)


def paged(make: Callable[[str, str], Made], *, stored: bool = False, kind: str = "text/html") -> Trap:
    """The good page, changed; `make` is given it and the address of the service inside."""
    return shows("page", kind, lambda url, inner: make(page(url, BAD), inner), stored=stored)


def within(piece: str) -> Callable[[str, str], Made]:
    """The good page with a piece between its paragraphs."""
    return lambda whole, _: whole.replace("</p><p>Kepala", f"</p>{piece}<p>Kepala")


def told(text: str) -> Callable[[str, str], Made]:
    """A page of no known theme under the title that was announced."""
    return lambda *_: (
        f"<!doctype html><html lang=id><head><title>Warta</title></head><body><nav><a href=/>Beranda</a></nav>"
        f"<main><h1>{title(BAD)}</h1><p>{text}</p></main><footer>Hak cipta</footer></body></html>"
    )


def _renamed(encoding: str) -> Callable[[str, str], Made]:
    return lambda whole, _: whole.replace("utf-8", encoding)


def rss(items: str, before: str = "") -> str:
    """A feed."""
    return f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>W</title>{items}</channel></rss>'


def item(url: str, number: int, more: str = "") -> str:
    """An entry of it."""
    return f"<item><title>{title(number)}</title><link>{url}/berita-{number}/</link>{more}</item>"


def places(*urls: str) -> str:
    """A sitemap."""
    return "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
LAUGHING = f"<!DOCTYPE x [<!ENTITY l0 'lol'>{LAUGHS}]>"
FATAL = "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function the_field() in /home/x/single.php:41"
CRITICAL = "<p>There has been a critical error on this website.</p>"
SCRIPT = '<script type="application/ld+json">'

TYPES: tuple[object, ...] = (None, True, 9**4000, "\ud800", [], {"rendered": [1]}, float("nan"), float("inf"), -1)

PAGES: dict[str, Trap] = {
    "NUL in words": paged(lambda whole, _: whole.replace("Lapas", "La\0pas"), stored=True),
    "UTF-16 without a mark": paged(lambda whole, _: whole.encode("utf-16-le"), stored=True),
    **{
        f"said to be {name}": paged(_renamed(name), kind=f"text/html; charset={name}", stored=True)
        for name in ("utf-7", "base64", "zlib", "undefined", "unicode_escape", "cp037", "punycode", "utf-9")
    },
    "100,000 tags deep": paged(within("<div>" * 100_000), stored=True),
    "200,000 elements": paged(lambda whole, _: whole + "<i>x</i>" * 200_000, stored=True),
    "an attribute of 9 MB": paged(within(f'<a title="{"y" * 9_000_000}"></a>'), stored=True),
    "an attribute of 50 MB": paged(within(f'<a title="{"y" * 50_000_000}"></a>')),
    "comments without end": paged(lambda whole, _: whole.replace("<article", "<!--" * 500_000 + "<article")),
    "JSON-LD in itself": paged(
        lambda whole, _: whole.replace("</head>", f"{SCRIPT}{'[' * 100_000}</script></head>"), stored=True
    ),
    "broken off by PHP": paged(lambda whole, _: whole.partition("</p><p>Kepala")[0] + f"</p>{FATAL}"),
    "broken off by WordPress": paged(lambda whole, _: whole.partition("</p><p>Kepala")[0] + f"</p>{CRITICAL}"),
    "cut in a sentence": paged(lambda whole, _: whole.partition(" bulan dan")[0]),
    "warned of by PHP": paged(
        within("<br /><b>Warning</b>: Undefined variable $x in <b>/a/b.php</b> on line <b>8</b>"), stored=True
    ),
    "gone, says the page": paged(told("Maaf, berita ini sudah dihapus atau dipindahkan.")),
    "gone, in English": paged(told("Sorry, the content you are looking for no longer exists.")),
    "nothing found": paged(told("Tidak ada hasil untuk pencarian Anda. Coba kata kunci lain.")),
    "behind a login": paged(told("Silakan masuk untuk membaca selengkapnya.")),
    "behind a check": paged(told("Please enable JavaScript and cookies to continue.")),
    "closed": paged(told("Situs sedang dalam pemeliharaan. Silakan kunjungi kembali nanti.")),
    "parked": paged(told("This domain is for sale! Hubungi kami.")),
    "defaced": paged(told("HACKED BY K1NG. Your security is low, admin!")),
    "cookies and no text": paged(told("Kami menggunakan cookie. Baca kebijakan privasi kami.")),
    "refresh inward": paged(
        lambda _, inner: f'<meta http-equiv="refresh" content="0;url={inner}/"><title>x</title><p>x'
    ),
    "claims to be inside": paged(
        lambda whole, inner: whole.replace(
            "</head>",
            f'<link rel="canonical" href="{inner}/"><meta property="og:url" '
            f'content="{inner}/b"><base href="{inner}/">{SCRIPT}{{"@type":"NewsArticle","url":"{inner}/"}}</script>'
            "</head>",
        ),
        stored=True,
    ),
}

FEEDS: dict[str, Trap] = {
    "laughs": shows("feed", RSS, lambda url, _: rss(item(url, 1).replace("Lapas", "&l11;") + item(url, 2), LAUGHING)),
    "files": shows(
        "feed",
        RSS,
        lambda url, inner: rss(
            item(url, 1).replace("Lapas", "&f;") + item(url, 2),
            f"<!DOCTYPE x SYSTEM '{inner}/d' [<!ENTITY % p SYSTEM '{inner}/p'> %p; <!ENTITY f SYSTEM 'file:///etc/passwd'>]>",
        ),
    ),
    "100,000 entries": shows("feed", RSS, lambda url, _: rss(item(url, 1) * 100_000)),
    "50,000 attributes": shows(
        "feed", RSS, lambda url, _: rss("<item " + " ".join(f"a{n}='1'" for n in range(50_000)) + ">" + item(url, 1))
    ),
    "100,000 tags deep": shows(
        "feed", RSS, lambda url, _: rss(item(url, 1) + item(url, 2) + "<item><description>" + "<a>" * 100_000)
    ),
    "a title of 9 MB": shows(
        "feed", RSS, lambda url, _: rss(item(url, 1).replace("Lapas", "L" * 9_000_000) + item(url, 2))
    ),
    "dates of all kinds": shows(
        "feed",
        RSS,
        lambda url, _: rss(
            item(url, 1, f"<pubDate>{'1' * 200_000}</pubDate>")
            + item(url, 2, "<pubDate>Mon, 99 Foo 0000 99:99</pubDate>")
        ),
    ),
    "a bomb": shows("feed", "application/gzip", lambda *_: bomb(300)),
    "another encoding": shows(
        "feed", RSS, lambda url, _: b"<?xml version='1.0' encoding='cp037'?>" + feed(url, GOOD).encode("cp037")
    ),
    "links to everywhere": shows(
        "feed",
        RSS,
        lambda url, inner: rss(
            "".join(
                f"<item><title>Lapas ke {n}</title><link>{link}</link></item>"
                for n, link in enumerate(
                    (
                        "javascript:alert(1)",
                        "file:///etc/passwd",
                        f"{inner}/a",
                        inner.replace("127.0.0.2", "2130706434"),
                        inner.replace("//", "//127.0.0.1@"),
                        "http://127.0.0.1:99999/",
                        "http://[",
                        f"{url}/{'a' * 5_000}",
                    )
                )
            )
            + item(url, 1)
            + item(url, 2)
        ),
    ),
    "JSON in itself": shows("feed", JSON, lambda *_: '{"items":' + "[" * 90_000),
    "JSON of other types": shows(
        "feed",
        JSON,
        lambda url, _: json.dumps(
            {
                "version": 1,
                "items": [
                    None,
                    1,
                    [],
                    {"url": 1},
                    {"url": f"{url}/berita-1/", "id": 9**4000, "title": {}, "date_published": 1e400},
                    {"url": f"{url}/berita-2/", "title": "\ud800", "authors": [{"name": [1]}], "tags": [None, {}]},
                ],
            }
        ),
    ),
    "a next page for ever": shows(
        "feed",
        JSON,
        lambda url, _: json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "next_url": f"{url}/way?{random()}",
                "items": [{"url": f"{url}/berita-{n}/", "title": title(n)} for n in GOOD],
            }
        ),
    ),
}

OTHERS: dict[str, Trap] = {
    "sitemap, a bomb": shows("sitemap", "application/gzip", lambda *_: bomb(300)),
    "sitemap, packed and long": shows(
        "sitemap",
        "application/gzip",
        lambda url, _: gzip.compress((places(*(f"{url}/berita-{n}/" for n in GOOD)) + " " * 50_000_000).encode(), 1),
    ),
    "sitemap, laughs": shows(
        "sitemap", XML, lambda url, _: LAUGHING + places(f"{url}/&l11;", *(f"{url}/berita-{n}/" for n in GOOD))
    ),
    "sitemap, files": shows(
        "sitemap",
        XML,
        lambda url, _: (
            "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
            + places(f"{url}/&f;", *(f"{url}/berita-{n}/" for n in GOOD))
        ),
    ),
    "sitemap, 300,000 attributes": shows(
        "sitemap",
        XML,
        lambda url, _: places(f"{url}/berita-1/").replace(
            "<urlset", "<urlset " + " ".join(f"xmlns:a{n}='u{n}'" for n in range(300_000))
        ),
    ),
    "sitemap, deep": shows("sitemap", XML, lambda url, _: "<urlset>" + "<url>" * 200_000 + places(f"{url}/berita-1/")),
    "sitemap index inward": shows(
        "sitemap",
        XML,
        lambda _, inner: (
            f"<sitemapindex><sitemap><loc>{inner}/s</loc></sitemap><sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>"
        ),
    ),
    "REST, millions of lists": shows("rest", JSON, lambda *_: "[" + "[]," * 3_300_000 + "[]]"),
    "REST, millions of numbers": shows("rest", JSON, lambda *_: "[" + "1.5," * 2_400_000 + "1]"),
    "REST, millions of keys": shows(
        "rest", JSON, lambda *_: "[{" + ",".join(f'"{n:x}":1' for n in range(800_000)) + "}]"
    ),
    "REST in itself": shows("rest", JSON, lambda *_: "[" * 5_000_000),
    "REST of other types": shows(
        "rest",
        JSON,
        lambda *_: json.dumps(
            [
                {"id": one, "link": [one], "title": one, "content": one, "date_gmt": one, "_embedded": one}
                for one in TYPES
            ]
        ),
    ),
    "listing that grows": shows(
        "listing",
        "text/html",
        lambda url, _: listing(url, GOOD).replace(
            "</main>",
            "".join(f"<a href='{url}/way?a={random()}'>Halaman {n} tentang lapas yang baru</a>" for n in range(200))
            + "</main>",
        ),
    ),
    "listing of 200,000 links": shows(
        "listing",
        "text/html",
        lambda url, _: listing(url, GOOD).replace(
            "</main>", "<a href='/x'>satu dua tiga empat lima</a>" * 200_000 + "</main>"
        ),
    ),
    "listing of the inside": shows(
        "listing",
        "text/html",
        lambda url, inner: (
            listing(url, GOOD).replace("<body>", f"<head><base href='{inner}/'></head><body>").replace(url, "")
        ),
    ),
    "robots.txt, 5 MB": shows(
        "robots", "text/plain", lambda *_: "User-agent: *\nDisallow: /x\n" * 200_000, stored=True
    ),
    "robots.txt, wild": shows(
        "robots", "text/plain", lambda *_: "User-agent: *\nDisallow: /" + "*e*r*a" * 12 + "*z$", stored=True
    ),
    "robots.txt, delays": shows(
        "robots",
        "text/plain",
        lambda *_: "User-agent: *\nCrawl-delay: inf\nCrawl-delay: -5\nCrawl-delay: nan",
        stored=True,
    ),
    "robots.txt inward": Trap(
        "robots",
        lambda connection, _, inner: connection.sendall(
            answer(b"", status=f"302 Found\r\nLocation: {inner}/robots.txt")
        ),
    ),
    "robots.txt on the disk": Trap(
        "robots",
        lambda connection, *_: connection.sendall(answer(b"", status="302 Found\r\nLocation: file:///etc/passwd")),
        stored=True,
    ),
    "robots.txt, an error": Trap("robots", lambda connection, *_: connection.sendall(answer(b"", status="500 No"))),
}
