"""The crawl benchmark runs, and what it counts is within the limits; its milliseconds are for the benchmark alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).with_name("crawl.py")
SMALL = "--posts 120 --pages 20 --sources 1 --rounds 1".split()


@pytest.fixture(scope="module")
def figures() -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, BENCHMARK, "--json", *SMALL], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    printed: list[dict[str, Any]] = json.loads(done.stdout)
    return printed


def test_counts_are_within_their_limits(figures: list[dict[str, Any]]) -> None:
    limited = {(one["work"], one["what"]): one for one in figures if one["is_count"] and one["limit"] is not None}
    assert len(limited) == 10
    assert {key: (one["value"], one["limit"]) for key, one in limited.items() if one["verdict"] != "within"} == {}


def test_costs_are_measured_on_both_sides(figures: list[dict[str, Any]]) -> None:
    compared = [one for one in figures if one["bare"] is not None]
    assert all(one["value"] > 0 and one["bare"] > 0 for one in compared)
    assert len(compared) == 5
