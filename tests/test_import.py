"""`newsfeed import`: archives and saved pages become articles once, dated as they were, and undo nothing newer."""

from __future__ import annotations

import asyncio
import gzip
import os
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from crawling import newsfeed
from hypothesis import given
from hypothesis import strategies as st
from pressroom import page, story, title
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.extraction import extract_page
from crawler.grouping import group
from crawler.home import Config, Home
from crawler.intake import take_fetched
from crawler.models import Capture, Fetched, Link, Page, Source
from crawler.replay.archives import Found, Revisit, Saved, Skipped, address_in, read_archive
from crawler.replay.importing import Imported, import_pages
from crawler.replay.reprocess import reprocess
from crawler.replay.warc import write_warc
from crawler.storage import sources as stored
from crawler.storage.database import open_writer, transaction
from crawler.storage.page_reading import Wanted, capture, entries
from crawler.storage.pages import open_pages

AT = datetime(2026, 2, 1, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = "https://warta.example"


class Desk:
    """A home that knows one source, and imports into it."""

    def __init__(self, folder: Path, source: Source) -> None:
        self.home, self.source = Home(folder), source
        with closing(open_writer(self.home.database)) as db, transaction(db):
            stored.save(db, [source], LATER)

    def take(self, *found: Found, **given: object) -> Imported:
        records = {self.source.slug: self.source}
        work = import_pages(
            self.home,
            Config(),
            records,
            iter(found),
            lambda: LATER,
            lambda _: None,
            **{"jobs": 1, **given},  # type: ignore[arg-type]
        )
        return asyncio.run(work)

    def crawl(self, body: str, at: datetime, path: str = "/berita-1/") -> None:
        fetched = Page(SITE + path, body.encode(), "text/html", Link(SITE + path, self.source.slug))
        article = extract_page(fetched, self.source, at)
        with closing(open_writer(self.home.database)) as db, open_pages(self.home.pages_db) as pages:
            pages.keep([Capture(fetched, at)], at)
            take_fetched(db, Fetched(fetched.link or Link("", ""), 200, fetched.url, article), at)
            group(db, at)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.home.database)) as db:
            return [tuple(row) for row in db.execute(sql)]

    def dumps(self) -> list[list[str]]:
        found = []
        for path in (self.home.database, self.home.pages_db):
            with closing(sqlite3.connect(path)) as db:
                found.append(list(db.iterdump()))
        return found


@pytest.fixture
def desk(tmp_path: Path, site: Source) -> Desk:
    return Desk(tmp_path / "home", site)


def saved(n: int, at: datetime = AT, extra: str = "", site: str = SITE) -> Saved:
    return Saved(f"{site}/berita-{n}/", page(site, n, extra).encode(), "text/html; charset=utf-8", at)


