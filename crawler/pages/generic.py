"""The fallback for pages of no known family: the page's own articleBody, else the element that holds its prose.

Where the prose is scattered, trafilatura reads the page; what it gives back is flat, so the element is better: boxes in
it can be told by their names, and pictures, tables and quotations keep their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lxml import etree

from crawler.errors import ExtractError
from crawler.models import Evidence
from crawler.pages.document import Document
from crawler.pages.lines import Line, are_teasers, is_list_of_articles, text_element
from crawler.text.markup import body_of, parse, text_of

MOST_ELEMENTS = 15_000  # the largest real pages have some 8,000; trafilatura's time grows faster than they do
_ENOUGH = 400  # characters: an articleBody of fewer is a teaser


def find_body(
    document: Document, lines: Sequence[Line], stated: Evidence | None, summary: str | None
) -> tuple[etree._Element, str]:
    """An element with the article's text, and its origin; `stated` is the `articleBody` of the page's data.

    Raises ExtractError where none is found, or it is shorter than the page's own summary.
    """
    told = _from_text(stated.value) if stated else None
    found = (told, stated.origin) if stated and _has_paragraphs(stated.value) else _shown(document, lines)
    if stated and told is not None and (found[0] is None or len(text_of(found[0])) < len(text_of(told))):
        found = (told, stated.origin)  # short, but more than the page shows
    body, origin = found
    if body is None or len(text_of(body)) < max(len(summary or ""), 1):
        raise ExtractError(
            document.url, "no article text was found; name a page family or a body selector in its record."
        )
    return body, origin


def _shown(document: Document, lines: Sequence[Line]) -> tuple[etree._Element | None, str]:
    element = text_element(lines)
    if is_list_of_articles(element) if element is not None else are_teasers(lines):
        raise ExtractError(document.url, "the page lists articles and is none.", final=element is not None)
    return (element, "prose") if element is not None else (_from_trafilatura(document), "trafilatura")


def _has_paragraphs(text: str) -> bool:
    return len(text) >= _ENOUGH and (text.strip().count("\n") > 0 or "</p>" in text)


def _from_text(text: str) -> etree._Element:
    if "</p>" in text or "<br" in text:
        return body_of(parse(text).root)
    lines = "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())
    return body_of(parse(lines).root)


def _from_trafilatura(document: Document) -> etree._Element | None:
    from trafilatura import extract

    if sum(1 for _ in document.root.iter()) > MOST_ELEMENTS:
        raise ExtractError(
            document.url, f"the page has more than {MOST_ELEMENTS:,} elements and is of no known family."
        )
    page = etree.tostring(document.root, encoding="unicode", method="html")
    html = extract(page, output_format="html", include_comments=False, include_links=True, include_images=True)
    return body_of(parse(html).root) if html else None
