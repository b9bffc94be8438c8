"""The commands as a user and as cron meet them: one sentence that says what to do, and codes that mean something."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawling import ROOT, newsfeed, record, write_home
from loopback import Reply, Site
from pressroom import RSS, feed, pages

OUTSIDE = """
[[source]]
slug = "warta"
name = "Warta"
kind = "press"
homepage = "https://warta.example/"
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        server.routes |= pages(server.url, range(1, 4))
        server.routes["/rss.xml"] = Reply(feed(server.url, range(1, 4)), headers=RSS)
        yield server


@pytest.fixture
def home(tmp_path: Path, site: Site) -> Path:
    """A home with one source on loopback."""
    write_home(tmp_path, [record("warta", site.url, {"type": "feed", "url": f"{site.url}/rss.xml"})])
    return tmp_path


def test_init_writes_a_commented_configuration_once(tmp_path: Path) -> None:
    first = newsfeed("init", "--home", tmp_path / "new")
    again = newsfeed("init", "--home", tmp_path / "new")
    text = (tmp_path / "new" / "newsfeed.toml").read_text(encoding="utf-8")
    assert (first.returncode, again.returncode) == (0, 2)
    assert "# An e-mail or web address of yours." in text
    assert "already there" in again.stderr


def test_home_is_taken_before_and_after_the_command_and_from_the_environment(tmp_path: Path) -> None:
    for n, (arguments, environment) in enumerate(
        [(["--home", "{}", "init"], {}), (["init", "--home", "{}"], {}), (["init"], {"NEWSFEED_HOME": "{}"})]
    ):
        place = str(tmp_path / str(n))
        filled = {name: value.format(place) for name, value in environment.items()}
        assert newsfeed(*(argument.format(place) for argument in arguments), timeout=60, **filled).returncode == 0
        assert Path(place, "newsfeed.toml").exists()


def test_without_a_contact_nothing_outside_is_asked(tmp_path: Path) -> None:
    write_home(tmp_path, [OUTSIDE], contact="")
    done = newsfeed("update", "--home", tmp_path)
    assert done.returncode == 2
    assert "contact" in done.stderr
    assert "newsfeed.toml" in done.stderr
    assert not (tmp_path / "newsfeed.db").exists()


BROKEN = {
    "newsfeed.toml": {
        'base_url = "http://a.example/"\ncontact = \n': "newsfeed.toml:2:",
        '\nbase_url = "ftp://a.example/"\n': "newsfeed.toml:2: base_url",
        '\n\nlanguage = "jv"\n': "newsfeed.toml:3: language",
        'zone = "Asia/Atlantis"\n': "newsfeed.toml:1: zone",
        'contakt = "x"\n': "newsfeed.toml:1: contakt",
        "contact = 5\n": "newsfeed.toml:1: contact",
        '[sources]\ninclude = ["wartta"]\n': "newsfeed.toml: sources names 'wartta'",
        '[sources]\n\ninclude = "warta"\n': "newsfeed.toml:3: sources.include",
    },
    "sources/test.toml": {
        "[[source]]\nslug = \n": "test.toml:2:",
        OUTSIDE.replace('"press"', '"gossip"'): "test.toml:5:",
        OUTSIDE + 'delay = "slow"\n': "test.toml:7:",
        OUTSIDE + '[[source.discover]]\ntype = "magic"\n': "test.toml:8:",
    },
}


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [(file, text, where) for file, cases in BROKEN.items() for text, where in cases.items()],
    ids=[where for cases in BROKEN.values() for where in cases.values()],
)
def test_broken_configuration_stops_before_any_request(
    home: Path, site: Site, file: str, text: str, where: str
) -> None:
    (home / file).write_text(text, encoding="utf-8")
    done = newsfeed("update", "--home", home)
    assert done.returncode == 2
    assert where in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert site.asked == []


def test_update_tells_what_it_found_and_built(home: Path) -> None:
    done = newsfeed("update", "--home", home)
    assert done.returncode == 0, done.stderr
    assert "warta: 3 new" in done.stdout
    assert "files written" in done.stdout
    assert (home / "public" / "feeds" / "source" / "warta.rss").exists()
    assert done.stderr == ""


