"""Records may name the page families that there are, and no others."""

from __future__ import annotations

from crawler.pages.families import FAMILIES
from crawler.sources.record import FAMILY_NAMES


def test_family_names_are_those_of_the_families() -> None:
    assert {family.name for family in FAMILIES} == set(FAMILY_NAMES)
