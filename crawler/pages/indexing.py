"""Whether a page asks not to be indexed: `<meta name="robots">` and the header X-Robots-Tag, for us or for everybody.

https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag says how they are written; where several
speak, the strictest holds. What is said to another crawler by its name is not said to us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.errors import ExtractError
from crawler.models import Page
from crawler.pages.document import read

EVERYBODY = frozenset({"robots", "*"})
FORBIDDING = frozenset({"noindex", "none"})

# Rules whose own value follows a colon, which elsewhere stands behind the name of a crawler.
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_SEPARATORS = re.compile(r"[,;]")
_NAMED = re.compile(r"\s*([^\s:,;]+)\s*:(.*)", re.DOTALL)
_HINT = re.compile(
    rb"<meta\b[^>]*\b(?:noindex|none)\b", re.IGNORECASE
)  # most pages have none, and are not parsed for it


def unindexed(page: Page, headers: Sequence[str], agent: str) -> str | None:
    """How a page asks the crawler `agent` not to index it, in words; None where it does not.

    `headers` are the values of its X-Robots-Tag headers.
    """
    for value in headers:
        if FORBIDDING & set(_told(value, agent)):
            return f"asks not to be indexed (X-Robots-Tag: {value.strip()[:80]})"
    for name, content in _tags(page):
        if name in EVERYBODY | {agent} and FORBIDDING & set(_told(content, agent)):
            return f"asks not to be indexed (meta {name}: {content.strip()[:80]})"
    return None


def _told(value: str, agent: str) -> Iterator[str]:
    """The rules of a value that are meant for `agent`; a crawler's name in front holds until the next one."""
    is_ours = True
    for piece in _SEPARATORS.split(value.lower()):
        named = _NAMED.fullmatch(piece)
        if named and named[1] in _VALUED:
            continue
        if named:
            is_ours = named[1] in EVERYBODY | {agent}
        if is_ours:
            yield from (named[2] if named else piece).split()


def _tags(page: Page) -> Iterator[tuple[str, str]]:
    if not _HINT.search(page.body):
        return
    try:
        document = read(page)
    except ExtractError:
        return
    for element in document.root.iter("meta"):
        yield (element.get("name") or "").strip().lower(), element.get("content") or ""
