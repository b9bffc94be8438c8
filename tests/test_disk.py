"""A full or read-only disk is one clear message and an exit code, and costs nothing that was stored."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from crawling import ROOT, newsfeed, record, write_home
from loopback import Reply, Site
from pressroom import RSS, feed, pages

from crawler.errors import StorageError
from crawler.storage import trouble
from crawler.storage.check import whole
from crawler.storage.copying import open_beside
from crawler.storage.database import open_writer, transaction

MANY = range(4, 40)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        server.routes |= pages(server.url, [*range(1, 4), *MANY])
        server.routes["/rss.xml"] = Reply(feed(server.url, range(1, 4)), headers=RSS)
        yield server


@pytest.fixture
def home(tmp_path: Path, site: Site) -> Path:
    """A home that has been crawled and built, on a site that has much more to tell by now."""
    write_home(tmp_path / "home", [record("warta", site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})])
    assert newsfeed("update", "--home", tmp_path / "home").returncode == 0
    site.routes["/rss.xml"] = Reply(feed(site.url, MANY), headers=RSS)
    return tmp_path / "home"


def titles(home: Path) -> list[str]:
    with open_beside(home / "newsfeed.db") as db:
        assert whole(db) == []
        return [row[0] for row in db.execute("select title from articles order by id")]


def public(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (home / "public").rglob("*") if path.is_file()}


def limited(command: str, home: Path, room: int) -> subprocess.CompletedProcess[str]:
    """Run a command that may let no file grow beyond `room` bytes: what a full disk is, without needing one."""
    program = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}));"
        "from feeds.cli import main; main()"
    )
    arguments = [sys.executable, "-c", program, "--home", str(home), *command.split()]
    return subprocess.run(arguments, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


def one_message(done: subprocess.CompletedProcess[str]) -> str:
    """What a command says on standard error, which is short and no traceback."""
    assert "Traceback" not in done.stderr
    assert 1 <= len(done.stderr.strip().splitlines()) <= 3, done.stderr
    return done.stderr


def test_crawl_that_the_disk_has_no_room_for_says_so_and_loses_nothing(home: Path, site: Site) -> None:
    before = titles(home)
    done = limited("crawl", home, (home / "newsfeed.db").stat().st_size)
    assert done.returncode == 1
    assert "newsfeed.db" in one_message(done)
    assert "what was stored before is not touched" in done.stderr or "nothing that was stored is lost" in done.stderr
    assert titles(home)[: len(before)] == before
    after = newsfeed("crawl", "--home", home)
    assert after.returncode in (0, 1), after.stderr
    assert len(titles(home)) == 3 + len(MANY)


def test_build_that_the_disk_has_no_room_for_leaves_what_is_published(home: Path) -> None:
    assert newsfeed("crawl", "--home", home).returncode == 0
    before = public(home)
    done = limited("build", home, 2_000)
    assert done.returncode == 1
    assert str(home) in one_message(done)
    assert public(home) == before
    assert newsfeed("build", "--home", home).returncode == 0
    assert public(home) != before


def test_backup_without_room_leaves_nothing_half_made(home: Path, tmp_path: Path) -> None:
    done = limited(f"backup {tmp_path / 'made'}", home, 100_000)
    assert done.returncode == 1
    assert one_message(done)
    assert not list(tmp_path.glob("*made*"))
    assert not list(tmp_path.glob(".made*"))


def test_transaction_on_a_full_disk_is_undone_and_the_connection_works_on(home: Path) -> None:
    db = open_writer(home / "newsfeed.db")
    pages = db.execute("pragma page_count").fetchone()[0]
    db.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(StorageError, match="disk is full: nothing that was stored is lost"), transaction(db):
        db.execute("update sources set reason = ?", ("x" * 1_000_000,))
    assert not db.in_transaction
    db.execute("pragma max_page_count = 100000")
    with transaction(db):
        db.execute("update sources set reason = 'short'")
    db.close()
    assert len(titles(home)) == 3


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB."""
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place], check=False).returncode:
        pytest.skip("no disk can be mounted here; the tests above limit the size of files instead")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def test_disk_that_is_really_full(home: Path, small_disk: Path) -> None:
    moved = small_disk / "home"
    shutil.copytree(home, moved)
    before, shown = titles(moved), public(moved)
    filler = small_disk / "filler"
    descriptor = os.open(filler, os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while os.write(descriptor, b"x" * 4096):
            pass
    os.close(descriptor)
    done = newsfeed("crawl", "--home", moved)
    assert done.returncode in (1, 3), done
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert titles(moved)[: len(before)] == before
    assert public(moved) == shown
    filler.unlink()
    assert newsfeed("crawl", "--home", moved).returncode in (0, 1)
    assert len(titles(moved)) == 3 + len(MANY)
    assert newsfeed("doctor", "--home", moved).stderr.count("free space") <= 2


@pytest.fixture
def powerless() -> list[str]:
    """What to put before a command so that permissions bind it: root is asked for none."""
    if os.geteuid() != 0:
        return []
    prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--"]
    if not shutil.which("setpriv") or subprocess.run([*prefix, "true"], check=False).returncode:
        pytest.skip("permissions do not bind root, and setpriv is not here")
    return prefix


@pytest.fixture
def closed(home: Path) -> Iterator[Path]:
    """The home, with everything in it made read-only."""
    places = [home, *home.rglob("*")]
    modes = {place: place.stat().st_mode for place in places}
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    yield home
    for place in places:
        place.chmod(modes[place])


@pytest.mark.parametrize("command", ["crawl", "build", "update", "backup", "doctor", "doctor --repair"])
def test_read_only_home_is_one_message_that_names_the_place(closed: Path, powerless: list[str], command: str) -> None:
    before, shown = titles(closed), public(closed)
    program = [sys.executable, "-c", "from feeds.cli import main; main()", "--home", str(closed), *command.split()]
    done = subprocess.run([*powerless, *program], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    assert str(closed) in done.stderr
    assert "permissions" in done.stderr
    assert (titles(closed), public(closed)) == (before, shown)


def test_read_only_file_in_a_home_that_can_be_written(home: Path, powerless: list[str]) -> None:
    (home / "newsfeed.db").chmod(0o444)
    program = [sys.executable, "-c", "from feeds.cli import main; main()", "--home", str(home), "crawl"]
    done = subprocess.run([*powerless, *program], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 1
    assert "cannot be written" in one_message(done)
    assert len(titles(home)) == 3


def full() -> OSError:
    return OSError(28, "No space left on device")


def busy() -> sqlite3.Error:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY_SNAPSHOT
    return error


@pytest.mark.parametrize(
    ("raised", "says"),
    [
        (full, "the disk is full"),
        (lambda: PermissionError(13, "Permission denied"), "cannot be written"),
        (lambda: OSError(30, "Read-only file system"), "cannot be written"),
        (busy, "another program keeps it locked"),
        (lambda: sqlite3.ProgrammingError("closed"), "check free space"),
    ],
)
def test_every_refusal_has_an_advice(raised: Callable[[], Exception], says: str) -> None:
    with pytest.raises(StorageError, match=f"newsfeed.db: .*{says}"), trouble.reported(Path("newsfeed.db")):
        raise raised()
