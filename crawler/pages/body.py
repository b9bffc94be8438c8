"""The one cleaner of bodies, whether they come from a page, from REST or from a feed.

In order: furniture and related boxes go by their classes, pictures get their real addresses, the rest is laid out as
blocks, and of the blocks those go that are related lines, labelled credits, captions or furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from crawler.models import Image, Loser, Related
from crawler.pages import noise
from crawler.pages.credits import Credit, credits_in
from crawler.pages.digests import without_digest
from crawler.pages.flow import Block, blocks, joined
from crawler.pages.images import caption_of, pictures, settle
from crawler.pages.opening import without_opening, without_repeats
from crawler.pages.related import label_before, links_in, plugin_box, take_lines
from crawler.pages.shortcodes import without_codes
from crawler.text.clean import tidy
from crawler.text.markup import drop, text_of

# A short one is a caption wherever it stands.
_CREDIT_LINE = re.compile(r"\(?\s*(?:ket(?:erangan)?\.?\s*)?(?:fh?oto|gambar|ilustrasi)\s*[:/].{1,80}", re.IGNORECASE)
_CAPTION_LINE = re.compile(
    r"\(?\s*(?:ket(?:erangan)?\.?\s*)?(?:fh?oto|gambar|dok(?:umentasi|\.)?|ilustrasi|caption|sumber foto|f)"
    r"\s*(?:[:/.]|--).{1,280}",
    re.IGNORECASE,
)
# So is what ends with the picture's credit, directly under a picture.
_CREDITED = re.compile(
    r".{5,280}\((?:fh?oto|dok(?:umentasi)?|f|ist|gambar|sumber(?: foto)?|antara/ho)\b[^()]{0,60}\)\W*", re.IGNORECASE
)
_FIGURES = frozenset({"wp-caption", "wp-block-image", "image-caption", "caption-image", "img-caption", "photo-caption"})
_DATELINE_ALONE = re.compile(r"[^.:–—-]{3,60}(?:\([^()]{2,30}\))?\s*,?\s*(?:-{1,2}|[–—])")
_STARS = re.compile(r"[*\s]{1,20}")
# Credits stand at either end of a text; `Penulis: ...` in the middle of an interview is text.
_HEAD, _FOOT = 2, 5
_LONGEST_CAPTION = 300
_SHOWN = 120  # characters of what was taken out, for whoever asks why


@dataclass(frozen=True, slots=True)
class Body:
    """A body's text as HTML of flat blocks, and what was taken out of it; `losers` name each with the reason."""

    html: str
    related: tuple[Related, ...] = ()
    images: tuple[Image, ...] = ()
    credits: tuple[Credit, ...] = ()
    tags: tuple[str, ...] = ()
    losers: tuple[Loser, ...] = ()


class _Lines:
    """The blocks that are left after each step, and those that a step took out."""

    def __init__(self, lines: list[Block], losers: list[Loser]) -> None:
        self.left, self.losers = lines, losers

    def keep(self, kept: list[Block], reason: str) -> None:
        """Go on with the blocks that a step kept."""
        here = set(map(id, kept))
        self.losers += [_loser(line.line, reason) for line in self.left if id(line) not in here]
        self.left = kept


def clean(body: etree._Element, base_url: str, headline: str = "") -> Body:
    """Read an element that holds a text; the element is taken apart. `headline` is not repeated at its top."""
    losers: list[Loser] = []
    written = text_of(body)
    related = list(_sweep(body, base_url, losers))
    settle(body, base_url)
    _figures(body)
    lines = _Lines(blocks(body), losers)
    lines.keep(without_codes(lines.left), "a plugin's code")
    kept, named = take_lines(lines.left, base_url)
    lines.keep(kept, "a related link")
    kept, found = _without_credits(lines.left)
    lines.keep(kept, "a labelled credit")
    tags = [tag for line in lines.left for tag in noise.tags_in(line.line[: noise.LONGEST_LINE])]
    lines.keep([line for line in lines.left if not _is_furniture(line, last=line is lines.left[-1])], "page furniture")
    kept, images = _without_captions(lines.left, base_url)
    lines.keep(kept, "a caption")
    lines.keep(without_digest(lines.left), "a summary above the text")
    lines.keep(without_opening(lines.left, headline), "about the page, above the text")
    lines.left = _with_dateline(joined(lines.left))
    lines.keep(without_repeats(lines.left), "told twice")
    html = "\n".join(etree.tostring(line.element, encoding="unicode", method="html") for line in lines.left)
    return Body(html, _in_order(related + named, written), tuple(images), tuple(found), tuple(tags), tuple(losers))


def _in_order(related: list[Related], written: str) -> tuple[Related, ...]:
    """Boxes and lines, which were taken out one after the other, in the order in which they stood."""
    text = tidy(written) if len(related) > 1 else ""
    return tuple(sorted(related, key=lambda one: text.find(one.title) % (len(text) + 1)))


def _loser(text: str, reason: str) -> Loser:
    return Loser("body", text[:_SHOWN], "body", reason)


def _sweep(body: etree._Element, base_url: str, losers: list[Loser]) -> Iterator[Related]:
    """Take out what classes, ids and tags tell to be no text; yields what boxes of related links name."""
    gone: list[etree._Element] = []
    boxes: dict[etree._Element, None] = {}
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        classes = element.get("class")
        kind = noise.kind_of(classes) if classes else "text"
        if kind in ("plugin link", "plugin part"):
            boxes[plugin_box(element, body)] = None
            walk.skip_subtree()
        elif (kind == "related" or noise.is_related_id(element.get("id"))) and element is not body:
            boxes[element] = None
            walk.skip_subtree()
        elif (kind == "noise" or _is_noise(element)) and not _is_bulk(element, body):
            gone.append(element)
            walk.skip_subtree()
    for element in gone:
        if element.tag not in noise.SILENT:
            losers.append(_loser(text_of(element), "page furniture, by its name"))
        drop(element)
    for box in boxes:
        if body in box.iterancestors():
            losers.append(_loser(text_of(box), "a box of related links"))
            yield from links_in(box, base_url)
            label = label_before(box)
            drop(box)
            if label is not None:
                drop(label)


