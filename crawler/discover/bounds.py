"""What a document may cost: a cheap count before a parser that knows no bounds is let at it.

feedparser takes 45 s for 50,000 attributes on one element or for 100,000 entries, and every host waits meanwhile. The
counts take no notice of comments, CDATA and the like, so nothing can be hidden from them; the limits leave room for
500 entries that carry whole articles. Nesting needs no limit of its own: it costs feedparser no more than width.
"""

from __future__ import annotations

import re

MOST_ENTRIES = 2_000
MOST_TAGS = 250_000
MOST_CATEGORIES = 10_000  # feedparser compares each with all that its entry has
LONGEST_AUTHOR = 1_000  # characters; it looks for mail addresses in them
MOST_ENTITIES = 500_000
MOST_ATTRIBUTES = 300_000
MOST_ATTRIBUTES_OF_ONE = 500
MOST_OBJECTS = 100_000  # of JSON in one answer; 100 posts with all that is embedded have some 10,000
MOST_VALUES = 1_000_000  # each costs some 40 bytes, and commas of texts count as well

_ENTRY = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_CATEGORY = re.compile(r"<(?:[\w.-]{1,40}:)?(?:category|subject|keywords)[\s/>]", re.IGNORECASE)
_AUTHOR = re.compile(
    rf"<(?:[\w.-]{{1,40}}:)?(?:author|creator|contributor|managingEditor|webMaster|publisher|email)\b[^<>]*+>[^<]{{{LONGEST_AUTHOR}}}",
    re.IGNORECASE,
)
_TAG = re.compile(r"""<[A-Za-z_][^\s<>]*+\s((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)(>|[^<]*+)""")
_QUOTED = re.compile(r""""[^"<]*+"|'[^'<]*+'""")


def excess(text: str) -> str | None:
    """What there is too much of in a feed, in words for a message, or None."""
    counts = (
        ("tags", text.count("<"), MOST_TAGS),
        ("entities", text.count("&"), MOST_ENTITIES),
        ("entries", sum(1 for _ in _ENTRY.finditer(text)), MOST_ENTRIES),
        ("categories", sum(1 for _ in _CATEGORY.finditer(text)), MOST_CATEGORIES),
    )
    for what, count, limit in counts:
        if count > limit:
            return f"{count:,} {what} (at most {limit:,})"
    if _AUTHOR.search(text):
        return f"an author of more than {LONGEST_AUTHOR:,} characters"
    return excess_attributes(text)


def excess_json(data: bytes) -> str | None:
    """What there is too much of in an answer in JSON, in words for a message, or None."""
    objects, values = data.count(b"{") + data.count(b"["), data.count(b",")
    for what, count, limit in (("objects", objects, MOST_OBJECTS), ("values", values, MOST_VALUES)):
        if count > limit:
            return f"{count:,} {what} (at most {limit:,})"
    return None


def excess_attributes(text: str) -> str | None:
    """Too many attributes on one element or on all of them, or None."""
    total = 0
    for tag in _TAG.finditer(text):
        count = attribute_count(tag[1] if tag[2] == ">" else tag[1] + tag[2])
        total += count
        if count > MOST_ATTRIBUTES_OF_ONE:
            return f"{count:,} attributes on one element (at most {MOST_ATTRIBUTES_OF_ONE:,})"
        if total > MOST_ATTRIBUTES:
            return f"more than {MOST_ATTRIBUTES:,} attributes"
    return None


def attribute_count(inside: str) -> int:
    """How many attributes stand inside a tag, with or without values, spaced or not."""
    bare = _QUOTED.sub(" ", inside)
    return max(bare.count("="), len(bare.split()))
