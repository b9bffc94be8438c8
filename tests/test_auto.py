"""A site by its address alone: the way is found, remembered, and found anew when it stops."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from crawling import crawl, newsfeed, record, write_home
from loopback import Reply, Site
from pressroom import RSS, feed, listing, page, pages, posts, story, title, wordpress

LATER = "2026-01-29T11:00:00+07:00"
HEAD = '<!doctype html><html><head><title>Warta</title>{}</head><body class="home">{}</body></html>'


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


def home_page(site: Site, head: str = "", numbers: range = range(1, 6)) -> str:
    return HEAD.format(head, listing(site.url, numbers).split("<body>")[-1].replace("</body></html>", ""))


def ask_alone(tmp_path: Path, site: Site, now: str = "2026-01-29T10:00:00+07:00") -> dict[str, Any]:
    if not (tmp_path / "newsfeed.toml").exists():
        write_home(tmp_path, [record("warta", site.url)])
    site.asked.clear()
    ended: dict[str, Any] = crawl(tmp_path, now)["ended"]["warta"]
    return ended


def titles(tmp_path: Path) -> list[str]:
    with sqlite3.connect(tmp_path / "newsfeed.db") as db:
        return [row[0] for row in db.execute("select title from articles order by title")]


def stored(tmp_path: Path, column: str) -> Any:
    with sqlite3.connect(tmp_path / "newsfeed.db") as db:
        return db.execute(f"select {column} from sources").fetchone()[0]


def offer_rest(site: Site, count: int = 12) -> None:
    site.routes["/"] = home_page(site, f'<link rel="https://api.w.org/" href="{site.url}/wp-json/">')
    site.routes["/wp-json/wp/v2/posts"] = wordpress(posts(site.url, range(1, count + 1)))


def offer_feed(site: Site) -> None:
    site.routes["/"] = home_page(site, '<link rel="alternate" type="application/rss+xml" href="/rss.xml">')
    site.routes["/rss.xml"] = Reply(feed(site.url, range(1, 6)), headers=RSS)
    site.routes |= pages(site.url, range(1, 6))


def test_wordpress_is_found_and_read_whole(site: Site, tmp_path: Path) -> None:
    offer_rest(site)
    assert ask_alone(tmp_path, site)["state"] == "new"
    assert len(titles(tmp_path)) == 12
    assert len(site.paths()) == 3  # home page, the probe's look, the crawl


def test_what_was_found_is_remembered(site: Site, tmp_path: Path) -> None:
    offer_rest(site)
    ask_alone(tmp_path, site)
    assert ask_alone(tmp_path, site, LATER)["state"] == "unchanged"
    assert "/" not in site.paths()
    assert json.loads(stored(tmp_path, "ways"))[0]["type"] == "wordpress"


def test_another_way_is_found_when_the_first_stops(site: Site, tmp_path: Path) -> None:
    offer_rest(site, 3)
    ask_alone(tmp_path, site)
    del site.routes["/wp-json/wp/v2/posts"]
    offer_feed(site)
    ended = ask_alone(tmp_path, site, LATER)
    assert ended["ok"]
    assert ended["strategy"].startswith("feed ")
    assert len(titles(tmp_path)) == 5


def test_site_without_any_way_fails_with_what_to_do(site: Site, tmp_path: Path) -> None:
    site.routes["/"] = HEAD.format("", "<p>Segera hadir.</p>")
    ended = ask_alone(tmp_path, site)
    assert (ended["ok"], ended["state"]) == (False, "empty")
    assert "name one in its record" in ended["reason"]


def test_site_that_is_down_is_told_as_such(site: Site, tmp_path: Path) -> None:
    site.routes["/"] = Reply("x", status=503)
    ended = ask_alone(tmp_path, site)
    assert (ended["ok"], ended["state"]) == (False, "failing")
    assert "503" in ended["reason"]


def test_probe_shows_what_was_tried_and_explain_tells_it_again(site: Site, tmp_path: Path) -> None:
    offer_rest(site)
    write_home(tmp_path, [record("warta", site.url)])
    shown = newsfeed("sources", "probe", "warta", "--home", tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "with at most 24 requests" in shown.stdout.splitlines()[0]
    assert len(site.paths()) <= 24
    assert f"best: wordpress {site.url}/wp-json/" in shown.stdout
    ask_alone(tmp_path, site)
    told = newsfeed("sources", "explain", "warta", "--home", tmp_path)
    assert "a REST interface that carries every article whole" in told.stdout


def other(site: Site, number: int) -> tuple[str, str]:
    """An article about something else, and its address."""
    words = story(number).replace("Lapas Kelas IIA Serang", "Dinas Pariwisata Kota").replace("warga binaan", "pedagang")
    text = words.replace("blok hunian", "pasar malam").replace("Kepala Lapas", "Kepala Dinas")
    page_of = page(site.url, number).replace(story(number), text)
    return f"/berita-{number}/", page_of.replace(
        title(number), f"Festival Kuliner Malam Minggu ke-{number} di Alun-Alun"
    )


def test_press_is_filtered_to_the_subject_and_asked_once(site: Site, tmp_path: Path) -> None:
    offer_feed(site)
    off = dict(other(site, number) for number in (2, 4))
    site.routes |= off
    plain = feed(site.url, range(1, 6))
    for number in (2, 4):
        plain = plain.replace(
            f"<title>{title(number)}</title>", f"<title>Festival Kuliner Malam Minggu ke-{number}</title>"
        )
    site.routes["/rss.xml"] = Reply(plain, headers=RSS)
    way = {"type": "feed", "url": f"{site.url}/rss.xml"}
    write_home(tmp_path, [record("warta", site.url, way, kind="press", filter="subject")])
    ask_alone(tmp_path, site)
    assert len(titles(tmp_path)) == 3
    with sqlite3.connect(tmp_path / "newsfeed.db") as db:
        reasons = [row[0] for row in db.execute("select error from links where state = 'excluded'")]
    assert len(reasons) == 2
    assert all("not on the subject" in reason for reason in reasons)
    ask_alone(tmp_path, site, LATER)
    assert not set(off) & set(site.paths())


def test_first_crawl_of_a_feed_of_the_newest_goes_on_by_the_sitemap_and_polls_do_not(
    site: Site, tmp_path: Path
) -> None:
    offer_feed(site)
    old = feed(site.url, range(1, 6)).replace("Jan 2026", "Nov 2025")  # five items, and more than 30 days
    urls = "".join(f"<url><loc>{site.url}/berita-{number}/</loc></url>" for number in range(1, 31))
    site.routes["/rss.xml"] = Reply(old, headers=RSS)
    site.routes["/sitemap.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    site.routes |= pages(site.url, range(1, 31))
    ended = ask_alone(tmp_path, site)
    assert ended["strategy"] == f"feed {site.url}/rss.xml"
    assert len(titles(tmp_path)) == 30
    ask_alone(tmp_path, site, LATER)
    assert "/sitemap.xml" not in site.paths()
