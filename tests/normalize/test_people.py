"""Bylines: a person or a unit, or nobody."""

from __future__ import annotations

import pytest

from crawler.models import Evidence
from crawler.normalize.judge import Decision
from crawler.normalize.people import author

SITE = ("Kabar Krakatau", "kabarkrakatau.co.id", "INFO PAS")


def named(*texts: str, unit: str | None = None) -> str | None:
    return Decision("author", author([Evidence(text, "byline") for text in texts], unit, SITE)).value


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("Dede Rahmat", "Dede Rahmat"),
        ("oleh Dede Rahmat", "Dede Rahmat"),
        ("Oleh: Dede Rahmat", "Dede Rahmat"),
        ("By Dede Rahmat", "Dede Rahmat"),
        ("Ditulis oleh: Dede Rahmat", "Dede Rahmat"),
        ("Penulis : Dede Rahmat", "Dede Rahmat"),
        ("Reporter: Dede Rahmat | Editor: Sari", "Dede Rahmat"),
        ("Penulis: Dede Rahmat - Editor: Sari", "Dede Rahmat"),
        ("Vidya Pinandhita - detikHealth", "Vidya Pinandhita"),
        ("Kontribusi dari Dede Rahmat, 12 Januari 2026, Dibaca 77 kali", "Dede Rahmat"),
        ("oleh Dede Rahmat diperbarui 3 Mei 2026", "Dede Rahmat"),
        ("Humas Lapas Serang", "Humas Lapas Serang"),
        ("Rutan Ternate", "Rutan Ternate"),
        ("M. Ali Syeh Banna, S.H.", "M. Ali Syeh Banna, S.H."),
        ("I Ketut Sudiarta", "I Ketut Sudiarta"),
        ("<b>Siti &amp; Budi</b>", "Siti & Budi"),
    ],
)
def test_a_name_without_its_label(byline: str, name: str) -> None:
    assert named(byline) == name


@pytest.mark.parametrize(
    "byline",
    """
    |oleh|oleh -|oleh -143 Dilihat|By|-|admin|Admin|oleh admin|administrator|Super User|admin2|Redaksi|Tim Redaksi
    |Redaksi Kabar Krakatau|redaksi kabarkrakatau.co.id|Kabar Krakatau|kabarkrakatau|humas@lapas.example|Author|unknown
    |https://facebook.com/kabar|www.kabar.example|123|REPORTER:|editor
    """.split("|"),
)
def test_nobody(byline: str) -> None:
    assert named(byline) is None


def test_the_first_name_counts_and_a_unit_that_signed_comes_last() -> None:
    assert named("admin", "Dede", "Sari") == "Dede"
    assert named("admin", unit="Humas Lapas Serang") == "Humas Lapas Serang"
    assert named("Dede", unit="Humas Lapas Serang") == "Dede"
