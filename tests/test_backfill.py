"""`newsfeed backfill`: the archive down to a date, each article once, broken off and gone on with, in nobody's way."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from archive import ARCHIVE, KINDS, SINCE, WANTED, archive_page, paged_feed, start_backfill
from crawling import crawl, newsfeed, record, write_home
from loopback import Asked, Reply, Site, at_request
from pressroom import RSS, listing

from crawler.errors import LockHeld
from crawler.lock import hold, one_slice, whole_run


def prepare(home: Path, site: Site, kind: str) -> None:
    """A home whose one source is of this kind, on this server."""
    way, routes, _ = KINDS[kind]
    site.routes |= {f"/berita-{n}/": archive_page(site.url, n) for n in ARCHIVE} | routes(site.url)
    write_home(home, [record("warta", site.url, way | {"url": f"{site.url}{way['url']}"})])


def backfill(home: Path, since: str = SINCE) -> subprocess.CompletedProcess[str]:
    return newsfeed("backfill", "warta", "--since", since, "--home", home)


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "newsfeed.db") as db:
        return [tuple(row) for row in db.execute(sql)]


def stored(home: Path) -> list[str]:
    return [urlsplit(str(url)).path for (url,) in rows(home, "select url from articles order by published desc")]


@pytest.mark.parametrize("kind", KINDS)
def test_everything_since_the_date_nothing_older_and_each_once(tmp_path: Path, kind: str) -> None:
    with Site() as site:
        prepare(tmp_path, site, kind)
        done = backfill(tmp_path)
        asked = site.paths()
    assert done.returncode == 0, done.stderr
    assert set(stored(tmp_path)) == WANTED
    assert len(stored(tmp_path)) == len(WANTED)
    assert len(asked) == len(set(asked)) <= KINDS[kind][2]
    assert "27 articles found, the oldest of 2026-01-01; done: nothing else was found back to" in done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_again_with_an_earlier_date_brings_what_is_between(tmp_path: Path, kind: str) -> None:
    with Site() as site:
        prepare(tmp_path, site, kind)
        backfill(tmp_path)
        done = backfill(tmp_path, "2025-12-28")
    assert done.returncode == 0, done.stderr
    assert set(stored(tmp_path)) == {f"/berita-{n}/" for n in range(1, 32)}
    assert "4 articles found" in done.stdout


def test_again_with_the_same_date_asks_for_no_article_that_is_stored(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "undated listing")
        backfill(tmp_path)
        site.asked.clear()
        done = backfill(tmp_path)
        assert WANTED.isdisjoint(site.paths())
        assert "0 articles found" in done.stdout


# At which request a kill comes: robots.txt is request 1.
KILLS = {
    "wordpress between two pages": ("wordpress", 3),
    "listing between two pages": ("undated listing", 13),
    "listing in the middle of the articles": ("undated listing", 17),
    "feed in the middle of the articles": ("paged feed", 20),
    "sitemaps between two files": ("sitemaps", 14),
}


@pytest.mark.parametrize(("kind", "number"), KILLS.values(), ids=KILLS)
def test_killed_and_called_again_it_goes_on_there(tmp_path: Path, kind: str, number: int) -> None:
    with Site() as site:
        prepare(tmp_path, site, kind)
        kill_at_request(tmp_path, site, number)
        before = site.paths()[: number - 1]
        assert len(stored(tmp_path)) < len(WANTED)
        site.asked.clear()
        done = backfill(tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(stored(tmp_path)) == WANTED
    assert len(stored(tmp_path)) == len(WANTED)
    assert set(before[:-1]).isdisjoint(site.paths()), "nothing is asked twice but what was under way"
    assert "27 articles found" in done.stdout


def test_killed_within_a_large_sitemap_it_goes_on_there(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "undated sitemap")
        kill_at_request(tmp_path, site, 18, at_once=10)  # robots.txt, file, 10 articles, file, 4 articles
        before = [path for path in site.paths() if path.startswith("/berita")]
        site.asked.clear()
        output, errors = start_backfill(tmp_path, at_once=10).communicate(timeout=60)
    assert set(stored(tmp_path)) == WANTED, errors
    assert set(before[:-1]).isdisjoint(site.paths())
    assert "27 articles found" in output


def kill_at_request(home: Path, site: Site, number: int, at_once: int = 10_000) -> None:
    """Run a backfill and kill it when the server is asked for the n-th time."""
    moment = at_request(site, number)
    process = start_backfill(home, at_once=at_once)
    assert moment.wait(20)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_newest_entries_of_a_feed_stay_the_newest(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "paged feed")
        short = {path: reply for path, reply in site.routes.items() if "paged" in path}
        for path in short:
            del site.routes[path]
        newsfeed("update", "--home", tmp_path)
        before = entries(tmp_path)
        site.routes |= short
        backfill(tmp_path)
        newsfeed("build", "--home", tmp_path)
    assert len(before) == 10
    assert entries(tmp_path)[:10] == before
    assert len(entries(tmp_path)) == 27
    assert rows(tmp_path, "select count(*) from articles where entered <> published") == [(0,)]


def entries(home: Path) -> list[str]:
    document = json.loads((home / "public" / "feeds" / "source" / "warta.json").read_text(encoding="utf-8"))
    return [item["url"] for item in document["items"]]


def test_news_of_a_poll_stand_before_what_a_backfill_brings_afterwards(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "paged feed")
        first, site.routes["/feed/"] = site.routes["/feed/"], site.routes["/feed/?paged=3"]
        site.routes["/feed/?paged=2"], second = Reply(status=404), site.routes["/feed/?paged=2"]
        crawl(tmp_path, "2026-01-10T10:00:00+07:00")
        site.routes["/feed/"] = second
        crawl(tmp_path, "2026-01-20T10:00:00+07:00")
        site.routes |= {"/feed/": first, "/feed/?paged=2": second}
        backfill(tmp_path)
    order = [
        urlsplit(str(url)).path
        for (url,) in rows(tmp_path, "select url from articles order by feed_time desc, published")
    ]
    assert set(order) >= WANTED
    assert str(rows(tmp_path, "select min(entered) from articles where url like '%/berita-11/'")[0][0]) > "2026-01-17"
    assert rows(tmp_path, "select entered from articles where url like '%/berita-5/'") == [("2026-01-23T01:00:00Z",)]


def test_update_gets_in_between_two_slices_and_neither_disturbs_the_other(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "undated listing")
        started = threading.Event()
        for n in ARCHIVE:
            site.routes[f"/berita-{n}/"] = slowly(archive_page(site.url, n), started)
        process = start_backfill(tmp_path, seconds=0.5)
        assert started.wait(20)
        site.routes["/b"] = listing(site.url, ARCHIVE[:3])
        update = newsfeed("update", "--home", tmp_path)
        is_under_way = process.poll() is None
        output, errors = process.communicate(timeout=60)
    assert (update.returncode, update.stderr) == (0, "")
    assert is_under_way, "the update did not wait for the whole backfill"
    assert process.returncode == 0, errors
    assert set(stored(tmp_path)) >= WANTED
    assert len(stored(tmp_path)) == len(set(stored(tmp_path)))
    assert "done: " in output


def slowly(body: str, started: threading.Event) -> Callable[[Asked], Reply]:
    def route(_: Asked) -> Reply:
        started.set()
        return Reply(body, wait=0.15)

    return route


def test_slice_waits_as_long_as_a_whole_run_waits_or_works(tmp_path: Path) -> None:
    locks = tmp_path / "run.lock", tmp_path / "waiting.lock"

    async def enter() -> None:
        async with asyncio.timeout(0.5), one_slice(*locks):
            pass

    for path in locks:
        with hold(path), pytest.raises(TimeoutError):
            asyncio.run(enter())
    asyncio.run(enter())


def test_whole_run_waits_for_a_slice_and_is_refused_by_another_whole_run(tmp_path: Path) -> None:
    locks = tmp_path / "run.lock", tmp_path / "waiting.lock"
    order: list[str] = []

    async def slicer() -> None:
        async with one_slice(*locks):
            await asyncio.sleep(0.5)
            order.append("slice")

    async def crawler() -> None:
        await asyncio.sleep(0.1)
        async with whole_run(*locks):
            order.append("crawl")
            with pytest.raises(LockHeld):
                async with whole_run(*locks):
                    order.append("never")

    async def both() -> None:
        await asyncio.gather(slicer(), crawler())

    asyncio.run(both())
    assert order == ["slice", "crawl"]


def test_open_links_of_a_backfill_are_its_own_affair(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "undated listing")
        site.routes["/b"], first = listing(site.url, ARCHIVE[:3]), site.routes["/b"]
        site.routes["/b?page=2"], second = Reply(status=404), site.routes["/b?page=2"]
        newsfeed("crawl", "--home", tmp_path)
        site.routes |= {"/b": first, "/b?page=2": second}
        kill_at_request(tmp_path, site, len(site.asked) + 4)
        site.routes["/b"] = listing(site.url, ARCHIVE[:3])
        site.asked.clear()
        polled = newsfeed("crawl", "--home", tmp_path)
    assert polled.returncode == 0
    assert not [path for path in site.paths() if path.startswith("/berita")]
    assert rows(tmp_path, "select distinct origin from links where state = 'open'") == [("backfill",)]


def test_article_that_a_poll_meets_does_not_wait_for_the_backfill(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "undated listing")
        newsfeed("crawl", "--home", tmp_path)
        with sqlite3.connect(tmp_path / "newsfeed.db") as db:
            db.execute("delete from article_aliases")
            db.execute("update links set state = 'open', origin = 'backfill', article_id = null where url like '%-2/'")
        site.asked.clear()
        newsfeed("crawl", "--home", tmp_path)
    assert "/berita-2/" in site.paths()


def test_next_way_is_walked_where_one_does_not_reach_the_date(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "undated listing")
        feed = paged_feed(site.url)["/feed/"]
        site.routes["/rss.xml"] = Reply(str(feed.body).replace("wordpress", "x"), headers=RSS)  # type: ignore[union-attr]
        ways = (
            {"type": "feed", "url": f"{site.url}/rss.xml"},
            {"type": "listing", "url": f"{site.url}/b", "paging": "page"},
        )
        write_home(tmp_path, [record("warta", site.url, *ways)])
        backfill(tmp_path)
    assert set(stored(tmp_path)) == WANTED


def test_server_that_fails_breaks_it_off_and_it_goes_on_another_time(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, "wordpress")
        healthy = site.routes["/wp-json/wp/v2/posts"]
        assert callable(healthy)
        site.routes["/wp-json/wp/v2/posts"] = lambda asked: (
            Reply("no", status=403) if "&page=2&" in asked.path else healthy(asked)
        )
        broken = backfill(tmp_path)
        site.routes["/wp-json/wp/v2/posts"] = healthy
        site.asked.clear()
        done = backfill(tmp_path)
    assert broken.returncode == 1
    assert "broke off" in broken.stderr
    assert "403" in broken.stderr
    assert done.returncode == 0
    assert set(stored(tmp_path)) == WANTED
    assert not [path for path in site.paths() if "&page=1&" in path]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["warta"], "--since"),
        (["warta", "--since", "soon"], "soon"),
        (["warta", "--since", "2999-01-01"], "has not come yet"),
        (["wrta", "--since", SINCE], "warta"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_mistakes_are_told_before_anything_is_asked(tmp_path: Path, arguments: list[str], says: str) -> None:
    with Site() as site:
        prepare(tmp_path, site, "wordpress")
        done = newsfeed("backfill", *arguments, "--home", tmp_path)
        assert site.asked == []
    assert done.returncode == 2
    assert says in done.stderr
