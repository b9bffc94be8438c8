"""Each way as a backfill walks it: beyond the bounds of a first crawl, down to a date, and no further."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from walking import read, walk

from crawler.models import SourceState, Step, Strategy
from crawler.storage.sources import step_of, told_step

ROOT = "https://koran.example"
NEWEST = datetime(2026, 1, 1, 5, tzinfo=UTC)
SINCE = NEWEST - timedelta(days=1000)
BACKFILL = SourceState("koran", since=SINCE)
ALL = range(1200)  # an article a day


def at(n: int) -> str:
    return (NEWEST - timedelta(days=n)).strftime("%Y-%m-%dT%H:%M:%SZ")


def url(n: int) -> str:
    return f"{ROOT}/berita/kabar-daerah-{n}"


def query(asked: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}


def rest(asked: str) -> bytes:
    page = int(query(asked)["page"])
    shown = [n for n in ALL if at(n) > query(asked)["after"]][(page - 1) * 100 : page * 100]
    return json.dumps([
        {"id": n, "link": url(n), "date_gmt": at(n).rstrip("Z"), "modified_gmt": at(0).rstrip("Z"), "status": "publish"}
        for n in shown
    ]).encode()  # fmt: skip


def paged(asked: str) -> bytes:
    page = int(query(asked).get("paged", "1"))
    items = "".join(
        f"<item><link>{url(n)}</link><pubDate>{at(n)}</pubDate></item>" for n in ALL[page * 10 - 10 : page * 10]
    )
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def listed(asked: str) -> bytes:
    start = int(query(asked).get("start", "0"))
    cards = "".join(
        f'<article><h2><a href="{url(n)}">Kabar dari daerah nomor {n} hari ini</a></h2><time datetime="{at(n)}"></time>'
        "</article>"
        for n in ALL[start : start + 10]
    )
    return f"<html><body><main>{cards}</main></body></html>".encode()


def mapped(asked: str) -> bytes:
    parts = [ALL[begin : begin + 100] for begin in range(0, len(ALL), 100)]
    if asked.endswith("/sitemap.xml"):
        named = (f"<sitemap><loc>{ROOT}/post-sitemap{n}.xml</loc></sitemap>" for n in range(len(parts), 0, -1))
        return f"<sitemapindex>{''.join(named)}</sitemapindex>".encode()
    part = parts[-int(asked.removesuffix(".xml").rpartition("sitemap")[2])]
    entries = "".join(f"<url><loc>{url(n)}</loc><lastmod>{at(n)}</lastmod></url>" for n in part)
    return f"<urlset>{entries}</urlset>".encode()


WAYS: dict[str, tuple[Strategy, Callable[[str], bytes], int]] = {
    "wordpress": (Strategy("wordpress", f"{ROOT}/wp-json/wp/v2"), rest, 11),
    "feed": (Strategy("feed", f"{ROOT}/feed/"), paged, 102),
    "listing": (Strategy("listing", f"{ROOT}/berita", paging="start"), listed, 102),
    "joomla": (Strategy("joomla", f"{ROOT}/berita"), listed, 102),
    "sitemap": (Strategy("sitemap", f"{ROOT}/sitemap.xml"), mapped, 13),
}


@pytest.mark.parametrize(("strategy", "server", "requests"), WAYS.values(), ids=WAYS)
def test_walk_goes_down_to_the_date(strategy: Strategy, server: Callable[[str], bytes], requests: int) -> None:
    taken = walk(strategy, server, BACKFILL, now=NEWEST)
    assert sorted(link.url for link in taken.links) == sorted(url(n) for n in range(1001))
    assert {link.origin for link in taken.links} == {"backfill"}
    assert taken.cursor is None
    assert len(taken.urls) == requests


def test_walk_ends_where_a_listing_gives_its_last_page_for_ever() -> None:
    strategy = Strategy("listing", f"{ROOT}/berita", paging="page")
    taken = walk(strategy, lambda _: listed(f"{ROOT}/berita"), BACKFILL, now=NEWEST)
    assert len(taken.urls) == 2


def test_what_a_long_walk_remembers_is_bounded() -> None:
    strategy = Strategy("listing", f"{ROOT}/berita", paging="page")
    taken = walk(strategy, lambda asked: endless(int(query(asked).get("page", "1"))), BACKFILL, now=NEWEST, most=400)
    remembered = [len(found.next.seen) for found in taken.found if found.next]
    assert len(remembered) == 400
    assert max(remembered) < 2_100


def endless(page: int) -> bytes:
    cards = "".join(
        f'<article><h2><a href="{ROOT}/berita/kabar-{page}-{n}">Kabar tanpa tanggal nomor {n}</a></h2></article>'
        for n in range(10)
    )
    return f"<html><body><main>{cards}</main></body></html>".encode()


@pytest.mark.parametrize("is_dated", [True, False])
def test_large_sitemap_is_walked_whole_and_a_bounded_part_at_a_time(is_dated: bool) -> None:
    minutes = [NEWEST - timedelta(minutes=n) for n in range(25_000)]
    entries = "".join(
        f"<url><loc>{url(n)}</loc>{f'<lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>' if is_dated else ''}</url>"
        for n, at in enumerate(minutes)
    )
    body = f"<urlset>{entries}</urlset>".encode()
    taken = walk(Strategy("sitemap", f"{ROOT}/sitemap.xml"), lambda _: body, BACKFILL, now=NEWEST)
    assert sorted(link.url for link in taken.links) == sorted(url(n) for n in range(25_000))
    assert [len(found.links) for found in taken.found] == [10_000, 10_000, 5_000]
    assert max(len(found.next.seen) for found in taken.found if found.next) < 5_000
    assert not [found.told for found in taken.found if found.told]


def test_large_sitemap_is_walked_no_further_than_the_date() -> None:
    entries = "".join(f"<url><loc>{url(n)}</loc><lastmod>{at(n)}</lastmod></url>" for n in range(12_000))
    body = f"<urlset>{entries}</urlset>".encode()
    taken = walk(Strategy("sitemap", f"{ROOT}/sitemap.xml"), lambda _: body, BACKFILL, now=NEWEST)
    assert len(taken.links) == 1001
    assert len(taken.urls) == 1


def test_addresses_beyond_the_protocols_limit_are_told_of() -> None:
    body = "\n".join(f"{ROOT}/berita/{n}" for n in range(50_001)).encode()
    found = read(Strategy("sitemap", f"{ROOT}/sitemap.txt"), body, BACKFILL)
    assert f"{ROOT}/sitemap.txt names more than 50,000 addresses" in (found.told or "")


def test_place_within_a_sitemap_is_kept_as_it_is_stored() -> None:
    step = Step(f"{ROOT}/sitemap.xml", number=3, seen=frozenset({"koran.example/a"}), ahead=("x",), offset=10_000)
    assert step_of(json.loads(json.dumps(told_step(step)))) == step
