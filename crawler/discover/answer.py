"""One answer of a strategy together with all that it is read against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import urljoin, urlsplit

from crawler.errors import DiscoverError
from crawler.models import Origin, Page, Source, SourceState, Step, Strategy
from crawler.text.urls import canonical_url, site

# Feeds and REST escape an address once too often. Only the ampersand: `&copy=2` is a parameter, not a ©.
_AMPERSAND = re.compile(r"&(?:amp|#0*38);", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udfff]")  # JSON may carry halves of characters, which no database takes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a strategy's `read` is given."""

    strategy: Strategy
    source: Source
    state: SourceState
    step: Step
    page: Page
    now: datetime | None = None

    @property
    def origin(self) -> Origin:
        """Links of the first crawl are history, later ones are news.

        Where a REST API opens to us later than a source's feed did, its first walk brings history too.
        """
        if self.state.since:
            return "backfill"
        opens_now = self.strategy.type == "wordpress" and self.state.cursor is None
        return "first" if self.state.first or opens_now else "poll"

    @property
    def address(self) -> str:
        """Where the answer came from, after redirects: the base of its relative links."""
        return self.page.url or self.step.url

    def own(self, href: str | None) -> str | None:
        """The canonical address of a link, or None where it is no http(s) address or leads to another site."""
        url = canonical_url(_AMPERSAND.sub("&", href), self.address) if href else None
        if url is None:
            return None
        return url if site(url) in {site(self.source.homepage), site(self.strategy.url)} else None

    def absolute(self, href: str | None) -> str | None:
        """The address of a file of the page as the page wrote it, or None where it is no http(s) address."""
        try:
            url = urljoin(self.address, _AMPERSAND.sub("&", href).strip()) if href else ""
            return url if urlsplit(url).scheme in {"http", "https"} else None
        except ValueError:
            return None

    def wrong(self, problem: str) -> DiscoverError:
        """The error to raise: it names the address that was asked."""
        return DiscoverError(self.step.url, problem)

    def empty(self, problem: str) -> DiscoverError:
        """As `wrong`, of an answer that is what it should be and names no article."""
        return DiscoverError(self.step.url, problem, empty=True)


def text_of(value: object) -> str | None:
    """A text as found, without the halves of characters; None for an empty one and for anything else."""
    if not isinstance(value, str) or not value.strip():
        return None
    return _SURROGATES.sub("�", value)


def name_of(value: object) -> str | None:
    """A name as one line of text: WordPress and feeds escape names of people and tags like markup."""
    text = text_of(value)
    return " ".join(unescape(text).split()) or None if text else None
