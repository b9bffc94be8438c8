"""Bounded parsing of HTML into lxml trees.

libxml2 stops at a nesting depth without a word, needs quadratic time for thousands of attributes on one tag and some
hundred bytes a node, so markup is bounded before it gets there and a tree says whether it holds everything.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

MAX_BYTES = 4_000_000
MAX_TAGS = 60_000
MAX_ATTRIBUTES = 200
# So many attributes on one tag cost libxml2 half a second; a document with fewer of them in all needs no look at tags.
ATTRIBUTES_MATTER = 30_000
_SEPARATORS = b" \n\t\r\f/"  # one stands before each attribute, unless one of two quotation marks does
# libxml2's own depth with `huge_tree` is 2048; a page with fewer tags cannot reach it.
MAX_DEPTH = 2_048

_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\r")
# Tags and attributes as the HTML standard's tokenizer cuts them (13.2.5); scripts and comments are stepped over.
_ATTRIBUTE = rb"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>\"'][^\s>]*+)?+)?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_LONG_TAGS = re.compile(
    rb"(?P<tag></?[a-z][^\s/>]*+(?:[\s/]*+"
    + _ATTRIBUTE
    + rb"){%d}(?:[\s/]++|" % MAX_ATTRIBUTES
    + _ATTRIBUTE
    + rb")*+>?+)"
    rb"|<!--[^-]*+(?:-(?!->)[^-]*+)*+"
    rb"|<(?P<raw>script|style)\b(?:[\s/]++|" + _ATTRIBUTE + rb")*+>?+[^<]*+(?:<(?!/(?P=raw))[^<]*+)*+",
    re.I,
)


class Tree(NamedTuple):
    """A parsed document or fragment; `whole` is False where a bound or the parser's depth cut something off."""

    root: etree._Element
    whole: bool


def parse(markup: str) -> Tree:
    """The tree of an HTML document or fragment under `<html>`; comments, control characters and lone surrogates go.

    Never raises: markup without any element or text is an empty tree.
    """
    data, whole = bounded(markup.encode("utf-8", "ignore").translate(None, _CONTROLS))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is None:
        return Tree(etree.Element("html"), whole)
    if data.count(b"<") >= MAX_DEPTH:
        whole = whole and not any("Excessive depth" in entry.message for entry in parser.error_log)
    return Tree(root, whole)


def bounded(data: bytes) -> tuple[bytes, bool]:
    """Markup that libxml2 can take in time and memory, and whether that is all of it."""
    whole = len(data) <= MAX_BYTES
    data = data[:MAX_BYTES]
    if data.count(b"<") > MAX_TAGS:
        data = data[: len(data) - len(data.split(b"<", MAX_TAGS + 1)[-1]) - 1]
        whole = False
    if _most_attributes(data) > ATTRIBUTES_MATTER:
        data = _LONG_TAGS.sub(_few_attributes, data)
    return data, whole


def _most_attributes(data: bytes) -> int:
    """No fewer than the attributes of a document; counting separators is ten times cheaper than telling tags."""
    if len(data) <= 2 * ATTRIBUTES_MATTER:
        return len(data) // 2
    marks = len(data) - len(data.translate(None, _SEPARATORS + b"\"'"))
    if marks <= ATTRIBUTES_MATTER:
        return marks
    separators, quotes = (len(data) - len(data.translate(None, marks)) for marks in (_SEPARATORS, b"\"'"))
    return separators + quotes // 2


def body_of(root: etree._Element) -> etree._Element:
    """The `<body>` of a parsed fragment, where libxml2 puts it; the root itself where there is none."""
    body = root.find("body")
    return root if body is None else body


def drop(element: etree._Element) -> None:
    """Take an element out of its tree and leave the text behind it in place."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def text_of(element: etree._Element) -> str:
    """All text inside an element on one line, whitespace collapsed; line breaks count as spaces."""
    if len(element) == 0:
        return " ".join((element.text or "").split())
    between = "" if next(element.iter("br"), None) is None else " "
    return " ".join(between.join(map(str, element.itertext())).split())


def inner(element: etree._Element) -> str:
    """The markup inside an element."""
    pieces = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    text = etree.Element("p")
    text.text = element.text
    return etree.tostring(text, encoding="unicode", method="html")[3:-4] + "".join(pieces)


def _few_attributes(match: re.Match[bytes]) -> bytes:
    if match["tag"] is None:
        return match[0]
    return b"<" + b" ".join(_ATTRIBUTES.findall(match["tag"], 1)[:MAX_ATTRIBUTES]) + b">"
