"""What state a source is in: from what became of its ways and pages, and from its own past."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.health import SEVERITY, Course, Problem, is_trouble, judge, next_move, of_status
from crawler.health.silence import is_quiet, working_days
from crawler.models import History, Sample, Spell, State

REFUSED = Problem("refused", "HTTP 403 (refuses us)")
BROKEN = Problem("malformed", "the feed holds no entry.")
EMPTY = Problem("empty", "the page holds no article text.")
NONE = History()
NOW = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)  # a Wednesday, far from any holiday
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

CASES = {
    "new articles": (Course([], True, [None, None], 2), "new"),
    "nothing new": (Course(), "unchanged"),
    "one page of two failed": (Course([], True, [None, EMPTY], 1), "new"),
    "a strategy failed, the next served": (Course([REFUSED]), "unchanged"),
    "all strategies failed: the preferred one tells": (Course([REFUSED, BROKEN], False), REFUSED),
    "no strategy at all": (Course([], False), Problem("empty", "no way to its articles is known")),
    "its only page failed": (Course([], True, [EMPTY]), "unchanged"),
    "all pages failed: the commonest tells": (
        Course([], True, [EMPTY, REFUSED, EMPTY]),
        Problem("empty", f"all 3 article pages failed: {EMPTY.reason}"),
    ),
    "pages failed but REST brought articles": (Course([], True, [EMPTY], 3), "new"),
}


@pytest.mark.parametrize(("course", "verdict"), CASES.values(), ids=CASES.keys())
def test_judge(course: Course, verdict: Problem | str) -> None:
    assert judge(course, NONE, NOW) == verdict


@pytest.mark.parametrize(
    ("status", "state"),
    [(401, "refused"), (403, "refused"), (404, "gone"), (410, "gone"), (429, "failing"), (500, "failing"),
     (206, "failing"), (302, "failing"), (599, "failing")],
)  # fmt: skip
def test_status_other_than_200_is_named(status: int, state: str) -> None:
    problem = of_status(status)
    assert problem.state == state
    assert problem.reason.startswith(f"HTTP {status}")


def test_pages_that_fail_one_by_one_over_many_runs_are_a_failure_too() -> None:
    past = History(unread=3, unread_reason="the page holds no article text.")
    verdict = judge(Course([], True, [EMPTY]), past, NOW)
    assert isinstance(verdict, Problem)
    assert verdict.state == "empty"
    assert judge(Course(new=1), past, NOW) == "new"
    assert judge(Course([], True, [EMPTY]), History(unread=2), NOW) == "unchanged"


# -- silent ----------------------------------------------------------------------------------------------------------


def every(days: float, count: int, last: datetime = NOW) -> list[datetime]:
    return [last - timedelta(days=days * n) for n in range(count)]


def before(days: float, rhythm: float, count: int = 40) -> History:
    """A source that published every `rhythm` days until so many days ago."""
    times = every(rhythm, count, NOW - timedelta(days=days))
    return History(entered=tuple(times), watched_since=LONG_AGO)


RHYTHMS: dict[str, tuple[History, bool]] = {
    "daily, a day ago": (before(1, 1), False),
    "daily, a long weekend ago": (before(5, 1), False),
    "daily, two weeks ago": (before(14, 1), True),
    "hourly, two weeks ago": (before(14, 1 / 24, 500), True),
    "twice an hour, a long weekend ago": (before(5, 1 / 48, 900), False),
    "weekly, two weeks ago": (before(14, 7), False),
    "weekly, two months ago": (before(60, 7), True),
    "monthly, a week ago": (before(7, 30), False),
    "monthly, seven weeks ago": (before(49, 30), False),
    "monthly, half a year ago": (before(180, 30, 20), True),
    "too little history": (before(200, 1, 8), False),
    "none at all": (History(watched_since=LONG_AGO), False),
}


@pytest.mark.parametrize(("past", "is_silent"), RHYTHMS.values(), ids=RHYTHMS.keys())
def test_silence_is_measured_by_a_sources_own_rhythm(past: History, is_silent: bool) -> None:
    verdict = judge(Course(), past, NOW)
    assert isinstance(verdict, Problem) is is_silent
    if isinstance(verdict, Problem):
        assert verdict.state == "silent"
        assert f"{past.entered[0]:%Y-%m-%d}" in verdict.reason


def test_bursts_with_long_pauses_are_no_silence() -> None:
    """Three articles in a row, then twenty days nothing: how some offices publish."""
    starts = [NOW - timedelta(days=23 * n + 18) for n in range(12)]
    times = tuple(sorted((at + timedelta(days=n) for at in starts for n in range(3)), reverse=True))
    assert judge(Course(), History(entered=times, watched_since=LONG_AGO), NOW) == "unchanged"


def test_one_outage_in_the_past_does_not_hide_the_next() -> None:
    times = [*every(1, 20, NOW - timedelta(days=14)), *every(1, 20, NOW - timedelta(days=120))]
    assert not isinstance(judge(Course(), History(entered=tuple(times), watched_since=LONG_AGO), NOW), str)


def test_article_ends_the_silence() -> None:
    past = before(14, 1)
    assert judge(Course(new=1), past, NOW) == "new"
    assert judge(Course(), History((NOW, *past.entered), watched_since=LONG_AGO), NOW) == "unchanged"


def test_site_that_was_silent_before_it_was_watched_is_no_news() -> None:
    past = before(400, 1)
    assert judge(Course(), History(past.entered, watched_since=NOW - timedelta(days=2)), NOW) == "unchanged"


@pytest.mark.parametrize(
    ("last", "today"),
    [
        (datetime(2025, 3, 27, 3, tzinfo=UTC), datetime(2025, 4, 10, 3, tzinfo=UTC)),
        (datetime(2026, 3, 16, 3, tzinfo=UTC), datetime(2026, 3, 31, 3, tzinfo=UTC)),
        (datetime(2027, 3, 5, 3, tzinfo=UTC), datetime(2027, 3, 21, 3, tzinfo=UTC)),
        (datetime(2025, 12, 24, 3, tzinfo=UTC), datetime(2026, 1, 6, 3, tzinfo=UTC)),
    ],
    ids=["Lebaran 2025", "Lebaran 2026", "Lebaran 2027", "the turn of the year"],
)
def test_holidays_are_no_silence(last: datetime, today: datetime) -> None:
    past = History(entered=tuple(every(1, 40, last)), watched_since=LONG_AGO)
    assert judge(Course(), past, today) == "unchanged"
    assert not isinstance(judge(Course(), past, today + timedelta(days=14)), str)


@pytest.mark.parametrize(
    "eid",
    [date(2019, 6, 5), date(2020, 5, 24), date(2021, 5, 13), date(2022, 5, 2), date(2023, 4, 22), date(2024, 4, 10),
     date(2025, 3, 31), date(2026, 3, 20), date(2030, 2, 5), date(2033, 1, 2)],
)  # fmt: skip
def test_idul_fitri_is_known_in_any_year(eid: date) -> None:
    assert all(is_quiet(eid + timedelta(days=n)) for n in range(-3, 8))
    assert not all(is_quiet(eid + timedelta(days=n)) for n in range(12, 19))


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(start: date, one: int, other: int) -> None:
    middle, end = start + timedelta(days=one), start + timedelta(days=one + other)
    assert working_days(start, middle) + working_days(middle, end) == working_days(start, end)
    assert 0 <= working_days(start, end) <= one + other


# -- drift -----------------------------------------------------------------------------------------------------------


def samples(newest: int, older: int = 30, **lost: object) -> History:
    """Articles a day apart, of which the newest have lost something."""
    usual: dict[str, object] = {"author": True, "published": True, "image": True, "size": 2000}
    made = [usual | lost] * newest + [usual] * older
    found = [Sample(entered=NOW - timedelta(days=n), **facts) for n, facts in enumerate(made)]  # type: ignore[arg-type]
    return History(samples=tuple(found), entered=tuple(sample.entered for sample in found), watched_since=LONG_AGO)


DRIFTS: dict[str, tuple[History, str | None]] = {
    "author": (samples(5, author=False), "no author since 2026-06-06"),
    "date": (samples(7, published=False), "no date of publication since 2026-06-04"),
    "picture": (samples(10, image=False), "no picture since 2026-06-01"),
    "text": (samples(6, size=150), "no whole text since 2026-06-05"),
    "two at once": (samples(5, author=False, image=False), "no author since 2026-06-06, no picture since 2026-06-06"),
    "one article": (samples(1, author=False), None),
    "four articles": (samples(4, author=False), None),
    "too little before": (samples(5, 10, author=False), None),
    "shorter, but a text": (samples(6, size=900), None),
    "nothing": (samples(0), None),
}


@pytest.mark.parametrize(("past", "told"), DRIFTS.values(), ids=DRIFTS.keys())
def test_field_that_stopped_coming_is_told(past: History, told: str | None) -> None:
    verdict = judge(Course(new=1), past, NOW)
    assert isinstance(verdict, Problem) is (told is not None)
    if isinstance(verdict, Problem) and told:
        assert verdict.state == "drift"
        assert told in verdict.reason


def test_field_that_every_other_article_has_is_not_missed() -> None:
    mixed = [Sample(NOW - timedelta(days=n), n % 2 == 0 and n > 8, True, True, 2000) for n in range(40)]
    assert judge(Course(new=1), History(samples=tuple(mixed)), NOW) == "new"


def test_field_that_is_back_is_not_missed() -> None:
    past = samples(12, author=False).samples
    back = Sample(NOW + timedelta(days=1), True, True, True, 2000)
    assert judge(Course(new=1), History(samples=(back, *past)), NOW) == "new"


# -- incidents -------------------------------------------------------------------------------------------------------


def course(*steps: tuple[int, bool]) -> list[str | None]:
    """The moves over minutes at which a source was in trouble or not."""
    spell: Spell | None = None
    moves: list[str | None] = []
    for minute, trouble in steps:
        at = NOW + timedelta(minutes=minute)
        move = next_move(spell, trouble=trouble, now=at)
        moves.append(move)
        if move == "open":
            spell = Spell(at, at)
        elif spell and move in ("reopen", "go on"):
            spell = Spell(spell.opened_at, at, None, spell.reopened + (move == "reopen"))
        elif spell and move == "close":
            spell = Spell(spell.opened_at, spell.seen_at, at, spell.reopened)
    return moves


def test_incident_opens_once_and_closes_with_the_first_success() -> None:
    assert course((0, False), (15, True), (30, True), (45, False), (60, False)) == [
        None,
        "open",
        "go on",
        "close",
        None,
    ]


def test_source_that_flickers_makes_one_incident() -> None:
    steps = [(15 * n, n % 2 == 1) for n in range(1, 12)]
    assert course(*steps) == [
        "open",
        "close",
        "reopen",
        "wait",
        "go on",
        "wait",
        "go on",
        "wait",
        "go on",
        "wait",
        "go on",
    ]
    assert course(*steps, (240, False))[-1] == "close"


def test_trouble_much_later_is_another_incident() -> None:
    assert course((0, True), (15, False), (90, True)) == ["open", "close", "open"]


def test_every_state_has_its_place() -> None:
    assert set(SEVERITY) == set(State.__args__)  # type: ignore[attr-defined]
    assert [is_trouble(state) for state in ("silent", "drift", "blocked", "paused", "unchanged")] == [
        True, True, True, False, False,
    ]  # fmt: skip
