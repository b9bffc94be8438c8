"""Sitemaps: which are asked and in which order, which addresses they give, and how little a poll costs."""

from __future__ import annotations

import contextlib
import gzip
import time
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from walking import FIRST, SOURCE, Walk, poll, read, walk

from crawler import discover
from crawler.discover import past_end
from crawler.errors import DiscoverError
from crawler.models import Page, SourceState, Step, Strategy

ROOT = "https://koran.example"
MAP = Strategy("sitemap", f"{ROOT}/sitemap.xml")
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def url(path: str, lastmod: object = None, more: str = "") -> str:
    changed = f"<lastmod>{lastmod.isoformat() if isinstance(lastmod, datetime) else lastmod}</lastmod>"
    return f"<url><loc>{ROOT}{path}</loc>{changed if lastmod else ''}{more}</url>\n"


def urlset(*urls: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACES}>{"".join(urls)}</urlset>'.encode()


def index(*parts: tuple[str, object]) -> bytes:
    listed = "".join(url(path, lastmod).replace("url>", "sitemap>") for path, lastmod in parts)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {NAMESPACES}>{listed}</sitemapindex>'.encode()


def articles(numbers: Sequence[int], days_apart: float | None = None, slug: str = "artikel-nomor") -> bytes:
    """Articles of which the highest number is the newest, an hour old where they are dated."""
    latest = NOW - timedelta(hours=1)
    dates = {n: latest - timedelta(days=(max(numbers) - n) * days_apart) if days_apart else None for n in numbers}
    return urlset(*(url(f"/{slug}-{n}", dates[n]) for n in numbers))


def numbers_of(taken: Walk) -> list[int]:
    return sorted(int(link.url.rpartition("-")[2]) for link in taken.links)


def walked(site: Mapping[str, bytes], state: SourceState = FIRST) -> Walk:
    return walk(MAP, lambda address: site[address.removeprefix(ROOT)], state, now=NOW)


def asked(taken: Walk) -> list[str]:
    return [address.removeprefix(ROOT) for address in taken.urls]


# -- one file --------------------------------------------------------------------------------------------------------


def test_all_that_an_entry_tells() -> None:
    entry = url(
        "/panen-raya?id=1&amp;x=2",
        "2026-11-23T10:00:00+07:00",
        "<news:news><news:publication><news:name>Koran</news:name></news:publication><news:publication_date>"
        "2026-11-22T08:00:00+07:00</news:publication_date><news:title><![CDATA[Panen & pesta]]></news:title>"
        "</news:news>"
        f"<image:image><image:loc>{ROOT}/a.jpg</image:loc><image:title>Foto</image:title></image:image>"
        "<image:image><image:loc>/b.jpg</image:loc></image:image>",
    )
    (link,) = read(MAP, urlset(entry)).links
    assert link.url == f"{ROOT}/panen-raya?id=1&x=2"
    assert (link.published, link.modified) == ("2026-11-22T08:00:00+07:00", "2026-11-23T10:00:00+07:00")
    assert link.title is not None
    assert link.title.replace("&amp;", "&") == "Panen & pesta"
    assert (link.image, link.origin, link.source, link.body) == (f"{ROOT}/a.jpg", "first", "koran", None)


