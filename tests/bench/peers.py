"""Extractors side by side: newsfeed and its peers, each read into the same fields.

A peer gets the same bytes and address as newsfeed, and its own better choices: no comments for trafilatura, no
download of pictures for newspaper4k, the headline that readability cuts out of the title element. Only the fields that
a peer has count for it. `call` is what is timed: the library's own work; `read` turns its answer into fields and
paragraphs.

Peers are imported by name when they are called, so that the benchmark runs, and types are checked, without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
from cases import Case

from crawler.errors import ExtractError
from crawler.extraction import extract
from crawler.models import Article

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # later than any page
# Whatever a page's expectations may name, beside `published`, which counts as its day and its instant.
PLAIN_FIELDS = tuple(
    "title author published_precision modified event_date dateline agency mirror_of language summary tags categories"
    " related signoff attribution images canonical_url family next_page partial".split()
)
OUR_FIELDS = ("published_day", "published_instant", "first_image", *PLAIN_FIELDS)
_BREAKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p"
    " pre section table td th tr ul".split()
)
_BULLET = re.compile(r"^- ")


@dataclass(frozen=True, slots=True)
class Found:
    """What an extractor found: paragraphs of text, and fields as JSON would write them."""

    paragraphs: tuple[str, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extractor:
    """An extractor: its work on a page, how the answer is read, the fields it has, its module, and how it refuses."""

    name: str
    call: Callable[[Case], Any]
    read: Callable[[Any, Case], Found]
    fields: tuple[str, ...]
    module: str
    refusal: type[Exception] = Exception

    @property
    def is_installed(self) -> bool:
        """Whether it can be called here."""
        return find_spec(self.module) is not None

    def run(self, case: Case) -> Found:
        """What it finds on a page; nothing where it fails."""
        with suppress(self.refusal):
            answer = self.call(case)
            return self.read(answer, case) if answer is not None else Found()
        return Found()


# -- newsfeed --------------------------------------------------------------------------------------------------------


def call_newsfeed(case: Case) -> Article:
    """An article by newsfeed, which also knows the page's source where it has a record."""
    return extract(case.html, case.url, source=case.source, now=NOW)


def read_newsfeed(article: Article, case: Case) -> Found:
    """The fields of an article as JSON writes them."""
    special = {
        "related": [[related.title, related.url] for related in article.related],
        "images": [[image.url, image.caption] for image in article.images],
        "first_image": article.images[0].url if article.images else None,
        **moments(article.published, case.zone),
    }
    return Found(article.paragraphs, {name: _json(getattr(article, name)) for name in PLAIN_FIELDS} | special)


def moments(published: datetime | None, zone: str) -> dict[str, object]:
    """The day of publication where the source is, and its instant; a time without an offset is in the source's zone."""
    if published is None:
        return {"published_day": None, "published_instant": None}
    place = ZoneInfo(zone)
    local = published.replace(tzinfo=place) if published.tzinfo is None else published.astimezone(place)
    return {"published_day": local.date().isoformat(), "published_instant": local.astimezone(UTC).isoformat()}


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


# -- peers -----------------------------------------------------------------------------------------------------------


def call_trafilatura(case: Case) -> Any:
    """A document by trafilatura, with metadata."""
    library = import_module("trafilatura")
    return library.bare_extraction(case.html, url=case.url, with_metadata=True, include_comments=False)


def read_trafilatura(document: Any, case: Case) -> Found:
    """Its text is a paragraph a line, its list items begin with a hyphen, its authors are divided by semicolons."""
    fields = {
        "title": document.title,
        "author": document.author and document.author.replace("; ", ", "),
        "published_day": document.date,
        "summary": document.description,
        "tags": document.tags or (),
        "categories": document.categories or (),
        "first_image": document.image,
        "canonical_url": document.url,
    }
    return Found(_lines(_BULLET.sub("", line) for line in (document.text or "").split("\n")), fields)


def call_newspaper(case: Case) -> Any:
    """An article by newspaper4k, in the page's own language, else the source's."""
    library = import_module("newspaper")
    language = case.source.language if case.source else None
    return library.article(case.url, language=language, input_html=case.html, fetch_images=False)


def read_newspaper(article: Any, case: Case) -> Found:
    """Its text has an empty line between paragraphs; its dates may lack an offset; its tags are never filled (0.9)."""
    fields = {
        "title": article.title,
        "author": ", ".join(article.authors),
        "summary": article.meta_description,
        "language": article.meta_lang,
        "first_image": article.top_image,
        **moments(article.publish_date or None, case.zone),
    }
    return Found(_lines(article.text.split("\n")), fields)


def call_readability(case: Case) -> Any:
    """Headline, author and summary by readability-lxml."""
    document = import_module("readability").Document(case.html, url=case.url)
    return document.short_title(), document.author(), document.summary()


def read_readability(answer: Any, case: Case) -> Found:
    """Its text is HTML; it writes `[no-author]` for nobody."""
    title, author, html = answer
    return Found(paragraphs_of(html), {"title": title, "author": None if author == "[no-author]" else author})


def paragraphs_of(html: str) -> tuple[str, ...]:
    """The lines of a document as a browser would break them."""
    root = lxml.html.document_fromstring(html)
    for element in root.iter():
        mark = "\n" if element.tag in _BREAKS else ""
        element.text = mark + re.sub(r"\s+", " ", element.text or "")
        element.tail = mark + re.sub(r"\s+", " ", element.tail or "")
    return _lines(str(root.xpath("string()")).split("\n"))


def _lines(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())


OURS = Extractor("newsfeed", call_newsfeed, read_newsfeed, OUR_FIELDS, module="crawler", refusal=ExtractError)
EXTRACTORS = (
    OURS,
    Extractor(
        "trafilatura",
        call_trafilatura,
        read_trafilatura,
        ("title", "author", "published_day", "summary", "tags", "categories", "first_image", "canonical_url"),
        module="trafilatura",
    ),
    Extractor(
        "newspaper4k",
        call_newspaper,
        read_newspaper,
        ("title", "author", "published_day", "published_instant", "summary", "language", "first_image"),
        module="newspaper",
    ),
    Extractor("readability-lxml", call_readability, read_readability, ("title", "author"), module="readability"),
)
