"""Bullets that sum an article up above its text: portals let a machine write them, and the text says it all again."""

from __future__ import annotations

import re

from crawler.pages.flow import Block

_LABEL = re.compile(
    r"\W*(?:(?:ringkasan|rangkuman|intisari|inti|sorotan)(?: (?:ai|berita|artikel|utama|otomatis|singkat|cepat))*"
    r"|(?:ringkas|dirangkum|dibuat) (?:oleh|dengan) ai|(?:poin|hal)(?:[- ]poin)? (?:penting|utama|kunci)"
    r"(?: berita| artikel)?"
    r"|(?:ai )?summary|ai overview|key (?:takeaways|points)|highlights?|tl;?dr)(?: ini)?\W*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•●▪■◦‣*·–-]\s?\S")
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_REPEATED = 0.7  # of an unlabelled list's words; one that says something of its own is the writer's
_LISTS = frozenset({"ul", "ol"})
_TOP = 3  # a label further down opens a list that the writer made
_AFTER = 2  # paragraphs behind the bullets, at least: else the list is the text


def without_digest(lines: list[Block]) -> list[Block]:
    """The blocks without a labelled list at the top, or without an opening list that only says what the text says."""
    label = next((number for number, line in enumerate(lines[:_TOP]) if _is_label(line)), None)
    start = 0 if label is None else label + 1
    end = start
    while end < len(lines) and _is_point(lines[end], labelled=label is not None):
        end += 1
    paragraphs = sum(line.element.tag == "p" for line in lines[end:])
    if end == start or paragraphs < _AFTER:
        return lines
    if label is None and not _is_told_again(lines[start:end], lines[end:]):
        return lines
    return [*lines[: start if label is None else label], *lines[end:]]


def _is_told_again(points: list[Block], rest: list[Block]) -> bool:
    said, again = ({word for line in lines for word in _WORD.findall(line.line.casefold())} for lines in (points, rest))
    return len(said & again) >= _REPEATED * len(said)


def _is_label(line: Block) -> bool:
    text = line.line
    return line.element.tag not in _LISTS and len(text) < 60 and _LABEL.fullmatch(text) is not None


def _is_point(line: Block, *, labelled: bool) -> bool:
    if line.element.tag in _LISTS:
        return True
    return labelled and line.element.tag == "p" and _BULLET.match(line.line) is not None