GOOD = urlset(url("/satu-dua-tiga"), url("/empat-lima-enam"))


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        gzip.compress(GOOD),
        gzip.compress(GOOD + b" " * 100_000)[:-30],
        GOOD[:-9],
        GOOD[:-9] + b"<url><loc>https://koran.example/putus-di-te",
        b"\n\n<b>Notice</b>: Undefined index<br />\n" + GOOD,
        b"\xef\xbb\xbf" + GOOD,
        GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        GOOD.replace(b"urlset", b"s:urlset")
        .replace(b"url>", b"s:url>")
        .replace(b"loc>", b"s:loc>")
        .replace(b"xmlns=", b"xmlns:s="),
        GOOD.replace(b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', b""),
        GOOD.replace(b"</loc>", b"</loc><changefreq>daily</changfreq>"),
        GOOD.replace(b"<loc>", b"<loc>\n  <![CDATA[").replace(b"</loc>", b"]]>\n</loc>"),
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>' + GOOD,
        b"https://koran.example/satu-dua-tiga\r\n\r\n https://koran.example/empat-lima-enam \nx\n",
    ],
    ids="plain gzip cut-gzip cut cut-entry notice bom utf-16 prefix bare mismatch cdata doctype lines".split(),
)
def test_whatever_the_form_the_addresses_are_read(body: bytes) -> None:
    assert {link.url for link in read(MAP, body).links} == {f"{ROOT}/satu-dua-tiga", f"{ROOT}/empat-lima-enam"}


@pytest.mark.parametrize(
    "path",
    [
        "/", "/kategori/hukum", "/tag/lapas", "/author/rina", "/page/2", "/2026/11/", "/unduh/laporan.pdf", "/kontak",
        "/tentang-kami", "/pedoman-media-siber.html", "/login", "/siaran-pers", "/?page=3", "/wp-content/uploads/a",
    ],
)  # fmt: skip
def test_what_is_no_article_is_left_out(path: str) -> None:
    below = [url(f"/siaran-pers/judul-ke-{n}") for n in range(3)]
    links = read(MAP, urlset(url(path), *below)).links
    assert {link.url for link in links} == {f"{ROOT}/siaran-pers/judul-ke-{n}" for n in range(3)}


@pytest.mark.parametrize(
    "path",
    ["/remisi", "/berita/remisi", "/1234", "/2026/11/23/remisi/", "/baca.php?no=12", "/?p=12", "/index.php/b/5-x"],
)
def test_addresses_of_any_cms_are_taken(path: str) -> None:
    assert [link.url for link in read(MAP, urlset(url(path))).links] == [ROOT + path]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Beranda</body></html>", "HTML that is not a sitemap"),
        (b"{}", "something that is not a sitemap"),
        (b'<rss version="2.0"><channel/></rss>', "not a sitemap"),
        (urlset(), "names no address"),
        (urlset("<url><loc>https://lain.example/a-b-c</loc></url>"), "no article of this site"),
        (urlset(url("/"), url("/kontak")), "no article of this site"),
        (index(), "names no address"),
        (index().replace(b"</", b"<sitemap><loc>https://lain.example/s.xml</loc></sitemap></"), "no sitemap of this"),
        (urlset("<b>" * 700_000), "too large"),
    ],
)
def test_what_is_no_sitemap_of_the_site(body: bytes, words: str) -> None:
    with pytest.raises(DiscoverError, match=words):
        read(MAP, body)


# -- the first crawl -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_apart", "expected"),
    [(None, 200), (1, 200), (0.1, 300), (0.01, 500)],
    ids=["undated", "30 days are fewer", "30 days are more", "never over 500"],
)
def test_first_crawl_takes_the_newest_200_or_30_days(days_apart: float | None, expected: int) -> None:
    taken = walked({"/sitemap.xml": articles(range(1, 1001), days_apart)})
    assert abs(len(taken.links) - expected) <= 1
    assert numbers_of(taken)[-1] == 1000
    assert numbers_of(taken)[0] == 1001 - len(taken.links)


def test_yoast_is_read_from_its_newest_posts_back_until_there_are_enough() -> None:
    old = NOW - timedelta(days=200)
    taken = walked(
        {
            "/sitemap.xml": index(
                ("/post-sitemap.xml", old), ("/post-sitemap2.xml", old + timedelta(days=90)),
                ("/post-sitemap3.xml", NOW), ("/page-sitemap.xml", NOW), ("/category-sitemap.xml", NOW),
                ("/post_tag-sitemap.xml", NOW), ("/author-sitemap.xml", NOW),
            ),
            "/post-sitemap3.xml": articles(range(301, 400), 1),
            "/post-sitemap2.xml": articles(range(1, 301), 2),
        }
    )  # fmt: skip
    assert asked(taken) == ["/sitemap.xml", "/post-sitemap3.xml", "/post-sitemap2.xml"]
    assert numbers_of(taken) == list(range(200, 400))
    assert taken.cursor == "2026-11-24T02:00:00Z"


