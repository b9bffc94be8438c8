"""schema.org JSON-LD: the one object that is about this page (https://schema.org/Article, JSON-LD 1.1).

Pages carry objects of other articles too (related lists, the home page's), so an object counts only if its address or
its headline is this page's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from crawler.pages.document import Document
from crawler.text.clean import plain
from crawler.text.urls import url_key

ARTICLES = frozenset(
    "Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "LiveBlogPosting SocialMediaPosting Report TechArticle AdvertiserContentArticle".split()
)
MAX_SCRIPT, MAX_OBJECTS = 500_000, 300

Thing = Mapping[str, Any]


def article_of(things: Sequence[Thing], titles: Iterable[str], addresses: Iterable[str]) -> Thing:
    """The article object about the page with these titles and addresses, or an empty one.

    References to other objects of the page (`{"@id": ...}`) of its author and publisher are resolved.
    """
    keys = {url_key(address) for address in addresses}
    names = {title.casefold() for title in titles if title}
    for thing in things:
        if is_article(thing) and _is_about(thing, keys, names):
            by_id = {str(other["@id"]): other for other in reversed(things) if "@id" in other and len(other) > 1}
            return {**thing, **{name: _resolved(thing.get(name), by_id) for name in ("author", "publisher")}}
    return {}


def is_article(thing: Thing) -> bool:
    """Whether an object is of an article's type."""
    return bool(_types(thing) & ARTICLES)


def text(thing: Thing, *path: str) -> str | None:
    """A text value at a path of keys, the first where there are several; None where there is none."""
    value: Any = thing
    for key in path:
        value = _first(value)
        value = value.get(key) if isinstance(value, Mapping) else None
    value = _first(value)
    return plain(value) or None if isinstance(value, str) else None


def names(thing: Thing, key: str) -> tuple[str, ...]:
    """The names of persons or organisations under a key, given as text or as objects."""
    found = []
    for value in _many(thing.get(key)):
        name = value.get("name") if isinstance(value, Mapping) else value
        found += [plain(item) for item in _many(name) if isinstance(item, str)]
    return tuple(name for name in found if name)


def words(thing: Thing, key: str) -> tuple[str, ...]:
    """Keywords: a list, or one text with commas."""
    found = [value for value in _many(thing.get(key)) if isinstance(value, str)]
    pieces = found[0].split(",") if len(found) == 1 else found
    return tuple(word for word in map(plain, pieces) if word)


def addresses(thing: Thing, key: str) -> tuple[str, ...]:
    """Addresses of pictures under a key, given as text or as ImageObjects."""
    found = []
    for value in _many(thing.get(key)):
        address = value.get("url") or value.get("contentUrl") if isinstance(value, Mapping) else value
        if isinstance(address, str):
            found.append(address)
    return tuple(found)


def things_in(document: Document) -> Iterator[Thing]:
    """All objects in a page's scripts, those of a `@graph` after the object that holds it; bounded."""
    left = MAX_OBJECTS
    for script in document.all("script[type=application/ld+json]"):
        source = script.text or ""
        if len(source) > MAX_SCRIPT:
            continue
        try:
            pending = [json.loads(source.strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending and left:
            left -= 1
            value = pending.pop(0)
            if isinstance(value, list):
                pending += value
            elif isinstance(value, dict):
                yield value
                pending += _many(value.get("@graph")) + _many(value.get("mainEntity"))


def _is_about(thing: Thing, keys: set[str], titles: set[str]) -> bool:
    claimed = {url_key(address) for address in _claims(thing)}
    headline = text(thing, "headline") or text(thing, "name") or ""
    return bool(claimed & keys) or headline.casefold() in titles


def _claims(thing: Thing) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in _many(thing.get(key)):
            address = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
            if isinstance(address, str) and address.startswith("http"):
                yield address


def _types(thing: Thing) -> set[str]:
    return {str(name).rsplit("/", 1)[-1] for name in _many(thing.get("@type"))}


def _resolved(value: Any, by_id: Mapping[str, Thing]) -> Any:
    return [
        by_id.get(str(item["@id"]), item)
        if isinstance(item, Mapping) and "@id" in item and "name" not in item
        else item
        for item in _many(value)
    ]


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    return (value[0] if value else None) if isinstance(value, list) else value
