"""Element trees for the XML formats: small helpers over lxml, the only place that makes elements and text of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from importlib.metadata import version

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

PROGRAM = "newsfeed"
VERSION = version("newsfeed-id")

# What XML 1.0 (2.2, Char) does not allow, lone surrogates included; a reference to it would not help either.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without characters that no XML document may hold."""
    return _ILLEGAL.sub("", text)


def child(
    parent: etree._Element, tag: str, text: str | None = None, attributes: Mapping[str, str | None] | None = None
) -> etree._Element:
    """Append an element; an attribute of None is left out."""
    element = etree.SubElement(parent, tag)
    if text is not None:
        element.text = legal(text)
    for name, value in (attributes or {}).items():
        if value is not None:
            element.set(name, legal(value))
    return element


def document(root: etree._Element, stylesheet: str | None = None) -> bytes:
    """The tree as UTF-8 bytes with one declaration; `stylesheet` is a relative address for people's browsers."""
    if stylesheet:
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{stylesheet}"'))
    return etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True, pretty_print=True)


def rfc822(at: datetime) -> str:
    """A UTC time as RSS and OPML write it: `Fri, 20 Nov 2026 10:00:00 +0000`."""
    return format_datetime(at.astimezone(UTC))


def rfc3339(at: datetime) -> str:
    """A UTC time as Atom and JSON Feed write it: `2026-11-20T10:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
