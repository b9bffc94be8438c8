"""Bytes -> text for feeds and listings, whatever encoding they claim.

A claim is often wrong, and some claims (UTF-7, EBCDIC) would hide markup from the pass that bounds a document.
"""

from __future__ import annotations

import codecs

# XML 1.0 allows no other control characters; expat stops at the first one.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """The text of a document, without control characters; never raises.

    By byte order mark, else UTF-8 where that fits more than half of the characters beyond ASCII (one cut character
    does not make a document Latin-1), else Windows-1252, which is what Latin-1 means on the web.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff").translate(_CONTROLS)
    text = data.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if text.count("\ufffd") * 2 > beyond_ascii:
        text = data.decode("windows-1252", "replace")
    return text.translate(_CONTROLS)
