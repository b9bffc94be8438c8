"""The benchmark of all budgets runs, and what it counts is within the limits; its times are for the benchmark alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).with_name("budgets.py")
SMALL = "--articles 300 --posts 60 --pages 20 --rounds 1".split()


@pytest.fixture(scope="module")
def figures() -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, BENCHMARK, "--json", *SMALL], capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    printed: list[dict[str, Any]] = json.loads(done.stdout)
    return printed


def test_every_budget_is_measured_beside_its_limit(figures: list[dict[str, Any]]) -> None:
    limited = {one["what"] for one in figures if one["limit"] is not None}
    assert limited >= {
        "stored a CPU second",
        "CPU µs an article in the last tenth",
        "pages of the file written",
        "CPU ms: p95",
        "CPU, ms an article",
        "memory, MB",
        "pages a CPU second, one process",
    }
    assert {"MB of newsfeed.db", "bytes an article"} <= {one["what"] for one in figures}


def test_counts_are_within_their_limits(figures: list[dict[str, Any]]) -> None:
    counted = [one for one in figures if one["is_count"] and one["limit"] is not None]
    assert {one["what"]: (one["value"], one["limit"]) for one in counted if one["verdict"] != "within"} == {}


def test_every_kind_of_search_is_measured(figures: list[dict[str, Any]]) -> None:
    assert sum(one["what"].startswith("CPU ms: ") for one in figures) > 20
