"""Trouble with one host's name on a server that has others: the others go on, and the trouble is told as what it is."""

from __future__ import annotations

import sqlite3
import ssl
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from certificates import Authority
from crawling import crawl, record, updates, write_home
from loopback import Reply, Site, conditional
from pressroom import RSS, feed, pages

START = datetime(2026, 1, 29, 10, tzinfo=ZoneInfo("Asia/Jakarta"))
HOUR = timedelta(hours=1)
NUMBERS = range(1, 11)
QUICK: dict[str, Any] = {"NEWSFEED_BACKOFF": 0.0002}

# Names of `.example` lead to this machine, but those that begin with `hilang`. It must come before Twisted.
NAMES = """
import socket
unbroken = socket.getaddrinfo
def getaddrinfo(host, *given, **named):
    if str(host).startswith("hilang"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return unbroken("127.0.0.1" if str(host).endswith(".example") else host, *given, **named)
socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


def office(site: Site, name: str, *more: str, scheme: str = "http") -> str:
    """A source under a name of its own, all of them on one server."""
    slug = name.partition(".")[0]
    url = site.url.replace("http://127.0.0.1", f"{scheme}://{name}") + f"/{slug}"
    site.routes |= {f"/{slug}{path}": reply for path, reply in pages(url, NUMBERS).items()}
    site.routes[f"/{slug}/rss.xml"] = conditional(feed(url, NUMBERS), '"1"', RSS)
    ways = [{"type": "feed", "url": f"{url}/{file}"} for file in ("rss.xml", *more)]
    return record(slug, url, *ways, pace_group="one")


def stored(home: Path) -> int:
    with closing(sqlite3.connect(home / "newsfeed.db")) as db:
        return int(db.execute("select count(*) from articles").fetchone()[0])


def test_names_that_do_not_resolve_hold_back_none_of_their_sisters(site: Site, tmp_path: Path) -> None:
    lost = [office(site, f"hilang-{n}.example", "atom.xml", "feed.xml") for n in range(4)]
    write_home(tmp_path, [*lost, office(site, "ada.example")])
    report, again = updates(tmp_path, [START, START + 3 * HOUR], NAMES, **QUICK)
    assert report["ended"]["ada"] == {**report["ended"]["ada"], "ok": True, "state": "new"}
    assert stored(tmp_path) == len(NUMBERS)
    states = {slug: ended["state"] for slug, ended in report["ended"].items() if slug != "ada"}
    assert states == {f"hilang-{n}": "dns/tls" for n in range(4)}
    assert report["postponed"] == {}
    assert sorted(slug for slug, what, _ in report["incidents"] if what == "opened") == sorted(states)
    assert (again["ended"]["ada"]["ok"], again["incidents"]) == (True, [])


def test_certificate_that_is_over_holds_back_no_other_name(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    with Site() as bad:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.certificate("localhost", -1, is_signed=True))
        bad._server.socket = context.wrap_socket(bad._server.socket, server_side=True)
        expired = [
            office(bad, "localhost", "atom.xml", "feed.xml", scheme="https").replace('"localhost"', f'"lewat-{n}"')
            for n in range(3)
        ]
        write_home(tmp_path, [*expired, office(site, "ada.example")])
        report = crawl(tmp_path, preamble=NAMES, **QUICK)
    assert {slug: ended["state"] for slug, ended in report["ended"].items()} == {
        "ada": "new", **{f"lewat-{n}": "dns/tls" for n in range(3)},
    }  # fmt: skip
    assert stored(tmp_path) == len(NUMBERS)


def test_name_that_is_lost_is_not_asked_again_for_each_of_its_pages(site: Site, tmp_path: Path) -> None:
    """Its robots.txt is kept and its links are open, so nothing but the failures can end that."""
    tried = tmp_path / "tried"
    counting = NAMES.replace("raise", f"open({str(tried)!r}, 'a').write('.'); raise")
    write_home(tmp_path, [office(site, "hilang.example"), office(site, "ada.example")])
    updates(tmp_path, [START], NAMES.replace("hilang", "tidak"), NEWSFEED_BUDGET=6, **QUICK)
    updates(tmp_path, [START + 6 * HOUR], counting, **QUICK)
    assert len(tried.read_text()) <= 4
    updates(tmp_path, [START + 12 * HOUR], NAMES.replace("hilang", "tidak"), **QUICK)
    with closing(sqlite3.connect(tmp_path / "newsfeed.db")) as db:
        assert db.execute("select count(*) from articles where source = 'hilang'").fetchone() == (len(NUMBERS),)


def test_server_of_many_ways_that_is_down_is_told_of(site: Site, tmp_path: Path) -> None:
    site.routes["/robots.txt"] = ""
    ways = [{"type": "feed", "url": f"{site.url}/{n}.xml"} for n in range(4)]
    site.routes |= {f"/{n}.xml": Reply("x", status=500) for n in range(4)}
    write_home(tmp_path, [record("warta", site.url, *ways)])
    report = crawl(tmp_path, **QUICK)
    assert report["ended"]["warta"]["state"] == "failing"
    assert [incident[:2] for incident in report["incidents"]] == [["warta", "opened"]]
