"""Summaries above a text go; a list that the writer opened with stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import crawler

TEXT = (
    "<p>Serang – Lapas Serang memanen 412 kilogram sayur di lahan tidur bersama 40 warga binaan, Rabu (28/1/2026).</p>"
    "<p>Hasil panen dijual ke pasar dan sebagian dimasak di dapur lapas untuk seluruh penghuni.</p>"
    "<p>Kepala lapas berharap kegiatan itu berlanjut setiap bulan dengan jenis sayur yang berbeda.</p>"
)
OPENINGS = {
    "labelled summary": ("<p>Ringkasan Berita:</p><ul><li>Lapas memanen sayur.</li><li>Ada 40 orang.</li></ul>", False),
    "unlabelled summary": (
        "<ul><li>Lapas Serang memanen 412 kilogram sayur.</li><li>Hasil panen dijual ke pasar.</li></ul>",
        False,
    ),
    "the writer's own list": (
        "<ul><li>Bayam merah, petak utara</li><li>Kangkung darat, petak selatan</li><li>Terung ungu</li></ul>",
        True,
    ),
}


@pytest.mark.parametrize(("opening", "stays"), OPENINGS.values(), ids=OPENINGS.keys())
def test_opening_list(opening: str, stays: bool) -> None:
    html = (
        "<!doctype html><html lang='id'><body class='single'><article><h1 class='entry-title'>Panen Sayur di Lapas</h1>"
        f"<div class='entry-content'>{opening}{TEXT}</div></article></body></html>"
    )
    article = crawler.extract(html.encode(), "https://warta.example/panen/", now=datetime(2026, 1, 29, tzinfo=UTC))
    assert ("<li>" in article.body_html) is stays
    assert article.paragraphs[-1].startswith("Kepala lapas berharap")
