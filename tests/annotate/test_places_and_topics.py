"""Provinces, cities and topics: what points to them, and what only looks as if it did."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from crawler.annotate import facts_of, packaged
from crawler.annotate.lexicon import UNIT_TYPES
from crawler.gazetteer.forms import folded_keys
from crawler.models import Article, Facts, Source


def facts(title: str, text: str = "", dateline: str | None = None, province: str | None = None) -> Facts:
    source = Source("site", "Site", "press", "https://site.example/", "site", "site", province=province)
    url = "https://site.example/a"
    return facts_of(Article(url, url, title, (text,), "", dateline=dateline), source, packaged())


# title, text, dateline, the source's province -> province
PROVINCES = {
    "of the subject": ("Lapas Serang Panen", "", "JAKARTA", None, "Banten"),
    "of the dateline": ("Panen Raya", "", "Mataram", None, "Nusa Tenggara Barat"),
    "of a town in the dateline": ("Panen Raya", "", "PURWOKERTO", None, "Jawa Tengah"),
    "of a misspelt dateline": ("Panen Raya", "", "PURWOKETO", None, "Jawa Tengah"),
    "a province as dateline": ("Panen Raya", "", "JATIM", None, "Jawa Timur"),
    "of a regency and a city alike": ("Panen Raya", "", "SERANG", None, "Banten"),
    "of the title before a desk in Jakarta": ("Menkum Tinjau Sulsel", "", "JAKARTA", None, "Sulawesi Selatan"),
    "a desk in Jakarta": ("Menkum Rapat", "", "JAKARTA", None, "DKI Jakarta"),
    "of the source": ("Rapat Pagi", "", None, "Bali", "Bali"),
    "of the lead before the source": ("Rapat Pagi", "Rapat di Kota Kupang.", None, "Bali", "Nusa Tenggara Timur"),
    "the longer name": ("Rapat di Papua Barat Daya", "", None, None, "Papua Barat Daya"),
    "none": ("Rapat Pagi", "Rapat berlangsung lama.", None, None, None),
}


@pytest.mark.parametrize(("title", "text", "dateline", "source", "province"), PROVINCES.values(), ids=PROVINCES)
def test_province(title: str, text: str, dateline: str | None, source: str | None, province: str | None) -> None:
    assert facts(title, text, dateline, source).province == province


PLACES = {
    "Rapat di Kota Palu.": {"kota-palu", "sulawesi-tengah"},
    "Rapat di Palu.": {"kota-palu", "sulawesi-tengah"},
    "Palu hakim diketuk.": set(),
    "Puncak acara meriah.": set(),
    "Acara di Kabupaten Puncak.": {"kab-puncak", "papua-tengah"},
    "Bima tersenyum.": set(),
    "Ia lewat Jalan Surabaya.": set(),
    "Warga Desa Karangasem.": set(),
    "Rapat di Bandung.": {"jawa-barat"},
    "Rapat di Kabupaten Bandung. Bandung ramai.": {"kab-bandung", "jawa-barat"},
    "Ke Nusakambangan.": {"kab-cilacap", "jawa-tengah"},
    "Rapat di Kab. OI": {"kab-ogan-ilir", "sumatera-selatan"},
    "serang balik": set(),
}


@pytest.mark.parametrize(("text", "places"), PLACES.items(), ids=PLACES)
def test_places(text: str, places: set[str]) -> None:
    assert {place.id for place in facts("Kabar", text).places} == places


TOPICS = {
    "Ratusan Napi Terima Remisi": ["remisi"],
    "Petugas Gagalkan Penyelundupan Sabu": ["razia"],
    "Sabtu Pagi Warga Berkumpul": [],
    "Panen Lele dan Donor Darah": ["kemandirian", "sosial"],
    # template language weighs nothing, whatever stands in it
    "Komitmen Zero Halinar dan 13 Program Akselerasi": [],
    "Deteksi Dini, Sinergi, Humanis": [],
    "Napi Kasus Narkotika Kembali ke Masyarakat": [],
    # a single word that has other uses
    "Pegawai Pulang": [],
    # an office's name is no topic
    "Direktorat Jenderal Kekayaan Intelektual": [],
    "Lapas Narkotika Samarinda": [],
}


@pytest.mark.parametrize(("title", "topics"), TOPICS.items(), ids=TOPICS)
def test_topics(title: str, topics: list[str]) -> None:
    assert sorted(topic.id for topic in facts(title).topics) == topics


def test_topics_carry_their_words_and_the_title_weighs_more() -> None:
    found = facts("Panen Lele", "Lalu petugas merazia kamar.").topics
    assert [(topic.id, topic.weight, topic.evidence) for topic in found] == [
        ("kemandirian", 1.0, "title: Panen, title: Lele")
    ]


def test_no_term_ends_where_the_name_of_a_unit_begins() -> None:
    text = files("crawler.annotate").joinpath("terms.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["term"] for row in rows if folded_keys(row["term"])[-1] in UNIT_TYPES and " " in row["term"]] == []
    assert {row["topic"] for row in rows} - {""} == set(packaged().topics)
    assert len({(row["term"].lower(), row["topic"]) for row in rows}) == len(rows)


def test_the_ids_of_topics_stay_as_they_are_the_addresses_of_feeds() -> None:
    assert list(packaged().topics) == [
        "remisi", "razia", "insiden", "pemindahan", "imigrasi", "kemandirian", "bantuan-hukum", "kepribadian",
        "kekayaan-intelektual", "integritas", "hari-besar", "sosial", "kesehatan", "notaris", "bapas", "kerja-sama",
        "kepegawaian", "ham",
    ]  # fmt: skip
