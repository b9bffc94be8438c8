"""A post of the WordPress REST API -> Link (https://developer.wordpress.org/rest-api/reference/posts/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from crawler.discover.answer import Answer, name_of, text_of
from crawler.models import Link

NO_DATE = "0000-00-00"  # what WordPress gives for a date that was never set


def link_of(post: Mapping[str, Any], answer: Answer) -> Link | None:
    """The link of a public post, its whole text with it; None for a protected, unpublished or foreign one."""
    url = answer.own(text_of(post.get("link")))
    content = as_mapping(post.get("content"))
    if url is None or content.get("protected") or post.get("status", "publish") != "publish":
        return None
    embedded = as_mapping(post.get("_embedded"))
    terms = list(terms_of(embedded))
    link = Link(
        url=url,
        source=answer.source.slug,
        origin=answer.origin,
        native=native_of(post.get("id")),
        guid=rendered(post, "guid"),
        title=rendered(post, "title"),
        author=author_of(embedded),
        published=instant_of(post, "date_gmt") or dated(post.get("date")),
        modified=instant_of(post, "modified_gmt"),
        summary=rendered(post, "excerpt"),
        image=answer.absolute(image_of(embedded)),
        body=text_of(content.get("rendered")),
    )
    categories = tuple(dict.fromkeys(name for taxonomy, name in terms if taxonomy == "category"))
    tags = tuple(dict.fromkeys(name for taxonomy, name in terms if taxonomy != "category"))
    return replace(link, categories=categories, tags=tags)


def instant_of(post: Mapping[str, Any], field: str) -> str | None:
    """A date in UTC with its `Z`, which WordPress leaves out."""
    value = dated(post.get(field))
    return value.removesuffix("Z") + "Z" if value else None


def dated(value: object) -> str | None:
    """A date as sent, or None for the zero date."""
    text = text_of(value)
    return None if text is None or text.startswith(NO_DATE) else text.strip()


def native_of(value: object) -> str | None:
    """The post's number as the CMS's own id; a boolean is none, though Python counts it as a number."""
    number = str(value)
    return f"wp:{number}" if not isinstance(value, bool) and number.isascii() and number.isdigit() else None


def rendered(post: Mapping[str, Any], field: str) -> str | None:
    """A text field, as an object with `rendered` or (plugins do that) as bare text."""
    value = post.get(field)
    return text_of(value.get("rendered") if isinstance(value, Mapping) else value)


def author_of(embedded: Mapping[str, Any]) -> str | None:
    """The account's name; an account that may not be seen is embedded as an error without one."""
    names = (name_of(author.get("name")) for author in mappings(embedded.get("author")))
    return next(filter(None, names), None)


def terms_of(embedded: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Taxonomy and name of each embedded term: one list per taxonomy, whatever taxonomies the theme adds."""
    groups = embedded.get("wp:term")
    for group in groups if isinstance(groups, list) else ():
        for term in mappings(group):
            if name := name_of(term.get("name")):
                yield str(term.get("taxonomy", "")), name


def image_of(embedded: Mapping[str, Any]) -> str | None:
    """The address of the featured image: the original, else its largest size."""
    for media in mappings(embedded.get("wp:featuredmedia")):
        sizes = mappings(list(as_mapping(as_mapping(media.get("media_details")).get("sizes")).values()))
        largest = max(sizes, key=lambda size: size["width"] if isinstance(size.get("width"), int) else 0, default={})
        if url := text_of(media.get("source_url")) or text_of(largest.get("source_url")):
            return url
    return None


def mappings(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list; nothing for anything else."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def as_mapping(value: object) -> Mapping[str, Any]:
    """An object, or an empty one in place of anything else (PHP writes an empty object as `[]`)."""
    return value if isinstance(value, Mapping) else {}
