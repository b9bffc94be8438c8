"""Every source with recordings reads them as they say: one test for all of `tests/sources/*/`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crawler.sources import load_sources
from feeds.commands.recordings import differences

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
FOLDERS = sorted({path.parent for path in Path(__file__).parent.glob("*/*.json")})


def test_every_recording_reads_as_it_says() -> None:
    records = load_sources()
    assert [str(one) for folder in FOLDERS for one in differences(folder, records.get(folder.name), NOW)] == []


def test_every_folder_of_recordings_has_a_record() -> None:
    assert {folder.name for folder in FOLDERS} <= load_sources().keys()
