"""What stands at the top of a text without being its text: the headline again, dates, bylines, the path to the page.

Themes put these into the element of the text, and press offices paste them there.
"""

from __future__ import annotations

import re

from crawler.dates import stamps_in
from crawler.pages.credits import credits_in
from crawler.pages.flow import Block
from crawler.pages.lines import reads_as_prose
from crawler.text.clean import squeezed

_TOP = 12  # blocks in which a headline may stand
_PATH = re.compile(r"(?:home|beranda|depan)\s*(?:[/>»›|]\s*\S.*)", re.IGNORECASE)
_BYLINE = re.compile(r"(?:oleh|by|ditulis oleh|posted by)\b.{0,60}", re.IGNORECASE)
_DATELINE = re.compile(r"[–—-]\s*$")
_BESIDE = 70  # characters that may stand beside a date
_TOLD, _LEAD = 4, 60


def without_opening(lines: list[Block], headline: str) -> list[Block]:
    """The blocks from the first that is text; pictures before it stay."""
    wanted = squeezed(headline)
    texts = [line.line for line in lines[:_TOP]]
    near = range(len(headline) // 2, 2 * len(headline) + 1)  # a headline with other spaces and dashes, and no paragraph
    repeated = [
        number for number, text in enumerate(texts) if wanted and len(text) in near and squeezed(text) == wanted
    ]
    first = repeated[0] + 1 if repeated and not any(map(_is_prose, texts[: repeated[0]])) else 0
    end = next((number for number, text in enumerate(texts) if number >= first and _is_prose(text)), len(texts))
    return [
        line
        for number, line in enumerate(lines)
        if line.element.tag == "figure" or number >= end or (number >= first and not _is_about_the_page(texts[number]))
    ]


def without_repeats(lines: list[Block]) -> list[Block]:
    """The blocks without the lead told twice: at the top, or once more at the end without its dateline."""
    kept: list[Block] = []
    seen: set[str] = set()
    for number, line in enumerate(lines):
        text = line.line.casefold()
        is_again = text in seen if number < _TOLD else number == len(lines) - 1 and _is_tail_of_any(text, seen)
        if not is_again:
            kept.append(line)
        if len(text) >= _LEAD and number < _TOLD:
            seen.add(text)
    return kept


def _is_tail_of_any(text: str, seen: set[str]) -> bool:
    return len(text) >= _LEAD and any(lead.endswith(text) for lead in seen)


def _is_prose(text: str) -> bool:
    return reads_as_prose(text) and not _is_about_the_page(text)


def _is_about_the_page(text: str) -> bool:
    if _PATH.fullmatch(text) or _BYLINE.fullmatch(text) or credits_in(text):
        return True
    stamps = stamps_in(text)
    beside = len(text) - sum(len(stamp) for stamp, _ in stamps)
    return bool(stamps) and beside <= _BESIDE and not _DATELINE.search(text) and not text.endswith(".")
