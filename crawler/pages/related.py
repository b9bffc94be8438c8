"""Related links inside a text: boxes of plugins and themes, and the `Baca juga:` lines that editors type.

What is a related link is taken out and kept as `Related`. A sentence that only contains such words stays: a line needs
the label at its start, and behind it a link, a colon or a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from crawler.models import Related
from crawler.pages.credits import credits_in
from crawler.pages.flow import Block
from crawler.text.clean import absolute, tidy
from crawler.text.markup import drop, text_of
from crawler.text.urls import site

_WEB = {"http", "https"}
_JUGA = r"(?:baca|simak|lihat|(?:non|ton)ton)\s+(?:juga|pula)(?:\s+(?:video|berita|artikel))?"
_LABEL = (
    rf"(?:{_JUGA}|bacaan\s+lainnya|baca\s+(?:selengkapnya|lainnya)|(?:berita|artikel|pos|tulisan|konten)\s+(?:terkait|lainnya|terkini)"
    r"|pilihan\s+(?:editor|redaksi)|rekomendasi(?:\s+untuk\s+anda)?|read\s+(?:next|also|more)|also\s+read|related\s+(?:posts?|articles?|news)"
    r"|next\s+post|lihat\s+artikel\s+asli)"
)
_COLON = r"\s*(?:[:：|»›→]|[–—-](?=\s))+\s*"
_BULLET = r"[\s•*·▪►▶>»→\-–—(\[“\"]*"
# A label and what follows it. Without colon the gap of a plugin's two spaces counts, a single space only before a link.
_LINE = re.compile(
    rf"{_BULLET}(?:(?P<label>{_LABEL})|(?P<short>baca(?=\s*:)|promosi?(?=\s*:|\s)))(?P<colon>{_COLON})?(?P<rest>.*)",
    re.I | re.S,
)
_PROMOTED = re.compile(r"\W*promosi?\b", re.I)  # an advertisement: gone, and no related article
_GAP = re.compile(r"\s{2,}|\s*\u00a0\s*")
_INLINE_LABEL = re.compile(rf"(?P<keep>^|[.!?…”\"’)]\s*|\s)(?P<open>[(\[]\s*)?(?:{_JUGA})(?P<colon>\s*:)?\s*$", re.I)
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*{_JUGA}\s*:\s*(?P<title>[^()\[\]]{{5,200}})[)\]]", re.I)
_LABEL_ALONE = re.compile(rf"\W*{_JUGA}\W*", re.I)
_SENTENCE_END = re.compile(r"[.!?…][”\"’)]*$")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png)(?:$|[?#])", re.I)
_CAPITALS = 0.7  # of a headline's longer words
_LONGEST = 250
_CLIMB = 8  # elements around a box that may hold nothing else


def plugin_box(part: etree._Element, body: etree._Element) -> etree._Element:
    """The outermost element that holds nothing but the box that this part belongs to."""
    top = next(part.iterancestors("a"), part)
    if top is part and part.tag != "a":
        parent = part.getparent()
        if parent is not None and parent is not body and _line_of(text_of(parent)):
            top = parent
    text = text_of(top)
    for parent in islice(top.iterancestors(), _CLIMB):
        if parent is body or text_of(parent) != text:
            break
        top = parent
    return top


def label_before(box: etree._Element) -> etree._Element | None:
    """The element before a box that is nothing but its label (`Berita terkait`)."""
    before = box.getprevious()
    line = _line_of(text_of(before)) if before is not None else None
    return before if line and not tidy(line["rest"]).strip(" :") else None


def links_in(box: etree._Element, base_url: str) -> list[Related]:
    """The titles and addresses that a box of related links names; one without address where it holds text alone."""
    found: dict[str, Related] = {}
    for related in _links(box, base_url):
        found.setdefault(related.url or related.title, related)  # picture, title and date link to the same article
    title = _title(text_of(box))
    return list(found.values()) or ([Related(title, None)] if title else [])


def take_lines(blocks: list[Block], base_url: str) -> tuple[list[Block], list[Related]]:
    """The blocks without related lines, and what those lines named."""
    kept: list[Block] = []
    found: list[Related] = []
    waiting = following = False  # behind a label that stands alone; behind the first link that it announced
    for block in blocks:
        if (waiting or following) and (titles := _announced(block, base_url, text_alone=waiting)):
            found += titles
            waiting, following = False, block.element.tag == "p" and titles[0].url is not None
            continue
        waiting = following = False
        text = block.text
        line = _line_of(text)
        if kept and line is None and (bare := _bare_headline(block, base_url)):
            found.append(bare)
            continue
        if line or "juga" in (lowered := text.lower()) or "pula" in lowered:
            waiting, titles, keep = _line(block, line, base_url)
            block.changed()
            found += titles
            if not keep:
                continue
        kept.append(block)
    return kept, found


def _line(block: Block, line: re.Match[str] | None, base_url: str) -> tuple[bool, list[Related], bool]:
    """Whether the block is a label alone, what it names, and whether any of it stays."""
    if line is None:
        titles = _take_inline(block.element, base_url)
        return False, titles, bool(block.text.strip())
    rest = tidy(line["rest"]).strip(' )]”"|:')
    if not rest:
        return True, [], False
    links = _links(block.element, base_url)
    if links and sum(len(related.title) for related in links) >= 0.8 * len(rest):
        return False, [] if _PROMOTED.match(block.text) else links, False
    if links and rest.startswith(links[0].title):
        _drop_first_link(block.element, base_url)
        return False, links[:1], True
    if not links and _is_title(rest, line):
        return False, [Related(rest, None)], False
    return False, _take_inline(block.element, base_url), True


def _bare_headline(block: Block, base_url: str) -> Related | None:
    """A paragraph that is one link and reads as a headline: some sites drop one between paragraphs without a label."""
    element = block.element
    links = list(islice(element.iter("a"), 2)) if element.tag == "p" else []
    if len(links) != 1:
        return None
    text = tidy(block.line)
    if tidy(text_of(links[0])) != text or _SENTENCE_END.search(text):
        return None
    words = [word for word in text.split() if len(word) > 3]
    is_headline = len(text.split()) > 3 and sum(word[0].isupper() for word in words) >= _CAPITALS * len(words)
    address = absolute(links[0].get("href") or "", base_url, _WEB)
    is_article = address is not None and site(address) == site(base_url) and not _FILE.search(address)
    return Related(text, address) if is_headline and is_article else None


def _line_of(text: str) -> re.Match[str] | None:
    return _LINE.fullmatch(text.strip())


def _is_title(rest: str, line: re.Match[str]) -> bool:
    if line["colon"]:
        return len(rest) <= _LONGEST
    return bool(_GAP.match(line["rest"])) and len(rest) <= _LONGEST and not _SENTENCE_END.search(rest)


def _announced(block: Block, base_url: str, *, text_alone: bool) -> list[Related]:
    """What a block after a lone label names: links and nothing else, or (`text_alone`) a line that reads as a title."""
    element = block.element
    links = _links(element, base_url)
    text = block.line
    if links and sum(len(related.title) for related in links) >= 0.8 * len(text.replace(" ", "")):
        return links
    is_title = text_alone and element.tag == "p" and not links and 3 <= len(text.split()) <= 25 and not credits_in(text)
    return [Related(tidy(text), None)] if is_title and not _SENTENCE_END.search(text) else []


def _links(element: etree._Element, base_url: str) -> list[Related]:
    return [related for link in element.iter("a") if (related := _linked(link, base_url))]


def _linked(link: etree._Element, base_url: str) -> Related | None:
    marked = next((part for part in link.iter("span") if "postTitle" in (part.get("class") or "")), None)
    title = tidy(text_of(marked)) if marked is not None else _title(text_of(link))
    return Related(title, absolute(link.get("href") or "", base_url, _WEB)) if title else None


def _title(text: str) -> str:
    """A title without the label before it; empty where there is nothing but a label."""
    line = _line_of(tidy(text))
    return tidy(line["rest"] if line else text).strip(" :|»")


def _drop_first_link(element: etree._Element, base_url: str) -> None:
    """Cut label and link from the start of a block that goes on with text of its own."""
    link = next(link for link in element.iter("a") if _linked(link, base_url))
    for node in element.iter():
        if node is link:
            break
        node.text = None
    for before in link.itersiblings(preceding=True):
        before.tail = None
        drop(before)
    drop(link)


def _take_inline(element: etree._Element, base_url: str) -> list[Related]:
    """Cut `(Baca juga: <a>title</a>)` and its like out of the middle or the end of a paragraph."""
    found = []
    for link in list(element.iter("a")):
        related = _linked(link, base_url)
        if related and _cut_label(link):
            drop(link)
            found.append(related)
    return found + list(_take_bracketed(element))


def _cut_label(link: etree._Element) -> bool:
    """Cut the label before a link, which stands in the text or in an element of its own; False where there is none."""
    before = link.getprevious()
    if before is not None and not (before.tail or "").strip() and _LABEL_ALONE.fullmatch(text_of(before)):
        drop(before)
    elif not _cut_label_text(link, before):
        return False
    link.tail = re.sub(r"^\s*[)\]]", "", link.tail or "")
    return True


def _cut_label_text(link: etree._Element, before: etree._Element | None) -> bool:
    holder, name = (link.getparent(), "text") if before is None else (before, "tail")
    text = getattr(holder, name, None) or ""
    label = _INLINE_LABEL.search(text)
    if label is None or not (label["colon"] or label["open"]):
        return False
    setattr(holder, name, text[: label.start()] + label["keep"].rstrip())
    return True


def _take_bracketed(element: etree._Element) -> Iterator[Related]:
    for node in element.iter():
        for name in ("text", "tail"):
            text = getattr(node, name) or ""
            for match in _IN_BRACKETS.finditer(text):
                yield Related(tidy(match["title"]), None)
                setattr(node, name, _IN_BRACKETS.sub("", text))
