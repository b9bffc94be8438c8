"""How far a backfill has come and how long the rest may take, or that nothing tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from crawler.spiders.course import Course

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


def passing(days: Sequence[int]) -> Course:
    """A course past articles of these days after the date."""
    course = Course(SINCE)
    for day in days:
        course.meet(SINCE + timedelta(days=day))
    return course


REST = {
    "nothing met": ([], None),
    "all of one day": ([100] * 20, None),
    "half of the way": ([*range(100, 50, -1), *[50] * 10], 10),
    "a fifth of the way": ([*range(100, 80, -1), *[80] * 10], 40),
    "an old one among new ones": ([100, 3, *[100] * 10], None),
    "out of order within a page": ([100, 98, 99, 97, *range(96, 50, -1), 40, *[50] * 9], 10),
    "at the end": ([*range(100, -1, -1), *[0] * 10], 0),
}


@pytest.mark.parametrize(("days", "minutes"), REST.values(), ids=REST)
def test_rest_is_estimated_from_the_days_behind(days: Sequence[int], minutes: int | None) -> None:
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert passing(days).remaining(TEN_MINUTES) == expected
