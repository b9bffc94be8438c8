"""`newsfeed status`, `sources pause` and `sources resume`, as an operator uses them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawling import newsfeed, record, write_home
from loopback import Reply, Site
from pressroom import RSS, feed, pages

from crawler.models import Ended, Source
from crawler.storage import health
from crawler.storage.database import open_writer, transaction
from crawler.storage.hosts import leave_alone
from crawler.storage.sources import save
from feeds.commands.status import age, ahead

NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        served.routes |= pages(served.url, (1, 2, 3))
        served.routes["/rss.xml"] = Reply(feed(served.url, (1, 2, 3)), headers=RSS)
        yield served


@pytest.fixture
def home(site: Site, tmp_path: Path) -> Path:
    write_home(tmp_path / "h", [record("warta", site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})])
    return tmp_path / "h"


def test_paused_source_is_not_asked_until_it_is_resumed(home: Path, site: Site) -> None:
    done = newsfeed("sources", "pause", "warta", "--reason", "server moves", "--home", home)
    assert (done.returncode, "warta is paused" in done.stdout) == (0, True)
    for command in (("update",), ("crawl",), ("crawl", "warta")):
        told = newsfeed(*command, "--home", home)
        assert (told.returncode, "warta is paused since" in told.stdout or command == ("update",)) == (0, True)
    assert site.asked == []
    assert "warta\tpaused" in newsfeed("status", "--home", home).stdout
    assert "server moves" in newsfeed("status", "--home", home).stdout
    assert "\tpaused\t" in newsfeed("sources", "list", "--home", home).stdout
    assert newsfeed("sources", "resume", "warta", "--home", home).returncode == 0
    newsfeed("update", "--home", home)
    assert "warta\tnew" in newsfeed("status", "--home", home).stdout


def test_pause_hides_no_state_and_resume_makes_the_source_due(home: Path, site: Site) -> None:
    newsfeed("update", "--home", home)
    newsfeed("sources", "pause", "warta", "--home", home)
    assert newsfeed("sources", "pause", "warta", "--home", home).stdout.startswith("warta is still paused")
    newsfeed("sources", "resume", "warta", "--home", home)
    asked = len(site.asked)
    newsfeed("update", "--home", home)
    assert len(site.asked) > asked
    assert newsfeed("sources", "resume", "warta", "--home", home).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [("pause", "wartaa"), ("resume", "warta"), ("pause", "warta", "--until", "soon"), ("pause", "warta", "--until",
     "2020-01-01")],
)  # fmt: skip
def test_wrong_pauses_are_told(home: Path, arguments: tuple[str, ...]) -> None:
    done = newsfeed("sources", *arguments, "--home", home)
    assert done.returncode == 2
    assert done.stderr.strip()


def test_status_as_json(home: Path, site: Site) -> None:
    site.routes["/rss.xml"] = Reply("no", status=403)
    newsfeed("update", "--home", home)
    done = newsfeed("status", "--json", "--home", home)
    [told] = json.loads(done.stdout)["sources"]
    assert done.returncode == 0
    assert (told["slug"], told["state"], told["is_trouble"]) == ("warta", "refused", True)
    assert told["since"] == told["incident_since"] == told["last_try"]
    assert (told["last_success"], told["articles"]) == (None, 0)
    assert "HTTP 403" in told["reason"]


def test_when_each_source_is_asked_next_is_told(tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    dues = {"esok": timedelta(hours=20, minutes=30), "kini": timedelta(), "lama": timedelta(hours=2)}
    with closing(open_writer(tmp_path / "newsfeed.db")) as db, transaction(db):
        for slug, wait in dues.items():
            save(db, [Source(slug, slug, "official", f"https://{slug}.example/", pace_group=slug)], now)
            health.end(db, Ended(slug, True, "unchanged", None), now + wait, now)
        leave_alone(db, "lama", now + timedelta(hours=5, minutes=30), "answered HTTP 429", 1)
    _, *rows = newsfeed("status", "--home", tmp_path).stdout.splitlines()
    assert {row.split("\t")[0]: row.split("\t")[5] for row in rows[:3]} == {
        "esok": "in 20 h", "kini": "now", "lama": "in 5 h",
    }  # fmt: skip
    told = json.loads(newsfeed("status", "--json", "--home", tmp_path).stdout)["sources"]
    dues["lama"] = timedelta(hours=5, minutes=30)
    assert {one["slug"]: one["next_due"] for one in told} == {
        slug: f"{now + wait:%Y-%m-%dT%H:%M:%SZ}" for slug, wait in dues.items()
    }


def test_hundreds_of_sources_fit_on_a_screen_the_worst_first(tmp_path: Path) -> None:
    states = {"rusak": "failing", "hilang": "gone", "sunyi": "silent"}
    names = [*(f"baik-{n}" for n in range(400)), *states]
    with closing(open_writer(tmp_path / "newsfeed.db")) as db, transaction(db):
        for slug in names:
            save(db, [Source(slug, slug, "official", f"https://{slug}.example/")], NOW)
            ended = Ended(slug, slug not in states, states.get(slug, "unchanged"), None)  # type: ignore[arg-type]
            health.end(db, ended, NOW, NOW)
    lines = newsfeed("status", "--home", tmp_path).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines[1:4]] == ["hilang", "rusak", "sunyi"]
    assert len(lines) < 10
    assert "400 unchanged" in lines[4]
    assert len(newsfeed("status", "--all", "--home", tmp_path).stdout.splitlines()) > 400


def test_pause_ends_with_its_day(tmp_path: Path) -> None:
    source = Source("warta", "Warta", "press", "https://warta.example/")
    with closing(open_writer(tmp_path / "newsfeed.db")) as db:
        with transaction(db):
            health.pause(db, source, None, NOW + timedelta(days=1), NOW)
        assert health.keep_running(db, [source], NOW)[0] == []
        assert health.keep_running(db, [source], NOW + timedelta(days=1)) == ([source], [])


@pytest.mark.parametrize(
    ("before", "words"),
    [(timedelta(), "now"), (timedelta(minutes=5), "5 min"), (timedelta(hours=25), "1 d"), (timedelta(hours=2), "2 h")],
)
def test_times_are_told_in_their_largest_unit(before: timedelta, words: str) -> None:
    assert age(NOW - before, NOW) == words
    assert ahead(NOW + before, NOW) == (words if words == "now" else f"in {words}")
    assert age(None, NOW) == "-"
