"""A draft's body -> sanitised HTML and plain paragraphs that hold the same text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.normalize.dateline import dateline
from crawler.normalize.signoff import SignOff, signoff
from crawler.text.clean import sanitise_tree
from crawler.text.markup import body_of, parse, text_of

_SKIPPED = ("figure", "img", "hr")
_LISTS = frozenset({"ul", "ol"})
_FOOT = 4  # blocks at the end among which the last paragraph is looked for


@dataclass(frozen=True, slots=True)
class Text:
    """Sanitised HTML, its paragraphs in order, and the sign-off that was split from the last."""

    html: str
    paragraphs: tuple[str, ...]
    signoff: SignOff | None


def text_from(body: str, base_url: str, summaries: Iterable[str] = ()) -> Text:
    """Split the sign-off, sanitise last, and read the paragraphs from what came out.

    A first paragraph that is one of the page's `summaries` goes where the lead, with its dateline, follows.
    """
    root = body_of(parse(body).root)
    _drop_teaser(root, base_url, {" ".join(text.split()) for text in summaries})
    mark = _split_signoff(root)
    html = sanitise_tree(root, base_url).strip()
    return Text(html, tuple(_paragraphs(body_of(parse(html).root))), mark)


def _paragraphs(root: etree._Element) -> list[str]:
    """One per block; a list gives one per item, a table one per row; captions of figures are none."""
    blocks = []
    for block in root:
        if block.tag in _LISTS:
            blocks += list(block)
        elif block.tag == "table":
            blocks += list(block.iter("tr"))
        elif block.tag == "blockquote" and next(block.iter("p", "cite", "footer"), None) is not None:
            blocks += _quoted(block)
        elif block.tag not in _SKIPPED:
            blocks.append(block)
    return [line for block in blocks if (line := _line_of(block))]


def _quoted(block: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a quotation and who is quoted, each a block of its own; a quotation may hold another."""
    loose = etree.Element("p")
    loose.text = block.text
    yield loose
    for part in block:
        yield from _quoted(part) if part.tag == "blockquote" else (part,)
        if part.tail and part.tail.strip():
            rest = etree.Element("p")
            rest.text = part.tail
            yield rest


def _line_of(block: etree._Element) -> str:
    return " ".join(filter(None, map(text_of, block))) if block.tag == "tr" else text_of(block)


def _drop_teaser(root: etree._Element, base_url: str, summaries: set[str]) -> None:
    told = [block for block in root if text_of(block)][:2]
    if len(told) < 2 or text_of(told[0]) not in summaries:
        return
    if dateline(text_of(told[1]), base_url, ()).place and not dateline(text_of(told[0]), base_url, ()).place:
        root.remove(told[0])


def _split_signoff(root: etree._Element) -> SignOff | None:
    """Cut the sign-off out of the last paragraph; the paragraph goes where nothing else is in it.

    Before a table, a list or a heading that follows, only a paragraph that is nothing but a mark is one.
    """
    blocks = [block for block in reversed(root) if text_of(block)][:_FOOT]
    paragraph = next((block for block in blocks if block.tag == "p"), None)
    found = signoff(text_of(paragraph)) if paragraph is not None else None
    if paragraph is None or found is None or (found.text and paragraph is not blocks[0]):
        return None
    if not _cut(paragraph, found.mark):
        return None
    if not text_of(paragraph):
        root.remove(paragraph)
    return found


def _cut(block: etree._Element, mark: str) -> bool:
    """Cut the mark's characters, which may stand in several elements, from the end of a block."""
    left = len("".join(mark.split()))
    for node in reversed(list(block.iter())):
        for name in ("tail", "text"):
            if name == "tail" and node is block:
                continue
            text = (getattr(node, name) or "").rstrip()
            while left and text:
                left -= not text[-1].isspace()
                text = text[:-1]
            if left == 0:
                setattr(node, name, text.rstrip())
                return True
            setattr(node, name, text)
    return False
