"""The doctor names what is wrong and what to do, mends what is safe, and leaves everything else alone."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawling import ROOT, newsfeed

from crawler.backup import make_backup
from crawler.errors import LockHeld
from crawler.grouping import group
from crawler.holder import holder
from crawler.home import Home, load_config
from crawler.intake import take_fetched
from crawler.lock import hold
from crawler.models import Article, Fetched, Link, Source
from crawler.storage import sources
from crawler.storage.database import open_writer, transaction
from feeds import doctor
from feeds.build import build
from feeds.doctor import Result, examine, mend

NOW = datetime(2026, 1, 29, 3, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, site: Source) -> Home:
    """A home with some articles, built."""
    home = Home(tmp_path / "home")
    db = open_writer(home.database)
    with transaction(db):
        sources.save(db, [site], NOW)
    for number in range(60):
        url = f"https://warta.example/{number}/"
        article = Article(url=url, canonical_url=url, title=f"Panen {number}", paragraphs=("Panen 34 kg. " * 40,),
                          body_html="<p>Panen 34 kg.</p>" * 40, tags=("a",))  # fmt: skip
        take_fetched(db, Fetched(link=Link(url=url, source="warta"), article=replace(article, tags=("a",))), NOW)
    group(db, NOW)
    db.close()
    build(home, load_config(home))
    return home


def found(results: list[Result]) -> dict[str, str]:
    return {result.name: " | ".join(result.found) for result in results if not result.is_well}


def change(home: Home, *sql: str) -> None:
    db = sqlite3.connect(home.database, isolation_level=None)
    for statement in sql:
        db.execute(statement)
    db.close()


def test_all_is_well(home: Home) -> None:
    before = {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file()}
    results = examine(home, NOW)
    assert found(results) == {}
    assert {result.name for result in results} == {check.name for check in doctor.CHECKS}
    after = {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file()}
    assert {path: after[path] for path in before if path.name[-4:] not in ("-wal", "-shm")} == {
        path: content for path, content in before.items() if path.name[-4:] not in ("-wal", "-shm")
    }


def lost_article(home: Home) -> None:
    change(home, "pragma foreign_keys = off", "delete from articles where id = 5")


def lost_lead(home: Home) -> None:
    change(home, "pragma foreign_keys = off", "delete from articles where id in (select lead_id from stories)")


def lost_name(home: Home) -> None:
    change(home, "delete from article_aliases where article_id = 6")


def lost_index(home: Home) -> None:
    change(home, "drop index articles_change", "drop view changes")


def misleading_statistics(home: Home) -> None:
    change(
        home,
        "analyze",
        "delete from sqlite_stat1",
        "insert into sqlite_stat1 values ('links', 'links_source', '1000000 1000000 1000000 1000000')",
        "insert into sqlite_stat1 values ('article_aliases', 'article_aliases_article', '2 2 2 1 1')",
        "insert into sqlite_stat1 values ('revisions', null, '1')",
        "insert into sqlite_stat1 values ('revisions', 'revisions_article', '100000 100000')",
    )


def wrong_index(home: Home) -> None:
    """A row that an index has missed, as it was not there when the row changed."""
    open_schema, where = "pragma writable_schema = on", "where name = 'articles_change'"
    db = sqlite3.connect(home.database)
    row = db.execute(f"select type, name, tbl_name, rootpage, sql from sqlite_master {where}").fetchone()
    db.close()
    change(home, open_schema, f"delete from sqlite_master {where}")
    change(home, "update articles set change = 1000 where id = 7")
    db = sqlite3.connect(home.database, isolation_level=None)
    db.execute(open_schema)
    db.execute("insert into sqlite_master values (?, ?, ?, ?, ?)", row)
    db.close()


def half_written(home: Home) -> None:
    (home.public / "feeds" / ".all.rss.newsfeed-tmp").write_bytes(b"<rss>")
    old = home.path / ".newsfeed.db.part"
    old.write_bytes(b"half")
    os.utime(old, (0, 0))


def broken_ledger(home: Home) -> None:
    home.publish_db.write_bytes(b"no database, whatever its name says. " * 100)


FAULTS: dict[str, tuple[Callable[[Home], None], str, str]] = {
    "article lost": (lost_article, "orphans", "1 rows of article_tags without an article"),
    "story's lead lost": (lost_lead, "orphans", "stories led by a missing article"),
    "name lost": (lost_name, "orphans", "1 articles without a name"),
    "index and view lost": (lost_index, "structure", "index articles_change is missing"),
    "index that missed a row": (wrong_index, "database", "index articles_change"),
    "statistics of others": (misleading_statistics, "index use", "is not used for"),
    "half written": (half_written, "leftovers", ".all.rss.newsfeed-tmp was left half written"),
    "publish.db": (broken_ledger, "publish.db", "not a database"),
}


@pytest.mark.parametrize(("fault", "name", "says"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_is_named_and_mended(home: Home, fault: Callable[[Home], None], name: str, says: str) -> None:
    fault(home)
    assert says in found(examine(home, NOW))[name]
    assert says in found(examine(home, NOW))[name], "looking mends nothing"
    mended = {result.name for result in mend(home, NOW) if result.mended}
    assert name in mended
    assert found(examine(home, NOW)) == {}
    build(home, load_config(home))
    with sqlite3.connect(home.database) as db:
        assert db.execute("select count(*) from articles").fetchone()[0] >= 59


def test_lost_article_is_fetched_again(home: Home) -> None:
    lost_article(home)
    mend(home, NOW)
    with sqlite3.connect(home.database) as db:
        assert db.execute("select url, article_id from links where state = 'open'").fetchall() == [
            ("https://warta.example/4/", None)
        ]


def test_article_that_lost_its_name_is_known_again(home: Home) -> None:
    lost_name(home)
    mend(home, NOW)
    db = open_writer(home.database)
    url = "https://warta.example/5/"
    article = Article(url=url, canonical_url=url, title="Panen 5", paragraphs=("Panen.",), body_html="<p>Panen.</p>")
    assert take_fetched(db, Fetched(link=Link(url=url, source="warta"), article=article), NOW) != ["new"]
    db.close()


def test_damaged_database_is_named_with_the_way_back(home: Home) -> None:
    backup = make_backup(home, None, NOW)
    with home.database.open("r+b") as file:
        file.seek(home.database.stat().st_size // 2)
        file.write(b"\xa5" * 60_000)
    before = home.database.read_bytes()
    done = newsfeed("doctor", "--home", home.path)
    assert done.returncode == 1
    assert "database:" in done.stderr
    assert f"the newest backup here is {backup.path}" in done.stderr
    assert "newsfeed restore" in done.stderr
    assert "Traceback" not in done.stderr
    assert newsfeed("doctor", "--repair", "--home", home.path).returncode == 1
    assert home.database.read_bytes() == before
    assert newsfeed("restore", backup.path, "--home", home.path).returncode == 0
    assert newsfeed("doctor", "--home", home.path).returncode == 0


def test_file_that_is_no_database(home: Home) -> None:
    home.database.write_bytes(b"no database, whatever its name says. " * 100)
    assert "not a database" in found(examine(home, NOW))["database"]
    assert "there is no backup in this home" in found(mend(home, NOW))["database"]


def test_full_text_index_that_lost_its_words_is_built_again(home: Home) -> None:
    change(
        home,
        """create virtual table if not exists articles_fts using fts5
           (title, body_text, content='articles', content_rowid='id')""",
        "insert into articles_fts (articles_fts) values ('rebuild')",
    )
    assert found(examine(home, NOW)) == {}
    change(home, "delete from articles_fts_data where id > 10")
    assert "search" in found(examine(home, NOW))
    assert "search" in {result.name for result in mend(home, NOW) if result.mended}
    with sqlite3.connect(home.database) as db:
        assert db.execute("select count(*) from articles_fts where articles_fts match 'panen'").fetchone()[0] == 60


def test_newer_schema_and_clock(home: Home) -> None:
    change(home, "insert into _sqlite_migrations (migration_set, name, applied_at) values ('newsfeed', '9999_x', '')")
    assert "9999_x" in found(examine(home, NOW))["schema"]
    lost_index(home)
    assert "newer newsfeed" in found(mend(home, NOW))["structure"]
    assert "2026-01-29T03:00:00Z" in found(examine(home, NOW - timedelta(days=30)))["clock"]


def test_older_schema_is_named_and_brought_up_to_date(home: Home) -> None:
    change(
        home,
        "drop view articles_local",
        "drop view changes",
        "drop view sources_local",
        "drop table zones",
        "delete from _sqlite_migrations where name = '0008_views'",
    )
    assert found(examine(home, NOW)) == {"schema": "it was written by an older newsfeed"}
    mend(home, NOW)
    assert found(examine(home, NOW)) == {}
    assert len(list(home.path.glob("newsfeed.db.*.bak"))) == 1


def test_missing_table_is_not_made_up(home: Home) -> None:
    change(home, "pragma foreign_keys = off", "drop table article_topics")
    mend(home, NOW)
    assert "table article_topics is missing" in found(examine(home, NOW))["structure"]


def test_full_disk_long_log_and_open_folder(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 10**18)
    monkeypatch.setattr(doctor, "LONGEST_LOG", -1)
    home.path.chmod(0o777)
    named = found(examine(home, NOW))
    assert "are free" in named["free space"]
    assert "write-ahead log" in named["log"]
    assert "can be written by everybody" in named["home folder"]


HOLDER = """
import sys, time
from pathlib import Path
from crawler.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_lock_file_alone_is_no_fault_and_a_holder_is_named(home: Home) -> None:
    home.run_lock.touch()
    assert "locks" not in found(examine(home, NOW))
    command = [sys.executable, "-c", HOLDER, str(home.run_lock)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    try:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        now = datetime.now(UTC)
        by = holder(home.run_lock, now)
        assert by
        assert by.pid == process.pid
        assert "locks" not in found(examine(home, now))
        assert f"process {process.pid}" in found(examine(home, now + timedelta(days=1)))["locks"]
        with pytest.raises(LockHeld):
            mend(home, now)
        done = newsfeed("doctor", "--repair", "--home", home.path)
        assert done.returncode == 75
        assert "run.lock" in done.stderr
    finally:
        process.kill()
        process.wait()
    assert holder(home.run_lock, datetime.now(UTC)) is None


def test_repair_lets_no_build_in(home: Home) -> None:
    with hold(home.build_lock), pytest.raises(LockHeld):
        mend(home, NOW)


def test_command_tells_machines_and_people(home: Home) -> None:
    done = newsfeed("doctor", "--home", home.path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "All is well." in done.stdout
    assert (newsfeed("doctor", "-q", "--home", home.path).stdout) == ""
    lost_index(home)
    done = newsfeed("doctor", "--json", "--home", home.path)
    assert done.returncode == 1
    (bad,) = (one for one in json.loads(done.stdout) if one["name"] == "structure")
    assert (bad["is_well"], bad["can_repair"], "--repair" in bad["advice"]) == (False, True, True)
    done = newsfeed("doctor", "--repair", "--home", home.path)
    assert done.returncode == 0, done.stderr
    assert "mended" in done.stdout


def test_home_without_anything(tmp_path: Path) -> None:
    results = examine(Home(tmp_path / "none"), NOW)
    assert found(results) == {"home folder": f"{tmp_path / 'none'} does not exist"}
