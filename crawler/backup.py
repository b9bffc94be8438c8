"""Backups: a folder with the databases, the configuration and a manifest, made while others write."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path

from crawler.errors import StorageError
from crawler.home import Home
from crawler.storage.check import is_ours
from crawler.storage.copying import copy, megabytes, open_beside, open_still, problems, require_space, size, sync
from crawler.storage.schema import refuse_newer
from crawler.storage.trouble import reported

MANIFEST = "manifest.json"
FORMAT = 1
DATABASE = "newsfeed.db"


@dataclass(frozen=True, slots=True)
class Backup:
    """A folder that holds a backup, or one copied database: when it was made (UTC), its files and their bytes."""

    path: Path
    made_at: datetime
    files: Mapping[str, int]

    def place(self, name: str) -> Path:
        """Where one of the files is."""
        return self.path / name if self.path.is_dir() else self.path


def make_backup(
    home: Home,
    folder: Path | None,
    now: datetime,
    *,
    with_pages: bool = False,
    on_step: Callable[[int, int], None] | None = None,
) -> Backup:
    """Write a backup into a new folder; no lock is taken, and what is written meanwhile is in it whole or not at all.

    Raises StorageError where the folder exists, the disk is too full, or a database cannot be read.
    """
    target = folder or home.backups / f"newsfeed-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    databases = [home.database, *([home.pages_db] if with_pages and home.pages_db.exists() else [])]
    if not home.database.exists():
        raise StorageError(f"{home.database} does not exist yet: there is nothing to back up.")
    if target.exists():
        raise StorageError(f"{target} is already there; name a folder that does not exist yet.")
    partial = target.with_name(f".{target.name}.part")
    with reported(target):
        partial.mkdir(parents=True)
        try:
            for database in databases:
                _copy_database(database, partial, on_step)
            for source, name in _configuration(home):
                (partial / name).parent.mkdir(exist_ok=True)
                shutil.copyfile(source, partial / name)
            _write_manifest(partial, now)
            partial.rename(target)
            sync(target.parent)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    return read_backup(target)


def read_backup(path: Path) -> Backup:
    """A backup as its manifest has it; a single database file is one too. Raises StorageError where it is none."""
    with reported(path):
        if path.is_file():
            log = Path(f"{path}-wal")
            if log.exists() and log.stat().st_size:
                raise StorageError(f"{path} is in use, and {log.name} holds a part of it; use a copy or a backup.")
            found = path.stat()
            return Backup(path, datetime.fromtimestamp(found.st_mtime, UTC), {DATABASE: found.st_size})
        if not (path / MANIFEST).is_file():
            raise StorageError(f"{path} holds no backup: there is no {MANIFEST} in it.")
        try:
            told = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            files = {str(name): int(facts["bytes"]) for name, facts in told["files"].items()}
            made_at, form = datetime.fromisoformat(told["made_at"]), int(told["format"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StorageError(f"{path / MANIFEST} is no manifest of a backup; use another backup.") from error
    if form > FORMAT:
        raise StorageError(f"{path} was made by a newer newsfeed; update the program before restoring it.")
    if DATABASE not in files:
        raise StorageError(f"{path / MANIFEST} names no {DATABASE}; use another backup.")
    return Backup(path, made_at, files)


def check_backup(backup: Backup) -> None:
    """Raise StorageError unless every file is as it was written, and every database whole and of a known schema."""
    if backup.path.is_dir():
        _check_sums(backup)
    for name in backup.files:
        place = backup.place(name)
        if not name.endswith(".db"):
            continue
        with reported(place):
            found = problems(place)
        if found:
            raise StorageError(f"{place} is damaged ({found[0]}); use another backup.")
    place = backup.place(DATABASE)
    with reported(place):
        db = open_still(place)
        try:
            refuse_newer(db, place)
            if not is_ours(db):
                raise StorageError(f"{place} is no database of newsfeed; use another backup.")
        finally:
            db.close()


def _check_sums(backup: Backup) -> None:
    told = json.loads((backup.path / MANIFEST).read_text(encoding="utf-8"))["files"]
    for name in backup.files:
        place = (backup.path / name).resolve()
        if not place.is_relative_to(backup.path.resolve()):
            raise StorageError(f"{backup.path / MANIFEST} names {name}, outside the backup; use another one.")
        if not place.is_file():
            raise StorageError(f"{place} is missing from the backup; use another one.")
        if _digest(place) != told[name].get("sha256"):
            raise StorageError(f"{place} is not as it was backed up; use another backup.")


def _copy_database(database: Path, folder: Path, on_step: Callable[[int, int], None] | None) -> None:
    with reported(database), open_beside(database) as db:
        require_space(folder, size(db), f"the backup of {database.name}")
        copy(db, folder / database.name, on_step)
    found = problems(folder / database.name)
    if found:
        raise StorageError(f"{database} is damaged ({found[0]}), and was not backed up; run `newsfeed doctor`.")


def _configuration(home: Home) -> Iterator[tuple[Path, str]]:
    if home.config_path.is_file():
        yield home.config_path, home.config_path.name
    for record in sorted(home.sources_dir.glob("*.toml")):
        yield record, f"{home.sources_dir.name}/{record.name}"


def _write_manifest(folder: Path, now: datetime) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    told = {
        "format": FORMAT,
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "program": version("newsfeed-id"),
        "files": {
            path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": _digest(path)}
            for path in files
        },
    }
    (folder / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for path in (*files, folder / MANIFEST, folder):
        sync(path)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def told_size(backup: Backup) -> str:
    """How large a backup is, for people."""
    return megabytes(sum(backup.files.values()))
