"""Pages that answer 200 and are no article: error texts, listings, challenges, protected posts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.errors import ExtractError
from crawler.pages.document import Document
from crawler.text.markup import text_of

# What the title or the first heading of such a page says.
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        (
            "the page says that it was not found",
            r"(?:error\s*)?\b404\b(?!\s*(?:orang|warga|narapidana|wbp|napi|paket|gram|botol|peserta|butir|kg))|(?:page|halaman|laman|artikel|berita|content)"
            r" (?:was )?(?:not|tidak) (?:found|di ?temukan|tersedia|ada)|not found|nothing found|tidak ditemukan",
        ),
        (
            "the server reports an error instead of the page",
            r"\b50[0234]\b\s*(?:[-–|:]|internal|bad|service|gateway)|internal server error|bad gateway|service unavailable|database error"
            r"|error establishing a database connection|kesalahan (?:pada )?(?:basis data|server)|(?:fatal|parse) error|whoops",
        ),
        (
            "the site is closed for the moment",
            r"(?:under|scheduled|site|situs|sedang|dalam) (?:maintenance|construction|perbaikan|pemeliharaan)|maintenance mode|coming soon",
        ),
        (
            "the site is suspended or parked",
            r"account (?:has been )?suspended|akun (?:ini )?ditangguhkan|domain (?:is |name )?(?:for sale|parked|expired)|this site is parked",
        ),
        (
            "the site asks for a check of the browser",
            r"^(?:just a moment|attention required|please wait|checking your browser|access denied|403 forbidden|forbidden|security check)\b",
        ),
    )
)
# A page of one of these classes lists articles (WordPress body_class(), Joomla's views).
_LISTINGS = (
    "error404",
    "archive",
    "category",
    "search-results",
    "search-no-results",
    "view-category",
    "view-categories",
    "view-featured",
    "view-search",
    "view-archive",
)
_SINGLE = frozenset({"single", "single-post", "singular", "page", "attachment", "view-article"})
_SHORT = 600


def refuse(document: Document) -> None:
    """Raise ExtractError where the page as a whole is no article."""
    if len(document.root) == 0:
        raise ExtractError(document.url, "the answer holds no HTML; look at it in a browser.")
    body = document.root.find("body")
    names = set((body.get("class") or "").split()) if body is not None else set()
    if "error404" in names:
        raise ExtractError(document.url, "the page says that it was not found.")
    if not names & _SINGLE and (listing := next((name for name in _LISTINGS if name in names), None)):
        raise ExtractError(document.url, f"the page lists articles (its class is {listing!r}) and is none.")
    address = urlsplit(document.url)
    if address.path in ("", "/") and not address.query:
        raise ExtractError(document.url, "the address is a home page, not an article.")
    if document.first("form.post-password-form", ".post-password-form") is not None:
        raise ExtractError(document.url, "the article is protected by a password.")


def refuse_message(document: Document, text: str) -> None:
    """Raise ExtractError where title or heading tell of an error and the text is short enough to be its message."""
    if len(text) > _SHORT:
        return
    title, heading = document.root.find(".//title"), document.first("h1")
    for line in (text_of(element) for element in (title, heading) if element is not None):
        for reason, pattern in _TITLES:
            if pattern.search(line):
                raise ExtractError(document.url, f"{reason} ({line[:80]!r}).")
    for reason, pattern in _TITLES[1:2]:
        if pattern.search(text[:200]):
            raise ExtractError(document.url, f"{reason} ({text[:80]!r}).")
