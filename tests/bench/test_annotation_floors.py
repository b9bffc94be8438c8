"""Annotating does not fall below the pinned quality, kind by kind; its speed is for the benchmark alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "annotate"))

from annotation import FLOORS
from articles import KINDS, SETS, scores


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_not_below_the_floor(name: str, kind: str) -> None:
    assert scores(name)[kind] >= FLOORS[kind]
