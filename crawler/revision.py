"""What an edit means: the stored version + the one seen now -> the version to store, and a Change where it is material.

Material is what a reader would want to know: another headline, number, name or sentence. White space, typography,
case, tags, related links and pictures are not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from crawler.models import Article, Change

_CORRECTION = re.compile(r"\b(ralat|koreksi|hak jawab|diralat)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_NAME = re.compile(r"\b[A-Z][\w'’-]+")


# Fields that keep their stored value where the page seen now has no evidence for them: another way to the same
# article (a feed after REST closed) knows less, and knowing less is no edit.
KEPT = (
    "author", "event_date", "dateline", "agency", "mirror_of", "language", "summary", "images", "categories", "tags",
    "related", "signoff", "attribution", "modified",
)  # fmt: skip


def settle(old: Article, new: Article) -> Article:
    """The article to store: what was seen now, completed by what only the stored one knows.

    `published` never moves once there was evidence for it. A partial text never replaces a whole one, nor a longer.
    """
    kept = {name: getattr(old, name) for name in KEPT if not getattr(new, name)}
    if old.published is not None:
        kept |= {name: getattr(old, name) for name in ("published", "published_precision", "published_raw")}
        kept["provenance"] = {**new.provenance, "published": old.provenance.get("published", "")}
    if new.partial and (not old.partial or len(_text(new)) < len(_text(old))):
        kept |= {name: getattr(old, name) for name in ("paragraphs", "body_html", "partial", "next_page")}
    return replace(new, **kept)


def compare(old: Article, new: Article) -> Change | None:
    """The material change from the stored version to the settled one, or None."""
    pairs = {"title": (old.title, new.title), "text": (_text(old), _text(new))}
    differing = {name: pair for name, pair in pairs.items() if _essence(pair[0]) != _essence(pair[1])}
    if old.partial and (not new.partial or _essence(_text(new)).startswith(_essence(_text(old)))):
        differing.pop("text", None)  # there is more of it now, and nothing else
    if not differing:
        return None
    return Change(
        kind=_classify(differing),
        before={name: before for name, (before, _) in differing.items()},
        after={name: after for name, (_, after) in differing.items()},
    )


def _text(article: Article) -> str:
    return "\n\n".join(article.paragraphs)


def _classify(differing: dict[str, tuple[str, str]]) -> str:
    before = "\n".join(pair[0] for pair in differing.values())
    after = "\n".join(pair[1] for pair in differing.values())
    if len(_CORRECTION.findall(after)) > len(_CORRECTION.findall(before)):
        return "correction"
    if "title" in differing:
        return "headline"
    if sorted(_NUMBER.findall(before)) != sorted(_NUMBER.findall(after)):
        return "number"
    if _essence(_NAME.sub("", before)) == _essence(_NAME.sub("", after)):
        return "name"
    return "text"


def _essence(text: str) -> str:
    """What is left of a text when typography is taken out: folded letters and digits, words one space apart."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded))
