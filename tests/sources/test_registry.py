"""The packaged records as a whole: each is loadable, distinct and plausible, and none is invented."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.discover import first_step
from crawler.gazetteer import gazetteer
from crawler.models import Source, SourceState
from crawler.sources import load_sources
from crawler.sources.choice import is_chosen
from crawler.text.urls import host, site, url_key

SOURCES = load_sources()
WITH_ADDRESS = {slug: source for slug, source in SOURCES.items() if source.homepage}
SHARED = Path(__file__).parents[3] / "shared"

REGIONAL = {"kanwil-kemenkum": 33, "kanwil-ditjenpas": 33, "kanwil-imigrasi": 33, "kanwil-kemenham": 20}
EAST = ("Maluku", "Papua")
MIDDLE = (
    "Bali",
    "Nusa Tenggara",
    "Kalimantan Selatan",
    "Kalimantan Timur",
    "Kalimantan Utara",
    "Sulawesi",
    "Gorontalo",
)
NEW = SourceState("")
GENERAL_OFFICIAL = {"infopublik", "setkab"}  # the whole government is their news
# Hosts that ../shared names only in part, and where they stand in full.
SEEN_ELSEWHERE = {"news.detik.com": "okkymabruri/news-watch:src/newswatch/scrapers/detik.py"}


def test_there_are_many_and_most_kinds_of_publishers() -> None:
    kinds = Counter((source.kind, bool(source.homepage)) for source in SOURCES.values())
    assert len(SOURCES) >= 120
    assert kinds["official", True] >= 100
    assert kinds["press", True] >= 60


def test_addresses_are_https_and_on_the_sources_own_site() -> None:
    assert wrong(lambda source: all(is_own(source, url) for url in addresses(source))) == []


def test_every_way_can_be_begun_on_the_sources_own_site() -> None:
    assert wrong(lambda source: all(is_own(source, first_step(way, NEW).url) for way in source.discover)) == []


def test_press_is_summarised_and_kept_where_it_is_on_the_subject() -> None:
    of_everything = {slug for slug, source in SOURCES.items() if source.kind == "press"}
    assert {slug for slug, source in SOURCES.items() if source.republish == "summary"} == of_everything
    assert {slug for slug, source in SOURCES.items() if source.filter == "subject"} == of_everything | GENERAL_OFFICIAL


def test_offices_of_a_ministry_share_a_pace() -> None:
    groups = Counter(source.pace_group for source in WITH_ADDRESS.values())
    assert groups["kemenkum.go.id"] >= 34
    assert groups["imigrasi.go.id"] >= 140
    assert groups["medan.tribunnews.com"] == 1


def test_no_record_claims_to_be_checked_live() -> None:
    assert wrong(lambda source: source.confidence != "verified" and not source.allow_private) == []


def test_guesses_and_offices_without_an_address_are_not_crawled_unasked() -> None:
    assert wrong(lambda source: is_chosen(source, (), ()) == (source.confidence == "probable")) == []
    assert wrong(lambda source: is_chosen(source, (source.slug,), ()) == bool(source.homepage)) == []


def test_homepages_are_distinct() -> None:
    keys = Counter(url_key(source.homepage) for source in WITH_ADDRESS.values())
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize(("kind", "count"), REGIONAL.items())
def test_every_regional_office_has_its_record(kind: str, count: int) -> None:
    offices = {entry.id for entry in gazetteer().entries.values() if entry.type == kind}
    recorded = Counter(source.unit for source in SOURCES.values() if source.unit in offices)
    assert len(offices) == count
    assert recorded == Counter(offices)


def test_places_and_units_are_those_of_the_gazetteer() -> None:
    entries = gazetteer().entries
    provinces = {entry.name for entry in entries.values() if entry.kind == "province"}
    assert {source.province for source in SOURCES.values() if source.province} <= provinces
    assert wrong(lambda source: not source.unit or entries[source.unit].province == (source.province or "")) == []


def test_sources_have_their_provinces_clock() -> None:
    assert wrong(lambda source: source.zone == zone_of(source.province or "")) == []


def zone_of(province: str) -> str:
    if province.startswith(EAST):
        return "Asia/Jayapura"
    return "Asia/Makassar" if province.startswith(MIDDLE) else "Asia/Jakarta"


# -- evidence --------------------------------------------------------------------------------------------------------


needs_evidence = pytest.mark.skipif(not (SHARED / "sites.md").exists(), reason="the evidence is not at hand")


@needs_evidence
def test_hosts_are_evidenced() -> None:
    lines = lines_of(*SHARED.glob("*.md"), *(SHARED / "data").glob("*.csv"), *(SHARED / "reference").glob("*.*"))
    seen = {slug for slug, source in WITH_ADDRESS.items() if is_seen(bare_host(source), lines)}
    domains = {slug for slug, source in WITH_ADDRESS.items() if is_seen(site(source.homepage), lines)}
    elsewhere = {slug for slug, source in WITH_ADDRESS.items() if bare_host(source) in SEEN_ELSEWHERE}
    guesses = {slug for slug, source in WITH_ADDRESS.items() if source.confidence == "guess"}
    assert WITH_ADDRESS.keys() - guesses - seen - elsewhere == set()
    assert guesses - domains == set(), "not even the domain was seen"


@needs_evidence
def test_hosts_that_only_follow_a_pattern_are_guesses() -> None:
    with (SHARED / "data" / "offices.csv").open(encoding="utf-8", newline="") as file:
        patterns = {row["website"] for row in csv.DictReader(file) if row["website_basis"] == "pattern"}
    lines = lines_of(SHARED / "sites.md")
    assert (
        wrong(
            lambda source: (
                bare_host(source) not in patterns or source.confidence == "guess" or is_seen(bare_host(source), lines)
            )
        )
        == []
    )


def lines_of(*files: Path) -> list[str]:
    return [line for file in files for line in file.read_text(encoding="utf-8").lower().splitlines()]


def is_seen(name: str, lines: list[str]) -> bool:
    """Whether a host stands somewhere in full, or as one of the labels listed beside its domain."""
    label = re.compile(rf"\b{re.escape(name.split('.')[0])}\b")
    domain = site(f"https://{name}/")
    listed = (line for line in lines if f".{domain}" in line and ("seen:" in line or "subdomains" in line))
    return any(name in line for line in lines) or any(label.search(line) for line in listed)


def bare_host(source: Source) -> str:
    return host(source.homepage).removeprefix("www.")


def addresses(source: Source) -> list[str]:
    return [source.homepage, *(strategy.url for strategy in source.discover)] if source.homepage else []


def is_own(source: Source, url: str) -> bool:
    return url.startswith("https://") and site(url) == site(source.homepage)


def wrong(is_right: Callable[[Source], bool]) -> list[str]:
    return [slug for slug, source in SOURCES.items() if not is_right(source)]
