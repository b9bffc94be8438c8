"""The owner's article: one test a field against ../shared/reference/expected.json."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction import extract
from crawler.models import Article

REFERENCE = Path(__file__).parents[2] / "shared" / "reference"
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
# What later stages add to an article.
ANNOTATIONS = {"units", "subject_unit", "province", "topic"}

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason=f"{REFERENCE} is not on this machine")


@cache
def expected() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((REFERENCE / "expected.json").read_text("utf-8"))
    return facts


@cache
def article() -> Article:
    return extract((REFERENCE / "page.html").read_bytes(), expected()["url"], now=NOW)


def fields(article: Article) -> dict[str, Any]:
    return {
        "url": article.canonical_url,
        "title": article.title,
        "author": article.author,
        "published": article.published,
        "event_date": article.event_date.isoformat() if article.event_date else None,
        "dateline": article.dateline,
        "language": article.language,
        "body": list(article.paragraphs),
        "related": [related.title for related in article.related],
        "image": article.images[0].url,
    }


@pytest.mark.parametrize("field", "url title author published event_date dateline language body related image".split())
def test_field(field: str) -> None:
    assert fields(article())[field] == expected()[field]


def test_every_expected_field_is_checked() -> None:
    assert set(fields(article())) == set(expected()) - ANNOTATIONS - {"must_not_contain"}


def test_nothing_of_the_page_around_it_is_in_the_text() -> None:
    text = article().body_html + " ".join(article().paragraphs)
    assert [words for words in expected()["must_not_contain"] if words in text] == []


def test_related_links_have_their_addresses() -> None:
    assert all(related.url and related.url.startswith("https://polten.co.id/") for related in article().related)
