"""`newsfeed reprocess`: what is read better is stored, the rest stays, and history comes out as it was."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawling import newsfeed
from pressroom import page, story, title
from spam import INNOCENT, SPAM

from crawler.annotator import annotator
from crawler.errors import ExtractError
from crawler.extraction import extract_page
from crawler.grouping import group
from crawler.home import Home
from crawler.intake import take_discovered, take_fetched
from crawler.lock import hold
from crawler.models import Article, Capture, Discovered, Fetched, Link, Page, Source
from crawler.replay.judging import Judged
from crawler.replay.reprocess import Replay, reprocess
from crawler.replay.rereading import rereader
from crawler.storage import sources as stored
from crawler.storage.database import open_writer, transaction
from crawler.storage.page_reading import Wanted
from crawler.storage.pages import open_pages

DAY = timedelta(days=1)
LATER = datetime(2026, 3, 1, tzinfo=UTC)
Spoil = Callable[[Article], Article]


def as_it_is(article: Article) -> Article:
    return article


class Newsroom:
    """A home, and crawls of it by an extraction that may have been worse than today's."""

    def __init__(self, folder: Path, source: Source) -> None:
        self.home, self.source = Home(folder), source
        with closing(open_writer(self.home.database)) as db, transaction(db):
            stored.save(db, [source], LATER)

    def crawl(self, body: str, at: datetime, spoil: Spoil = as_it_is, path: str = "/panen/") -> None:
        """Fetch a page, keep it, and store what an extraction made of it."""
        url = f"https://warta.example{path}"
        fetched = Page(url, body.encode(), "text/html; charset=utf-8", Link(url, self.source.slug, title=None))
        article = None
        problem = "not read then"
        try:
            article = spoil(extract_page(fetched, self.source, at))
        except ExtractError as error:
            problem = error.problem
        self.store(fetched, article, at, problem)

    def store(self, fetched: Page, article: Article | None, at: datetime, problem: str | None = None) -> None:
        assert fetched.link
        with closing(open_writer(self.home.database)) as db, open_pages(self.home.pages_db) as pages:
            pages.keep([Capture(fetched, at, "article" if article else "none")], at)
            error = None if article else problem
            found = Fetched(fetched.link, 200, fetched.url, article, error=error, excluded=article is None)
            again = rereader(db, pages, {self.source.slug: self.source})
            take_fetched(db, found, at, again, annotator(db, self.home.gazetteer_dir))
            group(db, at)

    def reprocess(self, wanted: Wanted | None = None, **given: object) -> Replay:
        records = {self.source.slug: self.source}
        return asyncio.run(
            reprocess(self.home, records, wanted or Wanted(), lambda: LATER, lambda _: None, **{"jobs": 1, **given})  # type: ignore[arg-type]
        )

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.home.database)) as db:
            return [tuple(row) for row in db.execute(sql)]

    def dump(self) -> list[str]:
        with closing(sqlite3.connect(self.home.database)) as db:
            return list(db.iterdump())


@pytest.fixture
def room(tmp_path: Path, site: Source) -> Newsroom:
    return Newsroom(tmp_path, site)


def html(text: str = "Hasilnya 34,6 kg sayur dibagikan.", author: str = "Ani Contoh", date: str = "2026-01-28") -> str:
    return f"""<html lang="id"><head><title>Lapas Serang Panen Raya</title>
        <meta property="og:title" content="Lapas Serang Panen Raya"><meta name="author" content="{author}">
        <meta property="article:published_time" content="{date}T10:00:00+07:00"></head><body><article>
        <h1>Lapas Serang Panen Raya</h1><p>Panen raya digelar di kebun Lapas Serang pada Rabu pagi bersama petugas.</p>
        <p>{text} Kegiatan itu diikuti warga binaan yang dilatih bertani sejak awal tahun oleh para petugas.</p>
        </article></body></html>"""


def test_reading_again_what_was_read_right_changes_nothing(room: Newsroom, now: datetime) -> None:
    room.crawl(html(), now)
    room.crawl(html("Hasilnya 43 kg sayur dibagikan."), now + DAY)
    room.crawl(html("Hasilnya 43 kg sayur dibagikan.", author="Budi Contoh"), now + 2 * DAY)
    before = room.dump()
    done = room.reprocess()
    assert (done.articles, done.changed, done.new, done.refused) == (1, 0, [], [])
    assert room.dump() == before


