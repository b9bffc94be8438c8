"""Codes of a CMS's plugins that were not run: WordPress's `[caption ...]`, Joomla's `{gallery}folder{/gallery}`.

They stay in the text where a plugin was removed or where REST and feeds give the text before its filters. A caption is
kept with its picture; of the others nothing was written for a reader.
"""

from __future__ import annotations

import re

from lxml import etree

from crawler.pages.flow import Block
from crawler.text.clean import tidy

_CAPTION = re.compile(r"\[caption\b[^\[\]]{0,400}\](?P<words>.*?)\[/caption\]", re.DOTALL)
# https://wordpress.org/documentation/article/shortcode-block and the page builders that leave their codes behind
_WORDPRESS = (
    r"\[/?(?:caption|gallery|embed|video|audio|playlist|wp_[a-z]+|vc_[a-z_]+|et_pb_[a-z_]+|fusion_[a-z_]+|su_[a-z_]+"
    r"|(?:contact-form|ngg|irp|gmr|adrotate|ads?(?![a-z])|baca_juga|bacajuga)[\w-]*)(?:\s[^\[\]]{0,400})?\]"
)
# https://docs.joomla.org/How_do_you_put_a_module_inside_an_article and the usual content plugins
_JOOMLA = (
    r"\{(?P<name>gallery|youtube|vimeo|mp4|mp3|audio|video|pdf|phocapdf|slider|sigplus|besps|oziogallery|jcomments|edocs|source)"
    r"\b[^{}]{0,200}\}(?:[^{}]{0,300}\{/(?P=name)\})?"
    r"|\{/?(?:load(?:position|module|moduleid)|jcomments|phocagallery|phocadownload|module|snippet|tabs?|sliders?"
    r"|readmore|attachments|rsform|emailcloak)\b[^{}]{0,200}\}"
)
_CODES = re.compile(f"{_WORDPRESS}|{_JOOMLA}", re.IGNORECASE)


def without_codes(lines: list[Block]) -> list[Block]:
    """The blocks without codes; a picture with its caption becomes a figure, and a block of codes alone goes."""
    return [line for line in lines if not _has_codes(line) or _cleared(line)]


def _has_codes(line: Block) -> bool:
    return ("[" in (text := line.text) or "{" in text) and bool(_CODES.search(text))


def _cleared(line: Block) -> bool:
    """Take the codes out of a block; whether anything is left."""
    element = line.element
    found = list(element.iter("img"))
    if len(found) == 1 and (caption := _CAPTION.fullmatch(line.line)):
        _make_figure(element, found[0], tidy(_CODES.sub("", caption["words"])))
        line.changed()
        return True
    for node in element.iter():
        node.text = _CODES.sub("", node.text) if node.text else node.text
        node.tail = _CODES.sub("", node.tail) if node.tail else node.tail
    line.changed()
    return bool(found) or bool(line.line)


def _make_figure(element: etree._Element, picture: etree._Element, caption: str) -> None:
    for child in list(element):
        element.remove(child)
    element.tag, element.text, picture.tail = "figure", None, None
    element.append(picture)
    if caption:
        etree.SubElement(element, "figcaption").text = caption
