"""Every site of the kit from its home page alone: complete, each article once, and by how many requests.

All are crawled in one process, and again two hours later, when nothing has happened.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from crawling import crawl, record, write_home
from kit.blogger import Blogger
from kit.cms import Cms
from kit.codeigniter import CodeIgniter
from kit.crawled import articles
from kit.joomla import Joomla
from kit.nextjs import NextJs
from kit.old_php import OldPhp
from kit.portal import Portal
from kit.varient import Varient
from kit.webforms import WebForms
from kit.wordpress import WordPress

ARTICLES = 25


@dataclass(frozen=True)
class Case:
    """A site, the way that has to win, and the requests beside robots.txt: of the first crawl, and of a quiet poll."""

    site: type[Cms]
    best: str
    first: int
    poll: int
    settings: dict[str, object] = field(default_factory=dict)


CASES = {
    "wordpress": Case(WordPress, "wordpress /wp-json/", 4, 2),
    "wp-rest-route": Case(WordPress, "wordpress /index.php?rest_route=/", 4, 2, {"rest": "rest_route only"}),
    "wp-rest-closed": Case(WordPress, "feed /feed/", 8, 1, {"rest": "closed 401"}),
    "wp-rest-is-html": Case(WordPress, "feed /feed/", 6, 1, {"rest": "html"}),
    "wp-partial-feed": Case(WordPress, "feed /feed/", 42, 1, {"rest": "closed 401", "feed": "partial"}),
    "wp-sitemap-alone": Case(WordPress, "sitemap /wp-sitemap.xml", 37, 2, {"rest": "closed 401", "feed": "gone"}),
    "joomla": Case(Joomla, "joomla /berita", 38, 1),
    "varient": Case(Varient, "sitemap /sitemap.xml", 42, 4),  # two lists in its sitemap are looked at once more
    "blogger": Case(Blogger, "feed /feeds/posts/default?max-results=150", 10, 1),
    "nextjs": Case(NextJs, "sitemap /sitemap.xml", 39, 1),
    "old-php": Case(OldPhp, "listing /arsip.php", 36, 1),
    "codeigniter": Case(CodeIgniter, "listing /index.php/berita", 36, 1),
    "webforms": Case(WebForms, "listing /berita.aspx", 25, 1),
    "portal": Case(Portal, "feed /umpan/berita.xml", 42, 1),
}


@dataclass
class Run:
    """What came of a crawl of all sites."""

    ended: dict[str, Any]
    errors: list[str]
    requests: dict[str, int]


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, Cms]]:
    with ExitStack() as stack:
        yield {slug: stack.enter_context(case.site(ARTICLES, **case.settings)) for slug, case in CASES.items()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, sites: dict[str, Cms]) -> Path:
    path = tmp_path_factory.mktemp("auto")
    write_home(path, [record(slug, site.url) for slug, site in sites.items()])
    return path


def run(home: Path, sites: dict[str, Cms], now: str) -> Run:
    for site in sites.values():
        site.asked.clear()
    report = crawl(home, now)
    return Run(report["ended"], report["errors"], {slug: len(site.paths()) for slug, site in sites.items()})


@pytest.fixture(scope="module")
def first(home: Path, sites: dict[str, Cms]) -> Run:
    return run(home, sites, "2026-01-29T10:00:00+07:00")


@pytest.fixture(scope="module")
def again(home: Path, sites: dict[str, Cms], first: Run) -> Run:
    return run(home, sites, "2026-01-29T10:15:00+07:00")  # before any article is looked at again


EVERY = pytest.mark.parametrize("slug", CASES)


def test_nothing_of_ours_fails(first: Run) -> None:
    assert first.errors == []


@EVERY
def test_complete_and_each_article_once(slug: str, first: Run, home: Path, sites: dict[str, Cms]) -> None:
    assert first.ended[slug]["ok"], first.ended[slug]
    assert sorted(articles(home, slug).values()) == sorted(sites[slug].truth().values())


@EVERY
def test_the_cheapest_complete_way_wins(slug: str, first: Run, home: Path, sites: dict[str, Cms]) -> None:
    with sqlite3.connect(home / "newsfeed.db") as db:
        ways = json.loads(db.execute("select ways from sources where slug = ?", (slug,)).fetchone()[0])
    best = f"{ways[0]['type']} {ways[0]['url'].removeprefix(sites[slug].url)}"
    assert best == CASES[slug].best


@EVERY
def test_requests_of_the_first_crawl(slug: str, first: Run) -> None:
    assert first.requests[slug] == CASES[slug].first


@EVERY
def test_requests_of_a_poll_with_nothing_new(slug: str, again: Run) -> None:
    assert (again.ended[slug]["state"], again.requests[slug]) == ("unchanged", CASES[slug].poll)
