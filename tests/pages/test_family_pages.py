"""Pages of our own writing in the markup of real themes, each beside what its article must be: one test a field."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction import extract
from crawler.models import Article, Source
from crawler.text.markup import parse, text_of

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
PAGES = sorted(HERE.glob("*/*.html"))
# Whatever page: words of boxes and bars that are no text of any article here.
NEVER = ("Baca Juga", "News Feed", "ADVERTISEMENT", "Iklan", "Sebarkan", "Bagikan", "Laman:", "SCROLL TO", "Sebelumnya")


def expected(page: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return found


@cache
def article(page: Path) -> Article:
    facts = expected(page)
    source = Source(**{"slug": "uji", "name": "", "kind": "press", "homepage": ""} | facts.get("source", {}))
    return extract(page.read_bytes(), facts["url"], source=source, now=NOW)


def shown(value: object) -> object:
    """A field of an article as JSON writes it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


FIELDS = [
    pytest.param(page, field, value, id=f"{page.parent.name}/{page.stem}-{field}")
    for page in PAGES
    for field, value in expected(page).items()
    if field not in ("url", "source", "related", "images")
]


@pytest.mark.parametrize(("page", "field", "value"), FIELDS)
def test_field(page: Path, field: str, value: object) -> None:
    assert shown(getattr(article(page), field)) == value


EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=[f"{page.parent.name}/{page.stem}" for page in PAGES])


@EVERY_PAGE
def test_related_links_are_kept_apart_from_the_text(page: Path) -> None:
    found = article(page)
    assert [[related.title, related.url] for related in found.related] == expected(page).get("related", [])
    assert not [related.title for related in found.related if related.title in found.body_html]


@EVERY_PAGE
def test_images_have_their_real_addresses_and_captions(page: Path) -> None:
    if "images" in expected(page):
        assert [[image.url, image.caption] for image in article(page).images] == expected(page)["images"]


@EVERY_PAGE
def test_no_furniture_in_the_text(page: Path) -> None:
    found = article(page)
    text = " ".join((found.title, *found.paragraphs, found.body_html))
    written = " ".join(expected(page).get("paragraphs", ()))  # people say such words too
    assert [word for word in NEVER if word in text and word not in written] == []


@EVERY_PAGE
def test_html_and_paragraphs_hold_the_same_words(page: Path) -> None:
    found = article(page)
    words = "".join(text_of(parse(found.body_html).root).split())
    assert [paragraph for paragraph in found.paragraphs if "".join(paragraph.split()) not in words] == []
    assert not {"class=", "style=", " id="} & set(found.body_html.split())
