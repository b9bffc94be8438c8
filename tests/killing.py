"""Sites that live through two days, processes that work on them and may be killed, and a look at what these left.

A process is forked from one that has imported the program already, so that it spends its time in the work itself.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from archive import ARCHIVE, archive_page, paged_feed
from crawling import QUICK, record, write_home
from kit.cms import Cms
from kit.joomla import Joomla
from kit.newsroom import OPENING, Newsroom
from kit.nextjs import NextJs
from kit.wordpress import WordPress
from loopback import Site
from pressroom import listing, page, pages, story

from crawler.home import Home, load_config
from crawler.lock import hold
from crawler.sources import load_sources
from crawler.sources.choice import choose
from crawler.storage import check
from crawler.storage.database import connect, open_writer, transaction
from feeds.doctor import examine

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["killing", "crawler.run", "crawler.backfill", "crawler.replay.reprocess", "feeds.build"]
)
WORLD_SIZE = 25
DAYS = [OPENING + timedelta(days=n, hours=2) for n in (0, 1)]
LATER = DAYS[1] + timedelta(hours=3)
SINCE = datetime(2026, 1, 8, tzinfo=UTC)  # of the backfill: twenty articles


# -- sites -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """Servers and the records of their sources; `show` turns all of them to the first day or the second."""

    records: Sequence[str]
    show: Callable[[int], None]
    hidden: Sequence[str]  # an address that is stored on the first day, and one that only the second day brings


def happen(desk: Newsroom) -> None:
    """What the second day has: news, edits of old and new, another slug, a copy, something gone."""
    desk.publish()
    desk.edit(24)
    desk.edit(5, title="Lapas Cilegon Meluruskan Jumlah Peserta Kegiatan")
    desk.rename_slug(23, "judul-yang-lain-sama-sekali")
    desk.repost(22)
    desk.trash(21)
    desk.publish()
    desk.tomorrow()


@contextmanager
def world() -> Iterator[World]:
    """Sites of all kinds of ways, which answer at once."""
    kinds: dict[str, tuple[Cms, dict[str, object]]] = {
        "rest": (WordPress(120), {"type": "wordpress", "url": "/wp-json/wp/v2"}),
        "umpan": (WordPress(WORLD_SIZE), {"type": "feed", "url": "/feed/"}),
        "ringkas": (WordPress(WORLD_SIZE, feed="partial"), {"type": "feed", "url": "/feed/"}),
        "daftar": (Joomla(WORLD_SIZE), {"type": "listing", "url": "/berita", "paging": "start"}),
        "peta": (NextJs(WORLD_SIZE), {"type": "sitemap", "url": "/sitemap.xml"}),
    }
    paged, old = Site(), Site()
    old.routes |= {f"/berita-{n}/": archive_page(old.url, n) for n in ARCHIVE} | paged_feed(old.url)
    days = {slug: _days(site.desk) for slug, (site, _) in kinds.items()}

    def show(day: int) -> None:
        for slug, (site, _) in kinds.items():
            site.desk = days[slug][day]
        _show_paged(paged, day)

    records = [_record(slug, site.url, way) for slug, (site, way) in kinds.items()]
    records.append(_record("berhalaman", paged.url, {"type": "listing", "url": "/b"}))
    records.append(_record("arsip", old.url, {"type": "feed", "url": "/feed/"}))
    sites = [*(site for site, _ in kinds.values()), paged, old]
    rest, feed = kinds["rest"][0], kinds["umpan"][0]
    hidden = [rest.address(days["rest"][0].posts[118]), feed.address(days["umpan"][1].posts[WORLD_SIZE + 1])]
    try:
        for site in sites:
            site.__enter__()
        yield World(records, show, hidden)
    finally:
        for site in sites:
            site.__exit__(None, None, None)


def _days(desk: Newsroom) -> tuple[Newsroom, Newsroom]:
    second = deepcopy(desk)
    happen(second)
    return desk, second


def _record(slug: str, url: str, way: dict[str, object]) -> str:
    return record(slug, url, way | {"url": f"{url}{way['url']}"})


def _show_paged(site: Site, day: int) -> None:
    """Seven articles, the second on three pages; the next day its last page is another, and an eighth is there."""
    site.routes = dict(pages(site.url, range(1, 8 + day)))
    links = "".join(f'<a href="{site.url}/berita-2/{n}/">{n}</a>' for n in (1, 2, 3))
    first = page(site.url, 2).replace("</div></article>", f"<div class=page-links>{links}</div></div></article>")
    further = {2: story(92), 3: story(93 + day)}
    site.routes |= {"/berita-2/": first, "/b": listing(site.url, range(7 + day, 0, -1))}
    site.routes |= {f"/berita-2/{n}/": first.replace(story(2), text) for n, text in further.items()}


def prepare(home: Path, sites: World) -> None:
    """A home that knows the sites."""
    write_home(home, sites.records)


# -- steps: each is one process ----------------------------------------------------------------------------------------


def crawl(home: Home, now: datetime) -> None:
    """As `newsfeed crawl`."""
    from scrapy.settings import Settings

    from crawler import run

    config, settings = load_config(home), Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(QUICK, priority="cmdline")
    sources = choose(load_sources(home.sources_dir), config.include, config.exclude, home.config_path)
    report = run.start(run.crawl(home, config, sources, now, settings=settings))
    assert (report.errors, [ended for ended in report.ended if not ended.ok]) == ([], [])


def backfill(home: Home, now: datetime) -> None:
    """As `newsfeed backfill arsip`."""
    from crawler.backfill import backfill as walk_back
    from crawler.run import start

    source = load_sources(home.sources_dir)["arsip"]
    start(walk_back(home, load_config(home), source, SINCE, lambda: now, lambda _: None))


def reprocess(home: Home, now: datetime) -> None:
    """As `newsfeed reprocess`, in the one process that is killed."""
    from crawler.replay.reprocess import reprocess as read_again
    from crawler.storage.page_reading import Wanted

    records = load_sources(home.sources_dir)
    asyncio.run(read_again(home, records, Wanted(), lambda: now, lambda _: None, jobs=1))


def build(home: Home, _: datetime) -> None:
    """As `newsfeed build`."""
    from feeds.build import build as build_all

    build_all(home, load_config(home))


def hide(home: Home, now: datetime, urls: Sequence[str]) -> None:
    """As `newsfeed hide`, for one address after the other."""
    from crawler.storage import takedowns

    with closing(open_writer(home.database)) as db:
        for url in urls:
            takedowns.hide(db, url, "atas permintaan", now)


@dataclass(frozen=True)
class Step:
    """A process at a time of the two days; `before` happens when the time comes, and not again after a kill."""

    name: str
    work: Callable[..., None]
    now: datetime
    day: int = 0
    given: tuple[Any, ...] = ()
    before: Callable[[Home], None] = lambda home: None


def steps(sites: World) -> list[Step]:
    """The two days."""
    return [
        Step("backfill", backfill, DAYS[0] - timedelta(hours=1)),
        Step("first crawl", crawl, DAYS[0]),
        Step("hide", hide, DAYS[0] + timedelta(hours=1), given=(sites.hidden,)),
        Step("build", build, DAYS[0] + timedelta(hours=1)),
        Step("second crawl", crawl, DAYS[1], day=1),
        Step("reprocess", reprocess, LATER, day=1, before=read_badly),
        Step("last build", build, LATER, day=1),
    ]


def read_badly(home: Home) -> None:
    """Make every third article one that an older program read worse."""
    with closing(connect(home.database)) as db, transaction(db):
        db.execute(
            "update articles set author = 'Oleh', content_hash = 'x' where unicode(substr(entry_id, -1)) % 3 = 0"
        )


def run(step: Step, home: Path, kill_after: float | None = None) -> tuple[bool, float]:
    """Run a step in a process of its own, and kill it after so many seconds; whether it was killed, and its time."""
    process = PROCESSES.Process(target=step.work, args=(Home(home), step.now, *step.given))
    begin = monotonic()
    process.start()
    process.join(kill_after if kill_after is not None else 120)
    process.kill()
    process.join()
    code, taken = process.exitcode, monotonic() - begin
    process.close()
    assert code in ((0,) if kill_after is None else (0, -9)), f"{step.name} ended with {code}"
    return code != 0, taken


# -- what is left ------------------------------------------------------------------------------------------------------

# Tables by names instead of keys. All times are compared, as a process that is begun again has the `now` of the one
# before. Left out is what may differ without anything being lost:
# - keys, and `change`: numbers that are taken in the order of writing, and mean something within one home only;
# - `sources.state` and `state_since`, and the table `runs`: they tell what the last run found, and the one that came to
#   its end found only what the killed one had left; so do `fetches.bytes` and `fetched_at`.
CONTENT = {
    "articles": "select * from articles order by entry_id",
    "article_aliases": """select entry_id, a.source, kind, value from article_aliases a
        join articles on articles.id = article_id order by 1, 2, 3, 4""",
    "article_images": """select entry_id, position, i.url, caption, credit from article_images i
        join articles on articles.id = article_id order by 1, 2""",
    "article_tags": """select entry_id, kind, position, name from article_tags
        join articles on articles.id = article_id order by 1, 2, 3""",
    "article_related": """select entry_id, position, r.title, r.url from article_related r
        join articles on articles.id = article_id order by 1, 2""",
    "revisions": """select entry_id, r.seen_at, class, also, fields, before, after, flips, flipped_at from revisions r
        join articles on articles.id = article_id order by entry_id, r.seen_at, class, before""",
    "corrections": """select entry_id, corrected_at, version, fields, published_before, published_after
        from corrections join articles on articles.id = article_id order by 1, 2, 4""",
    "links": """select l.url, l.source, origin, state, found_at, attempts, next_try, error, hints, entry_id
        from links l left join articles on articles.id = article_id order by l.url""",
    "merges": """select kept.entry_id, dropped.entry_id as dropped, reason, aliases, at, undone_at, undone_reason
        from merges join articles kept on kept.id = kept_id join articles dropped on dropped.id = dropped_id
        order by 1, 2, at""",
    "takedowns": "select url, url_key, reason, hidden_at, lifted_at from takedowns order by url",
    "sources": """select slug, name, cursor, pending, strategy, reason, ways, failure_points, last_try, last_success,
        last_new, next_due from sources order by slug""",
    "fetches": "select url, source, strategy, etag, last_modified, status, error from fetches order by url",
    "incidents": "select source, state, reason, opened_at, closed_at from incidents order by 1, 4",
}
OF_THE_RUN = {"id", "change"}
CAPTURES = """select key, url, source, origin, kind, page_url, content_type, hints, hex(hash), fetched_at, outcome,
    (select group_concat(page_url || ' ' || hex(p.hash)) from
        (select * from parts where capture_id = captures.id order by position) f
        join payloads p on p.id = f.payload_id) as parts
    from captures join payloads on payloads.id = payload_id"""


@dataclass(frozen=True)
class Left:
    """What a home holds: tables by their names, captures, and public files."""

    tables: dict[str, list[dict[str, object]]]
    captures: frozenset[tuple[object, ...]]
    files: dict[str, bytes]


def look(home: Path) -> Left:
    """Everything that does not depend on how often a process was begun."""
    place = Home(home)
    with closing(connect(place.database)) as db:
        tables = {name: [_row(row) for row in db.execute(sql)] for name, sql in CONTENT.items()}
    with closing(sqlite3.connect(place.pages_db)) as db:
        captures = frozenset(db.execute(CAPTURES).fetchall())
    files = {
        str(path.relative_to(place.public)): path.read_bytes() for path in place.public.rglob("*") if path.is_file()
    }
    return Left(tables, captures, files)


def _row(row: sqlite3.Row) -> dict[str, object]:
    return {name: value for name, value in dict(row).items() if name not in OF_THE_RUN}


def differences(calm: Left, killed: Left) -> list[str]:
    """What two homes differ in, a line each; that the killed one has more captures is none."""
    found = []
    for name, rows in calm.tables.items():
        theirs, ours = ({repr(row) for row in side} for side in (rows, killed.tables[name]))
        found += [f"{name}: lost {row}" for row in sorted(theirs - ours)]
        found += [f"{name}: has {row}" for row in sorted(ours - theirs)]
        if len(rows) != len(killed.tables[name]) and theirs == ours:
            found.append(f"{name}: a row twice")
    found += [f"captures: lost {row}" for row in sorted(map(repr, calm.captures - killed.captures))]
    names = calm.files.keys() | killed.files.keys()
    return found + [f"file: {name}" for name in sorted(names) if calm.files.get(name) != killed.files.get(name)]


def ailments(home: Path) -> list[str]:
    """Whatever is not sound in a home: databases, keys, the index for searching, locks, and what the doctor finds."""
    place, found = Home(home), []
    with closing(connect(place.database)) as db:
        found += [*check.whole(db), *check.keys(db), *check.search(db)]
    with closing(sqlite3.connect(place.pages_db)) as db:
        found += [row[0] for row in db.execute("pragma integrity_check") if row[0] != "ok"]
        found += [repr(row) for row in db.execute("pragma foreign_key_check")]
    for lock in (place.run_lock, place.waiting_lock, place.build_lock):
        with hold(lock):
            pass
    results = examine(place, datetime.now(UTC))
    return found + [f"{result.name}: {line}" for result in results if not result.is_well for line in result.found]
