"""A backup takes the place of what a home holds: checked first, then swapped file by file, finished even if killed.

Until `restore.json` is written nothing of the home has changed; once it is there, the swap is only ever carried
forward, by this process or by the next command that uses the home. What was replaced is kept in `replaced-<time>/`.
"""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from crawler.backup import MANIFEST, Backup, check_backup, read_backup
from crawler.errors import StorageError
from crawler.home import Home
from crawler.lock import hold
from crawler.storage.check import settle
from crawler.storage.copying import require_space, sync
from crawler.storage.trouble import reported

STAGE = ".restore"  # beside what it will replace, so that a rename is enough


def restore(home: Home, given: Path, now: datetime) -> tuple[Backup, Path]:
    """Put a backup in place, and return it with the folder that keeps what it replaced.

    Raises StorageError before anything is touched where the backup is not whole, and LockHeld where a crawl or a build
    is under way.
    """
    backup = read_backup(given.resolve())
    check_backup(backup)
    home.path.mkdir(parents=True, exist_ok=True)
    kept = home.path / f"replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    with hold(home.run_lock), hold(home.build_lock), reported(home.path):
        if home.restoring.exists():
            _finish(home)
        if kept.exists():
            raise StorageError(f"{kept} is already there; wait a second and run the same again.")
        _stage(home, backup)
        _write_plan(home, {"names": sorted(backup.files), "kept": kept.name, "folder": backup.path.is_dir()})
        _finish(home)
    return backup, kept


def resume(home: Home) -> None:
    """Carry a restore that was killed to its end; nothing to do where there is none. Raises LockHeld, StorageError."""
    if not home.restoring.exists():
        return
    with hold(home.run_lock), hold(home.build_lock), reported(home.path):
        if home.restoring.exists():
            _finish(home)


def _stage(home: Home, backup: Backup) -> None:
    stage = home.path / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    require_space(home.path, sum(backup.files.values()), "the restore")
    for name in backup.files:
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup.place(name), stage / name)
        sync(stage / name)
    # What was copied is what was checked, or a change in between is noticed.
    if backup.path.is_dir():
        shutil.copyfile(backup.path / MANIFEST, stage / MANIFEST)
    staged = Backup(stage, backup.made_at, backup.files)
    if backup.path.is_dir():
        check_backup(staged)
    sync(stage)


def _write_plan(home: Home, plan: dict[str, object]) -> None:
    partial = home.restoring.with_suffix(".part")
    partial.write_text(json.dumps(plan), encoding="utf-8")
    sync(partial)
    partial.replace(home.restoring)
    sync(home.path)


def _finish(home: Home) -> None:
    """Every step may have been taken already: a file that is no longer staged is in place."""
    plan = json.loads(home.restoring.read_text(encoding="utf-8"))
    kept, stage, names = home.path / plan["kept"], home.path / STAGE, plan["names"]
    kept.mkdir(exist_ok=True)
    # It knows the change counter of the database that goes; the next build makes it anew.
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{home.publish_db}{suffix}").unlink(missing_ok=True)
    for name in names:
        if (stage / name).exists():
            _swap(home.path / name, stage / name, kept / name)
    if plan["folder"]:
        for record in home.sources_dir.glob("*.toml"):
            if f"{home.sources_dir.name}/{record.name}" not in names:
                _keep(record, kept / home.sources_dir.name / record.name)
                record.unlink()
    sync(home.path)
    shutil.rmtree(stage, ignore_errors=True)
    home.restoring.unlink()
    sync(home.path)


def _swap(target: Path, staged: Path, kept: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    if target.suffix == ".db" and target.exists():
        settle(target)
        # A log that could not be settled belongs to the file that goes, and would spoil the one that comes.
        for suffix in ("-wal", "-shm"):
            beside = Path(f"{target}{suffix}")
            if beside.exists():
                _keep(beside, Path(f"{kept}{suffix}"))
                beside.unlink()
    if target.exists():
        _keep(target, kept)
    staged.replace(target)
    sync(target.parent)


def _keep(path: Path, kept: Path) -> None:
    if kept.exists():
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    partial = kept.with_name(f"{kept.name}.part")
    partial.unlink(missing_ok=True)
    try:
        os.link(path, partial)
    except OSError:  # a file system without hard links
        shutil.copyfile(path, partial)
    partial.replace(kept)
