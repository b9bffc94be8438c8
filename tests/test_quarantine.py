"""Gambling spam is told from articles about gambling."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from crawling import newsfeed
from hypothesis import given
from hypothesis import strategies as st
from more_spam import MORE_INNOCENT, MORE_SPAM
from spam import INNOCENT, SPAM, article

from crawler.intake import take_fetched
from crawler.models import Article, Fetched, Link
from crawler.quarantine import suspicion
from crawler.storage.database import open_writer
from crawler.storage.reading import open_reader

GOOD = article("Lapas Serang Panen Raya", "Warga binaan Lapas Serang memanen sayur.", url="https://warta.example/a/")
BAD = replace(SPAM[0], url=GOOD.url, canonical_url=GOOD.url)
LINK = Link(GOOD.url, "warta", native="wp:1")


@pytest.mark.parametrize("spam", SPAM + MORE_SPAM, ids=lambda one: one.title[:40])
def test_spam_is_known(spam: Article) -> None:
    assert (suspicion(spam) or "").startswith("gambling spam: ")


@pytest.mark.parametrize("innocent", INNOCENT + MORE_INNOCENT, ids=lambda one: one.title[:40])
def test_article_about_gambling_is_an_article(innocent: Article) -> None:
    assert suspicion(innocent) is None


@given(st.sampled_from(SPAM), st.integers(2, 12))
def test_spam_is_known_however_often_it_repeats_itself(spam: Article, times: int) -> None:
    assert suspicion(replace(spam, paragraphs=spam.paragraphs * times))


@given(st.sampled_from(INNOCENT), st.integers(2, 12))
def test_long_article_is_no_more_suspect_than_a_short_one(innocent: Article, times: int) -> None:
    assert suspicion(replace(innocent, paragraphs=innocent.paragraphs * times)) is None


@given(st.text(max_size=300), st.text(max_size=900))
def test_any_text_has_an_answer(title: str, text: str) -> None:
    assert suspicion(article(title, text)) is None or "gambling" in (suspicion(article(title, text)) or "")


def take(db: sqlite3.Connection, one: Article, now: datetime) -> str:
    [verdict] = take_fetched(db, Fetched(link=LINK, status=200, article=one), now)
    return verdict


def shown(path: Path) -> list[str]:
    with open_reader(path) as reader:
        return [one.title for one in reader.newest()]


def test_spam_is_stored_and_not_shown(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    assert take(db, BAD, now) == "quarantined"
    assert shown(tmp_path / "newsfeed.db") == []
    assert db.execute("select title, withheld from articles").fetchone()[:] == (BAD.title, "quarantined")


def test_site_that_was_cleaned_is_shown_again(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    take(db, BAD, now)
    take(db, GOOD, now + timedelta(hours=1))
    assert shown(tmp_path / "newsfeed.db") == [GOOD.title]


def test_spam_in_place_of_an_article_does_not_replace_it(db: sqlite3.Connection, now: datetime, tmp_path: Path) -> None:
    take(db, GOOD, now)
    assert take(db, BAD, now + timedelta(hours=1)) == "quarantined"
    assert shown(tmp_path / "newsfeed.db") == [GOOD.title]
    assert take(db, GOOD, now + timedelta(hours=2)) == "unchanged"
    assert db.execute("select count(*) from revisions").fetchone()[0] == 0


def test_released_article_is_shown_and_never_kept_back_again(
    db: sqlite3.Connection, now: datetime, tmp_path: Path
) -> None:
    take(db, BAD, now)
    db.close()
    listed = newsfeed("quarantine", "list", "--home", tmp_path).stdout
    assert GOOD.url in listed
    assert "gambling spam" in listed
    assert "1 articles are in quarantine" in newsfeed("status", "--home", tmp_path).stdout
    assert newsfeed("quarantine", "release", GOOD.url, "--home", tmp_path).returncode == 0
    assert shown(tmp_path / "newsfeed.db") == [BAD.title]
    again = replace(BAD, paragraphs=(*BAD.paragraphs, "Slot gacor, slot dana, slot pulsa. Bonus new member."))
    with closing(open_writer(tmp_path / "newsfeed.db")) as later:
        take(later, again, now + timedelta(hours=1))
    assert shown(tmp_path / "newsfeed.db") == [BAD.title]
    assert newsfeed("quarantine", "release", GOOD.url, "--home", tmp_path).returncode == 2
