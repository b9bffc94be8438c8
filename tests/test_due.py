"""When a source and a link are asked again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.due import is_due, next_due, next_try

MINUTES = (15, 30, 60, 120, 240, 480, 960, 1440, 1440)


@pytest.mark.parametrize(("failures", "minutes"), list(enumerate(MINUTES)))
def test_source_that_fails_is_asked_less_often_but_daily(now: datetime, failures: int, minutes: int) -> None:
    assert next_due(now, failures) - now == timedelta(minutes=minutes)


@given(st.integers(0, 10**6))
def test_no_source_is_given_up(failures: int) -> None:
    start = datetime(2026, 1, 29)  # noqa: DTZ001 (a difference has no zone)
    assert next_due(start, failures) - start <= timedelta(days=1)


@pytest.mark.parametrize(
    ("minutes", "waiting", "due"),
    [(None, False, True), (-1, False, True), (0, False, True), (1, False, True), (2, False, False), (2, True, True)],
    ids=["never tried", "late", "now", "as good as now", "later", "later, but links wait"],
)
def test_is_due(now: datetime, minutes: int | None, waiting: bool, due: bool) -> None:
    at = None if minutes is None else now + timedelta(minutes=minutes)
    assert is_due(now, at, waiting) is due


def test_link_is_tried_ever_later_and_then_given_up(now: datetime) -> None:
    tries = [next_try(now, attempts) for attempts in range(1, 9)]
    times = [at for at in tries if at]
    assert times == sorted(set(times))
    assert len(times) == 6
    assert tries[6:] == [None, None]
