"""What stands between a page's headline and its text: how unknown themes, and known ones that tell less, show facts.

Above a headline pages print the day of the visit or a promoted article's, so what stands there has an origin of its
own, `header`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from crawler.dates import stamps_in
from crawler.models import Evidence, Image
from crawler.pages.credits import Credit, credits_in
from crawler.pages.document import Document
from crawler.pages.images import lead_pictures
from crawler.pages.lines import Line
from crawler.text.clean import squeezed, tidy
from crawler.text.markup import text_of

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_TITLED = re.compile(r"title|judul|headline|heading", re.IGNORECASE)
_SHORTEST, _LONGEST, _WORDS = 12, 250, 3
_NEAR = 3  # lines above a headline that may belong to it
_NEARLY = 0.8  # of the longest line that metadata name
_SMALL = 100  # pixels
_AUTHOR = re.compile(r"/(?:author|penulis|profil|user)/", re.IGNORECASE)
_FAR = 12  # lines below it
_DIVIDERS = re.compile(r"\s*[|•·]\s*|\s+/\s+|\s+[-–—]\s+(?=\D)")
_BYLINE = re.compile(r"(?:oleh|by|ditulis oleh|posted by)\s*:?\s+(?P<name>\S+(?: \S+){0,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """A headline, the lines just above it, the lines between it and the text, and the pictures there."""

    headline: str | None = None
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()

    def stamps(self, *, edited: bool) -> Iterator[Evidence]:
        """The dates of publication, or of edits where their label says so."""
        for lines, origin in ((self.below, "text"), (self.above[::-1], "header")):
            found = (stamp for line in lines for stamp in stamps_in(line))
            yield from (Evidence(text, origin) for text, is_edit in found if is_edit is edited)

    def credits(self) -> Iterator[Credit]:
        """Whom labelled lines below the headline name: `Reporter: A | Editor: B`."""
        for line in self.below:
            yield from credits_in(line) or (credit for piece in _DIVIDERS.split(line) for credit in credits_in(piece))

    def bylines(self) -> Iterator[Evidence]:
        """Names behind `oleh`, without a colon."""
        for piece in (piece for line in self.below for piece in _DIVIDERS.split(line)):
            if found := _BYLINE.fullmatch(piece):
                yield Evidence(found["name"], "byline")


def read_head(document: Document, lines: Sequence[Line], body: etree._Element | None, declared: Iterable[str]) -> Head:
    """What stands above the text in `body` (None where it is not on the page); `declared` are titles as metadata tells.

    A headline is a line above the text that metadata names, else the heading nearest to it.
    """
    start = _start(lines, body)
    before = lines[:start]
    place = _headline(before, {squeezed(title) for title in declared} - {""})
    if place is None:
        return Head()
    headline = before[place]
    return Head(
        headline.text,
        tuple(line.text for line in before[max(0, place - _NEAR) : place]),
        tuple(line.text for line in before[place + 1 :][:_FAR]),
        tuple(_pictures(document, headline.element, lines[start].element, body)) if start < len(lines) else (),
    )


def _start(lines: Sequence[Line], body: etree._Element | None) -> int:
    """The number of the line in which the text begins."""
    inside = set(body.iter()) if body is not None else None
    for number, line in enumerate(lines):
        if line.is_prose and (inside is None or line.element in inside):
            return number
    return len(lines)


def _headline(lines: Sequence[Line], declared: set[str]) -> int | None:
    numbers = [number for number, line in enumerate(lines) if _SHORTEST <= len(line.text) <= _LONGEST]
    named = [number for number in numbers if _is_declared(squeezed(lines[number].text), declared)]
    longest = max((len(lines[number].text) for number in named), default=0)
    named = [number for number in named if len(lines[number].text) >= longest * _NEARLY]  # not the site's name alone
    headed = [number for number in numbers if _is_heading(lines[number])]
    marked = [number for number in numbers if _TITLED.search(lines[number].element.get("class") or "")]
    both = [number for number in named if number in headed]
    bare = [number for number in numbers if _reads_as_title(lines[number])] if not headed else []
    for found in (both, named, headed, [number for number in marked if _reads_as_title(lines[number])], bare):
        if found:
            return found[-1]
    return None


def _is_declared(line: str, declared: set[str]) -> bool:
    return any(line == title or (len(title) >= 20 and title in line) or (len(line) >= 20 and line in title)
               for title in declared)  # fmt: skip


def _is_heading(line: Line) -> bool:
    is_inside = any(element.tag in _HEADINGS for element in line.element.iterancestors())
    return (line.element.tag in _HEADINGS or is_inside) and len(line.text.split()) >= _WORDS


def _reads_as_title(line: Line) -> bool:
    text = line.text
    is_label = bool(stamps_in(text) or credits_in(text)) or text.endswith((".", ":")) or line.linked > len(text) / 2
    return len(text.split()) >= _WORDS and not is_label


def _pictures(
    document: Document, headline: etree._Element, start: etree._Element, body: etree._Element | None
) -> Iterator[Image]:
    below, above = headline.xpath("following::img"), start.xpath("preceding::img")
    assert isinstance(below, list)
    assert isinstance(above, list)
    between, beside = set(above), list(_beside(headline, start))
    shown = [picture for picture in below if picture in between] or beside
    for picture in shown:
        if isinstance(picture, etree._Element) and not _is_inside(picture, body) and not _is_avatar(picture):
            around = _around(picture, headline, start)
            words = tidy(text_of(around)) if around.tag != "figure" else ""
            for image in lead_pictures(around, document.base):
                yield replace(image, caption=image.caption or (words if len(words) <= _LONGEST else None) or None)


def _beside(headline: etree._Element, start: etree._Element) -> Iterator[etree._Element]:
    """Pictures above a headline, in the box that it shares with its text."""
    around = {*start.iterancestors()}
    box = next((parent for parent in headline.iterancestors() if parent in around), None)
    if box is None or box.tag in ("body", "html", "main"):
        return
    for element in box.iter("img", headline.tag):
        if element is headline:
            return
        if element.tag == "img":
            yield element


def _is_avatar(picture: etree._Element) -> bool:
    """Whether a picture is the writer's: small, or linked to what he wrote."""
    link = next(picture.iterancestors("a"), None)
    is_small = any(
        size.isdecimal() and int(size) < _SMALL for size in (picture.get("width", ""), picture.get("height", ""))
    )
    return is_small or (link is not None and _AUTHOR.search(link.get("href") or "") is not None)


def _is_inside(element: etree._Element, body: etree._Element | None) -> bool:
    return body is not None and body in element.iterancestors()


def _around(picture: etree._Element, headline: etree._Element, start: etree._Element) -> etree._Element:
    """The outermost element with this picture alone, neither headline nor text in it."""
    others = {*headline.iterancestors(), *start.iterancestors()}
    around = picture
    for element in picture.iterancestors():
        if element in others or len(list(islice(element.iter("img"), 2))) > 1:
            break
        around = element
    return around
