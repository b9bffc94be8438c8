"""All answers together: large ones wait while there is too much, small ones never, and all of them end."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field

import pytest

from crawler.middlewares.load import Load


@dataclass(eq=False)
class Connection:
    """What was done to it."""

    done: list[str] = field(default_factory=list)

    def pause(self) -> None:
        self.done.append("pause")

    def resume(self) -> None:
        self.done.append("resume")


class Answer:
    """Held by somebody until it is deleted."""


@pytest.fixture
def load() -> Load:
    return Load(most=1000, small=100, at_least=1)


def test_small_answers_never_wait(load: Load) -> None:
    connections = [Connection() for _ in range(50)]
    for one in connections:
        load.arrived(one, 100)
    assert load.total == 5000
    assert not any(one.done for one in connections)


def test_large_answer_waits_while_others_are_held(load: Load) -> None:
    held, first, second = Answer(), Connection(), Connection()
    load.keep(held, 1000)
    load.arrived(first, 500)
    load.arrived(second, 500)
    assert (first.done, second.done) == ([], ["pause"]), "one always goes on, or nothing would end"
    load.arrived(second, 10)  # what was on its way already
    assert second.done == ["pause"]
    load.ended(first)
    assert second.done == ["pause", "resume"]
    load.ended(second)
    del held
    gc.collect()
    assert load.total == 0


def test_what_is_let_go_makes_room(load: Load) -> None:
    held, first, second = Answer(), Connection(), Connection()
    load.keep(held, 800)
    load.arrived(first, 101)
    load.arrived(second, 101)
    assert second.done == ["pause"]
    del held
    gc.collect()
    assert second.done == ["pause", "resume"]


def test_lost_connection_waits_no_more_and_makes_room(load: Load) -> None:
    first, second, third = Connection(), Connection(), Connection()
    for one in (first, second, third):
        load.arrived(one, 600)
    assert (second.done, third.done) == (["pause"], ["pause"])
    load.ended(second)
    assert third.done == ["pause"]
    load.ended(first)
    assert (second.done, third.done) == (["pause"], ["pause", "resume"])
    load.ended(second)
    load.ended(third)
    assert (load.total, list(load.waiting)) == (0, [])
