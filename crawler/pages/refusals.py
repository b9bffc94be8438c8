"""Pages that answer 200 and are no article: error texts, listings, challenges, protected posts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.errors import ExtractError
from crawler.models import Page
from crawler.pages.document import Document
from crawler.pages.notices import LONGEST, broken_off, notice_in
from crawler.text.clean import plain
from crawler.text.markup import text_of
from crawler.text.walls import SHORT, wall_of

# What the title or the first heading of such a page says, by reason.
_MESSAGES: dict[str, tuple[str, ...]] = {
    "the page says that it was not found": (
        r"\berror\s*404\b|\b404(?:\s*[-–|:!]|\s*(?:error|$))|not found|nothing found|tidak ditemukan",
        r"(?:page|halaman|laman|artikel|berita|content) (?:was )?tidak (?:di ?temukan|tersedia|ada)",
    ),
    "the server reports an error instead of the page": (
        r"\b50[0234]\b\s*(?:[-–|:]|internal|bad|service|gateway)|internal server error|bad gateway|whoops",
        r"service unavailable|database error|error establishing a database connection|(?:fatal|parse) error\b",
        r"kesalahan (?:pada )?(?:basis data|server)",
    ),
    "the site is closed for the moment": (
        r"(?:under|scheduled|site|situs|sedang|dalam) (?:maintenance|construction|perbaikan|pemeliharaan)",
        r"maintenance mode|coming soon",
    ),
    "the site is suspended or parked": (
        r"account (?:has been )?suspended|akun (?:ini )?ditangguhkan|this site is parked",
        r"domain (?:is |name )?(?:for sale|parked|expired)",
    ),
    "the site asks for a check of the browser": (
        r"^(?:just a moment|attention required|please wait|checking your browser|access denied|security check)\b",
        r"^(?:403 )?forbidden\b",
    ),
    "the page is an apology": (r"^(?:oops|ups+|whoops|sorry|maaf|aduh)\b\W*$",),
}
_TITLES = {reason: re.compile("|".join(patterns), re.IGNORECASE) for reason, patterns in _MESSAGES.items()}
_SERVER_ERROR = "the server reports an error instead of the page"
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
MOST_MARKUP = 4 * LONGEST  # of a text that can be a notice
_TELLING = 3  # words of a title, at least, for anything to follow from them
_SEEN = 20_000  # characters of a body
_HTML_TYPES = frozenset(
    "text/html application/xhtml+xml application/xml text/xml text/plain application/octet-stream".split()
)
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1f\x8b", b"{", b"[")
_ELEMENT = re.compile(
    rb"<(?:html|head|body|meta|title|div|p|h[1-6]|article|main|section|table|span|br|a|img|ul)\b", re.IGNORECASE
)
_START = 65_536


def refuse_bytes(page: Page) -> None:
    """Raise ExtractError where the answer is no HTML, by its header or by how it starts."""
    kind = (page.content_type or "").split(";", 1)[0].strip().lower()
    if kind and kind not in _HTML_TYPES:
        raise ExtractError(page.url, f"the answer is {kind}, not HTML.", final=True)
    if page.body.startswith(_MAGIC) or not _ELEMENT.search(page.body[:_START].replace(b"\0", b"")):
        raise ExtractError(page.url, "the answer holds no HTML; look at it in a browser.")


def refuse_wall(page: Page, html: str) -> None:
    """Raise ExtractError where something answered in the site's place: a browser check, a login, a suspended site.

    Beside a text that is longer than what is read on any of these, there is none.
    """
    if len(html) > SHORT and len(plain(html)) > SHORT:
        return
    if wall := wall_of(page.body):
        raise ExtractError(page.url, f"{wall} stands in front of the page.")


def refuse(document: Document) -> None:
    """Raise ExtractError where the page as a whole is no article."""
    if len(document.root) == 0:
        raise ExtractError(document.url, "the answer holds no HTML; look at it in a browser.")
    body = document.root.find("body")
    names = set((body.get("class") or "").split()) if body is not None else set()
    if "error404" in names:
        raise ExtractError(document.url, "the page says that it was not found.")
    if not names & _SINGLE and (listing := next((name for name in _LISTINGS if name in names), None)):
        problem = f"the page lists articles (its class is {listing!r}) and is none."
        raise ExtractError(document.url, problem, final=True)
    address = urlsplit(document.url)
    if address.path in ("", "/") and not address.query:
        raise ExtractError(document.url, "the address is a home page, not an article.")
    if document.first("form.post-password-form", ".post-password-form") is not None:
        raise ExtractError(document.url, "the article is protected by a password.")


def refuse_stranger(document: Document, announced: str, text: str) -> None:
    """Raise ExtractError where a page has next to nothing of the title under which its link was announced.

    That is what parked domains, login forms, gambling pages and "not found" pages with status 200 have in common,
    whatever they say and in whatever language.
    """
    wanted = _telling(announced)
    if len(wanted) < _TELLING:
        return
    titles = [
        text_of(element) for element in (document.root.find(".//title"), *document.all("h1")) if element is not None
    ]
    found = wanted & _telling(" ".join(titles))  # nearly always enough, and much shorter than the text
    if len(found) * 3 < len(wanted):
        found |= wanted & _telling(text[:_SEEN])
    if len(found) * 3 < len(wanted) and len(found | (wanted & _telling(_unlinked(document)))) * 3 < len(wanted):
        raise ExtractError(document.url, f"the page shows another text than its link announced ({announced!r:.80}).")


def _unlinked(document: Document) -> str:
    """The words of a page outside of links and menus: old sites print their headlines in no heading at all.

    What is linked may be the list of the newest articles beside a page that was not found.
    """
    found = document.root.xpath("//body//text()[not(ancestor::a or ancestor::script or ancestor::style)]")
    assert isinstance(found, list)
    return " ".join(map(str, found))[:_SEEN]


def _telling(text: str) -> set[str]:
    """The words of a text that tell what it is about: of four letters or more, and numbers."""
    return set(re.findall(r"[^\W\d_]{4,}|\d{2,}", text.casefold()))


def refuse_notice(document: Document, html: str) -> None:
    """Raise ExtractError where the text is nothing but a notice to visitors."""
    text = "\n".join(map(plain, html.split("\n"))) if len(html) <= MOST_MARKUP else ""
    if reason := notice_in(text):
        raise ExtractError(document.url, f"{reason} ({text[:80]!r}).")


def refuse_broken(document: Document, html: str) -> None:
    """Raise ExtractError where an error of the server stands in the text, and may have ended it."""
    if error := broken_off(html):
        raise ExtractError(document.url, f"the server broke the page off with an error ({error!r}).")


def refuse_message(document: Document, text: str) -> None:
    """Raise ExtractError where title or heading tell of an error and of nothing else, or the text is short as well."""
    title, heading = document.root.find(".//title"), document.first("h1")
    for line in (text_of(element) for element in (title, heading) if element is not None):
        _refuse_line(document, line, _TITLES, alone=len(text) > _SHORT)
    if len(text) <= _SHORT:
        _refuse_line(document, text[:200], {_SERVER_ERROR: _TITLES[_SERVER_ERROR]})


def _refuse_line(document: Document, line: str, messages: dict[str, re.Pattern[str]], *, alone: bool = False) -> None:
    """Refuse by a line that holds a message, or (`alone`) by one that is nothing but a message."""
    for reason, pattern in messages.items():
        if pattern.fullmatch(line.strip(" .!")) or (not alone and pattern.search(line)):
            raise ExtractError(document.url, f"{reason} ({line[:80]!r}).")
