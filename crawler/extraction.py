"""Bytes -> Article: `crawler.pages` reads a page, `crawler.normalize` decides. Pure: no clock, network or database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.errors import ExtractError
from crawler.gazetteer import subject_of
from crawler.models import Article, Loser, Page, Source
from crawler.normalize import article_of, losers_of
from crawler.pages import draft_of
from crawler.pages.half import is_half as is_half
from crawler.pages.indexing import unindexed as unindexed
from crawler.text.urls import canonical_url, host


def extract_page(page: Page, source: Source, now: datetime) -> Article:
    """The article on a page, or in its link where the page has no bytes and the link carries a body.

    `now` is aware. Raises ExtractError, with the reason, for anything from which no article can be made.
    """
    return article_of(draft_of(page, source), source, now)


def off_subject(source: Source, article: Article) -> str | None:
    """Why a source's own rule leaves an article out: it is of the press, and about something else."""
    if source.filter == "none":
        return None
    subject = subject_of(article.title, "\n".join(article.paragraphs))
    if subject.is_on_subject:
        return None
    signs = ", ".join(subject.evidence) or "none"
    return f"is not on the subject (signs of it: {signs})"


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article, and the candidates that its fields did not take; `Article.provenance` tells where the winners stood.

    Losers of the field `body` are what stood inside the text and is no part of it.
    """

    article: Article
    losers: tuple[Loser, ...]


def explain(page: Page, source: Source, now: datetime) -> Explanation:
    """As `extract_page`, with every candidate that lost and the reason."""
    article, losers = losers_of(draft_of(page, source), source, now)
    return Explanation(article, tuple(losers))


def extract(html: bytes, url: str, *, source: Source | None = None, now: datetime) -> Article:
    """The article in the bytes of a page that was read from `url`.

    `source` tells the time zone of dates without offset (default Asia/Jakarta), the page family and selectors. `now`
    (aware) is what no date can be later than. Raises ExtractError.
    """
    return extract_page(Page(url=url, body=html), source or unknown_source(url), now)


def unknown_source(url: str, homepage: str | None = None) -> Source:
    """What stands in for the record of a site that has none. Raises ExtractError where the address is none."""
    if canonical_url(url) is None:
        raise ExtractError(url, "this is no http or https address.")
    name = host(url)
    home = homepage or f"https://{name}/"
    return Source(slug=name, name=name, kind="press", homepage=home, language="", pace_group=name)
