"""The day of the event in an article's text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import event_date

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("bertempat di Aula, Rabu (28/1/2026). Kegiatan", None, "2026-01-28"),
        ("bertempat di Aula, Rabu [28/1/2026].", "2026-01-29", "2026-01-28"),
        ("digelar Jumat (27/02) di blok", "2026-03-01", "2026-02-27"),
        ("digelar Rabu (31/12) malam", "2026-01-02", "2025-12-31"),
        ("pada Jumat, 25 Maret 2022 di", "2022-03-26", "2022-03-25"),
        ("pada Kamis 8 Mei 2025 di", "2025-05-08", "2025-05-08"),
        ("dalam siaran pers (04/08/25).", "2025-08-05", "2025-08-04"),
        ("Selasa (16/9/25) pagi", "2025-09-17", "2025-09-16"),
        ("pelatihan (29–31 Oktober 2025) diikuti", "2025-11-01", "2025-10-29"),
        ("pada 15–17 September di Palu", "2025-09-20", "2025-09-15"),
        ("Senin-Rabu (3-5/11/2025)", "2025-11-06", "2025-11-03"),
        ("sejak Senin (30/9-2/10/2024)", "2024-10-03", "2024-09-30"),
        ("Jum’at (5/4) siang", "2024-04-06", "2024-04-05"),
        ("Ahad (17/03/ 2024)", "2024-03-18", "2024-03-17"),
        ("MANADO (19/8) - Kanwil", "2025-08-20", "2025-08-19"),
        ("Surakarta, 26 Juni 2025 – Rutan", "2025-06-27", "2025-06-26"),
        ("pada 6 Januari lalu", "2026-01-08", "2026-01-06"),
        ("kata Kalapas di Mataram, Rabu.", "2026-01-29", "2026-01-28"),
    ],
)
def test_shapes(text: str, published: str | None, day: str) -> None:
    found = event_date(text, date.fromisoformat(published) if published else None, NOW)
    assert found == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "published", "event"),
    [
        ("Rabu (1/9/2025)", "2025-10-02", "2025-10-01"),
        ("Sabtu (2/7/2025)", "2025-08-03", "2025-08-02"),
        ("Rabu (7/1/2025)", "2026-01-08", "2026-01-07"),
        ("Senin, 28 Februari 2025", "2025-05-01", "2025-04-28"),
        ("Senin (28/1/2026)", "2026-01-29", "2026-01-28"),
        ("Kamis (27/02)", "2026-03-01", "2026-02-27"),
    ],
    ids=["month", "month back", "year", "month by name", "no better reading", "no better reading, no year"],
)
def test_a_weekday_that_contradicts_its_date(text: str, published: str, event: str) -> None:
    assert event_date(text, date.fromisoformat(published), NOW) == date.fromisoformat(event)


@pytest.mark.parametrize(
    "text",
    [
        "", "Sabtu (31/2/2026)", "(32/1/2026)", "Undang-Undang Nomor 22 Tahun 2022", "lahir pada 17 Agustus 1945",
        "nilai 10/12", "Kelas IIA 12 orang", "setiap hari Senin", "pukul 10.30 WIB", "2/3 penghuni",
    ],
)  # fmt: skip
def test_no_date_is_made_up(text: str) -> None:
    assert event_date(text, date(2026, 1, 29), NOW) is None


def test_without_year_and_publication_date_only_a_fitting_weekday_counts() -> None:
    assert event_date("digelar (20/11) di aula", None, NOW) is None
    assert event_date("digelar Jumat (20/11) di aula", None, NOW) == date(2026, 11, 20)


def test_the_first_marked_date_counts_and_background_does_not() -> None:
    text = (
        "Sejak 2 Januari 2020 lapas penuh.\nRazia digelar Selasa (20/10/2026).\nSebelumnya, Senin (5/10/2026), ricuh."
    )
    assert event_date(text, date(2026, 10, 21), NOW) == date(2026, 10, 20)


def test_an_announced_event_lies_ahead() -> None:
    assert event_date("akan digelar Sabtu (31/1/2026)", date(2026, 1, 29), NOW) == date(2026, 1, 31)


@given(st.dates(date(1996, 1, 1), date(2026, 11, 20)), st.integers(0, 9), st.booleans())
def test_a_right_date_is_always_found(day: date, later: int, with_year: bool) -> None:
    names = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
    written = f"{day.day}/{day.month}" + (f"/{day.year}" if with_year else "")
    text = f"Warga binaan menerima remisi, {names[day.weekday()]} ({written})."
    assert event_date(text, day + timedelta(days=later), NOW) == day


@given(st.text(max_size=200), st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text_is_safe(text: str, published: date | None) -> None:
    event_date(text + " Rabu (28/1/2026) (29/2) 31 Des 9999", published, NOW)
