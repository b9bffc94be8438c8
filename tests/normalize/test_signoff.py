"""Marks at the end of a text, and what only looks like one."""

from __future__ import annotations

import pytest

from crawler.normalize.signoff import signoff


@pytest.mark.parametrize(
    "mark",
    """
    (Red)|(Rel)|(Hms/Red)|(Dede).|(abq/iwd)|(mcr12/jpnn)|(*/rls/tim/red)|[tum]|(MKR)|(*)|***|*****|nrd/ril|( Iwan/**)
    |(ayu)|(Humas)|(vyp/kna)
    """.split("|"),
)
def test_split(mark: str) -> None:
    found = signoff(f"Kegiatan berjalan lancar. {mark.strip()}")
    assert found is not None
    assert (found.text, found.mark, found.unit) == ("Kegiatan berjalan lancar.", mark.strip(), None)


@pytest.mark.parametrize(
    "unit", ["Humas Lapas Serang", "Humas_FW", "Humas Kemenkum Jatim", "Tim Humas Rutan Ternate", "Humas/MBD"]
)
def test_a_press_office_is_the_author(unit: str) -> None:
    found = signoff(f"Kegiatan berjalan lancar. ({unit})")
    assert found is not None
    assert (found.mark, found.unit) == (f"({unit})", unit)


def test_behind_a_quotation_and_alone() -> None:
    assert signoff("“Semua aman,” kata Kalapas.(red)").text == "“Semua aman,” kata Kalapas."  # type: ignore[union-attr]
    assert signoff("(Humas)").text == ""  # type: ignore[union-attr]
    assert signoff("Kegiatan ditutup doa (red)").text == "Kegiatan ditutup doa"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "Penandatanganan Perjanjian Kerja Sama (PKS).",
        "Kegiatan digelar Rabu (28/1/2026).",
        "Kegiatan digelar Rabu (28/1/2026)",
        "Pasal 363 KUHP (pencurian dengan pemberatan).",
        "Ia divonis lima tahun. (Putusan itu belum berkekuatan hukum tetap dan masih dapat diajukan banding.)",
        "Kegiatan berjalan lancar.",
        "Warga binaan menerima premi dan/atau remisi.",
        "",
    ],
)
def test_text_stays(text: str) -> None:
    assert signoff(text) is None
