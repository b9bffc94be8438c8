"""Updates over simulated days: who is asked when, and who is left alone."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from crawling import crawl, newsfeed, record, updates, write_home
from loopback import Asked, Reply, Site, conditional
from pressroom import RSS, feed, pages

from crawler.due import LOOKS

START = datetime(2026, 1, 29, 10, tzinfo=ZoneInfo("Asia/Jakarta"))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NUMBERS = range(1, 6)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with five articles and a feed of them that does not change."""
    with Site() as server:
        server.routes |= pages(server.url, NUMBERS)
        server.routes["/rss.xml"] = conditional(feed(server.url, NUMBERS), '"1"', RSS)
        yield server


def add(site: Site, slug: str, numbers: range, **facts: object) -> str:
    """One more source on a server, below a path of its own."""
    url = f"{site.url}/{slug}"
    site.routes |= {f"/{slug}{path}": reply for path, reply in pages(url, numbers).items()}
    site.routes[f"/{slug}/rss.xml"] = conditional(feed(url, numbers), f'"{slug}"', RSS)
    return record(slug, url, {"type": "feed", "url": f"{url}/rss.xml"}, **{"pace_group": "one", **facts})


def way(site: Site) -> dict[str, object]:
    return {"type": "feed", "url": f"{site.url}/rss.xml"}


def every(span: timedelta, length: timedelta, start: datetime = START) -> list[datetime]:
    return [start + n * span for n in range(int(length / span))]


# Tells the site what time it is before each update.
TELLING_THE_TIME = """
import urllib.request
import crawler.run as crawls
untold = crawls.crawl
async def crawl(home, config, sources, now, **given):
    urllib.request.urlopen("{clock}?" + str(int(now.timestamp()))).read()
    return await untold(home, config, sources, now, **given)
crawls.crawl = crawl
"""


def undated(text: str) -> str:
    return re.sub(r"<pubDate>.*?</pubDate>|<time.*?</time>", "", text)


def stored(home: Path) -> Counter[str]:
    with sqlite3.connect(home / "newsfeed.db") as db:
        return Counter(row[0] for row in db.execute("select source from articles"))


# -- when ------------------------------------------------------------------------------------------------------------


def test_quiet_source_is_asked_ever_less_but_daily_and_robots_txt_once_a_day(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, way(site))])
    times = every(15 * MINUTE, 6 * DAY)
    reports = updates(tmp_path, times)
    asked = [at for at, report in zip(times, reports, strict=True) if report["ended"]]
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert gaps[0] <= 2.5 * HOUR
    assert max(gaps) <= DAY
    assert gaps[-1] >= 4 * HOUR
    assert [one.path for one in site.asked].count("/robots.txt") <= 6
    without_a_poll = len(asked) - site.paths().count("/rss.xml")
    assert 0 <= without_a_poll <= len(LOOKS), "turns that only look at its articles"
    assert not any(report["incidents"] for report in reports)


def test_source_that_publishes_often_is_asked_often_and_each_article_is_soon_there(tmp_path: Path) -> None:
    published, server = every(2 * HOUR, 3 * DAY), Site()

    def set_clock(asked: Asked) -> Reply:
        now = datetime.fromtimestamp(int(asked.path.partition("?")[2]), START.tzinfo)
        numbers = [n for n, time in enumerate(published, 1) if time <= now]
        server.routes |= {path: undated(str(body)) for path, body in pages(server.url, numbers).items()}
        server.routes["/rss.xml"] = Reply(undated(feed(server.url, numbers[-10:])), headers=RSS)
        return Reply("ok")

    times = every(15 * MINUTE, 3 * DAY)
    server.routes["/clock"] = set_clock
    with server:
        write_home(tmp_path, [record("warta", server.url, way(server))])
        reports = updates(tmp_path, times, TELLING_THE_TIME.format(clock=f"{server.url}/clock"))
    new = [report["counts"].get("warta", {}).get("new", 0) for report in reports]
    found = [time for time, number in zip(times, new, strict=True) for _ in range(number)]
    late = [seen - time for time, seen in zip(published, found, strict=False)]
    assert len(found) >= len(published) - 1
    assert max(late) <= 2.5 * HOUR
    assert sorted(late)[len(late) // 2] <= 30 * MINUTE
    assert sum(bool(report["ended"]) for report in reports) < len(times) * 2 / 3


def test_update_twice_within_a_minute_asks_nobody_again(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [add(site, f"kanwil-{n}", range(1, 9)) for n in range(3)])
    first, second = updates(tmp_path, [START, START + MINUTE / 2], NEWSFEED_BUDGET=12)
    assert len(first["ended"]) == 3
    assert second["ended"] == {}
    assert len(site.asked) == 12


def test_outside_its_window_a_source_is_left_alone(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, way(site), zone="Asia/Jayapura", window="20:00-02:00")])
    with (tmp_path / "newsfeed.toml").open("a") as file:
        file.write('[schedule.warta]\nevery = "1h"\n')
    times = every(15 * MINUTE, 2 * DAY)
    asked = [at for at, report in zip(times, updates(tmp_path, times), strict=True) if report["ended"]]
    hours = Counter(at.astimezone(ZoneInfo("Asia/Jayapura")).hour for at in asked)
    assert set(hours) <= {20, 21, 22, 23, 0, 1}
    assert len(asked) >= 8


