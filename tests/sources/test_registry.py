"""The packaged records as a whole: each is loadable, distinct and plausible."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crawler.discover import first_step
from crawler.models import Source, SourceState
from crawler.sources import load_sources
from crawler.text.urls import host, site

SOURCES = load_sources()
PROVINCES = Path("/work/shared/data/provinces.csv")


each_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


@each_source
def test_addresses_are_https_and_on_the_sources_own_site(source: Source) -> None:
    for url in (source.homepage, *(strategy.url for strategy in source.discover)):
        assert url.startswith("https://")
        assert site(url) == site(source.homepage)


@each_source
def test_there_is_a_way_and_a_fallback(source: Source) -> None:
    assert len(source.discover) >= 2
    for strategy in source.discover:
        assert host(first_step(strategy, SourceState(source.slug)).url) == host(source.homepage)


@each_source
def test_listings_can_be_walked(source: Source) -> None:
    assert all(strategy.paging for strategy in source.discover if strategy.type == "listing")


@each_source
def test_press_is_summarised_and_ministries_share_a_pace(source: Source) -> None:
    assert source.republish == ("full" if source.kind == "official" else "summary")
    assert source.pace_group == (site(source.homepage) if source.kind == "official" else host(source.homepage))


@each_source
def test_no_record_claims_to_be_checked_live(source: Source) -> None:
    assert source.confidence == "probable"
    assert not source.allow_private


def test_homepages_are_distinct() -> None:
    assert len({source.homepage for source in SOURCES.values()}) == len(SOURCES)


def test_offices_have_their_provinces_clock() -> None:
    zones = {source.province: source.zone for source in SOURCES.values() if source.province}
    assert zones == {"Maluku Utara": "Asia/Jayapura", "Banten": "Asia/Jakarta", "Jawa Timur": "Asia/Jakarta"}


@pytest.mark.skipif(not PROVINCES.exists(), reason="the gazetteer is not at hand")
def test_provinces_are_named_as_in_the_gazetteer() -> None:
    with PROVINCES.open(encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    assert {source.province for source in SOURCES.values() if source.province} <= names
