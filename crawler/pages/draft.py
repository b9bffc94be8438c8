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
from crawler.pages.head import read_head
from crawler.pages.native import native_of
from crawler.pages.paging import next_page
from crawler.pages.refusals import (
    refuse,
    refuse_broken,
    refuse_bytes,
    refuse_message,
    refuse_notice,
    refuse_stranger,
    refuse_wall,
)
from crawler.text.clean import plain
from crawler.text.markup import body_of


def draft_of(page: Page, source: Source) -> Draft:
    """What a page says of itself; where it has no bytes, what its link carries. Further parts add their text.

    Raises ExtractError where the page is no article or holds no text.
    """
    drafts = [_one(page, source)]
    for part in page.parts:
        following = _one(part, source)
        if any(following.body == draft.body for draft in drafts):
            drafts[-1] = replace(drafts[-1], next_page=None)  # past its last page a site may show the first again
            break
        drafts.append(following)
    return drafts[0] if len(drafts) == 1 else _joined(drafts)


def _joined(drafts: list[Draft]) -> Draft:
    """The draft of an article from those of its pages; credits and the source stand on the last of them."""
    return replace(
        drafts[0],
        body="\n".join(draft.body for draft in drafts),
        author=tuple(one for draft in reversed(drafts) for one in draft.author if one.origin == "label")
        + drafts[0].author,
        attribution=tuple(one for draft in drafts for one in draft.attribution),
        tags=drafts[0].tags or drafts[-1].tags,
        related=tuple(related for draft in drafts for related in draft.related),
        images=tuple(image for draft in drafts for image in draft.images),
        next_page=drafts[-1].next_page,
        partial=any(draft.partial for draft in drafts),
        losers=tuple(loser for draft in drafts for loser in draft.losers),
    )


def _one(page: Page, source: Source) -> Draft:
    carried = page.link.body if page.link else None
    if not page.body and page.link and carried:
        document = read(replace(page, url=page.url or page.link.url, body=carried.encode("utf-8", "ignore")))
        origin = origin_of(page.link)
        clues = Clues(document, Family(name=origin, body=()), source, page.link)
        return _draft(document, clues, body_of(document.root), origin)
    refuse_bytes(page)
    document = read(page)
    refuse(document)
    return _from_page(document, page, source)


def _from_page(document: Document, page: Page, source: Source) -> Draft:
    family, element = choose(document, source.family)
    clues = Clues(document, family, source, page.link)
    chosen = document.css(source.selectors["body"]) if "body" in source.selectors else []
    origin = "family"
    if chosen:
        element, origin = etree.Element("div"), "selector"
        element.extend(map(deepcopy, chosen))
    if element is None:
        summary = next((found.value for found in clues.summary()), None)
        element, origin = find_body(document, clues.lines, clues.data.body(), summary)
    draft = _draft(document, clues, element, origin)
    if page.link and page.link.title:
        refuse_stranger(document, plain(page.link.title), draft.body)
    refuse_wall(page, draft.body)
    refuse_notice(document, draft.body)
    return draft


def _draft(document: Document, clues: Clues, element: etree._Element, origin: str) -> Draft:
    if clues.lacks_facts():
        clues.head = read_head(document, clues.lines, element, clues.declared())
    titles = clues.title()
    # Cleaning takes its element apart, and fields stand inside it (WPBerita's footer with the byline).
    body = clean(deepcopy(element), document.base, titles[0].value if titles else "")
    if not body.html:
        raise ExtractError(document.url, "the page holds no article text.")
    refuse_message(document, body.html)
    refuse_broken(document, body.html)
    return Draft(
        url=document.url,
        family=clues.family.name,
        body=body.html,
        body_from=origin,
        canonical=clues.data.canonical,
        title=titles,
        author=clues.author(body.credits),
        published=clues.published(),
        modified=clues.modified(),
        summary=clues.summary(),
        language=clues.language(),
        attribution=clues.attribution(body.credits),
        categories=clues.categories(),
        tags=clues.tags(body.tags),
        lead=clues.lead(),
        images=body.images,
        pictures=clues.pictures(),
        related=body.related,
        site_names=clues.site_names(),
        native=native_of(document),
        next_page=next_page(document),
        partial=not document.whole,
        losers=(*clues.data.others(), *body.losers),
    )
