"""Addresses that look like articles, or never end, and are left out by rule: which they are, and why each is.

Calendars, lists in another order, paths that grow, and other views of an article that stands beside them. None of them
is asked for; they are recorded with the reason, so that a wrong rule can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.discover.addresses import (
    CALENDARS,
    DATE_PATH,
    LIST_PARAMETERS,
    VIEWS,
    grows,
    is_article,
    parameters_of,
    segments_of,
    viewed,
)
from crawler.discover.answer import Answer
from crawler.models import TRAP, Link

ARCHIVES = frozenset("arsip archive archives".split())
DATES = frozenset("month year day date tahun bulan tanggal hari thn bln tgl".split())
ORDERS = frozenset(
    """
    sort sortby sort_by order orderby order_by dir direction filter filters filter_order filter_order_dir
    """.split()
)
# Segments that stand before or in the address of an article's other view; only with the article beside it.
MARKS = frozenset({"print", "cetak", "pdf", "share", "bagikan"})

LEAST_GROWN = 6  # slashes of an address with three segments
_WORDS = "|".join(sorted(VIEWS | MARKS | CALENDARS | ARCHIVES | {"page", "halaman"}))
_SUSPECT = re.compile(rf"/(?:{_WORDS}|comment-page-\d+|(?:19|20)\d\d)(?:/|$)", re.IGNORECASE)

CALENDAR = f"{TRAP}a calendar or an archive by date"
ORDER = f"{TRAP}a list in another order or part"
GROWING = f"{TRAP}a path that repeats itself"
VIEW = f"{TRAP}another view of an article"


def left_out(urls: Iterable[str], listing: str, answer: Answer) -> dict[str, tuple[Link, str]]:
    """The addresses among those of one answer that a rule leaves out, as links with the reason."""
    named = dict.fromkeys(urls)
    suspects = [url for url in named if is_suspect(url)]
    beside = {tuple(segments_of(urlsplit(url).path)) for url in named} if suspects else set()
    source, origin = answer.source.slug, answer.origin
    reasons = ((url, why_left_out(url, listing) or beside_article(url, beside)) for url in suspects)
    return {url: (Link(url, source, origin), reason) for url, reason in reasons if reason}


def is_suspect(url: str) -> bool:
    """Whether an address has anything at all that a rule here looks at; nearly no article's has."""
    return "?" in url or url.count("/") >= LEAST_GROWN or _SUSPECT.search(url) is not None


@lru_cache(maxsize=8192)
def why_left_out(url: str, listing: str) -> str | None:
    """The reason why an address is no article although it may look like one; None for articles and plain lists."""
    parts = urlsplit(url)
    segments, parameters = segments_of(parts.path), parameters_of(parts.query)
    if grows(segments):
        return GROWING
    article = viewed(url)
    if article and is_article(article, listing):
        return VIEW
    is_list = parameters <= LIST_PARAMETERS
    if is_calendar(segments, parts.path) or (is_list and not parameters.isdisjoint(DATES)):
        return CALENDAR
    return ORDER if is_list and not parameters.isdisjoint(ORDERS) else None


def is_calendar(segments: list[str], path: str) -> bool:
    """Whether a path is one of a calendar, or of an archive by year, month or day."""
    is_archive = len(segments) > 1 and segments[0] in ARCHIVES and all(part.isdecimal() for part in segments[1:])
    return is_archive or not CALENDARS.isdisjoint(segments) or DATE_PATH.fullmatch(path.rstrip("/")) is not None


def beside_article(url: str, beside: set[tuple[str, ...]]) -> str | None:
    """The reason for `/print/slug`, where `/slug` is named as well."""
    segments = segments_of(urlsplit(url).path)
    places = (place for place, segment in enumerate(segments[:-1]) if segment in MARKS)
    return VIEW if any((*segments[:place], *segments[place + 1 :]) in beside for place in places) else None
