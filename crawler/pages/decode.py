"""Bytes of a page -> text: byte order mark, header, meta tag, then UTF-8, then Windows-1252.

Labels mean what browsers take them for (WHATWG Encoding Standard): `iso-8859-1` and `ascii` are Windows-1252.
"""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WITHIN = 4096
_LATIN = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})
# Python's codecs hold more than text encodings; these are the ones that pages come in.
_TEXT = re.compile(r"utf-8|utf-16(-[lb]e)?|cp125\d|iso8859-\d+|koi8-[ru]|gb\w+|big5|shift_jis|euc_\w+|tis-620|cp874")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page; never raises. Bytes that are no UTF-8 in a page of UTF-8 are read as Windows-1252."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    name = _encoding(_HEADER.search(content_type or "")) or _encoding(_META.search(body[:_META_WITHIN]))
    if name and name != "utf-8" and not (name in _LATIN and _is_utf8(body)):
        return body.decode("cp1252" if name in _LATIN else name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _mixed(body)


def _encoding(found: re.Match[str] | re.Match[bytes] | None) -> str | None:
    if found is None:
        return None
    label = found[1].decode("ascii", "replace") if isinstance(found[1], bytes) else found[1]
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return name if name in _LATIN or _TEXT.fullmatch(name) else None


def _is_utf8(body: bytes) -> bool:
    try:
        return not body.isascii() and bool(body.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _mixed(body: bytes) -> str:
    text = body.decode("utf-8", "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda found: _latin(ord(found[0]) - 0xDC00), text)


def _latin(code: int) -> str:
    return bytes([code]).decode("cp1252", "replace")
