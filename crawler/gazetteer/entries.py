"""The gazetteer's tables -> entries: what each unit, office, province and city is called."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

EntryKind = Literal["unit", "office", "province", "city"]

TABLES: Mapping[str, EntryKind] = {
    "units.csv": "unit",
    "offices.csv": "office",
    "provinces.csv": "province",
    "cities.csv": "city",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A prison or other corrections unit, an office, a province, or a regency or city.

    `type` is finer than `kind` (`rutan`, `kanwil-kemenkum`, `regency`). `names` call it and nothing else; `shared`
    ones also call another entry or are ordinary words. `grade` is the class of a unit (`IIA`) when the tables were
    made: upgrades are common, so it is a hint only. `parent` is the id of the office above.
    """

    id: str
    kind: EntryKind
    type: str
    name: str
    short_name: str
    names: tuple[str, ...]
    shared: tuple[str, ...] = ()
    grade: str = ""
    place: str = ""
    province: str = ""
    parent: str = ""
    status: str = "active"


@cache
def load_entries() -> tuple[Entry, ...]:
    """The entries of all tables, in their order; an id is unique within its kind and, but for provinces, overall."""
    return tuple(entry_of(row, kind) for table, kind in TABLES.items() for row in read_table(table))


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table beside this code, by column."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text, newline=""))


def entry_of(row: Mapping[str, str], kind: EntryKind) -> Entry:
    """A row; the tables differ in their columns, not in what a column means."""
    shared = _list(row.get("ambiguous_aliases", ""))
    columns = ("name", "short_name", "official_name", "abbreviations", "aliases")
    written = [name for column in columns for name in _list(row.get(column, ""))]
    return Entry(
        id=row["id"],
        kind=kind,
        type=row.get("type") or kind,
        name=row["name"],
        short_name=row.get("short_name") or row["name"],
        names=tuple(dict.fromkeys(name for name in written if name not in shared)),
        shared=shared,
        grade=row.get("class", ""),
        place=row.get("city_or_regency", ""),
        province=row["name"] if kind == "province" else row.get("province", ""),
        parent=row.get("kanwil_id") or row.get("parent_id") or "",
        status=row.get("status") or "active",
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))
