"""Answers that are whole for HTTP and half for a reader: the program that wrote the page was stopped in a sentence."""

from __future__ import annotations

import re

from crawler.models import Page
from crawler.pages.decode import decode
from crawler.text.clean import plain, squeezed

_TAIL = 20_000  # bytes; no sentence is longer
_CLOSED = re.compile(rb"</(?:body|html)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"""[.!?)\]"'”’*/»…:;]\s*$""")


def is_half(page: Page, last: str) -> bool:
    """Whether the bytes of a page end within a sentence, and that is in the `last` paragraph of its article.

    Old sites close neither their tags nor their documents, so an end that is missing tells nothing by itself.
    """
    body = page.parts[-1].body if page.parts else page.body
    if _CLOSED.search(body) or body.rstrip().endswith(b">"):
        return False
    tail = body[-_TAIL:]
    text = plain(decode(tail[tail.rfind(b">") + 1 :], page.content_type).partition("<")[0])
    ends_there = bool(text) and squeezed(last).endswith(squeezed(text))
    return ends_there and _SENTENCE_END.search(text) is None
