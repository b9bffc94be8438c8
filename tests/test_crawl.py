"""A crawl over loopback with the real Scrapy: what is stored, what is asked, and what trouble comes to."""

from __future__ import annotations

import gzip
import json
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import formatdate
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from threading import Thread
from time import sleep, time
from typing import Any

import pytest
from crawling import crawl, record, updates, write_home
from loopback import Asked, Reply, Route, Site, conditional
from pressroom import RSS, feed, listing, page, pages, posts, title, wordpress

NUMBERS = range(1, 6)
NEXT_DAY = "2026-01-30T10:00:00+07:00"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with five articles and a feed of them."""
    with Site() as server:
        server.routes |= pages(server.url, NUMBERS)
        server.routes["/rss.xml"] = Reply(feed(server.url, NUMBERS), headers=RSS)
        yield server


def feed_way(site: Site) -> dict[str, object]:
    return {"type": "feed", "url": f"{site.url}/rss.xml"}


def titles(home: Path) -> list[str]:
    with sqlite3.connect(home / "newsfeed.db") as db:
        return [row[0] for row in db.execute("select title from articles order by title")]


def only(home: Path, sql: str) -> list[Any]:
    with sqlite3.connect(home / "newsfeed.db") as db:
        return [row[0] if len(row) == 1 else tuple(row) for row in db.execute(sql)]


# -- the ways --------------------------------------------------------------------------------------------------------


def test_feed_and_pages(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    report = crawl(tmp_path)
    assert report["ended"]["warta"]["state"] == "new"
    assert titles(tmp_path) == [title(n) for n in NUMBERS]
    assert only(tmp_path, "select distinct author from articles") == ["Ani Contoh"]
    assert only(tmp_path, "select published from articles where url like '%-1/'") == ["2026-01-02T01:00:00Z"]


def test_listing_pages_are_walked_in_each_kind_of_paging(tmp_path: Path) -> None:
    with Site() as site:
        site.routes |= pages(site.url, range(1, 26))
        for number in (1, 2, 3):
            shown = listing(site.url, range((number - 1) * 10 + 1, min(number * 10, 25) + 1))
            offset = (number - 1) * 10
            for path in (
                ("/a", "/b", "/c") if number == 1 else (f"/a?start={offset}", f"/b?page={number}", f"/c/page/{number}/")
            ):
                site.routes[path] = shown
        site.routes["/a?start=30"] = listing(site.url, range(21, 26))
        for name, paging in (("a", "start"), ("b", "page"), ("c", "path")):
            home = tmp_path / name
            write_home(
                home, [record(name, site.url, {"type": "listing", "url": f"{site.url}/{name}", "paging": paging})]
            )
            crawl(home)
            assert len(titles(home)) == 25, paging


def test_wordpress_needs_a_request_for_100_posts(tmp_path: Path) -> None:
    with Site() as site:
        site.routes["/wp-json/wp/v2/posts"] = wordpress(posts(site.url, range(1, 251)))
        write_home(tmp_path, [record("warta", site.url, {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"})])
        report = crawl(tmp_path)
        assert report["counts"]["warta"] == {"new": 250}
        assert len(site.paths()) == 3
        assert only(tmp_path, "select count(*) from links where state = 'done'") == [250]


def test_wordpress_edit_arrives_by_modified_after(tmp_path: Path) -> None:
    with Site() as site:
        held = posts(site.url, range(1, 8))
        site.routes["/wp-json/wp/v2/posts"] = wordpress(held)
        write_home(tmp_path, [record("warta", site.url, {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"})])
        crawl(tmp_path)
        held[:] = posts(site.url, range(1, 9), {3: "2026-01-29T20:00:00"})
        asked = len(site.paths())
        report = crawl(tmp_path, NEXT_DAY)
        assert {name: report["counts"]["warta"][name] for name in ("new", "edited")} == {"new": 1, "edited": 1}
        assert len(site.paths()) - asked == 2
        assert only(tmp_path, "select updated from articles where updated is not null") == ["2026-01-30T03:00:00Z"]


def test_next_way_is_used_when_one_fails_and_that_is_recorded(site: Site, tmp_path: Path) -> None:
    closed = {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"}
    site.routes["/wp-json/wp/v2/posts"] = Reply('{"code":"rest_disabled","message":"x"}', status=401)
    write_home(tmp_path, [record("warta", site.url, closed, feed_way(site))])
    ended = crawl(tmp_path)["ended"]["warta"]
    assert (ended["ok"], ended["strategy"]) == (True, f"feed {site.url}/rss.xml")
    assert "401" in ended["reason"]
    assert len(titles(tmp_path)) == 5
    crawl(tmp_path, NEXT_DAY)
    site.routes["/wp-json/wp/v2/posts"] = wordpress(posts(site.url, NUMBERS, {3: "2026-01-29T20:00:00"}))
    report = crawl(tmp_path, "2026-01-31T10:00:00+07:00")
    assert report["ended"]["warta"]["strategy"] == f"wordpress {site.url}/wp-json/wp/v2", "preferred again at once"
    assert report["counts"]["warta"]["edited"] == 1
    assert len(titles(tmp_path)) == 5


def test_rest_that_opens_later_brings_history_and_not_news(site: Site, tmp_path: Path) -> None:
    rest = {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"}
    write_home(tmp_path, [record("warta", site.url, rest, feed_way(site))])
    crawl(tmp_path)
    site.routes["/rss.xml"] = Reply("gone", status=410)
    site.routes["/wp-json/wp/v2/posts"] = wordpress(posts(site.url, range(1, 26)))
    crawl(tmp_path, NEXT_DAY)
    assert len(titles(tmp_path)) == 25
    assert only(tmp_path, "select max(entered) from articles") == ["2026-01-26T01:00:00Z"]


def test_walk_that_breaks_off_goes_on_in_the_next_run_and_its_links_stay_history(tmp_path: Path) -> None:
    with Site() as site:
        site.routes |= pages(site.url, range(1, 26))
        for number in (1, 2, 3):
            shown = listing(site.url, range((number - 1) * 10 + 1, min(number * 10, 25) + 1))
            site.routes["/b" if number == 1 else f"/b?page={number}"] = shown
        second, site.routes["/b?page=2"] = site.routes["/b?page=2"], Reply("oops", status=500)
        write_home(tmp_path, [record("b", site.url, {"type": "listing", "url": f"{site.url}/b", "paging": "page"})])
        first = crawl(tmp_path)
        assert (first["ended"]["b"]["ok"], len(titles(tmp_path))) == (True, 10)
        assert "HTTP 500" in first["ended"]["b"]["reason"]
        site.routes["/b?page=2"] = second
        crawl(tmp_path, NEXT_DAY)
        assert len(titles(tmp_path)) == 25
        assert set(only(tmp_path, "select origin from links")) == {"first"}
        asked = len(site.paths())
        crawl(tmp_path, "2026-01-30T10:15:00+07:00")
        assert site.paths()[asked:] == ["/b"]


def test_nothing_new_is_one_conditional_request(site: Site, tmp_path: Path) -> None:
    site.routes["/rss.xml"] = conditional(feed(site.url, NUMBERS), '"v1"', RSS)
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    asked = len(site.paths())
    report = crawl(tmp_path, NEXT_DAY)
    assert site.paths()[asked:] == ["/rss.xml"]
    assert report["ended"]["warta"]["state"] == "unchanged"
    assert report["exit_code"] == 0


def sitemap(url: str, *paths: str, kind: str = "url") -> str:
    inner = "".join(f"<{kind}><loc>{url}{path}</loc></{kind}>" for path in paths)
    root = "urlset" if kind == "url" else "sitemapindex"
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'


def test_sitemap_index_that_never_changes_hides_nothing(site: Site, tmp_path: Path) -> None:
    def show(*numbers: int) -> None:
        paths = [f"/berita-{n}/" for n in numbers]
        site.routes["/post-2.xml"] = conditional(sitemap(site.url, *paths), f'"{len(numbers)}"')

    parts = [f"/post-{n}.xml" for n in (1, 2)]
    site.routes["/sitemap.xml"] = conditional(sitemap(site.url, *parts, "/page-1.xml", kind="sitemap"), '"always"')
    site.routes["/post-1.xml"] = conditional(sitemap(site.url, "/berita-1/", "/berita-2/"), '"old"')
    show(3, 4, 5)
    write_home(tmp_path, [record("warta", site.url, {"type": "sitemap", "url": f"{site.url}/sitemap.xml"})])
    crawl(tmp_path)
    assert len(titles(tmp_path)) == 5
    for day, numbers, pages_asked in ((30, (3, 4, 5), []), (31, (3, 4, 5, 6), ["/berita-6/"]), (31, (3, 4, 5, 6), [])):
        asked = len(site.paths())
        site.routes["/berita-6/"] = page(site.url, 6)
        show(*numbers)
        report = crawl(tmp_path, f"2026-01-{day}T10:00:00+07:00")
        assert [path for path in site.paths()[asked:] if "xml" in path] == ["/sitemap.xml", "/post-2.xml"]
        assert (report["ended"]["warta"]["ok"], [p for p in site.paths()[asked:] if p == "/berita-6/"]) == (
            True, pages_asked,
        )  # fmt: skip
    assert len(titles(tmp_path)) == 6


def test_sitemap_that_is_as_it_was_ends_no_walk_through_its_index(site: Site, tmp_path: Path) -> None:
    parts = {"/berita-sitemap.xml": ("/berita-1/", "/berita-2/"), "/rilis-sitemap.xml": ("/berita-3/", "/berita-4/")}
    site.routes["/sitemap.xml"] = sitemap(site.url, *parts, kind="sitemap")
    site.routes |= {part: conditional(sitemap(site.url, *paths), f'"{part}"') for part, paths in parts.items()}
    write_home(tmp_path, [record("warta", site.url, {"type": "sitemap", "url": f"{site.url}/sitemap.xml"})])
    start = datetime.fromisoformat("2026-01-29T10:00:00+07:00")
    updates(tmp_path, [start])
    asked = len(site.paths())
    site.routes["/rilis-sitemap.xml"] = sitemap(site.url, *parts["/rilis-sitemap.xml"], "/berita-5/")
    _, again = updates(tmp_path, [start + timedelta(days=5), start + timedelta(days=5, minutes=10)])
    assert [path for path in site.paths()[asked:] if "xml" in path] == ["/sitemap.xml", *parts]
    assert again["ended"] == {}
    assert len(titles(tmp_path)) == 5


def test_known_articles_are_not_asked_again(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    asked = len(site.paths())
    site.routes["/rss.xml"] = Reply(feed(site.url, range(1, 7)), headers=RSS)
    site.routes["/berita-6/"] = page(site.url, 6)
    crawl(tmp_path, NEXT_DAY)
    assert site.paths()[asked:] == ["/rss.xml", "/berita-6/"]


# -- manners ---------------------------------------------------------------------------------------------------------


def test_robots_txt_is_asked_first_and_obeyed(site: Site, tmp_path: Path) -> None:
    site.routes["/robots.txt"] = "User-agent: *\nDisallow: /berita-2/\n"
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    assert site.asked[0].path == "/robots.txt"
    assert "/berita-2/" not in site.paths()
    assert len(titles(tmp_path)) == 4
    assert only(tmp_path, "select state from links where url like '%/berita-2/'") == ["open"]


def test_requests_name_the_operator_and_keep_the_delay(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, feed_way(site), delay=0.3)])
    crawl(tmp_path)
    assert {asked.headers["user-agent"] for asked in site.asked} == {
        f"newsfeed-id/{version('newsfeed-id')} (+test@newsfeed.example)"
    }
    gaps = [later.at - earlier.at for earlier, later in pairwise(site.asked)]
    assert min(gaps) > 0.25


def test_sources_of_one_server_are_asked_one_at_a_time(tmp_path: Path) -> None:
    busy, most = [0], [0]

    def slow(body: str, kind: str) -> Route:
        def route(asked: Asked) -> Reply:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
            sleep(0.05)
            busy[0] -= 1
            return Reply(body, headers={"Content-Type": kind})

        return route

    with Site() as one, Site() as two:
        for site in (one, two):
            site.routes |= {path: slow(str(body), "text/html") for path, body in pages(site.url, NUMBERS).items()}
            site.routes["/rss.xml"] = slow(feed(site.url, NUMBERS), RSS["Content-Type"])
        records = [record(name, site.url, feed_way(site), pace_group="both") for name, site in (("a", one), ("b", two))]
        write_home(tmp_path, records)
        crawl(tmp_path)
    assert len(titles(tmp_path)) == 10
    assert most == [1]


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_holds_everything_for_that_server_back(site: Site, tmp_path: Path, form: str) -> None:
    refused: list[float] = []

    def busy_once(asked: Asked) -> Reply:
        if refused:
            return Reply(page(site.url, 1))
        refused.append(asked.at)
        value = "2" if form == "seconds" else formatdate(time() + 2.5, usegmt=True)
        return Reply("busy", status=503, headers={"Retry-After": value})

    site.routes["/berita-1/"] = busy_once
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    after = min(asked.at for asked in site.asked if asked.at > refused[0])
    assert after - refused[0] > 1.4
    assert len(titles(tmp_path)) == 5


def test_a_server_that_asks_for_a_long_wait_is_left_alone(site: Site, tmp_path: Path) -> None:
    site.routes["/berita-1/"] = Reply("busy", status=429, headers={"Retry-After": "99999999999999"})
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    assert site.paths() == ["/rss.xml", "/berita-1/"]
    assert only(tmp_path, "select count(*) from links where state = 'open'") == [5], "all are tried again later"


def test_a_failed_page_is_tried_three_times_more(site: Site, tmp_path: Path) -> None:
    site.routes["/berita-1/"] = Reply("oops", status=500)
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    assert site.paths().count("/berita-1/") == 4
    assert len(titles(tmp_path)) == 4


# -- trouble ---------------------------------------------------------------------------------------------------------


def drip(body: str) -> Reply:
    return Reply(body, drip=0.2)


def bomb() -> Reply:
    return Reply(gzip.compress(b"\x00" * 30_000_000), headers={"Content-Encoding": "gzip"})


TROUBLE: dict[str, tuple[Route, str]] = {
    "forbidden": (Reply("no", status=403), "refused"),
    "gone": (Reply("no", status=410), "gone"),
    "failing": (Reply("no", status=500), "failing"),
    "slow": (Reply("x", wait=5), "failing"),
    "dripping": (drip("x" * 200), "failing"),
    "empty": (Reply(""), "malformed"),
    "redirecting for ever": (lambda asked: Reply(status=302, headers={"Location": asked.path + "x"}), "failing"),
    "no feed": (Reply("<!doctype html><title>Beranda</title><p>Selamat datang"), "malformed"),
    "broken XML": (Reply("<rss><channel><item>", headers=RSS), "malformed"),
    "a feed without entries": (Reply("<rss version='2.0'><channel></channel></rss>", headers=RSS), "malformed"),
    "binary": (Reply(bytes(range(256)) * 40), "malformed"),
    "cut short": (Reply("<rss>", length=5000), "failing"),
    "a bomb": (bomb(), "malformed"),
    "too large": (Reply(b"x" * 11_000_000), "malformed"),
    "not modified, though nobody asked": (Reply(status=304), "failing"),
    "a part": (Reply("<rss>", status=206), "failing"),
    "inward": (Reply(status=302, headers={"Location": "http://169.254.169.254/latest/"}), "refused"),
    "to a script": (Reply(status=302, headers={"Location": "javascript:alert(1)"}), "refused"),
    "to no address": (Reply(status=302, headers={"Location": "http://x:99999999/"}), "refused"),
    "to the disk": (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "failing"),
}


@pytest.mark.parametrize(("route", "state"), TROUBLE.values(), ids=TROUBLE.keys())
def test_trouble_of_one_source_is_named_and_costs_no_other(
    site: Site, tmp_path: Path, route: Route, state: str
) -> None:
    with Site() as bad:
        for n in range(6):
            bad.routes["/rss.xml" + "x" * n] = route
        ways = [record("buruk", bad.url, feed_way(bad)), record("warta", site.url, feed_way(site))]
        write_home(tmp_path, ways)
        report = crawl(tmp_path)
    assert report["ended"]["buruk"]["state"] == state, report["ended"]["buruk"]["reason"]
    assert report["ended"]["buruk"]["reason"]
    assert titles(tmp_path) == [title(n) for n in NUMBERS]
    assert [incident[:2] for incident in report["incidents"]] == [["buruk", "opened"]]
    assert report["exit_code"] == 1
    assert report["errors"] == []


def test_source_that_is_down_loses_nothing_and_opens_one_incident(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    held = titles(tmp_path)
    working = dict(site.routes)
    site.routes.clear()
    codes = [crawl(tmp_path, f"2026-01-30T1{hour}:00:00+07:00")["exit_code"] for hour in range(2)]
    assert codes == [3, 0], "an incident is news once"
    site.routes |= working
    last = crawl(tmp_path, "2026-01-30T13:00:00+07:00")
    assert (last["exit_code"], last["incidents"][0][:2]) == (1, ["warta", "closed"])
    assert titles(tmp_path) == held


def test_headers_without_end_are_hung_up_on(site: Site, tmp_path: Path) -> None:
    """Nothing in Scrapy counts them: each try would take all memory that the time limit allows."""
    sent = [0]

    def flood() -> None:
        while True:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                for n in range(400_000):
                    sent[0] += connection.send(b"X-Header-%d: %s\r\n" % (n, b"x" * 80))

    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=flood, daemon=True).start()
        bad = f"http://127.0.0.1:{server.getsockname()[1]}"
        way = {"type": "feed", "url": f"{bad}/rss.xml"}
        write_home(tmp_path, [record("buruk", bad, way), record("warta", site.url, feed_way(site))])
        report = crawl(tmp_path)
    assert not report["ended"]["buruk"]["ok"]
    assert len(titles(tmp_path)) == 5
    assert sent[0] < 40_000_000


def test_page_made_to_be_slow_costs_seconds_and_no_other_page(site: Site, tmp_path: Path) -> None:
    slow = """