def test_what_is_read_better_is_no_revision_and_moves_no_entry(room: Newsroom, now: datetime) -> None:
    room.crawl(
        html(), now, lambda article: replace(article, paragraphs=(*article.paragraphs, "Baca juga: x"), tags=("x",))
    )
    [(change, updated, feed_time)] = room.rows("select change, updated, feed_time from articles")
    done = room.reprocess()
    [row] = room.rows("select change > ?1, updated, feed_time, changed_at from articles".replace("?1", str(change)))
    assert row == (1, updated, feed_time, "2026-03-01T00:00:00Z")
    assert room.rows("select count(*) from revisions") == [(0,)]
    assert set(done.fields) == {"paragraphs", "tags"}
    assert room.rows("select body_text like '%Baca juga%' from articles") == [(0,)]
    [(fields, moved)] = room.rows("select fields, published_after from corrections")
    assert (set(json.loads(str(fields))), moved) == ({"paragraphs", "tags"}, None)


def test_facts_that_are_missing_or_told_otherwise_are_stored(room: Newsroom, now: datetime) -> None:
    room.crawl(html(), now)
    units = "select unit_id, role from article_units"
    assert room.rows(units) == [("lapas-serang", "subject")]
    with closing(open_writer(room.home.database)) as db, transaction(db):
        db.execute("delete from article_units")
    done = room.reprocess()
    assert (done.changed, set(done.fields)) == (1, {"units"})
    assert room.rows(units) == [("lapas-serang", "subject")]
    assert room.rows("select count(*) from corrections") == [(0,)]  # the article reads as it did
    own = room.home.gazetteer_dir
    own.mkdir()
    own.joinpath("units.csv").write_text("id,name\nlapas-serang,Lapas Kelapa Dua\n", "utf-8")
    assert "units" in room.reprocess().fields
    assert room.rows(units) == []


def test_history_keeps_its_revisions(room: Newsroom, now: datetime) -> None:
    def worse(article: Article) -> Article:
        return replace(article, author="admin")

    room.crawl(html(), now, worse)
    room.crawl(html("Hasilnya 43 kg sayur dibagikan."), now + DAY, worse)
    revisions = room.rows("select * from revisions")
    assert len(revisions) == 1
    assert room.reprocess().fields == {"author": 1}
    assert room.rows("select * from revisions") == revisions
    assert room.rows("select author, updated from articles") == [("Ani Contoh", "2026-01-30T03:00:00Z")]


def test_a_crawl_that_only_reads_better_makes_no_revision(room: Newsroom, now: datetime) -> None:
    def worse(article: Article) -> Article:
        return replace(article, paragraphs=(*article.paragraphs, "Baca juga: Kabar lain dari lapas"))

    room.crawl(html(), now, worse)
    room.crawl(html() + "<!-- made in 0.2 s -->", now + DAY)
    assert room.rows("select count(*) from revisions") == [(0,)]
    assert room.rows("select updated, body_text like '%Baca juga%' from articles") == [(None, 0)]
    room.crawl(html("Hasilnya 43 kg sayur dibagikan."), now + 2 * DAY)
    assert room.rows("select class from revisions") == [("number",)]


def test_an_edit_is_told_apart_from_what_is_read_better(room: Newsroom, now: datetime) -> None:
    room.crawl(html(), now, lambda article: replace(article, paragraphs=(*article.paragraphs, "Baca juga: x")))
    room.crawl(html("Hasilnya 43 kg sayur dibagikan."), now + DAY)
    [(before, after)] = room.rows("select before, after from revisions")
    assert "34,6" in str(before)
    assert "43 kg" in str(after)
    assert "Baca juga" not in str(before)


