"""OPML 2.0 (http://opml.org/spec2.opml): the list of all feeds, for a reader's import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from feeds.catalog import FeedSpec
from feeds.render.elements import child, document


def render(title: str, specs: Sequence[FeedSpec], folders: Mapping[str, str], base_url: str, language: str) -> bytes:
    """The feeds as outlines; a group that `folders` names becomes a folder of that name.

    Dates are left out: the document changes when the list of feeds does, and no stored time says when that was.
    """
    root = etree.Element("opml", version="2.0")
    child(child(root, "head"), "title", title)
    body = child(root, "body")
    made: dict[str, etree._Element] = {}
    for spec in specs:
        if spec.group in folders and spec.group not in made:
            made[spec.group] = child(body, "outline", None, {"text": folders[spec.group]})
        _add_feed(made.get(spec.group, body), spec, base_url, language)
    return document(root)


def _add_feed(parent: etree._Element, spec: FeedSpec, base_url: str, language: str) -> None:
    """`type` is `rss` whatever the format, as importers ask; Atom is the address, the richest format they all read."""
    attributes = {
        "type": "rss",
        "text": spec.title,
        "title": spec.title,
        "description": spec.description,
        "language": language,
        "xmlUrl": base_url + spec.file("atom"),
        "htmlUrl": base_url + spec.home_path,
    }
    child(parent, "outline", None, attributes)
