"""Articles whose text stands only in the data of a script: `__NEXT_DATA__`, an app's state as `application/json`.

The object about this page is rewritten as schema.org's Article, so that whatever reads JSON-LD reads it too. The names
of its keys are those that CMS interfaces use in English and Indonesian; an object of another article is left alone.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from crawler.pages.document import Document
from crawler.pages.jsonld import Thing
from crawler.text.clean import plain

MAX_SCRIPT, MAX_VALUES = 2_000_000, 20_000
# Of a flat state; a tag's name is two steps below its article.
_NESTED, _MOST_INSIDE, _MOST_TITLED = 2, 50, 200
_ASSIGNED = re.compile(r"\s*(?:window|self|globalThis)(?:\.\w+|\[[\"']\w+[\"']\])\s*=\s*(?=[{\[])")
# schema.org's name of a field -> the keys under which it is met, best first.
_KEYS = {
    "headline": ("title", "judul", "headline", "post_title", "name"),
    "articleBody": (
        "content", "body", "isi", "konten", "isi_berita", "content_html", "body_html", "html", "articleBody",
        "article_body", "post_content", "text", "deskripsi", "description",
    ),
    "datePublished": (
        "publishedAt", "published_at", "datePublished", "publish_date", "published", "date_gmt", "date", "tanggal",
        "tanggal_terbit", "tgl_terbit", "tanggal_publish", "waktu_terbit", "createdAt", "created_at",
    ),
    "dateModified": (
        "updatedAt", "updated_at", "dateModified", "modified", "date_modified", "tanggal_ubah", "diperbarui",
    ),
    "author": ("author", "penulis", "writer", "authors", "reporter", "byline", "kontributor"),
    "description": ("excerpt", "summary", "ringkasan", "lead", "seo_description", "description"),
    "keywords": ("tags", "tag", "keywords", "topik"),
    "articleSection": ("category", "kategori", "categories", "section", "rubrik", "kanal"),
    "image": ("image", "gambar", "cover", "thumbnail", "featured_image", "foto", "images"),
    "caption": ("image_caption", "keterangan_gambar", "caption", "cover_caption", "keterangan_foto", "caption_gambar"),
}  # fmt: skip
_TITLES = frozenset(_KEYS["headline"])
_SLUGS = ("slug", "url", "link", "permalink", "path", "id")
_PARAGRAPH = re.compile(r"</p>|<br|\n\s*\n", re.IGNORECASE)


def thing_in(document: Document, titles: Iterable[str]) -> Thing:
    """The article object in the page's data, with schema.org's keys; empty where none is this page's."""
    names = {title.casefold() for title in titles}
    last = urlsplit(document.url).path.rstrip("/").rsplit("/", 1)[-1].casefold()
    for value in _values(document):
        thing = _as_article(value)
        if thing and (_text(thing["headline"]).casefold() in names or _ends_in(value, last)):
            return thing
    return {}


def _values(document: Document) -> Iterator[dict[str, Any]]:
    """All objects in the page's data, outer before inner; bounded."""
    left = MAX_VALUES
    for script, data in _data(document):
        if isinstance(data, list) and script.get("id") == "__NUXT_DATA__":
            yield from _revived(data)
            continue
        pending = deque([data])
        while pending and left:
            left -= 1
            value = pending.popleft()
            if isinstance(value, dict):
                yield value
            inner = value.values() if isinstance(value, dict) else value
            pending.extend(item for item in inner if isinstance(item, dict | list))
            if isinstance(value, dict) and isinstance(answer := _answer(value), dict | list):
                pending.append(answer)


def _answer(value: dict[str, Any]) -> Any:
    """The JSON that an object holds as text: SvelteKit keeps the answers of an interface like that."""
    body = value.get("body")
    if not isinstance(body, str) or not body.startswith(("{", "[")):
        return None
    try:
        return json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None  # a text in brackets


def _data(document: Document) -> Iterator[tuple[etree._Element, Any]]:
    for script in document.root.iter("script"):
        source = script.text or ""
        start = _ASSIGNED.match(source)
        if len(source) > MAX_SCRIPT or not (start or script.get("type") == "application/json"):
            continue
        try:
            found, _ = json.JSONDecoder(strict=False).raw_decode(source, start.end() if start else _indent(source))
        except (ValueError, RecursionError):
            continue  # no data, or an app's code
        if isinstance(found, dict | list):
            yield script, found


def _revived(values: list[Any]) -> Iterator[dict[str, Any]]:
    """The articles of a state that Nuxt 3 wrote flat: each value of an object is the number of where it stands.

    https://github.com/Rich-Harris/devalue
    """

    def at(place: Any, depth: int) -> Any:
        value = values[place] if isinstance(place, int) and 0 <= place < len(values) else place
        if depth and isinstance(value, dict):
            return {key: at(inner, depth - 1) for key, inner in islice(value.items(), _MOST_INSIDE)}
        return [at(inner, depth - 1) for inner in value[:_MOST_INSIDE]] if depth and isinstance(value, list) else value

    titled = (value for value in values if isinstance(value, dict) and not _TITLES.isdisjoint(value))
    for value in islice(titled, _MOST_TITLED):
        yield {key: at(place, _NESTED) for key, place in islice(value.items(), _MOST_INSIDE)}


def _indent(source: str) -> int:
    return len(source) - len(source.lstrip())


def _as_article(value: dict[str, Any]) -> dict[str, Any]:
    found = {
        field: held
        for field, keys in _KEYS.items()
        if (held := next((_held(value[k]) for k in keys if value.get(k)), None))
    }
    body = found.get("articleBody")
    is_named = isinstance(found.get("headline"), str)
    if isinstance(body, str) and not _PARAGRAPH.search(body):
        del found["articleBody"]  # a teaser; the text is rendered
    is_article = is_named and ("articleBody" in found or "datePublished" in found)
    return {"@type": "Article", **found} if is_article else {}


def _held(value: Any) -> Any:
    """A value as schema.org gives it; WordPress wraps texts (`{"rendered": ...}`), and tags are objects with names."""
    if isinstance(value, dict):
        named = next((value[key] for key in ("rendered", "name", "nama", "judul", "title") if key in value), None)
        return named if isinstance(named, str) else value
    return [_held(item) for item in value] if isinstance(value, list) else value


def _ends_in(value: dict[str, Any], last: str) -> bool:
    slugs = (str(value.get(key) or "").rstrip("/").rsplit("/", 1)[-1].casefold() for key in _SLUGS)
    return bool(last) and any(slug == last for slug in slugs)


def _text(value: Any) -> str:
    return plain(value) if isinstance(value, str) else ""
