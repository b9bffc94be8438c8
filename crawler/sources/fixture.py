"""A recorded page's other half: what was read from it, as a person checks it and a test expects it."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from crawler.models import Article, Image, Page, Related, Source

# What extraction asks of a source; a fact that says no more than this one's is left out.
_FACTS = ("name", "zone", "language", "family", "selectors")
_PLAIN = Source(slug="", name="", kind="press", homepage="")
# The HTML says the same as the paragraphs, and origins are nothing that a page could be right or wrong about.
_UNCHECKED = frozenset({"url", "body_html", "provenance"})
_LONGEST = 80


def recording(page: Page, article: Article, source: Source) -> dict[str, bytes]:
    """The files of a page by name: its bytes as received, those of its further pages, the expectation as JSON."""
    name = file_name(article.url)
    parts = {f"{name}-{number}.html": part.body for number, part in enumerate(page.parts, start=2)}
    text = json.dumps(expectation(article, source), indent=1, ensure_ascii=False) + "\n"
    return {f"{name}.html": page.body, **parts, f"{name}.json": text.encode()}


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


def file_name(url: str) -> str:
    """A name for the pair, without ending: the last segment of the address's path, and its query."""
    parts = urlsplit(url)
    last = re.sub(r"\.(?:s?html?|php|aspx?)$", "", parts.path.rstrip("/").rpartition("/")[2])
    return slug_of(f"{last} {parts.query}")[:_LONGEST].strip("-") or "page"


def slug_of(text: str) -> str:
    """Lower-case letters, digits and hyphens: `warta.example` is `warta-example`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


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
