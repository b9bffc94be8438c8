"""Public files: whole or not at all, only where their bytes change, and with the time of what they hold."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.errors import PublishError, StorageError
from crawler.storage.publishing import Build, FileRecord, open_ledger
from feeds.publish import TEMPORARY, PublicFile, Publisher, all_present, remove_leftovers, write_atomically

AT = datetime(2026, 1, 28, 3, 0, tzinfo=UTC)
FILE = PublicFile("feeds/all/news-feed.rss", b"<rss/>", AT)


def put(public: Path, file: PublicFile, known: dict[str, FileRecord] | None = None) -> Publisher:
    publisher = Publisher(public, known or {})
    publisher.put(file)
    publisher.settle()
    return publisher


def modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def test_a_file_is_dated_by_its_newest_change(tmp_path: Path) -> None:
    publisher = put(tmp_path, FILE)
    assert publisher.written == ["feeds/all/news-feed.rss"]
    assert (tmp_path / FILE.path).read_bytes() == b"<rss/>"
    assert modified(tmp_path / FILE.path) == AT


def test_equal_bytes_are_left_alone_whether_or_not_they_are_known(tmp_path: Path) -> None:
    known = put(tmp_path, FILE).records
    before = (tmp_path / FILE.path).stat()
    for records in (known, {}):
        publisher = put(tmp_path, replace(FILE, changed_at=AT + timedelta(days=1)), records)
        assert (publisher.written, publisher.unchanged) == ([], 1)
        after = (tmp_path / FILE.path).stat()
        assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
            before.st_ino, before.st_mtime_ns, before.st_ctime_ns,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changed_at", "expected"),
    [
        (AT + timedelta(minutes=5), AT + timedelta(minutes=5)),
        (AT, AT + timedelta(seconds=1)),
        (AT - timedelta(days=2), AT + timedelta(seconds=1)),
        (AT + timedelta(microseconds=500_000), AT + timedelta(seconds=1)),
    ],
    ids=["newer entry", "configuration changed", "newest entry taken out", "within the same second"],
)
def test_time_never_goes_back_when_bytes_change(tmp_path: Path, changed_at: datetime, expected: datetime) -> None:
    known = put(tmp_path, FILE).records
    put(tmp_path, PublicFile(FILE.path, b"<rss></rss>", changed_at), known)
    assert modified(tmp_path / FILE.path) == expected


@pytest.mark.parametrize("damage", ["deleted", "truncated", "edited", "edited to the same length"])
def test_a_damaged_file_is_restored(tmp_path: Path, damage: str) -> None:
    known = put(tmp_path, FILE).records
    path = tmp_path / FILE.path
    if damage == "deleted":
        path.unlink()
    else:
        path.write_bytes({"truncated": b"", "edited": b"<rss/> "}.get(damage, b"<xss/>"))
    assert not all_present(tmp_path, known)
    publisher = put(tmp_path, FILE, known)
    assert path.read_bytes() == b"<rss/>"
    assert publisher.written == [FILE.path]
    assert modified(path) >= AT
    assert all_present(tmp_path, publisher.records)


def test_a_deleted_file_comes_back_with_its_own_time(tmp_path: Path) -> None:
    known = put(tmp_path, FILE).records
    known = put(tmp_path, PublicFile(FILE.path, b"<rss>2</rss>", AT), known).records
    (tmp_path / FILE.path).unlink()
    put(tmp_path, PublicFile(FILE.path, b"<rss>2</rss>", AT), known)
    assert modified(tmp_path / FILE.path) == AT + timedelta(seconds=1)


def test_a_web_server_under_another_user_may_read(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        put(tmp_path, FILE)
    finally:
        os.umask(mask)
    assert (tmp_path / FILE.path).stat().st_mode & 0o777 == 0o644


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, FILE)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PublishError, match=r"news-feed\.rss cannot be written \(No space left on device\); check free"):
        put(tmp_path, PublicFile(FILE.path, b"<rss>neu</rss>", AT))
    assert [path.name for path in (tmp_path / "feeds/all").iterdir()] == ["news-feed.rss"]
    assert (tmp_path / FILE.path).read_bytes() == b"<rss/>"


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("in the way")
    with pytest.raises(PublishError, match="cannot be written"):
        put(tmp_path, FILE)


def test_leftovers_of_a_killed_build_go_and_nothing_else_does(tmp_path: Path) -> None:
    put(tmp_path, FILE)
    leftover = tmp_path / "feeds" / "all" / f".news-feed.atom{TEMPORARY}"
    leftover.write_bytes(b"<fe")
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known" / "mine").write_text("the operator's")
    remove_leftovers(tmp_path)
    assert not leftover.exists()
    assert (tmp_path / ".well-known" / "mine").exists()
    assert (tmp_path / FILE.path).exists()


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    versions = [bytes([65 + n]) * 200_000 for n in range(20)]
    path = tmp_path / "feed.rss"
    write_atomically(path, versions[0], 0)
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for version in versions:
        write_atomically(path, version, 0)
    done.set()
    reader.join()
    assert seen <= set(versions)


def test_the_ledger_remembers_the_last_build_alone(tmp_path: Path) -> None:
    record = FileRecord("index.html", "aa", 3, 5)
    with open_ledger(tmp_path / "publish.db") as ledger:
        assert (ledger.last(), dict(ledger.files())) == (None, {})
        ledger.record(Build(7, "f", 1, 2), [record, replace(record, path="old.html")])
        ledger.record(Build(8, "g", 2, 4), [record])
    with open_ledger(tmp_path / "publish.db") as ledger:
        assert ledger.last() == Build(8, "g", 2, 4)
        assert ledger.files() == {"index.html": record}


def test_a_damaged_ledger_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "publish.db").write_bytes(b"this is no database, " * 100)
    with pytest.raises(StorageError, match="delete it and build again"), open_ledger(tmp_path / "publish.db"):
        pass
