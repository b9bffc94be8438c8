"""Bars of page links -> the address of the article's next page, and links that look like it and are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Page
from crawler.pages.document import read
from crawler.pages.paging import next_page
from crawler.text.urls import host, url_key

SITE = "https://pers.example"


def following(url: str, markup: str, head: str = "") -> str | None:
    html = f"<!doctype html><html><head>{head}</head><body>{markup}</body></html>"
    return next_page(read(Page(url=url, body=html.encode())))


def links(*pairs: tuple[str, str]) -> str:
    return "".join(f'<a href="{address}">{text}</a> ' for address, text in pairs)


FOUND: dict[str, tuple[str, str, str]] = {
    "WordPress, bare numbers": (
        f"{SITE}/panen/",
        '<div class="page-links">Laman: <span class="current">1</span>'
        + links((f"{SITE}/panen/2/", "2"), (f"{SITE}/panen/3/", "3")),
        f"{SITE}/panen/2/",
    ),
    "WordPress, second of three": (
        f"{SITE}/panen/2/",
        links((f"{SITE}/panen/", "1"), (f"{SITE}/panen/3/", "3")),
        f"{SITE}/panen/3/",
    ),
    "WordPress, plain permalinks": (f"{SITE}/?p=12", links(("?p=12&page=2", "2")), f"{SITE}/?p=12&page=2"),
    "a number in decoration": (f"{SITE}/panen/", links(("/panen/2/", "[ 2 ]")), f"{SITE}/panen/2/"),
    "a number in an element": (f"{SITE}/panen/", '<a href="/panen/2/"><span>2</span></a>', f"{SITE}/panen/2/"),
    "Halaman 1 2 3": (
        f"{SITE}/panen",
        "<p>Halaman " + links(("/panen?page=1", "1"), ("/panen?page=2", "2"), ("/panen?page=3", "3")),
        f"{SITE}/panen?page=2",
    ),
    "each with its word": (f"{SITE}/panen", links(("/panen?halaman=2", "Halaman 2")), f"{SITE}/panen?halaman=2"),
    "Halaman Selanjutnya »": (f"{SITE}/panen/", links(("/panen/2/", "Halaman Selanjutnya »")), f"{SITE}/panen/2/"),
    "Berikutnya": (f"{SITE}/panen/2/", links(("/panen/", "1"), ("/panen/3/", "Berikutnya")), f"{SITE}/panen/3/"),
    "Next Page": (f"{SITE}/panen/", links(("/panen/2/", "Next page →")), f"{SITE}/panen/2/"),
    "of a portal": (f"{SITE}/read/77/panen.html", links(("?page=2", "2")), f"{SITE}/read/77/panen.html?page=2"),
    "before the ending": (
        f"{SITE}/read/77/panen.html",
        links(("/read/77/panen-page-2.html", "2")),
        f"{SITE}/read/77/panen-page-2.html",
    ),
    "/halaman/2": (f"{SITE}/panen", links(("/panen/halaman/2", "2")), f"{SITE}/panen/halaman/2"),
    "Joomla": (f"{SITE}/berita/12-panen", links(("/berita/12-panen?start=1", "2")), f"{SITE}/berita/12-panen?start=1"),
    "Joomla, second": (
        f"{SITE}/berita/12-panen?start=1",
        links(("/berita/12-panen", "1"), ("/berita/12-panen?start=2", "Selanjutnya")),
        f"{SITE}/berita/12-panen?start=2",
    ),
    "second of a query": (f"{SITE}/panen?page=2", links(("?page=1", "1"), ("?page=3", "3")), f"{SITE}/panen?page=3"),
    "www and bare host": (
        f"{SITE}/panen/",
        links(("https://www.pers.example/panen/2/", "2")),
        "https://www.pers.example/panen/2/",
    ),
    "bare host and www": (
        "https://www.pers.example/panen/",
        links((f"{SITE}/panen/2/", "Selanjutnya")),
        f"{SITE}/panen/2/",
    ),
    "an article whose name is a number": (
        f"{SITE}/berita/12",
        links(("/berita/12?page=2", "2")),
        f"{SITE}/berita/12?page=2",
    ),
    "with tracking on the article's address": (
        f"{SITE}/panen/?utm_source=wa",
        links(("/panen/2/", "2")),
        f"{SITE}/panen/2/",
    ),
}


@pytest.mark.parametrize(("url", "markup", "expected"), FOUND.values(), ids=FOUND.keys())
def test_next_page(url: str, markup: str, expected: str) -> None:
    assert following(url, markup) == expected


@pytest.mark.parametrize(("rel", "expected"), [("next", f"{SITE}/panen/2/"), ("prev", None), ("canonical", None)])
def test_next_page_of_the_head(rel: str, expected: str | None) -> None:
    assert following(f"{SITE}/panen/", "", f'<link rel="{rel}" href="{SITE}/panen/2/">') == expected


def test_next_page_is_relative_to_the_base() -> None:
    assert following(f"{SITE}/x/panen", links(("panen?page=2", "2")), f'<base href="{SITE}/x/">') == (
        f"{SITE}/x/panen?page=2"
    )


NONE: dict[str, tuple[str, str]] = {
    "no bar": (f"{SITE}/panen/", links(("/lain/", "Lapas Serang Panen Sayur"))),
    "last page": (f"{SITE}/panen/3/", links(("/panen/", "1"), ("/panen/2/", "2"))),
    "first page of a bar that starts elsewhere": (f"{SITE}/panen/", links(("/panen/3/", "3"))),
    "another article, by number": (f"{SITE}/berita/12", links(("/berita/13", "Selanjutnya"))),
    "another article, by number, with its predecessor": (
        f"{SITE}/berita/12",
        links(("/berita/11", "Sebelumnya"), ("/berita/13", "Selanjutnya")),
    ),
    "another article, by name": (f"{SITE}/panen/", links(("/tanam/", "Selanjutnya"), ("/tanam/2/", "2"))),
    "another article, by query": (f"{SITE}/berita.php?no=1", links(("/berita.php?no=2", "2"))),
    "comments": (f"{SITE}/panen/", links(("/panen/comment-page-2/#comments", "2"))),
    "comments, by query": (f"{SITE}/panen/", links(("/panen/?cpage=2#comments", "Berikutnya"))),
    "the home page's list": (f"{SITE}/panen/", links(("/page/2/", "2"), ("/page/2/", "Selanjutnya"))),
    "a section's list": (f"{SITE}/panen/", links(("/category/daerah/page/2/", "2"))),
    "another host": (f"{SITE}/panen/", links(("https://lain.example/panen/2/", "2"))),
    "another host below": (f"{SITE}/panen/", links(("https://m.pers.example/panen/2/", "2"))),
    "a script": (f"{SITE}/panen/", links(("javascript:next(2)", "2"))),
    "a fragment": (f"{SITE}/panen/", links(("#2", "2"))),
    "the page itself": (f"{SITE}/panen/", links(("/panen/", "1"), ("/panen/", "Selanjutnya"))),
    "a number that lies": (f"{SITE}/panen/", links(("/panen/2/", "5"))),
    "prose": (f"{SITE}/panen/", links(("/panen/2/", "Panen kedua digelar di bulan depan"))),
    "a year": (f"{SITE}/panen/", links(("/panen/2025/", "2025"))),
}


@pytest.mark.parametrize(("url", "markup"), NONE.values(), ids=NONE.keys())
def test_no_next_page(url: str, markup: str) -> None:
    assert following(url, markup) is None


HOSTS = ("https://pers.example", "https://www.pers.example", "http://pers.example", "https://lain.example", "")
PATHS = ("/panen", "/panen/", "/panen/1/", "/panen/2/", "/panen/3", "/", "/2", "/12", "/panen-page-2.html", "")
QUERIES = ("", "?page=1", "?page=2", "?start=0", "?start=1", "?p=7", "?p=7&page=2", "?page=x", "?page=99999999999")
ADDRESSES = st.tuples(st.sampled_from(HOSTS), st.sampled_from(PATHS), st.sampled_from(QUERIES)).map("".join)
TEXTS = st.sampled_from(["1", "2", "3", "Selanjutnya", "next", "Halaman 2", "0", "99"])


@given(
    st.sampled_from(HOSTS[:3]),
    st.sampled_from(PATHS[:-1]),
    st.sampled_from(QUERIES),
    st.lists(st.tuples(ADDRESSES, TEXTS), max_size=6),
)
def test_next_page_is_another_one_of_the_same_site(
    site: str, path: str, query: str, pairs: list[tuple[str, str]]
) -> None:
    url = site + path + query
    found = following(url, links(*pairs))
    if found is not None:
        assert url_key(found) != url_key(url)
        assert host(found).removeprefix("www.") == "pers.example"
