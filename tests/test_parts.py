"""Articles cut into several pages, crawled over loopback: what is stored, what is asked, and what comes later."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crawling import crawl, record, write_home
from loopback import Reply, Site
from pressroom import RSS, title

from crawler.intake import Verdict, take_fetched
from crawler.models import Article, Fetched, Link
from crawler.storage import articles, links
from crawler.storage.database import moment

LATER = "2026-01-29T12:00:00+07:00"
LATER_STILL = "2026-01-29T18:00:00+07:00"
Address = Callable[[int], str]
Stored = dict[str, Any]


def in_path(part: int) -> str:
    return "/panen/" if part == 1 else f"/panen/{part}/"


def in_query(part: int) -> str:
    return "/panen" if part == 1 else f"/panen?page={part}"


def paragraphs(part: int) -> list[str]:
    return [
        f"Bagian {part} menceritakan panen raya di kebun Lapas Serang yang dihadiri para pegawai dan warga binaan.",
        f"Hasil bagian {part} mencapai {part * 11} kilogram sayur yang dibagikan kepada warga sekitar lapas itu.",
    ]


def part_page(site: str, part: int, count: int, address: Address = in_path, following: str = "") -> str:
    """Page `part` of an article of `count` pages, with WordPress's page-links bar; the byline is on the last."""
    bar = "".join(
        f'<span class="post-page-numbers current">{n}</span>'
        if n == part
        else f'<a href="{following if following and n == part + 1 else site + address(n)}" class="post-page-numbers">'
        f"{n}</a>"
        for n in range(1, count + 1)
    )
    byline = "<p>Penulis: Budi Santoso</p>" if part == count else ""
    text = "".join(f"<p>{line}</p>" for line in paragraphs(part))
    return f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title(1)} - Warta</title>
<link rel="canonical" href="{site}{address(1)}"><meta property="og:site_name" content="Warta"></head>
<body class="single single-post"><header><nav><a href="/">Beranda</a></nav></header>
<article class="post hentry"><h1 class="entry-title">{title(1)}</h1><div class="entry-meta">
<time class="entry-date published" datetime="2026-01-28T08:00:00+07:00">x</time></div>
<div class="entry-content">{text}{byline}<div class="page-links">Laman: {bar}</div></div></article>
<footer>Hak cipta Warta</footer></body></html>"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Site]:
    """A server whose feed names one article, and a home that watches it."""
    with Site() as server:
        announce(server, tmp_path)
        yield server


def announce(server: Site, home: Path, address: Address = in_path) -> None:
    item = f"<item><title>{title(1)}</title><link>{server.url}{address(1)}</link></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>{item}</channel></rss>'
    server.routes["/rss.xml"] = Reply(feed, headers=RSS)
    write_home(home, [record("warta", server.url, {"type": "feed", "url": f"{server.url}/rss.xml"})])


def cut(server: Site, count: int, address: Address = in_path) -> None:
    server.routes |= {address(n): part_page(server.url, n, count, address) for n in range(1, count + 1)}


def whole(parts: range) -> list[str]:
    return [line for part in parts for line in paragraphs(part)]


def stored(home: Path) -> Stored:
    """The one article, and what became of its link."""
    with sqlite3.connect(home / "newsfeed.db") as db:
        db.row_factory = sqlite3.Row
        article = dict(db.execute("select * from articles").fetchone())
        link = dict(db.execute("select * from links").fetchone())
        article["count"] = db.execute("select count(*) from articles").fetchone()[0]
        article["revisions"] = db.execute("select count(*) from revisions").fetchone()[0]
    return article | {"paragraphs": article["body_text"].split("\n\n"), "link": link}


def asked_pages(server: Site) -> list[str]:
    return [path for path in server.paths() if path != "/rss.xml"]


@pytest.mark.parametrize("address", [in_path, in_query])
def test_article_on_three_pages_is_stored_whole(server: Site, tmp_path: Path, address: Address) -> None:
    announce(server, tmp_path, address)
    cut(server, 3, address)
    report = crawl(tmp_path)
    article = stored(tmp_path)
    assert report["counts"]["warta"] == {"new": 1}
    assert article["paragraphs"] == whole(range(1, 4))
    assert (article["partial"], article["author"]) == (0, "Budi Santoso")
    assert article["url"] == server.url + address(1)
    assert article["link"]["state"] == "done"
    assert asked_pages(server) == [address(n) for n in (1, 2, 3)], "each page once, in order"


def test_page_that_fails_leaves_the_article_partial_until_a_later_run_has_it(server: Site, tmp_path: Path) -> None:
    cut(server, 3)
    last, server.routes["/panen/3/"] = server.routes["/panen/3/"], Reply("busy", status=503)
    crawl(tmp_path)
    before = stored(tmp_path)
    assert before["paragraphs"] == whole(range(1, 3))
    assert before["partial"] == 1
    assert before["link"]["state"] == "open"
    assert before["link"]["next_try"] == "2026-01-29T03:15:00Z"
    assert "/panen/3/" in before["link"]["error"]
    assert "503" in before["link"]["error"]

    server.routes["/panen/3/"] = last
    asked = len(asked_pages(server))
    crawl(tmp_path, "2026-01-29T10:10:00+07:00")
    assert asked_pages(server)[asked:] == [], "its time has not come"
    report = crawl(tmp_path, LATER)
    after = stored(tmp_path)
    assert asked_pages(server)[asked:] == ["/panen/", "/panen/2/", "/panen/3/"]
    assert after["paragraphs"] == whole(range(1, 4))
    assert (after["partial"], after["author"]) == (0, "Budi Santoso")
    assert (after["count"], after["revisions"], after["updated"]) == (1, 0, None), "completing is no edit"
    assert report["counts"]["warta"] == {"touched": 1}
    assert (after["link"]["state"], after["link"]["error"]) == ("done", None)

    crawl(tmp_path, LATER_STILL)
    assert len(asked_pages(server)) == asked + 3, "a whole article is not asked for again"


