"""The one cleaner of bodies, whether they come from a page, from REST or from a feed.

In order: furniture and related boxes go by their classes, pictures get their real addresses, the rest is laid out as
blocks, and of the blocks those go that are related lines, labelled credits, captions or furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from crawler.models import Image, Related
from crawler.pages import noise
from crawler.pages.credits import Credit, credits_in
from crawler.pages.flow import Block, blocks, joined
from crawler.pages.images import caption_of, pictures, settle
from crawler.pages.related import is_plugin_box, links_in, plugin_box, take_lines
from crawler.text.clean import tidy
from crawler.text.markup import drop, text_of

_CAPTION_LINE = re.compile(
    r"\(?\s*(?:ket(?:erangan)?\.?\s*)?(?:fh?oto|gambar|dok(?:umentasi|\.)?|ilustrasi|caption|sumber foto|f)\s*(?:[:/.]|--).{1,280}",
    re.IGNORECASE,
)
_FIGURES = frozenset({"wp-caption", "wp-block-image", "image-caption", "caption-image", "img-caption", "photo-caption"})
_STARS = re.compile(r"[*\s]{1,20}")
# Credits stand at either end of a text; `Penulis: ...` in the middle of an interview is text.
_HEAD, _FOOT = 2, 5


@dataclass(frozen=True, slots=True)
class Body:
    """A body's text as HTML of flat blocks, and what was taken out of it."""

    html: str
    related: tuple[Related, ...] = ()
    images: tuple[Image, ...] = ()
    credits: tuple[Credit, ...] = ()


def clean(body: etree._Element, base_url: str) -> Body:
    """Read an element that holds a text; the element is taken apart."""
    related = list(_sweep(body, base_url))
    _figures(body)
    settle(body, base_url)
    lines, named = take_lines(blocks(body), base_url)
    lines, found = _without_credits(lines)
    lines = [line for line in lines if not _is_furniture(line, last=line is lines[-1])]
    lines, images = _without_captions(joined(lines), base_url)
    html = "\n".join(etree.tostring(line.element, encoding="unicode", method="html") for line in lines)
    return Body(html, tuple(related + named), tuple(images), tuple(found))


def _sweep(body: etree._Element, base_url: str) -> Iterator[Related]:
    """Take out what classes, ids and tags tell to be no text; yields what boxes of related links name."""
    gone, boxes = [], []
    for element in body.iterdescendants():
        classes = element.get("class")
        if element.tag in noise.TAGS:
            gone.append(element)
        elif classes and is_plugin_box(element):
            boxes.append(plugin_box(element, body))
        elif classes and noise.is_related(classes):
            boxes.append(element)
        elif (classes and noise.is_noise(classes)) or _is_hidden(element):
            gone.append(element)
    for element in gone:
        drop(element)
    for box in boxes:
        if body in box.iterancestors():
            yield from links_in(box, base_url)
            drop(box)


def _is_hidden(element: etree._Element) -> bool:
    if len(element.attrib) == 0:
        return False
    identity, style = element.get("id"), element.get("style")
    if (identity and noise.IDS.match(identity)) or element.get("hidden") is not None:
        return True
    return bool(style) and "display:none" in style.replace(" ", "").lower()  # type: ignore[union-attr]


def _figures(body: etree._Element) -> None:
    """Make a `<figure>` of what older editors wrote as a classed `<div>` around a picture and its caption."""
    for element in list(body.iter("div", "p", "dl")):
        if not _FIGURES.isdisjoint((element.get("class") or "").split()) and element.find(".//img") is not None:
            caption = caption_of(element)
            picture = next(element.iter("img"))
            element.tag = "figure"
            for child in list(element):
                element.remove(child)
            element.append(picture)
            picture.tail = element.text = None
            if caption:
                etree.SubElement(element, "figcaption").text = caption


def _without_credits(lines: list[Block]) -> tuple[list[Block], list[Credit]]:
    kept, found = [], []
    for number, line in enumerate(lines):
        at_an_end = number < _HEAD or number >= len(lines) - _FOOT
        named = credits_in(text_of(line.element)) if at_an_end and line.element.tag != "figure" else []
        found += named
        if not named:
            kept.append(line)
    return kept, found


def _is_furniture(line: Block, *, last: bool) -> bool:
    """Whether a block is no text; stars at the very end are a sign-off, elsewhere they only divide."""
    if line.element.tag == "figure" or line.element.find(".//img") is not None:
        return False
    text = tidy(line.text)
    return noise.is_noise_line(text) and not (last and _STARS.fullmatch(text) is not None and bool(text))


def _without_captions(lines: list[Block], base_url: str) -> tuple[list[Block], list[Image]]:
    """The blocks without caption lines, and the pictures, which get them."""
    kept: list[Block] = []
    images: list[Image] = []
    pictured = True  # a caption may stand first, under the lead picture that the theme shows above the text
    for line in lines:
        text = text_of(line.element)
        if pictured and line.element.tag == "p" and _CAPTION_LINE.fullmatch(text):
            if images and images[-1].caption is None:
                images[-1] = replace(images[-1], caption=tidy(text))
            pictured = False
            continue
        found = list(pictures(line.element, base_url))
        images += found
        pictured = bool(found)
        kept.append(line)
    return kept, images
