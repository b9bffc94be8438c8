"""Texts that nobody wrote to be read: long, empty, foreign, or a table of every prison; and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.annotate import facts_of, packaged
from crawler.models import Article, Facts, Source

SITE = Source("site", "Site", "press", "https://site.example/", "site", "site")
UNITS = [entry for entry in packaged().entries.values() if entry.kind == "unit"]


def facts(title: str, *paragraphs: str) -> Facts:
    url = "https://site.example/a"
    return facts_of(Article(url, url, title, paragraphs, ""), SITE, packaged())


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "1234567", "\x00", "Ⅻ ﬁ ß İ"])
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert facts(text, text) == Facts()


@pytest.mark.parametrize(
    "text",
    [
        "The prison service said on Monday that three inmates had been moved to another facility.",
        "تم نقل السجناء إلى سجن آخر يوم الاثنين",
        "囚犯星期一被转移到另一所监狱",
        "Der Justizminister besuchte am Montag die Haftanstalt.",
    ],
)
def test_other_languages(text: str) -> None:
    assert facts(text, text).units == ()


def test_a_table_of_all_units_is_about_none_of_them() -> None:
    rows = [f"{entry.name}: 120 orang" for entry in UNITS]
    found = facts(
        "Daftar Penerima Remisi", "Ditjenpas mencatat penerima remisi seluruh Indonesia.", *["-" * 600, *rows]
    )
    assert [unit.id for unit in found.units] == ["ditjenpas"]


def test_the_units_of_one_province_are_all_told() -> None:
    there = [entry for entry in UNITS if entry.province == "Banten" and entry.status == "active"]
    rows = [f"{entry.name}: 120 orang" for entry in there]
    found = facts("Kanwil Ditjenpas Banten Serahkan Remisi", "Rinciannya sebagai berikut.", *rows)
    assert {entry.id for entry in there} <= {unit.id for unit in found.units}


def test_a_text_without_end_is_read_to_a_bound() -> None:
    long = "Lapas Kelas IIA Serang dan Kota Tangerang panen. " * 20_000
    found = facts("Panen", long, "Rutan Medaeng")
    assert {unit.id for unit in found.units} == {"lapas-serang"}
    assert facts(long, long).units != ()


_WORDS = st.sampled_from(
    "Lapas Kelas IIA Serang Rutan Tangerang Kanwil Kemenkumham Banten Kota dan , . \n remisi di Natal ( Kalapas".split(
        " "
    )
)


@settings(max_examples=200)
@given(st.lists(_WORDS, max_size=40), st.text(max_size=60))
def test_any_text_gives_facts_that_hold(words: list[str], noise: str) -> None:
    found = facts(" ".join(words[:8]), " ".join(words), noise)
    entries = packaged().entries
    assert sum(unit.role == "subject" for unit in found.units) <= 1
    assert len({unit.id for unit in found.units}) == len(found.units)
    assert all(unit.id in entries and unit.name == entries[unit.id].name for unit in found.units)
    for kind in (found.units, found.places, found.topics):
        assert all(0 < one.weight <= 1 and one.evidence for one in kind)
    assert found.province is None or found.province in packaged().provinces
