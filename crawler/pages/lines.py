"""A page as lines of text in order, for pages whose markup says nothing: where its prose is, and what stands above it.

A line is what a reader sees as one: the text of a block without the blocks inside it, cut at line breaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.pages import noise
from crawler.pages.document import Document
from crawler.text.markup import text_of

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr img amp-img".split()
)
_WITHIN = _INLINE | {"br"}
_PASSED_ON = {"p": 1, "pre": 1, "blockquote": 1, "li": 2, "dd": 2}  # how far above a line its owner stands
_PROSE = 60  # characters that no label, menu or headline of a list reaches, with punctuation in it
_PUNCTUATION = re.compile(r"[.,!?”\"]")
_MOST_LINKED = 0.4
_LEAST_TEASERS, _WHOLLY = 3, 0.9
_PARTS_WITHIN = 2  # levels above a part
_ENOUGH = 120  # characters of prose in one place


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the block it stands in, its text, and how many characters of it are links."""

    element: etree._Element
    text: str
    linked: int

    @property
    def is_prose(self) -> bool:
        """Whether it reads as a sentence of a text."""
        return reads_as_prose(self.text) and self.linked <= _MOST_LINKED * len(self.text)


def reads_as_prose(text: str) -> bool:
    """Whether a text is as long as a sentence, and punctuated like one."""
    return len(text) >= _PROSE and _PUNCTUATION.search(text) is not None


def lines_of(document: Document) -> list[Line]:
    """All lines of a page in order, without scripts, menus, comments and what else is no part of any text."""
    found: list[Line] = []
    body = document.root.find("body")
    walk = etree.iterwalk(document.root if body is None else body, events=("start",))
    for _, element in walk:
        if element.tag == "form" and _is_frame(element):
            found += _own_lines(element)
        elif element.tag in noise.TAGS or (element is not body and _is_furniture(element)):
            walk.skip_subtree()
        elif _is_block(element):
            found += _own_lines(element)
        else:
            walk.skip_subtree()  # the block around it has its text
    return found


def text_element(lines: Sequence[Line]) -> etree._Element | None:
    """The element that holds the text of a page: most of its prose; None where there is hardly any in one place."""
    held: Counter[etree._Element] = Counter()
    for line in lines:
        owner = _owner(line) if line.is_prose else None
        if owner is not None:
            held[owner] += len(line.text)
            above = owner.getparent()
            if above is not None:
                held[above] += len(line.text) // 2  # where each paragraph has a box of its own, what is around them
    if not held:
        return None
    best, size = held.most_common(1)[0]
    best = _around_parts(best, held)
    return best if size >= _ENOUGH and best.tag not in ("html", "body") else None


def is_list_of_articles(element: etree._Element) -> bool:
    """Whether what holds the prose of a page is a list of teasers: linked headings, and next to no line without one."""
    linked = [heading for heading in element.iter("h2", "h3", "h4") if _leads_on(heading)]
    prose = sum(1 for paragraph in element.iter("p") if len(text_of(paragraph)) >= _PROSE)
    return len(linked) >= _LEAST_TEASERS and prose <= len(linked)


def are_teasers(lines: Sequence[Line]) -> bool:
    """Whether the lines of a page whose prose is nowhere together are linked headings with a sentence each."""
    linked = [
        line for line in lines if line.element.tag in ("h2", "h3", "h4") and line.linked >= _WHOLLY * len(line.text)
    ]
    return len(linked) >= _LEAST_TEASERS and sum(line.is_prose for line in lines) <= len(linked)


def _leads_on(heading: etree._Element) -> bool:
    """Whether a heading is a link, or stands in one."""
    inside = next(heading.iter("a"), None)
    around = next(heading.iterancestors("a"), None)
    return inside is not None or around is not None


def _around_parts(best: etree._Element, held: Iterable[etree._Element]) -> etree._Element:
    """The element around all parts of a text that is cut into boxes of one name (portals' pages in one document)."""
    names = best.get("class")
    parts = [other for other in held if other is not best and other.get("class") == names] if names else []
    for above in islice(best.iterancestors(), _PARTS_WITHIN):
        if any(above in other.iterancestors() for other in parts):
            return above
    return best


def _owner(line: Line) -> etree._Element | None:
    owner: etree._Element | None = line.element
    for _ in range(_PASSED_ON.get(line.element.tag, 0)):
        owner = owner.getparent() if owner is not None else None
    return owner


def _is_furniture(element: etree._Element) -> bool:
    classes, identity = element.get("class"), element.get("id")
    if element.tag == "footer" and next(element.iterancestors("article"), None) is None:
        return True
    if identity and (noise.IDS.match(identity) or noise.is_related_id(identity)):
        return True
    return bool(classes) and noise.is_around_text(classes or "")


def _is_frame(form: etree._Element) -> bool:
    """Whether a form is what a page stands in, as ASP.NET's pages do, and not a part of it."""
    body = next(form.iterancestors("body"), None)
    return body is not None and len(text_of(form)) * 2 > len(text_of(body))


def _is_block(element: etree._Element) -> bool:
    """Whether an element is a block, by its name or because one stands inside it."""
    return element.tag not in _INLINE or any(inner.tag not in _WITHIN for inner in element.iterdescendants())


def _own_lines(element: etree._Element) -> Iterator[Line]:
    """The lines of a block: its own text and that of its inline elements, cut at breaks and at the blocks inside."""
    pieces: list[str] = []
    linked = 0
    for text, is_link in _pieces(element):
        if text is None:
            yield from _line(element, pieces, linked)
            pieces, linked = [], 0
        else:
            pieces.append(text)
            linked += len(text) if is_link else 0
    yield from _line(element, pieces, linked)


def _pieces(element: etree._Element) -> Iterator[tuple[str | None, bool]]:
    """Texts in order, each with whether it is a link's; None where a line ends."""
    yield element.text or "", False
    for child in element:
        if child.tag == "br" or _is_block(child):
            yield None, False
        elif child.tag == "a":
            yield f" {text_of(child)} ", True
        elif next(child.iter("br", "a"), None) is None:
            yield text_of(child) if len(child) else child.text or "", False
        else:
            yield from _pieces(child)
        yield child.tail or "", False


def _line(element: etree._Element, pieces: list[str], linked: int) -> Iterator[Line]:
    if text := " ".join("".join(pieces).split()):
        yield Line(element, text, linked)
