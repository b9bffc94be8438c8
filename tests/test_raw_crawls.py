"""What a crawl leaves in `pages.db`: everything that an article was read from, before the article, within bounds."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from crawling import crawl, newsfeed, record, write_home
from kit.newsroom import Newsroom
from kit.wordpress import WordPress
from loopback import Reply, Site
from pressroom import RSS, feed, listing, page, pages, posts, story, title, wordpress

from crawler.models import Capture
from crawler.storage.page_reading import Wanted, capture, entries
from crawler.storage.pages import open_pages


def kept(home: Path) -> list[Capture]:
    with open_pages(home / "pages.db", read_only=True) as opened:
        return [capture(opened, entry.id) for entry in entries(opened, Wanted())]


def reprocessed(home: Path) -> dict[str, object]:
    done = newsfeed("reprocess", "--dry-run", "--json", "--home", home)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_pages_are_kept_as_they_were_sent_and_read_again_alike(tmp_path: Path) -> None:
    with Site() as site:
        site.routes |= pages(site.url, range(1, 6)) | {"/rss.xml": Reply(feed(site.url, range(1, 6)), headers=RSS)}
        write_home(tmp_path, [record("warta", site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})])
        crawl(tmp_path)
        sent = {f"{site.url}/berita-{n}/": page(site.url, n).encode() for n in range(1, 6)}
    assert {one.page.url: one.page.body for one in kept(tmp_path)} == sent
    assert {one.link.guid for one in kept(tmp_path)} == {f"{site.url}/?p={n}" for n in range(1, 6)}
    again = reprocessed(tmp_path)
    assert (again["articles"], again["changed"]) == (5, 0)


def test_posts_of_rest_are_kept_one_by_one_and_once(tmp_path: Path) -> None:
    with Site() as site:
        site.routes["/wp-json/wp/v2/posts"] = wordpress(posts(site.url, range(1, 31)))
        write_home(tmp_path, [record("warta", site.url, {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"})])
        crawl(tmp_path)
        crawl(tmp_path, now="2026-01-30T10:00:00+07:00")
    links = [one.link for one in kept(tmp_path)]
    assert len(links) == 30
    assert all(link.body and link.native for link in links)
    assert reprocessed(tmp_path)["changed"] == 0


def test_a_site_of_the_kit_that_is_edited_reads_again_as_it_was_stored(tmp_path: Path) -> None:
    with WordPress(Newsroom(12), rest="closed 401", feed="partial") as site:
        write_home(tmp_path, [record("warta", site.url)])
        crawl(tmp_path, now="2026-03-01T10:00:00+07:00")
        site.desk.edit(12)
        crawl(tmp_path, now="2026-03-02T10:00:00+07:00")
    again = reprocessed(tmp_path)
    assert (again["articles"], again["changed"], again["new"]) == (12, 0, [])


def test_a_page_that_was_no_article_is_kept_too_and_what_is_no_page_is_not(tmp_path: Path) -> None:
    with Site() as site:
        site.routes |= {
            "/b": listing(site.url, range(1, 4)),
            "/berita-1/": page(site.url, 1),
            "/berita-2/": "<html><body><p>Maaf, halaman tidak ditemukan.</p></body></html>",
            "/berita-3/": Reply("down", status=503),
        }
        write_home(tmp_path, [record("warta", site.url, {"type": "listing", "url": f"{site.url}/b"})])
        crawl(tmp_path, RETRY_TIMES=0)
    outcomes = Counter((one.page.url.rsplit("/", 2)[1], one.outcome) for one in kept(tmp_path))
    assert outcomes == {("berita-1", "article"): 1, ("berita-2", "none"): 1}


def test_an_article_on_several_pages_is_kept_with_all_of_them(tmp_path: Path) -> None:
    with Site() as site:
        links = "".join(f'<a href="{site.url}/berita-1/{n}/">{n}</a>' for n in (1, 2))
        first = page(site.url, 1).replace("</div></article>", f"<div class=page-links>{links}</div></div></article>")
        second = first.replace(story(1), story(9))
        site.routes |= {"/b": listing(site.url, [1]), "/berita-1/": first, "/berita-1/2/": second}
        write_home(tmp_path, [record("warta", site.url, {"type": "listing", "url": f"{site.url}/b"})])
        crawl(tmp_path)
    [one] = kept(tmp_path)
    assert [part.body.decode() for part in one.page.parts] == [second]
    assert reprocessed(tmp_path)["changed"] == 0


def test_what_has_no_room_is_dropped_and_told(tmp_path: Path) -> None:
    with Site() as site:
        site.routes |= pages(site.url, range(1, 31)) | {"/rss.xml": Reply(feed(site.url, range(1, 31)), headers=RSS)}
        write_home(tmp_path, [record("warta", site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})])
        config = tmp_path / "newsfeed.toml"
        config.write_text(config.read_text(encoding="utf-8") + '[pages]\nmost = "150 kB"\n', encoding="utf-8")
        done = newsfeed("crawl", "--home", tmp_path, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "raw pages dropped, as newsfeed.toml bounds them" in done.stdout
    assert "captures dropped" in (tmp_path / "newsfeed.log").read_text(encoding="utf-8")
    assert len(kept(tmp_path)) < 30
    assert (tmp_path / "pages.db").stat().st_size <= 150_000
    with closing(sqlite3.connect(tmp_path / "newsfeed.db")) as db:
        assert db.execute("select count(*) from articles").fetchone() == (30,)


@pytest.mark.parametrize("command", [("update",), ("reprocess",), ("import", "x.html")])
def test_damaged_file_is_told_before_anything_is_asked(tmp_path: Path, command: tuple[str, ...]) -> None:
    with Site() as site:
        write_home(tmp_path, [record("warta", site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})])
        (tmp_path / "pages.db").write_bytes(b"no database at all" * 1000)
        (tmp_path / "x.html").write_text(page("https://warta.example", 1), encoding="utf-8")
        arguments = [str(tmp_path / name) if name.endswith(".html") else name for name in command]
        done = newsfeed(*arguments, "--home", tmp_path)
        assert site.paths() == []
    assert done.returncode == 1
    assert "pages.db: file is not a database" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_stores_no_article_without_its_page(tmp_path: Path) -> None:
    full = """
from crawler.storage import pages
_connect = pages._connect
def small(path, *, read_only):
    db = _connect(path, read_only=read_only)
    used = db.execute("pragma page_count").fetchone()[0]
    db.execute(f"pragma max_page_count = {used + 1}")
    return db
pages._connect = small
"""
    with Site() as site:
        site.routes |= pages(site.url, range(1, 41)) | {"/rss.xml": Reply(feed(site.url, range(1, 41)), headers=RSS)}
        write_home(tmp_path, [record("warta", site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})])
        report = crawl(tmp_path, preamble=full)
        with closing(sqlite3.connect(tmp_path / "newsfeed.db")) as db:
            stored = {row[0] for row in db.execute("select url from articles")}
        assert {one.page.url for one in kept(tmp_path)} == stored
        assert 0 < len(stored) < 40
        assert report["exit_code"] == 1
        assert "full" in report["errors"][0]
        assert crawl(tmp_path, now="2026-01-29T11:00:00+07:00")["exit_code"] == 0
    with closing(sqlite3.connect(tmp_path / "newsfeed.db")) as db:
        assert db.execute("select count(*) from articles where title <> ?", (title(0),)).fetchone() == (40,)
