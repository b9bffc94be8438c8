"""Which sitemaps of an index to ask, and in which order: articles before anything else, the newest first.

WordPress and its plugins name a sitemap after what it holds (`post-sitemap2.xml`, `wp-sitemap-posts-post-1.xml`),
others number them. What lists sections, tags, authors, pages or pictures is not asked as long as there is anything
else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from crawler.discover.answer import Answer
from crawler.discover.sitemap_file import Entry
from crawler.discover.times import as_mark, latest, mark_of
from crawler.text.urls import url_key

ARTICLES = frozenset("post posts news berita article articles artikel story stories kabar warta googlenews".split())
OTHERS = frozenset(
    """
    page pages halaman category categories kategori tag tags author authors penulis user users image images video videos
    foto attachment media product products tax taxonomy taxonomies format misc addl static local location locations
    section sections topic topics label labels menu gallery galeri event events agenda elementor elementskit template
    forum profile profil
    """.split()
)
LEAST_EQUAL = 3  # sitemaps whose dates are all the same: that of the index's making


@dataclass(frozen=True, slots=True)
class Part:
    """One sitemap of an index; `at` is the last instant at which it may have changed, None where nothing tells."""

    url: str
    at: datetime | None

    @property
    def rank(self) -> int:
        """0 for what is named after articles, 2 for what is named after anything else that is known, 1 between."""
        parts = urlsplit(self.url)
        texts = (parts.path.rpartition("/")[2], *(value for _, value in parse_qsl(parts.query)))
        words = {word for text in texts for word in re.split(r"[\W\d_]+", text.lower())}
        return 2 if words & OTHERS else 0 if words & ARTICLES else 1

    @property
    def numbers(self) -> tuple[int, ...]:
        """What tells a sitemap from others of its kind: the newest has the highest, but not where pages are counted.

        Blogger's `sitemap.xml?page=1` is the newest, as the first page of a list is.
        """
        parts = urlsplit(self.url)
        page = dict(parse_qsl(parts.query)).get("page", "")
        if re.fullmatch(r"[0-9]{1,9}", page):
            return (-int(page),)
        return tuple(int(number) for number in re.findall(r"[0-9]{1,9}", parts.path.rpartition("/")[2]))


def kind(url: str) -> str:
    """What sitemaps that continue each other have in common: the path without numbers."""
    return re.sub(r"[0-9]+", "", urlsplit(url).path)


def queue_of(entries: Sequence[Entry], answer: Answer) -> tuple[tuple[str, ...], bool] | None:
    """The sitemaps to ask in order, and whether they are exactly those that changed since the cursor.

    None where the index names no sitemap of this site that was not asked already.
    """
    parts = parts_of(entries, answer)
    if not parts:
        return None
    cursor = None if answer.state.first else mark_of(answer.state.cursor)
    bound = as_mark(answer.state.since) if answer.state.since else cursor
    changed = [part for part in parts if not (bound and part.at and as_mark(part.at) <= bound)]
    is_dated = all(part.at for part in parts)
    ordered = by_change(changed) if is_dated else by_number(changed)
    return tuple(part.url for part in ordered), bool(cursor) and is_dated


def parts_of(entries: Sequence[Entry], answer: Answer) -> list[Part]:
    """The sitemaps of this site, each once, without those of other things than articles and those asked before."""
    asked = answer.step.seen | {url_key(answer.step.url), url_key(answer.strategy.url)}
    found: dict[str, Part] = {}
    for entry in entries:
        url = answer.own(entry.loc)
        if url and url_key(url) not in asked:
            found.setdefault(url_key(url), Part(url, latest(entry.lastmod, answer.source.zone)))
    wanted = [part for part in found.values() if part.rank < 2] or list(found.values())
    is_told = len({part.at for part in wanted}) > 1 or len(wanted) < LEAST_EQUAL
    return wanted if is_told else [Part(part.url, None) for part in wanted]


def by_change(parts: Sequence[Part]) -> list[Part]:
    """The sitemaps as they changed, the latest first, within their rank."""
    numbered = sorted(parts, key=lambda part: part.numbers, reverse=True)
    latest_first = sorted(numbered, key=lambda part: part.at.timestamp() if part.at else 0.0, reverse=True)
    return sorted(latest_first, key=lambda part: part.rank)


def by_number(parts: Sequence[Part]) -> list[Part]:
    """The newest sitemap of each kind, then the one before it of each, within their rank."""
    kinds: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        kinds[kind(part.url)].append(part)
    places = [
        (place, part)
        for group in kinds.values()
        for place, part in enumerate(sorted(group, key=lambda part: part.numbers, reverse=True))
    ]
    return [part for _, part in sorted(places, key=lambda item: (item[1].rank, item[0]))]
