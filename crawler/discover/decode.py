"""Bytes -> text for feeds, listings and sitemaps, whatever encoding they claim.

A claim is often wrong, and some claims (UTF-7, EBCDIC) would hide markup from the pass that bounds a document.
"""

from __future__ import annotations

import codecs
import contextlib
import zlib

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
GZIP = b"\x1f\x8b"
MOST_BYTES = 16 * 1024 * 1024  # of a file that is compressed itself; 50,000 addresses take some 8
_GZIP_WINDOW = 31  # zlib's window parameter for streams with a gzip header
_CHUNK = 16 * 1024


def inflated(data: bytes) -> bytes:
    """The contents of a gzip file, as far as they can be read and at most `MOST_BYTES`; other bytes as they are."""
    if not data.startswith(GZIP):
        return data
    stream, whole = zlib.decompressobj(_GZIP_WINDOW), bytearray()
    with contextlib.suppress(zlib.error):  # damaged from here on
        for begin in range(0, len(data), _CHUNK):
            whole += stream.decompress(data[begin : begin + _CHUNK], MOST_BYTES - len(whole))
            if stream.eof or len(whole) >= MOST_BYTES:
                break
    return bytes(whole)


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
