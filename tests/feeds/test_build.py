"""The whole build: from a database to files, and nothing at all where nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from feed_samples import COMMON, CONFIG, EXCERPT, HOSTILE, MICROBLOG, NOON, FakeReader, article, reader

from crawler.errors import LockHeld, StorageError
from crawler.home import Config, Home
from crawler.lock import hold
from crawler.storage.publishing import Ledger, open_ledger
from feeds.build import BuildReport, build, build_from
from feeds.publish import TEMPORARY

FILES = {
    "all/news-feed/index.html", "feeds/all/news-feed.atom", "feeds/all/news-feed.json", "feeds/all/news-feed.rss",
    "feeds/index.opml", "feeds/source/kanwil.atom", "feeds/source/kanwil.json", "feeds/source/kanwil.rss",
    "feeds/source/pers.atom", "feeds/source/pers.json", "feeds/source/pers.rss", "feeds/style.css", "icon.png",
    "index.html", "source/kanwil/index.html", "source/pers/index.html", "style.css",
}  # fmt: skip


@pytest.fixture
def held() -> FakeReader:
    return reader([COMMON, EXCERPT, MICROBLOG, HOSTILE])


@contextmanager
def ledger(home: Path) -> Iterator[Ledger]:
    with open_ledger(home / "publish.db") as opened:
        yield opened


def run(held: FakeReader, home: Path, config: Config = CONFIG) -> BuildReport:
    with ledger(home) as opened:
        return build_from(held, opened, home / "public", config)


def state(home: Path) -> dict[str, tuple[bytes, int, int]]:
    """Everything public: bytes, mtime, and the change time that no program can set."""
    public = home / "public"
    return {
        str(path.relative_to(public)): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ctime_ns)
        for path in public.rglob("*")
        if path.is_file()
    }


def test_everything_is_built(held: FakeReader, tmp_path: Path) -> None:
    report = run(held, tmp_path)
    assert set(report.written) == set(state(tmp_path)) == FILES
    assert (report.unchanged, report.feeds, report.entries) == (0, 3, 8)


def test_nothing_new_writes_nothing_and_reads_no_article(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    before, held.asked = state(tmp_path), 0
    assert run(held, tmp_path) == BuildReport((), len(FILES), 3, 8)
    assert state(tmp_path) == before
    assert held.asked == 0


def test_the_ledger_may_be_lost(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    before = state(tmp_path)
    (tmp_path / "publish.db").unlink()
    assert run(held, tmp_path) == BuildReport((), len(FILES), 3, 8)
    assert state(tmp_path) == before


def test_two_machines_build_the_same(held: FakeReader, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        run(held, tmp_path / name)
    one, two = state(tmp_path / "one"), state(tmp_path / "two")
    assert {path: found[:2] for path, found in one.items()} == {path: found[:2] for path, found in two.items()}


def test_a_new_article_touches_only_the_files_it_is_in(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    held.articles.append(article(20, "pers"))
    assert set(run(held, tmp_path).written) == {
        "feeds/all/news-feed.rss", "feeds/all/news-feed.atom", "feeds/all/news-feed.json", "all/news-feed/index.html",
        "feeds/source/pers.rss", "feeds/source/pers.atom", "feeds/source/pers.json", "source/pers/index.html",
        "index.html",
    }  # fmt: skip
    changed = (NOON + timedelta(minutes=20)).timestamp()
    assert (tmp_path / "public/feeds/source/pers.rss").stat().st_mtime == changed


def test_an_article_that_is_taken_out_moves_time_forward(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    path = tmp_path / "public/feeds/source/kanwil.rss"
    before = path.stat().st_mtime
    held.articles.remove(COMMON)
    held.articles[0] = replace(held.articles[0], change=99)
    run(held, tmp_path)
    assert COMMON.title.encode() not in path.read_bytes()
    assert path.stat().st_mtime == before + 1


@pytest.mark.parametrize("path", sorted(FILES))
@pytest.mark.parametrize("damage", ["deleted", "truncated"])
def test_what_somebody_broke_is_mended(held: FakeReader, tmp_path: Path, path: str, damage: str) -> None:
    run(held, tmp_path)
    before = state(tmp_path)[path][0]
    target = tmp_path / "public" / path
    target.unlink() if damage == "deleted" else os.truncate(target, 10)
    assert run(held, tmp_path).written == (path,)
    assert state(tmp_path)[path][0] == before
    assert run(held, tmp_path).written == ()


def test_a_file_that_was_only_touched_is_left_alone(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    path = tmp_path / "public/index.html"
    os.utime(path, (1, 1))
    assert run(held, tmp_path).written == ()
    held.asked = 0
    assert run(held, tmp_path).written == ()
    assert (path.stat().st_mtime, held.asked) == (1, 0)


def test_another_configuration_is_another_build(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    report = run(held, tmp_path, replace(CONFIG, base_url="https://pindah.example/"))
    assert "feeds/all/news-feed.rss" in report.written
    assert b"kabar.example" not in b"".join(content for content, _, _ in state(tmp_path).values())


def test_a_source_left_out_leaves_the_news_feed_and_its_files_stay(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    before = state(tmp_path)["feeds/source/pers.rss"]
    run(held, tmp_path, replace(CONFIG, exclude=("pers",)))
    assert EXCERPT.title.encode() not in state(tmp_path)["feeds/all/news-feed.rss"][0]
    assert state(tmp_path)["feeds/source/pers.rss"] == before


def test_what_a_killed_build_left_is_cleaned(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    (tmp_path / "public/feeds/source" / f".kanwil.rss{TEMPORARY}").write_bytes(b"<rss")
    (tmp_path / "publish.db").unlink()
    run(held, tmp_path)
    assert set(state(tmp_path)) == FILES


@pytest.mark.parametrize("after", [1, 6, 12, 18])
def test_a_build_that_broke_off_is_finished_by_the_next(
    held: FakeReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    for name in ("whole", "broken"):
        (tmp_path / name).mkdir()
        run(held, tmp_path / name)
    held.articles += [article(20, "pers"), article(21)]
    run(held, tmp_path / "whole")

    written = iter(range(after))
    replace_file = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, target: (next(written), replace_file(self, target)))
    with suppress(StopIteration):
        run(held, tmp_path / "broken")
    monkeypatch.undo()
    run(held, tmp_path / "broken")

    whole, broken = state(tmp_path / "whole"), state(tmp_path / "broken")
    assert {path: found[:2] for path, found in broken.items()} == {path: found[:2] for path, found in whole.items()}


def test_entries_keep_their_ids_and_dates_when_they_are_edited(held: FakeReader, tmp_path: Path) -> None:
    run(held, tmp_path)
    path = tmp_path / "public/feeds/source/kanwil.atom"
    before = {entry.id: entry.published for entry in feedparser.parse(path.read_bytes()).entries}
    later = NOON + timedelta(days=1)
    held.articles[2] = replace(MICROBLOG, title="Paspor", updated=later, feed_time=later, changed_at=later, change=50)
    run(held, tmp_path)
    entries = feedparser.parse(path.read_bytes()).entries
    assert {entry.id: entry.published for entry in entries} == before
    assert (entries[0].title, entries[0].updated) == ("Paspor", "2026-01-29T05:00:00Z")


def test_an_empty_database_gives_an_empty_feed(tmp_path: Path) -> None:
    assert run(reader([]), tmp_path).feeds == 1
    parsed = feedparser.parse((tmp_path / "public/feeds/all/news-feed.rss").read_bytes())
    assert (parsed.bozo, parsed.feed.title, parsed.entries) == (False, "News Feed", [])


def test_no_database_yet(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="run `newsfeed update` first"):
        build(Home(tmp_path), CONFIG)
    assert not (tmp_path / "public").exists()


def test_only_one_build_at_a_time(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with hold(home.build_lock), pytest.raises(LockHeld):
        build(home, CONFIG)


def test_feeds_load_no_crawler_framework() -> None:
    code = (
        "import feeds.build, feeds.server, sys; print(sorted({'scrapy', 'trafilatura', 'twisted'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
