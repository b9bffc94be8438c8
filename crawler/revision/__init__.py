"""What an edit means: the stored version + the one seen now -> the version to store, and a Change where it is material.

Material is what a reader would want to know: another headline, number, name or sentence. White space, typography, case,
counters, credits, tags, related links and pictures are not, nor is the place of a paragraph. A source that goes back
and forth between two versions makes one edit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from crawler.models import Article, Change, Past
from crawler.revision.kinds import CORRECTION, kinds_of
from crawler.text.furniture import bare, lasting
from crawler.text.words import essence

# Fields that keep their stored value where the page seen now has no evidence for them: another way to the same
# article (a feed after REST closed) knows less, and knowing less is no edit.
KEPT = (
    "author", "event_date", "dateline", "agency", "mirror_of", "language", "summary", "images", "categories", "tags",
    "related", "signoff", "attribution", "modified",
)  # fmt: skip

LATELY = timedelta(days=7)  # an earlier version that comes back within this time is no edit
LASTING = timedelta(days=3)  # unless the source shows it for this long, and nothing else in between
FOLLOWED = 4  # flips until a source that dates each of them as an edit is no longer believed

_FURNITURE = 600  # characters of a text that may come and go without being part of it
_WORDS_TO_MOVE = 8  # a paragraph this long says the same wherever it stands; a shorter line belongs to its neighbours


Outcome = Literal["edit", "follow", "wait"]


def settle(old: Article, new: Article) -> Article:
    """The article to store: what was seen now, completed by what only the stored one knows.

    `published` never moves once there was evidence for it. A partial text never replaces a whole one, nor a longer.
    """
    kept = {name: getattr(old, name) for name in KEPT if not getattr(new, name)}
    if old.published is not None:
        kept |= {name: getattr(old, name) for name in ("published", "published_precision", "published_raw")}
        kept["provenance"] = {**new.provenance, "published": old.provenance.get("published", "")}
    if new.partial and (not old.partial or len(new.text) < len(old.text)):
        kept |= {name: getattr(old, name) for name in ("paragraphs", "body_html", "partial", "next_page")}
    return replace(new, **kept)


def compare(old: Article, new: Article) -> Change | None:
    """The material change from the stored version to the settled one, or None."""
    is_other_title = old.title != new.title and essence([bare(old.title)]) != essence([bare(new.title)])
    before, after = _differing(old.paragraphs, new.paragraphs)
    if old.partial and (not new.partial or essence(new.paragraphs).startswith(essence(old.paragraphs))):
        before, after = [], []  # there is more of it now, and nothing else
    pairs = {"title": (old.title, new.title)} if is_other_title else {}
    if before or after:
        pairs["text"] = (old.text, new.text)
    if not pairs:
        return None
    kind, *also = kinds_of(pairs.get("title"), before, after, (*_whole(old), *_whole(new)))
    return Change(
        kind=kind,
        also=tuple(also),
        before={name: before for name, (before, _) in pairs.items()},
        after={name: after for name, (_, after) in pairs.items()},
    )


def weigh(old: Article, new: Article, past: Past, now: datetime) -> Outcome:
    """What to do with a material change: whether the article only returns to a version that it had lately.

    edit    another version, or an earlier one that the source shows for good: a revision
    follow  an earlier one that the source dates as an edit: stored, but no revision and no news
    wait    an earlier one: counted, while the stored one stays
    """
    versions = (version for version in _versions(old, past.changes) if _is_near(version, new))
    if all(compare(version, new) for version in versions):
        return "edit"
    if past.since is not None and now - past.since >= LASTING:
        return "edit"
    is_dated = old.modified is not None and new.modified is not None and new.modified > old.modified
    return "follow" if is_dated and past.flips < FOLLOWED else "wait"


def _is_near(one: Article, other: Article) -> bool:
    """Whether two texts are of like length; a quick look before they are compared."""
    return abs(len(one.text) - len(other.text)) <= _FURNITURE


def _versions(stored: Article, changes: Sequence[Change]) -> Iterator[Article]:
    """The versions that an article had before and after each change, as far as title and text go."""
    version = stored
    for change in changes:
        yield _with(version, change.after)
        version = _with(version, change.before)
        yield version


def _with(article: Article, fields: Mapping[str, str | None]) -> Article:
    text = fields.get("text")
    paragraphs = article.paragraphs if text is None else tuple(text.split("\n\n"))
    return replace(article, title=fields.get("title") or article.title, paragraphs=paragraphs, partial=False)


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """The blocks that only one of two texts has; nothing where the rest says the same."""
    if old == new:
        return [], []
    before, after = lasting(old, CORRECTION), lasting(new, CORRECTION)
    same = set(before) & set(after)  # most blocks of an edited text: they need not be read to be known as equal
    held, others = ([block if block in same else essence([block]) for block in side] for side in (before, after))
    common = Counter(held) & Counter(others)
    before, after = _without(before, held, common), _without(after, others, common)
    return ([], []) if essence(before) == essence(after) else (before, after)


def _without(blocks: Sequence[str], essences: Sequence[str], common: Counter[str]) -> list[str]:
    left, found = common.copy(), []
    for block, key in zip(blocks, essences, strict=True):
        if left[key] and len(block.split()) >= _WORDS_TO_MOVE:
            left[key] -= 1
        else:
            found.append(block)
    return found


def _whole(article: Article) -> tuple[str, ...]:
    return (article.title, *article.paragraphs)
