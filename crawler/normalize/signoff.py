"""The mark at the end of a text that is not part of it: `(Red)`, `(Humas Lapas X)`, `[tum]`, `nrd/ril`, `***`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = r"(?:red(?:aksi)?|rel(?:ease)?|rls|ril|rilis|hms|humas|adv|tim|team|ist|dok|ant|mc\w*|kontributor|wartawan|\*+)"
_BRACKET = re.compile(r"(?P<text>.*?)\s*(?P<mark>[(\[{](?P<inside>[^()\[\]{}]{1,60})[)\]}]\s*[.*]*)\s*$", re.S)
_STARS = re.compile(r"(?P<text>.*?)\s*(?P<mark>\*[*\s]*+)$", re.S)
_SLASHES = re.compile(r"(?P<text>.*[.!?”\"]|)\s*(?P<mark>[A-Za-z*]{2,6}(?:/[A-Za-z*]{2,6}){1,3})\.?\s*$", re.S)
_DASHED = re.compile(
    rf"(?P<text>.*[.!?”\"]|)\s*(?P<mark>[-–—]{{1,2}}\s?{_CODE}[\w/ ]{{0,20}}[-–—]{{1,2}})\s*$", re.S | re.I
)
_CLOSED = re.compile(r"(?:[.!?…]|[”\"’])\s*$|^$")
_CODES = re.compile(rf"\W*{_CODE}(?:\W+{_CODE})*\W*|(?:{_CODE}|\w+)(?:\s?[/_*]+\s?\w*)+.*", re.IGNORECASE)
_UNIT = re.compile(r"(?:tim\s+)?(?:humas|kehumasan|komunikasi publik)[\s_/-]+(?P<unit>\w.*)", re.IGNORECASE)
_DATE_OR_NUMBER = re.compile(r"\d")
_TAIL = 160  # characters at the end of a paragraph that a mark may take


@dataclass(frozen=True, slots=True)
class SignOff:
    """The text before the mark, the mark as written, and the unit that it names as author, if any."""

    text: str
    mark: str
    unit: str | None = None


def signoff(paragraph: str) -> SignOff | None:
    """Split the last paragraph of an article; None where it ends with text.

    A bracket counts behind a closed sentence, or with a press office's code in it; `Perjanjian Kerja Sama (PKS).` and
    dates stay.
    """
    before, tail = paragraph[:-_TAIL], paragraph[-_TAIL:]
    for pattern in (_BRACKET, _STARS, _SLASHES, _DASHED):
        found = pattern.fullmatch(tail)
        if found and _is_mark(found):
            inside = found.groupdict().get("inside") or ""
            unit = _UNIT.fullmatch(inside.strip())
            text = (before + found["text"]).rstrip()
            return SignOff(text, found["mark"].strip(), inside.strip() if unit else None)
    return None


def _is_mark(found: re.Match[str]) -> bool:
    inside = found.groupdict().get("inside")
    if inside is None:
        return True
    if not re.search(r"[^\W\d_]|\*", inside):
        return False  # a date or a number
    if _CODES.fullmatch(inside.strip()) or _UNIT.fullmatch(inside.strip()):
        return True
    return bool(_CLOSED.search(found["text"])) and not _DATE_OR_NUMBER.search(inside) and len(inside.split()) <= 4
