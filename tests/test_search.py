"""Looking for stored articles: what is found, in which order, and what never is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.intake import take_fetched
from crawler.models import Article, Fetched, Found, Link, Source
from crawler.search import understand
from crawler.storage import articles, sources
from crawler.storage import search as storage
from crawler.storage.database import open_writer, transaction

Put = Callable[..., int]


@pytest.fixture
def put(db: sqlite3.Connection, site: Source, now: datetime) -> Put:
    """Stores an article through the intake, published some days ago, and gives its key."""
    with transaction(db):
        sources.save(db, [replace(site, slug="lain")], now)

    def store(title: str, text: str = "Isi berita.", *, days: float = 1, source: str = "warta") -> int:
        number = db.execute("select count(*) from articles").fetchone()[0] + 1
        url = f"https://{source}.example/{number}/"
        article = Article(
            url=url, canonical_url=url, title=title, paragraphs=tuple(text.split("\n\n")), body_html=f"<p>{text}</p>",
            published=now - timedelta(days=days), published_precision="second",
        )  # fmt: skip
        take_fetched(db, Fetched(link=Link(url=url, source=source), article=article), now)
        return int(db.execute("select id from articles where url = ?", (url,)).fetchone()[0])

    return store


def look(db: sqlite3.Connection, query: str, now: datetime, **page: int) -> Found:
    return storage.find_in(db, understand(query), now, **page)


def ids(db: sqlite3.Connection, query: str, now: datetime) -> list[int]:
    return [hit.id for hit in look(db, query, now).hits]


def test_stored_article_is_found_with_marks_where_it_fits(db: sqlite3.Connection, put: Put, now: datetime) -> None:
    put("Panen Raya", "Serang – Lapas Serang panen kangkung.\n\nHasilnya dibagikan.")
    hit = look(db, "kangkung panen", now).hits[0]
    assert [(piece.text, piece.is_hit) for piece in hit.title] == [("Panen", True), (" Raya", False)]
    assert [piece.text for piece in hit.snippet if piece.is_hit] == ["panen", "kangkung"]
    assert "".join(piece.text for piece in hit.snippet) == "Serang – Lapas Serang panen kangkung. Hasilnya dibagikan."
    assert (hit.source, hit.url, hit.published) == ("warta", "https://warta.example/1/", now - timedelta(days=1))


def test_edit_is_found_by_its_new_words_only(db: sqlite3.Connection, put: Put, now: datetime) -> None:
    key = put("Panen Kangkung")
    with transaction(db):
        articles.update(db, key, replace(articles.load(db, key), title="Panen Lele"), None, now)
    assert (ids(db, "lele", now), ids(db, "kangkung", now), ids(db, "panen", now)) == ([key], [], [key])


def test_edit_in_the_transaction_that_stored_an_article_leaves_no_trace(
    db: sqlite3.Connection, put: Put, now: datetime
) -> None:
    other = put("Panen Lain")
    article = replace(articles.load(db, other), url="https://warta.example/x/", title="Panen Kangkung")
    with transaction(db):
        key = articles.insert(db, "warta", "urn:uuid:x", article, "poll", now)
        articles.update(db, key, replace(article, title="Panen Lele"), None, now)
    assert (ids(db, "lele", now), ids(db, "kangkung", now)) == ([key], [])
    db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")


def test_deleted_row_is_no_longer_found(db: sqlite3.Connection, put: Put, now: datetime) -> None:
    put("Panen Satu")
    with transaction(db):
        for table in ("article_aliases", "links"):
            db.execute(f"delete from {table} where article_id = 1")
        db.execute("delete from articles where id = 1")
    assert ids(db, "panen", now) == []
    assert put("Panen Dua") in ids(db, "panen", now)
    db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")


@pytest.mark.parametrize("column", ["withheld", "removed"])
@pytest.mark.parametrize("query", ["panen", "sumber:warta", "unit:u", "panen sejak:2020"])
def test_what_is_withheld_or_removed_is_never_found(
    db: sqlite3.Connection, put: Put, now: datetime, column: str, query: str
) -> None:
    key, shown = put("Panen Satu"), put("Panen Dua")
    note(db, "units", key)
    note(db, "units", shown)
    db.execute(f"update articles set {column} = '2026-01-01T00:00:00Z' where id = ?", (key,))
    found = look(db, query, now)
    assert ([hit.id for hit in found.hits], found.total) == ([shown], 1)


def note(db: sqlite3.Connection, table: str, key: int, name: str = "u", province: str | None = None) -> None:
    """Say what an article is about, as annotation will."""
    one = table.removesuffix("s")
    columns = {"units": "kind, province", "places": "kind, province", "topics": "name"}[table]
    facts = ("x", province) if table != "topics" else (name,)
    marks = ", ".join("?" * len({"id", "name", *columns.split(", ")}))
    names = "id, name" if table == "topics" else f"id, name, {columns}"
    values = (name, name) if table == "topics" else (name, name, *facts)
    db.execute(f"insert or ignore into {table} ({names}) values ({marks})", values)
    role = {"role": "subject"} if table == "units" else {}
    facts_of = {"article_id": key, f"{one}_id": name, "weight": 1.0, "evidence": "title", **role}
    db.execute(
        f"insert into article_{table} ({', '.join(facts_of)}) values ({', '.join('?' * len(facts_of))})",
        tuple(facts_of.values()),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("panen", {1, 2, 3, 4}),
        ("panen sumber:lain", {2}),
        ("panen sumber:lain sumber:warta", {1, 2, 3, 4}),
        ("panen sejak:2026-01-20", {1, 2}),
        ("panen sampai:2026-01-19", {3, 4}),
        ("sejak:2025-12 sampai:2025-12", {4}),
        ("panen unit:lapas-serang", {1}),
        ("topik:remisi", {3}),
        ("provinsi:banten", {1, 2}),  # by its name, or by a city in it
        ("panen unit:lapas-serang topik:remisi", set()),
        ("kosong", set()),
    ],
)
def test_filters_narrow_down(db: sqlite3.Connection, put: Put, now: datetime, query: str, expected: set[int]) -> None:
    put("Panen Satu", days=1)
    put("Panen Dua", days=2, source="lain")
    put("Panen Tiga", days=15)
    put("Panen Empat", days=40)
    note(db, "units", 1, "lapas-serang")
    note(db, "topics", 3, "remisi")
    note(db, "places", 1, "banten")
    note(db, "places", 2, "kota-serang", province="banten")
    assert set(ids(db, query, now)) == expected


def test_the_title_counts_more_than_the_text(db: sqlite3.Connection, put: Put, now: datetime) -> None:
    in_text, in_title = put("Kegiatan Pagi", "Petugas memberi remisi."), put("Remisi Diberi", "Petugas hadir pagi.")
    put("Kegiatan Lain")
    assert ids(db, "remisi", now) == [in_title, in_text]


@pytest.mark.parametrize("others", [0, 1, 9], ids=["in all", "in most", "in few"])
def test_however_common_a_word_the_title_and_fresh_news_come_first(
    db: sqlite3.Connection, put: Put, now: datetime, others: int
) -> None:
    old = put("Remisi Diberi", days=400)
    in_text, in_title = put("Kegiatan Pagi", "Petugas memberi remisi.", days=2), put("Remisi Diberi", days=2)
    for _ in range(others):
        put("Kegiatan Lain")
    assert ids(db, "remisi", now)[0] == in_title
    assert set(ids(db, "remisi", now)) == {old, in_text, in_title}


def test_of_two_that_fit_alike_the_fresher_comes_first(db: sqlite3.Connection, put: Put, now: datetime) -> None:
    old, new, older = put("Remisi", days=200), put("Remisi", days=1), put("Remisi", days=900)
    put("Kegiatan Lain")
    assert ids(db, "remisi", now) == [new, old, older]
    scores = [hit.score for hit in look(db, "remisi", now).hits]
    assert scores[0] > 0.98
    assert scores[2] > 0.29  # what is old still counts


def test_pages_follow_each_other_and_ties_have_one_order(db: sqlite3.Connection, put: Put, now: datetime) -> None:
    keys = [put("Remisi", days=3) for _ in range(7)]
    first, second = (look(db, "remisi", now, limit=4, offset=offset) for offset in (0, 4))
    assert [hit.id for page in (first, second) for hit in page.hits] == keys[::-1]
    assert (first.total, first.is_more) == (7, False)
    assert look(db, "remisi", now, offset=50).hits == ()


def test_of_what_most_articles_hold_fewer_are_ranked_and_it_is_told(
    db: sqlite3.Connection, put: Put, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MOST_COMMON", 4)
    keys = [put("Lapas Remisi" if number % 5 == 0 else "Lapas Panen", days=number) for number in range(10)]
    common, rare = look(db, "lapas", now), look(db, "remisi", now)
    assert ({hit.id for hit in common.hits}, common.total, common.is_more) == ({*keys[:4]}, 4, True)
    assert ({hit.id for hit in rare.hits}, rare.is_more) == ({keys[0], keys[5]}, False)


@pytest.mark.parametrize("query", ["remisi", "remisi sumber:warta", "remisi unit:u", "remi*", "sejak:2020"])
def test_however_the_newest_are_looked_for_they_are_the_same(
    db: sqlite3.Connection, put: Put, now: datetime, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With limits as small as these, every way is taken over a dozen articles."""
    for number in range(24):
        key = put("Remisi" if number % 3 else "Panen", days=24 - number if number % 2 else number)
        note(db, "units", key)
    everything = look(db, query, now, limit=100)
    assert (everything.total, everything.is_more) == (24 if "sejak" in query else 16, False)
    newest = sorted((hit.published for hit in everything.hits), reverse=True)[:5]
    monkeypatch.setattr(storage, "MOST_RANKED", 5)
    monkeypatch.setattr(storage, "MOST_COMMON", 5)
    for margin, largest, few in [(9, 60, 9), (1.1, 16, 9), (0.3, 20, 9), (0.3, 3, 90), (1.1, 4, 90), (1.1, 4, 1)]:
        monkeypatch.setattr(storage, "_MARGIN", margin)
        monkeypatch.setattr(storage, "_LARGEST_POOL", largest)
        monkeypatch.setattr(storage, "_FEW", few)
        found = look(db, query, now, limit=100)
        assert sorted((hit.published for hit in found.hits), reverse=True) == newest, (margin, largest, few)
        assert (found.total, found.is_more) == (5, True)


