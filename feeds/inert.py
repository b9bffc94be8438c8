"""The last check before HTML is published: nothing in it may act.

What is stored was sanitised when it was extracted; this check assumes that it was not.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml import etree, html

ACTIVE_TAGS = frozenset(
    """
    script style link meta base iframe frame frameset object embed applet param form input button select textarea
    svg math template portal noscript xmp plaintext noembed audio video source track
    """.split()
)
ADDRESSES = frozenset({"href", "src", "cite", "action", "formaction", "poster", "data", "background", "longdesc"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def is_inert(markup: str) -> bool:
    """Whether HTML holds no active element, no event handler, no style, and only http(s), mail and phone addresses."""
    if "<" not in markup:
        return True
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError):
        return False
    return all(isinstance(element.tag, str) and _is_inert(element) for element in root.iter())


def _is_inert(element: etree._Element) -> bool:
    return element.tag not in ACTIVE_TAGS and all(_is_harmless(str(k), str(v)) for k, v in element.attrib.items())


def _is_harmless(name: str, value: str) -> bool:
    if name in ADDRESSES:
        return _is_web_address(value)
    return not name.startswith("on") and name not in ("style", "srcdoc", "srcset")


def _is_web_address(value: str) -> bool:
    try:
        return urlsplit(value.strip()).scheme.lower() in SCHEMES
    except ValueError:
        return False
