"""Names in a text: which entry each means, where it stands, and when it is none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from crawler.gazetteer import gazetteer, subject_of

# Text -> what is found: the words as they stand, and the ids that they may mean (a trailing `?` where ambiguous).
CASES: dict[str, dict[str, str]] = {
    "Lapas Kelas IIA Serang panen.": {"Lapas Kelas IIA Serang": "lapas-serang"},
    "Lapas Klas II-A Serang": {"Lapas Klas II-A Serang": "lapas-serang"},
    "Kepala Lapas Kelas 2A Serang": {"Lapas Kelas 2A Serang": "lapas-serang"},
    "LAPAS KELAS IIA SERANG": {"LAPAS KELAS IIA SERANG": "lapas-serang"},
    "(lapas serang)": {"lapas serang": "lapas-serang"},
    "Kalapas Serang": {"Kalapas Serang": "lapas-serang"},
    "Karutan Medaeng": {"Karutan Medaeng": "rutan-surabaya"},
    "Rutan Salemba": {"Rutan Salemba": "rutan-jakarta-pusat"},
    "Lembga Permasyarakatan Kelas IIA Serang": {"Lembga Permasyarakatan Kelas IIA Serang": "lapas-serang"},
    # a class that the unit no longer has does not hide it
    "Lapas Kelas III Serang": {"Lapas Kelas III Serang": "lapas-serang"},
    # the longer name
    "Lapas Padangsidimpuan": {"Lapas Padangsidimpuan": "lapas-padangsidimpuan"},
    "Lapas Padang": {"Lapas Padang": "lapas-padang"},
    "Kemenkum Maluku Utara": {"Kemenkum Maluku Utara": "kanwil-kemenkum-maluku-utara"},
    "Kemenkum Maluku": {"Kemenkum Maluku": "kanwil-kemenkum-maluku"},
    "Kementerian Hukum dan HAM": {"Kementerian Hukum dan HAM": "kemenkumham"},
    "Menteri Hukum dan HAM": {"Menteri Hukum dan HAM": "kemenkumham"},
    "Kementerian Hukum": {"Kementerian Hukum": "kemenkum"},
    "Papua Barat Daya": {"Papua Barat Daya": "papua-barat-daya"},
    "Kepulauan Riau": {"Kepulauan Riau": "kepulauan-riau"},
    # not across a comma, a full stop or a line
    "Lapas, Serang": {"Serang": "kab-serang kota-serang?"},
    "di Lapas. Padang rumput": {"Padang": "kota-padang"},
    "Rutan\nMedaeng": {},
    # inside a word
    "kelapas serangan": {},
    "Serangkaian": {},
    # shared, until the class tells
    "Lapas Tangerang": {"Lapas Tangerang": "lapas-tangerang-i lapas-tangerang-iia?"},
    "Lapas Kelas I Tangerang": {"Lapas Kelas I Tangerang": "lapas-tangerang-i"},
    "Lapas Klas II/A Tangerang": {"Lapas Klas II/A Tangerang": "lapas-tangerang-iia"},
    "Rutan Negara": {"Rutan Negara": "rutan-negara?"},
    "Rutan Kelas IIB Negara": {"Rutan Kelas IIB Negara": "rutan-negara"},
    "Jambi": {"Jambi": "jambi kota-jambi?"},
    # immigration
    "Kantor Imigrasi Kelas I Khusus Non TPI Jakarta Barat": {
        "Kantor Imigrasi Kelas I Khusus Non TPI Jakarta Barat": "kanim-jakarta-barat"
    },
    "Kantor Imigrasi Kelas II (Non) TPI Bogor": {"Kantor Imigrasi Kelas II (Non) TPI Bogor": "kanim-bogor"},
    "Kakanim Ambon": {"Kakanim Ambon": "kanim-ambon"},
    # places have a capital, abbreviations are written in capitals
    "palu dan batu": {},
    "Kota Palu": {"Kota Palu": "kota-palu"},
    "serang balik": {},
    "NTB dan ntb": {"NTB": "nusa-tenggara-barat"},
    "D.I. Yogyakarta": {"D.I. Yogyakarta": "di-yogyakarta"},
    "Bupati OI, HSS": {},
    "Kab. OI": {"Kab. OI": "kab-ogan-ilir"},
    "Kabupaten HSS": {"Kabupaten HSS": "kab-hulu-sungai-selatan"},
    "Mitra": {"Mitra": "kab-minahasa-tenggara?"},
    "Sumatra Utara": {"Sumatra Utara": "sumatera-utara"},
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=CASES)
def test_names_in_a_text(text: str, expected: dict[str, str]) -> None:
    found = {
        text[match.start : match.end]: " ".join(match.entries) + "?" * match.ambiguous
        for match in gazetteer().matches(text)
    }
    assert found == expected


def test_matches_stand_in_the_order_of_the_text_and_do_not_overlap() -> None:
    text = "Kalapas Serang dan Karutan Medaeng bertemu Kanwil Ditjenpas Banten di Kota Serang, Banten."
    matches = gazetteer().matches(text)
    assert [match.entries[0] for match in matches] == [
        "lapas-serang", "rutan-surabaya", "kanwil-ditjenpas-banten", "kota-serang", "banten",
    ]  # fmt: skip
    assert all(one.end <= other.start for one, other in pairwise(matches))


def test_every_entry_is_found_by_each_of_its_own_names() -> None:
    known = gazetteer()
    lost = [
        (entry.id, name)
        for entry in known.entries.values()
        for name in (entry.name, entry.short_name)
        if not any(entry.id in match.entries for match in known.matches(name))
    ]
    assert lost == []


def test_the_tables_are_whole() -> None:
    entries = gazetteer().entries.values()
    kinds = [entry.kind for entry in entries]
    assert {kind: kinds.count(kind) for kind in kinds} == {"unit": 639, "office": 309, "province": 38, "city": 514}
    provinces = {entry.name for entry in entries if entry.kind == "province"}
    assert {entry.province for entry in entries if entry.province} == provinces
    assert {entry.parent for entry in entries if entry.parent} <= gazetteer().entries.keys()


def test_an_article_takes_milliseconds_at_most() -> None:
    text = ("Lapas Kelas IIA Serang dan Kota Tangerang menggelar panen bersama warga sekitar. " * 40)[:3000]
    subject_of(text, text)
    started = time.process_time()
    for _ in range(20):
        gazetteer().matches(text)
        subject_of("Panen", text)
    assert (time.process_time() - started) / 20 < 0.02