def test_what_a_feed_asks_for_is_heeded_unless_the_record_says_otherwise(tmp_path: Path) -> None:
    with Site() as site:
        ttl = feed(site.url, NUMBERS).replace("<channel>", "<channel><ttl>60</ttl>", 1)
        site.routes |= {**pages(site.url, NUMBERS), "/rss.xml": conditional(ttl, '"1"', RSS)}
        write_home(tmp_path, [record("warta", site.url, way(site), every="10m"), add(site, "ttl", NUMBERS)])
        site.routes["/ttl/rss.xml"] = conditional(
            feed(f"{site.url}/ttl", NUMBERS).replace("<channel>", "<channel><ttl>300</ttl>", 1), '"1"', RSS
        )
        updates(tmp_path, every(5 * MINUTE, 6 * HOUR))
        paths = Counter(site.paths())
    assert paths["/ttl/rss.xml"] <= 2
    assert paths["/rss.xml"] >= 20


# -- one server ------------------------------------------------------------------------------------------------------


def test_large_first_crawl_leaves_its_sisters_on_the_same_server_their_turn(tmp_path: Path) -> None:
    with Site() as site:
        large = add(site, "pusat", range(1, 101))
        write_home(tmp_path, [large, *(add(site, f"kanwil-{n:02}", range(1, 4)) for n in range(10))])
        first, *later = updates(tmp_path, every(15 * MINUTE, 90 * MINUTE), NEWSFEED_BUDGET=60)
        counts = stored(tmp_path)
    assert len(first["ended"]) == 11
    new = {slug: counted["new"] for slug, counted in first["counts"].items()}
    assert all(new[f"kanwil-{n:02}"] == 3 for n in range(10))
    assert new["pusat"] == 60 - 1 - 11 - 30
    assert counts["pusat"] == 100
    assert not any(report["incidents"] or report["exit_code"] for report in (first, *later))


def test_who_gets_no_turn_stays_due_and_comes_first_in_the_next_run(tmp_path: Path) -> None:
    with Site() as site:
        write_home(tmp_path, [add(site, f"kanwil-{n:02}", range(1, 2)) for n in range(12)])
        reports = updates(tmp_path, every(5 * MINUTE, 20 * MINUTE), NEWSFEED_BUDGET=6)
        paths = Counter(site.paths())
        counts = stored(tmp_path)
    assert [len(report["ended"]) for report in reports[:2]] == [5, 6]
    assert not reports[0]["ended"].keys() & reports[1]["ended"].keys()
    assert all(paths[f"/kanwil-{n:02}/rss.xml"] == 1 for n in range(12))
    assert sum(counts.values()) == 4 * 6 - 1 - 12
    assert not any(report["incidents"] for report in reports)


def test_links_left_over_are_taken_on_without_another_poll(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, way(site))])
    reports = updates(tmp_path, every(5 * MINUTE, 15 * MINUTE), NEWSFEED_BUDGET=4)
    assert [report["counts"].get("warta", {}).get("new", 0) for report in reports] == [2, 3, 0]
    assert site.paths().count("/rss.xml") == 1
    assert [report["ended"].get("warta", {}).get("ok") for report in reports] == [True, True, None]


def test_limit_of_requests_counts_repeats_too_and_is_each_servers_own(tmp_path: Path) -> None:
    with Site() as bad, Site() as good:
        broken = add(bad, "rusak", range(1, 31))
        bad.routes |= {f"/rusak{path}": Reply("x", status=500) for path in pages(bad.url, range(1, 31))}
        write_home(tmp_path, [broken, add(good, "baik", NUMBERS, pace_group="other")])
        report, *_ = updates(tmp_path, [START], NEWSFEED_BUDGET=7, NEWSFEED_BACKOFF=0.001)
        assert len(bad.asked) == 7
    assert report["counts"]["baik"] == {"new": len(NUMBERS)}


def test_slow_server_has_its_time_and_what_is_left_over_comes_later(tmp_path: Path) -> None:
    with Site() as slow, Site() as good:
        late = add(slow, "lambat", range(1, 21))
        slow.routes |= {path: Reply(str(body), wait=0.2) for path, body in slow.routes.items() if "berita" in path}
        write_home(tmp_path, [late, add(good, "baik", NUMBERS, pace_group="other")])
        times = every(5 * MINUTE, 2 * HOUR)
        first, *later = updates(tmp_path, times, NEWSFEED_TURN=1.0)
    assert first["counts"]["baik"] == {"new": len(NUMBERS)}
    assert first["counts"].get("lambat", {}).get("new", 0) < 20
    assert not any("failed" in report["counts"].get("lambat", {}) for report in (first, *later))
    assert stored(tmp_path) == {"lambat": 20, "baik": len(NUMBERS)}
    assert not any(report["incidents"] for report in (first, *later))


