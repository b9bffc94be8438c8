"""Pages laid out as a table: the cells that hold text and headline, and the date between them.

Sites of the 2000s mark nothing up. What they print above the headline is the day of the visit, so only dates behind it
count.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from crawler.dates import parse_datetime
from crawler.pages.document import Document
from crawler.text.markup import text_of

_SHORTEST_TEXT = 200
_MOST_LINKED = 0.3  # of a text's characters; menus are links from end to end
_TITLE = range(15, 250)
_NEAR = 20  # pieces of text behind a heading
_LONGEST_STAMP = 100


def text_cell(document: Document) -> etree._Element | None:
    """The table cell that holds the text of a page that has no paragraphs; None for any other page."""
    if sum(1 for paragraph in document.root.iter("p") if text_of(paragraph)) > 1:
        return None
    cells = [cell for cell in document.root.iter("td") if next(cell.iter("table"), None) is None]
    best = max(cells, key=lambda cell: len(text_of(cell)), default=None)
    return best if best is not None and _is_prose(best) else None


def title_cell(cell: etree._Element) -> etree._Element | None:
    """The cell above a text's that reads as its headline."""
    row = next(cell.iterancestors("tr"), None)
    above = row.itersiblings("tr", preceding=True) if row is not None else iter(())
    cells = [found for line in above for found in line.iter("td") if len(text_of(found)) in _TITLE]
    return next((found for found in reversed(cells) if parse_datetime(text_of(found), "UTC") is None), None)


def stamps_after(heading: etree._Element) -> Iterator[str]:
    """The dates that stand alone in the lines behind a heading, as written."""
    found = heading.xpath("following::text()[normalize-space()]")
    texts = islice(found, _NEAR) if isinstance(found, list) else iter(())
    for text in texts:
        line = " ".join(str(text).split())
        if len(line) <= _LONGEST_STAMP and parse_datetime(line, "UTC") is not None:
            yield line


def _is_prose(cell: etree._Element) -> bool:
    length = len(text_of(cell))
    linked = sum(len(text_of(link)) for link in cell.iter("a"))
    return length >= _SHORTEST_TEXT and linked < _MOST_LINKED * length
