"""From a home page alone to the best way to a site's articles, with few requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from crawler import discover
from crawler.discover.probe import MOST_REQUESTS, Refusal, Tools, probing
from crawler.models import Link, Page, Probed, Source

HOME = "https://warta.example/"
SOURCE = Source(slug="warta", name="Warta", kind="press", homepage=HOME)
NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)


def post(number: int) -> dict[str, object]:
    return {
        "id": number, "status": "publish", "link": f"{HOME}panen-ke-{number}/", "slug": f"panen-ke-{number}",
        "date_gmt": f"2026-01-{number + 1:02}T01:00:00", "modified_gmt": f"2026-01-{number + 1:02}T01:00:00",
        "guid": {"rendered": f"{HOME}?p={number}"}, "title": {"rendered": f"Panen Ke-{number} di Lapas Serang"},
        "content": {"rendered": f"<p>Serang – Panen ke-{number} di lapas.</p>", "protected": False},
        "excerpt": {"rendered": ""},
    }  # fmt: skip


POSTS = json.dumps([post(number) for number in range(1, 6)])
LINKS = "".join(
    f"<h2 class='entry-title'><a href='/panen-ke-{n}/'>Panen Ke-{n} di Lapas Serang</a></h2>" for n in range(6)
)
ITEMS = "".join(
    f"<item><title>Panen {n}</title><link>{HOME}panen-ke-{n}/</link><description>Ringkas {n}.</description>"
    f"<pubDate>Wed, {n + 10} Jan 2026 03:00:00 +0000</pubDate></item>"
    for n in range(1, 6)
)
RSS = f"<?xml version='1.0'?><rss version='2.0'><channel><title>W</title><link>{HOME}</link>{ITEMS}</channel></rss>"
URLS = "".join(f"<url><loc>{HOME}panen-ke-{n}/</loc><lastmod>2026-01-1{n}</lastmod></url>" for n in range(1, 10))
SITEMAP = f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{URLS}</urlset>"
API = "<link rel='https://api.w.org/' href='https://warta.example/wp-json/'>"
FEED = "<link rel='alternate' type='application/rss+xml' title='Warta' href='/feed/'>"
COMMENTS = "<link rel='alternate' type='application/rss+xml' title='Warta » Umpan Komentar' href='/comments/feed/'>"


def home(head: str = "", body: str = LINKS) -> str:
    return f"<!doctype html><html><head><title>Warta</title>{head}</head><body>{body}</body></html>"


def probe(answers: Mapping[str, str], refused: Mapping[str, str] | None = None) -> tuple[Probed, list[str]]:
    """Drive a probe over answers by path with query; all else is not found, and pages named `panen` are articles."""
    walk = probing(SOURCE, Tools(discover.first_step, discover.read, judged, NOW))
    asked = []
    ask = next(walk)
    while True:
        asked.append(ask.url)
        parts = urlsplit(ask.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        text = answers.get(path, answers.get(parts.path))
        problem = (refused or {}).get(parts.path, "HTTP 404 (not found)")
        try:
            ask = walk.send(Refusal(problem) if text is None else Page(ask.url, text.encode()))
        except StopIteration as end:
            return end.value, asked


def judged(page: Page, link: Link) -> str | None:
    return None if "panen" in page.url else "the page holds no article text."


ARTICLES = {f"/panen-ke-{n}/": "<p>Isi</p>" for n in range(10)}


def test_stock_wordpress_is_read_by_rest_after_two_requests() -> None:
    found, asked = probe({"/": home(API + FEED + COMMENTS), "/wp-json/wp/v2/posts": POSTS})
    assert str(found.ways[0]) == "wordpress https://warta.example/wp-json/"
    assert [urlsplit(url).path for url in asked] == ["/", "/wp-json/wp/v2/posts"]
    assert found.requests == len(asked)


def test_linked_feed_and_sitemap_are_kept_in_reserve() -> None:
    found, _ = probe({"/": home(API + FEED + COMMENTS), "/wp-json/wp/v2/posts": POSTS})
    assert [str(way) for way in found.ways[1:]][:1] == ["feed https://warta.example/feed/"]
    assert not any("comments" in way.url for way in found.ways)


def test_rest_at_the_other_address_is_found() -> None:
    answers = {"/": home(API), "/?rest_route=%2Fwp%2Fv2%2Fposts": POSTS}
    for query in ("/?rest_route=/wp/v2/posts", "/?rest_route=%2Fwp%2Fv2%2Fposts"):
        answers[query] = POSTS

    class Loose(dict[str, str]):
        def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
            return POSTS if "rest_route" in key else super().get(key, default)

    found, _ = probe(Loose(answers), {"/wp-json/wp/v2/posts": "HTTP 401 (asks for a login)"})
    assert found.ways[0].type == "wordpress"
    assert "rest_route" in found.ways[0].url


def test_closed_rest_leaves_the_feed() -> None:
    found, _ = probe({"/": home(API + FEED), "/feed/": RSS, **ARTICLES})
    assert str(found.ways[0]) == "feed https://warta.example/feed/"
    refused = next(one for one in found.tried if one.strategy.type == "wordpress")
    assert (refused.rank, refused.reason) == (None, "HTTP 404 (not found)")


def test_feed_of_pages_that_are_no_articles_does_not_win() -> None:
    answers = {"/": home(FEED, ""), "/feed/": RSS.replace("panen-ke", "forum")}
    found, _ = probe({**answers, **{f"/forum-{n}/": "<p>Isi</p>" for n in range(9)}})
    assert not found.ways
    assert found.problem
    assert "no article" in next(one.reason for one in found.tried if one.strategy.type == "feed")


def test_feed_that_names_as_much_as_the_sitemap_goes_before_it() -> None:
    named = home(FEED.replace("/feed/", "/rss.xml"))
    five = SITEMAP[: SITEMAP.index(f"<url><loc>{HOME}panen-ke-6/")] + "</urlset>"
    found, _ = probe({"/": named, "/rss.xml": RSS, "/sitemap.xml": five, **ARTICLES})
    assert [way.type for way in found.ways][:2] == ["feed", "sitemap"]


def test_feeds_named_on_an_inner_page_are_found() -> None:
    inner = "<ul><li><a href='/umpan/berita.xml'>RSS berita</a></li></ul>"
    answers = {
        "/": home("", "<a href='/layanan'>Layanan RSS</a>"),
        "/layanan": home("", inner),
        "/umpan/berita.xml": RSS,
    }
    found, _ = probe({**answers, **ARTICLES})
    assert str(found.ways[0]) == "feed https://warta.example/umpan/berita.xml"


def test_dated_sitemap_goes_before_a_feed_of_five() -> None:
    named = home(FEED.replace("/feed/", "/rss.xml"))
    found, _ = probe({"/": named, "/rss.xml": RSS, "/sitemap.xml": SITEMAP, **ARTICLES})
    assert [way.type for way in found.ways][:2] == ["sitemap", "feed"]


@pytest.mark.parametrize(
    ("pager", "paging"),
    [
        ("<a href='/page/2/'>2</a>", "path"),
        ("<a href='/?page=2'>2</a>", "page"),
        ("<a href='/?start=10'>2</a>", "start"),
        ("<a href='/?hal=2'>2</a>", "hal"),
        ("", None),
    ],
)
def test_paging_of_a_listing_is_detected(pager: str, paging: str | None) -> None:
    found, _ = probe({"/": home("", LINKS + pager), **ARTICLES})
    assert [(way.type, way.paging) for way in found.ways] == [("listing", paging)]


def test_site_without_articles_yields_nothing_within_its_budget() -> None:
    found, asked = probe({"/": home(API + FEED, "<p>Segera hadir.</p>")})
    assert not found.ways
    assert len(asked) == found.requests <= MOST_REQUESTS


def test_dead_site_costs_one_request() -> None:
    found, asked = probe({}, {"/": "HTTP 503 (is not available)"})
    assert (found.ways, len(asked)) == ((), 1)
    assert "503" in (found.problem or "")


@pytest.mark.parametrize(
    ("pager", "paging"),
    [
        ("<a href='/index/10'>2</a><a href='/index/20'>3</a>", "pager"),
        ("<a href='/?hlm=2'>2</a>", "pager"),
        ("<a href='/?halaman_ke=2' rel='next'>»</a>", "pager"),
        ("<a href='/agenda/2026/02'>2</a><a href='/agenda/2026/03'>3</a>", None),
        ("<a href='/?tahun=2'>2</a>", None),
        ("<a href='/panen-ke-2/'>2</a>", None),
        ("<a href='/profil/2'>Profil kedua</a>", None),
    ],
)
def test_a_pager_is_known_by_its_words(pager: str, paging: str | None) -> None:
    found, _ = probe({"/": home("", LINKS + pager), **ARTICLES})
    assert found.ways[0].paging == paging


@pytest.mark.parametrize(
    "splash",
    [
        home("<meta http-equiv='refresh' content='3; URL=/beranda'>", "<img src='/wbk.png'>"),
        home("", "<a href='/beranda'><img src='/masuk.png'></a><a href='https://lapor.example/'>Lapor</a>"),
        home("<script>window.location.href = '/beranda';</script>", ""),
        "<html><head><title>W</title></head><frameset><frame src='/beranda'></frameset></html>",
    ],
    ids=["refresh", "link", "script", "frame"],
)
def test_what_is_behind_a_splash_page_is_found(splash: str) -> None:
    found, asked = probe({"/": splash, "/beranda": home(FEED), "/feed/": RSS, **ARTICLES})
    assert [way.type for way in found.ways] == ["feed", "listing"]
    assert len(asked) <= MOST_REQUESTS


def test_interface_of_a_cms_in_a_folder_is_found_by_its_section() -> None:
    rest = "<link rel='https://api.w.org/' href='/berita/wp-json/'>"
    answers = {
        "/": home("", "<a href='/berita/'>Berita</a><p>Selamat datang.</p>"),
        "/berita/": home(rest),
        "/berita/wp-json/wp/v2/posts": POSTS,
    }
    found, _ = probe({**answers, **ARTICLES})
    assert str(found.ways[0]) == "wordpress https://warta.example/berita/wp-json/"


def test_of_two_lists_of_one_page_the_longer_is_read() -> None:
    fewer = "".join(f"<h2><a href='/panen-ke-{n}/'>Panen Ke-{n} di Lapas Serang</a></h2>" for n in range(3))
    found, _ = probe({"/": home("", fewer + "<a href='/arsip'>Berita</a>"), "/arsip": home(), **ARTICLES})
    assert [way.url for way in found.ways] == [f"{HOME}arsip", HOME]


def test_feed_that_carries_whole_articles_far_back_ends_the_search() -> None:
    body = "<p>Serang – Warga binaan memanen sayur di kebun lapas bersama petugas, Rabu.</p>" * 6
    items = "".join(
        f"<item><title>Panen {n}</title><link>{HOME}panen-ke-{n}/</link><pubDate>0{n} Dec 2025 03:00:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
        for n in range(1, 6)
    )
    rss = (
        f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{items}</channel></rss>"
    )
    found, asked = probe({"/": home(FEED), "/feed/": rss, "/sitemap.xml": SITEMAP, **ARTICLES})
    assert str(found.ways[0]) == "feed https://warta.example/feed/"
    assert len(asked) == 2


def test_a_section_is_known_by_the_addresses_of_its_articles() -> None:
    links = LINKS.replace("href='/panen", "href='/kegiatan-kami/panen")
    answers = {
        "/": home("", links[: len(links) // 2] + "<a href='/kegiatan-kami'>Apa yang Baru?</a>"),
        "/kegiatan-kami": home("", links + "<a href='/kegiatan-kami?page=2'>2</a>"),
        **{f"/kegiatan-kami{path}": page for path, page in ARTICLES.items()},
    }
    found, _ = probe(answers)
    assert next((way.url, way.paging) for way in found.ways) == (f"{HOME}kegiatan-kami", "page")


def test_a_section_that_holds_some_of_the_news_is_no_way_to_all() -> None:
    links = "".join(
        f"<h2><a href='/{('hukum', 'daerah')[n % 2]}/panen-ke-{n}/'>Panen Ke-{n} di Lapas Serang</a></h2>"
        for n in range(6)
    )
    pager = "<a href='/hukum?page=2'>2</a>"
    answers = {"/": home("", f"{links}<a href='/hukum'>Hukum</a>"), "/hukum": home("", links + pager)}
    articles = {f"/{part}{path}": page for part in ("hukum", "daerah") for path, page in ARTICLES.items()}
    found, _ = probe({**answers, **articles})
    assert [way.url for way in found.ways] == [HOME]
