"""Traps of hostile and broken servers, each beside a good source that must lose nothing.

Elsewhere: bombs, endless and dripping answers, redirects inward and without end, robots.txt that is missing
(`test_crawl`); spellings of private addresses, names that resolve inward, compressed bodies, sizes of robots.txt
(`middlewares/`); calendars, growing paths, endless listings (`test_traps`); trees and entries without end
(`test_extraction`, `discover/`); everything at once, and memory under it (`test_guards`).
"""

from __future__ import annotations

import gzip
import socket
import sqlite3
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from certificates import Authority
from crawling import crawl, record, write_home
from loopback import Reply, Route, Site
from pressroom import RSS, feed, page, pages, title

NUMBERS = (1, 2, 3)
CUT_OFF = "no whole answer within the time limit"


def way(url: str) -> dict[str, str]:
    return {"type": "feed", "url": f"{url}/rss.xml"}


def stock(site: Site) -> Site:
    """Three articles and their feed."""
    site.routes |= pages(site.url, NUMBERS)
    site.routes["/rss.xml"] = Reply(feed(site.url, NUMBERS), headers=RSS)
    return site


def stored(home: Path, slug: str) -> list[str]:
    with closing(sqlite3.connect(home / "newsfeed.db")) as db:
        return [row[0] for row in db.execute("select title from articles where source = ? order by title", (slug,))]


def everything() -> list[str]:
    return [title(n) for n in NUMBERS]


# -- requests inward -------------------------------------------------------------------------------------------------


def to(address: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": address})


def refresh(address: str) -> Reply:
    return Reply(f'<!doctype html><meta http-equiv="refresh" content="0;url={address}"><title>x</title><p>x')


def test_nothing_leads_inward(tmp_path: Path) -> None:
    """127.0.0.2 stands for the internal service: the sources' records allow 127.0.0.1 alone."""
    with Site() as good, Site() as bad, inner_service() as (inner, hits):
        stock(good)
        stock(bad)
        bad.routes |= {
            "/berita-1/": to(f"{inner}/a"),
            "/berita-2/": refresh(f"{inner}/b"),
            "/robots.txt": "User-agent: *\nAllow: /\n" + f"Sitemap: {inner}/sitemap.xml\n",
            "/sitemap.xml": f"<urlset><url><loc>{inner}/s</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>",
            "/index.xml": f"<sitemapindex><sitemap><loc>{inner}/sitemap.xml</loc></sitemap></sitemapindex>",
            "/links.xml": Reply(feed(bad.url, NUMBERS).replace(f"{bad.url}/berita-3/", f"{inner}/c"), headers=RSS),
        }
        robots = Site({"/robots.txt": to(f"{inner}/robots.txt"), "/rss.xml": Reply(feed(good.url, (1,)), headers=RSS)})
        with robots:
            write_home(
                tmp_path,
                [
                    record("baik", good.url, way(good.url)),
                    record("buruk", bad.url, way(bad.url)),
                    record("peta", bad.url, {"type": "sitemap", "url": f"{bad.url}/sitemap.xml"}),
                    record("daftar", bad.url, {"type": "sitemap", "url": f"{bad.url}/index.xml"}),
                    record("tautan", bad.url, {"type": "feed", "url": f"{bad.url}/links.xml"}),
                    record("robot", robots.url, way(robots.url)),
                    record("nama", inner, way(inner), allow_private=False),
                ],
            )
            report = crawl(tmp_path)
    assert hits == []
    assert stored(tmp_path, "baik") == everything()
    assert not [slug for slug in ("nama", "robot") if report["ended"][slug]["ok"]]
    assert report["errors"] == []


@pytest.mark.parametrize(
    "scheme", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "data:text/html,x"]
)
def test_no_other_scheme_is_followed(tmp_path: Path, scheme: str) -> None:
    with Site() as good, Site() as bad:
        stock(good)
        stock(bad)
        bad.routes |= {"/berita-1/": to(scheme), "/berita-2/": refresh(scheme)}
        write_home(tmp_path, [record("baik", good.url, way(good.url)), record("buruk", bad.url, way(bad.url))])
        report = crawl(tmp_path)
    assert stored(tmp_path, "baik") == everything()
    assert stored(tmp_path, "buruk") == [title(3)]
    assert report["errors"] == []


def test_proxies_of_the_environment_are_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Site() as good, Site() as proxy:
        stock(good)
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        inside = proxy.url.replace("127.0.0.1", "localhost")
        write_home(
            tmp_path,
            [record("baik", good.url, way(good.url)), record("dalam", inside, way(inside), allow_private=False)],
        )
        crawl(tmp_path)
        assert proxy.asked == []
    assert stored(tmp_path, "baik") == everything()


# -- half answers ----------------------------------------------------------------------------------------------------


def raw_answer(head: bytes, body: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body)

    return answer