def test_article_that_grows_or_shrinks_while_partial_is_not_edited(server: Site, tmp_path: Path) -> None:
    """Which further page fails is chance: no reader is told of an edit, and no text that is stored is lost."""
    cut(server, 3)
    held = dict(server.routes)
    for failing, now in (("/panen/3/", "2026-01-29T10:00:00+07:00"), ("/panen/2/", LATER)):
        server.routes |= held
        server.routes[failing] = Reply("gone", status=404)
        crawl(tmp_path, now)
    article = stored(tmp_path)
    assert article["paragraphs"] == whole(range(1, 3))
    assert (article["partial"], article["revisions"], article["updated"]) == (1, 0, None)


def test_page_that_stays_away_is_given_up_as_any_link_is(db: sqlite3.Connection, now: datetime) -> None:
    address = "https://warta.example/panen/"
    article = Article(
        url=address, canonical_url=address, title=title(1), paragraphs=("Panen raya.",), body_html="<p>Panen raya.</p>",
        partial=True, next_page=f"{address}2/",
    )  # fmt: skip
    fetched = Fetched(link=Link(url=address, source="warta"), status=200, article=article, error="its further page")
    tries: list[tuple[list[Verdict], datetime]] = []
    while links.waiting(db, "warta", now) or not tries:
        tries.append((take_fetched(db, fetched, now), now))
        row = db.execute("select state, next_try from links").fetchone()
        now = moment(row["next_try"]) if row["next_try"] else now + timedelta(days=30)
    assert [verdict for (verdict,), _ in tries] == ["new"] + ["unchanged"] * 6
    assert tries[-1][1] - tries[0][1] < timedelta(days=10)
    assert (row["state"], articles.load(db, 1).paragraphs) == ("done", ("Panen raya.",))


def test_site_that_shows_page_1_for_any_number_ends(server: Site, tmp_path: Path) -> None:
    first = part_page(server.url, 1, 9)
    server.routes |= {in_path(n): first for n in range(1, 10)}
    crawl(tmp_path)
    article = stored(tmp_path)
    assert article["paragraphs"] == paragraphs(1)
    assert (article["partial"], article["link"]["state"]) == (0, "done")
    assert asked_pages(server) == ["/panen/", "/panen/2/"]


def test_article_without_end_is_asked_for_20_further_pages(server: Site, tmp_path: Path) -> None:
    cut(server, 30)
    crawl(tmp_path)
    article = stored(tmp_path)
    assert asked_pages(server) == [in_path(n) for n in range(1, 22)]
    assert article["paragraphs"] == whole(range(1, 22))
    assert article["partial"] == 1
    assert article["link"]["state"] == "done", "asking again would bring no more"


def test_next_page_on_another_host_is_not_asked(server: Site, tmp_path: Path) -> None:
    with Site() as other:
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        server.routes["/panen/"] = part_page(server.url, 1, 2, following=f"{elsewhere}/panen/2/")
        crawl(tmp_path)
        assert other.asked == []
    assert stored(tmp_path)["paragraphs"] == paragraphs(1)
    assert asked_pages(server) == ["/panen/"]


def test_robots_txt_may_refuse_further_pages(server: Site, tmp_path: Path) -> None:
    cut(server, 3)
    server.routes["/robots.txt"] = "User-agent: *\nDisallow: /panen/2/\n"
    crawl(tmp_path)
    article = stored(tmp_path)
    assert asked_pages(server) == ["/panen/"]
    assert (article["paragraphs"], article["partial"]) == (paragraphs(1), 1)
    assert "robots.txt forbids it" in article["link"]["error"]


@pytest.mark.parametrize("place", ["/", "/lain/"])
def test_redirect_to_another_page_is_no_further_page(server: Site, tmp_path: Path, place: str) -> None:
    server.routes["/panen/"] = part_page(server.url, 1, 2)
    server.routes["/panen/2/"] = Reply(status=302, headers={"Location": place})
    server.routes[place] = part_page(server.url, 7, 7, lambda part: place).replace(title(1), title(7))
    crawl(tmp_path)
    assert stored(tmp_path)["paragraphs"] == paragraphs(1)


def test_further_page_without_text_leaves_what_was_read(server: Site, tmp_path: Path) -> None:
    server.routes["/panen/"] = part_page(server.url, 1, 2)
    server.routes["/panen/2/"] = "<!doctype html><title>x</title><body></body>"
    crawl(tmp_path)
    article = stored(tmp_path)
    assert (article["paragraphs"], article["partial"], article["link"]["state"]) == (paragraphs(1), 1, "open")
