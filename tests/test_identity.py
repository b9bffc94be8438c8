"""Which article is this: the table of what makes two sightings one article, and what does not."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.identity import mint, same_title
from crawler.intake import take_article
from crawler.models import Article, Link
from crawler.storage import merges
from crawler.storage.database import transaction

TEXT = (
    "Serang – Lapas Kelas IIA Serang menggelar panen raya di kebun asimilasi pada Rabu (28/1/2026) pagi.",
    "Sebanyak 34 warga binaan memanen 120 kilogram kangkung dan 75 kilogram terong dari lahan seluas satu hektare.",
    "Hasilnya dijual di koperasi, dan premi dari penjualan itu dibagi kepada warga binaan yang ikut bekerja.",
)
OTHER = (
    "Cilegon – Kantor Imigrasi membuka layanan paspor simpatik di alun-alun kota selama dua hari penuh.",
    "Petugas melayani 87 pemohon yang sudah mendaftar lebih dahulu melalui aplikasi sejak pekan lalu.",
    "Kepala kantor mengatakan kuota akan ditambah karena minat masyarakat sekitar terus bertambah besar.",
    "Layanan serupa dijadwalkan lagi bulan depan di kecamatan lain yang jauh dari pusat kota itu.",
)
ARTICLE = Article(
    url="https://warta.example/panen-raya/",
    canonical_url="https://warta.example/panen-raya/",
    title="Lapas Serang Panen Raya",
    paragraphs=TEXT,
    body_html="".join(f"<p>{paragraph}</p>" for paragraph in TEXT),
    published=datetime(2026, 1, 28, 3, tzinfo=UTC),
    published_precision="minute",
)
LINK = Link(url=ARTICLE.url, source="warta", native="wp:7", guid="https://warta.example/?p=7")


def seen_as(
    url: str, *, native: str | None = None, guid: str | None = None, via: str | None = None, **changes: object
) -> tuple[Link, Article]:
    """The article as it is met under another address, with what else is different about it."""
    link = replace(LINK, url=via or url, native=native, guid=guid)
    changes |= {"native": changes.pop("article_native", None)}
    return link, replace(ARTICLE, **{"url": url, "canonical_url": url, **changes})  # type: ignore[arg-type]


def days(count: int) -> datetime:
    assert ARTICLE.published
    return ARTICLE.published + timedelta(days=count)


EDITED = (*TEXT[:2], "Kepala lapas menyerahkan premi itu secara simbolis.")

SAME = {
    "tracking parameters": seen_as("https://warta.example/panen-raya/?utm_source=wa&fbclid=x"),
    "no trailing slash": seen_as("https://warta.example/panen-raya"),
    "http": seen_as("http://warta.example/panen-raya/"),
    "www": seen_as("https://www.warta.example/panen-raya/"),
    "AMP": seen_as("https://warta.example/panen-raya/amp/"),
    "new slug, id by REST": seen_as("https://warta.example/panen-lapas/", native="wp:7", title="Lapas Panen"),
    "new slug, id on the page": seen_as("https://warta.example/panen-lapas/", article_native="wp:7", title="Panen"),
    "new slug, another date, same text": seen_as(
        "https://warta.example/panen-lapas/", native="wp:7", title="Panen", published=days(9)
    ),
    "another address, same guid": seen_as("https://warta.example/a/b/", guid="https://warta.example/?p=7"),
    "another query, claims the canonical": seen_as(
        "https://warta.example/?p=7&x=1", canonical_url="https://warta.example/panen-raya/"
    ),
    "another guid": seen_as("https://warta.example/panen-raya/", guid="tag:warta,2026:9"),
    "a redirect from its old address": seen_as(
        "https://warta.example/2026/panen/", via="https://warta.example/panen-raya/", paragraphs=EDITED
    ),
    "the site on another host": seen_as("https://warta-baru.example/panen-raya/"),
    "rewritten under its address": seen_as("https://warta.example/panen-raya/", title="Lain", paragraphs=OTHER),
    "posted anew under its address": seen_as("https://warta.example/panen-raya/", native="wp:31", paragraphs=EDITED),
}

COPIES = {
    "same text under another slug": seen_as("https://warta.example/panen-raya-2/", native="wp:8"),
    "same text, another headline": seen_as("https://warta.example/kebun/", native="wp:8", title="Kebun Lapas Dipanen"),
    "a typo put right": seen_as(
        "https://warta.example/panen-raya-2/",
        paragraphs=(*TEXT[:2], TEXT[2].replace("premi", "Premi").replace("ikut ", "")),
    ),
    "a broken guid, posted once more": seen_as("https://warta.example/b/", native="wp:8", guid=LINK.guid),
}

DIFFERENT = {
    "same headline, another text": seen_as("https://warta.example/panen-raya-2/", paragraphs=OTHER),
    "same text with other counts": seen_as(
        "https://warta.example/panen-raya-2/",
        paragraphs=(TEXT[0].replace("28/1", "4/2"), TEXT[1].replace("120", "95"), TEXT[2]),
        published=days(7),
    ),
    "same text a year later": seen_as("https://warta.example/panen-raya-2/", published=days(365)),
    "a line that everybody writes": seen_as(
        "https://warta.example/foto/", title="Foto", paragraphs=("Simak foto selengkapnya di bawah ini.",)
    ),
    "broken guid, other native id": seen_as(
        "https://warta.example/b/", native="wp:8", guid=LINK.guid, title="Lain", paragraphs=OTHER
    ),
    "broken guid, nothing else in common": seen_as(
        "https://warta.example/b/", guid=LINK.guid, title="Lain", paragraphs=OTHER, published=days(1)
    ),
    "an id that is counted anew": seen_as(
        "https://warta.example/baru/", native="wp:7", title="Lain", paragraphs=OTHER, published=days(400)
    ),
    "another article at its address": seen_as(
        "https://warta.example/panen-raya/", native="wp:99", title="Lain", paragraphs=OTHER, published=days(30)
    ),
    "its address leads to another article": seen_as(
        "https://warta.example/paspor/", via=ARTICLE.url, title="Layanan Paspor", paragraphs=OTHER
    ),
    "claims another article's canonical": seen_as(
        "https://warta.example/c/", canonical_url=ARTICLE.url, title="Berita Lain Sama Sekali", paragraphs=OTHER
    ),
    "an id in the query": seen_as("https://warta.example/panen-raya/?no=12", title="Lain", paragraphs=OTHER),
}


def shown(db: sqlite3.Connection) -> list[str]:
    """The headlines of what a reader sees."""
    return [row["title"] for row in db.execute("select title from articles where withheld is null order by id")]


def take(db: sqlite3.Connection, sighting: tuple[Link, Article], at: datetime) -> str:
    with transaction(db):
        return take_article(db, *sighting, at)


@pytest.fixture
def stored(db: sqlite3.Connection, now: datetime) -> sqlite3.Connection:
    """A database with the one article."""
    take(db, (LINK, ARTICLE), now)
    return db


@pytest.mark.parametrize("sighting", SAME.values(), ids=SAME.keys())
def test_same_article_stays_one_row(stored: sqlite3.Connection, now: datetime, sighting: tuple[Link, Article]) -> None:
    take(stored, sighting, now + timedelta(hours=1))
    assert stored.execute("select count(*) from articles").fetchone()[0] == 1


@pytest.mark.parametrize("sighting", COPIES.values(), ids=COPIES.keys())
def test_a_text_that_is_posted_once_more_is_stored_and_not_shown(
    stored: sqlite3.Connection, now: datetime, sighting: tuple[Link, Article]
) -> None:
    assert take(stored, sighting, now + timedelta(hours=1)) == "copy"
    assert shown(stored) == [ARTICLE.title]
    assert stored.execute("select kept_id, dropped_id from merges").fetchall()[0][:] == (1, 2)


@pytest.mark.parametrize("sighting", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_articles_are_both_shown(
    stored: sqlite3.Connection, now: datetime, sighting: tuple[Link, Article]
) -> None:
    assert take(stored, sighting, now + timedelta(hours=1)) == "new"
    assert take(stored, sighting, now + timedelta(hours=2)) == "unchanged"
    assert len(shown(stored)) == 2
    assert stored.execute("select count(distinct entry_id) from articles").fetchone()[0] == 2
    assert stored.execute("select title from articles where id = 1").fetchone()[0] == ARTICLE.title


def test_a_copy_is_shown_once_it_tells_of_something_else(stored: sqlite3.Connection, now: datetime) -> None:
    copy = COPIES["same text under another slug"]
    take(stored, copy, now)
    parted = (copy[0], replace(copy[1], title="Paspor Simpatik", paragraphs=OTHER))
    assert take(stored, parted, now + timedelta(hours=1)) == "edited"
    assert shown(stored) == [ARTICLE.title, "Paspor Simpatik"]
    assert stored.execute("select undone_reason from merges").fetchone()[0]


def test_edits_of_a_copy_do_not_reach_the_article(stored: sqlite3.Connection, now: datetime) -> None:
    copy = COPIES["same text under another slug"]
    take(stored, copy, now)
    take(stored, (copy[0], replace(copy[1], title="Lapas Serang Panen Lagi")), now + timedelta(hours=1))
    take(stored, (LINK, ARTICLE), now + timedelta(hours=2))
    assert shown(stored) == [ARTICLE.title]
    assert stored.execute("select count(*) from revisions where article_id = 1").fetchone()[0] == 0


def two_that_are_one(db: sqlite3.Connection, now: datetime) -> None:
    """An article is met under a new address that nothing ties to it, and then its old one leads there."""
    moved = replace(ARTICLE, url="https://warta.example/baru/", canonical_url="https://warta.example/baru/")
    take(db, (replace(LINK, native=None, guid=None), ARTICLE), now)
    take(db, (replace(LINK, url=moved.url, native="wp:7"), replace(moved, title="Panen", published=days(40))), now)
    assert len(shown(db)) == 2
    take(db, (replace(LINK, native="wp:7"), replace(moved, published=days(40))), now + timedelta(hours=1))


def test_two_that_turn_out_to_be_one_are_merged_into_the_older(db: sqlite3.Connection, now: datetime) -> None:
    two_that_are_one(db, now)
    assert shown(db) == [ARTICLE.title]
    assert {row["article_id"] for row in db.execute("select article_id from article_aliases")} == {1}


def test_a_merge_that_was_undone_is_not_made_again(db: sqlite3.Connection, now: datetime) -> None:
    two_that_are_one(db, now)
    with transaction(db):
        assert merges.undo(db, 2, "these are two", now)
    assert len(shown(db)) == 2
    moved = replace(ARTICLE, url="https://warta.example/baru/", canonical_url="https://warta.example/baru/")
    take(db, (replace(LINK, native="wp:7"), replace(moved, published=days(40))), now + timedelta(hours=3))
    assert len(shown(db)) == 2
    assert db.execute("select undone_reason from merges").fetchall()[0][0] == "these are two"


def test_entry_id_is_never_minted_twice(stored: sqlite3.Connection, now: datetime) -> None:
    """An address whose article moved away (same native id, new slug) may be used by another article later."""
    take(stored, seen_as("https://warta.example/baru/", native="wp:7"), now)
    take(stored, seen_as(ARTICLE.url, native="wp:9", title="Lain", paragraphs=OTHER), now)
    rows = stored.execute("select entry_id, url from articles order by id").fetchall()
    assert [row["url"] for row in rows] == ["https://warta.example/baru/", ARTICLE.url]
    assert len({row["entry_id"] for row in rows}) == 2


def test_an_article_follows_its_id_to_a_new_address(stored: sqlite3.Connection, now: datetime) -> None:
    take(stored, seen_as("https://warta.example/baru/", native="wp:7"), now)
    assert stored.execute("select url from articles").fetchone()[0] == "https://warta.example/baru/"
    take(stored, seen_as(ARTICLE.url), now + timedelta(hours=1))
    assert stored.execute("select url from articles").fetchone()[0] == "https://warta.example/baru/"


@given(st.text(), st.text(), st.integers(0, 5))
def test_minted_ids_are_urns_and_repeatable(source: str, url: str, count: int) -> None:
    assert mint(source, url, count).startswith("urn:uuid:")
    assert mint(source, url, count) == mint(source, url, count)


@given(st.text())
def test_typography_does_not_make_another_title(title: str) -> None:
    assert same_title(title, f"  “{title}” – ")
