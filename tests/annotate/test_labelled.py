"""Articles with labels, field by field: what is found is what a reader would say.

The two sets were written by hand; `held_out.toml` before the rules were first tried on it.
"""

from __future__ import annotations

import pytest
from articles import KINDS, SETS, Case, cases

ALL = [(case, kind) for name in SETS for case in cases(name) for kind in KINDS]


@pytest.mark.parametrize(("case", "kind"), ALL, ids=[f"{case.name}: {kind}" for case, kind in ALL])
def test_field(case: Case, kind: str) -> None:
    assert case.found()[kind] == case.expected[kind], case.facts()
