"""Sources watched over days on which something happens to each: nothing lost, nothing twice, trouble told once.

A clock of the test drives all sites: before each update it publishes and edits on every one of them, lets faults begin
and end, and writes down what was asked for. Two days run by default; with `--long` it is a month in which every fault
comes again each tenth day.
"""

from __future__ import annotations

import sqlite3
import ssl
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from certificates import Authority
from crawling import record, updates, write_home
from kit.cms import Cms
from kit.crawled import Way
from kit.joomla import Joomla
from kit.old_php import OldPhp
from kit.varient import Varient
from kit.wordpress import WordPress
from loopback import Asked, Reply, Site
from offices import (
    CHALLENGE,
    Event,
    Office,
    answering,
    feed,
    forbid,
    later,
    lose_name,
    nothing,
    redesign,
    swap,
    trash,
    well,
    without_articles,
)

from crawler.due import LOOKS

START = datetime(2026, 1, 29, 10, tzinfo=ZoneInfo("Asia/Jakarta"))
HOUR = timedelta(hours=1)
STEP = 2  # hours between two updates
CALM = 8  # hours behind the last day, in which what began late comes to its end
AGAIN = 240  # hours from a fault to its return
OLD = 25  # posts of each site before the first update
WALK = 6  # requests that lead a first crawl through all of them, or a probe to another way

# Tells the sites what time it is before each update, and learns which names resolve. It must come before Twisted.
CLOCK = """
import socket, urllib.request
unbroken, broken = socket.getaddrinfo, set()
def getaddrinfo(host, *given, **named):
    if host in broken:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return unbroken("127.0.0.1" if str(host).endswith(".example") else host, *given, **named)
socket.getaddrinfo = getaddrinfo
import crawler.run as crawls
untold = crawls.crawl
async def crawl(home, config, sources, now, **given):
    told = urllib.request.urlopen("{clock}?" + str(int(now.timestamp()))).read().decode()
    broken.clear()
    broken.update(told.split())
    return await untold(home, config, sources, now, **given)
crawls.crawl = crawl
"""


REST, FEED, LISTING = Way("wordpress", "/wp-json/wp/v2"), Way("feed", "/feed/"), Way("listing", "/", "path")
BERITA, ARSIP = Way("listing", "/berita", "start"), Way("listing", "/arsip.php", "hal")
UMPAN = Way("feed", "/rss/latest-posts")


@dataclass(frozen=True)
class Fault:
    """What happens to a site from one hour of the simulation up to another, and what an operator hears of it.

    `state` is the incident's, None where there must be none; `during` bounds the requests beside robots.txt while it
    lasts, None where it hinders nobody; where it comes again, that holds from `known` hours on. `poll` is what finding
    new articles may cost in one update.
    """

    site: type[Cms]
    ways: tuple[Way, ...]
    begin: Event = nothing
    end: Event = nothing
    at: int = 0
    until: int = 0
    state: str | None = None
    during: int | None = None
    poll: int = 2
    known: int = 0
    settings: dict[str, object] = field(default_factory=dict)


FAULTS = {
    "calm": Fault(WordPress, (REST,)),
    "feed-gone": Fault(WordPress, (FEED,), feed("gone"), feed("full"), 10, 16, poll=1),
    "redesign": Fault(OldPhp, (ARSIP,), redesign, at=13),
    "429-seconds": Fault(
        Varient, (UMPAN,), answering(lambda: Reply(status=429, headers={"Retry-After": "21600"})), well, 10, 16,
        "failing", 1, poll=1,
    ),
    "429-date": Fault(WordPress, (LISTING,), answering(later), well, 10, 16, "failing", 1),
    "challenge": Fault(Joomla, (BERITA,), answering(lambda: Reply(CHALLENGE)), well, 8, 16, "blocked", 1),
    "weak-etag": Fault(WordPress, (FEED,), poll=1, settings={"gzip": True}),
    "dns": Fault(Varient, (UMPAN,), lose_name, lose_name, 20, 26, "dns/tls", 0, poll=1),
    "certificate": Fault(Joomla, (BERITA,), swap, swap, 20, 26, "dns/tls", 0),
    "slow-body": Fault(
        WordPress, (FEED,), answering(lambda: Reply("x" * 1000, drip=0.2)), well, 30, 34, "failing", 8, poll=1,
        settings={"feed": "partial"},
    ),
    "robots": Fault(OldPhp, (ARSIP,), forbid, well, 0, 30, "robots", 0, known=24),
    # Looks at pages are due two hours behind each post; in another hour nobody would notice.
    "mass-404": Fault(WordPress, (LISTING,), without_articles, well, 32, 33, "gone"),
    "trashed-rest": Fault(WordPress, (REST,), trash, at=6),
    "trashed-pages": Fault(Joomla, (BERITA,), trash, at=6),
}  # fmt: skip


