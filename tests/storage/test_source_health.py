"""What a source's state is decided from, as it is stored."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.health import Course, Problem, judge, next_move
from crawler.intake import take_discovered, take_fetched
from crawler.models import Article, Discovered, Ended, Fetched, Image, Link
from crawler.storage import health
from crawler.storage.database import transaction

COURSE = Course()


def store(db: sqlite3.Connection, number: int, at: datetime, *, poor: bool = False) -> None:
    url = f"https://warta.example/{number}/"
    whole = Article(
        url=url,
        canonical_url=url,
        title=f"Lapas Serang Panen Raya Nomor {number}",
        paragraphs=(f"Panen raya nomor {number} digelar di lahan asimilasi. " * 20,),
        body_html="<p>x</p>",
        author="Ani Contoh",
        images=(Image(f"{url}a.jpg"),),
        published=at,
        published_precision="minute",
    )
    article = replace(whole, author=None, images=()) if poor else whole
    take_fetched(db, Fetched(link=Link(url, "warta"), status=200, article=article), at)


def state(db: sqlite3.Connection, now: datetime) -> tuple[str, str]:
    verdict = judge(COURSE, health.history(db, "warta", now), now)
    return (verdict.state, verdict.reason) if isinstance(verdict, Problem) else (verdict, "")


def test_fields_that_stop_coming_and_come_back(db: sqlite3.Connection, now: datetime) -> None:
    at = [now + timedelta(hours=n) for n in range(60)]
    for n in range(25):
        store(db, n, at[n])
    assert state(db, at[25])[0] == "unchanged"
    for n in range(25, 30):
        assert state(db, at[n])[0] == "unchanged"
        store(db, n, at[n], poor=True)
    found, reason = state(db, at[30])
    assert found == "drift"
    assert "no author since" in reason
    assert "no picture since" in reason
    store(db, 31, at[31])
    assert state(db, at[32])[0] == "unchanged"


def test_source_that_falls_silent(db: sqlite3.Connection, now: datetime) -> None:
    for n in range(30):
        store(db, n, now + timedelta(days=n))
    last = now + timedelta(days=29)
    assert state(db, last + timedelta(days=3))[0] == "unchanged"
    assert state(db, last + timedelta(days=60))[0] == "silent"
    store(db, 31, last + timedelta(days=60))
    assert state(db, last + timedelta(days=61))[0] == "unchanged"


def test_pages_that_are_articles_no_more(db: sqlite3.Connection, now: datetime) -> None:
    store(db, 0, now)
    for n in range(1, 4):
        assert state(db, now)[0] == "unchanged"
        link, at = Link(f"https://warta.example/{n}/", "warta"), now + timedelta(hours=n)
        take_discovered(db, Discovered("warta", "feed", "https://warta.example/rss.xml", links=(link,)), at)
        take_fetched(db, Fetched(link=link, status=200, error="the page holds no article text."), at)
    assert state(db, now + timedelta(hours=4)) == (
        "empty", "no page that was found lately became an article: the page holds no article text.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("course", "told", "rows"),
    [
        ([(0, False), (15, True), (200, True)], ["opened", "closed", None], 1),
        ([(0, False), (15, False), (30, True)], ["opened", None, "closed"], 1),
        ([(0, False), (15, True), (30, False), (45, True), (60, False), (130, True)],
         ["opened", "closed", "opened", None, None, "closed"], 1),
        ([(0, False), (15, True), (300, False)], ["opened", "closed", "opened"], 2),
    ],
    ids=["once", "twice", "flickering", "another"],
)  # fmt: skip
def test_incidents(
    db: sqlite3.Connection, now: datetime, course: list[tuple[int, bool]], told: list[str | None], rows: int
) -> None:
    news = []
    for minutes, ok in course:
        at = now + timedelta(minutes=minutes)
        ended = Ended("warta", ok, "unchanged" if ok else "failing", None if ok else "HTTP 500")
        with transaction(db):
            move = next_move(health.last_spell(db, "warta"), trouble=not ok, now=at)
            news.append(health.note_incident(db, ended, move, at))
    assert news == told
    assert db.execute("select count(*) from incidents").fetchone()[0] == rows
