"""Which pictures an article has, and who is credited for each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from crawler.models import Draft, Image, Loser
from crawler.text.urls import picture_key

# The name of a file that stands for the site, not for the article.
_EMBLEM = re.compile(
    r"(?:^|[-_.])(?:logo|favicon|icon|avatar|default|no-?image|noimg|placeholder|site-?icon|apple-touch)(?:[-_.\d]|$)",
    re.I,
)
# What cameras and messengers call a file; some editors show it as the caption.
_FILE = re.compile(r"(?:whats ?app image|img[ _-]?\d|dsc[ _-]?\d|screenshot|pxl_\d|photo_\d)", re.I)
_NAMED = r"(?:fh?oto|dok(?:umentasi)?|f|sumber(?:\s+(?:foto|gambar))?|kredit|credit)"
# `... (Foto: Humas Lapas X)`; `Foto: Dok. Humas` alone; the agencies' own mark.
_CREDITS = (
    re.compile(rf"[(\[]\s*(?:{_NAMED}\s*[:./]+\s*)+(?P<credit>[^()\[\]]{{2,80}})[)\]]\W*$", re.I),
    re.compile(r"[(\[]?(?P<credit>ANTARA(?:\s+FOTO)?/[^()\[\]]{2,80}?)[)\]]?\W*$"),
    re.compile(rf"^(?:{_NAMED}\s*[:./]+\s*)+(?P<credit>\S+(?: \S+){{0,5}})$", re.I),
    re.compile(
        r"[(\[](?P<credit>(?:ist(?:imewa)?|humas(?:\s[^()\[\]]{2,60})?|dok(?:\.|umentasi)?\s[^()\[\]]{2,60}))[)\]]\W*$",
        re.I,
    ),
)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The images of an article in order, where the first came from, and the addresses that lost."""

    images: tuple[Image, ...]
    origin: str
    losers: tuple[Loser, ...]


def chosen(draft: Draft) -> Pictures:
    """The pictures that the page shows; where it shows none above the text, the first that metadata names."""
    judged = [(one, _problem(one.value, shown=bool(draft.lead))) for one in draft.pictures]
    named = next((one for one, problem in judged if not problem), None)
    inside = {picture_key(image.url) for image in draft.images}
    is_new = named is not None and picture_key(named.value) not in inside
    lead = list(draft.lead) or ([Image(named.value)] if named and is_new else [])
    origin = "lead" if draft.lead else named.origin if named and is_new else "body"
    return Pictures(
        tuple(_credited(image) for image in distinct([*lead, *draft.images])),
        origin,
        tuple(
            Loser("images", one.value, one.origin, problem or f"{origin} is asked first")
            for one, problem in judged
            if one is not named
        ),
    )


def distinct(images: Iterable[Image]) -> tuple[Image, ...]:
    """The images without repetition: sizes of one upload are one, with the first address and any caption."""
    kept: dict[str, Image] = {}
    for image in images:
        key = picture_key(image.url)
        known = kept.get(key)
        kept[key] = image if known is None else Image(known.url, known.caption or image.caption)
    return tuple(kept.values())


def credit_of(caption: str | None) -> str | None:
    """Whom a caption credits with the picture; the caption itself stays as written."""
    found = next((match for rule in _CREDITS if (match := rule.search(caption or ""))), None)
    return found["credit"].strip(" .:") if found else None


def _credited(image: Image) -> Image:
    caption = None if image.caption and _FILE.match(image.caption) else image.caption
    return replace(image, caption=caption, credit=credit_of(caption))


def _problem(address: str, *, shown: bool) -> str:
    if _EMBLEM.search(address.rsplit("/", 1)[-1]):
        return "is the site's logo or a stand-in, by its file name"
    return "the page shows a lead picture of its own" if shown else ""
