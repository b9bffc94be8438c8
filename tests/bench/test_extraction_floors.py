"""Newsfeed's extractor does not fall below the pinned quality, measure by measure, over all pages of tests/pages.

`floors.json` holds the floors; each is raised when the extractor has become better for good. Speed is for the
benchmark alone: a machine's clock fails no test.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from cases import fixtures
from peers import OURS, PLAIN_FIELDS
from scoring import MEASURES, Marks, marks_of, misses, total

FLOORS: dict[str, float] = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))
NO_FIELDS = {"url", "source", "paragraphs", "published"}  # given, or measured under other names


@cache
def scores() -> dict[str, Marks]:
    return marks_of(OURS, fixtures())


@pytest.mark.parametrize(("measure", "floor"), FLOORS.items(), ids=FLOORS.keys())
def test_not_below_the_floor(measure: str, floor: float) -> None:
    reached = total(scores(), measure)
    assert reached is not None, "no page states it"
    assert reached >= floor, "\n".join(misses(scores(), measure))


def test_every_measure_has_a_floor() -> None:
    assert set(FLOORS) == set(MEASURES)


def test_every_expectation_is_measured() -> None:
    stated = {name for case in fixtures() for name in case.facts}
    assert stated - NO_FIELDS <= set(PLAIN_FIELDS)
