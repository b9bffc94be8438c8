"""What the example sites publish, and what changes between the demo's two crawls."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from example_visits import CORRECTED, FEEDS, LISTINGS, PAGES, REST, ask, every_post, posts

from crawler.home import Home, load_config
from feeds.demo import CONFIG, FIRST_NOW, RECORDS, SECOND_NOW, ExampleSites
from feeds.demo.content import Post, Site, load_site


@pytest.fixture
def sites() -> Iterator[ExampleSites]:
    with ExampleSites() as running:
        yield running


def test_between_the_crawls_one_article_is_corrected_and_two_appear() -> None:
    before = {(slug, post.id): post for slug, post in every_post(edited=False)}
    after = {(slug, post.id): post for slug, post in every_post(edited=True)}
    assert [post.slug for key, post in before.items() if after[key] != post] == [CORRECTED]
    assert sorted(slug for slug, _ in after.keys() - before.keys()) == ["kanwil-banten", "warta-banten"]
    assert all(FIRST_NOW < after[key].published < SECOND_NOW for key in after.keys() - before.keys())


def test_the_correction_changes_headline_and_numbers_alone() -> None:
    old = load_site("warta-banten", edited=False).post(CORRECTED)
    new = load_site("warta-banten", edited=True).post(CORRECTED)
    assert old is not None
    assert new is not None
    assert (old.title.split()[0], new.title.split()[0]) == ("214", "241")
    assert "214" not in " ".join(new.text)
    assert old.published == new.published < FIRST_NOW < new.modified < SECOND_NOW


def test_what_is_not_corrected_keeps_its_rest_bytes(sites: ExampleSites) -> None:
    before = {post["slug"]: post for post in posts(sites)}
    sites.edited = True
    after = {post["slug"]: post for post in posts(sites)}
    assert [slug for slug in before if before[slug] != after[slug]] == [CORRECTED]


def test_answers_are_the_same_in_another_instance(sites: ExampleSites) -> None:
    urls = [
        *FEEDS,
        *LISTINGS,
        f"{REST}?per_page=100&_embed=1",
        *(PAGES[slug] % post.slug for slug, post in every_post(edited=False)),
    ]
    with ExampleSites() as others:
        assert [ask(sites, url).body for url in urls] == [ask(others, url).body for url in urls]


def test_the_proxy_has_no_address_before_it_runs() -> None:
    with pytest.raises(RuntimeError, match="context manager"):
        _ = ExampleSites().proxy


def test_about_forty_articles_before_the_first_crawl() -> None:
    found = [post for _, post in every_post(edited=False) if not post.protected]
    assert len(found) == 40
    assert all(date(2026, 1, 5) <= post.published.date() <= date(2026, 1, 29) for post in found)
    assert all(post.published <= post.modified < FIRST_NOW for post in found)
    assert all(3 <= len(post.paragraphs) <= 6 for post in found)


def test_ids_slugs_and_related_boxes_fit() -> None:
    for site in (load_site(slug, edited=True) for slug in PAGES):
        slugs = [post.slug for post in site.posts]
        assert len(set(slugs)) == len({post.id for post in site.posts}) == len(slugs)
        assert all(_related_fits(site, post) for post in site.posts)


def _related_fits(site: Site, post: Post) -> bool:
    """Boxes point to older articles, and each finds a place after a second paragraph."""
    others = [site.post(slug) for slug in post.related]
    return all(other and other.published < post.published for other in others) and 2 * len(others) <= len(
        post.paragraphs
    )


def test_one_release_is_carried_by_two_sites() -> None:
    paper = load_site("warta-banten", edited=False).post(
        "lahan-tidur-disulap-lapas-serang-panen-412-kilogram-pakcoy-dan-kangkung"
    )
    directorate = load_site("ditjen-pemasyarakatan", edited=False).post(
        "lahan-tidur-disulap-lapas-serang-panen-412-kilogram-sayur"
    )
    assert paper is not None
    assert directorate is not None
    theirs = set(" ".join(directorate.paragraphs).lower().split())
    ours = set(" ".join(paper.paragraphs).lower().split())
    assert len(ours & theirs) > 0.95 * len(ours | theirs)
    assert paper.dateline != directorate.dateline


WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def test_event_dates_in_the_text_are_right() -> None:
    for _, post in every_post(edited=True):
        for weekday, day, month in re.findall(r"(\w+) \((\d+)/(\d+)(?:/2026)?\)", " ".join(post.text)):
            event = datetime(2026, int(month), int(day), tzinfo=post.published.tzinfo)
            assert WEEKDAYS[event.weekday()] == weekday.replace("Ahad", "Minggu"), post.slug
            assert timedelta(0) <= post.published - event < timedelta(days=4), post.slug


def test_records_and_configuration_name_the_same_sources(tmp_path: Path) -> None:
    (tmp_path / "newsfeed.toml").write_text(CONFIG, encoding="utf-8")
    config = load_config(Home(tmp_path))
    records = tomllib.loads(RECORDS)["source"]
    assert config.include == tuple(record["slug"] for record in records) == tuple(PAGES)
    assert (config.base_url, config.language, config.zone) == ("http://localhost:8000/", "id", "Asia/Jakarta")
    assert config.contact.endswith(".example")


def test_each_strategy_of_the_records_is_answered(sites: ExampleSites) -> None:
    for record in tomllib.loads(RECORDS)["source"]:
        for strategy in record["discover"]:
            url = strategy["url"] + ("/posts" if strategy["type"] == "wordpress" else "")
            assert ask(sites, url).status == 200