def test_a_site_that_moves_the_date_does_not_and_a_better_reading_does(room: Newsroom, now: datetime) -> None:
    wrong = datetime(2026, 1, 1, tzinfo=UTC)
    room.crawl(html(date="2026-01-20"), now, lambda article: replace(article, published=wrong))
    room.crawl(html("Diubah.", date="2026-01-29"), now + DAY)
    [(entered,)] = room.rows("select entered from articles")
    assert room.reprocess().fields["published"] == 1
    assert room.rows("select published, entered from articles") == [("2026-01-20T03:00:00Z", entered)]
    moved = room.rows("select published_before, published_after from corrections")
    assert moved == [("2026-01-01T00:00:00Z", "2026-01-20T03:00:00Z")]


def test_what_only_pages_that_are_gone_told_stays(room: Newsroom, now: datetime) -> None:
    room.crawl(html(date="2026-01-20"), now)
    room.crawl(html("Diubah.", author="", date="2026-01-29"), now + DAY, lambda one: replace(one, tags=("salah",)))
    with open_pages(room.home.pages_db) as pages, pages.writing():
        pages.db.execute("delete from captures where id = 1")
    assert set(room.reprocess().fields) <= {"tags"}
    assert room.rows("select author, published from articles") == [("Ani Contoh", "2026-01-20T03:00:00Z")]


def test_dry_run_tells_and_writes_nothing(room: Newsroom, now: datetime) -> None:
    room.crawl(html(), now, lambda article: replace(article, author="admin"))
    before = room.dump()
    with hold(room.home.run_lock):  # and waits for nobody
        done = room.reprocess(is_dry=True)
    assert room.dump() == before
    [example] = done.examples["author"]
    assert (example.url, example.before, example.after) == ("https://warta.example/panen/", "admin", "Ani Contoh")


def test_a_page_that_is_no_article_any_more_stays_stored_and_is_told(room: Newsroom, now: datetime) -> None:
    fetched = Page(
        "https://warta.example/x/",
        b"<html><body></body></html>",
        "text/html",
        Link("https://warta.example/x/", "warta"),
    )
    article = extract_page(replace(fetched, body=html().encode()), room.source, now)
    room.store(fetched, article, now)
    before = room.dump()
    [(url, reason)] = room.reprocess().refused
    assert (url, bool(reason)) == ("https://warta.example/x/", True)
    assert room.dump() == before


def test_a_page_that_was_no_article_becomes_one_dated_as_when_it_was_fetched(room: Newsroom, now: datetime) -> None:
    url = "https://warta.example/panen/"
    room.store(Page(url, html().encode(), "text/html", Link(url, "warta")), None, now, "could not be read")
    assert room.reprocess(is_dry=True).new == [url]
    assert room.rows("select count(*) from articles") == [(0,)]
    assert room.reprocess().new == [url]
    row = room.rows("select first_seen, entered, title from articles")
    assert row == [("2026-01-29T03:00:00Z", "2026-01-29T03:00:00Z", "Lapas Serang Panen Raya")]
    assert room.rows("select state from links") == [("done",)]
    assert room.reprocess().new == []


def test_a_page_whose_article_a_kill_left_out_is_stored(room: Newsroom, now: datetime) -> None:
    room.crawl(html("Lain."), now - DAY, path="/lain/")
    url = "https://warta.example/panen/"
    with open_pages(room.home.pages_db) as pages:
        pages.keep([Capture(Page(url, html().encode(), "text/html", Link(url, "warta")), now)], now)
    assert room.reprocess().new == [url]
    assert room.rows("select url, first_seen from articles order by id") == [
        ("https://warta.example/lain/", "2026-01-28T03:00:00Z"),
        (url, "2026-01-29T03:00:00Z"),
    ]


def test_what_the_filter_leaves_out_is_not_brought_in(room: Newsroom, now: datetime) -> None:
    room.source = replace(room.source, filter="subject")
    url = "https://warta.example/bola/"
    body = html().replace("Lapas Serang", "Tim Bola").replace("warga binaan", "penonton")
    room.store(Page(url, body.encode(), "text/html", Link(url, "warta")), None, now, "is not on the subject")
    assert room.reprocess().new == []


