"""A document reduced to its markup: tags, classes and dates as they were, every text and headline replaced by filler.

Bytes of a page are someone's text; what a test needs of them is their shape. Pure: text in, text out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

from lxml import etree

from crawler.sources.filler import Filler, is_date, is_markup

# Attributes that are no text, and that extraction or discovering reads.
_AS_IS = frozenset(
    """
    class id rel type itemprop itemscope itemtype property name datetime http-equiv lang dir role style width height
    media method target async defer hidden colspan rowspan xmlns version
    """.split()
)
_ADDRESSES = frozenset({"href", "src", "action", "poster", "cite"})
_VOID_TEXT = frozenset({"script", "style"})
# Keys and metadata that hold a text even where it is one word.
_TEXTS = frozenset({"name", "title", "headline", "rendered", "author", "creator", "description", "caption", "category"})
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:|urlset|sitemapindex)", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>|<!\[[^>]*>")


def reduced(document: str, kept: Iterable[str]) -> str:
    """A page, feed, sitemap or JSON answer with its texts replaced; words of the texts in `kept` stay.

    What cannot be told apart from text is replaced or left out: scripts that are no JSON, comments, handlers.
    """
    words = frozenset(word.lower() for text in kept for word in re.findall(r"[^\W\d_]+", text))
    filler = Filler(words)
    if document.lstrip()[:1] in ("{", "["):
        try:
            return json.dumps(_json(json.loads(document), filler), ensure_ascii=False, indent=1)
        except ValueError:
            pass  # a page of text that begins with a bracket
    return _xml(document, filler) if _XML.match(document) else _html(document, filler)


def _value(text: str, name: str, filler: Filler) -> str:
    """A text that stands in a named place: an address, a date, markup, one token of an id or type, or words."""
    if text.startswith(("http://", "https://", "/")) and not re.search(r"\s", text.strip()):
        return filler.url(text)
    if is_date(text):
        return text
    if is_markup(text):
        return _html(text, filler)
    if name not in _TEXTS and not re.search(r"\s", text.strip()):
        return filler.segment(text)
    return filler.text(text)


def _json(value: Any, filler: Filler, name: str = "") -> Any:
    match value:
        case str():
            return _value(value, name, filler)
        case list():
            return [_json(item, filler, name) for item in value]
        case dict():
            return {key: _json(item, filler, key) for key, item in value.items()}
    return value


def _xml(document: str, filler: Filler) -> str:
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(document.strip().encode(), parser)
    if root is None:
        return _html(document, filler)
    for element in root.iter("*"):
        name = etree.QName(element).localname.lower()
        element.text = _value(element.text, name, filler) if element.text else None
        element.tail = filler.text(element.tail) if element.tail else None
        for key, value in element.attrib.items():
            element.set(key, _value(str(value), str(key), filler))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True).decode()


def _html(document: str, filler: Filler) -> str:
    writer = _Writer(filler)
    writer.feed(_CDATA.sub("", document))
    writer.close()
    return "".join(writer.out)


class _Writer(HTMLParser):
    """Writes each token as it was read, broken nesting and all, with its texts replaced."""

    def __init__(self, filler: Filler) -> None:
        super().__init__(convert_charrefs=False)
        self.filler = filler
        self.out: list[str] = []
        self.inside, self.is_json = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag with its attributes, those of handlers left out."""
        given = {name: value or "" for name, value in attrs}
        self.inside, self.is_json = tag, "json" in given.get("type", "")
        kept = [(name, _attribute(name, value, tag, given, self.filler)) for name, value in given.items()]
        told = "".join(f' {name}="{escape(value)}"' for name, value in kept if not name.startswith("on"))
        self.out.append(f"<{tag}{told}>")

    def handle_endtag(self, tag: str) -> None:
        """The end of an element."""
        self.inside = ""
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Text, or what a script holds."""
        if self.inside not in _VOID_TEXT:
            self.out.append(escape(self.filler.text(data), quote=False))
        elif self.is_json:
            self.out.append(_embedded(data, self.filler))

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A numbered character; a letter is text."""
        character = unescape(f"&#{name};")
        self.out.append(self.filler.text(character) if character.isalpha() else f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """The document type."""
        self.out.append(f"<!{decl}>")


def _embedded(text: str, filler: Filler) -> str:
    try:
        return json.dumps(_json(json.loads(text, strict=False), filler), ensure_ascii=False).replace("</", "<\\/")
    except (ValueError, RecursionError):
        return ""


def _attribute(name: str, value: str, tag: str, given: dict[str, str], filler: Filler) -> str:
    """The value of an attribute; what it means may depend on its tag's others."""
    if name == "charset" or "charset=" in value:
        return "utf-8" if name == "charset" else "text/html; charset=utf-8"
    if name in _AS_IS or given.get("name", "").lower() == "generator":
        return value
    if name in _ADDRESSES:
        return filler.url(value)
    if name.endswith("srcset"):
        return " ".join(filler.url(piece) if "/" in piece else piece for piece in value.split())
    if value.lstrip()[:1] in ("{", "["):
        return _embedded(value, filler)
    metadata = f"{given.get('name', '')}{given.get('property', '')}".lower().rpartition(":")[2]
    return _value(value, metadata if tag == "meta" else name, filler)
