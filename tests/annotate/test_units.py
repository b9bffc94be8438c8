"""Units: how they are written, which of several is meant, which of them an article is about."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.annotate import facts_of, packaged
from crawler.models import Article, Facts, Source

SITE = Source("site", "Site", "press", "https://site.example/", "site", "site")


def facts(title: str, *paragraphs: str, source: Source = SITE, dateline: str | None = None, year: int = 2025) -> Facts:
    article = Article(
        url="https://site.example/a",
        canonical_url="https://site.example/a",
        title=title,
        paragraphs=paragraphs,
        body_html="",
        dateline=dateline,
        published=datetime(year, 6, 1, tzinfo=UTC),
    )
    return facts_of(article, source, packaged())


def ids(found: Facts) -> list[str]:
    return [unit.id for unit in found.units]


def subject(found: Facts) -> str | None:
    return next((unit.id for unit in found.units if unit.role == "subject"), None)


WRITTEN = {
    "Lembaga Pemasyarakatan (Lapas) Kelas IIA Serang panen": "lapas-serang",
    "Lapas Kelas II A Serang panen": "lapas-serang",
    "Lapas Klas II/A Serang panen": "lapas-serang",
    "Lapas kelas 2a Serang panen": "lapas-serang",
    "LAPAS KELAS IIA SERANG PANEN": "lapas-serang",
    "LP Serang panen": "lapas-serang",
    "Kepala Lembaga Pemasyarakatan Kelas IIA Serang panen": "lapas-serang",
    "Plt. Kalapas Serang Budi Santoso panen": "lapas-serang",
    "Rumah Tahanan Negara (Rutan) Kelas I Surabaya di Medaeng": "rutan-surabaya",
    "Rutan Negara Kelas I Surabaya panen": "rutan-surabaya",
    "Karutan Medaeng panen": "rutan-surabaya",
    "Lembaga Pemasyarakatan Perempuan (LPP) Kelas IIA Malang": "lapas-perempuan-malang",
    "LPP Malang": "lapas-perempuan-malang",
    "Lapas Wanita Malang": "lapas-perempuan-malang",
    "Lapastik Samarinda": "lapas-narkotika-samarinda",
    "Lembaga Pembinaan Khusus Anak (LPKA) Kelas I Kutoarjo": "lpka-kutoarjo",
    "Balai Pemasyarakatan (Bapas) Kelas I Bandung": "bapas-bandung",
    "Kantor Imigrasi (Kanim) Kelas I TPI Ambon": "kanim-ambon",
    "Kepala Imigrasi Ambon": "kanim-ambon",
    "Rumah Detensi Imigrasi (Rudenim) Medan": "rudenim-medan",
    "Kantor Wilayah Direktorat Jenderal Pemasyarakatan (Ditjenpas) Banten": "kanwil-ditjenpas-banten",
    "Kanwil Ditjenpas Provinsi Banten": "kanwil-ditjenpas-banten",
    "Kantor Wilayah Kementerian Hukum (Kanwil Kemenkum) Maluku Utara": "kanwil-kemenkum-maluku-utara",
    "Kakanwil Kemenkum Malut": "kanwil-kemenkum-maluku-utara",
    "Kakanwil Ditjen Imigrasi Bali": "kanwil-imigrasi-bali",
    "Kanwil Kementerian HAM Jawa Barat": "kanwil-kemenham-jawa-barat",
    "Direktur Jenderal Pemasyarakatan": "ditjenpas",
    "Wamen Imipas": "kemenimipas",
    # a letter wrong in a long name
    "Lapas Rangkasbitng panen": "lapas-rangkasbitung",
    "Lapas Purwokreto panen": "lapas-purwokerto",
}


@pytest.mark.parametrize(("text", "unit"), WRITTEN.items(), ids=WRITTEN)
def test_ways_to_write_a_unit(text: str, unit: str) -> None:
    assert ids(facts("Kabar", text)) == [unit]


NONE = (
    "Rutan KPK", "Rutan Polres Serang", "Rutan Salemba Cabang Kejaksaan Agung", "imigrasi burung", "Imigrasi Singapura",
    "Lapas Antahberantah", "Lapas Kelas IIB Tanjung Pasir melepas", "kelapas serang", "Lapas. Serang",
    "Rutan Natal tiba",
    # one letter off a short name, or between two names
    "Lapas Serong", "Lapas Padamg",
)  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_unit(text: str) -> None:
    assert ids(facts("Kabar", f"Warga melihat {text} kemarin.")) == []


RESOLVED = {
    "its class": ("Lapas Kelas IIA Tangerang", None, "lapas-tangerang-iia"),
    "the class behind it": ("Lapas Tangerang Kelas I", None, "lapas-tangerang-i"),
    "its full name elsewhere": ("Lapas Tangerang. Kepala Lapas Kelas I Tangerang hadir", None, "lapas-tangerang-i"),
    "the place beside": ("Lapas Tanjung Gusta, Kota Medan", None, "lapas-medan"),
    "the dateline": ("Lapas Teluk Dalam", "BANJARMASIN", "lapas-banjarmasin"),
    "the dateline's province": ("Lapas Teluk Dalam", "GUNUNGSITOLI", "lapas-teluk-dalam"),
    "neighbours": ("Lapas Teluk Dalam dan Lapas Amuntai", None, "lapas-banjarmasin"),
}


@pytest.mark.parametrize(("text", "dateline", "unit"), RESOLVED.values(), ids=RESOLVED)
def test_one_of_several(text: str, dateline: str | None, unit: str) -> None:
    assert unit in ids(facts("Kabar", text, dateline=dateline))


def test_source_tells_units_of_one_name_apart() -> None:
    own = Source("site", "Site", "official", "https://site.example/", "site", "site", unit="lapas-tangerang-i")
    assert ids(facts("Lapas Tangerang panen", source=own)) == ["lapas-tangerang-i"]
    near = Source("site", "Site", "press", "https://s.example/", "s", "s", province="Kalimantan Selatan")
    assert ids(facts("Lapas Teluk Dalam panen", source=near)) == ["lapas-banjarmasin"]


def test_what_stays_open_is_told_with_its_candidates() -> None:
    found = facts("Lapas Tangerang panen", "Kabar dari Lapas Tangerang.")
    assert found.units == ()
    assert found.unresolved == ("Lapas Tangerang: may be Lapas Kelas I Tangerang or Lapas Kelas IIA Tangerang",)


SUBJECTS = {
    "a unit before the office above": ("Kakanwil Ditjenpas Banten Tinjau Lapas Serang", "", "lapas-serang"),
    "a unit in the lead before an office in the title": (
        "Kakanwil Ditjenpas Banten Cek Dapur",
        "Kanwil Ditjenpas Banten memeriksa dapur Lapas Serang.",
        "lapas-serang",
    ),
    "the first of the title": ("Lapas Serang Terima Napi Lapas Cilegon", "", "lapas-serang"),
    "the title before the lead": ("Panen di Lapas Serang", "Lapas Cilegon ikut hadir.", "lapas-serang"),
    "an office alone": ("Kanwil Ditjenpas Banten Rapat", "", "kanwil-ditjenpas-banten"),
    "not where somebody is put": ("Bupati Ditangkap", "Jaksa menahan bupati di Rutan Salemba.", None),
    "not behind one that is unknown": ("Panen", "Lapas Kelas IIB Antah memanen, lalu Lapas Serang.", None),
}


@pytest.mark.parametrize(("title", "text", "unit"), SUBJECTS.values(), ids=SUBJECTS)
def test_subject(title: str, text: str, unit: str | None) -> None:
    assert subject(facts(title, text)) == unit


MINISTRIES = {
    "before the split": ("Kemenkumham bina narapidana", 2023, "kemenkumham"),
    "corrections since": ("Kemenkumham beri remisi narapidana", 2025, "kemenimipas"),
    "immigration since": ("Kemenkumham deportasi WNA", 2025, "kemenimipas"),
    "law since": ("Kemenkumham resmikan posbankum", 2025, "kemenkum"),
    "human rights since": ("Kemenkumham tangani pelanggaran HAM", 2025, "kemenham"),
    "a region's corrections": ("Kanwil Kemenkumham Banten razia lapas", 2023, "kanwil-ditjenpas-banten"),
    "a region's immigration": ("Kanwil Kemenkumham Banten deportasi WNA", 2023, "kanwil-imigrasi-banten"),
    "a region's law": ("Kanwil Kemenkumham Banten bina paralegal", 2025, "kanwil-kemenkum-banten"),
    "nothing tells": ("Kanwil Kemenkumham Banten rapat", 2023, "kanwil-kemenkum-banten"),
}


@pytest.mark.parametrize(("title", "year", "unit"), MINISTRIES.values(), ids=MINISTRIES)
def test_ministry_that_was_split(title: str, year: int, unit: str) -> None:
    assert ids(facts(title, year=year)) == [unit]


def test_list_that_names_the_kind_once() -> None:
    found = facts("Lomba", "Peserta dari Lapas Serang, Cilegon, dan Rangkasbitung hadir.")
    assert sorted(ids(found)) == ["lapas-cilegon", "lapas-rangkasbitung", "lapas-serang"]
    assert ids(facts("Lomba", "Peserta dari Lapas Serang, Cilegon.")) == ["lapas-serang"]


def test_own_site_that_only_speaks_of_the_prison() -> None:
    own = Source("site", "Site", "official", "https://site.example/", "site", "site", unit="lapas-cilegon")
    assert subject(facts("Apel", "Petugas lapas berkumpul.", source=own)) == "lapas-cilegon"
    assert facts("Apel", "Petugas berkumpul.", source=own).units == ()


def test_evidence_holds_the_words_and_the_rule() -> None:
    found = facts("Lapas Teluk Dalam Panen", dateline="BANJARMASIN")
    assert found.units[0].evidence == "title: Lapas Teluk Dalam (told by the dateline)"
