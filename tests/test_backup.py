"""Backups are whole while others write; a restore is checked first, and never stops half way."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawling import newsfeed

from crawler.backup import check_backup, make_backup, read_backup
from crawler.errors import LockHeld, NewsfeedError, SchemaError, StorageError
from crawler.home import Home
from crawler.intake import take_fetched
from crawler.lock import hold
from crawler.models import Article, Fetched, Link, Source
from crawler.restore import restore, resume
from crawler.storage import sources
from crawler.storage.copying import problems
from crawler.storage.database import open_writer, transaction

DEAD = 9
NOW = datetime(2026, 1, 29, 3, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def store(db: sqlite3.Connection, number: int) -> None:
    url = f"https://warta.example/{number}/"
    article = Article(url=url, canonical_url=url, title=f"Panen {number}", paragraphs=("Panen 34 kg.",),
                      body_html="<p>Panen 34 kg.</p>")  # fmt: skip
    take_fetched(db, Fetched(link=Link(url=url, source="warta"), article=replace(article, tags=("a", "b"))), NOW)


def fill(home: Home, site: Source, count: int) -> None:
    db = open_writer(home.database)
    with transaction(db):
        sources.save(db, [site], NOW)
    for number in range(count):
        store(db, number)
    db.close()


def titles(database: Path) -> set[str]:
    with sqlite3.connect(database) as db:
        return {row[0] for row in db.execute("select title from articles")}


@pytest.fixture
def home(tmp_path: Path, site: Source) -> Home:
    """A home with three articles, a configuration and a record."""
    home = Home(tmp_path / "home")
    fill(home, site, 3)
    home.sources_dir.mkdir()
    home.config_path.write_text('language = "id"\n')
    (home.sources_dir / "a.toml").write_text("# a\n")
    return home


@pytest.fixture
def made(home: Home, tmp_path: Path) -> Path:
    """A backup of it; the home has moved on since."""
    folder = make_backup(home, tmp_path / "made", NOW).path
    db = open_writer(home.database)
    store(db, 3)
    db.close()
    home.config_path.write_text('language = "en"\n')
    (home.sources_dir / "a.toml").write_text("# changed\n")
    (home.sources_dir / "b.toml").write_text("# new\n")
    home.publish_db.write_bytes(b"what a build saw")
    return folder


def state(home: Home) -> tuple[object, ...]:
    records = {path.name: path.read_text() for path in home.sources_dir.glob("*")}
    return titles(home.database), home.config_path.read_text(), records, home.publish_db.exists()


BEFORE = ({"Panen 0", "Panen 1", "Panen 2"}, 'language = "id"\n', {"a.toml": "# a\n"}, False)


def test_backup_holds_databases_configuration_and_sums(home: Home, tmp_path: Path) -> None:
    made = make_backup(home, tmp_path / "made", NOW)
    assert set(made.files) == {"newsfeed.db", "newsfeed.toml", "sources/a.toml"}
    assert made.made_at == NOW
    check_backup(made)
    assert {path.name for path in made.path.iterdir()} == {"newsfeed.db", "newsfeed.toml", "sources", "manifest.json"}


def test_pages_only_when_asked_for(home: Home, tmp_path: Path) -> None:
    sqlite3.connect(home.pages_db).execute("create table pages (id integer primary key)").connection.close()
    assert "pages.db" not in make_backup(home, tmp_path / "a", NOW).files
    assert "pages.db" in make_backup(home, tmp_path / "b", NOW, with_pages=True).files


def test_backup_while_a_crawl_writes_is_one_moment_of_it(home: Home, site: Source, tmp_path: Path) -> None:
    stop, errors = threading.Event(), list[Exception]()

    def write() -> None:
        db = open_writer(home.database)
        number = 100
        while not stop.is_set():
            try:
                store(db, number)
            except NewsfeedError as error:
                errors.append(error)
            number += 1
        db.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make_backup(home, tmp_path / str(n), NOW) for n in range(5)]
    finally:
        stop.set()
        writer.join()
    assert not errors
    counts = []
    for backup in made:
        check_backup(backup)
        with sqlite3.connect(f"file:{backup.path / 'newsfeed.db'}?immutable=1", uri=True) as db:
            (articles,) = db.execute("select count(*) from articles").fetchone()
            (tags,) = db.execute("select count(*) from article_tags").fetchone()
        assert tags == 2 * articles
        counts.append(articles)
    assert counts == sorted(counts)


def test_backup_does_not_overwrite(home: Home, made: Path) -> None:
    with pytest.raises(StorageError, match="already there"):
        make_backup(home, made, NOW)


def test_damaged_database_is_not_backed_up_as_if_it_were_whole(home: Home, tmp_path: Path) -> None:
    damage(home.database)
    with pytest.raises(StorageError, match="damaged"):
        make_backup(home, tmp_path / "made", NOW)
    assert list(tmp_path.glob(".made*")) == []


def damage(database: Path) -> None:
    """Overwrite the middle of a file."""
    with database.open("r+b") as file:
        file.seek(database.stat().st_size // 2)
        file.write(b"\xa5" * 40_000)


def test_restore_brings_everything_back_and_keeps_what_it_replaced(home: Home, made: Path) -> None:
    backup, kept = restore(home, made, LATER)
    assert backup.made_at == NOW
    assert state(home) == BEFORE
    assert titles(kept / "newsfeed.db") == {"Panen 0", "Panen 1", "Panen 2", "Panen 3"}
    assert (kept / "newsfeed.toml").read_text() == 'language = "en"\n'
    assert {path.name for path in (kept / "sources").iterdir()} == {"a.toml", "b.toml"}
    open_writer(home.database).close()


def test_restore_into_an_empty_home(made: Path, tmp_path: Path) -> None:
    new = Home(tmp_path / "elsewhere")
    restore(new, made, LATER)
    assert state(new) == BEFORE


def test_restore_over_a_damaged_database_keeps_that_too(home: Home, made: Path) -> None:
    damage(home.database)
    damaged = home.database.read_bytes()
    _, kept = restore(home, made, LATER)
    assert state(home) == BEFORE
    assert (kept / "newsfeed.db").read_bytes() == damaged


def test_log_of_the_replaced_database_never_reaches_the_restored_one(home: Home, made: Path) -> None:
    reader = sqlite3.connect(home.database)
    reader.execute("begin")
    reader.execute("select count(*) from articles").fetchone()
    db = open_writer(home.database)
    store(db, 4)
    assert home.database.with_name("newsfeed.db-wal").stat().st_size
    _, kept = restore(home, made, LATER)
    reader.close()
    db.close()
    assert state(home) == BEFORE
    assert problems(home.database) == []
    assert "Panen 4" in titles(kept / "newsfeed.db")


def test_copy_of_a_migration_can_be_restored(home: Home, made: Path) -> None:
    copy = home.path / "newsfeed.db.0004_memory-20260101T000000Z.bak"
    shutil.copy(made / "newsfeed.db", copy)
    restore(home, copy, LATER)
    assert titles(home.database) == BEFORE[0]
    assert home.config_path.read_text() == 'language = "en"\n'


def spoil_sum(folder: Path) -> None:
    (folder / "newsfeed.toml").write_text("language = 5\n")


def spoil_database(folder: Path) -> None:
    from hashlib import sha256

    damage(folder / "newsfeed.db")
    told = json.loads((folder / "manifest.json").read_text())
    told["files"]["newsfeed.db"]["sha256"] = sha256((folder / "newsfeed.db").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(told))


def spoil_path(folder: Path) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    told["files"]["../home/newsfeed.toml"] = {"bytes": 1, "sha256": "0"}
    (folder / "manifest.json").write_text(json.dumps(told))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_sum, "newsfeed.toml is not as it was backed up"),
        (spoil_database, "damaged"),
        (spoil_path, "outside the backup"),
        (lambda folder: (folder / "sources" / "a.toml").unlink(), "a.toml is missing"),
        (lambda folder: (folder / "manifest.json").unlink(), "holds no backup"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "no manifest"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "no manifest"),
        (lambda folder: (folder / "manifest.json").write_text('{"format": 1, "files": {}}'), "no manifest"),
        (lambda folder: (folder / "newsfeed.db").unlink(), "newsfeed.db is missing"),
    ],
)  # fmt: skip
def test_what_is_no_whole_backup_replaces_nothing(home: Home, made: Path, spoil: object, says: str) -> None:
    before = state(home)
    spoil(made)  # type: ignore[operator]
    with pytest.raises(StorageError, match=says):
        restore(home, made, LATER)
    assert state(home) == before
    assert not list(home.path.glob("replaced-*"))


def test_backup_of_a_newer_program_replaces_nothing(home: Home, made: Path) -> None:
    with sqlite3.connect(made / "newsfeed.db") as db:
        db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('newsfeed', '9999_x', '')")
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    before = state(home)
    with pytest.raises(SchemaError, match="newer newsfeed"):
        restore(home, made / "newsfeed.db", LATER)
    assert state(home) == before


def test_database_in_use_is_no_backup(home: Home, made: Path, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    db = open_writer(other.database)
    with pytest.raises(StorageError, match="is in use"):
        restore(home, other.database, LATER)
    db.close()


def test_some_other_file_is_no_database(home: Home, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, though long enough to be taken for one " * 50)
    with pytest.raises(StorageError, match="damaged"):
        restore(home, tmp_path / "text.db", LATER)
    sqlite3.connect(tmp_path / "other.db").execute("create table t (x)").connection.close()
    with pytest.raises(StorageError, match="no database of newsfeed"):
        restore(home, tmp_path / "other.db", LATER)


@pytest.mark.parametrize("lock", ["run_lock", "build_lock"])
def test_restore_waits_for_nobody(home: Home, made: Path, lock: str) -> None:
    before = state(home)
    with hold(getattr(home, lock)), pytest.raises(LockHeld):
        restore(home, made, LATER)
    assert state(home) == before


def killed_at(step: int, home: Home, backup: Path) -> bool:
    """Restore in a process that dies at its n-th call that changes a name on disk; whether it came to die."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == DEAD
    try:
        left = step

        def deadly(function: Callable[..., object]) -> Callable[..., object]:
            def call(*arguments: object, **options: object) -> object:
                nonlocal left
                left -= 1
                return os._exit(DEAD) if left < 0 else function(*arguments, **options)

            return call

        for place, name in ((Path, "replace"), (Path, "unlink"), (Path, "mkdir"), (os, "link")):
            setattr(place, name, deadly(getattr(place, name)))
        restore(home, backup, LATER)
        os._exit(0)
    finally:
        os._exit(1)


