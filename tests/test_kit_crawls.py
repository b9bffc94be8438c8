"""Sites of the kit crawled by what their records name: complete, each article once, and by how many requests.

All of them are crawled in one process, as a run does it: at first, then a day later when things have happened to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from crawling import crawl, record, write_home
from kit.blogger import Blogger
from kit.cms import Cms
from kit.crawled import Way, articles
from kit.joomla import Joomla
from kit.nextjs import NextJs
from kit.old_php import OldPhp
from kit.portal import Portal
from kit.varient import Varient
from kit.wordpress import WordPress


@dataclass(frozen=True)
class Case:
    """A site and the one way that its record names.

    `first` and `second` count requests beside robots.txt: of the first crawl of 45 articles, and of the one after a
    day on which one article was published, edited, trashed, scheduled and protected each. `tells_edits` is whether the
    way shows that a known article has changed. `looks` counts the requests of the second crawl that only look again at
    articles whose age on that day has come to a rung of the ladder.
    """

    site: type[Cms]
    way: Way
    first: int
    second: int
    tells_edits: bool = False
    looks: int = 10
    settings: dict[str, object] = field(default_factory=dict)


REST, FEED = "/wp-json/wp/v2", "/feed/"

# A walk by pages of ten asks a sixth time, as the fifth might have been followed by another; Joomla's pager says no.
CASES = {
    "wp-rest": Case(WordPress, Way("wordpress", REST), 1, 2, tells_edits=True, looks=1),
    "wp-rest-route": Case(
        WordPress,
        Way("wordpress", "/?rest_route=/wp/v2"),
        1,
        2,
        tells_edits=True,
        looks=1,
        settings={"permalinks": "plain"},
    ),
    "wp-feed-full": Case(WordPress, Way("feed", FEED), 5 + 1, 1, tells_edits=True, looks=5),
    "wp-feed-partial": Case(WordPress, Way("feed", FEED), 5 + 1 + 45, 1 + 2, settings={"feed": "partial"}),
    "wp-listing": Case(WordPress, Way("listing", "/", "path"), 5 + 1 + 45, 2 + 2),
    "wp-sitemap": Case(WordPress, Way("sitemap", "/wp-sitemap.xml"), 2 + 45, 2 + 2, looks=0),  # its pages have no date
    "joomla-listing": Case(Joomla, Way("listing", "/berita", "start"), 5 + 45, 2 + 2, looks=11),
    "joomla": Case(Joomla, Way("joomla", "/berita"), 5 + 45, 1 + 2, looks=11),
    "varient-feed": Case(Varient, Way("feed", "/rss/latest-posts"), 1 + 30, 1 + 2, looks=7),
    "varient-listing": Case(Varient, Way("listing", "/posts", "page"), 5 + 1 + 45, 2 + 2),
    "blogger-feed": Case(
        Blogger, Way("feed", "/feeds/posts/default?alt=rss&max-results=150"), 1, 1, tells_edits=True, looks=1
    ),
    "blogger-sitemap": Case(Blogger, Way("sitemap", "/sitemap.xml"), 1 + 45, 1 + 2),
    "nextjs-sitemap": Case(NextJs, Way("sitemap", "/sitemap.xml"), 1 + 45, 1 + 2),
    "old-php-listing": Case(OldPhp, Way("listing", "/arsip.php", "hal"), 5 + 1 + 45, 2 + 2),
    "portal-feed": Case(Portal, Way("feed", "/umpan/berita.xml"), 1 + 45, 1 + 2),
}
LIMITED = {"varient-feed": 30}  # what the feed holds; it has no further pages


@dataclass(frozen=True)
class Seen:
    """A site with what was asked of it and what was stored, after each of the two crawls."""

    site: Cms
    truths: tuple[dict[str, str], dict[str, str]]
    asked: tuple[list[str], list[str]]
    stored: tuple[dict[str, str], dict[str, str]]
    texts: tuple[dict[str, str], dict[str, str]]
    counts: tuple[dict[str, int], dict[str, int]]


def happen(site: Cms) -> None:
    """A day in the life of a site: number 40 is edited, 41 trashed, 42 protected, 46 is new and 47 appears at night."""
    site.desk.publish()
    site.desk.schedule()
    site.desk.edit(40)
    site.desk.trash(41)
    site.desk.protect(42)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Seen]]:
    """Every case after both crawls."""
    home = tmp_path_factory.mktemp("kit")
    with ExitStack() as stack:
        sites = up(stack, home, 45)
        first = snapshot(home, sites, crawl(home))
        for site in sites.values():
            happen(site)
            now = site.desk.tomorrow()
        second = snapshot(home, sites, crawl(home, now))
        yield {slug: Seen(site, *zip(first[slug], second[slug], strict=True)) for slug, site in sites.items()}


def up(stack: ExitStack, home: Path, count: int) -> dict[str, Cms]:
    """The cases' servers, each with so many posts, and a home that knows them."""
    sites = {slug: stack.enter_context(case.site(count, **case.settings)) for slug, case in CASES.items()}
    write_home(home, [record(slug, site.url, CASES[slug].way.of(site)) for slug, site in sites.items()])
    return sites


