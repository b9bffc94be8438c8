"""Recorded answers of a site, each beside what is read from it, as a person checks it and a test expects it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.models import Article, Image, Link, Page, Related, Source, Step, Strategy

# What extraction asks of a source; a fact that says no more than this one's is left out.
_FACTS = ("name", "zone", "language", "family", "selectors")
_PLAIN = Source(slug="", name="", kind="press", homepage="")
# The HTML says the same as the paragraphs, and origins are nothing that a page could be right or wrong about.
_UNCHECKED = frozenset({"url", "body_html", "provenance"})
_LONGEST = 80
LISTING, ANSWER = "listing.json", "listing.answer"


def recording(page: Page, article: Article, source: Source) -> dict[str, bytes]:
    """The files of a page by name: its bytes as received, those of its further pages, the expectation as JSON."""
    name = file_name(article.url)
    parts = {f"{name}-{number}.html": part.body for number, part in enumerate(page.parts, start=2)}
    return {f"{name}.html": page.body, **parts, f"{name}.json": _json(expectation(article, source))}


def expectation(article: Article, source: Source) -> dict[str, Any]:
    """The article for JSON: `url`, the source's facts that it depends on, then its fields by name.

    Times are ISO 8601, pictures `[address, caption]`, related links `[title, address]`.
    """
    facts = {name: getattr(source, name) for name in _FACTS if getattr(source, name) != getattr(_PLAIN, name)}
    checked = [field.name for field in fields(Article) if field.name not in _UNCHECKED]
    return {
        "url": article.url,
        **({"source": facts} if facts else {}),
        **{name: _written(getattr(article, name)) for name in checked},
    }


def listing_files(way: Strategy, step: Step, page: Page, links: Iterable[Link], at: datetime) -> dict[str, bytes]:
    """The files of an answer that named links: its bytes, and as JSON how it was asked for at `at` and what it names.

    `links` are `[address, title]`; of the step, only what says how its answer is to be read.
    """
    told = {
        "way": facts_of(way),
        "step": {name: value for name, value in facts_of(step).items() if name not in ("seen", "ahead")},
        "url": page.url,
        "content_type": page.content_type,
        "read": at.isoformat(),
        "links": [[link.url, link.title] for link in links],
    }
    return {ANSWER: page.body, LISTING: _json(told)}


def facts_of(value: Strategy | Step) -> dict[str, Any]:
    """What a way or step says that is not as usual: of a way, the keys of its table in a record."""
    return {
        field.name: getattr(value, field.name) for field in fields(value) if getattr(value, field.name) != field.default
    }


def file_name(url: str) -> str:
    """A name for the pair, without ending: the last segment of the address's path, and its query."""
    parts = urlsplit(url)
    last = re.sub(r"\.(?:s?html?|php|aspx?)$", "", parts.path.rstrip("/").rpartition("/")[2])
    return slug_of(f"{last} {parts.query}")[:_LONGEST].strip("-") or "page"


def slug_of(text: str) -> str:
    """Lower-case letters, digits and hyphens: `warta.example` is `warta-example`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def _written(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Image():
            return [value.url, value.caption]
        case Related():
            return [value.title, value.url]
        case tuple():
            return [_written(item) for item in value]
    return value