def test_database_of_before_is_searchable_once_it_is_opened(
    db: sqlite3.Connection, put: Put, now: datetime, tmp_path: Path
) -> None:
    key = put("Panen Kangkung")
    for kind, name in db.execute("select type, name from sqlite_master where sql like '%fts%' and type = 'trigger'"):
        db.execute(f"drop {kind} {name}")
    db.execute("drop table articles_fts")
    db.execute("drop index articles_published")
    db.execute("delete from _sqlite_migrations where name = '0007_search'")
    db.close()
    with open_writer(tmp_path / "newsfeed.db") as again:
        assert ids(again, "kangkung", now) == [key]
    assert [hit.id for hit in storage.find(tmp_path / "newsfeed.db", understand("kangkung"), now).hits] == [key]


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        ("panen", "USING COVERING INDEX articles_published"),
        ("sejak:2026-01-01", "USING COVERING INDEX articles_published (published>?)"),
        ("sumber:warta", "USING COVERING INDEX articles_source_published (source=?)"),
        ("sumber:warta sejak:2026", "USING COVERING INDEX articles_source_published (source=? AND published>?)"),
        ("sumber:warta sumber:lain", "USING COVERING INDEX articles_published"),
        ("unit:u", "USING COVERING INDEX article_units_unit (unit_id=?)"),
    ],
)
def test_the_newest_are_read_from_an_index(db: sqlite3.Connection, put: Put, query: str, plan: str) -> None:
    put("Panen")
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    storage.find_in(db, understand(query), datetime(2026, 1, 1).astimezone())
    db.set_trace_callback(None)
    plans = [
        [row["detail"] for row in db.execute(f"explain query plan {sql}")] for sql in asked if sql.startswith("select")
    ]
    planned = [steps for steps in plans if any(plan in step for step in steps)]
    assert planned, plans
    assert not any("TEMP B-TREE FOR ORDER BY" in step for steps in planned for step in steps), planned