def test_wordpress_without_dates_is_read_from_its_last_page() -> None:
    names = ["posts-post-1", "posts-post-2", "posts-page-1", "taxonomies-category-1", "users-1"]
    taken = walked(
        {
            "/sitemap.xml": index(*((f"/wp-sitemap-{name}.xml", None) for name in names)),
            "/wp-sitemap-posts-post-2.xml": articles(range(301, 351)),
            "/wp-sitemap-posts-post-1.xml": articles(range(1, 301)),
        }
    )
    assert asked(taken)[1:] == ["/wp-sitemap-posts-post-2.xml", "/wp-sitemap-posts-post-1.xml"]
    assert numbers_of(taken) == list(range(151, 351))
    assert taken.cursor is None


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-10.xml"], "/sitemap-10.xml"),
        (["/sitemap.xml?page=1", "/sitemap.xml?page=2"], "/sitemap.xml?page=1"),
        (["/sitemap-2025-12.xml", "/sitemap-2026-02.xml", "/sitemap-2026-01.xml"], "/sitemap-2026-02.xml"),
        (["/a-sitemap.xml", "/news-sitemap.xml", "/image-sitemap.xml"], "/news-sitemap.xml"),
        (["/tag-sitemap.xml", "/page-sitemap.xml"], "/tag-sitemap.xml"),
    ],
)
def test_which_sitemap_comes_first_without_dates(names: list[str], first: str) -> None:
    step = read(MAP, index(*((name, None) for name in names))).next
    assert step is not None
    assert step.url == ROOT + first


def test_the_date_of_the_files_making_is_no_date_of_its_articles() -> None:
    today = urlset(*(url(f"/artikel-nomor-{n}", NOW) for n in range(1, 301)))
    taken = walked({"/sitemap.xml": today})
    assert numbers_of(taken) == list(range(101, 301))
    assert {link.modified for link in taken.links} == {None}
    parts = index(*((f"/sitemap-{n}.xml", NOW) for n in range(1, 5)))
    changed = read(MAP, parts, poll(cursor="2026-11-23T00:00:00Z")).next
    assert changed is not None
    assert (changed.url, changed.walk) == (f"{ROOT}/sitemap-4.xml", "")


def test_an_index_below_an_index_is_followed_and_none_below_that() -> None:
    taken = walked(
        {
            "/sitemap.xml": index(("/berita.xml", None)),
            "/berita.xml": index(("/dalam.xml", None), ("/berita-1.xml", None), ("/sitemap.xml", None)),
            "/dalam.xml": index(("/terlalu-dalam.xml", None)),
            "/berita-1.xml": articles(range(1, 4)),
        }
    )
    assert sorted(asked(taken)) == ["/berita-1.xml", "/berita.xml", "/dalam.xml", "/sitemap.xml"]
    assert numbers_of(taken) == [1, 2, 3]


def test_a_sitemap_that_is_none_is_passed_over_and_one_that_is_gone_too() -> None:
    site = {
        "/sitemap.xml": index(("/post-sitemap1.xml", None), ("/post-sitemap2.xml", None), ("/post-sitemap3.xml", None)),
        "/post-sitemap3.xml": b"<html><body>Galat</body></html>",
        "/post-sitemap2.xml": articles(range(1, 4)),
        "/post-sitemap1.xml": b"",
    }
    taken = walked(site)
    assert len(taken.urls) == 4
    assert numbers_of(taken) == [1, 2, 3]
    step = taken.found[0].next
    assert step is not None
    gone = past_end(step, 404)
    assert gone is not None
    assert gone.next is not None
    assert gone.next.url == f"{ROOT}/post-sitemap2.xml"
    assert past_end(step, 503) is None