def _is_bulk(element: etree._Element, body: etree._Element) -> bool:
    """Whether an element holds most of the body's paragraphs: then its name misleads, and it is the text.

    An `<svg>` or `<video>` that was not closed holds the rest of the article in libxml2's tree; browsers end it at the
    next paragraph.
    """
    if element is body:
        return True
    inside = sum(1 for _ in element.iter("p")) if len(element) else 0
    if element.tag in noise.SWALLOWERS:
        return inside > 0
    return inside > 2 and 2 * inside > sum(1 for _ in body.iter("p"))


def _is_noise(element: etree._Element) -> bool:
    if element.tag in noise.TAGS:
        return True
    identity, style = element.get("id"), element.get("style") or ""
    if (identity and noise.IDS.match(identity)) or element.get("hidden") is not None:
        return True
    return bool(style) and noise.HIDING.search("".join(style.split()).lower()) is not None


def _figures(body: etree._Element) -> None:
    """Make a `<figure>` of what older editors wrote as a classed `<div>` around a picture and its caption."""
    for element in list(body.iter("div", "p", "dl", "table")):
        picture = next(element.iter("img"), None)
        if picture is not None and (_is_figure(element) or _is_picture_table(element) or _is_captioned(element)):
            caption = caption_of(element) or tidy(text_of(element)) if not _is_figure(element) else caption_of(element)
            element.tag = "figure"
            for child in list(element):
                element.remove(child)
            element.append(picture)
            picture.tail = element.text = None
            if caption:
                etree.SubElement(element, "figcaption").text = caption


def _is_figure(element: etree._Element) -> bool:
    return not _FIGURES.isdisjoint((element.get("class") or "").split())


def _is_picture_table(element: etree._Element) -> bool:
    """Whether a table holds one picture and at most the words under it, as editors without `<figure>` write."""
    if element.tag != "table" or len(list(islice(element.iter("td", "th"), 3))) > 2:
        return False
    return len(list(islice(element.iter("img"), 2))) == 1 and len(text_of(element)) <= _LONGEST_CAPTION


def _is_captioned(element: etree._Element) -> bool:
    """Whether a paragraph is a picture and words in italics under it, and nothing else."""
    if element.tag != "p" or len(list(islice(element.iter("img"), 2))) != 1:
        return False
    slanted = "".join(text_of(part) for part in element if part.tag in ("em", "i", "small"))
    return (
        bool(slanted)
        and len(slanted) <= _LONGEST_CAPTION
        and "".join(text_of(element).split()) == "".join(slanted.split())
    )


def _without_credits(lines: list[Block]) -> tuple[list[Block], list[Credit]]:
    kept, found = [], []
    for number, line in enumerate(lines):
        at_an_end = number < _HEAD or number >= len(lines) - _FOOT
        named = credits_in(line.line) if at_an_end and line.element.tag != "figure" else []
        found += named
        if not named:
            kept.append(line)
    return kept, found


def _is_furniture(line: Block, *, last: bool) -> bool:
    """Whether a block is no text; stars at the very end are a sign-off, elsewhere they only divide."""
    if line.element.tag == "figure" or next(line.element.iter("img"), None) is not None:
        return False
    if _is_contents(line.element):
        return True
    text = line.line
    return noise.is_noise_line(text) and not (last and _STARS.fullmatch(text) is not None and bool(text))


def _is_contents(element: etree._Element) -> bool:
    """Whether a list only leads to places of this page: a table of contents."""
    links = [link.get("href") or "" for link in element.iter("a")] if element.tag in ("ul", "ol") else []
    return bool(links) and all(link.startswith("#") for link in links)


def _with_dateline(lines: list[Block]) -> list[Block]:
    """A dateline that stands alone (`<strong>Jakarta</strong> -`) goes to the head of the paragraph that it opens."""
    if len(lines) < 2 or lines[1].element.tag != "p" or not _DATELINE_ALONE.fullmatch(lines[0].line):
        return lines
    head, rest = lines[0].element, lines[1].element
    last = head[-1] if len(head) else None
    if last is None:
        head.text = f"{(head.text or '').rstrip()} {rest.text or ''}"
    else:
        last.tail = f"{(last.tail or '').rstrip()} {rest.text or ''}"
    head.extend(list(rest))
    lines[0].changed()
    return [lines[0], *lines[2:]]


def _without_captions(lines: list[Block], base_url: str) -> tuple[list[Block], list[Image]]:
    """The blocks without caption lines, and the pictures, which get them."""
    kept: list[Block] = []
    images: list[Image] = []
    pictured = True  # a caption may stand first, under the lead picture that the theme shows above the text
    for line in lines:
        text = line.line
        is_under = pictured and (_CAPTION_LINE.fullmatch(text) or (images and _CREDITED.fullmatch(text)))
        if (
            (is_under or _CREDIT_LINE.fullmatch(text))
            and line.element.tag == "p"
            and next(line.element.iter("img"), None) is None
        ):
            if images and images[-1].caption is None:
                images[-1] = replace(images[-1], caption=tidy(text))
            pictured = False
            continue
        found = list(pictures(line.element, base_url))
        images += found
        pictured = bool(found)
        kept.append(line)
    return kept, images