import crawler.spiders.fetching as fetching
import crawler.deadline as clock
clock.deadline.__wrapped__.__defaults__ = (0.3,)
real = fetching.extract_page
def spin(page, source, now):
    while "berita-3" in page.url:
        pass
    return real(page, source, now)
fetching.extract_page = spin
"""
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    report = crawl(tmp_path, preamble=slow)
    assert titles(tmp_path) == [title(n) for n in NUMBERS if n != 3]
    assert only(tmp_path, "select error from links where state = 'open'") == ["the page takes too long to be read."]
    assert report["errors"] == []


@pytest.mark.parametrize(
    ("robots", "state"),
    [(Reply("x", status=500), "robots"), (Reply("x", length=99), "failing"), (Reply("x", wait=5), "failing")],
    ids=["an error", "cut short", "no answer"],
)
def test_without_robots_txt_nothing_is_asked(site: Site, tmp_path: Path, robots: Reply, state: str) -> None:
    site.routes["/robots.txt"] = robots
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    assert crawl(tmp_path, DOWNLOAD_TIMEOUT=1)["ended"]["warta"]["state"] == state
    assert site.paths() == []


PAGES_NOT_STORED: dict[str, Reply] = {
    "half": Reply("x", status=206),
    "accepted": Reply("x", status=202),
    "no text": Reply("<!doctype html><title>x</title><body></body>"),
    "not HTML": Reply(b"%PDF-1.7\n" + bytes(range(256)) * 20, headers={"Content-Type": "application/pdf"}),
    "empty": Reply(""),
    "home page": Reply(status=302, headers={"Location": "/"}),
}


@pytest.mark.parametrize("kind", PAGES_NOT_STORED)
def test_only_a_whole_200_of_an_article_makes_an_article(site: Site, tmp_path: Path, kind: str) -> None:
    reply = PAGES_NOT_STORED[kind]
    site.routes["/berita-3/"] = Reply(page(site.url, 3), status=reply.status) if reply.body == "x" else reply
    site.routes["/"] = page(site.url, 99)
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    assert titles(tmp_path) == [title(n) for n in NUMBERS if n != 3]
    (state, error) = only(tmp_path, "select state, error from links where url like '%/berita-3/'")[0]
    assert state == ("excluded" if kind == "not HTML" else "open")
    assert error


def test_gzip_that_was_cut_is_no_article(site: Site, tmp_path: Path) -> None:
    cut = gzip.compress(page(site.url, 2).encode())[:-20]
    site.routes["/berita-2/"] = Reply(cut, headers={"Content-Encoding": "gzip"})
    whole = gzip.compress(page(site.url, 1).encode())
    site.routes["/berita-1/"] = Reply(whole, headers={"Content-Encoding": "gzip"})
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    assert titles(tmp_path) == [title(n) for n in NUMBERS if n != 2]


def test_pages_that_all_fail_are_a_failure_of_the_source(site: Site, tmp_path: Path) -> None:
    site.routes |= {f"/berita-{n}/": Reply("<!doctype html><title>x</title>") for n in NUMBERS}
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    report = crawl(tmp_path)
    assert report["ended"]["warta"]["state"] == "empty"
    assert "all 5 article pages failed" in report["ended"]["warta"]["reason"]


def test_private_network_is_not_entered_by_a_link(site: Site, tmp_path: Path) -> None:
    """The source is on loopback by its record; a link of its feed to another inner host is not."""
    inner = feed(site.url, NUMBERS).replace(f"{site.url}/berita-1/", "http://127.0.0.2/berita-1/")
    site.routes["/rss.xml"] = Reply(inner, headers=RSS)
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    assert titles(tmp_path) == [title(n) for n in NUMBERS if n != 1]


def test_without_allow_private_nothing_on_this_machine_is_asked(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, feed_way(site), allow_private=False)])
    assert crawl(tmp_path)["ended"]["warta"]["state"] in ("refused", "robots")
    assert site.asked == []


def test_name_that_resolves_into_this_machine_is_not_asked(site: Site, tmp_path: Path) -> None:
    address = site.url.replace("127.0.0.1", "rebind.example")
    way = {"type": "feed", "url": f"{address}/rss.xml"}
    write_home(tmp_path, [record("warta", address, way, allow_private=False)])
    answers_loopback = """
