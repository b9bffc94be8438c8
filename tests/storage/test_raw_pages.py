"""`pages.db`: bytes come back as they were, once each, within the operator's bounds, and damage has a name."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.errors import StorageError
from crawler.models import Capture, Link, Page
from crawler.storage.page_pruning import prune, size_of
from crawler.storage.page_reading import Wanted, capture, count, entries
from crawler.storage.pages import Pages, open_pages

LINK = Link(
    "https://warta.example/panen/", "warta", title="Panen", published="2026-01-28", categories=("Daerah",), tags=("a",)
)
PAGE = Page("https://warta.example/panen/", b"<html>\xff panen", "text/html; charset=latin-1", LINK)
CARRIED = Page(LINK.url, b"", link=replace(LINK, native="wp:1", body="<p>Panen raya \ud83c digelar.</p>"))
DAY = timedelta(days=1)


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    with open_pages(tmp_path / "pages.db") as opened:
        yield opened


def noise(number: int, size: int = 4000) -> bytes:
    """Bytes that nothing makes smaller."""
    return random.Random(number).randbytes(size)


def other(number: int, body: bytes, source: str = "warta") -> Page:
    url = f"https://{source}.example/{number}/"
    return Page(url, body, "text/html", Link(url, source))


def kept(pages: Pages) -> list[str]:
    return [entry.url for entry in entries(pages, Wanted())]


def read(pages: Pages) -> list[Capture]:
    return [capture(pages, entry.id) for entry in entries(pages, Wanted())]


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        CARRIED,
        replace(PAGE, content_type=None, url="https://www.warta.example/panen"),
        replace(PAGE, parts=(Page(f"{PAGE.url}2/", b"two", "text/html"), Page(f"{PAGE.url}3/", b"three"))),
        replace(PAGE, link=replace(LINK, origin="backfill", body="<p>[builder]</p>")),
    ],
    ids=["page", "carried by its link", "redirected", "in parts", "page whose link carried a text, too"],
)
def test_capture_comes_back_as_it_was(pages: Pages, now: datetime, page: Page) -> None:
    assert pages.keep([Capture(page, now)], now) == 1
    [stored] = read(pages)
    assert replace(stored, id=0) == Capture(page, now)


def test_the_same_again_adds_no_bytes(pages: Pages, now: datetime) -> None:
    pages.keep([Capture(PAGE, now), Capture(CARRIED, now)], now)
    before = size_of(pages)
    for day in range(1, 50):
        assert pages.keep([Capture(page, now + day * DAY) for page in (CARRIED,)], now + day * DAY) == 0
    assert size_of(pages) == before
    assert len(kept(pages)) == 2


def test_equal_bytes_of_different_addresses_are_stored_once(pages: Pages, now: datetime) -> None:
    pages.keep([Capture(other(n, noise(1, 100_000)), now) for n in range(20)], now)
    assert size_of(pages) < 300_000
    assert {one.page.body for one in read(pages)} == {noise(1, 100_000)}


def test_a_page_that_changes_back_is_a_capture_of_its_own(pages: Pages, now: datetime) -> None:
    for day, body in enumerate((b"a", b"b", b"a")):
        pages.keep([Capture(replace(PAGE, body=body), now + day * DAY)], now)
    assert [one.page.body for one in read(pages)] == [b"a", b"b", b"a"]


def test_what_pages_share_is_stored_once_for_all_of_them_and_all_stay_readable(tmp_path: Path, now: datetime) -> None:
    theme = noise(0, 30_000)
    sent = [other(n, theme + b"%d" % n * 50 + noise(n, 300)) for n in range(1, 301)]
    for begin in range(0, len(sent), 20):  # each as a run of its own
        with open_pages(tmp_path / "pages.db") as pages:
            pages.keep([Capture(page, now) for page in sent[begin : begin + 20]], now)
    with open_pages(tmp_path / "pages.db", read_only=True) as pages:
        assert [one.page.body for one in read(pages)] == [page.body for page in sent]
        assert size_of(pages) < 0.4 * sum(len(page.body) for page in sent)


def test_listing_by_source_time_and_outcome(pages: Pages, now: datetime) -> None:
    for day, source in enumerate(("warta", "kabar", "warta")):
        outcome = "none" if day == 2 else "article"
        pages.keep([Capture(other(day, b"x", source), now + day * DAY, outcome)], now)  # type: ignore[arg-type]
    found = {
        wanted: [entry.url for entry in entries(pages, wanted)]
        for wanted in (Wanted("warta"), Wanted(since=now + DAY), Wanted("warta", now + DAY), Wanted(outcome="none"))
    }
    first, second, third = "https://warta.example/0/", "https://kabar.example/1/", "https://warta.example/2/"
    assert list(found.values()) == [[first, third], [second, third], [third], [third]]
    assert [count(pages, wanted) for wanted in found] == [2, 2, 1, 1]


def test_retention_counts_from_when_a_page_was_last_stored(pages: Pages, now: datetime) -> None:
    pages.keep([Capture(other(1, b"old"), now - 100 * DAY)], now - 10 * DAY)
    pages.keep([Capture(other(2, b"from an archive"), now - 3000 * DAY)], now)
    pages.keep([Capture(other(3, b"seen again"), now - 100 * DAY)], now - 100 * DAY)
    pages.keep([Capture(other(3, b"seen again"), now)], now)
    assert prune(pages, 9 * DAY, None, now).captures == 1
    assert sorted(kept(pages)) == ["https://warta.example/2/", "https://warta.example/3/"]


def test_a_full_file_drops_old_versions_first_and_the_newest_of_articles_last(pages: Pages, now: datetime) -> None:
    for number in range(40):
        pages.keep([Capture(other(number, noise(number)), now)], now)  # articles, the oldest captures of all
    for number in range(40):
        pages.keep([Capture(other(100 + number, noise(100 + number)), now, "none")], now + DAY)
    for number in range(40):
        pages.keep([Capture(other(number, noise(200 + number)), now + DAY)], now + 2 * DAY)  # newer versions
    most = size_of(pages) - 60 * 4096
    pruned = prune(pages, None, most, now)
    assert pruned.captures >= 40
    assert pruned.size >= 60 * 4096
    assert size_of(pages) <= most
    bodies = [one.page.body for one in read(pages)]
    assert bodies
    assert set(bodies) <= {noise(200 + number) for number in range(40)} | {noise(100 + n) for n in range(40)}
    assert not set(bodies) & {noise(number) for number in range(40)}


def test_a_page_that_is_none_does_not_push_its_article_out(pages: Pages, now: datetime) -> None:
    for day, (body, outcome) in enumerate([(noise(1), "article"), (noise(2), "none"), (noise(3), "none")]):
        pages.keep([Capture(other(1, body), now + day * DAY, outcome)], now + day * DAY)  # type: ignore[arg-type]
    while len(read(pages)) > 1:
        prune(pages, None, size_of(pages) - 1, now)
    assert [one.page.body for one in read(pages)] == [noise(1)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_newest_of_imported_versions_goes_last_in_whatever_order_they_came(
    pages: Pages, now: datetime, order: tuple[int, ...]
) -> None:
    for day in order:
        pages.keep([Capture(other(1, noise(day)), now + day * DAY, "waiting")], now)
    for entry in list(entries(pages, Wanted(outcome="waiting"))):
        pages.mark(entry.id, "article")
    while len(read(pages)) > 1:
        prune(pages, None, size_of(pages) - 1, now)
    assert [one.page.body for one in read(pages)] == [noise(2)]


def test_freed_space_goes_back_to_the_disk(pages: Pages, now: datetime) -> None:
    pages.keep([Capture(other(n, noise(n)), now) for n in range(300)], now)
    prune(pages, None, 300_000, now)
    assert pages.path.stat().st_size <= 300_000


def test_bytes_that_another_capture_shows_stay(pages: Pages, now: datetime) -> None:
    pages.keep([Capture(other(1, noise(1)), now)], now)
    pages.keep(
        [Capture(replace(other(2, b"two"), parts=(Page("https://warta.example/2/2", noise(1)),)), now)], now + DAY
    )
    prune(pages, timedelta(hours=1), None, now + DAY)
    [left] = read(pages)
    assert left.page.parts[0].body == noise(1)


def test_damaged_bytes_are_told_from_the_others(pages: Pages, now: datetime) -> None:
    pages.keep([Capture(other(n, noise(n)), now) for n in range(3)], now)
    with pages.writing():
        pages.db.execute("update payloads set bytes = zeroblob(50) where id = 2")
    problems = []
    for entry in entries(pages, Wanted()):
        try:
            capture(pages, entry.id)
        except ValueError as error:
            problems.append(str(error))
    assert len(problems) == 1


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\x00" + bytes(5000)])
def test_a_file_that_is_no_database_is_named_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pages.db"
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"pages\.db.* move it away"), open_pages(path):
        pass


def test_a_full_disk_is_told_and_nothing_half_is_stored(pages: Pages, now: datetime) -> None:
    pages.keep([Capture(PAGE, now)], now)
    used = pages.db.execute("pragma page_count").fetchone()[0]
    pages.db.execute(f"pragma max_page_count = {used + 4}")
    with pytest.raises(StorageError, match="full"):
        pages.keep([Capture(other(n, noise(n, 20_000)), now) for n in range(50)], now)
    assert kept(pages) == [LINK.url]


def test_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with open_pages(tmp_path / "pages.db") as pages:
        pages.db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('pages', '9999_x', '')"
        )
    with pytest.raises(StorageError, match="newer newsfeed"), open_pages(tmp_path / "pages.db"):
        pass


def test_reading_needs_no_lock_of_the_writer(tmp_path: Path, now: datetime) -> None:
    with open_pages(tmp_path / "pages.db") as writer:
        writer.keep([Capture(PAGE, now)], now)
        with writer.writing(), open_pages(tmp_path / "pages.db", read_only=True) as reader:
            assert count(reader, Wanted()) == 1
            with pytest.raises(sqlite3.OperationalError):
                reader.db.execute("delete from captures")
