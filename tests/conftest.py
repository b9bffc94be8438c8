"""What tests share: plain builders, no clock, no network but loopback."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.models import Source
from crawler.storage import sources as stored
from crawler.storage.database import open_writer, transaction

NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Give tests that gain by it more time.")


@pytest.fixture(scope="session")
def soak_seconds(request: pytest.FixtureRequest) -> float:
    """For how long processes are let loose on each other: `NEWSFEED_SOAK`, else 60 s with --long, else 10."""
    return float(os.environ.get("NEWSFEED_SOAK") or (60 if request.config.getoption("--long") else 10))


@pytest.fixture(autouse=True)
def no_user_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the home, proxy or configuration of whoever runs it."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy") or name == "NEWSFEED_HOME"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user" / "share"))


@pytest.fixture
def now() -> datetime:
    """The time of the run under test."""
    return NOW


@pytest.fixture
def site() -> Source:
    """A source on an example host."""
    return Source(
        slug="warta",
        name="Warta",
        kind="press",
        homepage="https://warta.example/",
        publisher="Warta",
        pace_group="warta.example",
    )


@pytest.fixture
def db(tmp_path: Path, site: Source, now: datetime) -> Iterator[sqlite3.Connection]:
    """A new database that knows the source."""
    connection = open_writer(tmp_path / "newsfeed.db")
    with transaction(connection):
        stored.save(connection, [site], now)
    yield connection
    connection.close()