def warc(*pages: Saved, packed: bool = True, **headers: str) -> bytes:
    """An archive of answers as they are sent, and what else stands in archives."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for one in pages:
        writer.write_record(answer(writer, one, **headers))
    return out.getvalue()


def answer(writer: WARCWriter, one: Saved, status: str = "200 OK", kind: str = "response", **headers: str) -> object:
    told = [
        ("Content-Type", one.content_type or ""),
        *((name.replace("_", "-"), text) for name, text in headers.items()),
    ]
    return writer.create_warc_record(
        one.url, kind, payload=BytesIO(one.body), length=len(one.body),
        http_headers=StatusAndHeaders(status, told, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": one.at.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )  # fmt: skip


def read(data: bytes) -> list[Found]:
    return list(read_archive(BytesIO(data), "x.warc"))


def urls(found: Sequence[Found]) -> list[str]:
    return [one.url for one in found if isinstance(one, Saved)]


# -- what is stored ----------------------------------------------------------------------------------------------------


def test_article_is_dated_by_its_record_and_enters_where_it_was_published(desk: Desk) -> None:
    done = desk.take(saved(1))
    assert (done.pages, done.counts["new"], done.sources) == (1, 1, [])
    row = desk.rows("select source, title, published, entered, first_seen, changed_at from articles")
    published = "2026-01-02T01:00:00Z"
    assert row == [("warta", title(1), published, published, "2026-02-01T00:00:00Z", "2026-06-01T00:00:00Z")]
    assert desk.rows("select origin, state from links") == [("import", "done")]


def test_now_is_the_day_of_the_record(desk: Desk) -> None:
    desk.take(saved(20, datetime(2026, 1, 10, tzinfo=UTC)))  # says it was published on the 21st
    [(published, first_seen)] = desk.rows("select published, first_seen from articles")
    assert str(published) <= "2026-01-10T00:00:00Z" == first_seen


def test_page_of_a_host_without_a_record_gets_a_source_that_is_never_crawled(desk: Desk) -> None:
    done = desk.take(saved(1, site="https://www.kabar-lain.example"), saved(2, site="https://kabar-lain.example"))
    assert done.sources == ["kabar-lain-example"]
    assert done.counts["new"] == 2
    facts = "select kind, state, republish, homepage from sources where slug = 'kabar-lain-example'"
    assert desk.rows(facts) == [("press", "imported", "summary", "https://www.kabar-lain.example/")]
    listed = newsfeed("sources", "list", "--home", desk.home.path).stdout
    assert "kabar-lain-example\tkabar-lain.example\tpress\timported\tno" in listed
    shown = newsfeed("sources", "show", "kabar-lain-example", "--home", desk.home.path).stdout
    assert "only imported pages are known of it" in shown
    assert "articles      2" in shown


def test_source_with_a_record_need_not_have_been_crawled(tmp_path: Path, site: Source) -> None:
    other = Source("kabar", "Kabar", "official", "https://kabar.example/", publisher="Humas")
    desk = Desk(tmp_path, site)
    work = import_pages(
        desk.home, Config(), {"kabar": other}, iter([saved(1, site="https://www.kabar.example")]), lambda: LATER,
        lambda _: None, jobs=1,
    )  # fmt: skip
    assert asyncio.run(work).sources == []
    assert desk.rows("select slug, publisher, state from sources where slug = 'kabar'") == [
        ("kabar", "Humas", "never tried")
    ]


def test_hosts_without_an_article_become_no_sources(desk: Desk) -> None:
    done = desk.take(Saved("https://toko.example/a/", b"<html><body><p>x</p></body></html>", "text/html", AT))
    assert (done.counts, done.sources) == ({"none": 1}, [])
    assert desk.rows("select slug from sources") == [("warta",)]


def test_twins_of_a_host_are_one_source_and_ports_are_hosts_of_their_own(desk: Desk) -> None:
    hosts = ("http://127.0.0.1:8123", "https://kabar.example", "https://m.kabar.example", "http://www.kabar.example")
    done = desk.take(*(saved(n, site=hosts[n % 4]) for n in range(1, 9)))
    assert sorted(done.sources) == ["127-0-0-1-8123", "kabar-example"]
    assert done.counts == {"new": 8}


def test_a_slug_that_is_taken_goes_to_nobody_else(desk: Desk) -> None:
    desk.source = replace(desk.source, slug="kabar-example")
    assert desk.take(saved(1, site="https://kabar.example")).sources == ["kabar-example-2"]


def test_imported_twice_is_imported_once(desk: Desk) -> None:
    found = [saved(1), saved(1, AT + DAY, "Tambahan."), saved(2), saved(3, site="https://lain.example")]
    desk.take(*found)
    before = desk.dumps()
    done = desk.take(*found)
    assert (done.kept, dict(done.counts)) == (0, {})
    assert desk.dumps() == before


def test_order_of_files_does_not_matter(desk: Desk, tmp_path: Path, site: Source) -> None:
    found = [saved(1, AT), saved(1, AT + DAY, " Jumlahnya 45."), saved(1, AT + 2 * DAY), saved(2, AT + DAY)]
    results = []
    for number, order in enumerate(([0, 1, 2, 3], [3, 2, 1, 0], [0, 2, 1, 3])):
        other = Desk(tmp_path / str(number), site)
        other.take(*(found[n] for n in order))
        results.append(
            other.rows("select title, body_text, first_seen, updated, entered from articles order by title")
            + other.rows("select class, seen_at, before, after from revisions order by seen_at")
        )
    assert results[0] == results[1] == results[2]
    assert len(results[0]) == 3, "two articles and one edit, as going back within days is none"


@pytest.mark.parametrize(("days", "text"), [(-1, "stored"), (1, "imported")])
def test_only_what_is_newer_than_the_stored_version_replaces_it(desk: Desk, days: int, text: str) -> None:
    desk.crawl(page(SITE, 1, " Versi stored."), AT)
    before = desk.rows("select * from articles")
    done = desk.take(saved(1, AT + days * DAY, " Versi imported."))
    assert f"Versi {text}." in str(desk.rows("select body_text from articles"))
    assert (desk.rows("select * from articles") == before) == (text == "stored")
    if text == "imported":
        assert desk.rows("select seen_at from revisions") == [("2026-02-02T00:00:00Z",)]
        assert desk.rows("select updated from articles") == [("2026-02-02T00:00:00Z",)]
    else:
        assert done.counts == {"older": 1}
        assert desk.rows("select count(*) from revisions") == [(0,)]


def test_what_was_confirmed_later_is_newer(desk: Desk) -> None:
    desk.crawl(page(SITE, 1), AT)
    desk.crawl(page(SITE, 1), AT + 2 * DAY)
    assert desk.take(saved(1, AT + DAY, " Salah.")).counts == {"older": 1}
    assert "Salah" not in str(desk.rows("select body_text from articles"))


def test_undated_article_never_stands_before_others(desk: Desk) -> None:
    desk.crawl(page(SITE, 1), AT)
    undated = page("https://lain.example", 2).replace("<time", "<i").replace("</time>", "</i>")
    desk.take(Saved("https://lain.example/berita-2/", undated.encode(), None, LATER - DAY))
    assert desk.rows("select published_from from articles order by feed_time, id desc") == [("first-seen",), ("time",)]


def test_withheld_stays_withheld(desk: Desk) -> None:
    desk.crawl(page(SITE, 1), AT)
    with closing(open_writer(desk.home.database)) as db:
        db.execute("update articles set withheld = 'hidden'")
    desk.take(saved(1, AT + DAY, " Baru."))
    assert desk.rows("select withheld from articles") == [("hidden",)]


def test_what_is_no_article_and_what_the_filter_leaves_out_are_counted(desk: Desk) -> None:
    desk.source = replace(desk.source, filter="subject")
    football = "<p>Laga berlangsung seru sejak menit awal di stadion kota, disaksikan ribuan penonton.</p>" * 3
    sport = page(SITE, 2).replace(story(2), football).replace(title(2), "Klub Serang Menang Telak")
    empty = Saved(f"{SITE}/tag/lapas/", b"<html><body><a href=/x>x</a></body></html>", "text/html", AT)
    home_page = Saved(f"{SITE}/", page(SITE, 3).encode(), "text/html", AT)
    done = desk.take(saved(1), Saved(f"{SITE}/2/", sport.encode(), "text/html", AT), empty, home_page)
    assert done.counts == {"new": 1, "excluded": 1, "none": 1}


def test_further_pages_join_their_article_whatever_their_order(desk: Desk, tmp_path: Path) -> None:
    links = f'<div class="page-links"><a href="{SITE}/berita-1/">1</a> <a href="{SITE}/berita-1/2/">2</a></div>'
    first = page(SITE, 1).replace("</p></div></article>", f"</p>{links}</div></article>")
    second = page(SITE, 1).replace(story(1), f"<p>{'Halaman dua bercerita lebih panjang. ' * 8}</p>{links}")
    assert links in first
    parts = [
        Saved(f"{SITE}/berita-1/2/", second.encode(), "text/html", AT + timedelta(seconds=2)),
        Saved(f"{SITE}/berita-1/", first.encode(), "text/html", AT),
    ]
    assert desk.take(*parts).counts == {"new": 1, "part": 1}
    [(text, partial)] = desk.rows("select body_text, partial from articles")
    assert ("kegiatan ke-1" in str(text), "Halaman dua" in str(text), partial) == (True, True, 0)
    before = desk.dumps()
    desk.take(*parts)
    assert desk.dumps() == before
    records = {"warta": desk.source}
    done = asyncio.run(reprocess(desk.home, records, Wanted(), lambda: LATER, lambda _: None, jobs=1))
    assert (done.articles, done.changed) == (1, 0)
    out = BytesIO()
    with open_pages(desk.home.pages_db, read_only=True) as pages:
        write_warc(out, (capture(pages, entry.id) for entry in entries(pages, Wanted(outcome="article"))))
    other = Desk(tmp_path / "other", desk.source)
    assert other.take(*read(out.getvalue())).counts == {"new": 1, "part": 1}
    assert other.rows("select body_text from articles") == [(text,)]


def test_what_was_broken_off_is_taken_in_by_the_next_import(desk: Desk) -> None:
    with open_pages(desk.home.pages_db) as pages:
        one = saved(1)
        link = Link(one.url, "warta", "import")
        pages.keep([Capture(Page(one.url, one.body, one.content_type, link), AT, "waiting")], LATER)
    assert desk.take(saved(2)).counts == {"new": 2}


def test_slices_take_everything_in(desk: Desk) -> None:
    done = desk.take(*(saved(n) for n in range(1, 8)), seconds=0)
    assert done.counts == {"new": 7}


# -- archives ----------------------------------------------------------------------------------------------------------

BODY = page(SITE, 1).encode()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (BODY, {}),
        (BODY, {"Content_Length": str(len(BODY))}),
        (gzip.compress(BODY), {"Content_Encoding": "gzip"}),
        (zlib.compress(BODY), {"Content_Encoding": "deflate"}),
        (zlib.compress(BODY, wbits=-15), {"Content_Encoding": "deflate"}),
        (BODY, {"Content_Encoding": "gzip"}),
        (brotli.compress(BODY), {"Content_Encoding": "br"}),
        (b"%x\r\n" % len(BODY) + BODY + b"\r\n0\r\n\r\n", {"Transfer_Encoding": "chunked"}),
        (BODY, {"Content_Length": "812", "X_Crawler_Content_Encoding": "gzip"}),
    ],
    ids=[
        "plain",
        "with length",
        "gzip",
        "deflate",
        "raw deflate",
        "unpacked by its archive",
        "brotli",
        "chunked",
        "unpacked by Common Crawl",
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_answers_are_read_however_they_were_sent(body: bytes, headers: dict[str, str], packed: bool) -> None:
    [found] = read(warc(replace(saved(1), body=body), packed=packed, **headers))
    assert isinstance(found, Saved)
    assert (found.body, found.url, found.at) == (BODY, f"{SITE}/berita-1/", AT)


def test_whole_file_in_one_gzip_member_is_read() -> None:
    assert len(read(gzip.compress(warc(saved(1), saved(2), packed=False)))) == 2


def test_only_whole_html_answers_are_pages() -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    one = saved(1)
    for record in (
        answer(writer, one, "404 Not Found"),
        answer(writer, one, "206 Partial Content"),
        answer(writer, replace(one, content_type="image/png")),
        answer(writer, replace(one, url="dns:warta.example")),
        answer(writer, one, kind="request"),
        answer(writer, replace(one, url="ftp://warta.example/x")),
        answer(writer, one),
    ):
        writer.write_record(record)
    assert urls(read(out.getvalue())) == [one.url]


def damaged(data: bytes, at: int) -> bytes:
    return data[:at] + b"\x00" * 40 + data[at + 40 :]


def nth(data: bytes, mark: bytes, number: int) -> int:
    at = -1
    for _ in range(number):
        at = data.index(mark, at + 1)
    return at


PLAIN = warc(saved(1), saved(2), saved(3), packed=False)
PACKED = warc(saved(1), saved(2), saved(3))
THIRD = nth(PLAIN, b"WARC/1.0", 3)
DAMAGES = {
    "cut off": (PLAIN[:-300], [1, 2]),
    "cut off, packed": (PACKED[:-30], [1, 2]),
    "member": (damaged(PACKED, nth(PACKED, b"\x1f\x8b\x08", 3) + 60), [1, 3]),
    "record's length is too small": (PLAIN.replace(b"Content-Length: ", b"Content-Length: 1", 2).replace(
        b"Content-Length: 1", b"Content-Length: ", 1), [2, 3]),
    "garbage before": (b"\x00garbage\n" * 9 + PLAIN, [1, 2, 3]),
    "garbage between": (PLAIN[:THIRD] + b"<p>\n" * 99 + PLAIN[THIRD:], [2, 3]),
    "length without end": (
        PLAIN[:THIRD] + b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n" + PLAIN[THIRD:], [1]),
    "no length": (PLAIN[:THIRD] + b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + PLAIN[THIRD:], [1, 2, 3]),
}  # fmt: skip


@pytest.mark.parametrize(("data", "left"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_named_and_costs_no_other_page(data: bytes, left: list[int]) -> None:
    found = read(data)
    assert urls(found) == [f"{SITE}/berita-{n}/" for n in left]
    assert any(isinstance(one, Skipped) for one in found)


def test_page_that_its_archive_cut_off_is_named() -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    record = answer(writer, saved(1))
    record.rec_headers.add_header("WARC-Truncated", "length")  # type: ignore[attr-defined]
    writer.write_record(record)
    writer.write_record(answer(writer, saved(2), Content_Length="999999"))
    first, second = read(out.getvalue())
    assert isinstance(first, Skipped)
    assert isinstance(second, Skipped)
    assert "length" in first.problem


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_packed_body_that_is_cut_off_is_named(encoding: str) -> None:
    body = brotli.compress(BODY) if encoding == "br" else gzip.compress(BODY)
    [found] = read(warc(replace(saved(1), body=body[:-60]), Content_Encoding=encoding))
    assert isinstance(found, Skipped)


@given(st.binary(max_size=60), st.integers(0, len(PACKED)), st.integers(0, 200), st.booleans())
def test_any_damage_leaves_pages_that_are_right(noise: bytes, at: int, lost: int, packed: bool) -> None:
    whole = PACKED if packed else PLAIN
    for one in read(whole[:at] + noise + whole[at + lost :]):
        if isinstance(one, Saved) and packed:
            assert one.body in {saved(n).body for n in (1, 2, 3)}


def revisits(**told: str) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    facts = {"WARC-Date": "2026-02-03T00:00:00Z", **{name.replace("_", "-"): text for name, text in told.items()}}
    writer.write_record(
        writer.create_warc_record(f"{SITE}/berita-1/?ref=9", "revisit", http_headers=headers, warc_headers_dict=facts)
    )
    return out.getvalue()


@pytest.mark.parametrize("by", ["address and date", "digest", "nothing"])
def test_revisit_is_the_page_that_it_refers_to(desk: Desk, by: str) -> None:
    first = replace(saved(1), url=f"{SITE}/berita-1/", digest="sha1:ABC")
    told = {
        "address and date": {"WARC_Refers_To_Target_URI": first.url, "WARC_Refers_To_Date": "2026-02-01T00:00:00Z"},
        "digest": {"WARC_Payload_Digest": "sha1:ABC"},
        "nothing": {"WARC_Payload_Digest": "sha1:XYZ"},
    }[by]
    [revisit] = read(revisits(**told))
    assert isinstance(revisit, Revisit)
    done = desk.take(revisit, first)  # in whatever order
    assert done.counts == ({"new": 1} if by == "nothing" else {"new": 1, "unchanged": 1})
    assert [one.where for one in done.skipped] == ([revisit.url] if by == "nothing" else [])


def test_what_is_exported_imports_as_it_was(desk: Desk, tmp_path: Path, site: Source) -> None:
    desk.take(saved(1), saved(1, AT + DAY, " Baru."), saved(2))
    out = BytesIO()
    with open_pages(desk.home.pages_db, read_only=True) as pages:
        assert write_warc(out, (capture(pages, entry.id) for entry in entries(pages, Wanted()))) == 3
    other = Desk(tmp_path / "other", site)
    other.take(*read(out.getvalue()))
    content = "select entry_id, title, body_text, published, entered, first_seen, updated from articles order by 1"
    assert other.rows(content) == desk.rows(content)
    again = BytesIO()
    with open_pages(other.home.pages_db, read_only=True) as pages:
        write_warc(again, (capture(pages, entry.id) for entry in entries(pages, Wanted())))
    assert again.getvalue() == out.getvalue()


# -- saved pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<!-- saved from url=(0031)https://warta.example/a/ --><link rel=canonical href='https://x.example/'>", "a/"),
        ("<!--\n Page saved with SingleFile \n url: https://warta.example/b/ \n saved date: Wed -->", "b/"),
        ('<link href="https://warta.example/c/?a=1&amp;b=2" rel="canonical">', "c/?a=1&b=2"),
        ("<meta property='og:url' content='https://warta.example/d/'>", "d/"),
        ("<meta content=https://warta.example/e/ property=og:url>", "e/"),
        ('<link rel="canonical" href="/relative"><meta property="og:url" content="https://warta.example/f/">', "f/"),
        ("<p>nothing</p>", None),
        ('<link rel="canonical" href="javascript:x">', None),
    ],
)
def test_address_in_a_saved_page(html: str, url: str | None) -> None:
    assert address_in(html.encode()) == (f"{SITE}/{url}" if url else None)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "one.html").write_bytes(page(SITE, 1).encode())
    (folder / "two.html").write_bytes(page(SITE, 2).replace('rel="canonical"', "").encode())
    (folder / "three.warc.gz").write_bytes(warc(saved(3)))
    (folder / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08no gzip at all")
    for name in ("one.html", "two.html"):
        os.utime(folder / name, (AT.timestamp(), AT.timestamp()))
    return folder


def test_command_takes_files_of_all_kinds(files: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = newsfeed("import", files / "one.html", files / "three.warc.gz", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 pages: 2 new articles.\nwarta-example: a source of its own")
    again = newsfeed("import", files / "three.warc.gz", files / "one.html", "--home", home)
    assert again.stdout == "2 pages: 0 new articles, 2 imported before.\n"
    named = newsfeed("import", files / "two.html", "--url", f"{SITE}/berita-2/", "--date", "2026-02-05", "--home", home)
    assert named.stdout == "1 pages: 1 new articles.\n"
    with closing(sqlite3.connect(home / "newsfeed.db")) as db:
        seen = dict(db.execute("select url, first_seen from articles").fetchall())
    assert seen[f"{SITE}/berita-1/"] == "2026-02-01T00:00:00Z"
    assert seen[f"{SITE}/berita-2/"] == "2026-02-05T00:00:00Z"


def test_command_names_what_it_skips_and_goes_on(files: Path, tmp_path: Path) -> None:
    given = (files / "two.html", files / "broken.warc.gz", files / "one.html")
    done = newsfeed("import", *given, "--home", tmp_path / "home")
    assert done.returncode == 1
    assert "1 new articles" in done.stdout
    assert "two.html: skipped: it does not tell its address: give that with --url." in done.stderr
    assert "broken.warc.gz, byte 0: skipped" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("missing.warc",), 1, "missing.warc cannot be read"),
        (("one.html", "--url", "warta"), 2, "--url is the http or https address"),
        (("one.html", "two.html", "--url", SITE), 2, "of one FILE"),
        ((), 2, "FILE"),
    ],
)
def test_command_says_what_is_wrong(
    files: Path, tmp_path: Path, arguments: Sequence[str], code: int, words: str
) -> None:
    names = [str(files / name) if "." in name and "//" not in name else name for name in arguments]
    done = newsfeed("import", *names, "--home", tmp_path / "home")
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
