"""What strangers wrote, made fit for a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""The text on one line, with everything that a terminal would act on or not show written out (`\x1b`)."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(one if one.isprintable() else _escaped(one) for one in line)


def _escaped(one: str) -> str:
    return one.encode("unicode_escape").decode("ascii")
