"""The operator's own tables: they add to the gazetteer and replace in it, and a mistake is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.annotate import facts_of, lexicon_of, packaged
from crawler.errors import ConfigError
from crawler.models import Article, Source

SITE = Source("site", "Site", "press", "https://site.example/", "site", "site")
HEAD = "id,name,short_name,aliases,city_or_regency,province,type"


def write(folder: Path, text: str, name: str = "units.csv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder


def units(folder: Path, text: str) -> list[str]:
    article = Article("https://site.example/a", "https://site.example/a", text, (), "")
    return [unit.id for unit in facts_of(article, SITE, lexicon_of(folder)).units]


def test_without_a_folder_the_packaged_gazetteer_is_in_force(tmp_path: Path) -> None:
    assert lexicon_of(tmp_path / "gazetteer") is packaged()


def test_a_unit_is_added(tmp_path: Path) -> None:
    row = "bapas-sukamara,Bapas Kelas II Sukamara,Bapas Sukamara,,Kabupaten Sukamara,Kalimantan Tengah,bapas"
    folder = write(tmp_path / "gazetteer", f"{HEAD}\n{row}\n")
    assert units(folder, "Balai Pemasyarakatan (Bapas) Kelas II Sukamara Dibuka") == ["bapas-sukamara"]
    assert units(folder, "Lapas Serang Panen") == ["lapas-serang"]


def test_a_packaged_unit_is_replaced_and_an_edit_is_seen(tmp_path: Path) -> None:
    row = "lapas-serang,Lapas Kelas I Serang,Lapas Serang,Lapas Kelapa Dua,Kota Serang,Banten,lapas"
    folder = write(tmp_path / "gazetteer", f"{HEAD}\n{row}\n")
    assert units(folder, "Lapas Kelapa Dua Panen") == ["lapas-serang"]
    write(folder, f"{HEAD}\n{row.replace('Kelapa Dua', 'Kelapa Tiga Raya')}\n")
    assert units(folder, "Lapas Kelapa Tiga Raya Panen") == ["lapas-serang"]


WRONG = {
    "no id": (f"{HEAD}\n,Bapas X,,,,,\n", 2, "id is empty"),
    "an id of other letters": (f"{HEAD}\nBapas X,Bapas X,,,,,\n", 2, "small letters"),
    "an id twice": (f"{HEAD}\nx,Bapas X,,,,,\nx,Bapas Y,,,,,\n", 3, "line 2"),
    "too few cells": (f"{HEAD}\nx,Bapas X\n", 2, "cells"),
    "an unknown column": ("id,name,kelas\nx,Bapas X,I\n", 1, "'kelas'"),
    "no column name": ("id\nx\n", 1, "name is missing"),
    "an unknown province": (f"{HEAD}\nx,Bapas X,,,,Borneo,\n", 2, "'Borneo'"),
    "an unknown city": (f"{HEAD}\nx,Bapas X,,,Kota X,Banten,\n", 2, "'Kota X'"),
    "an id of another table": (f"{HEAD}\nbanten,Bapas X,,,,,\n", 2, "another table"),
}


@pytest.mark.parametrize(("text", "line", "problem"), WRONG.values(), ids=WRONG)
def test_mistakes_are_told(tmp_path: Path, text: str, line: int, problem: str) -> None:
    folder = write(tmp_path / "gazetteer", text)
    with pytest.raises(ConfigError) as caught:
        lexicon_of(folder)
    assert caught.value.path == folder / "units.csv"
    assert caught.value.line == line
    assert problem in str(caught.value)


def test_a_table_of_another_name_is_not_overlooked(tmp_path: Path) -> None:
    folder = write(tmp_path / "gazetteer", "id,name\n", "unit.csv")
    with pytest.raises(ConfigError, match=r"units\.csv"):
        lexicon_of(folder)
