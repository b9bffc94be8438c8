"""The stories benchmark runs, and what it measures on the labelled articles holds; its times are for it alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).with_name("stories.py")


def test_it_measures_right_and_wrong_and_the_cost_of_grouping() -> None:
    command = [sys.executable, str(BENCHMARK), "--json", "--articles", "300"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert not [one for one in figures if one["verdict"] == "over" and not one["what"].startswith("CPU")]
    assert {one["what"] for one in figures} >= {"precision", "recall", "F1", "CPU µs an article in the last tenth"}
    several = next(one["value"] for one in figures if one["what"] == "stories of several articles")
    assert 25 <= several <= 40
    alike = [one["value"] for one in figures if one["what"] == "stories"]
    assert alike[0] == 400, "what one site tells by a template is told once each"
    assert alike[1] >= 595, "one ceremony in many units is one in each"
    assert alike[2] == 1
