"""Who holds a kernel lock: a lock file by itself says nothing, as the kernel frees it when its process dies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

LOCKS = Path("/proc/locks")


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has a lock: its number, its command line, and for how long it has been running."""

    pid: int
    command: str
    age: timedelta


def holder(path: Path, now: datetime) -> Holder | None:
    """The process that holds a lock file; None where nobody does, or where this system does not tell."""
    try:
        inode = path.stat().st_ino
        lines = LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        # "1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF", and one that waits has "->" after the number
        parts = line.split()
        if len(parts) >= 6 and parts[1] != "->" and parts[5].rpartition(":")[2] == str(inode):
            return _of(int(parts[4]), now)
    return None


def _of(pid: int, now: datetime) -> Holder | None:
    folder = Path("/proc", str(pid))
    try:
        command = folder.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
        started = datetime.fromtimestamp(folder.stat().st_mtime, now.tzinfo)
    except OSError:
        return None
    return Holder(pid, command, max(now - started, timedelta()))
