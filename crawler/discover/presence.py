"""Which posts a WordPress still has: their numbers asked for in one request, and how its answer is read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from crawler.discover.bounds import excess_json
from crawler.discover.posts import mappings, native_of
from crawler.discover.wordpress import PER_PAGE, collection_url
from crawler.models import Strategy


def presence_url(strategy: Strategy, natives: Iterable[str]) -> str:
    """The address that lists those of the posts (`wp:12`) that are public; `PER_PAGE` of them at most."""
    numbers = ",".join(native.removeprefix("wp:") for native in natives)
    query = {"include": numbers, "per_page": str(PER_PAGE), "_fields": "id,status"}
    return collection_url(strategy.url, query)


def present(body: bytes, natives: Collection[str]) -> frozenset[str] | None:
    """The posts that an answer holds; None where it does not tell of them, but of others or of nothing."""
    if excess_json(body):
        return None
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    posts = mappings(document)
    if not isinstance(document, list) or len(posts) != len(document):
        return None
    found = {native_of(post.get("id")) for post in posts if post.get("status", "publish") == "publish"}
    return frozenset(native for native in found if native) if found <= set(natives) else None
