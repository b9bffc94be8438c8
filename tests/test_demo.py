"""The demo as a newcomer runs it: the whole job on the example sites, the same bytes every time and everywhere."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
import pytest
from crawling import ROOT, newsfeed

NEWSFEED = (sys.executable, "-u", "-c", "from feeds.cli import main; main()")
FORMATS = ("rss", "atom", "json")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Two demos in one home: what they printed, and the public files after each."""
    home = tmp_path_factory.mktemp("demo")
    first = newsfeed("demo", "--once", "--home", home)
    after_first = snapshot(home)
    second = newsfeed("demo", "--once", "--home", home)
    return {"home": home, "first": first, "second": second, "after_first": after_first, "after_second": snapshot(home)}


def snapshot(home: Path) -> dict[str, tuple[bytes, int]]:
    files = sorted(path for path in (home / "public").rglob("*") if path.is_file())
    return {str(path.relative_to(home)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_first_demo_finds_the_articles_and_the_edit(runs: Mapping[str, Any]) -> None:
    done = runs["first"]
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "40 new and 0 edited articles from 3 sources." in done.stdout
    assert "2 new and 1 edited articles from 3 sources." in done.stdout


def test_second_demo_finds_nothing_and_changes_no_byte(runs: Mapping[str, Any]) -> None:
    assert runs["second"].returncode == 0
    assert "0 new and 0 edited articles from 3 sources." in runs["second"].stdout
    assert "0 files written" in runs["second"].stdout
    assert runs["after_second"] == runs["after_first"], "not even an mtime"


def test_another_home_gets_the_same_bytes_and_times(runs: Mapping[str, Any], tmp_path: Path) -> None:
    newsfeed("demo", "--once", "--home", tmp_path / "other", PYTHONHASHSEED="77", TZ="America/Lima")
    assert snapshot(tmp_path / "other") == runs["after_first"]


def test_articles_are_stored_once_and_clean(runs: Mapping[str, Any]) -> None:
    with sqlite3.connect(runs["home"] / "newsfeed.db") as db:
        texts = [row[0] for row in db.execute("select body_text from articles")]
        edits = db.execute("select class, fields from revisions").fetchall()
        protected = db.execute("select count(*) from articles where title like '%ilindungi%'").fetchone()[0]
        undated = db.execute("select count(*) from articles where published_from = 'first-seen'").fetchone()[0]
    assert len(texts) == 42
    assert not [text for text in texts if "baca juga" in text.lower() or "News Feed" in text or "Iklan" in text]
    assert edits == [("headline", '["title", "text"]')]
    assert (protected, undated) == (0, 0)


def entries(public: Path, feed: str, format_: str) -> list[tuple[str, str, str, str]]:
    """Id, title, link and date of each entry, as a reader has them."""
    data = (public / "feeds" / f"{feed}.{format_}").read_bytes()
    if format_ == "json":
        return [(item["id"], item["title"], item["url"], item["date_published"]) for item in json.loads(data)["items"]]
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.bozo_exception
    date = "%Y-%m-%dT%H:%M:%SZ"
    return [(e.id, e.title, e.link, time.strftime(date, e.published_parsed)) for e in parsed.entries]


@pytest.mark.parametrize(
    ("feed", "count"),
    [
        ("all/news-feed", 42),
        ("source/warta-banten", 19),
        ("source/kanwil-banten", 13),
        ("source/ditjen-pemasyarakatan", 10),
    ],
)
def test_three_formats_tell_the_same(runs: Mapping[str, Any], feed: str, count: int) -> None:
    rss, atom, json_feed = (entries(runs["home"] / "public", feed, format_) for format_ in FORMATS)
    assert rss == atom == json_feed
    assert len({entry[0] for entry in rss}) == count


def test_opml_lists_every_feed(runs: Mapping[str, Any]) -> None:
    opml = (runs["home"] / "public" / "feeds" / "index.opml").read_text(encoding="utf-8")
    for feed in ("all/news-feed", "source/warta-banten", "source/kanwil-banten", "source/ditjen-pemasyarakatan"):
        assert f'xmlUrl="http://localhost:8000/feeds/{feed}.' in opml


def test_demo_refuses_a_home_that_no_demo_made(tmp_path: Path) -> None:
    (tmp_path / "newsfeed.toml").write_text("# mine\n", encoding="utf-8")
    done = newsfeed("demo", "--once", "--home", tmp_path)
    assert done.returncode == 2
    assert "empty --home" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "user"] == ["newsfeed.toml"]


def test_demo_keeps_away_from_the_users_own_home(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    done = newsfeed("demo", "--once", NEWSFEED_HOME=str(mine), XDG_DATA_HOME=str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert not mine.exists()
    assert (tmp_path / "data" / "newsfeed-demo" / "public" / "index.html").exists()


def test_demo_that_was_killed_on_its_first_day_ends_like_any_other(runs: Mapping[str, Any], tmp_path: Path) -> None:
    command = [*NEWSFEED, "demo", "--once", "--home", str(tmp_path / "d")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    while not (tmp_path / "d" / "newsfeed.db-wal").exists():
        time.sleep(0.01)
    time.sleep(0.15)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert newsfeed("demo", "--once", "--home", tmp_path / "d").returncode == 0
    assert snapshot(tmp_path / "d") == runs["after_first"]


def test_demo_serves_what_it_built(tmp_path: Path) -> None:
    command = [*NEWSFEED, "demo", "--port", "0", "--home", str(tmp_path / "d")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    address = next(line for line in process.stdout if "News Feed is at" in line).split()[4]
    with urllib.request.urlopen(f"{address.rstrip('/')}/feeds/all/news-feed.json") as answer:
        assert len(json.load(answer)["items"]) == 42
    process.send_signal(signal.SIGINT)
    assert process.wait(10) in (0, 130)


def test_example_sites_are_polled_with_one_conditional_request_where_they_allow_it(tmp_path: Path) -> None:
    """The demo's second day again, in one process, to see what is asked."""
    code = """
from crawler.home import Home
from crawler.run import start
from feeds.demo import job
from feeds.demo.job import prepare, run_demo
import json, pathlib, sys
home = Home(pathlib.Path(sys.argv[1]))
seen = []
class Watched(job.ExampleSites):
    def __exit__(self, *args):
        seen.append([list(asked) for asked in self.requests])
        super().__exit__(*args)
job.ExampleSites = Watched
prepare(home)
start(run_demo(home))
print(json.dumps(seen))
"""
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "d")], capture_output=True, text=True, cwd=ROOT, check=True
        )
    (last,) = json.loads(done.stdout)
    asked = [(host, status) for host, path, status, _ in last if path != "/robots.txt"]
    assert sorted(asked) == [
        ("ditjen-pemasyarakatan.example", 304),
        ("kanwil-banten.example", 304),
        ("warta-banten.example", 200),  # a REST interface gives no validators,
        ("warta-banten.example", 200),  # and tells edits and what was scheduled apart
    ]
