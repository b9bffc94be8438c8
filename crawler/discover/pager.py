"""The address of a listing's next page, as the pager that the page prints tells it.

The words of a pager are the same everywhere, its addresses are not: `?page=2` is the second page or (Drupal counts from
zero) the third, CodeIgniter puts an offset at the end of the path, others invent a name. A link counts only where its
address is the listing's own but for one number, so a walk still goes through pages that are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlsplit

from crawler.discover.addresses import CALENDARS, parameters_of, segments_of
from crawler.discover.anchors import Anchor, words_of

_NUMBER = re.compile(r"(?:(?:ke )?(?:halaman|laman|page|hal\.?) ?)?(\d{1,4})", re.IGNORECASE)
_NEXT = re.compile(
    r"[\s›»>→]*(?:(?:halaman|laman|page) )?(?:next|(?:se)?lanjut(?:nya)?|berikut(?:nya)?|older(?: posts)?)?"
    r"(?: (?:page|halaman|laman))?[\s›»>→]*",
    re.IGNORECASE,
)
_DAY = re.compile(r"/(?:19|20)\d{2}/\d{1,2}(?:/|$)")
_DATES = frozenset("month year day date tahun bulan tanggal hari thn bln tgl".split())
_FILE = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def offered(anchors: Sequence[Anchor], listing: str, current: str, number: int) -> str | None:
    """The address of page `number` of a listing, as its page before, at `current`, offers it; None where it does not.

    A link that is called by the number is taken before one that is called "next".
    """
    pages = [anchor for anchor in anchors if is_page_of(anchor.url, listing) and anchor.url != current]
    called = [anchor.url for anchor in pages if number_of(anchor) == number]
    following = [anchor.url for anchor in pages if is_next(anchor)]
    return next((url for url in (*called, *following) if is_further(url, current)), None)


def is_page_of(url: str, listing: str) -> bool:
    """Whether an address is that of a page of a listing: the listing's, with a number more; no day of a calendar."""
    parts, own = urlsplit(url), urlsplit(listing)
    if parts.netloc != own.netloc or _DAY.search(parts.path) or not CALENDARS.isdisjoint(segments_of(parts.path)):
        return False
    if not _DATES.isdisjoint(parameters_of(parts.query) - parameters_of(own.query)):
        return False
    rest = parts.path.removeprefix(_FILE.sub("", own.path).rstrip("/"))
    if rest == parts.path and own.path.strip("/"):
        return False
    added = [pair for pair in parse_qsl(parts.query) if pair not in parse_qsl(own.query)]
    counts = any(value.isdecimal() for _, value in added)  # Liferay has the portlet's name and more beside its count
    in_query = counts and parts.path.rstrip("/") == own.path.rstrip("/")
    in_path = not added and re.fullmatch(r"[/_-]?(?:[a-z]+[/_-])?\d{1,6}(?:\.\w+)?/?", rest, re.IGNORECASE) is not None
    return in_query or in_path


def number_of(anchor: Anchor) -> int | None:
    """The number of the page that a link is called by."""
    found = _NUMBER.fullmatch(words_of(anchor.element))
    return int(found[1]) if found else None


def is_next(anchor: Anchor) -> bool:
    """Whether a link says that it leads to the next page, in its words or for machines."""
    words = words_of(anchor.element)
    return "next" in anchor.element.get("rel", "").split() or bool(words and _NEXT.fullmatch(words))


def is_further(url: str, current: str) -> bool:
    """Whether the number of an address is higher than at the same place of the current page's, if that has one."""
    if _DIGITS.sub("#", url) != _DIGITS.sub("#", current):
        return True
    pairs = zip(numbers_in(url), numbers_in(current), strict=False)
    return next((new > old for new, old in pairs if new != old), False)


def numbers_in(url: str) -> Iterator[int]:
    """The numbers of an address, in order."""
    return (int(digits) for digits in _DIGITS.findall(url))
