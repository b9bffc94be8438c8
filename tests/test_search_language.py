"""What may be typed into a search, what it means to SQLite, and what is said where it means nothing."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import QueryError
from crawler.models import Search
from crawler.search import understand

TEXTS = {
    1: ("Lapas Serang Panen Raya", "Warga binaan memanen kangkung di Lapas Kelas IIA Serang."),
    2: ("Lembaga Pemasyarakatan Bukittinggi", "Kegiatan anak-anak di Lembaga Pemasyarakatan Klas II B Bukittinggi."),
    3: ("Rutan Surabaya", "Narapidana Rutan Kelas I Surabaya menerima remisi pada Jum’at, 17 Agustus."),
    4: ("Kanwil Maluku Utara", "Kepala Kanwil menyapa anak di José Abad, Ternate, Maluku Utara."),
    5: ("Kanwil Malut Panen", "Razia narkoba dan panen di wilayah Malut, bukan di raya lain."),
    6: ("Laporan", "Panen di rumah tahanan."),
}


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    """The texts, indexed as the program does it."""
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5(title, body_text, tokenize = 'unicode61 remove_diacritics 2')")
    db.executemany(
        "insert into t (rowid, title, body_text) values (?, ?, ?)", [(n, *text) for n, text in TEXTS.items()]
    )
    return db


def found(index: sqlite3.Connection, query: str) -> set[int]:
    return {row[0] for row in index.execute("select rowid from t where t match ?", (understand(query).match,))}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("panen", {1, 5, 6}),
        ("PANEN", {1, 5, 6}),
        ("jose", {4}),
        ("josé", {4}),
        ("panen raya", {1, 5}),
        ('"panen raya"', {1}),
        ("“panen raya”", {1}),
        ("panen DAN raya", {1, 5}),
        ("panen AND raya", {1, 5}),
        ("razia ATAU remisi", {3, 5}),
        ("razia OR remisi", {3, 5}),
        ("panen -narkoba", {1, 6}),
        ("panen BUKAN narkoba", {1, 6}),
        ('panen NOT "razia narkoba"', {1, 6}),
        ("panen -(narkoba ATAU kangkung)", {6}),
        ("-narkoba panen", {1, 6}),
        ("(razia ATAU kangkung) panen", {1, 5}),
        ("razia ATAU kangkung serang", {1, 5}),
        ("kangkun*", {1}),
        ("judul:panen", {1, 5}),
        ("title:panen", {1, 5}),
        ('judul:"panen raya"', {1}),
        ("judul:(panen -malut)", {1}),
        ("panen -judul:panen", {6}),
        # hyphens and apostrophes end a word, whichever side has them
        ("anak-anak", {2}),
        ('"anak anak"', {2}),
        ("anak", {2, 4}),
        ("jum'at", {3}),
        ("jumat", {3}),
        # abbreviations and full names, both ways
        ("lapas", {1, 2}),
        ("lembaga pemasyarakatan", {1, 2}),
        ("lp", {1, 2}),
        ("judul:lapas", {1, 2}),
        ("lapas serang", {1}),
        ("malut", {4, 5}),
        ("maluku utara", {4, 5}),
        ("rutan", {3, 6}),
        ("napi", {3}),
        ("wbp", {1}),
        ("-lapas serang ATAU bukittinggi", {2}),
        # classes, however they are written
        ("kelas iia", {1}),
        ("Klas II-A", {1}),
        ("kelas 2a", {1}),
        ("kelas IIB", {2}),
        ("klas 1", {3}),
        # names by which people know a unit
        ("lapas biaro", {2}),
        ("kalapas biaro", set()),
        ("rutan medaeng", {3}),
        # nothing but what was typed in quotation marks, or where AND keeps words apart
        ('"lapas"', {1}),
        ('"malut"', {5}),
        ("maluku AND utara", {4}),
        # signs that belong to nothing
        ("Panen: 34,6 kg", set()),
        ("panen — raya !!", {1, 5}),
        ("dan", {5}),
    ],
)
def test_query_finds(index: sqlite3.Connection, query: str, expected: set[int]) -> None:
    assert found(index, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sumber:ditjenpas", Search(sources=("ditjenpas",))),
        ("source:a sumber:b", Search(sources=("a", "b"))),
        ("sejak:2026-01-01", Search(since=datetime(2025, 12, 31, 17, tzinfo=UTC))),
        ("since:2026-02", Search(since=datetime(2026, 1, 31, 17, tzinfo=UTC))),
        ("sampai:2026-01-01", Search(until=datetime(2026, 1, 1, 17, tzinfo=UTC))),
        ("sampai:2024-02", Search(until=datetime(2024, 2, 29, 17, tzinfo=UTC))),
        ("until:2025", Search(until=datetime(2025, 12, 31, 17, tzinfo=UTC))),
        ("sampai:2026-12", Search(until=datetime(2026, 12, 31, 17, tzinfo=UTC))),
        ("sejak:2025 sejak:2026", Search(since=datetime(2025, 12, 31, 17, tzinfo=UTC))),
        ("unit:lapas-serang", Search(units=("lapas-serang",))),
        ('unit:"Rutan Salemba"', Search(units=("rutan-jakarta-pusat",))),
        ("provinsi:malut", Search(provinces=("maluku-utara",))),
        ('province:"Maluku Utara"', Search(provinces=("maluku-utara",))),
        ("topik:remisi topic:razia", Search(topics=("remisi", "razia"))),
    ],
)
def test_filters_are_not_words(query: str, expected: Search) -> None:
    assert understand(query) == expected


def test_filters_beside_a_query_add_to_those_in_it() -> None:
    search = understand("sumber:a", [("source", "b"), ("until", "2026-01-01")], zone="Asia/Jayapura")
    assert search == Search(sources=("a", "b"), until=datetime(2026, 1, 1, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("query", "at", "told"),
    [
        ("", 0, "nothing to look for"),
        ("!!! ---", 0, "nothing to look for"),
        ('panen "raya', 6, "not closed"),
        ("(panen", 0, "not closed"),
        ("panen (raya (a)", 6, "not closed"),
        ("panen)", 5, "closes"),
        ("()", 0, "nothing to look for"),
        ("-panen", 0, "leave out"),
        ("BUKAN", 0, "left out"),
        ("panen BUKAN", 6, "left out"),
        ("panen ATAU", 6, "both sides"),
        ("OR panen", 0, "both sides"),
        ("a AND AND b", 2, "both sides"),
        ("panen ATAU -raya", 6, "both sides"),
        ("panen ATAU sumber:a", 6, "both sides"),
        ("pa*", 0, "3 letters"),
        ("sumbr:a", 0, "no field 'sumbr'"),
        ("panen sumber:", 6, "behind the colon"),
        ("panen (sumber:a)", 7, "outside of parentheses"),
        ("panen -sumber:a", 6, "left out"),
        ("sejak:kemarin", 6, "'kemarin' is no day"),
        ("sejak:2026-02-30", 6, "is no day"),
        ("sejak:0000", 6, "is no day"),
        ('""', 0, "no letter"),
        ("(" * 40 + "a" + ")" * 40, 16, "more than 16 parentheses"),
        ("a " * 33, 0, "more than 32 words"),
        ("a" * 501, 500, "longer than 500"),
        ("kemenkumham " * 32, 0, "quotation marks"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_place(query: str, at: int, told: str) -> None:
    with pytest.raises(QueryError, match="Character") as caught:
        understand(query)
    assert told in str(caught.value)
    assert caught.value.at == at


PIECES = st.sampled_from(
    'lapas "panen raya" ( ) AND OR NOT DAN ATAU BUKAN - * -x judul: title: sumber:a sejak:2026 ^ + : { } " “ ” \' \0 '
    "NEAR(a,b) narap* ½ 𞤀 \ud800 anak-anak kelas II A iia lembaga pemasyarakatan".split(" ")
)


@given(st.one_of(st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=8).map("".join), st.text()))
def test_any_text_is_a_search_that_sqlite_takes_or_a_message(index: sqlite3.Connection, query: str) -> None:
    try:
        search = understand(query)
    except QueryError as told:
        error = told
    else:
        if search.match is not None:
            index.execute("select count(*) from t where t match ?", (search.match,)).fetchone()
        return
    assert str(error).endswith(".")
    assert error.at is not None
    assert 0 <= error.at <= len(query)
