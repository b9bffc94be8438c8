"""How often a source is asked, by how often it publishes, and in which hours it is left to rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Published
from crawler.rhythm import LONGEST, SHORTEST, Quiet, interval, quiet_hours, rested

NOW = datetime(2026, 1, 29, 3, tzinfo=UTC)  # 10:00 in Jakarta
LONG_AGO = NOW - timedelta(days=400)
HOUR = timedelta(hours=1)

times = st.lists(st.integers(-60, 40 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60)


def every(span: timedelta, *, newest: timedelta = HOUR * 5) -> Published:
    """A source that has published at this distance for four weeks, last some hours ago."""
    count = int((timedelta(days=28) - newest) / span)
    return Published(tuple(NOW - newest - n * span for n in range(count + 1)), since=LONG_AGO)


def test_who_publishes_more_often_is_asked_more_often() -> None:
    gaps = [timedelta(minutes=20), HOUR, HOUR * 4, HOUR * 12, HOUR * 24, HOUR * 24 * 7, HOUR * 24 * 28]
    waits = [interval(every(gap, newest=HOUR * 30), NOW) for gap in gaps]
    assert waits == sorted(waits)
    assert waits[0] < HOUR < waits[3] < waits[-1] == LONGEST


@pytest.mark.parametrize(
    ("past", "at_least", "at_most"),
    [
        (every(timedelta(minutes=10)), SHORTEST, SHORTEST),
        (every(HOUR * 6), HOUR, HOUR * 2),
        (every(HOUR * 24, newest=HOUR * 20), HOUR * 3, HOUR * 7),
        (Published((NOW - timedelta(days=20),), since=LONG_AGO), LONGEST, LONGEST),
        (Published(since=LONG_AGO), LONGEST, LONGEST),
        (Published(), HOUR, HOUR * 2),
        (Published(since=NOW - HOUR), HOUR, HOUR * 2),
        (Published(found=(NOW - timedelta(days=5),) * 500, since=LONG_AGO), HOUR * 6, LONGEST),
        (Published(found=tuple(NOW - n * HOUR * 6 for n in range(1, 100)), since=LONG_AGO), HOUR, HOUR * 2),
        (Published((NOW + timedelta(days=300),), since=LONG_AGO), LONGEST, LONGEST),
    ],
    ids=[
        "a portal", "an office", "one a day", "one a month", "silent", "never seen", "new", "an import of 500 at once",
        "articles without times", "from the future",
    ],
)  # fmt: skip
def test_interval(past: Published, at_least: timedelta, at_most: timedelta) -> None:
    assert at_least <= interval(past, NOW) <= at_most


def test_who_has_just_published_is_asked_sooner_and_that_passes() -> None:
    past = Published((NOW - timedelta(minutes=5),), since=LONG_AGO)
    waits = [interval(past, NOW + after) for after in (timedelta(), HOUR * 6, HOUR * 48, HOUR * 24 * 10)]
    assert waits == sorted(waits)
    assert waits[0] <= HOUR
    assert waits[-1] == LONGEST


@given(times, times)
def test_interval_is_bounded_and_more_articles_never_make_it_longer(some: list[datetime], more: list[datetime]) -> None:
    few = interval(Published(tuple(some), since=LONG_AGO), NOW)
    assert SHORTEST <= interval(Published(tuple(some), tuple(more), LONG_AGO), NOW) <= few <= LONGEST


def by_day(*hours: int, days: int = 20) -> Published:
    """A source that publishes at these hours of its day in Jayapura (UTC+9)."""
    start = datetime(2026, 1, 28, tzinfo=UTC) - HOUR * 9
    return Published(
        tuple(start - timedelta(days=day) + HOUR * hour + timedelta(minutes=7) for day in range(days) for hour in hours)
    )


@pytest.mark.parametrize(
    ("past", "quiet"),
    [
        (by_day(7, 9, 12, 16, 20), Quiet(22, 6)),
        (by_day(0, 3, 10, 22), Quiet(12, 21)),
        (by_day(0, 5, 10, 15, 20), None),
        (by_day(7, 20, days=5), None),
        (by_day(7, 12, 20, days=4), None),
        (by_day(9), Quiet(11, 8)),
        (Published(), None),
    ],
    ids=["rests at night", "rests in the evening", "never rests", "too few articles", "too few days", "once a day", ""],
)
def test_quiet_hours_are_learnt_from_the_source_by_its_own_clock(past: Published, quiet: Quiet | None) -> None:
    assert quiet_hours(past, "Asia/Jayapura", NOW) == quiet


def test_when_articles_were_found_tells_no_quiet_hours() -> None:
    assert quiet_hours(Published(found=by_day(7, 9, 12, 16, 20).told), "Asia/Jayapura", NOW) is None


@given(times, st.integers(0, 48 * 60))
def test_night_never_puts_a_request_off_beyond_the_hour_before_the_first_article(
    told: list[datetime], minutes: int
) -> None:
    past = Published(tuple(told))
    quiet, at = quiet_hours(past, "Asia/Jakarta", NOW), NOW + timedelta(minutes=minutes)
    put_off = rested(at, quiet, "Asia/Jakarta", NOW)
    assert at <= put_off <= max(at, NOW + HOUR * 3)
    if quiet and put_off > at:
        crossed = [at + n * timedelta(minutes=10) for n in range(int((put_off - at) / timedelta(minutes=10)))]
        assert all(quiet.holds(moment + HOUR * 7) for moment in crossed)