def test_a_payload_that_carried_its_article_is_read_again(room: Newsroom, now: datetime) -> None:
    text = story(1)
    link = Link("https://warta.example/1/", "warta", native="wp:1", title=title(1), published="2026-01-28", body=text)
    carried = Page(link.url, b"", link=link)
    article = extract_page(carried, room.source, now)
    with closing(open_writer(room.home.database)) as db, open_pages(room.home.pages_db) as pages:
        pages.keep([Capture(carried, now)], now)
        spoilt = replace(article, paragraphs=article.paragraphs[:1])
        take_discovered(db, Discovered("warta", "wordpress x", "x", articles=((link, spoilt),)), now)
    assert "paragraphs" in room.reprocess().fields
    assert room.rows("select body_text from articles") == [("\n\n".join(article.paragraphs),)]


def test_a_later_capture_that_the_stored_version_is_not_from_changes_nothing(room: Newsroom, now: datetime) -> None:
    room.crawl(html(), now, lambda article: replace(article, author="admin"))
    url = "https://warta.example/panen/"
    later = Page(url, html("Hasilnya 43 kg sayur.").encode(), "text/html; charset=utf-8", Link(url, "warta"))
    with open_pages(room.home.pages_db) as pages:
        pages.keep([Capture(later, now + DAY)], now + DAY)
    assert room.reprocess().fields == {"author": 1}
    assert room.rows("select body_text like '%34,6 kg%' from articles") == [(1,)]


def test_taken_down_stays_taken_down(room: Newsroom, now: datetime) -> None:
    room.crawl(html(), now, lambda article: replace(article, author="admin"))
    with closing(open_writer(room.home.database)) as db:
        db.execute("update articles set withheld = 'hidden'")
    room.reprocess()
    assert room.rows("select withheld, author from articles") == [("hidden", "Ani Contoh")]


def test_only_what_is_asked_for(room: Newsroom, now: datetime) -> None:
    for day in range(3):
        room.crawl(html(f"Bagian {day}."), now + day * DAY, lambda one: replace(one, author="admin"), f"/{day}/")
    assert room.reprocess(Wanted("kabar"), is_dry=True).articles == 0
    assert room.reprocess(Wanted(since=now + DAY), is_dry=True).changed == 2
    assert room.reprocess(Wanted("warta")).changed == 3


def test_damaged_page_is_told_and_the_others_are_read(room: Newsroom, now: datetime) -> None:
    for day in range(3):
        room.crawl(html(f"Bagian {day}."), now, lambda one: replace(one, author="admin"), f"/{day}/")
    with open_pages(room.home.pages_db) as pages, pages.writing():
        pages.db.execute("update payloads set bytes = zeroblob(9) where id = 2")
    done = room.reprocess()
    assert [url for url, _ in done.damaged] == ["https://warta.example/1/"]
    assert done.changed == 2


