"""When a source and a link are asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.due import FAILURES, after_failure, is_open, next_poll, next_try, turn, urgency
from crawler.models import Published, Source, Standing, Window

NOW = datetime(2026, 1, 29, 3, tzinfo=UTC)  # 10:00 in Jakarta
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SITE = Source("warta", "Warta", "press", "https://warta.example/")
BUSY = Published(tuple(NOW - n * timedelta(minutes=20) for n in range(600)), since=NOW - 90 * DAY)
NIGHT, MORNING = Window(time(22), time(5)), Window(time(6), time(22))

windows = st.sampled_from([None, NIGHT, MORNING, Window(time(12), time(13))])
spans = st.sampled_from([None, 5 * MINUTE, HOUR, 7 * DAY])


@pytest.mark.parametrize(
    ("state", "hours"),
    [
        ("failing", (0.5, 1, 2, 4, 8, 16, 24, 24)),
        ("dns/tls", (1, 2, 4, 8, 16, 24, 24)),
        ("refused", (6, 12, 24, 24)),
        ("blocked", (12, 24, 24)),
        ("gone", (24, 24)),
    ],
)
def test_who_fails_is_asked_less_often_but_daily(state: str, hours: tuple[float, ...]) -> None:
    for failures, least in enumerate(hours, 1):
        wait = after_failure(SITE, state, failures, NOW) - NOW
        assert least * HOUR <= wait <= min(least * 1.2 * HOUR, DAY)


@given(st.sampled_from([*FAILURES, "a state of a later version"]), st.integers(1, 10**6), windows)
def test_no_source_is_given_up(state: str, failures: int, window: Window | None) -> None:
    source = replace(SITE, window=window)
    at = after_failure(source, state, failures, NOW)
    assert NOW < at <= NOW + 2 * DAY + HOUR
    assert is_open(window, source.zone, at)


@given(st.lists(st.integers(0, 60 * 24 * 40), max_size=50), spans, windows, st.integers(0, 10**6))
def test_next_poll_is_bounded_and_within_the_window(
    minutes: list[int], every: timedelta | None, window: Window | None, least: int
) -> None:
    past = Published(tuple(NOW - minute * MINUTE for minute in minutes), since=NOW - 90 * DAY)
    source = replace(SITE, every=every, window=window)
    at = next_poll(source, past, timedelta(seconds=least), NOW)
    assert is_open(window, source.zone, at)
    if every:
        assert NOW + every <= at <= NOW + every * 1.2 + DAY + HOUR
    else:
        assert NOW + max(15 * MINUTE, min(timedelta(seconds=least), DAY)) <= at
        assert at <= NOW + DAY + (DAY + HOUR if window else timedelta())


def test_answers_that_ask_for_less_are_heeded_unless_the_operator_says_otherwise() -> None:
    assert next_poll(SITE, BUSY, None, NOW) - NOW < 20 * MINUTE
    assert HOUR <= next_poll(SITE, BUSY, HOUR, NOW) - NOW < 80 * MINUTE
    assert next_poll(replace(SITE, every=10 * MINUTE), BUSY, HOUR, NOW) - NOW < 15 * MINUTE


def test_offices_that_began_together_do_not_stay_together() -> None:
    offices = [replace(SITE, slug=f"kanwil-{n}") for n in range(33)]
    times = {next_poll(office, BUSY, HOUR, NOW).replace(second=0) for office in offices}
    assert len(times) > 8
    mornings = {next_poll(replace(office, window=MORNING), BUSY, 15 * HOUR, NOW) for office in offices}
    assert len(mornings) == 33
    assert max(mornings) - min(mornings) < 11 * MINUTE


def test_jitter_is_the_same_for_the_same_run_and_another_in_the_next() -> None:
    waits = [next_poll(SITE, BUSY, HOUR, NOW + n * DAY) - NOW - n * DAY for n in (0, 0, 1)]
    assert waits[0] == waits[1] != waits[2]


def test_at_night_a_busy_source_rests_and_in_the_morning_it_is_asked_before_its_first_article() -> None:
    zone = ZoneInfo("Asia/Jakarta")
    first = datetime(2026, 1, 1, 6, 30, tzinfo=zone)
    past = Published(
        tuple(first + day * DAY + n * 20 * MINUTE for day in range(28) for n in range(40)), since=NOW - 90 * DAY
    )
    at, asked = datetime(2026, 1, 27, 22, tzinfo=zone), []
    while at < datetime(2026, 1, 28, 12, tzinfo=zone):
        at = next_poll(SITE, past, None, at).astimezone(zone)
        asked.append(at)
    night = [at for at in asked if at.hour < 5]
    before = max(at for at in asked if (at.hour, at.minute) < (6, 30))
    assert len(night) <= 4
    assert next(at for at in asked if at > before).hour == 6
    assert before.hour >= 5


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(), "poll"),
        (Standing(NOW - MINUTE, NOW - HOUR), "poll"),
        (Standing(NOW + MINUTE, NOW - HOUR), "poll"),
        (Standing(NOW + 2 * MINUTE, NOW - HOUR), None),
        (Standing(NOW + 2 * MINUTE, NOW - HOUR, waiting=True), "links"),
        (Standing(NOW + 2 * MINUTE, NOW - HOUR, walking=True), "poll"),
        (Standing(NOW + 2 * MINUTE, NOW - MINUTE, waiting=True, walking=True), None),
        (Standing(NOW + 400 * DAY, NOW - HOUR), "poll"),
        (Standing(NOW + HOUR, NOW + HOUR - DAY / 2), None),
        (Standing(NOW + 20 * HOUR, NOW + 19 * HOUR), "poll"),
    ],
    ids=[
        "never tried", "late", "as good as now", "later", "later, but links wait", "later, but a walk was broken off",
        "had its turn a minute ago", "due in a year", "due in an hour", "tried tomorrow: the clock went back",
    ],
)  # fmt: skip
def test_whose_turn_it_is(standing: Standing, expected: str | None) -> None:
    assert turn(SITE, standing, NOW) == expected


def test_a_week_between_polls_is_no_clock_gone_wrong() -> None:
    assert turn(replace(SITE, every=7 * DAY), Standing(NOW + 7 * DAY, NOW - HOUR), NOW) is None


@pytest.mark.parametrize(
    ("window", "hour", "expected"),
    [
        (MORNING, 5, False), (MORNING, 6, True), (MORNING, 21, True), (MORNING, 22, False),
        (NIGHT, 21, False), (NIGHT, 22, True), (NIGHT, 0, True), (NIGHT, 4, True), (NIGHT, 5, False),
        (None, 3, True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura"])
def test_outside_its_window_nothing_is_asked(window: Window | None, hour: int, expected: bool, zone: str) -> None:
    at = datetime(2026, 1, 29, hour, 30, tzinfo=ZoneInfo(zone))
    source = replace(SITE, window=window, zone=zone)
    assert (turn(source, Standing(at - DAY, at - DAY, waiting=True), at) == "poll") is expected
    assert (turn(source, Standing(), at) == "poll") is expected


def test_who_has_waited_longest_comes_first() -> None:
    standings = [Standing(NOW), Standing(NOW - HOUR), Standing(), Standing(NOW - 2 * HOUR)]
    assert [standings.index(one) for one in sorted(standings, key=urgency)] == [2, 3, 1, 0]


def test_link_is_tried_ever_later_and_then_given_up(now: datetime) -> None:
    tries = [next_try(now, attempts) for attempts in range(1, 9)]
    times = [at for at in tries if at]
    assert times == sorted(set(times))
    assert len(times) == 6
    assert tries[6:] == [None, None]