def test_killed_at_any_step_a_restore_has_not_happened_or_is_finished_by_the_next_command(
    home: Home, made: Path, tmp_path: Path
) -> None:
    ends = []
    for step in range(100):
        copy = Home(tmp_path / f"copy{step}")
        shutil.copytree(home.path, copy.path)
        before = state(copy)
        died = killed_at(step, copy, made)
        resume(copy)
        after = state(copy)
        assert after in (before, BEFORE)
        assert not copy.restoring.exists()
        if after == BEFORE:
            (kept,) = copy.path.glob("replaced-*")
            assert titles(kept / "newsfeed.db") == before[0]
        ends.append(after == BEFORE)
        shutil.rmtree(copy.path)
        if not died:
            break
    assert ends == sorted(ends)
    assert ends.count(True) > 5
    assert not ends[0]


def test_writer_does_not_get_between_the_steps_of_a_restore(home: Home) -> None:
    home.restoring.write_text("{}")
    with pytest.raises(StorageError, match="restore was broken off"):
        open_writer(home.database)


def test_commands(home: Home, tmp_path: Path) -> None:
    done = newsfeed("backup", tmp_path / "made", "--home", home.path)
    assert done.returncode == 0, done.stderr
    assert "3 files" in done.stdout
    assert newsfeed("backup", tmp_path / "made", "--home", home.path).returncode == 1
    fresh = tmp_path / "fresh"
    done = newsfeed("restore", tmp_path / "made", "--home", fresh)
    assert done.returncode == 0, done.stderr
    assert titles(fresh / "newsfeed.db") == BEFORE[0]
    assert read_backup(tmp_path / "made").files.keys() == {"newsfeed.db", "newsfeed.toml", "sources/a.toml"}
    unnamed = newsfeed("backup", "-q", "--home", home.path)
    assert (unnamed.returncode, unnamed.stdout) == (0, "")
    assert len(list(home.backups.iterdir())) == 1


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    done = newsfeed("backup", "--home", tmp_path)
    assert done.returncode == 1
    assert "nothing to back up" in done.stderr
