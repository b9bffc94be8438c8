"""Publication dates: which candidate counts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.models import Evidence
from crawler.normalize.dates import modified, published
from crawler.normalize.judge import Decision

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
URL = "https://pers.example/lapas-panen/"
JAKARTA = "Asia/Jakarta"


def stamp(*candidates: tuple[str, str], url: str = URL) -> tuple[str, str, str] | None:
    decision = Decision("published", published([Evidence(*candidate) for candidate in candidates], url, JAKARTA, NOW))
    found = decision.value
    return (found.at.strftime("%Y-%m-%d %H:%M"), found.precision, decision.origin) if found else None


@pytest.mark.parametrize(
    ("candidates", "url", "expected"),
    [
        (
            [("2026-01-28T10:00:00+07:00", "time"), ("27 Januari 2026", "text")],
            URL,
            ("2026-01-28 03:00", "second", "time"),
        ),
        ([("bukan tanggal", "time"), ("28 Januari 2026", "text")], URL, ("2026-01-27 17:00", "day", "text")),
        ([("2027-05-01T00:00:00Z", "meta")], URL, ("2026-11-24 05:00", "second", "meta")),
        ([("1970-01-01T00:00:00Z", "meta")], URL, None),
        ([("0000-00-00 00:00:00", "meta")], URL, None),
        ([("24 November 2026", "header")], URL, None),
        ([("24 November 2026", "text")], URL, ("2026-11-23 17:00", "day", "text")),
        ([], URL, None),
        ([], "https://pers.example/2025/03/28/lapas/", ("2025-03-27 17:00", "day", "url")),
        ([], "https://pers.example/2025/03/lapas/", None),
        (
            [("2026-11-24T01:00:00Z", "meta")],
            "https://pers.example/2025/03/28/lapas/",
            ("2025-03-27 17:00", "day", "url"),
        ),
        (
            [("19 November 2026", "text"), ("2025-03-28T08:00:00+07:00", "meta")],
            "https://pers.example/2025/03/lapas/",
            ("2025-03-28 01:00", "second", "meta"),
        ),
        (
            [("2025-03-27T23:00:00Z", "meta")],
            "https://pers.example/2025/03/28/lapas/",
            ("2025-03-27 23:00", "second", "meta"),
        ),
    ],
)
def test_published(candidates: list[tuple[str, str]], url: str, expected: tuple[str, str, str] | None) -> None:
    assert stamp(*candidates, url=url) == expected


def test_an_edit_is_later_than_publication() -> None:
    at = datetime(2026, 1, 28, 3, 0, tzinfo=UTC)

    def edited(stamp: str) -> datetime | None:
        stamps = published([Evidence(at.isoformat(), "meta")], URL, JAKARTA, NOW)
        found = Decision("modified", modified([Evidence(stamp, "meta")], stamps, JAKARTA, NOW)).value
        return found.at if found else None

    assert edited("2026-01-28T03:00:00Z") is None
    assert edited("2026-01-28T04:00:00Z") == at.replace(hour=4)
    assert edited("2028-01-28T04:00:00Z") == NOW


LOCAL_AS_UTC: dict[str, tuple[list[tuple[str, str]], tuple[str, str, str] | None]] = {
    "Z alone is believed": ([("2026-01-28T10:00:00Z", "meta")], ("2026-01-28 10:00", "second", "meta")),
    "a visible WIB stamp of the same clock shows that Z is wrong": (
        [("2026-01-28T10:00:00Z", "json-ld"), ("28 Januari 2026 10:00 WIB", "text")],
        ("2026-01-28 03:00", "minute", "text"),
    ),
    "a visible stamp without zone is local": (
        [("2026-01-28T10:00:25+00:00", "json-ld"), ("28/01/2026 10:00", "time")],
        ("2026-01-28 03:00", "minute", "time"),
    ),
    "a visible WIB stamp of the same instant confirms Z": (
        [("2026-01-28T03:00:00Z", "json-ld"), ("28 Januari 2026 10:00 WIB", "text")],
        ("2026-01-28 03:00", "second", "json-ld"),
    ),
    "a visible day shows nothing": (
        [("2026-01-28T10:00:00Z", "json-ld"), ("28 Januari 2026", "text")],
        ("2026-01-28 10:00", "second", "json-ld"),
    ),
    "an offset is no mark of UTC": (
        [("2026-01-28T10:00:00+08:00", "json-ld"), ("28 Januari 2026 10:00 WIB", "text")],
        ("2026-01-28 02:00", "second", "json-ld"),
    ),
    "another clock shows nothing": (
        [("2026-01-28T10:00:00Z", "json-ld"), ("28 Januari 2026 10:01 WIB", "text")],
        ("2026-01-28 10:00", "second", "json-ld"),
    ),
    "another time in UTC shows nothing": (
        [("2026-01-28T10:00:00Z", "json-ld"), ("2026-01-28T03:00:00Z", "meta")],
        ("2026-01-28 10:00", "second", "json-ld"),
    ),
    "Z in the future that is past on the local clock": (
        [("2026-11-24T11:30:00Z", "meta")],
        ("2026-11-24 04:30", "second", "meta"),
    ),
    "Z in the future on either clock": ([("2026-11-24T13:00:00Z", "meta")], ("2026-11-24 05:00", "second", "meta")),
    "local time in the future": ([("2026-11-24T13:00:00+07:00", "meta")], ("2026-11-24 05:00", "second", "meta")),
}


@pytest.mark.parametrize(("candidates", "expected"), LOCAL_AS_UTC.values(), ids=LOCAL_AS_UTC.keys())
def test_local_time_marked_as_utc(candidates: list[tuple[str, str]], expected: tuple[str, str, str] | None) -> None:
    assert stamp(*candidates) == expected


VISIT: dict[str, tuple[list[tuple[str, str]], tuple[str, str, str] | None]] = {
    "metadata of today against an older date that is shown": (
        [("2026-11-24T11:00:00+07:00", "meta"), ("28 Januari 2026", "text")],
        ("2026-01-27 17:00", "day", "text"),
    ),
    "metadata of today alone": ([("2026-11-24T11:00:00+07:00", "meta")], ("2026-11-24 04:00", "second", "meta")),
    "metadata of today and the same day shown": (
        [("2026-11-24T11:00:00+07:00", "meta"), ("24 November 2026 10:00 WIB", "text")],
        ("2026-11-24 04:00", "second", "meta"),
    ),
    "today is the day where the source is": (
        [("2026-11-23T18:00:00Z", "meta"), ("28 Januari 2026 10:00 WIB", "text")],
        ("2026-01-28 03:00", "minute", "text"),
    ),
    "metadata of yesterday": (
        [("2026-11-23T11:00:00+07:00", "meta"), ("28 Januari 2026", "text")],
        ("2026-11-23 04:00", "second", "meta"),
    ),
    "the day above the title": (
        [("24 November 2026", "header"), ("28 Januari 2026", "text")],
        ("2026-01-27 17:00", "day", "text"),
    ),
    "an older date that is impossible": (
        [("2026-11-24T11:00:00+07:00", "meta"), ("1 Januari 1970", "text")],
        ("2026-11-24 04:00", "second", "meta"),
    ),
}


@pytest.mark.parametrize(("candidates", "expected"), VISIT.values(), ids=VISIT.keys())
def test_day_of_the_visit(candidates: list[tuple[str, str]], expected: tuple[str, str, str] | None) -> None:
    assert stamp(*candidates) == expected


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        (
            [("28 Januari 2026", "text"), ("2026-01-28T10:00:00+07:00", "meta")],
            ("2026-01-28 03:00", "second", "meta"),
        ),
        ([("28 Januari 2026", "text"), ("2026-01-29T10:00:00+07:00", "meta")], ("2026-01-27 17:00", "day", "text")),
        ([("28 Januari 2026", "text"), ("27 Januari 2026", "time")], ("2026-01-27 17:00", "day", "text")),
    ],
)
def test_day_gives_way_to_the_time_of_that_day(
    candidates: list[tuple[str, str]], expected: tuple[str, str, str]
) -> None:
    assert stamp(*candidates) == expected


@pytest.mark.parametrize(
    ("candidate", "shown", "expected"),
    [
        ("2026-01-28T12:30:00Z", ("28 Januari 2026 10:00 WIB", "text"), "2026-01-28 05:30"),
        ("2026-01-28T12:30:00Z", ("28 Januari 2026 17:00 WIB", "text"), "2026-01-28 12:30"),
        ("2026-01-28T12:30:00+07:00", ("28 Januari 2026 10:00 WIB", "text"), "2026-01-28 05:30"),
        ("2026-01-28T10:00:00Z", ("28 Januari 2026 10:00 WIB", "text"), None),
    ],
)
def test_edit_is_marked_as_wrongly_as_publication(candidate: str, shown: tuple[str, str], expected: str | None) -> None:
    stamps = published([Evidence("2026-01-28T10:00:00Z", "json-ld"), Evidence(*shown)], URL, JAKARTA, NOW)
    found = Decision("modified", modified([Evidence(candidate, "json-ld")], stamps, JAKARTA, NOW)).value
    assert (found.at.strftime("%Y-%m-%d %H:%M") if found else None) == expected


def test_reason_of_each_stamp_that_lost() -> None:
    candidates = [("2026-01-28T10:00:00Z", "json-ld"), ("28 Januari 2026 10:00 WIB", "text"), ("kemarin dulu", "meta")]
    decision = Decision("published", published([Evidence(*one) for one in candidates], URL, JAKARTA, NOW))
    assert [(loser.origin, loser.reason) for loser in decision.losers()] == [
        ("json-ld", "marks local time as UTC, as text shows"),
        ("meta", "is no whole date"),
    ]
