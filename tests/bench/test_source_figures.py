"""The benchmark of many sources runs, and what it counts is within the limits, on a small scale."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).with_name("sources.py")
SMALL = "--sources 24 --hosts 6".split()
UNSTEADY = {"requests sooner than their host's pace"}  # milliseconds of a machine that does other things too


def test_counts_are_within_their_limits() -> None:
    done = subprocess.run(
        [sys.executable, BENCHMARK, "--json", *SMALL], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    limited = {(one["work"], one["what"]): one for one in figures if one["is_count"] and one["limit"] is not None}
    assert len(limited) == 8
    over = {key for key, one in limited.items() if one["verdict"] != "within" and one["what"] not in UNSTEADY}
    assert over == set()
    memory = [one["value"] for one in figures if one["what"] == "memory, MB"]
    assert max(memory) < 200
