"""Bytes, links and hostile input to articles, through the public functions."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import ExtractError
from crawler.extraction import extract, extract_page
from crawler.models import Article, Link, Page, Source

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
URL = "https://lapas.example/berita/panen-lele/"
SOURCE = Source(slug="lapas", name="Lapas Contoh", kind="official", homepage="https://lapas.example/")
TEXT = "<p>SERANG – Lapas Contoh memanen lele di kolam belakang, Senin (2/2/2026).</p>"
END = "<p>Hasil panen dijual ke koperasi pegawai.</p>"


def page(body: str = "", *, head: str = "", title: str = "Lapas Contoh Panen Lele", classes: str = "single") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f'<body class="{classes}"><article><h1 class="entry-title">{title}</h1>'
        f'<div class="entry-content">{TEXT}{body}{END}</div></article></body></html>'
    ).encode("utf-8", "surrogatepass")


def read(body: str = "", **parts: str) -> Article:
    return extract(page(body, **parts), URL, source=SOURCE, now=NOW)


def test_extract_is_public_and_costs_nothing_until_asked_for() -> None:
    code = (
        "import sys, crawler; print(sorted({'scrapy', 'trafilatura', 'lxml', 'nh3', 'ftfy'} & set(sys.modules)));"
        "crawler.extract; print('lxml' in sys.modules, sorted({'scrapy', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "True []"]


def test_a_source_is_optional() -> None:
    article = extract(page(), URL, now=NOW)
    assert (article.title, article.language) == ("Lapas Contoh Panen Lele", "id")
    without = page().replace(b' lang="id"', b"")
    assert extract(without, URL, now=NOW).language is None
    assert extract(without, URL, source=SOURCE, now=NOW).language == "id"


def test_every_decided_field_tells_where_it_came_from() -> None:
    head = (
        '<meta property="article:published_time" content="2026-02-02T10:00:00+07:00">'
        '<meta name="author" content="Dede Rahmat">'
    )
    article = read(head=head)
    assert article.provenance == {
        "canonical_url": "url", "title": "heading", "author": "meta", "published": "meta", "event_date": "text",
        "dateline": "text", "language": "html", "paragraphs": "family",
    }  # fmt: skip
    assert article.published_raw == "2026-02-02T10:00:00+07:00"


LINK = Link(
    url=URL,
    source="lapas",
    native="wp:12",
    title="Lapas &#8220;Contoh&#8221; Panen <b>Lele</b>",
    author="admin",
    published="2026-02-02T03:00:00Z",
    modified="2026-02-03T03:00:00Z",
    summary="<p>Lapas Contoh memanen lele di kolam belakang [&hellip;]</p>",
    image="https://lapas.example/lele.jpg",
    categories=("Kegiatan", "kegiatan"),
    tags=("panen &amp; pangan",),
    body=TEXT
    + '<div style="clear:both"><a href="/z/" class="u0123456789abcdef0123456789abcdef"><span class="ctaText">Baca Juga'
    '</span>&nbsp; <span class="postTitle">Razia</span></a></div><div class="gmr-banner-insidecontent">Iklan</div>'
    + END,
)


def test_a_link_that_carries_the_article_takes_the_same_way() -> None:
    article = extract_page(Page(URL, b"", link=LINK), SOURCE, NOW)
    paged = read('<p>Baca juga: <a href="/z/">Razia</a></p>')
    assert article.paragraphs == paged.paragraphs
    assert article.related == paged.related
    assert (article.title, article.author, article.family) == ("Lapas “Contoh” Panen Lele", None, "rest")
    assert article.published == datetime(2026, 2, 2, 3, tzinfo=UTC)
    assert article.modified == datetime(2026, 2, 3, 3, tzinfo=UTC)
    assert article.summary == "Lapas Contoh memanen lele di kolam belakang…"
    assert [image.url for image in article.images] == ["https://lapas.example/lele.jpg"]
    assert (article.categories, article.tags) == (("Kegiatan",), ("panen & pangan",))


def test_a_page_comes_before_its_link_and_the_link_fills_in() -> None:
    article = extract_page(Page(URL, page(), link=replace(LINK, body=None)), SOURCE, NOW)
    assert article.title == "Lapas Contoh Panen Lele"
    assert (article.published, article.provenance["published"]) == (datetime(2026, 2, 2, 3, tzinfo=UTC), "rest")


def test_a_feed_body_is_a_feed_body() -> None:
    article = extract_page(Page(URL, b"", link=replace(LINK, native=None, guid="x")), SOURCE, NOW)
    assert article.family == "feed"


def test_selectors_of_the_record_come_first() -> None:
    source = replace(
        SOURCE, selectors={"title": ".judul", "author": ".penulis, .nama", "published": ".tgl", "body": "#isi > div"}
    )
    html = (
        "<html><body class=single><h1>Salah</h1><p class=judul>Judul Benar</p><i class=nama>Siti</i>"
        "<b class=tgl>2 Feb 2026 09.15</b>"
        "<div id=isi><div><p>Paragraf satu.</p></div><div><p>Paragraf dua.</p></div><p>bukan</p></div></body></html>"
    )
    article = extract(html.encode(), URL, source=source, now=NOW)
    assert (article.title, article.author) == ("Judul Benar", "Siti")
    assert article.published == datetime(2026, 2, 2, 2, 15, tzinfo=UTC)
    assert article.paragraphs == ("Paragraf satu.", "Paragraf dua.")
    assert article.provenance["title"] == "selector"


def test_a_selector_that_is_no_css_names_itself() -> None:
    with pytest.raises(ExtractError, match=r"'div\[' of its source record"):
        extract(page(), URL, source=replace(SOURCE, selectors={"body": "div["}), now=NOW)


def test_further_parts_continue_the_text() -> None:
    bar = f'<div class="page-links">Laman: <span>1</span> <a href="{URL}2/">2</a></div>'
    first = Page(URL, page(bar))
    assert extract_page(first, SOURCE, NOW).next_page == URL + "2/"
    assert extract_page(first, SOURCE, NOW).partial
    second = Page(URL + "2/", page("<p>Di halaman dua.</p>"))
    whole = extract_page(replace(first, parts=(second,)), SOURCE, NOW)
    assert "Di halaman dua." in whole.paragraphs
    assert (whole.partial, whole.next_page, whole.url) == (False, None, URL)


@pytest.mark.parametrize(
    ("encoded", "content_type"),
    [
        (page("<p>“Jum’at” é</p>"), None),
        (b"\xef\xbb\xbf" + page("<p>“Jum’at” é</p>"), None),
        (page("<p>“Jum’at” é</p>").decode().replace("utf-8", "windows-1252").encode("cp1252", "replace"), None),
        (page("<p>“Jum’at” é</p>").decode().encode("cp1252", "replace"), "text/html; charset=ISO-8859-1"),
        (page("<p>“Jum’at” é</p>").decode().encode("utf-16"), None),
        (page("<p>“Jum’at” é</p>"), "text/html; charset=nonsense"),
        (page("<p>X é</p>").replace(b"X", "“Jum’at”".encode("cp1252")), "text/html; charset=utf-8"),
    ],
    ids=["utf-8", "bom", "meta", "header", "utf-16", "unknown label", "mixed"],
)
def test_encodings(encoded: bytes, content_type: str | None) -> None:
    article = extract_page(Page(URL, encoded, content_type=content_type), SOURCE, NOW)
    assert "“Jum’at” é" in article.paragraphs


def message(title: str, text: str, heading: str = "Lapas") -> bytes:
    return (
        f"<html><title>{title}</title><body class=single><h1 class=entry-title>{heading}</h1>"
        f"<div class=entry-content><p>{text}</p></div></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"", "no HTML"),
        (b" \n ", "no HTML"),
        (b"\0" * 5000, "no HTML"),
        (bytes(range(256)) * 500, "no HTML"),
        (b"%PDF-1.7 <html>", "no HTML"),
        (b'{"code":"rest_no_route"}', "no HTML"),
        (b"Not a page", "no HTML"),
        (page(classes="error404"), "not found"),
        (page(classes="archive category"), "lists articles"),
        (page('<form class="post-password-form"><input></form>'), "password"),
        (message("Halaman tidak ditemukan - Lapas", "Kosong."), "not found"),
        (message("Lapas", "Kosong.", "404"), "not found"),
        (message("Database Error", "Error establishing a database connection"), "an error"),
        (message("Lapas", "Fatal error: Uncaught mysqli_sql_exception"), "an error"),
        (message("Situs dalam pemeliharaan", "Kembali lagi nanti."), "closed for the moment"),
        (message("Account Suspended", "Hubungi penyedia."), "suspended"),
        (message("Just a moment...", "Checking your browser"), "check of the browser"),
        (message("Lapas", "&nbsp;"), "no article text"),
        (b"<html><body><div class=entry-content><p>Teks tanpa judul apa pun.</p></div></body></html>", "no title"),
    ],
)
def test_what_is_no_article_says_why(html: bytes, reason: str) -> None:
    with pytest.raises(ExtractError, match=reason) as caught:
        extract(html, URL, source=SOURCE, now=NOW)
    assert str(caught.value).startswith(URL)


def test_a_home_page_is_no_article() -> None:
    with pytest.raises(ExtractError, match="home page"):
        extract(page(), "https://lapas.example/", source=SOURCE, now=NOW)


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "javascript:alert(1)", "lapas"])
def test_an_address_must_be_one_of_the_web(address: str) -> None:
    with pytest.raises(ExtractError, match="no http"):
        extract(page(), address, now=NOW)


@pytest.mark.parametrize("title", ["404 Warga Binaan Terima Remisi", "Petugas Sita 500 Gram Sabu, 404 Orang Dites"])
def test_numbers_in_a_headline_are_no_error(title: str) -> None:
    assert read(title=title).title == title


HOSTILE = {
    "nested": "<div>" * 50_000 + "x",
    "nested a little": "<div>" * 400 + "<p>dalam</p>" + "</div>" * 400,
    "one tag": "<p>" * 500_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>",
    "breaks": "<br>" * 100_000,
    "links": "<a href=x>y</a> " * 5_000,
    "labels": "<p>Baca juga:</p>" * 5_000,
    "label text": "<p>" + "baca juga (" * 50_000 + "</p>",
    "brackets": "<p>" + "(" * 200_000 + "</p>",
    "stars": "<p>x " + "* " * 200_000 + "</p>",
    "digits": "<p>" + "1" * 500_000 + "</p>",
    "gap": "<p>Baca juga" + "\u00a0" * 200_000 + "x</p>",
    "controls": "<p>" + "\x00\x0b\x1b" * 50_000 + "</p>",
    "surrogates": "<p>\ud83d\ud83d</p>",
    "unclosed svg": "<svg/onload=alert(1)><p>sesudahnya</p>",
    "handlers": '<p onclick="x()">a</p><img src=x onerror=alert(1)><a href="java\x1bscript:alert(1)">b</a>',
    "frames": '<iframe srcdoc="<script>"></iframe><iframe src="javascript:alert(1)"></iframe>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_bounded_and_lose_nothing_in_silence(name: str) -> None:
    article = read(HOSTILE[name])
    assert article.paragraphs[0].startswith("SERANG – Lapas Contoh")
    assert article.partial or article.paragraphs[-1] == "Hasil panen dijual ke koperasi pegawai."
    assert not re.search(r"<(script|svg|iframe|style|form)|\son\w+=|javascript:", article.body_html, re.IGNORECASE)


GARBAGE = {
    "empty": b"",
    "spaces": b" \n" * 1_000,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400,
    "archive": b"PK\x03\x04" + bytes(range(256)) * 400,
    "program": b"\x7fELF" + bytes(range(256)) * 400,
    "nothing but NUL": b"\0" * 1_000_000,
    "text": b"hanya kata " * 1_000,
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
def test_what_is_no_page_is_told(body: bytes) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(body, URL, source=SOURCE, now=NOW)
    assert str(caught.value).startswith(URL)


LARGE = {
    "50 MB of text": (b"<p>" + b"kata " * 10_000_000 + b"</p>", True),
    "10 MB of JSON-LD": (b'<script type="application/ld+json">{"a":"' + b"x" * 10_000_000 + b'"}</script>', True),
    "NUL between all": (b"\0".join([b"<p>Warga binaan memanen lele di kolam lapas.</p>"] * 100), False),
}


@pytest.mark.parametrize(("piece", "is_cut"), LARGE.values(), ids=LARGE)
def test_large_pages_are_read_as_far_as_the_bounds_go(piece: bytes, is_cut: bool) -> None:
    body = page().replace(b"</article>", b"</article>" + piece)
    assert piece in body
    article = extract(body, URL, source=SOURCE, now=NOW)
    assert article.paragraphs[0].startswith("SERANG – Lapas Contoh")
    assert article.partial is is_cut


SCRIPTS = {
    "deep": "[" * 50_000,
    "two megabytes": '{"@type":"NewsArticle","headline":"' + "x" * 2_000_000 + '"}',
    "wide": "[" + '{"@graph":[{}]},' * 50_000 + "{}]",
    "broken": "{,}",
    "null": "null",
    "number": "7",
    "odd types": '{"@type":7,"@id":[],"headline":{"a":1},"author":[null,3,{"name":[{}]}],"image":[[]]}',
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_hostile_json_ld_leaves_the_page_readable(script: str) -> None:
    article = read(head=f'<script type="application/ld+json">{script}</script>')
    assert article.title == "Lapas Contoh Panen Lele"


@pytest.mark.parametrize("kept", [0.5, 0.8, 0.95])
def test_a_page_that_was_cut_is_marked(kept: float) -> None:
    html = page("<p>Isi tambahan yang cukup panjang.</p>" * 20)
    assert extract(html[: int(len(html) * kept)], URL, source=SOURCE, now=NOW).partial
    assert not extract(html, URL, source=SOURCE, now=NOW).partial


PIECES = st.sampled_from(
    """<p>|</p>|<div>|</div>|<br>|<b>|</b>|<a href='/x'>|</a>|<ul><li>|</ul>|<img src='/a.jpg'>|<figure>|<blockquote>
    |Baca juga: |Baca Juga|Penulis: A|(Red)|***|Rabu (28/1/2026)|teks |<script>|<table><tr><td>|\u00a0|â€œ|&amp;lt;
    |<span class='ctaText'>|<span class='postTitle'>|<h2>|Foto: x""".split("|")
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join))
@settings(deadline=timedelta(seconds=2))
def test_any_body_gives_an_article_whose_html_and_paragraphs_agree(body: str) -> None:
    article = read(body)
    words = set(re.sub(r"<[^<>]*>", " ", article.body_html).split())
    assert article.paragraphs[0].startswith("SERANG – Lapas Contoh")
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in article.paragraphs)
    assert "<script" not in article.body_html
    assert {"SERANG", "–", "Lapas", "lele"} <= words