def test_a_fault_of_ours_on_one_page_is_told_and_costs_no_other(
    room: Newsroom, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(3):
        room.crawl(html(f"Bagian {day}."), now, lambda one: replace(one, author="admin"), f"/{day}/")

    def extract(page: Page, source: Source, at: datetime) -> Article:
        if page.url.endswith("/1/"):
            raise RecursionError("too deep")
        return extract_page(page, source, at)

    monkeypatch.setattr("crawler.replay.rereading.extract_page", extract)
    done = room.reprocess()
    assert done.damaged == [("https://warta.example/1/", "newsfeed failed on it: RecursionError: too deep")]
    assert (done.changed, done.refused) == (2, [])


def test_processes_of_their_own_give_the_same(room: Newsroom, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        room.crawl(html(f"Bagian {number}."), now, lambda one: replace(one, author="admin"), f"/{number}/")
    alone = room.reprocess(is_dry=True)
    monkeypatch.setattr("crawler.replay.readers.FEW", 0)
    together = room.reprocess(is_dry=True, jobs=2)
    assert together == alone
    assert together.changed == 40


def test_update_gets_in_between_two_slices_and_nothing_is_done_twice(room: Newsroom, now: datetime) -> None:
    for number in range(6):
        room.crawl(html(f"Bagian {number}."), now, lambda one: replace(one, author="admin"), f"/{number}/")
    free: list[bool] = []

    def on_progress(done: Replay) -> None:
        with pytest.raises(Exception, match="held"), hold(room.home.run_lock):
            free.append(True)

    async def watch() -> Replay:
        work = asyncio.create_task(
            reprocess(room.home, {"warta": room.source}, Wanted(), lambda: LATER, on_progress, jobs=1, seconds=0)
        )
        while not work.done():
            try:
                with hold(room.home.run_lock):
                    free.append(False)
            except Exception:  # noqa: BLE001
                pass
            await asyncio.sleep(0.01)
        return await work

    done = asyncio.run(watch())
    assert free
    assert True not in free
    assert (done.articles, done.changed, done.done) == (6, 6, 6)
    assert room.rows("select count(*) from corrections") == [(6,)]


@pytest.fixture
def crawled(room: Newsroom, now: datetime) -> Newsroom:
    room.crawl(html(), now, lambda article: replace(article, author="admin"))
    return room


def test_command_prints_fields_examples_and_totals(crawled: Newsroom) -> None:
    dry = newsfeed("reprocess", "--dry-run", "--home", crawled.home.path)
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "author\t1\tadmin\tAni Contoh\thttps://warta.example/panen/" in dry.stdout
    assert "1 articles read again: 1 would change, 0 would be new." in dry.stdout
    machine = json.loads(newsfeed("reprocess", "--dry-run", "--json", "--home", crawled.home.path).stdout)
    assert machine["fields"]["author"]["examples"][0]["after"] == "Ani Contoh"
    done = newsfeed("reprocess", "--home", crawled.home.path, "-q")
    assert (done.returncode, done.stdout) == (0, "")
    assert crawled.rows("select author from articles") == [("Ani Contoh",)]


def store(room: Newsroom, one: Article, at: datetime) -> None:
    """Store an article as it is, of which no page is kept."""
    link = Link(one.url, room.source.slug)
    with closing(open_writer(room.home.database)) as db, open_pages(room.home.pages_db):
        take_fetched(db, Fetched(link=link, status=200, article=one), at)


def test_spam_that_was_stored_before_its_rule_is_kept_back(
    room: Newsroom, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [f"https://warta.example/{n}/" for n in range(len(SPAM) + len(INNOCENT))]
    planted, innocent = addresses[: len(SPAM)], addresses[len(SPAM) :]
    with monkeypatch.context() as before:
        before.setattr("crawler.intake.suspicion", lambda _: None)
        for url, one in zip(addresses, [*SPAM, *INNOCENT], strict=True):
            store(room, replace(one, url=url, canonical_url=url), now)
    dry = room.reprocess(is_dry=True)
    assert {url for url, _ in dry.spam.held} == set(planted)
    assert room.rows("select url from articles where withheld is not null") == []
    printed = newsfeed("reprocess", "--home", room.home.path).stdout
    assert f"{planted[0]} put in quarantine: gambling spam: " in printed
    assert {url for (url,) in room.rows("select url from articles where withheld = 'quarantined'")} == set(planted)
    assert (room.reprocess().spam, innocent) == (Judged(), innocent)
    newsfeed("quarantine", "release", planted[0], "--home", room.home.path)
    assert room.reprocess(seconds=0.0).spam == Judged(), "what was released stays shown"


def test_what_is_no_spam_by_a_better_rule_is_shown_again(
    room: Newsroom, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://warta.example/a/"
    with monkeypatch.context() as before:
        before.setattr("crawler.intake.suspicion", lambda _: "gambling spam: names a number")
        store(room, replace(INNOCENT[0], url=url, canonical_url=url), now)
    assert room.rows("select withheld from articles") == [("quarantined",)]
    assert room.reprocess(Wanted(source="lain")).spam == Judged()
    assert room.reprocess().spam == Judged(freed=[url])
    assert room.rows("select withheld from articles") == [(None,)]


def test_command_names_a_source_that_is_none(crawled: Newsroom) -> None:
    done = newsfeed("reprocess", "--source", "wartaa", "--home", crawled.home.path)
    assert done.returncode == 2
    assert "wartaa" in done.stderr


def test_page_of_a_fixture_reads_as_in_a_crawl(room: Newsroom, now: datetime) -> None:
    room.crawl(page("https://warta.example", 1), now)
    assert room.reprocess().changed == 0