def test_retry_after_holds_across_runs_for_all_on_the_server_and_then_is_over(tmp_path: Path) -> None:
    with Site() as site:
        write_home(tmp_path, [add(site, "pusat", NUMBERS), add(site, "kanwil", NUMBERS)])
        good = site.routes["/pusat/rss.xml"]
        site.routes["/pusat/rss.xml"] = Reply(status=429, headers={"Retry-After": "7200"})
        first, *_ = updates(tmp_path, every(5 * MINUTE, 115 * MINUTE))
        during = len(site.asked)
        site.routes["/pusat/rss.xml"] = good
        *_, last = updates(tmp_path, every(5 * MINUTE, HOUR, START + 2 * HOUR))
    assert during <= 3
    assert "kanwil" not in first["ended"] or first["ended"]["kanwil"]["ok"]
    assert stored(tmp_path) == {"pusat": 5, "kanwil": 5}
    assert last["exit_code"] == 0


def test_crawl_by_hand_tells_of_a_server_that_wants_to_be_left_alone(tmp_path: Path) -> None:
    with Site() as site:
        write_home(tmp_path, [add(site, "pusat", NUMBERS)])
        site.routes["/pusat/rss.xml"] = Reply(status=503, headers={"Retry-After": "99999999999"})
        newsfeed("crawl", "pusat", "--home", tmp_path)
        asked = len(site.asked)
        again = newsfeed("crawl", "pusat", "--home", tmp_path)
        assert len(site.asked) == asked
    assert "its server answered HTTP 503 and is left alone until 20" in again.stdout
    assert again.returncode == 0


# -- robots.txt ------------------------------------------------------------------------------------------------------


def test_last_good_robots_txt_holds_while_the_server_gives_none(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, way(site), every="6h")])
    site.routes["/robots.txt"] = "User-agent: *\nDisallow: /berita-3/"
    updates(tmp_path, every(HOUR, DAY))
    site.routes["/robots.txt"] = Reply("x", status=500)
    reports = updates(tmp_path, every(HOUR, 3 * DAY, START + DAY))
    assert all(ended["ok"] for report in reports for ended in report["ended"].values())
    assert "/berita-3/" not in site.paths()
    assert [one.path for one in site.asked].count("/robots.txt") <= 4 + 3 * 4  # of errors, each is repeated thrice


def test_site_that_forbids_everything_recovers_by_itself(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, way(site))])
    site.routes["/robots.txt"] = "User-agent: newsfeed-id\nDisallow: /"
    first, *_ = updates(tmp_path, every(HOUR, DAY))
    assert first["ended"]["warta"]["state"] == "robots"
    assert [one.path for one in site.asked] == ["/robots.txt"]
    site.routes["/robots.txt"] = "User-agent: newsfeed\nDisallow: /"
    updates(tmp_path, every(HOUR, DAY + HOUR, START + DAY))
    assert stored(tmp_path) == {"warta": 5}


def test_long_crawl_delay_is_kept_from_run_to_run(site: Site, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, way(site))])
    site.routes["/robots.txt"] = "User-agent: *\nCrawl-delay: 1800"
    times = every(5 * MINUTE, 8 * HOUR)
    reports = updates(tmp_path, times)
    asked = [at for at, report in zip(times, reports, strict=True) if report["ended"]]
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert min(gaps) >= 30 * MINUTE
    assert len(site.asked) <= 17
    assert stored(tmp_path) == {"warta": 5}


def test_crawl_delay_holds_in_a_run_that_knows_robots_txt_already(tmp_path: Path) -> None:
    with Site({"/robots.txt": "User-agent: *\nCrawl-delay: 0.6"}) as site:
        write_home(tmp_path, [add(site, f"kanwil-{n}", range(1, 2)) for n in range(3)])
        updates(tmp_path, [START])
        site.asked.clear()
        updates(tmp_path, [START + 20 * HOUR])
    assert sorted(site.paths()) == [f"/kanwil-{n}/rss.xml" for n in range(3)]
    assert len(site.asked) == 3
    assert min(later.at - earlier.at for earlier, later in pairwise(site.asked)) >= 0.55


def test_two_homes_ask_alike(site: Site, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_home(tmp_path / name, [record("warta", site.url, way(site))])
        crawl(tmp_path / name)
    dues = []
    for name in ("a", "b"):
        with sqlite3.connect(tmp_path / name / "newsfeed.db") as db:
            dues.append(db.execute("select next_due from sources").fetchone())
    assert dues[0] == dues[1]