def snapshot(home: Path, sites: dict[str, Cms], report: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    assert report["errors"] == []
    return {
        slug: (site.truth(), site.taken(), articles(home, slug, "title"), articles(home, slug, "body_text"),
               report["counts"].get(slug, {}))
        for slug, site in sites.items()
    }  # fmt: skip


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    slug: str = request.param
    return slug


def test_first_crawl_is_complete_and_holds_each_article_once(runs: dict[str, Seen], case: str) -> None:
    truth = dict(list(runs[case].truths[0].items())[: LIMITED.get(case)])
    assert runs[case].stored[0] == truth


def test_first_crawl_needs_so_many_requests(runs: dict[str, Seen], case: str) -> None:
    assert len(runs[case].asked[0]) == CASES[case].first, runs[case].asked[0][-8:]


def test_second_crawl_needs_so_many_requests(runs: dict[str, Seen], case: str) -> None:
    assert len(runs[case].asked[1]) == CASES[case].second + CASES[case].looks, runs[case].asked[1]


def test_what_appeared_during_the_day_is_stored(runs: dict[str, Seen], case: str) -> None:
    site = runs[case].site
    assert {site.address(site.desk.posts[n]) for n in (46, 47)} <= set(runs[case].stored[1])


def test_nothing_is_stored_twice_or_beside_the_truth(runs: dict[str, Seen], case: str) -> None:
    assert set(runs[case].stored[1]) <= set(runs[case].truths[0]) | set(runs[case].truths[1])


def test_edit_is_found_where_the_way_tells_of_it(runs: dict[str, Seen], case: str) -> None:
    post = runs[case].site.desk.posts[40]
    count = "2040" if CASES[case].tells_edits else "1040"
    assert count in runs[case].texts[1][runs[case].site.address(post)]
    assert runs[case].counts[1].get("edited", 0) == int(CASES[case].tells_edits)


@pytest.mark.parametrize("number", [41, 42], ids=["trashed", "protected"])
def test_what_was_stored_stays_as_it_was(runs: dict[str, Seen], case: str, number: int) -> None:
    before, after = (texts[runs[case].site.address(runs[case].site.desk.posts[number])] for texts in runs[case].texts)
    assert before == after


def test_protected_and_unpublished_posts_are_never_stored(tmp_path: Path) -> None:
    with ExitStack() as stack:
        sites = up(stack, tmp_path, 5)
        for site in sites.values():
            site.desk.protect(3)
            site.desk.draft()
            site.desk.schedule()
        crawl(tmp_path)
        for slug, site in sites.items():
            assert articles(tmp_path, slug, "title") == site.truth(), slug
