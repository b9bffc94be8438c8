"""Locks: one holder at a time, gone with its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.errors import LockHeld
from crawler.lock import hold

HOLDER = """
import sys, time
from pathlib import Path
from crawler.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_second_holder_is_refused_at_once_and_the_kernel_frees_a_dead_ones_lock(tmp_path: Path) -> None:
    path = tmp_path / "home" / "run.lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent)
    assert process.stdout
    process.stdout.readline()
    with pytest.raises(LockHeld), hold(path):
        pass
    process.kill()
    process.wait()
    process.stdout.close()
    with hold(path):
        pass


def test_lock_is_free_again_after_the_block(tmp_path: Path) -> None:
    for _ in range(2):
        with hold(tmp_path / "run.lock"):
            pass
