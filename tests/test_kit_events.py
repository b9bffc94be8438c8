"""What happens to sites between two crawls beside news: other addresses, another design, doors that close.

As in the crawls of the kit, all sites are crawled in one process before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from crawling import crawl, record, write_home
from kit.cms import Cms
from kit.crawled import Way, articles
from kit.joomla import Joomla
from kit.old_php import OldPhp
from kit.varient import Varient
from kit.wordpress import WordPress

REST, FEED, LISTING = Way("wordpress", "/wp-json/wp/v2"), Way("feed", "/feed/"), Way("listing", "/", "path")
BERITA = Way("listing", "/berita", "start")
Event = Callable[[Any], object]


def nothing(site: Cms) -> None: ...


def scheduled(site: Cms) -> None:
    """A post for the evening, and after it another: what REST knows as the newest modification is past the first's."""
    site.desk.schedule(hours=12)
    site.desk.publish()


def renamed(site: Cms) -> None:
    """One of the newest posts gets another address, and so does an old one."""
    site.desk.rename_slug(10, "judul-lama-yang-lain")
    site.desk.rename_slug(25, "judul-baru-yang-lain")


@dataclass(frozen=True)
class Case:
    """A site with the ways of its record, what happened before the first crawl, and what after it."""

    site: type[Cms]
    ways: tuple[Way, ...]
    after: Event = nothing
    before: Event = nothing
    settings: dict[str, object] = field(default_factory=dict)


CASES = {
    "scheduled": Case(WordPress, (REST,), before=scheduled),
    "slug by REST": Case(WordPress, (REST,), renamed),
    "slug by feed": Case(WordPress, (FEED,), renamed),
    "slug by listing": Case(WordPress, (LISTING,), renamed),
    "design of WordPress": Case(WordPress, (LISTING,), Cms.redesign),
    "design of Joomla": Case(Joomla, (BERITA,), Cms.redesign),
    "design of Varient": Case(Varient, (Way("listing", "/posts", "page"),), Cms.redesign),
    "design of old PHP": Case(OldPhp, (Way("listing", "/arsip.php", "hal"),), Cms.redesign),
    "REST closed": Case(WordPress, (REST, FEED), WordPress.close_rest),
    "REST is HTML": Case(WordPress, (REST, FEED), lambda site: site.close_rest("html")),
    "feed gone": Case(WordPress, (FEED, LISTING), WordPress.drop_feed),
    "feed of Joomla gone": Case(Joomla, (Way("joomla", "/berita"),), Joomla.drop_feed),
    "AMP twins": Case(WordPress, (LISTING,), settings={"amp": True}),
    "gzip": Case(WordPress, (FEED,), settings={"gzip": True}),
    "host by REST": Case(WordPress, (REST,), Cms.move_host),
    "host by feed": Case(WordPress, (FEED,), Cms.move_host),
    "host by listing": Case(Joomla, (BERITA,), Cms.move_host),
    "sitemap of everything": Case(Varient, (Way("sitemap", "/sitemap.xml"),)),
    "dates of others": Case(WordPress, (Way("sitemap", "/wp-sitemap.xml"),)),
}


@dataclass(frozen=True)
class Seen:
    """A site as it is after both crawls, with what was stored of it: address -> title, and address -> time."""

    site: Cms
    stored: dict[str, str]
    times: dict[str, str]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Seen]]:
    """Every case after a crawl, its event, a new post, and the crawl of the next day."""
    home = tmp_path_factory.mktemp("kit")
    with ExitStack() as stack:
        sites = {slug_of(name): stack.enter_context(case.site(25, **case.settings)) for name, case in CASES.items()}
        ways = {slug_of(name): case.ways for name, case in CASES.items()}
        write_home(
            home, [record(slug, site.url, *(way.of(site) for way in ways[slug])) for slug, site in sites.items()]
        )
        for name, case in CASES.items():
            case.before(sites[slug_of(name)])
        crawl(home)
        for name, case in CASES.items():
            moved = case.after(sites[slug_of(name)])
            if isinstance(moved, Cms):
                sites[slug_of(name)] = stack.enter_context(moved)
            sites[slug_of(name)].desk.publish()
            now = sites[slug_of(name)].desk.tomorrow()
        report = crawl(home, now)
        assert report["errors"] == []
        assert [slug for slug, ended in report["ended"].items() if not ended["ok"]] == []
        yield {
            slug: Seen(site, articles(home, slug), articles(home, slug, "published")) for slug, site in sites.items()
        }


def slug_of(name: str) -> str:
    return name.lower().replace(" ", "-")


NAMES = [pytest.param(slug_of(name), id=slug_of(name)) for name in CASES]


@pytest.mark.parametrize("case", NAMES)
def test_nothing_is_lost(runs: dict[str, Seen], case: str) -> None:
    assert set(runs[case].site.truth().values()) - set(runs[case].stored.values()) == set()


@pytest.mark.parametrize("case", NAMES)
def test_no_article_is_stored_twice(runs: dict[str, Seen], case: str) -> None:
    titles = Counter(runs[case].stored.values())
    assert {title: count for title, count in titles.items() if count > 1 and title in truth(runs[case])} == {}


@pytest.mark.parametrize("case", NAMES)
def test_nothing_else_is_stored(runs: dict[str, Seen], case: str) -> None:
    assert set(runs[case].stored.values()) - truth(runs[case]) == set()


@pytest.mark.parametrize("case", NAMES)
def test_no_article_has_the_time_of_another(runs: dict[str, Seen], case: str) -> None:
    site = runs[case].site
    posts = {site.address(post): post for post in site.desk.listed()}
    dated = {url: datetime.fromisoformat(time) for url, time in runs[case].times.items() if url in posts and time}
    first_seen = {"2026-01-29T03:00:00+00:00", "2026-01-30T03:00:00+00:00"}
    wrong = [
        (url, at.isoformat())
        for url, at in dated.items()
        if abs((at - posts[url].published).total_seconds()) >= 60 and at.isoformat() not in first_seen
    ]
    assert wrong == []


def truth(seen: Seen) -> set[str]:
    return set(seen.site.truth().values())
