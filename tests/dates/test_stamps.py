"""Dates that stand alone: every shape that pages, feeds and meta tags were seen to use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import parse_datetime
from crawler.dates.names import MONTHS, WEEKDAYS
from crawler.models import Precision

JAKARTA = "Asia/Jakarta"
NOW = datetime(2026, 1, 30, 5, 0, tzinfo=UTC)

# text, the instant in UTC, precision
KNOWN: list[tuple[str, str, Precision]] = [
    ("Kamis, 24 Jul 2025 20:52 WIB", "2025-07-24T13:52", "minute"),
    ("Senin, 05 Oktober 2020 - 12:54", "2020-10-05T05:54", "minute"),
    ("Kamis, 15 Januari 2026 | 16:20 WIB", "2026-01-15T09:20", "minute"),
    ("01/04/2016, 00:32 WIB", "2016-03-31T17:32", "minute"),
    ("Selasa, 20 Mei 2025 21.40", "2025-05-20T14:40", "minute"),
    ("28 Mar 2025, 17:27:48 WIB", "2025-03-28T10:27:48", "second"),
    ("Sab, 28 Jun 2025", "2025-06-27T17:00", "day"),
    ("Senin, 05 Agst 2019 11:29 WIB", "2019-08-05T04:29", "minute"),
    ("5 Agt 2019 11:29 WITA", "2019-08-05T03:29", "minute"),
    ("5 Agu 2019 11:29 WIT", "2019-08-05T02:29", "minute"),
    ("Rab Jul 14 , 2021", "2021-07-13T17:00", "day"),
    ("09 September 2021 06:00", "2021-09-08T23:00", "minute"),
    ("2022-08-10 10:12:48", "2022-08-10T03:12:48", "second"),
    ("13/02/2026", "2026-02-12T17:00", "day"),
    ("10/20/25", "2025-10-19T17:00", "day"),
    ("04/08/25", "2025-08-03T17:00", "day"),
    ("2 August 2025 17:41", "2025-08-02T10:41", "minute"),
    ("March 20, 2025", "2025-03-19T17:00", "day"),
    ("Saturday, 19 April 2025", "2025-04-18T17:00", "day"),
    ("Oktober 4, 2022", "2022-10-03T17:00", "day"),
    ("Sep 14, 2026 - 09:40", "2026-09-14T02:40", "minute"),
    ("January 5, 2026 5:30 pm", "2026-01-05T10:30", "minute"),
    ("Last Updated 2024-03-29T02:35:47Z", "2024-03-29T02:35:47", "second"),
    ("By On Senin, Februari 02, 2026", "2026-02-01T17:00", "day"),
    ("18 Juli 2024   21:20 Diperbarui: 19 Juli 2024", "2024-07-18T14:20", "minute"),
    ("Diterbitkan pada 3 Juni 2025 pukul 01.55 WIB", "2025-06-02T18:55", "minute"),
    ("Jum’at, 5 Pebruari 2021 pukul 09.30 WITA", "2021-02-05T01:30", "minute"),
    ("Jum'at, 5 Februari 2021", "2021-02-04T17:00", "day"),
    ("Ahad 6 Nopember 2022", "2022-11-05T17:00", "day"),
    ("Senin 21 Oct 2024 20:40 WIB", "2024-10-21T13:40", "minute"),
    ("Wed, 28 Jan 2026 09:00:00 +0700", "2026-01-28T02:00", "second"),
    ("Wed, 28 Jan 2026 09:00:00 WIB", "2026-01-28T02:00", "second"),
    ("Wed, 28 Jan 2026 02:00:00 GMT", "2026-01-28T02:00", "second"),
    ("2026-01-28T09:00:00+07:00", "2026-01-28T02:00", "second"),
    ("2026-01-28T09:00:00.123Z", "2026-01-28T09:00", "second"),
    ("2026-01-28T09:00+0900", "2026-01-28T00:00", "minute"),
    ("2026-01-28", "2026-01-27T17:00", "day"),
    ("20.52 WIB, 24 Juli 2025", "2025-07-24T13:52", "minute"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "instant", "precision"), KNOWN, ids=[text for text, *_ in KNOWN])
def test_known_shapes(text: str, instant: str, precision: Precision) -> None:
    moment = parse_datetime(text, JAKARTA)
    assert moment is not None
    assert (moment.at, moment.precision, moment.raw) == (datetime.fromisoformat(instant + "Z"), precision, text)


@pytest.mark.parametrize(
    ("text", "instant", "precision"),
    [
        ("5 menit lalu", "2026-01-30T04:55", "minute"),
        ("semenit yang lalu", "2026-01-30T04:59", "minute"),
        ("3 jam yang lalu", "2026-01-29T17:00", "day"),
        ("13 hours ago", "2026-01-28T17:00", "day"),
        ("2 hari lalu", "2026-01-27T17:00", "day"),
        ("1 day ago", "2026-01-28T17:00", "day"),
        ("kemarin", "2026-01-28T17:00", "day"),
        ("Kemarin, 10:20 WIB", "2026-01-29T03:20", "minute"),
        ("hari ini 10.20", "2026-01-30T03:20", "minute"),
    ],
)
def test_relative_forms_have_the_precision_that_they_can_have(text: str, instant: str, precision: Precision) -> None:
    moment = parse_datetime(text, JAKARTA, NOW)
    assert moment is not None
    assert (moment.at, moment.precision) == (datetime.fromisoformat(instant + "Z"), precision)
    assert parse_datetime(text, JAKARTA) is None


@pytest.mark.parametrize(
    "text",
    """31 Februari 2025|31/02/2025|29 Februari 2025|28 Januari|Januari 2026|2026|10:30|21.40 WIB|besok|2 minggu lalu|
    Rabu, 28 Januari 2026 24:00|28 Januari 2026 10:75|2026-13-01|32/01/2026|0/1/2026|12345678|1.234.567|oleh admin|
    pada 28 Januari 2026 Kalapas hadir|2026-01-28T10:00:00+99:00|Pasal 28/1/2026 ayat|Senin""".split("|"),
)  # fmt: skip
def test_nothing_is_guessed(text: str) -> None:
    assert parse_datetime(text.strip(), JAKARTA, NOW) is None


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Asia/Jakarta", "2026-01-27T17:00"),
        ("Asia/Makassar", "2026-01-27T16:00"),
        ("Asia/Jayapura", "2026-01-27T15:00"),
    ],
)
def test_a_day_begins_where_the_source_is(zone: str, instant: str) -> None:
    moment = parse_datetime("28 Januari 2026", zone)
    assert moment is not None
    assert moment.at == datetime.fromisoformat(instant + "Z")


MOMENTS = st.datetimes(datetime(1995, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001
OFFSETS = {"WIB": 7, "WITA": 8, "WIT": 9}


@given(MOMENTS, st.sampled_from(list(OFFSETS)), st.data())
def test_what_a_theme_prints_is_read_back(at: datetime, zone: str, data: st.DataObject) -> None:
    month = data.draw(st.sampled_from(MONTHS[at.month - 1]))
    weekday = data.draw(st.sampled_from(WEEKDAYS[at.weekday()]))
    apart = data.draw(st.sampled_from([" ", ", ", " - ", " | ", " – ", " pukul "]))
    colon = data.draw(st.sampled_from([":", "."]))
    moment = parse_datetime(f"{weekday}, {at.day} {month} {at.year}{apart}{at:%H}{colon}{at:%M} {zone}", JAKARTA)
    assert moment is not None
    assert moment.precision == "minute"
    assert moment.at == at.replace(second=0, microsecond=0, tzinfo=UTC) - timedelta(hours=OFFSETS[zone])


@given(MOMENTS, st.sampled_from(["%Y-%m-%dT%H:%M:%S+00:00", "%Y-%m-%d %H:%M:%SZ", "%a, %d %b %Y %H:%M:%S GMT"]))
def test_what_machines_print_is_read_back(at: datetime, form: str) -> None:
    moment = parse_datetime(at.strftime(form), JAKARTA)
    assert moment is not None
    assert moment.at == at.replace(microsecond=0, tzinfo=UTC)


PIECES = st.sampled_from(
    "28 31 0 99 1 2026 25 / - . : , T Z WIB +07:00 Januari Mei Sen jam lalu kemarin pm pukul".split()
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=9).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_a_moment_or_nothing(text: str) -> None:
    moment = parse_datetime(text, JAKARTA, NOW)
    assert moment is None or moment.at.tzinfo is UTC
