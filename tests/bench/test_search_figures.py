"""The search benchmark runs and measures all it says; its numbers are for the benchmark alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).with_name("search.py")


def test_it_measures_storing_beside_raw_sql_and_every_kind_of_search() -> None:
    command = [sys.executable, str(BENCHMARK), "--json", "--articles", "300"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert all(figure["value"] > 0 for figure in figures)
    limited = {figure["what"]: figure for figure in figures if figure["limit"] is not None}
    assert set(limited) == {"stored a CPU second", "CPU µs an article in the last tenth", "CPU ms: p95"}
    assert limited["stored a CPU second"]["bare"] > 0
    assert sum(figure["what"].startswith("CPU ms: ") for figure in figures) > 20
