"""How a source's crawl ended, from what became of its strategies and pages."""

from __future__ import annotations

import pytest

from crawler.health import Problem, judge, of_status

REFUSED = Problem("refused", "HTTP 403 (refuses us)")
BROKEN = Problem("malformed", "the feed holds no entry.")
EMPTY = Problem("empty", "the page holds no article text.")

CASES = {
    "new articles": (([], True, [None, None], 2), "new"),
    "nothing new": (([], True, [], 0), "unchanged"),
    "one page of two failed": (([], True, [None, EMPTY], 1), "new"),
    "a strategy failed, the next served": (([REFUSED], True, [], 0), "unchanged"),
    "all strategies failed: the preferred one tells": (([REFUSED, BROKEN], False, [], 0), REFUSED),
    "no strategy at all": (([], False, [], 0), Problem("empty", "no way to its articles is known")),
    "its only page failed": (([], True, [EMPTY], 0), "unchanged"),
    "all pages failed: the commonest tells": (
        ([], True, [EMPTY, REFUSED, EMPTY], 0),
        Problem("empty", f"all 3 article pages failed: {EMPTY.reason}"),
    ),
    "pages failed but REST brought articles": (([], True, [EMPTY], 3), "new"),
}


@pytest.mark.parametrize(("course", "verdict"), CASES.values(), ids=CASES.keys())
def test_judge(course: tuple[list[Problem], bool, list[Problem | None], int], verdict: Problem | str) -> None:
    assert judge(*course) == verdict


@pytest.mark.parametrize(
    ("status", "state"),
    [(401, "refused"), (403, "refused"), (404, "gone"), (410, "gone"), (429, "failing"), (500, "failing"),
     (206, "failing"), (302, "failing"), (599, "failing")],
)  # fmt: skip
def test_status_other_than_200_is_named(status: int, state: str) -> None:
    problem = of_status(status)
    assert problem.state == state
    assert problem.reason.startswith(f"HTTP {status}")