import socket
real = socket.getaddrinfo
socket.getaddrinfo = lambda name, *rest, **more: real("127.0.0.1" if "rebind" in str(name) else name, *rest, **more)
"""
    ended = crawl(tmp_path, preamble=answers_loopback)["ended"]["warta"]
    assert not ended["ok"]
    assert site.asked == []
    write_home(tmp_path, [record("warta", address, way, allow_private=True)])
    crawl(tmp_path, preamble=answers_loopback)
    assert site.asked, "the record may allow it"


def test_answer_that_could_not_be_stored_ends_the_walk_and_is_asked_for_again(tmp_path: Path) -> None:
    """The walk's last answer moves the cursor; behind a lost one that would lose it for ever."""
    fails_once = """
import crawler.pipelines as pipelines
real, calls = pipelines.take_discovered, []
def fail_second(db, item, *rest):
    calls.append(item)
    if len(calls) == 2:
        raise RuntimeError("disk is full")
    return real(db, item, *rest)
pipelines.take_discovered = fail_second
"""
    with Site() as site:
        site.routes["/wp-json/wp/v2/posts"] = wordpress(posts(site.url, range(1, 351)))
        write_home(tmp_path, [record("warta", site.url, {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"})])
        report = crawl(tmp_path, preamble=fails_once)
        assert (report["exit_code"], report["ended"]["warta"]["ok"]) == (3, False)
        assert report["errors"] == ["RuntimeError: disk is full"]
        assert len(titles(tmp_path)) == 100
        crawl(tmp_path, NEXT_DAY)
    assert len(titles(tmp_path)) == 350
    assert set(only(tmp_path, "select origin from links")) == {"first"}


def test_dead_page_is_its_own_trouble_and_no_incident(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    site.routes["/rss.xml"] = Reply(feed(site.url, range(1, 7)), headers=RSS)
    report = crawl(tmp_path, NEXT_DAY)
    assert (report["exit_code"], report["counts"]["warta"]) == (0, {"failed": 1})


def test_failed_write_shows_in_the_exit_code(site: Site, tmp_path: Path) -> None:
    """A pipeline's exception would be a log line and exit status 0."""
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    with sqlite3.connect(tmp_path / "newsfeed.db") as db:
        db.execute("create trigger full before insert on articles begin select raise(abort, 'disk is full'); end")
    site.routes["/rss.xml"] = Reply(feed(site.url, range(1, 7)), headers=RSS)
    site.routes["/berita-6/"] = page(site.url, 6)
    report = crawl(tmp_path, NEXT_DAY)
    assert report["exit_code"] == 1
    assert "disk is full" in report["errors"][0]
    assert len(titles(tmp_path)) == 5


def test_exception_in_a_callback_shows_in_the_exit_code(site: Site, tmp_path: Path) -> None:
    broken = """
import crawler.spiders.fetching as fetching
def broken(page, source, now):
    raise RuntimeError("a bug of ours")
fetching.extract_page = broken
"""
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    report = crawl(tmp_path, preamble=broken)
    assert report["exit_code"] == 1
    assert report["errors"] == ["RuntimeError: a bug of ours"] * 5
    assert "Traceback" in (tmp_path / "newsfeed.log").read_text(encoding="utf-8")
    assert len(titles(tmp_path)) == 0
    crawl(tmp_path, NEXT_DAY)
    assert len(titles(tmp_path)) == 5, "nothing found is forgotten"


def test_report_is_kept_in_the_database(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, feed_way(site))])
    crawl(tmp_path)
    assert only(tmp_path, "select exit_code from runs") == [0]
    assert json.loads(only(tmp_path, "select counts from runs")[0]) == {"warta": {"new": 5}}