def test_update_again_asks_only_what_is_due(home: Path, site: Site) -> None:
    newsfeed("update", "--home", home)
    asked = len(site.asked)
    done = newsfeed("update", "--home", home)
    assert (done.returncode, len(site.asked)) == (0, asked)
    assert "Nothing is due." in done.stdout
    assert "0 files written" in done.stdout


def test_cron_hears_nothing_as_long_as_all_is_well(home: Path) -> None:
    done = newsfeed("-q", "update", "--home", home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_cron_hears_of_an_incident_once(home: Path, site: Site) -> None:
    newsfeed("crawl", "--home", home, "-q")
    site.routes["/rss.xml"] = Reply("no", status=403)
    first = newsfeed("crawl", "--home", home, "-q")
    second = newsfeed("crawl", "--home", home, "-q")
    assert first.returncode == 3
    assert "warta fails now" in first.stderr
    assert "403" in first.stderr
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_build_that_fails_does_not_hide_what_the_crawl_found(home: Path, site: Site) -> None:
    (home / "public").write_text("in the way", encoding="utf-8")
    site.routes["/rss.xml"] = Reply("no", status=403)
    done = newsfeed("update", "--home", home, "-q")
    assert done.returncode == 1
    assert "warta fails now" in done.stderr
    assert str(home / "public") in done.stderr


def test_unknown_source_offers_near_ones(home: Path) -> None:
    done = newsfeed("crawl", "wrta", "--home", home)
    assert done.returncode == 2
    assert "warta" in done.stderr


def test_sources_and_status(home: Path) -> None:
    newsfeed("update", "--home", home)
    assert "warta\tWarta\tofficial" in newsfeed("sources", "list", "--home", home).stdout
    shown = newsfeed("sources", "show", "warta", "--home", home).stdout
    assert "served by" in shown
    assert "test.toml" in shown
    status = newsfeed("status", "--home", home).stdout
    assert "warta\tnew" in status
    assert newsfeed("sources", "--home", home, "list").stdout == newsfeed("sources", "list", "--home", home).stdout
    assert "3 articles from 1 sources, 0 failing." in status


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["build"], 1, "newsfeed update"),
        (["status"], 1, "newsfeed update"),
        (["serve"], 1, "newsfeed update"),
        (["sources", "show", "nope"], 2, "nope"),
        (["fetch"], 2, "No such command"),
        (["update", "--fast"], 2, "No such option"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_mistakes_are_one_message_and_a_code(home: Path, arguments: list[str], code: int, says: str) -> None:
    done = newsfeed(*arguments, "--home", home) if arguments[0] != "fetch" else newsfeed(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_database_of_a_newer_program_is_refused(home: Path) -> None:
    import sqlite3

    newsfeed("update", "--home", home)
    with sqlite3.connect(home / "newsfeed.db") as db:
        db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('newsfeed', '9999_x', '')")
    for command in ("crawl", "build", "status"):
        done = newsfeed(command, "--home", home)
        assert done.returncode == 1
        assert "newer newsfeed" in done.stderr


def scrapy(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NEWSFEED_HOME": str(home)}
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60, check=False)


def test_scrapy_lists_and_crawls_by_slug_with_state_and_exit_code(home: Path, site: Site) -> None:
    assert "warta" in scrapy("list", home=home).stdout.split()
    first = scrapy("crawl", "warta", home=home)
    second = scrapy("crawl", "warta", home=home)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "3 new" in first.stdout
    assert [asked.path for asked in site.asked].count("/berita-1/") == 1
    site.routes.clear()
    assert scrapy("crawl", "warta", "-s", "RETRY_TIMES=0", home=home).returncode == 3


def test_scrapy_crawl_of_an_unknown_slug_offers_near_ones(home: Path) -> None:
    done = scrapy("crawl", "wrta", home=home)
    assert done.returncode == 2
    assert "warta" in done.stderr
    assert "Traceback" not in done.stderr
