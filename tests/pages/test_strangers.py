"""Pages that answer 200 in an article's place: what they show is not what their link announced."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.errors import ExtractError
from crawler.extraction import extract_page
from crawler.models import Link, Page, Source

SITE = Source(slug="warta", name="Warta", kind="press", homepage="https://warta.example/")
LINK = Link("https://warta.example/panen/", "warta", title="Lapas Serang Panen 412 Kilogram Sayur di Lahan Tidur")
NOW = datetime(2026, 1, 29, tzinfo=UTC)
TEXT = "<p>Serang – Warga binaan memanen sayur di lahan lapas, Rabu (28/1/2026). Hasilnya 412 kilogram.</p>" * 3


def page(title: str, heading: str, text: str) -> Page:
    html = (
        f"<!doctype html><html><head><title>{title}</title></head><body><article><h1 class='entry-title'>{heading}</h1>"
        f"<div class='entry-content'>{text}</div></article></body></html>"
    )
    return Page(LINK.url, html.encode(), link=LINK)


STRANGERS = {
    "parked": page("warta.example is for sale", "Buy this domain", "<p>Inquire now about premium names.</p>" * 20),
    "gambling": page("Situs Gacor", "Daftar Situs Maxwin", "<p>Bonus new member dan jackpot setiap hari.</p>" * 20),
    "login": page("Masuk", "Silakan masuk", "<p>Nama pengguna dan kata sandi diperlukan untuk melanjutkan.</p>" * 20),
    "not found": page(
        "Waduh", "Laman hilang", "<p>Kami sudah mencarinya ke mana-mana dan belum menemukannya.</p>" * 20
    ),
    "server's own page": page("Welcome to nginx!", "Welcome", "<p>Further configuration is required.</p>" * 20),
    "another article": page(
        "Deportasi WNA", "Imigrasi Cilegon Deportasi Dua WNA", "<p>Petugas mengantar dua orang itu ke bandara.</p>" * 20
    ),
}

ARTICLES = {
    "as announced": page(LINK.title or "", LINK.title or "", TEXT),
    "headline edited": page("Ratusan Kilogram Hasil Kebun", "Ratusan Kilogram Hasil Kebun", TEXT),
    "headline alone": page(
        LINK.title or "", LINK.title or "", "<p>Kegiatan berlangsung meriah sejak pagi hari.</p>" * 9
    ),
}


def bare(headline: str, beside: str = "") -> Page:
    """A page of an office's own software: the site's title, no heading, all of it in one form."""
    main = f"<span>{headline}</span><br><span>Rabu, 28 Januari 2026</span><br><span>{TEXT}</span>"
    form = f"<form id='aspnetForm'><div><a href='/'>Beranda</a></div>{beside}<div>{main}</div></form>"
    html = f"<html><head><title>Divisi</title></head><body>{form}</body></html>"
    return Page(LINK.url, html.encode(), link=LINK)


def test_headline_in_no_heading_is_known_by_its_link() -> None:
    article = extract_page(bare(LINK.title or ""), SITE, NOW)
    assert (article.title, article.published) == (LINK.title, datetime(2026, 1, 27, 17, tzinfo=UTC))


def test_list_of_the_newest_beside_another_text_makes_it_no_article() -> None:
    beside = f"<div><a href='/panen/'>{LINK.title}</a></div>"
    another = bare("Waduh", beside).body.replace(
        TEXT.encode(), b"<p>Kami sudah mencarinya ke mana-mana, maaf ya.</p>" * 9
    )
    with pytest.raises(ExtractError):
        extract_page(Page(LINK.url, another, link=LINK), SITE, NOW)


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS.keys())
def test_stranger_is_no_article(stranger: Page) -> None:
    with pytest.raises(ExtractError):
        extract_page(stranger, SITE, NOW)


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES.keys())
def test_article_is_taken_however_its_headline_reads_now(article: Page) -> None:
    assert extract_page(article, SITE, NOW).paragraphs


@pytest.mark.parametrize("line", ["Kembali", "« Kembali", "Kembali ke halaman utama", "Unduh PDF", "Download"])
def test_button_below_a_text_is_no_part_of_it(line: str) -> None:
    last = "<p>Kembali ke keluarga, 12 orang tersenyum dan mengunduh PDF berisi harapan.</p>"
    text = f"{TEXT}{last}<p><a href='#'>{line}</a></p>"
    article = extract_page(page(LINK.title or "", LINK.title or "", text), SITE, NOW)
    assert article.paragraphs[-1].startswith("Kembali ke keluarga, 12 orang")
