"""Headlines without the site around them."""

from __future__ import annotations

import pytest

from crawler.models import Evidence
from crawler.normalize.judge import Decision
from crawler.normalize.title import title

SITE = ("Polten", "polten.co.id")


@pytest.mark.parametrize(
    ("written", "headline"),
    [
        ("Lapas Serang Panen Lele", "Lapas Serang Panen Lele"),
        ("Lapas Serang Panen Lele | Polten", "Lapas Serang Panen Lele"),
        ("Lapas Serang Panen Lele - Polten.co.id", "Lapas Serang Panen Lele"),
        ("Lapas Serang Panen Lele – POLTEN", "Lapas Serang Panen Lele"),
        ("Lapas Serang Panen Lele - Daerah - Polten", "Lapas Serang Panen Lele"),
        ("Polten: Lapas Serang Panen Lele", "Lapas Serang Panen Lele"),
        ("Polten » Lapas Serang Panen Lele", "Lapas Serang Panen Lele"),
        ("Berita | Lapas Serang Panen Lele | Polten", "Lapas Serang Panen Lele"),
        ("Lapas Serang Panen Lele - Halaman 2", "Lapas Serang Panen Lele"),
        ("(3) Lapas Serang Panen Lele | Polten", "Lapas Serang Panen Lele"),
        ("Razia Blok A - Nihil Temuan", "Razia Blok A - Nihil Temuan"),
        ("Kalapas: Tidak Ada Pungli", "Kalapas: Tidak Ada Pungli"),
        ("Lapas Polten - Serang Panen", "Lapas Polten - Serang Panen"),
        ("Remisi &#8211; 40 WBP <b>Bebas</b>", "Remisi – 40 WBP Bebas"),
        ("HUT Ke-79 RI | 17 Agustus di Rutan", "HUT Ke-79 RI | 17 Agustus di Rutan"),
    ],
)
def test_title(written: str, headline: str) -> None:
    assert Decision("title", title([Evidence(written, "meta")], SITE)).value == headline


def test_the_site_name_alone_is_no_title() -> None:
    told = [Evidence("Polten", "heading"), Evidence("", "meta"), Evidence("Lapas Panen | Polten", "title")]
    found = Decision("title", title(told, SITE))
    assert (found.value, found.origin) == ("Lapas Panen", "title")
    assert [loser.value for loser in found.losers()] == ["Polten", ""]
    assert Decision("title", title([Evidence("Polten", "title")], SITE)).value is None
