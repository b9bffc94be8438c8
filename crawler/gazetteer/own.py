"""The operator's own entries: `HOME/gazetteer/*.csv`, with the columns of the packaged tables of the same names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import ConfigError
from crawler.gazetteer.entries import TABLES, Entry, EntryKind, entry_of, load_entries, read_table

_REQUIRED = ("id", "name")
_ID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@dataclass(frozen=True, slots=True)
class _Row:
    path: Path
    line: int
    kind: EntryKind
    cells: Mapping[str, str]


def with_own(folder: Path) -> tuple[Entry, ...]:
    """The packaged entries with those of a folder, which take the place of packaged ones with their id.

    A folder that is not there adds none. Raises ConfigError with file and line.
    """
    known = {entry.id: entry for entry in load_entries()}
    rows = [row for table, kind in TABLES.items() for row in _rows(folder / table, kind)]
    for row in rows:
        entry = entry_of(row.cells, row.kind)
        if known.setdefault(entry.id, entry).kind != row.kind:
            raise ConfigError(row.path, f"id {entry.id} is taken by an entry of another table.", line=row.line)
        known[entry.id] = entry
    for row in rows:
        _check(row, known)
    _check_names(folder)
    return tuple(known.values())


def files_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells whether a folder's tables have changed: name, time of change and size of each."""
    paths = [path for name in TABLES if (path := folder / name).is_file()]
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)


def _rows(path: Path, kind: EntryKind) -> Iterator[_Row]:
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_head(path, reader.fieldnames or ())
            seen: dict[str, int] = {}
            for cells in reader:
                yield _row(path, reader.line_num, kind, cells, seen)
    except UnicodeDecodeError:
        raise ConfigError(path, "this is no UTF-8: save the table as CSV in UTF-8.") from None
    except csv.Error as error:
        raise ConfigError(path, f"this is no CSV: {error}.", line=reader.line_num) from None
    except OSError as error:
        raise ConfigError(path, f"it cannot be read: {error.strerror}.") from None


def _row(path: Path, line: int, kind: EntryKind, cells: Mapping[str, str], seen: dict[str, int]) -> _Row:
    if None in cells or None in cells.values():
        raise ConfigError(path, "this row has not as many cells as the first.", line=line)
    stripped = {name: cell.strip() for name, cell in cells.items()}
    for name in _REQUIRED:
        if not stripped[name]:
            raise ConfigError(path, f"{name} is empty.", line=line)
    if not set(stripped["id"]) <= _ID:
        raise ConfigError(path, f"id is {stripped['id']!r}: small letters, digits and hyphens only.", line=line)
    if stripped["id"] in seen:
        raise ConfigError(path, f"id {stripped['id']} stands in line {seen[stripped['id']]}, too.", line=line)
    seen[stripped["id"]] = line
    return _Row(path, line, kind, stripped)


def _check_head(path: Path, names: Iterable[str]) -> None:
    known = list(next(iter(read_table(path.name))))
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        raise ConfigError(path, f"the column {missing[0]} is missing.", line=1)
    for name in names:
        if name not in known:
            raise ConfigError(path, f"there is no column {name!r}; there are {', '.join(known)}.", line=1)


def _check(row: _Row, known: Mapping[str, Entry]) -> None:
    """That what a row points to is there."""
    entry = known[row.cells["id"]]
    provinces = {one.name for one in known.values() if one.kind == "province"}
    cities = {one.name for one in known.values() if one.kind == "city"}
    wrong = (
        ("province", entry.province, bool(entry.province) and entry.province not in provinces, "is no province"),
        ("city_or_regency", entry.place, bool(entry.place) and entry.place not in cities, "is no regency or city"),
        ("kanwil_id or parent_id", entry.parent, bool(entry.parent) and entry.parent not in known, "is no office"),
    )
    for column, value, is_wrong, why in wrong:
        if is_wrong:
            raise ConfigError(row.path, f"{column} {value!r} {why}.", line=row.line)


def _check_names(folder: Path) -> None:
    """That no table is overlooked because of its name."""
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        if path.name not in TABLES:
            raise ConfigError(path, f"this table is not known; there may be {', '.join(TABLES)}.")
