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
_DATELINE_ALONE = re.compile(r"[^.:–—-]{3,60}(?:\([^()]{2,30}\))?\s*,?\s*(?:-{1,2}|[–—])")
_TOP, _LEAD = 4, 60
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


def clean(body: etree._Element, base_url: str, headline: str = "") -> Body:
    """Read an element that holds a text; the element is taken apart. `headline` is not repeated at its top."""
    related = list(_sweep(body, base_url))
    settle(body, base_url)
    _figures(body)
    lines, named = take_lines(blocks(body), base_url)
    lines, found = _without_credits(lines)
    lines = [line for line in lines if not _is_furniture(line, last=line is lines[-1])]
    lines = _without_repeats(_with_dateline(joined(lines)), headline)
    lines, images = _without_captions(lines, base_url)
    html = "\n".join(etree.tostring(line.element, encoding="unicode", method="html") for line in lines)
    return Body(html, tuple(related + named), tuple(images), tuple(found))


def _sweep(body: etree._Element, base_url: str) -> Iterator[Related]:
    """Take out what classes, ids and tags tell to be no text; yields what boxes of related links name."""
    gone: list[etree._Element] = []
    boxes: dict[etree._Element, None] = {}
    for element in body.iterdescendants():
        classes = element.get("class")
        if element.tag in noise.SWALLOWERS and next(element.iter("p"), None) is not None:
            element.tag = "div"
        elif element.tag in noise.TAGS or _is_hidden(element):
            gone.append(element)
        elif not classes:
            continue
        elif is_plugin_box(element):
            boxes[plugin_box(element, body)] = None
        elif noise.is_related(classes):
            boxes[element] = None
        elif noise.is_noise(classes):
            gone.append(element)
    for element in gone:
        drop(element)
    for box in boxes:
        if body in box.iterancestors():
            yield from links_in(box, base_url)
            drop(box)


def _is_hidden(element: etree._Element) -> bool:
    identity, style = element.get("id"), element.get("style")
    if (identity and noise.IDS.match(identity)) or element.get("hidden") is not None:
        return True
    return bool(style) and "display:none" in style.replace(" ", "").lower()  # type: ignore[union-attr]


def _figures(body: etree._Element) -> None:
    """Make a `<figure>` of what older editors wrote as a classed `<div>` around a picture and its caption."""
    for element in list(body.iter("div", "p", "dl")):
        if (
            not _FIGURES.isdisjoint((element.get("class") or "").split())
            and next(element.iter("img"), None) is not None
        ):
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
    if line.element.tag == "figure" or next(line.element.iter("img"), None) is not None:
        return False
    text = text_of(line.element)
    return noise.is_noise_line(text) and not (last and _STARS.fullmatch(text) is not None and bool(text))


def _with_dateline(lines: list[Block]) -> list[Block]:
    """A dateline that stands alone (`<strong>Jakarta</strong> -`) goes to the head of the paragraph that it opens."""
    if len(lines) < 2 or lines[1].element.tag != "p" or not _DATELINE_ALONE.fullmatch(text_of(lines[0].element)):
        return lines
    head, rest = lines[0].element, lines[1].element
    last = head[-1] if len(head) else None
    if last is None:
        head.text = f"{(head.text or '').rstrip()} {rest.text or ''}"
    else:
        last.tail = f"{(last.tail or '').rstrip()} {rest.text or ''}"
    head.extend(list(rest))
    return [lines[0], *lines[2:]]


def _without_repeats(lines: list[Block], headline: str) -> list[Block]:
    """The blocks without the headline and the lead told twice, as some press offices paste them."""
    kept: list[Block] = []
    seen = {" ".join(headline.split()).casefold()}
    for number, line in enumerate(lines):
        text = text_of(line.element).casefold() if number < _TOP else ""
        if text not in seen or not text:
            kept.append(line)
        if len(text) >= _LEAD:
            seen.add(text)
    return kept


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