def hang(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: ")
    threading.Event().wait(20)


WHOLE = page("http://x.example", 1).encode()
HALF: dict[str, Route] = {
    "206": Reply(WHOLE, status=206),
    "202": Reply(WHOLE, status=202),
    "203": Reply(WHOLE, status=203),
    "shorter than announced": Reply(WHOLE, length=len(WHOLE) + 500),
    "gzip, cut": Reply(gzip.compress(WHOLE)[:-20], headers={"Content-Encoding": "gzip"}),
    "brotli, not asked for": Reply(b"\x0b\x02\x80x\x03", headers={"Content-Encoding": "br"}),
    "zstd, not asked for": Reply(b"\x28\xb5\x2f\xfd" + b"x" * 40, headers={"Content-Encoding": "zstd"}),
    "a challenge": Reply(
        "<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>"
        "<script>window._cf_chl_opt={}</script>"
    ),
    "a database error": Reply("<title>Database Error</title><h1>Error establishing a database connection</h1>"),
}


def test_half_answers_and_soft_errors_make_no_article(tmp_path: Path) -> None:
    with Site() as bad:
        numbers = range(1, len(HALF) + 2)
        bad.routes |= pages(bad.url, numbers)
        bad.routes |= {f"/berita-{n}/": route for n, route in enumerate(HALF.values(), 2)}
        bad.routes["/rss.xml"] = Reply(feed(bad.url, numbers), headers=RSS)
        write_home(tmp_path, [record("buruk", bad.url, way(bad.url))])
        report = crawl(tmp_path)
    assert stored(tmp_path, "buruk") == [title(1)]
    assert report["errors"] == []


def test_chunks_without_end_and_hosts_that_hang_delay_no_other(tmp_path: Path) -> None:
    cut = raw_answer(b"Transfer-Encoding: chunked\r\nConnection: close\r\n", b"2000\r\n" + WHOLE)
    with Site() as good, speaking(cut) as short, speaking(hang) as slow:
        stock(good)
        write_home(
            tmp_path,
            [
                *(record(f"diam-{n}", slow, way(slow), pace_group=f"diam-{n}") for n in range(4)),
                record("pendek", short, {"type": "listing", "url": f"{short}/berita"}),
                record("baik", good.url, way(good.url)),
            ],
        )
        report = crawl(tmp_path)
    assert stored(tmp_path, "baik") == everything()
    assert not [slug for slug, ended in report["ended"].items() if ended["ok"] and slug != "baik"]
    assert report["errors"] == []


def test_answer_that_drips_for_ever_is_cut_off_at_the_limit_and_delays_no_other(tmp_path: Path) -> None:
    """A byte comes well within any time limit between two; the limit is that of the whole answer."""
    tries: list[float] = []

    def drip(connection: socket.socket) -> None:
        tries.append(monotonic())
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 99999\r\n\r\n<rss>")
        while True:
            connection.sendall(b" ")
            sleep(0.1)

    with Site() as good, speaking(drip) as bad:
        stock(good)
        write_home(tmp_path, [record("tetes", bad, way(bad)), record("baik", good.url, way(good.url))])
        report = crawl(tmp_path, DOWNLOAD_TIMEOUT="1.5", NEWSFEED_BACKOFF="0.001")
    ended = report["ended"]["tetes"]
    assert (ended["state"], ended["reason"]) == ("failing", f"feed {bad}/rss.xml failed: {CUT_OFF}")
    assert len(tries) == 4, "it was hung up on, as nothing else lets the repeats through"
    assert stored(tmp_path, "baik") == everything()
    assert max(one.at for one in good.asked) < tries[1]


def test_challenge_in_place_of_a_site_is_told_as_such(tmp_path: Path) -> None:
    challenge = HALF["a challenge"]
    assert isinstance(challenge, Reply)
    with Site() as soft, Site() as hard:
        soft.routes["/rss.xml"] = challenge
        hard.routes["/rss.xml"] = Reply(challenge.body, status=403, headers={"CF-Mitigated": "challenge"})
        write_home(tmp_path, [record("lunak", soft.url, way(soft.url)), record("keras", hard.url, way(hard.url))])
        report = crawl(tmp_path)
    assert {slug: ended["state"] for slug, ended in report["ended"].items()} == {"lunak": "blocked", "keras": "blocked"}


# -- certificates ----------------------------------------------------------------------------------------------------

CERTIFICATES = {
    "proper": ("localhost", 30, True, True),
    "expired": ("localhost", -1, True, False),
    "of another host": ("lain.example", 30, True, False),
    "signed by itself": ("localhost", 30, False, False),
}


@pytest.mark.parametrize(("name", "days", "is_signed", "is_good"), CERTIFICATES.values(), ids=CERTIFICATES.keys())
def test_certificates_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, days: int, is_signed: bool, is_good: bool
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    with Site() as site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.certificate(name, days, is_signed=is_signed))
        site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
        site.url = site.url.replace("http://127.0.0.1", "https://localhost")
        stock(site)
        write_home(tmp_path, [record("warta", site.url, way(site.url))])
        ended = crawl(tmp_path)["ended"]["warta"]
    assert (ended["ok"], ended["state"]) == (is_good, "new" if is_good else "dns/tls"), ended["reason"]


# -- servers ---------------------------------------------------------------------------------------------------------


def accept(server: socket.socket, take: Callable[[socket.socket], None]) -> None:
    """Hand over every connection, in a thread, until the server is closed."""

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            take(connection)

    threading.Thread(target=serve, daemon=True).start()


@contextmanager
def speaking(answer: Callable[[socket.socket], None], host: str = "127.0.0.1") -> Iterator[str]:
    """A server of raw bytes; robots.txt is not there."""
    with socket.create_server((host, 0)) as server:

        def talk(connection: socket.socket) -> None:
            with connection:
                try:
                    if b"/robots.txt" in connection.recv(65536):
                        connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    else:
                        answer(connection)
                except OSError:
                    return

        accept(server, lambda connection: threading.Thread(target=talk, args=(connection,), daemon=True).start())
        yield f"http://{host}:{server.getsockname()[1]}"


@contextmanager
def inner_service() -> Iterator[tuple[str, list[int]]]:
    """A service at another loopback address, and a list that grows with every connection to it."""
    hits: list[int] = []
    with socket.create_server(("127.0.0.2", 0)) as server:

        def turn_away(connection: socket.socket) -> None:
            hits.append(1)
            connection.close()

        accept(server, turn_away)
        yield f"http://127.0.0.2:{server.getsockname()[1]}", hits
