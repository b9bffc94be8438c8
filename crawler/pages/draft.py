"""Page -> Draft: one parse, one family, every field's candidates, one cleaned body."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from lxml import etree

from crawler.errors import ExtractError
from crawler.models import Draft, Page, Source
from crawler.pages.body import clean
from crawler.pages.document import Document, read
from crawler.pages.evidence import Clues, origin_of
from crawler.pages.families import Family, choose
from crawler.pages.generic import find_body
from crawler.pages.images import distinct
from crawler.pages.paging import next_page
from crawler.pages.refusals import refuse, refuse_bytes, refuse_message, refuse_stranger
from crawler.text.clean import plain
from crawler.text.markup import body_of


def draft_of(page: Page, source: Source) -> Draft:
    """What a page says of itself; where it has no bytes, what its link carries. Further parts add their text.

    Raises ExtractError where the page is no article or holds no text.
    """
    drafts = [_one(part, source) for part in (page, *page.parts)]
    return replace(
        drafts[0],
        body="\n".join(draft.body for draft in drafts),
        related=tuple(related for draft in drafts for related in draft.related),
        images=distinct([image for draft in drafts for image in draft.images]),
        next_page=drafts[-1].next_page,
        partial=any(draft.partial for draft in drafts),
    )


def _one(page: Page, source: Source) -> Draft:
    carried = page.link.body if page.link else None
    if not page.body and page.link and carried:
        document = read(replace(page, url=page.url or page.link.url, body=carried.encode("utf-8", "ignore")))
        family, body = Family(name=origin_of(page.link), body=()), body_of(document.root)
        return _draft(document, Clues(document, family, source, page.link), body)
    refuse_bytes(page)
    document = read(page)
    refuse(document)
    return _from_page(document, page, source)


def _from_page(document: Document, page: Page, source: Source) -> Draft:
    family, element = choose(document, source.family)
    clues = Clues(document, family, source, page.link)
    chosen = document.css(source.selectors["body"]) if "body" in source.selectors else []
    if chosen:
        element = etree.Element("div")
        element.extend(map(deepcopy, chosen))
    if element is None:
        element = find_body(document, clues.thing, next((found.value for found in clues.summary()), None))
    draft = _draft(document, clues, element)
    if page.link and page.link.title:
        refuse_stranger(document, plain(page.link.title), draft.body)
    return draft


def _draft(document: Document, clues: Clues, element: etree._Element) -> Draft:
    # Cleaning takes its element apart, and fields stand inside it (WPBerita's footer with the byline).
    titles = clues.title()
    body = clean(deepcopy(element), document.base, titles[0].value if titles else "")
    if not body.html:
        raise ExtractError(document.url, "the page holds no article text.")
    refuse_message(document, body.html)
    return Draft(
        url=document.url,
        family=clues.family.name,
        body=body.html,
        canonical=clues.canonical(),
        title=titles,
        author=clues.author(body.credits),
        published=clues.published(),
        modified=clues.modified(),
        summary=clues.summary(),
        language=clues.language(),
        images=distinct([*clues.lead_images(), *body.images]),
        categories=clues.categories(),
        tags=clues.tags(),
        related=body.related,
        site_names=clues.site_names(),
        attribution=clues.attribution(body.credits),
        next_page=next_page(document),
        partial=not document.whole,
    )
