"""The pictures of an article: real addresses behind lazy loading, captions, and what is no picture of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from crawler.models import Image
from crawler.text.clean import absolute, tidy
from crawler.text.markup import text_of
from crawler.text.urls import site

_WEB = {"http", "https"}
# Where lazy loading plugins and themes keep the address while `src` holds a placeholder, best first.
_SOURCES = (
    "data-orig-file",
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazyload",
    "data-lazy",
    "data-img-url",
)
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"^(?:data|blob|about):|(?:^|/)(?:blank|spacer|pixel|1x1|loading|lazy|placeholder|transparent|zoom-in)[\w-]*\.(?:gif|png|svg|jpe?g)"
    r"|(?:^|/)(?:ico(?:n)?[\w-]*|clock|calend[ae]r|kalender|jam|user|penulis|print(?:er)?|e?mail|arrow|panah|bullet|new|hot)"
    r"\.(?:gif|png|svg)$",
    re.I,
)
# The sizes that advertisements are sold in (IAB), as their files are named.
_ADVERT = re.compile(r"[_-](?:728x90|970x90|970x250|468x60|320x50|320x100|160x600|300x600|336x280)\D", re.I)
_TRACKER = re.compile(
    r"//(?:[\w-]+\.)*(?:facebook\.com/tr|google-analytics\.com|doubleclick\.net|scorecardresearch\.com|pixel\.wp\.com|stats\.wp\.com"
    r"|gravatar\.com|s\.w\.org/images/core/emoji|feedburner\.com|histats\.com|statcounter\.com)",
    re.I,
)
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.I)
_PICTURE_HOSTS = re.compile(r"//[^/]*(?:googleusercontent|blogspot|blogger|wp\.com|flickr|imgur|photobucket)", re.I)
_SIZE = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w{3,4}$)")
_SET_APART = re.compile(r"\b(?:italic|text-xs|text-muted|small|fst-italic)\b", re.I)
_LONGEST = 250
_CAPTION_CLASS = re.compile(r"caption|img-description|keterangan|(?:^|[\s_-])ket(?:[\s_-]|$)", re.I)


def image_of(picture: etree._Element, base_url: str) -> str | None:
    """The absolute address of an `<img>`'s real picture; None for placeholders, trackers and avatars."""
    if _is_tiny(picture) or "avatar" in (picture.get("class") or ""):
        return None
    if _is_banner(picture, base_url):
        return None
    found = [full.split("#", 1)[0] for address in _candidates(picture) if (full := absolute(address, base_url, _WEB))]
    usable = [address for address in found if is_picture(address)]
    if not usable:
        return None
    original = _SIZE.sub("", usable[0])
    return original if original in found else usable[0]


def is_picture(address: str) -> bool:
    """Whether an address is no placeholder, tracker or advertisement."""
    return not any(rule.search(address) for rule in (_PLACEHOLDER, _TRACKER, _ADVERT))


def _is_banner(picture: etree._Element, base_url: str) -> bool:
    """Whether a picture only leads to another site: an advertisement, whatever its box is called."""
    link = next(picture.iterancestors("a"), None)
    address = absolute(link.get("href") or "", base_url, _WEB) if link is not None else None
    if address is None or site(address) == site(base_url) or _PICTURE_HOSTS.search(address):
        return False
    return _IMAGE_FILE.search(address) is None and next(picture.iterancestors("figure"), None) is None


def settle(body: etree._Element, base_url: str) -> None:
    """Give every `<img>` in a body its real address, and take out those that show nothing of the article."""
    for picture in list(body.iter("img")):
        address = image_of(picture, base_url)
        if address is None:
            picture.tag = "span"
            picture.attrib.clear()
        else:
            kept = [(name, value) for name in ("alt", "width", "height") if (value := picture.get(name))]
            picture.attrib.clear()
            for name, value in (("src", address), *kept):
                picture.set(name, value)


def pictures(element: etree._Element, base_url: str) -> Iterator[Image]:
    """The pictures inside an element, each with the caption of its figure (or of the element itself)."""
    captions: dict[etree._Element, str | None] = {}
    for picture in element.iter("img"):
        if address := image_of(picture, base_url):
            figure = _figure(picture, element)
            if figure not in captions:
                captions[figure] = caption_of(figure)
            yield Image(address, captions[figure])


def lead_pictures(lead: etree._Element, base_url: str) -> Iterator[Image]:
    """The pictures of a lead; some themes write its caption into the next element."""
    beside = lead.getnext()
    words = tidy(text_of(beside)) or None if beside is not None and _reads_as_caption(beside) else None
    yield from (replace(image, caption=image.caption or words) for image in pictures(lead, base_url))


def _reads_as_caption(beside: etree._Element) -> bool:
    """Whether an element behind a picture is its caption: by its class, or as a short line set apart from text."""
    if beside.find(".//img") is not None:
        return False
    classes = beside.get("class") or ""
    is_set_apart = beside.tag in ("small", "em", "i") or _SET_APART.search(classes) is not None
    return _CAPTION_CLASS.search(classes) is not None or (is_set_apart and len(text_of(beside)) <= _LONGEST)


def caption_of(figure: etree._Element) -> str | None:
    """The words under a picture: its `<figcaption>`, else what is classed as its caption."""
    caption = next(figure.iter("figcaption"), None)
    if caption is None:
        classed = (
            child for child in figure.iter() if _CAPTION_CLASS.search(child.get("class") or "") and child is not figure
        )
        caption = next((child for child in classed if next(child.iter("img"), None) is None), None)
    return tidy(text_of(caption)) or None if caption is not None else None


def _candidates(picture: etree._Element) -> Iterator[str]:
    yield from (value for name in _SOURCES if (value := picture.get(name)))
    yield from (largest for name in _SETS if (largest := _largest(picture.get(name) or "")))
    if source := picture.get("src"):
        yield source
    link = next(picture.iterancestors("a"), None)
    if link is not None and (linked := link.get("href")):
        yield from (linked,) if _IMAGE_FILE.search(linked) else ()


def _largest(srcset: str) -> str | None:
    """The address with the greatest width or density (HTML standard, 4.8.4.2.1)."""
    best, size = None, -1.0
    for piece in re.split(r",\s+|,(?=https?:)", srcset[:10_000]):
        words = piece.split()
        descriptor = re.fullmatch(r"(\d+(?:\.\d+)?)[wx]", words[1]) if len(words) > 1 else None
        measure = float(descriptor[1]) if descriptor else 0.0
        if words and measure > size:
            best, size = words[0], measure
    return best


def _is_tiny(picture: etree._Element) -> bool:
    return any(re.fullmatch(r"[0-2](?:px)?", picture.get(name) or "") for name in ("width", "height"))


def _figure(picture: etree._Element, within: etree._Element) -> etree._Element:
    node = picture.getparent()
    while node is not None and node is not within and node.tag != "figure":
        node = node.getparent()
    return within if node is None else node
