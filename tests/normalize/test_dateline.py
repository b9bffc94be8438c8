"""Datelines in the shapes that the press uses."""

from __future__ import annotations

import pytest

from crawler.normalize.dateline import Dateline, dateline

URL = "https://kabarkrakatau.co.id/x/"
SITE = ("Kabar Krakatau",)


@pytest.mark.parametrize(
    ("paragraph", "place"),
    [
        ("Tangerang — Lapas Perempuan", "Tangerang"),
        ("TANGERANG – Lapas", "TANGERANG"),
        ("TANGERANG–Lapas", "TANGERANG"),
        ("PURWOKETO—Kakanwil", "PURWOKETO"),
        ("Purwokerto - Lapas", "Purwokerto"),
        ("Sampang,- Rutan", "Sampang"),
        ("SURABAYA,-Rutan", "SURABAYA"),
        ("SERANG-Lapas Kelas IIA", "SERANG"),
        ("JAKARTA, KABAR KRAKATAU - Menteri", "JAKARTA"),
        ("SERANG, KABARKRAKATAU.CO.ID-- Kalapas", "SERANG"),
        ("Jakarta, IDN Times - Menteri", "Jakarta"),
        ("KABARKRAKATAU.CO.ID, TERNATE– Kanwil", "TERNATE"),
        ("PAStime News, Banjarnegara – Rutan", "Banjarnegara"),
        ("Banda Aceh (ANTARA) - Kanwil", "Banda Aceh"),
        ("MALANGKOTA (Kabar Krakatau) – Lapas", "MALANGKOTA"),
        ("Bireuen | Kabar Krakatau – Lapas", "Bireuen"),
        ("Kabar Krakatau // Jakarta - Menteri", "Jakarta"),
        ("Surakarta, 26 Juni 2025 – Rutan", "Surakarta"),
        ("MANADO (19/8) - Kanwil", "MANADO"),
        ("Ternate, INFO_PAS – Rutan", "Ternate"),
        ("Kalabahi, I NFO_PAS – Lapas", "Kalabahi"),
        ("BANTEN: Kanwil", "BANTEN"),
        ("KBRN, Tarakan : Lapas", "Tarakan"),
        ("\u00a0Palu – Kanwil", "Palu"),
        ("Pangkal Pinang - Rutan", "Pangkal Pinang"),
    ],
)
def test_place(paragraph: str, place: str) -> None:
    assert dateline(paragraph, URL, SITE).place == place


@pytest.mark.parametrize(
    "paragraph",
    [
        "Lapas Kelas IIA Tangerang melaksanakan kegiatan, Rabu (28/1/2026).",
        "Kepala Lapas Serang – yang baru dilantik – menyambut tamu.",
        "KABARKRAKATAU.CO.ID – Kalapas menyambut tamu.",
        "“Kami siap,” katanya - singkat.",
        "Kalapas: tidak ada pungli di sini.",
        "Foto: Humas",
        "Sebanyak 40 warga binaan - semuanya perempuan - bebas.",
        "Warga binaan Rutan Serang-Cilegon dipindahkan.",
        "",
    ],
)
def test_no_place(paragraph: str) -> None:
    assert dateline(paragraph, URL, SITE).place is None


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("Mataram (ANTARA) - Lapas", Dateline("Mataram", "ANTARA", "ANTARA")),
        ("JAKARTA, KOMPAS.com - Menteri", Dateline("JAKARTA", None, "KOMPAS.com")),
        ("bali.jpnn.com, MATARAM - Lapas", Dateline("MATARAM", None, "bali.jpnn.com")),
        ("Ternate, INFO_PAS – Rutan", Dateline("Ternate", "INFO_PAS", None)),
        ("SERANG, KABARKRAKATAU.CO.ID – Lapas", Dateline("SERANG", None, None)),
        ("Suara.com - Menteri Hukum", Dateline(None, None, "Suara.com")),
    ],
)
def test_a_site_that_is_not_the_host_is_where_the_text_is_from(paragraph: str, found: Dateline) -> None:
    assert dateline(paragraph, URL, SITE) == found


def test_an_agency_is_no_mirror_of_itself() -> None:
    assert (
        dateline("Mataram (ANTARA) - Lapas", "https://ntb.antaranews.com/berita/1/x", ("ANTARA News",)).mirror_of
        is None
    )