@dataclass(frozen=True)
class Days:
    """What is left when all is over; `rows` asks the database, `times` counts how often each fault came."""

    offices: dict[str, Office]
    reports: Sequence[dict[str, Any]]
    home: Path
    hours: range
    times: int

    def rows(self, sql: str, slug: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.home / "newsfeed.db")) as db:
            return db.execute(sql, (slug,)).fetchall()


def tick(offices: dict[str, Office], length: int, asked: Asked) -> Reply:
    """Let the time come that the path tells; gives the names that do not resolve. No fault begins after `length`."""
    now = datetime.fromtimestamp(int(asked.path.partition("?")[2]), START.tzinfo)
    hour = (now - START) // HOUR
    for name, office in offices.items():
        fault = FAULTS[name]
        office.settle(hour - STEP)
        for past in range(max(hour - STEP + 1, 0), hour + 1):
            office.site.desk.now = START + past * HOUR - 5 * HOUR / 60
            office.live(past)
            if past % AGAIN == fault.at and past < length:
                fault.begin(office)
            elif past % AGAIN == fault.until and past:
                fault.end(office)
        office.site.desk.now = now
    return Reply(" ".join(f"{name}.example" for name, office in offices.items() if office.name_is_lost))


def up(stack: ExitStack, home: Path) -> Iterator[tuple[str, Office]]:
    """All offices, those by name and behind TLS too."""
    authority = Authority(home)
    contexts = []
    for days in (30, -1):
        contexts.append(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
        contexts[-1].load_cert_chain(authority.certificate("localhost", days, is_signed=True))
        contexts[-1].num_tickets = 0
    for name, fault in FAULTS.items():
        office = Office(stack.enter_context(fault.site(OLD, **fault.settings)), contexts)
        if name == "certificate":
            office.encrypt(authority)
        if name == "dns":
            office.site.url = office.site.url.replace("127.0.0.1", f"{name}.example")
        yield name, office


@pytest.fixture(scope="module")
def days(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    """All sites after two days, or thirty."""
    home = tmp_path_factory.mktemp("days")
    length = 24 * (30 if request.config.getoption("--long") else 2)
    hours = range(0, length + CALM, STEP)
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        offices = dict(up(stack, home))
        patch.setenv("SSL_CERT_FILE", str(home / "authority.pem"))
        clock = stack.enter_context(Site({"/clock": lambda asked: tick(offices, length, asked)}))
        write_home(
            home,
            [record(name, one.site.url, *(way.of(one.site) for way in FAULTS[name].ways))
             for name, one in offices.items()],
        )  # fmt: skip
        preamble = CLOCK.replace("{clock}", f"{clock.url}/clock")
        reports = updates(home, [START + hour * HOUR for hour in hours], preamble, timeout=1800, DOWNLOAD_TIMEOUT=1.5)
        for office in offices.values():
            office.settle(hours[-1])
        yield Days(offices, reports, home, hours, -(-length // AGAIN))


NAMES = pytest.mark.parametrize("name", FAULTS)
HINDERED = pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.during is not None])


def test_no_update_goes_wrong_by_itself(days: Days) -> None:
    assert [error for report in days.reports for error in report["errors"]] == []


@NAMES
def test_every_post_is_stored_and_shown(days: Days, name: str) -> None:
    shown = days.rows("select title from articles where source = ? and removed is null and withheld is null", name)
    assert set(days.offices[name].site.truth().values()) - {title for (title,) in shown} == set()


@NAMES
def test_no_article_is_shown_twice_or_beside_the_truth(days: Days, name: str) -> None:
    shown = days.rows("select title from articles where source = ? and removed is null and withheld is null", name)
    titles = Counter(title for (title,) in shown)
    assert titles == Counter(days.offices[name].site.truth().values())


@NAMES
def test_only_what_was_trashed_is_removed(days: Days, name: str) -> None:
    removed = days.rows("select url from articles where source = ? and removed is not null", name)
    assert {url for (url,) in removed} == days.offices[name].trashed


@NAMES
def test_trouble_is_told_once_and_over_once(days: Days, name: str) -> None:
    told = days.rows("select state, closed_at is not null, reopened from incidents where source = ? order by id", name)
    expected = [FAULTS[name].state] * days.times if FAULTS[name].state else []
    assert told == [(state, 1, 0) for state in expected]
    news = [what for report in days.reports for source, what, _ in report["incidents"] if source == name]
    assert news == ["opened", "closed"] * len(expected)


@NAMES
def test_robots_txt_is_asked_for_once_a_day(days: Days, name: str) -> None:
    asked = [hour for hour, paths in days.offices[name].by_hour.items() for path in paths if path == "/robots.txt"]
    assert asked
    assert all(later - earlier >= 24 for earlier, later in pairwise(asked))


@HINDERED
def test_site_in_trouble_is_left_alone(days: Days, name: str) -> None:
    fault = FAULTS[name]
    for past in range(days.times):
        hours = range(past * AGAIN + fault.at + (fault.known if past else 0), past * AGAIN + fault.until)
        asked = [path for hour in hours for path in days.offices[name].by_hour.get(hour, ()) if path != "/robots.txt"]
        assert len(asked) <= (fault.during or 0), asked


@NAMES
def test_requests_are_those_of_the_schedule(days: Days, name: str) -> None:
    """A poll in each update at most, the walk back of the first one, and each page as often as the ladder looks."""
    office, fault = days.offices[name], FAULTS[name]
    asked = Counter(path for paths in office.by_hour.values() for path in paths if path != "/robots.txt")
    found = len(days.hours) * fault.poll + WALK + days.times * (fault.during or 0)
    assert asked.total() <= found + looked_at(days, name), asked.most_common(5)


@NAMES
def test_no_page_is_asked_for_more_often_than_the_ladder_has_rungs(days: Days, name: str) -> None:
    office = days.offices[name]
    pages = {office.site.address(post).removeprefix(office.site.url) for post in office.site.desk.posts.values()}
    asked = Counter(path for paths in office.by_hour.values() for path in paths if path in pages)
    assert [path for path, count in asked.items() if count > 1 + len(LOOKS) + 1] == []  # one in vain, or after an edit


def looked_at(days: Days, name: str) -> int:
    """The most requests that articles may cost: their pages, and looks at them, one more for each edit.

    Where REST tells of them they cost two requests a day, and two looks at the page of each that is missing.
    """
    office, end = days.offices[name], START + days.hours[-1] * HOUR
    if FAULTS[name].ways == (REST,):
        return 2 * (days.hours[-1] // 24 + 1) + 2 * len(office.trashed)
    posts = office.site.desk.posts.values()
    return sum(
        1 + sum(START - post.published < look <= end - post.published for look in LOOKS) + post.edition - 1
        for post in posts
    )


def test_weak_etag_is_given_back_as_it_came(days: Days) -> None:
    polls = [one for one in days.offices["weak-etag"].site.asked if one.path == "/feed/"]
    tags = [one.headers.get("if-none-match", "") for one in polls]
    assert tags[0] == ""
    assert all(tag.startswith('W/"') for tag in tags[1:])
    assert len(set(tags)) < len(tags) - 1  # else no answer was ever the same, and nothing follows
