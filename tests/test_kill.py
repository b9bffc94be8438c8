"""Killed at any moment and run again, a crawl ends with the same content as one that nothing disturbed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from crawling import PROGRAM, QUICK, ROOT, crawl, record, write_home
from loopback import Asked, Reply, Site, at_request, conditional
from pressroom import RSS, feed, listing, page, pages, posts, wordpress

NOW = "2026-01-29T10:00:00+07:00"

# What a dump holds: content by names, without integer keys, counters and times of seeing.
CONTENT = {
    "articles": """select entry_id, source, url, canonical_url, title, author, published_precision, published_from,
        iif(published_from = 'first-seen', null, published), modified, event_date, dateline, language, summary,
        body_html, body_text, image, signoff, partial, removed, withheld, extractor, provenance, content_hash
        from articles order by entry_id""",
    "article_aliases": """select entry_id, a.source, kind, value from article_aliases a
        join articles on articles.id = article_id order by entry_id, kind, value""",
    "article_images": """select entry_id, position, i.url, caption, credit from article_images i
        join articles on articles.id = article_id order by entry_id, position""",
    "article_tags": """select entry_id, kind, position, name from article_tags
        join articles on articles.id = article_id order by entry_id, kind, position""",
    "article_related": """select entry_id, position, r.title, r.url from article_related r
        join articles on articles.id = article_id order by entry_id, position""",
    "links": """select l.url, l.source, origin, state, hints, entry_id from links l
        left join articles on articles.id = article_id order by l.url""",
    "sources": "select slug, name, cursor, pending, strategy from sources order by slug",
}


def dump(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(home / "newsfeed.db") as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        return {name: db.execute(sql).fetchall() for name, sql in CONTENT.items()}


def kill_when(home: Path, moment: threading.Event, timeout: float = 30) -> None:
    """Start a crawl and SIGKILL it at the moment."""
    given = json.dumps({"home": str(home), "times": [NOW], "only_due": False, "settings": QUICK})
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, given], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert moment.wait(timeout)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def site_of(kind: str, site: Site) -> str:
    """Give a server articles and their announcement; returns the record."""
    site.routes |= pages(site.url, range(1, 26))
    if kind == "feed":
        site.routes["/rss.xml"] = conditional(feed(site.url, range(1, 26)), '"v1"', RSS)
        return record(kind, site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})
    if kind == "newest":
        site.routes["/rss.xml"] = conditional(feed(site.url, range(16, 26)), '"v1"', RSS)
    if kind in ("listing", "newest"):
        for number in (1, 2, 3):
            shown = listing(site.url, range((number - 1) * 10 + 1, min(number * 10, 25) + 1))
            site.routes["/b" if number == 1 else f"/b?page={number}"] = conditional(shown, f'"{number}"')
        pages_of = {"type": "listing", "url": f"{site.url}/b", "paging": "page"}
        return record(
            kind, site.url, *([{"type": "feed", "url": f"{site.url}/rss.xml"}] * (kind == "newest")), pages_of
        )
    site.routes["/wp-json/wp/v2/posts"] = wordpress(posts(site.url, range(1, 251)))
    return record(kind, site.url, {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"})


KINDS = {
    # robots.txt is request 1, the announcement 2
    "feed: before anything is stored": ("feed", 2),
    "feed: between the feed and its articles": ("feed", 3),
    "feed: in the middle of the articles": ("feed", 12),
    "listing: between its first page and its second": ("listing", 3),
    "listing: between its pages and the articles": ("listing", 5),
    "listing: in the middle of the articles": ("listing", 20),
    "newest: between a feed and the list that reaches further back": ("newest", 3),
    "newest: between two pages of that list": ("newest", 8),
    "newest: in the middle of the articles": ("newest", 25),
    "wordpress: between two pages of posts": ("wordpress", 3),
    "wordpress: before the last page": ("wordpress", 4),
}


@pytest.mark.parametrize(("kind", "request_number"), KINDS.values(), ids=KINDS.keys())
def test_killed_and_run_again(tmp_path: Path, kind: str, request_number: int) -> None:
    with Site() as site:
        described = site_of(kind, site)
        write_home(tmp_path / "calm", [described])
        crawl(tmp_path / "calm", NOW)
        site.asked.clear()
        write_home(tmp_path / "killed", [described])
        kill_when(tmp_path / "killed", at_request(site, request_number))
        report = crawl(tmp_path / "killed", NOW)
    assert report["exit_code"] == 0
    assert dump(tmp_path / "killed") == dump(tmp_path / "calm")


def test_new_links_of_a_poll_survive_a_kill_although_the_listing_answers_304_afterwards(tmp_path: Path) -> None:
    with Site() as site:
        described = site_of("listing", site)
        homes = [tmp_path / "calm", tmp_path / "killed"]
        for home in homes:
            write_home(home, [described])
            crawl(home, NOW)
        for number in (1, 2, 3, 4, 5):
            shown = listing(site.url, range(50 - number * 10 + 10, 50 - number * 10, -1))
            site.routes["/b" if number == 1 else f"/b?page={number}"] = conditional(shown, f'"new {number}"')
        site.routes |= pages(site.url, range(26, 51))
        crawl(homes[0], NOW)
        site.asked.clear()
        kill_when(homes[1], at_request(site, 3))
        crawl(homes[1], NOW)
    assert len(dump(homes[1])["articles"]) == 50
    assert dump(homes[1]) == dump(homes[0])


def test_a_walk_that_cannot_go_on_is_begun_anew(tmp_path: Path) -> None:
    with Site() as site:
        write_home(tmp_path, [site_of("listing", site)])
        moment = at_request(site, 3)
        kill_when(tmp_path, moment)
        site.routes["/b?page=2"] = Reply("oops", status=404)
        site.routes["/b?page=3"] = Reply("oops", status=404)
        crawl(tmp_path, NOW)
        everything = listing(site.url, range(1, 26))
        site.routes["/b"] = conditional(everything, '"all"')
        crawl(tmp_path, NOW)
    assert len(dump(tmp_path)["articles"]) == 25


def test_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    with Site() as site:
        write_home(tmp_path, [site_of("feed", site)])
        kill_when(tmp_path, at_request(site, 3))
        assert crawl(tmp_path, NOW)["errors"] == []


def test_second_run_meanwhile_exits_75_and_says_nothing(tmp_path: Path) -> None:
    held = threading.Event()
    waiting: list[subprocess.CompletedProcess[str]] = []

    def slow(asked: Asked) -> Reply:
        held.set()
        return Reply(page("x", 1), wait=2.5)

    with Site() as site:
        site.routes["/rss.xml"] = Reply(feed(site.url, [1]), headers=RSS)
        site.routes["/berita-1/"] = slow
        write_home(tmp_path, [record("warta", site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})])
        first = threading.Thread(target=lambda: crawl(tmp_path, NOW))
        first.start()
        assert held.wait(20)
        command = [sys.executable, "-c", "from feeds.cli import main; main()", "--home", str(tmp_path), "update"]
        waiting.append(subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False))
        first.join()
    assert (waiting[0].returncode, waiting[0].stdout, waiting[0].stderr) == (75, "", "")
