"""How a field is decided: the first candidate that holds, the reasons of the others, and no work too early."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.models import Evidence, Loser
from crawler.normalize.judge import Decision, Judged, of_first_origin


def judged(*candidates: tuple[str, str, str | None, str]) -> list[Judged[str]]:
    return [Judged(Evidence(value, origin), held, reason) for value, origin, held, reason in candidates]


BAD = ("admin", "meta", None, "is a login")
GOOD = ("Ani", "byline", "Ani", "")
ALSO_GOOD = ("Budi", "json-ld", "Budi", "")
ALSO_BAD = ("desk", "feed", None, "is the desk")


@pytest.mark.parametrize(
    ("candidates", "value", "origin", "losers"),
    [
        ((), None, "", []),
        ((GOOD,), "Ani", "byline", []),
        ((BAD,), None, "", [("admin", "is a login")]),
        ((BAD, GOOD), "Ani", "byline", [("admin", "is a login")]),
        ((GOOD, BAD), "Ani", "byline", [("admin", "is a login")]),
        ((GOOD, ALSO_GOOD), "Ani", "byline", [("Budi", "byline is asked first")]),
        (
            (BAD, GOOD, ALSO_BAD, ALSO_GOOD),
            "Ani",
            "byline",
            [("admin", "is a login"), ("desk", "is the desk"), ("Budi", "byline is asked first")],
        ),
        ((BAD, ALSO_BAD), None, "", [("admin", "is a login"), ("desk", "is the desk")]),
    ],
)
def test_first_candidate_that_holds_is_taken_and_the_others_lose_in_order(
    candidates: tuple[tuple[str, str, str | None, str], ...],
    value: str | None,
    origin: str,
    losers: list[tuple[str, str]],
) -> None:
    decision = Decision("author", judged(*candidates))
    assert (decision.value, decision.origin) == (value, origin)
    found = decision.losers()
    assert [(loser.value, loser.reason) for loser in found] == losers
    assert {loser.field for loser in found} <= {"author"}
    assert decision.losers() == found, "asked twice, told the same"


def test_a_value_that_is_falsy_still_holds() -> None:
    decision = Decision("count", [Judged(Evidence("0", "meta"), 0), Judged(Evidence("1", "feed"), 1)])
    assert (decision.value, decision.origin) == (0, "meta")


def test_what_stands_behind_the_winner_is_judged_only_for_the_losers() -> None:
    asked = []

    def candidates() -> Iterator[Judged[str]]:
        for one in judged(BAD, GOOD, ALSO_GOOD, ALSO_BAD):
            asked.append(one.evidence.value)
            yield one

    decision = Decision("author", candidates())
    assert asked == ["admin", "Ani"]
    decision.losers()
    assert asked == ["admin", "Ani", "Budi", "desk"]


def test_of_many_values_those_of_the_first_origin_are_kept() -> None:
    found = [Evidence("panen", "byline"), Evidence("Lapas", "meta"), Evidence("sayur", "byline")]
    kept, lost = of_first_origin("tags", found)
    assert [one.value for one in kept] == ["panen", "sayur"]
    assert lost == [Loser("tags", "Lapas", "meta", "byline is asked first")]
    assert of_first_origin("tags", []) == ([], [])