def test_sitemaps_without_any_article_are_an_error_in_the_end() -> None:
    with pytest.raises(DiscoverError, match="name no article"):
        walked({"/sitemap.xml": index(("/a.xml", None)), "/a.xml": urlset(url("/kontak"))})


# -- polls -----------------------------------------------------------------------------------------------------------


def known(numbers: Sequence[int]) -> list[str]:
    return [f"{ROOT}/artikel-nomor-{n}" for n in numbers]


def test_a_poll_asks_only_sitemaps_that_changed_and_takes_what_is_newer_than_the_cursor() -> None:
    state = poll(known(range(1, 98)), cursor="2026-11-23T02:00:00Z")
    taken = walked(
        {
            "/sitemap.xml": index(
                ("/post-sitemap1.xml", "2026-01-01"), ("/post-sitemap2.xml", "2026-11-23T02:00:00+00:00"),
                ("/post-sitemap3.xml", "2026-11-24T02:00:00+00:00"), ("/pengumuman-sitemap.xml", "2026-11-23T03:00Z"),
            ),
            "/post-sitemap3.xml": articles(range(50, 101), 1),
            "/pengumuman-sitemap.xml": articles(range(1, 3), 90, "pengumuman"),
        },
        state,
    )  # fmt: skip
    assert asked(taken) == ["/sitemap.xml", "/post-sitemap3.xml", "/pengumuman-sitemap.xml"]
    assert {98, 99, 100} <= set(numbers_of(taken))
    assert len(taken.links) <= 6, "what is long known is not told again"
    assert {link.origin for link in taken.links} == {"poll"}
    assert taken.cursor == "2026-11-24T02:00:00Z"
    assert [found.cursor for found in taken.found[:-1]] == [None, None], "the cursor is kept at the end alone"


def test_a_poll_with_nothing_changed_asks_once() -> None:
    parts = index(("/post-sitemap1.xml", "2026-11-20"), ("/post-sitemap2.xml", "2026-11-22T02:00:00Z"))
    taken = walked({"/sitemap.xml": parts}, poll(cursor="2026-11-22T02:00:00Z"))
    assert (asked(taken), taken.links, taken.cursor) == (["/sitemap.xml"], [], None)


def test_a_sitemap_that_changed_today_is_read_all_day() -> None:
    parts = index(("/post-sitemap1.xml", "2026-11-20"), ("/post-sitemap2.xml", "2026-11-24"))
    step = read(MAP, parts, poll(cursor="2026-11-24T02:00:00Z")).next
    assert step is not None
    assert step.url.endswith("/post-sitemap2.xml")


@pytest.mark.parametrize("new", [0, 3])
def test_a_poll_without_dates_asks_older_sitemaps_only_while_there_is_news(new: int) -> None:
    site = {
        "/sitemap.xml": index(
            ("/post-1.xml", None), ("/post-2.xml", None), ("/post-3.xml", None), ("/kabar.xml", None)
        ),
        "/post-3.xml": articles(range(250, 301 + new)),
        "/post-2.xml": articles(range(100, 250)),
        "/kabar.xml": articles(range(1, 3), slug="kabar"),
    }
    taken = walked(site, poll([*known(range(100, 301)), f"{ROOT}/kabar-1", f"{ROOT}/kabar-2"]))
    assert asked(taken)[1:] == ["/post-3.xml", "/kabar.xml", *(["/post-2.xml"] if new else [])]
    fresh = {link.url for link in taken.links} - set(known(range(1, 301)))
    assert fresh == {*known(range(301, 301 + new)), f"{ROOT}/kabar-1", f"{ROOT}/kabar-2"}


