"""Traps end by rule: bounded requests, each article once, and what was not followed can be seen."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from archive import ARCHIVE, SINCE, WANTED, archive_page, start_backfill
from crawling import crawl, newsfeed, record, write_home
from loopback import Asked, Reply, Site
from pressroom import page, pages

from crawler.text.urls import url_key

ARTICLES = {f"/berita-{n}/" for n in range(1, 6)}


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(home / "newsfeed.db") as db:
        return [tuple(row) for row in db.execute(sql)]


def stored(home: Path) -> list[str]:
    return sorted(urlsplit(url).path for (url,) in rows(home, "select url from articles"))


def excluded(home: Path) -> dict[str, str]:
    """Path and query of what a rule left out -> the reason."""
    found = rows(home, "select url, error from links where state = 'excluded' and error like 'is not followed: %'")
    return {url.split("/", 3)[3]: reason.removeprefix("is not followed: ") for url, reason in found}


def by_key(paths: Mapping[str, str]) -> dict[str, str]:
    """The same with one address for all permutations of a query."""
    return {url_key(f"http://x/{path}"): reason for path, reason in paths.items()}


def cards(site: str, addresses: Sequence[str]) -> str:
    """A listing whose every link looks as a title does, whatever it leads to."""
    items = "".join(
        f'<article><h2 class="entry-title"><a href="{site}/{address}">Kabar dari lapas yang ke-{n}</a></h2></article>'
        for n, address in enumerate(addresses)
    )
    return f'<!doctype html><html lang="id"><body><main>{items}</main></body></html>'


# What stands beside the articles of a listing -> why it is left out.
CALENDAR, ORDER = "a calendar or an archive by date", "a list in another order or part"
VIEW, GROWING = "another view of an article", "a path that repeats itself"
LEFT_OUT = {
    "2026/01/": CALENDAR,
    "2025/12/31/": CALENDAR,
    "b?month=12&year=2025": CALENDAR,
    "kalender?tgl=2025-12-31": CALENDAR,
    "agenda/calendar/2025/12": CALENDAR,
    "arsip/2025/12": CALENDAR,
    "b?page=2&sort=a": ORDER,
    "b?sort=a&page=2": ORDER,
    "b?page=2&filter[]=lapas": ORDER,
    "b?orderby=views&dir=desc": ORDER,
    "a/a/a/a/": GROWING,
    "berita/berita/berita/": GROWING,
    "daerah/b/daerah/b/daerah/b/kabar": GROWING,
    "berita-1/print/": VIEW,
    "berita-1/pdf": VIEW,
    "berita-1/share/": VIEW,
    "berita-1/trackback/": VIEW,
    "berita-1/embed/": VIEW,
    "berita-1/page/2/": VIEW,
    "berita-1/comment-page-3/": VIEW,
    "print/berita-1/": VIEW,
    "cetak/berita-1": VIEW,
}
# Other addresses of one article.
TWINS = [
    "berita-1/",
    "berita-1",
    "//berita-1/",
    "berita%2D1/",
    "index.php/berita-1/",
    "berita-1/index.html",
    "berita-1/?amp=1",
    "berita-1/amp/",
    "berita-1/?m=1",
    "berita-1/?print=1&tmpl=component&layout=default&page=",
    "berita-1/?replytocom=77#respond",
    "berita-1/?share=facebook",
    "berita-1/?utm_source=wa&fbclid=Ab-1",
    "berita-1/?PHPSESSID=0f3a9",
    "berita-1/?sid=9f86d081884c7d659a2f",
    "berita-1/;jsessionid=0F3",
    "(S(lit3py55))/berita-1/",
]


def lists(site: str, addresses: Sequence[str]) -> str:
    return cards(site, addresses)


def names(site: str, addresses: Sequence[str]) -> str:
    return (
        "<urlset>" + "".join(f"<url><loc>{site}/{a.replace('&', '&amp;')}</loc></url>" for a in addresses) + "</urlset>"
    )


PLACES: dict[str, tuple[dict[str, object], Callable[[str, Sequence[str]], str]]] = {
    "listing": ({"type": "listing", "url": "/b"}, lists),
    "listing with a selector": ({"type": "listing", "url": "/b", "links": "main a"}, lists),
    "sitemap": ({"type": "sitemap", "url": "/sitemap.xml"}, names),
}


@pytest.mark.parametrize(("way", "shown"), PLACES.values(), ids=PLACES)
def test_what_is_no_article_is_recorded_and_not_asked(
    tmp_path: Path, way: dict[str, object], shown: Callable[[str, Sequence[str]], str]
) -> None:
    with Site() as site:
        place = str(way["url"])
        site.routes |= pages(site.url, range(1, 6)) | {
            place: shown(site.url, [*LEFT_OUT, *(path.strip("/") + "/" for path in sorted(ARTICLES))])
        }
        write_home(tmp_path, [record("warta", site.url, way | {"url": f"{site.url}{place}"})])
        crawl(tmp_path)
        asked = site.paths()
        again = crawl(tmp_path)
    assert sorted(asked) == sorted([place, *ARTICLES])
    assert stored(tmp_path) == sorted(ARTICLES)
    assert by_key(excluded(tmp_path)) == by_key(LEFT_OUT)
    assert again["ended"]["warta"]["state"] == "unchanged"
    assert rows(tmp_path, "select max(attempts) from links") == [(0,)]


@pytest.mark.parametrize(("way", "shown"), PLACES.values(), ids=PLACES)
def test_twins_are_one_article_and_one_request(
    tmp_path: Path, way: dict[str, object], shown: Callable[[str, Sequence[str]], str]
) -> None:
    with Site() as site:
        place = str(way["url"])
        others = [path.strip("/") + "/" for path in sorted(ARTICLES)]
        site.routes |= pages(site.url, range(1, 6)) | {place: shown(site.url, [*TWINS, *others])}
        write_home(tmp_path, [record("warta", site.url, way | {"url": f"{site.url}{place}"})])
        crawl(tmp_path)
    assert len(site.paths()) == 6
    assert len(stored(tmp_path)) == 5


def test_session_ids_that_differ_with_each_answer(tmp_path: Path) -> None:
    count = itertools.count(10_000)
    shapes = ["/berita-{n}/;jsessionid={s:X}", "/berita-{n}/?PHPSESSID={s:x}", "/(S(k{s}x))/berita-{n}/",
              "/berita-{n}/?sid=abcdef0123456{s}"]  # fmt: skip

    def listed(_: Asked) -> Reply:
        return Reply(cards(site.url, [shapes[n % 4].format(n=n, s=next(count)).lstrip("/") for n in range(1, 6)]))

    with Site() as site:
        site.routes |= pages(site.url, range(1, 6)) | {"/b": listed}
        write_home(tmp_path, [record("warta", site.url, {"type": "listing", "url": f"{site.url}/b"})])
        for _ in range(3):
            crawl(tmp_path)
    assert stored(tmp_path) == sorted(ARTICLES)
    assert sorted(site.paths()) == sorted([*ARTICLES, *["/b"] * 3])


def test_post_number_and_its_permanent_link_are_one_article(tmp_path: Path) -> None:
    with Site() as site:
        site.routes |= pages(site.url, [1, 2]) | {
            "/b": cards(site.url, ["?p=71", "berita-1/", "?p=72"]),
            "/?p=71": Reply(status=301, headers={"Location": "/berita-1/"}),
            "/?p=72": Reply(status=301, headers={"Location": "/berita-2/"}),
        }
        write_home(tmp_path, [record("warta", site.url, {"type": "listing", "url": f"{site.url}/b"})])
        crawl(tmp_path)
    assert stored(tmp_path) == ["/berita-1/", "/berita-2/"]


def test_trap_fills_no_table(tmp_path: Path) -> None:
    with Site() as site:
        months = itertools.count()
        site.routes |= pages(site.url, range(1, 6)) | {
            "/b": lambda _: Reply(
                cards(
                    site.url,
                    [f"kalender?tgl={next(months)}" for _ in range(1000)] + [f"berita-{n}/" for n in range(1, 6)],
                )
            )
        }
        write_home(tmp_path, [record("warta", site.url, {"type": "listing", "url": f"{site.url}/b"})])
        reports = [crawl(tmp_path) for _ in range(4)]
    assert stored(tmp_path) == sorted(ARTICLES)
    assert "800 more addresses were left out by rule" in reports[0]["ended"]["warta"]["reason"]
    assert rows(tmp_path, "select reason from sources")[0][0] == reports[-1]["ended"]["warta"]["reason"]
    assert len(excluded(tmp_path)) == 500


# -- endless archives ------------------------------------------------------------------------------------------------


def number(asked: Asked) -> int:
    return int(parse_qs(urlsplit(asked.path).query).get("page", ["1"])[0])


def numbers(asked: Asked) -> list[int]:
    return list(ARCHIVE[number(asked) * 10 - 10 : number(asked) * 10])


def last_page_for_ever(asked: Asked) -> list[str]:
    return [f"berita-{n}/" for n in (numbers(asked) or ARCHIVE[-10:])]


def first_page_for_ever(_: Asked) -> list[str]:
    return [f"berita-{n}/" for n in ARCHIVE[:10]]


def permutations_for_ever(asked: Asked) -> list[str]:
    page = number(asked)
    return [*(f"berita-{n}/" for n in ARCHIVE[:10]), *(f"b?page={page + n}&sort=a&filter[]={page}" for n in range(9))]


def soft_404_with_what_is_popular(asked: Asked) -> list[str]:
    return [f"berita-{n}/" for n in (numbers(asked) or [1, 4, 9])]


# Listing -> numbers of the articles in it, after how many pages it repeats itself.
ENDLESS = {
    "last page for ever": (last_page_for_ever, 60, 6),
    "first page for ever": (first_page_for_ever, 10, 1),
    "query permutations": (permutations_for_ever, 10, 1),
    "soft 404 with popular articles": (soft_404_with_what_is_popular, 60, 6),
}


@pytest.mark.parametrize(("shown", "most", "last"), ENDLESS.values(), ids=ENDLESS)
def test_listing_without_end_ends_where_it_repeats_itself(
    tmp_path: Path, shown: Callable[[Asked], list[str]], most: int, last: int
) -> None:
    with Site() as site:
        prepare(tmp_path, site, lambda asked: Reply(cards(site.url, shown(asked))))
        report = crawl(tmp_path)
    assert stored(tmp_path) == sorted(f"/berita-{n}/" for n in range(1, most + 1))
    assert len(site.paths()) == most + last + 1
    assert f"its pages repeat themselves after page {last}" in report["ended"]["warta"]["reason"]


def test_backfill_tells_that_a_listing_repeats_itself(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, lambda asked: Reply(cards(site.url, first_page_for_ever(asked))))
        done = newsfeed("backfill", "warta", "--since", SINCE, "--home", tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(site.paths()) == 10 + 2
    assert f"listing {site.url}/b: its pages repeat themselves after page 1." in done.stdout


def test_ever_new_articles_end_a_first_crawl_by_its_bound(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, lambda asked: Reply(cards(site.url, [f"x-{number(asked)}-{n}/" for n in range(3)])))
        site.answer = invented(site)  # type: ignore[method-assign, assignment]
        report = crawl(tmp_path)
    assert len([path for path in site.paths() if path.startswith("/b")]) == 50
    assert len(stored(tmp_path)) == 150
    assert "its paging was ended after 50 pages" in report["ended"]["warta"]["reason"]


def invented(site: Site) -> Callable[[Asked], Reply]:
    """A server that has an article at every address that begins with `/x-`."""
    answer, keys = site.answer, itertools.count(1000)

    def answered(asked: Asked) -> Reply:
        if not asked.path.startswith("/x-"):
            return answer(asked)
        n = next(keys)
        return Reply(page(site.url, n).replace(f"/berita-{n}/", asked.path))

    return answered


def test_backfill_gives_up_a_listing_that_names_nothing_but_pages_that_are_none(tmp_path: Path) -> None:
    def shown(asked: Asked) -> Reply:
        known = [f"berita-{n}/" for n in numbers(asked) if n <= 20]
        return Reply(cards(site.url, known or [f"hilang-{number(asked)}-{n}/" for n in range(10)]))

    with Site() as site:
        prepare(tmp_path, site, shown)
        done = newsfeed("backfill", "warta", "--since", SINCE, "--home", tmp_path)
    assert done.returncode == 0, done.stderr
    assert stored(tmp_path) == sorted(f"/berita-{n}/" for n in range(1, 21))
    assert len(site.paths()) == 20 + 100 + 12
    assert "given up, as 100 of its pages in a row were no articles" in done.stdout


def prepare(home: Path, site: Site, shown: Callable[[Asked], Reply]) -> None:
    """A home whose one source is a paged listing on this server."""
    site.routes |= {f"/berita-{n}/": archive_page(site.url, n) for n in ARCHIVE} | {"/b": shown}
    write_home(home, [record("warta", site.url, {"type": "listing", "url": f"{site.url}/b", "paging": "page"})])


def test_robots_txt_is_asked_once_in_a_backfill_of_many_slices(tmp_path: Path) -> None:
    with Site() as site:
        prepare(tmp_path, site, lambda asked: Reply(cards(site.url, [f"berita-{n}/" for n in numbers(asked)])))
        for path in WANTED:
            site.routes[path] = Reply(str(site.routes[path]), wait=0.05)
        process = start_backfill(tmp_path, seconds=0.3)
        _, errors = process.communicate(timeout=60)
    runs = rows(tmp_path, "select count(*) from runs")[0][0]
    assert process.returncode == 0, errors
    assert set(stored(tmp_path)) == WANTED
    assert int(runs) > 2
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
