"""What `newsfeed doctor` looks at, as a table: what it finds, whether that can be mended, what to do otherwise."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from crawler.errors import NewsfeedError
from crawler.holder import holder
from crawler.home import Home
from crawler.lock import hold
from crawler.storage import check
from crawler.storage.copying import megabytes, open_beside
from crawler.storage.database import connect
from crawler.storage.schema import refuse_newer
from crawler.storage.trouble import reported
from crawler.storage.upgrade import bring_up_to_date, copies
from feeds.publish import TEMPORARY

LEAST_FREE = 100_000_000  # bytes
LONGEST_LOG = 64_000_000  # bytes; SQLite writes it back at 4 MB unless a reader stays for long
LONGEST_RUN = timedelta(hours=6)
OLD_COPY = timedelta(days=1)  # a copy under way is younger


@dataclass(frozen=True, slots=True)
class Patient:
    """A home under examination; `db` is open where the check asks for the database."""

    home: Home
    now: datetime
    connection: sqlite3.Connection | None = None

    @property
    def db(self) -> sqlite3.Connection:
        """The open database."""
        assert self.connection is not None
        return self.connection


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. `advice` is for what stays; `repair` mends what can be mended without losing anything.

    `asks_database`: it is left out where there is none, or where the database is too damaged to be asked.
    """

    name: str
    find: Callable[[Patient], list[str]]
    advice: str
    repair: Callable[[Patient], None] | None = None
    asks_database: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What a check came to: a line per finding, and whether it was mended."""

    name: str
    found: tuple[str, ...]
    advice: str
    can_repair: bool
    mended: bool = False

    @property
    def is_well(self) -> bool:
        """Nothing was found, or all of it is mended."""
        return not self.found or self.mended


def examine(home: Home, now: datetime) -> list[Result]:
    """Look at everything; nothing is changed."""
    patient, results = Patient(home, now), []
    is_readable = home.database.exists()
    for one in CHECKS:
        if one.asks_database and not is_readable:
            continue
        result = _examined(one, patient)
        results.append(result)
        if one.name == "database" and result.found:
            is_readable = False
    return results


def mend(home: Home, now: datetime) -> list[Result]:
    """Look at everything and mend what can be; holds both locks. Raises LockHeld where a crawl or build is on."""
    with hold(home.run_lock), hold(home.build_lock):
        results = [_mended(result, Patient(home, now)) for result in examine(home, now)]
        seen = {result.name for result in results}
        # what could not be asked before a repair of the database
        return results + [result for result in examine(home, now) if result.name not in seen]


def _examined(one: Check, patient: Patient) -> Result:
    try:
        found = _asked(one.find, one, patient)
    except (NewsfeedError, OSError) as error:
        found = [str(error)]
    return Result(one.name, tuple(found), one.advice, one.repair is not None)


def _asked(find: Callable[[Patient], list[str]], one: Check, patient: Patient) -> list[str]:
    if not one.asks_database:
        return find(patient)
    with reported(patient.home.database), open_beside(patient.home.database) as db:
        return find(replace(patient, connection=db))


def _mended(result: Result, patient: Patient) -> Result:
    one = next(check for check in CHECKS if check.name == result.name)
    if not result.found or one.repair is None:
        return result
    try:
        if one.asks_database:
            with reported(patient.home.database), closing(connect(patient.home.database)) as db:
                refuse_newer(db, patient.home.database)
                one.repair(replace(patient, connection=db))
        else:
            one.repair(patient)
    except (NewsfeedError, OSError) as error:
        return replace(result, found=(*result.found, f"the repair failed: {error}"))
    left = _examined(one, patient).found
    return replace(result, mended=not left, found=left or result.found)


def _folder(patient: Patient) -> list[str]:
    home = patient.home
    if not home.path.is_dir():
        return [f"{home.path} does not exist"]
    places = [place for place in (home.path, home.database, home.public, home.sources_dir) if place.exists()]
    closed = [f"{place} cannot be written" for place in places if not os.access(place, os.W_OK)]
    return closed + [f"{place} can be written by everybody" for place in places if place.stat().st_mode & 0o002]


def _space(patient: Patient) -> list[str]:
    if not patient.home.path.is_dir():
        return []
    free = shutil.disk_usage(patient.home.path).free
    database = patient.home.database.stat().st_size if patient.home.database.exists() else 0
    wanted = max(LEAST_FREE, 2 * database)
    return [f"{megabytes(free)} are free, and {megabytes(wanted)} should be"] if free < wanted else []


def _locks(patient: Patient) -> list[str]:
    found = []
    for path in (patient.home.run_lock, patient.home.waiting_lock, patient.home.build_lock):
        by = holder(path, patient.now)
        if by and by.age > LONGEST_RUN:
            hours = by.age.total_seconds() / 3600
            found.append(f"{path.name} is held by process {by.pid}, running for {hours:.0f} h: {by.command}")
    return found


def _leftovers(patient: Patient) -> list[str]:
    return [f"{path} was left half written" for path in _half_written(patient)]


def _half_written(patient: Patient) -> list[Path]:
    home = patient.home
    parts = [*home.path.glob(".*.part"), *home.backups.glob(".*.part")]
    oldest = (patient.now - OLD_COPY).timestamp()
    stage = [home.path / ".restore"] if not home.restoring.exists() and (home.path / ".restore").exists() else []
    old = [path for path in parts if path.stat().st_mtime < oldest]
    return sorted([*home.public.rglob(f".*{TEMPORARY}"), *old, *stage])


def _remove_leftovers(patient: Patient) -> None:
    for path in _half_written(patient):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _database(patient: Patient) -> list[str]:
    found = check.whole(patient.db)
    if not found or all("index" in line for line in found):
        return found
    backups = sorted(path for path in patient.home.backups.glob("*") if (path / "manifest.json").exists())
    newest = backups[-1:] or copies(patient.home.database)[-1:]
    return [*found, f"the newest backup here is {newest[0]}" if newest else "there is no backup in this home"]


def _reindex(patient: Patient) -> None:
    if all("index" in line for line in check.whole(patient.db)):
        check.reindex(patient.db)


def _search(patient: Patient) -> list[str]:
    if not os.access(patient.home.database, os.W_OK):
        return []
    with closing(connect(patient.home.database)) as db:
        return check.search(db)


def _unused(patient: Patient) -> list[str]:
    free, length = check.unused(patient.db), patient.home.database.stat().st_size
    if free <= max(LEAST_FREE, length // 2):
        return []
    return [f"{megabytes(free)} of its {megabytes(length)} are empty"]


def _log(patient: Patient) -> list[str]:
    length = check.log_size(patient.home.database)
    return [f"the write-ahead log has grown to {megabytes(length)}"] if length > LONGEST_LOG else []


def _pages(patient: Patient) -> list[str]:
    if not patient.home.pages_db.exists():
        return []
    with open_beside(patient.home.pages_db) as db:
        return check.whole(db)


def _ledger(patient: Patient) -> list[str]:
    path = patient.home.publish_db
    if not path.exists():
        return []
    with open_beside(path) as db:
        return check.whole(db)


def _remove_ledger(patient: Patient) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{patient.home.publish_db}{suffix}").unlink(missing_ok=True)


RESTORE = "run `newsfeed restore FOLDER` with a backup"
MEND = "run `newsfeed doctor --repair`"

CHECKS: Sequence[Check] = (
    Check("home folder", _folder, "set owner and permissions so that only your user writes to it", asks_database=False),
    Check("free space", _space, "free some space on the disk of the home folder", asks_database=False),
    Check("locks", _locks, "if it hangs, end that process; the kernel then frees the lock", asks_database=False),
    Check("leftovers", _leftovers, MEND, _remove_leftovers, asks_database=False),
    Check("publish.db", _ledger, f"{MEND}: the next build makes it anew", _remove_ledger, asks_database=False),
    Check("pages.db", _pages, "run `newsfeed restore FOLDER` with a backup that has it", asks_database=False),
    Check("database", _database, f"{RESTORE}; if only indexes are named, {MEND}", _reindex),
    Check(
        "schema",
        lambda patient: check.version(patient.db),
        f"older: {MEND} or `newsfeed update`; newer: update the program",
        lambda patient: bring_up_to_date(patient.db, patient.home.database),
    ),
    Check(
        "structure",
        lambda patient: check.structure(patient.db),
        f"{MEND}; a missing table: {RESTORE}",
        lambda patient: check.mend_structure(patient.db),
    ),
    Check(
        "orphans",
        lambda patient: [] if check.is_older(patient.db) else check.orphans(patient.db),
        MEND,
        lambda patient: check.mend_orphans(patient.db),
    ),
    Check("foreign keys", lambda patient: check.keys(patient.db), RESTORE),
    Check(
        "index use",
        lambda patient: [] if check.is_older(patient.db) else check.plans(patient.db),
        f"{MEND}: it removes planner statistics that another program left",
        lambda patient: check.drop_statistics(patient.db),
    ),
    Check("search", _search, MEND, lambda patient: check.rebuild_search(patient.db)),
    Check(
        "log",
        _log,
        f"end programs that keep the database open, then {MEND}",
        lambda patient: check.empty_log(patient.db),
    ),
    Check(
        "empty space", _unused, "it does no harm and fills up again; VACUUM, with no newsfeed running, gives it back"
    ),
    Check(
        "clock",
        lambda patient: check.future(patient.db, patient.now),
        "set the machine's clock; what is due is wrong until it has passed that time",
    ),
)
