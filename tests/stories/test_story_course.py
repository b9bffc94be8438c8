"""Stories in the database: the same in whatever order articles come, ids that stay, leads, and people's word."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from desk_of_stories import NOW, open_desk, store, stored, story_ids, told_together, url_of
from hypothesis import given, settings
from hypothesis import strategies as st
from labels import Labelled, noisy, read

from crawler import grouping
from crawler.grouping import group
from crawler.storage import merges, revisions, takedowns
from crawler.storage.database import transaction
from crawler.stories import keys

ARTICLES = read("labelled.txt")
FIRE = [one for one in ARTICLES if one.event == "kebakaran-manado"]
FLIGHT = [one for one in ARTICLES if one.event == "palu-kabur"]
LATER = NOW + timedelta(days=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_desk(tmp_path, ARTICLES)) as db:
        yield db


def key_of(db: sqlite3.Connection, article: Labelled) -> int:
    return int(db.execute("select id from articles where url = ?", (url_of(article),)).fetchone()["id"])


def entry_id(db: sqlite3.Connection, article: Labelled) -> str:
    return str(db.execute("select entry_id from articles where url = ?", (url_of(article),)).fetchone()["entry_id"])


def lead(db: sqlite3.Connection, article: Labelled) -> str | None:
    row = db.execute(
        """select l.url from articles a join stories s on s.id = a.story_id join articles l on l.id = s.lead_id
           where a.url = ?""",
        (url_of(article),),
    ).fetchone()
    return row["url"] if row else None


def joins(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """The pairs that were decided to be one, by address."""
    rows = db.execute(
        """select min(a.url, b.url), max(a.url, b.url) from story_decisions d
           join articles a on a.id = d.article_id join articles b on b.id = d.other_id where d.verdict = 'join'"""
    )
    return {(row[0], row[1]) for row in rows}


def urls(*articles: Labelled) -> frozenset[str]:
    return frozenset(map(url_of, articles))


# -- order -----------------------------------------------------------------------------------------------------------


@contextmanager
def crowded(most: int, few: int) -> Iterator[None]:
    """As if so few articles of a day with something in common were many already."""
    with mock.patch.multiple(keys, MOST=most, FEW=few):
        yield


CROWDS = st.sampled_from([(16, 6), (4, 2), (2, 1), (1, 1)])


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), noise=st.integers(0, 20), size=st.integers(1, 40), crowd=CROWDS)
def test_which_articles_are_told_together_depends_on_no_order(
    seed: int, noise: int, size: int, crowd: tuple[int, int]
) -> None:
    """Wrong days and units make the borders between stories doubtful: there an order would show."""
    articles = noisy(ARTICLES, noise, dates=0.3, units=0.3)
    shuffled = list(articles)
    random.Random(seed).shuffle(shuffled)
    batches = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
    came_to = []
    for order in ([articles], batches):
        with crowded(*crowd), tempfile.TemporaryDirectory() as folder, closing(open_desk(Path(folder), ARTICLES)) as db:
            stored(db, order)
            came_to.append((told_together(db), joins(db)))
    assert came_to[0] == came_to[1]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), crowd=CROWDS)
def test_edits_and_withdrawals_come_to_what_a_fresh_start_would(seed: int, crowd: tuple[int, int]) -> None:
    chance = random.Random(seed)
    final = noisy(ARTICLES, seed % 1000, dates=0.3, units=0.3)
    hidden = chance.sample(final, 8)
    with crowded(*crowd), tempfile.TemporaryDirectory() as folder, closing(open_desk(Path(folder), ARTICLES)) as db:
        stored(db, [ARTICLES])
        with transaction(db):
            for article in hidden:
                revisions.remove(db, key_of(db, article), "gone", NOW)
        changed = chance.sample(final, len(final))
        stored(db, [changed[:30], changed[30:]])
        with transaction(db):
            for article in hidden[:4]:
                revisions.remove(db, key_of(db, article), "gone", NOW)
            for article in hidden[4:]:
                revisions.restore(db, key_of(db, article), NOW)
        group(db, NOW)
        gone = {row["url"] for row in db.execute("select url from articles where removed is not null")}
        course = told_together(db), joins(db)
    with crowded(*crowd), tempfile.TemporaryDirectory() as folder, closing(open_desk(Path(folder), ARTICLES)) as db:
        stored(db, [[one for one in final if url_of(one) not in gone]])
        assert (told_together(db), joins(db)) == course


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 30))
def test_a_flood_of_one_text_is_told_alike_in_any_order(seed: int, size: int) -> None:
    """So many that the keys they share tell nothing, some with a unit, some of the day before."""
    chance = random.Random(seed)
    flood = [
        replace(one, source=f"situs-{number}", event="banjir", told=replace(one.told, article_id=number))
        for number in range(60)
        for one in [chance.choice([*FIRE, *FLIGHT])]
    ]
    shuffled = chance.sample(flood, len(flood))
    came_to = []
    for order in ([flood], [shuffled[at : at + size] for at in range(0, len(shuffled), size)]):
        with tempfile.TemporaryDirectory() as folder, closing(open_desk(Path(folder), [*ARTICLES, *flood])) as db:
            stored(db, order)
            came_to.append((told_together(db), joins(db)))
    assert came_to[0] == came_to[1]


def test_a_run_that_broke_off_is_gone_on_with(db: sqlite3.Connection) -> None:
    for article in ARTICLES:
        store(db, article)
    assert group(db, NOW, seconds=0) == 0
    assert not told_together(db)
    group(db, NOW)
    assert urls(*FIRE) in told_together(db)


def test_nothing_new_writes_nothing(db: sqlite3.Connection) -> None:
    stored(db, [ARTICLES])
    before = db.total_changes
    assert group(db, LATER) == 0
    assert db.total_changes == before


# -- ids and leads ---------------------------------------------------------------------------------------------------


def test_a_story_keeps_the_id_of_its_first_article(db: sqlite3.Connection) -> None:
    press, _, unit, _ = FIRE
    stored(db, [[press]])
    stored(db, [[unit]])
    assert story_ids(db)[url_of(unit)] == entry_id(db, press)
    assert lead(db, press) == url_of(unit), "an official article leads before the press"


def test_within_one_run_the_first_to_enter_gives_the_id(db: sqlite3.Connection) -> None:
    stored(db, [list(reversed(FIRE))])
    assert set(story_ids(db).values()) == {entry_id(db, min(FIRE, key=lambda one: one.published))}


def test_when_stories_become_one_the_older_id_stays(db: sqlite3.Connection) -> None:
    fire, flight = FIRE[0], FLIGHT[0]
    stored(db, [[flight], [fire]])
    before = story_ids(db)
    with transaction(db):
        grouping.merge(db, key_of(db, fire), key_of(db, flight), "one event", LATER)
    assert set(story_ids(db).values()) == {before[url_of(flight)]}
    row = db.execute("select lead_id, merged_id from stories where entry_id = ?", (before[url_of(fire)],)).fetchone()
    kept = db.execute("select id from stories where entry_id = ?", (before[url_of(flight)],)).fetchone()
    assert (row["lead_id"], row["merged_id"]) == (None, kept["id"])


def test_a_changed_story_takes_the_next_change(db: sqlite3.Connection) -> None:
    stored(db, [FIRE[:2], FLIGHT])
    changes = "select entry_id, change from stories order by id"
    before = dict(map(tuple, db.execute(changes)))
    stored(db, [FIRE[2:]])
    after = dict(map(tuple, db.execute(changes)))
    assert {one for one in after if after[one] != before.get(one)} == {entry_id(db, FIRE[0])}
    newest = db.execute("select max(change) from articles").fetchone()[0]
    assert after[entry_id(db, FIRE[0])] > newest


def test_an_article_that_moves_takes_the_next_change(db: sqlite3.Connection) -> None:
    """So a build that goes on from the last value of the counter sees it."""
    stored(db, [FIRE, FLIGHT])
    changes = "select url, change from articles"
    before = dict(map(tuple, db.execute(changes)))
    with transaction(db):
        grouping.split(db, key_of(db, FIRE[1]), "another fire", LATER)
    after = dict(map(tuple, db.execute(changes)))
    assert {url for url in after if after[url] > max(before.values())} == {url_of(FIRE[1])}
    group(db, LATER)
    assert dict(map(tuple, db.execute(changes))) == after


def test_a_copy_that_is_not_shown_neither_leads_nor_counts(db: sqlite3.Connection) -> None:
    stored(db, [FIRE])
    unit = FIRE[2]
    with transaction(db):
        merges.join(db, key_of(db, FIRE[0]), key_of(db, unit), "one", LATER, is_copy=True)
    group(db, LATER)
    assert urls(*FIRE) - {url_of(unit)} in told_together(db)
    assert lead(db, FIRE[0]) == url_of(FIRE[0])


@pytest.mark.parametrize("count", [1, 4])
def test_a_hidden_article_comes_back_to_its_story(db: sqlite3.Connection, count: int) -> None:
    stored(db, [FIRE])
    before = story_ids(db)
    for article in FIRE[:count]:
        takedowns.hide(db, url_of(article), "a wish", LATER)
    group(db, LATER)
    assert urls(*FIRE[count:]) in told_together(db) | {frozenset()}
    assert set(story_ids(db).values()) <= set(before.values())
    for article in FIRE[:count]:
        takedowns.unhide(db, url_of(article), None, LATER)
    group(db, LATER)
    assert story_ids(db) == before


# -- people's word ---------------------------------------------------------------------------------------------------


def test_what_a_person_split_stays_apart(db: sqlite3.Connection) -> None:
    stored(db, [FIRE[:3]])
    with transaction(db):
        assert grouping.split(db, key_of(db, FIRE[1]), "another fire", LATER) == 2
    assert told_together(db) == {urls(FIRE[0], FIRE[2]), urls(FIRE[1])}
    assert story_ids(db)[url_of(FIRE[0])] == entry_id(db, FIRE[0])
    stored(db, [[FIRE[3]]])
    edited = replace(FIRE[1], told=replace(FIRE[1].told, title=FIRE[0].told.title, text=FIRE[0].told.text))
    stored(db, [[edited]])
    together = told_together(db)
    assert not any({url_of(FIRE[1]), url_of(FIRE[0])} <= urls_of for urls_of in together)
    assert sum(len(one) for one in together) == 4


def test_what_a_person_merged_stays_one(db: sqlite3.Connection) -> None:
    stored(db, [FIRE, FLIGHT])
    with transaction(db):
        grouping.merge(db, key_of(db, FIRE[0]), key_of(db, FLIGHT[0]), "as told", LATER)
    edited = replace(FIRE[0], told=replace(FIRE[0].told, title="Dapur Lapas Manado Hangus"))
    stored(db, [[edited]])
    assert told_together(db) == {urls(*FIRE, *FLIGHT)}


def test_the_newest_word_counts(db: sqlite3.Connection) -> None:
    stored(db, [FIRE])
    ids = story_ids(db)
    one, other = key_of(db, FIRE[0]), key_of(db, FIRE[1])
    for _ in range(2):
        with transaction(db):
            grouping.split(db, other, "no", LATER)
        assert urls(FIRE[1]) in told_together(db)
        with transaction(db):
            grouping.merge(db, one, other, "yes", LATER)
        assert told_together(db) == {urls(*FIRE)}
    assert story_ids(db) == ids


def test_splitting_off_the_first_article_leaves_it_the_id(db: sqlite3.Connection) -> None:
    stored(db, [FIRE])
    with transaction(db):
        grouping.split(db, key_of(db, FIRE[0]), "another fire", LATER)
    ids = story_ids(db)
    assert ids[url_of(FIRE[0])] == entry_id(db, FIRE[0])
    assert {ids[url_of(one)] for one in FIRE[1:]} == {entry_id(db, FIRE[1])}


def test_every_join_is_stored_with_its_score_and_reason(db: sqlite3.Connection) -> None:
    stored(db, [ARTICLES])
    rows = db.execute("select * from story_decisions").fetchall()
    assert {row["verdict"] for row in rows} == {"join", "link", "apart"}
    assert all(row["by"] == "program" and 0 <= row["score"] <= 1 and row["reason"] for row in rows)
    assert all(row["score"] >= 0.5 for row in rows if row["verdict"] == "join")


def test_follow_ups_are_linked_stories(db: sqlite3.Connection) -> None:
    stored(db, [ARTICLES])
    captured = next(one for one in ARTICLES if one.event == "palu-tertangkap")
    stories = dict(map(tuple, db.execute("select url, story_id from articles")))
    pair = sorted((stories[url_of(FLIGHT[0])], stories[url_of(captured)]))
    links = [sorted(row[:2]) for row in db.execute("select story_id, other_story_id, score, reason from story_links")]
    assert pair in links
    assert len(links) == len(set(map(tuple, links)))
