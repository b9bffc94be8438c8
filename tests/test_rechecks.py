"""Stored articles are looked at again: edits, removals and returns on sites over days, and what that costs them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crawling import crawl, record, updates, write_home
from hypothesis import example, given
from hypothesis import strategies as st
from kit.wordpress import WordPress
from loopback import Reply, Site, conditional
from pressroom import listing, page, pages

from crawler.due import LOOKS, after_edit, first_look, next_look
from crawler.models import Check, Link, Page
from crawler.pages.indexing import unindexed
from crawler.removal import APART, Look, doubt, weigh

START = datetime.fromisoformat("2026-01-29T10:00:00+07:00")
STORED = START + timedelta(hours=1)  # when the second crawl finds what is new
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
GONE = Reply("tidak ada", status=404)


class Paper:
    """A site that is known by its listing alone: five old articles, and new ones from the second crawl on."""

    def __init__(self, home: Path, site: Site, **facts: object) -> None:
        self.home, self.site, self.seen = home, site, 0
        way = {"type": "listing", "url": f"{site.url}/b"}
        write_home(home, [record("warta", site.url, way, **facts)])
        self.publish(range(1, 6))

    def publish(self, numbers: range) -> None:
        self.site.routes |= pages(self.site.url, numbers)
        self.site.routes["/b"] = listing(self.site.url, [*numbers, *range(1, 6)])

    def crawl(self, at: datetime) -> tuple[dict[str, Any], list[str]]:
        """The report, and what was asked for beside the listing."""
        report = crawl(self.home, at.isoformat())
        assert report["errors"] == []
        asked, self.seen = self.site.paths()[self.seen :], len(self.site.paths())
        return report, [path for path in asked if path != "/b"]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.home / "newsfeed.db") as db:
            return db.execute(sql).fetchall()

    def removed(self) -> list[str]:
        return [url.removeprefix(self.site.url) for (url,) in self.rows("select url from articles where removed > ''")]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


@pytest.fixture
def paper(site: Site, tmp_path: Path) -> Paper:
    """One new article, found by the second crawl."""
    paper = Paper(tmp_path, site)
    paper.crawl(START)
    paper.publish(range(20, 21))
    _, asked = paper.crawl(STORED)
    assert asked == ["/berita-20/"]
    return paper


def test_edit_is_found_on_its_rung_and_never_before(paper: Paper) -> None:
    paper.site.routes["/berita-20/"] = page(paper.site.url, 20, " Acara ditutup pukul 15.40 oleh 99 petugas.")
    assert paper.crawl(STORED + HOUR - MINUTE)[1] == []
    report, asked = paper.crawl(STORED + HOUR)
    assert (asked, report["counts"]["warta"]) == (["/berita-20/"], {"edited": 1})
    edited = STORED + HOUR
    assert paper.crawl(edited + 5 * HOUR - MINUTE)[1] == []
    report, asked = paper.crawl(edited + 5 * HOUR)
    assert (asked, report["counts"]["warta"]) == (["/berita-20/"], {"unchanged": 1})


def test_page_that_never_changes_is_asked_for_six_times(paper: Paper) -> None:
    at, asked = STORED, 0
    while at < STORED + 40 * DAY:
        (at_next,) = paper.rows("select min(next_check) from links where url like '%-20/'")[0]
        if at_next is None:
            break
        at = datetime.fromisoformat(at_next)
        asked += paper.crawl(at)[1].count("/berita-20/")
    assert (asked, at - STORED) == (6, 30 * DAY)


def test_article_is_removed_after_two_looks_a_day_apart_and_restored_when_it_is_back(paper: Paper) -> None:
    alive, paper.site.routes["/berita-20/"] = paper.site.routes["/berita-20/"], GONE
    report, asked = paper.crawl(STORED + HOUR)
    assert asked[0] == "/berita-20/"
    assert len(asked) == 5, "one article tells nothing of a site: four others are looked at with it"
    assert (report["ended"]["warta"]["ok"], paper.removed()) == (True, [])
    first = STORED + HOUR
    assert paper.crawl(first + DAY - MINUTE)[1] == []
    report, asked = paper.crawl(first + DAY)
    assert asked[0] == "/berita-20/"
    assert (report["counts"]["warta"], paper.removed()) == ({"removed": 1}, ["/berita-20/"])
    assert "HTTP 404" in paper.rows("select after from revisions where class = 'removed'")[0][0]
    paper.site.routes["/berita-20/"] = alive
    paper.crawl(first + 2 * DAY)
    assert (paper.removed(), paper.rows("select class from revisions")) == ([], [("removed",), ("restored",)])
    assert paper.rows("select count(*) from links where gone_seen is not null") == [(0,)]


@pytest.mark.parametrize(
    "answer",
    [
        Reply("x", status=403),
        Reply("x", status=503),
        Reply("<html><title>404 Not Found</title><body><h1>404 Not Found</h1></body></html>"),
        Reply(status=302, headers={"Location": "/"}),
    ],
    ids=["refused", "out of order", "soft 404", "sent home"],
)
def test_what_tells_of_neither_removes_nothing(paper: Paper, answer: Reply) -> None:
    paper.site.routes |= {"/": "<html><body>Beranda</body></html>", "/berita-20/": answer}
    before = paper.rows("select * from articles")
    for at in (STORED + HOUR, STORED + 26 * HOUR, STORED + 3 * DAY):
        assert paper.crawl(at)[0]["ended"]["warta"]["ok"]
    assert (paper.removed(), paper.rows("select * from articles")) == ([], before)
    assert paper.rows("select count(*) from links where gone_seen is not null") == [(0,)]


def test_all_not_found_for_an_hour_removes_nothing_and_is_told(site: Site, tmp_path: Path) -> None:
    paper = Paper(tmp_path, site)
    paper.crawl(START)
    paper.publish(range(20, 26))
    paper.crawl(STORED)
    kept = dict(site.routes)
    for look in (HOUR, 26 * HOUR):  # twice, a day apart: that would be removals
        site.routes |= {path: GONE for path in kept if path.startswith("/berita-")}
        report, asked = paper.crawl(STORED + look)
        assert len(asked) == 6
        [incident] = report["incidents"]
        assert incident[1:] == ["opened", report["ended"]["warta"]["reason"]]
        assert "6 of 6 stored articles" in incident[2]
        site.routes |= kept
        report, asked = paper.crawl(STORED + look + HOUR)
        assert (report["ended"]["warta"]["ok"], len(asked)) == (True, 6)
        assert [what for _, what, _ in report["incidents"]] == ["closed"]
    assert (paper.removed(), paper.rows("select 1 from links where gone_seen is not null")) == ([], [])


def test_new_addresses_for_all_are_no_removals_though_few_are_looked_at(paper: Paper) -> None:
    paper.site.routes |= {path: GONE for path in paper.site.routes if path.startswith("/berita-")}
    for at in (STORED + HOUR, STORED + 26 * HOUR):
        report, _ = paper.crawl(at)
        assert report["ended"]["warta"]["state"] == "gone"
    assert paper.removed() == []


def test_validators_are_sent_verbatim_and_a_304_writes_nothing_but_the_rung(site: Site, tmp_path: Path) -> None:
    etag, since = 'W/"a-\xe9 1"', "Thu, 29 Jan 2026 02:00:00 GMT"
    paper = Paper(tmp_path, site)
    paper.crawl(START)
    paper.publish(range(20, 21))
    site.routes["/berita-20/"] = conditional(page(site.url, 20), etag, {"Last-Modified": since})
    paper.crawl(STORED)
    tables = ("articles", "revisions", "article_aliases", "fetches where url like '%berita%'",
              "links where url not like '%-20/'")  # fmt: skip
    before = [paper.rows(f"select * from {table}") for table in tables]
    report, _ = paper.crawl(STORED + HOUR)
    asked = next(one for one in reversed(site.asked) if one.path == "/berita-20/")
    assert (asked.headers["if-none-match"], asked.headers["if-modified-since"]) == (etag, since)
    assert report["counts"]["warta"] == {"unchanged": 1}
    assert [paper.rows(f"select * from {table}") for table in tables] == before
    assert paper.rows("select recheck_step from links where url like '%-20/'") == [(1,)]


def test_article_that_was_on_the_subject_keeps_its_edits(site: Site, tmp_path: Path) -> None:
    paper = Paper(tmp_path, site, kind="press", filter="subject")
    paper.crawl(START)
    paper.publish(range(20, 21))
    paper.crawl(STORED)
    other = page(site.url, 20)
    for old, new in (("Lapas Kelas IIA", "Gedung"), ("Lapas", "Warga"), ("warga binaan", "anak"), ("hunian", "kota")):
        other = other.replace(old, new)
    site.routes["/berita-20/"] = other
    report, _ = paper.crawl(STORED + HOUR)
    assert report["counts"]["warta"] == {"edited": 1}


def test_old_address_that_is_gone_is_no_removal_where_the_article_stands_elsewhere(site: Site, tmp_path: Path) -> None:
    paper = Paper(tmp_path, site)
    paper.crawl(START)
    paper.publish(range(20, 21))
    site.routes["/tetap/20/"] = page(site.url, 20).replace("/berita-20/", "/tetap/20/")
    site.routes["/berita-20/"] = Reply(status=301, headers={"Location": "/tetap/20/"})
    paper.crawl(STORED)
    site.routes["/berita-20/"] = GONE
    for at in (STORED + HOUR, STORED + 26 * HOUR):
        _, asked = paper.crawl(at)
        assert asked == ["/berita-20/", "/tetap/20/"]
    assert paper.removed() == []


# -- without a poll --------------------------------------------------------------------------------------------------


class Slow(Paper):
    """A paper that is polled once a day, under `newsfeed update`."""

    def __init__(self, home: Path, site: Site) -> None:
        super().__init__(home, site, every="24h")
        self.updates(START)
        self.publish(range(20, 22))
        self.polled = START + 29 * HOUR
        self.updates(self.polled)

    def updates(self, *times: datetime) -> tuple[list[dict[str, Any]], list[str]]:
        """The reports, and all that was asked for."""
        reports = updates(self.home, times, NEWSFEED_BACKOFF=0.0002)
        asked, self.seen = self.site.paths()[self.seen :], len(self.site.paths())
        return reports, asked


def test_looks_come_in_time_though_their_source_is_polled_once_a_day(site: Site, tmp_path: Path) -> None:
    paper = Slow(tmp_path, site)
    site.routes["/berita-20/"] = page(site.url, 20, " Acara ditutup pukul 15.40 oleh 99 petugas.")
    times = [paper.polled + n * 5 * MINUTE for n in range(1, 8 * 12)]
    reports, asked = paper.updates(*times)
    found = [(at, report["counts"]["warta"]) for at, report in zip(times, reports, strict=True) if report["counts"]]
    assert found == [
        (paper.polled + HOUR, {"edited": 1, "unchanged": 1}), (paper.polled + 6 * HOUR, {"unchanged": 2}),
    ]  # fmt: skip
    assert sorted(asked) == ["/berita-20/"] * 2 + ["/berita-21/"] * 2, "and no poll"


def test_removal_and_return_need_no_poll(site: Site, tmp_path: Path) -> None:
    paper = Slow(tmp_path, site)
    site.routes["/berita-20/"] = GONE
    paper.updates(paper.polled + HOUR)
    assert paper.removed() == []
    reports, _ = paper.updates(*(paper.polled + n * HOUR for n in range(2, 27)))
    assert paper.removed() == ["/berita-20/"]
    assert [report["incidents"] for report in reports if report["incidents"]] == []


def test_site_that_is_down_loses_no_look_and_is_polled_instead(site: Site, tmp_path: Path) -> None:
    paper = Slow(tmp_path, site)
    working = dict(site.routes)
    site.routes |= {path: Reply("x", status=503) for path in working}
    reports, asked = paper.updates(*(paper.polled + HOUR + n * 5 * MINUTE for n in range(6)))
    assert [what for report in reports for _, what, _ in report["incidents"]] == ["opened"]
    assert len(asked) <= 8 + 4
    site.routes |= working
    _, asked = paper.updates(paper.polled + 4 * HOUR)
    assert sorted(asked) == ["/b", "/berita-20/", "/berita-21/"]
    assert paper.rows("select recheck_step from links where next_check > '' and url like '%-2_/'") == [(1,), (1,)]


# -- REST and feeds --------------------------------------------------------------------------------------------------


def test_trashed_post_is_missed_by_one_request_a_day_and_restored_by_its_edit(tmp_path: Path) -> None:
    with WordPress(25) as site:
        write_home(tmp_path, [record("wp", site.url, {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"})])
        crawl(tmp_path)
        site.taken()
        site.desk.trash(24)
        told: list[tuple[int, int, int]] = []
        for _ in range(3):
            report = crawl(tmp_path, site.desk.tomorrow())
            asked = site.taken()
            presence = sum("include=" in path for path in asked)
            pages_asked = sum("wp-json" not in path for path in asked)
            told.append((presence, pages_asked, report["counts"]["wp"].get("removed", 0)))
        # Once for all that are due and once more for what is missing, then the one page that confirms it.
        assert told == [(2, 1, 0), (2, 1, 1), (0, 0, 0)]
        site.desk._change(24, status="publish")
        crawl(tmp_path, site.desk.tomorrow())
        with sqlite3.connect(tmp_path / "newsfeed.db") as db:
            assert db.execute("select class from revisions order by id").fetchall() == [("removed",), ("restored",)]


def test_rest_that_hides_a_post_whose_page_is_there_removes_nothing(tmp_path: Path) -> None:
    with WordPress(25) as site:
        write_home(tmp_path, [record("wp", site.url, {"type": "wordpress", "url": f"{site.url}/wp-json/wp/v2"})])
        crawl(tmp_path)
        post = site.desk.posts[24]
        still = site.post_page(post)
        site.desk.trash(24)
        site.routes[f"/{post.slug}/"] = still
        for _ in range(4):
            crawl(tmp_path, site.desk.tomorrow())
        with sqlite3.connect(tmp_path / "newsfeed.db") as db:
            assert db.execute("select count(*) from revisions").fetchone() == (0,)


# -- noindex ---------------------------------------------------------------------------------------------------------


def meta(name: str, content: str) -> bytes:
    return f'<html><head><meta name="{name}" content="{content}"></head><body><p>x</p></body></html>'.encode()


@pytest.mark.parametrize(
    ("body", "headers", "is_forbidden"),
    [
        (meta("robots", "noindex"), (), True),
        (meta("ROBOTS", "NOINDEX, FOLLOW"), (), True),
        (meta("robots", "follow;noindex"), (), True),
        (meta("robots", " none "), (), True),
        (meta("newsfeed-id", "noindex"), (), True),
        (b"<meta content='nofollow,noindex' name=robots><p>x</p>", (), True),
        (b'<meta name="robots" content="index"><meta name="robots" content="noindex"><p>x</p>', (), True),
        (meta("googlebot", "noindex"), (), False),
        (meta("robots", "index, max-image-preview: none"), (), False),
        (meta("robots", "max-snippet:-1, noarchive"), (), False),
        (meta("description", "noindex"), (), False),
        (b"<!-- <meta name='robots' content='noindex'> --><p>x</p>", (), False),
        (b"<p>x</p>", ("noindex",), True),
        (b"<p>x</p>", ("NONE",), True),
        (b"<p>x</p>", ("nofollow, noindex",), True),
        (b"<p>x</p>", ("newsfeed-id: noindex",), True),
        (b"<p>x</p>", ("*: noindex",), True),
        (b"<p>x</p>", ("googlebot: nofollow, noindex",), False),
        (b"<p>x</p>", ("googlebot: noindex, newsfeed-id: nofollow, noindex",), True),
        (b"<p>x</p>", ("nofollow", "noindex"), True),
        (b"<p>x</p>", ("unavailable_after: 25 Jun 2030 15:00:00 PST, noindex",), True),
        (b"<p>x</p>", ("max-image-preview: none",), False),
        (b"<p>x</p>", ("all",), False),
    ],
)
def test_spellings_of_noindex(body: bytes, headers: tuple[str, ...], is_forbidden: bool) -> None:
    assert (unindexed(Page("https://warta.example/a/", body), headers, "newsfeed-id") is not None) is is_forbidden


def by_meta(text: str) -> Reply:
    return Reply(text.replace("<head>", '<head><meta name="robots" content="noindex">'))


def by_header(text: str) -> Reply:
    return Reply(text, headers={"X-Robots-Tag": "noindex"})


@pytest.mark.parametrize("forbid", [by_meta, by_header])
def test_page_that_asks_not_to_be_indexed_is_neither_stored_nor_kept(
    site: Site, tmp_path: Path, forbid: Callable[[str], Reply]
) -> None:
    paper = Paper(tmp_path, site)
    paper.site.routes["/berita-3/"] = forbid(page(site.url, 3))
    paper.crawl(START)
    assert paper.rows("select count(*) from articles") == [(4,)]
    [(state, why)] = paper.rows("select state, error from links where url like '%-3/'")
    assert (state, "asks not to be indexed" in why) == ("open", True)
    with sqlite3.connect(tmp_path / "pages.db") as db:
        assert db.execute("select count(*) from captures where url like '%-3/'").fetchone() == (0,)
    site.routes["/berita-3/"] = page(site.url, 3)
    paper.crawl(START + HOUR)
    assert paper.rows("select count(*) from articles") == [(5,)]


def test_site_that_forbids_all_is_told_of(site: Site, tmp_path: Path) -> None:
    paper = Paper(tmp_path, site)
    site.routes |= {f"/berita-{n}/": by_header(page(site.url, n)) for n in range(1, 6)}
    report, _ = paper.crawl(START)
    assert report["ended"]["warta"]["state"] == "robots"
    assert "asks not to be indexed" in report["ended"]["warta"]["reason"]


def test_noindex_that_comes_later_withdraws_after_two_looks(paper: Paper) -> None:
    paper.site.routes["/berita-20/"] = by_header(page(paper.site.url, 20, " Acara ditutup oleh 99 petugas."))
    paper.crawl(STORED + HOUR)
    assert paper.removed() == []
    paper.crawl(STORED + 25 * HOUR)
    assert paper.removed() == ["/berita-20/"]
    assert "noindex" in paper.rows("select after from revisions where class = 'removed'")[0][0]


# -- the rules -------------------------------------------------------------------------------------------------------

CHECK = Check(
    link=Link("https://warta.example/a/", "warta"), article_id=1, home="https://warta.example/a/", due_at=START
)
hours = st.one_of(st.none(), st.integers(0, 72))
looks = st.lists(
    st.builds(
        lambda answer, since, removed: Look(
            replace(CHECK, gone_since=None if since is None else START - since * HOUR, is_removed=removed), answer, "x"
        ),
        st.sampled_from(("alive", "gone", "unclear")),
        hours,
        st.booleans(),
    ),
    max_size=40,
)


@given(looks)
def test_only_what_was_gone_a_day_ago_is_removed(found: list[Look]) -> None:
    for look, verdict in weigh(found, START):
        if verdict == "remove":
            assert look.answer == "gone"
            assert look.check.gone_since is not None
            assert START - look.check.gone_since >= APART
            assert not look.check.is_removed


@given(looks)
def test_where_more_than_a_fifth_is_gone_nothing_is_removed_or_suspected(found: list[Look]) -> None:
    told = [look.answer for look in found if look.answer != "unclear" and not look.check.is_removed]
    is_mass = told.count("gone") >= 3 and told.count("gone") / len(told) > 0.2
    assert (doubt(found) is not None) == is_mass
    if is_mass:
        assert {verdict for _, verdict in weigh(found, START)} <= {"stay", "on"}


@pytest.mark.parametrize(
    ("gone", "alive", "is_mass"),
    [(1, 0, False), (2, 0, False), (3, 0, True), (3, 12, False), (3, 11, True), (12, 18, True)],
)
def test_a_fifth(gone: int, alive: int, is_mass: bool) -> None:
    found = [Look(CHECK, "gone")] * gone + [Look(CHECK, "alive")] * alive
    assert (doubt(found) is not None) is is_mass


@given(st.integers(0, 60 * 24), st.booleans())
def test_first_look_is_ahead_and_on_the_ladder(age: int, is_carried: bool) -> None:
    began = START - age * HOUR
    look = first_look(began, START, is_carried=is_carried)
    if look is None:
        assert age * HOUR >= LOOKS[-1]
        return
    rung, at = look
    assert at > START
    assert timedelta() <= at - (began + LOOKS[rung]) < (DAY if is_carried else MINUTE)


@example([True] * 40)
@given(st.lists(st.booleans(), min_size=40, max_size=40))
def test_ladder_ends_however_often_a_page_changes(edits: list[bool]) -> None:
    found = first_look(START, START, is_carried=False)
    assert found is not None
    rung, at, count, asked = *found, 0, 1
    for is_edited in edits:
        count += is_edited
        rung = after_edit(rung, count) if is_edited else rung + 1
        following = next_look(at, rung, is_carried=False)
        if following is None:
            break
        assert following > at
        at, asked = following, asked + 1
    assert following is None
    assert asked <= sum(range(len(LOOKS) + 2))
