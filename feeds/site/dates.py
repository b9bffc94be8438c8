"""Times as people read them: `Rabu, 28 Januari 2026 10.12 WIB`, `Wednesday, 28 January 2026 10:12 WIB`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.models import Precision

WEEKDAYS: Mapping[str, Sequence[str]] = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
MONTHS: Mapping[str, Sequence[str]] = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
# Indonesian writes clock times with a full stop (Ejaan yang Disempurnakan, edition V).
CLOCK: Mapping[str, str] = {"id": "%H.%M", "en": "%H:%M"}


def date_of(at: datetime, zone: str, language: str) -> str:
    """The day alone, in that zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{WEEKDAYS[language][local.weekday()]}, {local.day} {MONTHS[language][local.month - 1]} {local.year}"


def date_and_time(at: datetime, zone: str, language: str) -> str:
    """Day and clock time, with the zone's abbreviation."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{date_of(at, zone, language)} {local.strftime(CLOCK[language])} {local.tzname()}"


def published(at: datetime, precision: Precision, zone: str, source_zone: str, language: str) -> str:
    """When an article was published; one known by its day is that day where its source is, without a clock time."""
    return date_of(at, source_zone, language) if precision == "day" else date_and_time(at, zone, language)
