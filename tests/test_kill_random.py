"""Processes that are killed at random moments, and begun again, leave what undisturbed ones leave.

An attempt goes through two days of work on sites of all kinds. Some of its processes get SIGKILL after a time that is
drawn between nothing and what they usually take, once or twice, and are then run until they end by themselves. Fifteen
attempts, or a hundred with `--long`; each is named by the seed that its moments are drawn with, and prints them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from killing import Left, Step, World, ailments, differences, look, prepare, run, steps, world

ATTEMPTS, LONG = 15, 100
KILLS = (1, 1, 1, 2)  # of a process that is killed at all


@dataclass(frozen=True)
class Calm:
    """What the undisturbed run left, and how long each of its processes took."""

    sites: World
    left: Left
    took: dict[str, float]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(LONG if metafunc.config.getoption("--long") else ATTEMPTS))


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calm]:
    """The two days without a kill."""
    home = tmp_path_factory.mktemp("calm")
    with world() as sites:
        prepare(home, sites)
        took = {}
        for step in steps(sites):
            begin(step, home, sites)
            _, took[step.name] = run(step, home)
        yield Calm(sites, look(home), took)


def begin(step: Step, home: Path, sites: World) -> None:
    """Let the time of a step come."""
    from crawler.home import Home

    sites.show(step.day)
    step.before(Home(home))


def test_the_days_have_what_a_kill_could_spoil(calm: Calm) -> None:
    """Were nothing edited, copied, moved, hidden or corrected, an attempt would prove little."""
    tables = calm.left.tables
    assert {row["source"] for row in tables["articles"]} == {
        "rest", "umpan", "ringkas", "daftar", "peta", "berhalaman", "arsip"
    }  # fmt: skip
    assert len(tables["revisions"]) >= 3
    assert len([row for row in tables["merges"] if "posted once more" in str(row["reason"])]) >= 4
    assert {row["withheld"] for row in tables["articles"]} == {None, "merged", "hidden"}
    assert len(tables["corrections"]) >= 20
    assert any("93" in str(row["body_text"]) for row in tables["articles"] if row["source"] == "berhalaman")
    assert len(calm.left.files) > 20


def test_killed_and_begun_again(calm: Calm, tmp_path: Path, seed: int) -> None:
    prepare(tmp_path, calm.sites)
    chance = random.Random(seed)
    for step in steps(calm.sites):
        begin(step, tmp_path, calm.sites)
        is_crawl = "crawl" in step.name
        for _ in range(chance.choice(KILLS) if is_crawl or chance.random() < 0.3 else 0):
            moment = chance.uniform(0, calm.took[step.name])
            was_killed, _ = run(step, tmp_path, kill_after=moment)
            print(f"seed {seed}: {step.name} {'killed' if was_killed else 'had ended'} at {moment:.3f} s")
        run(step, tmp_path)
    assert differences(calm.left, look(tmp_path)) == []
    assert ailments(tmp_path) == []
