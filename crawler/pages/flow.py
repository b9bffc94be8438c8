"""A body's tree -> a flat list of blocks: paragraphs, headings, lists, tables, quotations, figures.

Sites divide text with `<p>`, with `<div>`, with `<br><br>`, with all three at once, or wrap the whole of it in one
`<span>`. After this step a block is a block, whatever it was written as.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from crawler.text.markup import text_of

_KEPT = frozenset("ul ol dl table blockquote figure pre h1 h2 h3 h4 h5 h6 hr".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark noindex q s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
_TEXTS = ("table", "blockquote", "pre")
_MEANINGLESS = frozenset("data font label noindex span time".split())
# What an inline element or a paragraph may hold that ends a line.
_BREAKS = _KEPT | frozenset("br p div section article main center header footer li td tr address details".split())


_DEEPEST = 8  # inline elements that a line break reopens; nobody writes more, and each costs a copy a line

_Stack: TypeAlias = "list[tuple[etree._Element, Iterator[etree._Element]]]"


@dataclass(slots=True)
class Block:
    """One block of the text, and its place; `soft` where only a single line break divides it from the one before."""

    element: etree._Element
    soft: bool = False
    number: int = 0
    _line: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """All text as written, whitespace included."""
        return "".join(map(str, self.element.itertext()))

    @property
    def line(self) -> str:
        """The text on one line, read once: every step of cleaning asks for it, and few change it."""
        if self._line is None:
            self._line = text_of(self.element)
        return self._line

    def changed(self) -> None:
        """Read the line again; for a step that changed the element."""
        self._line = None


class _Flow:
    """Collects blocks; knows the open paragraph and the inline elements that a line break must close and reopen."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._line: etree._Element | None = None
        self._open: list[etree._Element] = []
        self._cursor: etree._Element | None = None
        self._breaks = 0

    def text(self, text: str | None) -> None:
        """Take text into the open line; white space alone opens none."""
        if text and (self._line is not None or not text.isspace()):
            if self._breaks and text.isspace():
                return
            cursor = self._place()
            last = next(cursor.iterchildren(reversed=True), None)
            if last is None:
                cursor.text = (cursor.text or "") + text
            else:
                last.tail = (last.tail or "") + text

    def inline(self, element: etree._Element) -> None:
        """Take a whole inline element, without its tail, into the open line."""
        tail, element.tail = element.tail, None
        self._place().append(element)
        self.text(tail)

    def open(self, element: etree._Element) -> None:
        """Go into an inline element that holds line breaks."""
        if element.tag not in _MEANINGLESS and len(self._open) < _DEEPEST:
            self._open.append(element)
            if self._line is not None and not self._breaks:
                self._cursor = _reopened(self._place(), element)

    def close(self, element: etree._Element) -> None:
        """Leave an inline element that holds line breaks."""
        if self._open and self._open[-1] is element:
            self._open.pop()
            if self._cursor is not None and self._cursor is not self._line:
                self._cursor = self._cursor.getparent()

    def line_break(self) -> None:
        """Note a break; what comes next decides what it divides."""
        self._breaks += self._line is not None

    def end(self) -> None:
        """End the open paragraph, if any."""
        self._finish()
        self._breaks = 0

    def block(self, element: etree._Element) -> None:
        """Take a whole block as it is."""
        self.end()
        element.tail = None
        self.blocks.append(Block(element))

    def _place(self) -> etree._Element:
        """The element that takes the next piece, in a new line where a break is pending."""
        soft = self._breaks == 1
        if self._breaks:
            self._finish()
            self._breaks = 0
        if self._line is None or self._cursor is None:
            self._line = self._cursor = etree.Element("p")
            self.blocks.append(Block(self._line, soft))
            for element in self._open:
                self._cursor = _reopened(self._cursor, element)
        return self._cursor

    def _finish(self) -> None:
        self._line = self._cursor = None


def _reopened(place: etree._Element, element: etree._Element) -> etree._Element:
    copy = etree.SubElement(place, element.tag)
    copy.attrib.update(element.attrib)
    return copy


def blocks(body: etree._Element) -> list[Block]:
    """The blocks of a body in order, empty ones left out. Takes the body's tree apart."""
    flow = _Flow()
    flow.text(body.text)
    stack: _Stack = [(body, iter(list(body)))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is not None:
            _step(flow, child, stack)
            continue
        stack.pop()
        if stack:
            _leave(flow, parent)
    shown = [block for block in flow.blocks if _shows(block.element)]
    for number, block in enumerate(shown):
        block.number = number
    return shown


def joined(lines: list[Block]) -> list[Block]:
    """The blocks with lines that a single break divides put together again, unless a line between them is gone."""
    whole: list[Block] = []
    before_it = -1
    for line in lines:
        follows, before_it = line.number == before_it + 1, line.number
        if line.soft and follows and whole and whole[-1].element.tag == "p":
            before, element = whole[-1].element, line.element
            etree.SubElement(before, "br").tail = element.text
            before.extend(list(element))
            whole[-1].changed()
        else:
            whole.append(line)
    return whole


def _step(flow: _Flow, child: etree._Element, stack: _Stack) -> None:
    tag = child.tag
    if not isinstance(tag, str):
        flow.text(child.tail)
    elif tag == "br":
        flow.line_break()
        flow.text(child.tail)
    elif tag in _INLINE and not _is_broken(child):
        flow.inline(child)
    elif (tag == "p" and not _is_broken(child)) or _is_kept(child):
        tail = child.tail
        flow.block(child)
        flow.text(tail)
    else:
        _enter(flow, child)
        stack.append((child, iter(list(child))))


def _enter(flow: _Flow, element: etree._Element) -> None:
    if element.tag in _INLINE:
        flow.open(element)
    else:
        flow.end()
    flow.text(element.text)


def _leave(flow: _Flow, element: etree._Element) -> None:
    if element.tag in _INLINE:
        flow.close(element)
    else:
        flow.end()
    flow.text(element.tail)


def _is_broken(element: etree._Element) -> bool:
    return next(element.iterdescendants(*_BREAKS), None) is not None


def _is_kept(element: etree._Element) -> bool:
    """Whether an element stays whole.

    A table of one cell only lays out the page; a figure around a table or a quotation (WordPress blocks) is no picture.
    """
    if element.tag == "figure":
        return next(element.iter("img"), None) is not None or next(element.iter(*_TEXTS), None) is None
    if element.tag != "table":
        return element.tag in _KEPT
    cells = [*element.iter("td"), *element.iter("th")]
    return len(cells) > 1


def _shows(element: etree._Element) -> bool:
    if any(not piece.isspace() for piece in element.itertext()):
        return True
    return next(element.iter("img"), None) is not None
