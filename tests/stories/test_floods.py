"""Texts that nobody wrote to be compared, and days on which a great many are alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from desk_of_stories import open_desk, stored, told_together
from labels import Labelled, grouped

from crawler.gazetteer.entries import load_entries
from crawler.models import Told
from crawler.stories import compare, holders, sign
from crawler.stories.keys import FEW, MOST

DAY = date(2026, 3, 4)
UNITS = [entry for entry in load_entries() if entry.kind == "unit"]
KEYS = 60  # at most, whatever a text holds


def told(number: int, source: str, title: str, text: str, unit: str = "") -> Told:
    subjects = (unit,) if unit else ()
    return Told(number, title, text, DAY, DAY, subjects, source=source, entry_id=f"{source} {number}")


def razia(number: int, source: str = "lapas-serang") -> Told:
    """The same template, each time with another block, count and officer's find."""
    text = (
        f"Serang – Lapas Kelas IIA Serang menggelar razia di blok {chr(65 + number % 7)}{number}. Petugas menyita "
        f"{number + 2} ponsel dan {number * 3 + 5} sendok besi. Kalapas Hendra Wiratama memimpin razia bersama Ka KPLP "
        "Rinaldo Tarigan. “Tidak ada toleransi bagi pelanggar, barang temuan kami musnahkan,” tegasnya."
    )
    return told(number, source, f"Lapas Serang Razia Blok {chr(65 + number % 7)}", text, "lapas-serang")


def ceremony(number: int) -> Told:
    unit = UNITS[number]
    text = (
        f"{unit.short_name} menggelar upacara HUT ke-81 Republik Indonesia. Upacara diikuti petugas dan warga binaan. "
        "“Kemerdekaan harus diisi dengan kerja nyata,” bunyi sambutan Menteri Agus Andrianto yang dibacakan."
    )
    return told(number, unit.id, f"{unit.short_name} Gelar Upacara HUT ke-81 RI", text, unit.id)


def copy(number: int) -> Told:
    text = "Sebanyak 41 narapidana dipindahkan ke Nusakambangan dengan pengawalan Brimob, kata Dirjen Mashudi."
    return told(number, f"situs-{number}", "41 Napi Dipindahkan", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\ud800",
        "x" * 1_000_000,
        "Hendra Wiratama dan " * 50_000,
        "“Kami hadir untuk semua,” " * 40_000,
        ", ".join(f"{entry.name} {n} orang" for n, entry in enumerate(UNITS)),
        "تم نقل السجناء إلى سجن آخر يوم الاثنين",
        "囚犯星期一被转移到另一所监狱",
        "The prison service said on Monday that three inmates had been moved.",
    ],
    ids=["empty", "broken", "a megabyte", "one name", "one quotation", "all units", "Arabic", "Chinese", "English"],
)
def test_whatever_a_text_holds_it_is_found_by_few_keys(text: str) -> None:
    all_units = tuple(entry.id for entry in UNITS)
    for mentioned in ((), all_units):
        one = sign(replace(told(1, "a", text[:5_000], text), mentioned=mentioned))
        assert len(holders(one)) <= KEYS
        assert compare(one, sign(told(2, "b", "Lapas Serang Panen", "Panen raya.", "lapas-serang"))).verdict == "apart"


def test_nothing_in_common_is_nothing_even_of_one_day() -> None:
    assert len(grouped([told(number, f"situs-{number}", "", "") for number in range(30)])) == 30


def test_what_one_site_tells_by_a_template_is_as_many_events() -> None:
    assert len(grouped(map(razia, range(60)))) == 60


def test_one_ceremony_in_many_units_is_one_in_each() -> None:
    assert len(grouped(map(ceremony, range(200)))) == 200


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_desk(tmp_path, labelled([*map(copy, range(100)), *map(razia, range(60))]))) as db:
        yield db


def labelled(articles: Sequence[Told]) -> list[Labelled]:
    return [Labelled(str(one.article_id), one.source, datetime(2026, 3, 4, 5, tzinfo=UTC), one) for one in articles]


def test_one_text_on_many_sites_is_one_story_at_a_bounded_cost(db: sqlite3.Connection) -> None:
    copies = labelled([copy(number) for number in range(100)])
    stored(db, [copies[:3], copies[3:20], copies[20:]])
    assert [len(one) for one in told_together(db)] == [100]
    compared = db.execute("select count(*) from story_decisions").fetchone()[0]
    assert compared <= 100 * max(MOST, FEW), "each with few, not with all"


def test_a_template_leaves_few_decisions(db: sqlite3.Connection) -> None:
    stored(db, [labelled([razia(number) for number in range(60)])])
    assert {len(one) for one in told_together(db)} == {1}
    assert not db.execute("select count(*) from story_decisions where verdict = 'join'").fetchone()[0]
