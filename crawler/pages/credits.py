"""Labelled lines that name who made an article: `Penulis: A | Editor: B`, `Kontributor: Rutan X`, `Sumber : Y`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["author", "unit", "editor", "photo", "source"]

_ROLES: dict[str, Role] = {
    "penulis": "author", "reporter": "author", "pewarta": "author", "wartawan": "author", "laporan": "author",
    "jurnalis": "author", "writer": "author", "author": "author", "oleh": "author", "ditulis oleh": "author",
    "diposting oleh": "author", "dikirim oleh": "author", "posted by": "author", "written by": "author",
    "kontributor": "unit", "contributor": "unit", "humas": "unit",
    "editor": "editor", "redaktur": "editor", "penyunting": "editor", "uploader": "editor", "publisher": "editor",
    "admin": "editor", "penerbit": "editor",
    "fotografer": "photo", "pewarta foto": "photo", "foto oleh": "photo",
    "sumber": "source", "sumber berita": "source", "source": "source",
}  # fmt: skip
_NAMES = "|".join(sorted(_ROLES, key=len, reverse=True))
_CREDIT = re.compile(
    rf"(?P<label>{_NAMES})\s?[:：]\s*(?P<value>.*?)(?=(?:[|/;,•·]|\s)+(?:{_NAMES})\s?[:：]|$)", re.IGNORECASE
)
_LINE = re.compile(rf"\W{{0,3}}(?:{_NAMES})\s?[:：].*", re.IGNORECASE)
_REPORT = re.compile(
    r"\(?laporan (?:wartawan|reporter|jurnalis|kontributor) (?P<outlet>[^,]{2,60}),\s*(?P<value>[^,()]{2,60})\)?",
    re.IGNORECASE,
)
# A press office that signs with its name alone.
_OFFICE = re.compile(r"(?P<value>(?:[Tt]im )?[Hh][Uu][Mm][Aa][Ss] [A-Z]\w+(?: [A-Z0-9][\w/-]*){0,6})")
_LONGEST_LINE, _LONGEST_VALUE = 200, 90


@dataclass(frozen=True, slots=True)
class Credit:
    """One label and what it names, as written; the value is empty where the label stands alone."""

    role: Role
    value: str


def credits_in(line: str) -> list[Credit]:
    """The credits of a line that holds nothing else, in its order; nothing for any other line."""
    if len(line) > _LONGEST_LINE:
        return []
    if report := _REPORT.fullmatch(line):
        return [Credit("author", report["value"].strip())]
    if office := _OFFICE.fullmatch(line):
        return [Credit("unit", office["value"])]
    if not _LINE.fullmatch(line):
        return []
    found = [
        Credit(_ROLES[_key(match["label"])], match["value"].strip(" |/;,•·.*")) for match in _CREDIT.finditer(line)
    ]
    return found if all(_names_somebody(credit) for credit in found) else []


def _names_somebody(credit: Credit) -> bool:
    """Whether a value can be a name: a few words, not all in small letters; empty where the label stands alone."""
    words = credit.value.split()
    is_sentence = len(words) > 3 and not any(word[:1].isupper() for word in words[:2])
    return len(credit.value) <= _LONGEST_VALUE and not is_sentence


def _key(label: str) -> str:
    return " ".join(label.lower().split())
