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