def test_the_cursor_of_rest_serves_a_sitemap_and_no_cursor_lies_in_the_future() -> None:
    future = urlset(url("/satu-dua", "2031-01-01T00:00:00Z"), url("/tiga-empat", "2026-11-01"))
    taken = walked({"/sitemap.xml": future}, poll(cursor="down 2026-11-24T00:00:00Z"))
    assert [link.url for link in taken.links] == [f"{ROOT}/satu-dua"]
    assert taken.cursor == "2026-11-24T03:00:00Z"


def test_a_walk_that_was_stored_goes_on_where_it_was() -> None:
    parts = index(("/post-sitemap1.xml", None), ("/post-sitemap2.xml", None))
    step = read(MAP, parts).next
    assert step is not None
    stored = Step(step.url, step.number, step.found, step.walk, step.mark, step.seen, list(step.ahead))  # type: ignore[arg-type]
    page = Page(step.url, articles(range(1, 4)))
    after = discover.read(MAP, SOURCE, FIRST, stored, page).next
    assert after is not None
    assert (after.url, after.ahead) == (f"{ROOT}/post-sitemap1.xml", ())


# -- bounds ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        zlib.compress(b"<urlset>" + b" " * 400_000_000, wbits=31),
        b"<urlset>" + b"<url>" * 500_000,
        b"<urlset>" + b"<" * 500_000,
        b"<urlset>" + b"&" * 2_000_000,
        b"<urlset"
        + b"".join(b" a%d='1'" % n for n in range(50_000))
        + b"><url><loc>https://koran.example/a</loc></url>",
        b"<urlset><url>" + b"<image:image><image:loc>/x</image:loc></image:image>" * 140_000,
        articles(range(50_000)),
        b"https://koran.example/a-b\n" * 300_000,
    ],
    ids=["bomb", "nested", "brackets", "ampersands", "attributes", "pictures", "full", "lines"],
)
def test_a_sitemap_made_to_be_slow_ends_soon(body: bytes) -> None:
    begin = time.process_time()
    with contextlib.suppress(DiscoverError):
        assert len(read(MAP, body).links) <= 200
    assert time.process_time() - begin < 4


@pytest.mark.parametrize(("state", "most"), [(FIRST, 50), (poll(["https://koran.example/x"]), 20)])
def test_endless_sitemaps_end(state: SourceState, most: int) -> None:
    made = iter(range(10**9))
    parts = index(*((f"/peta-{n}.xml", None) for n in range(5_000)))
    taken = walk(MAP, lambda address: parts if address == MAP.url else articles([next(made)]), state)
    assert len(taken.urls) == most


PARTS = st.lists(
    st.sampled_from(
        f"""{ROOT}/sitemap.xml {ROOT}/post-sitemap1.xml {ROOT}/a-b-c /d-e-f javascript:1 http://[ //lain.example/x &x;
        https://lain.example/a-b-c 2026-11-24 2026-11-24T00:00:00Z 9999-12-31 0001-01-01 \x00 {ROOT}/\ud800 é""".split()
    ),
    max_size=12,
)


@given(PARTS, st.sampled_from(["url", "sitemap"]), st.sampled_from(["", "2026-11-24T00:00:00Z"]), st.booleans())
def test_only_this_sites_links_and_one_kind_of_error(texts: list[str], kind: str, cursor: str, is_first: bool) -> None:
    listed = "".join(f"<{kind}><loc>{text}</loc><lastmod>{text}</lastmod></{kind}>" for text in texts)
    body = f"<{'urlset' if kind == 'url' else 'sitemapindex'}>{listed}".encode("utf-8", "surrogatepass")
    state = FIRST if is_first else poll(cursor=cursor or None)
    try:
        taken = walk(MAP, lambda address: body if address == MAP.url else GOOD, state, now=NOW)
    except DiscoverError:
        return
    assert all(address.startswith(ROOT) for address in [*taken.urls, *(link.url for link in taken.links)])
    assert len(taken.urls) <= 1 + len(texts)
