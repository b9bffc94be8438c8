"""Text hygiene: what was decoded wrongly is repaired, what nobody can see is dropped, what could run is taken out.

The order is fixed: decode, repair, drop controls, sanitise, and nothing after. Dropping a control character after
sanitising would turn `java\\x1bscript:` into a live address.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin, urlsplit

import nh3
from lxml import etree

from crawler.text.inward import leads_inward
from crawler.text.markup import body_of, inner, parse

# UTF-8 read as Windows-1252: a lead byte's character, then a continuation byte's. Looking for it is a hundred times
# cheaper than asking ftfy, and good text has neither.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|[\u0080-\u009f]"
)
# The same characters as a writer sets them: an accented letter, then closing quotation mark, dash or dots. Read as
# bytes they are a Chinese character, which no page in Latin script lost.
_SET_AS_MEANT = re.compile("[\u00e4-\u00ef][\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026]{2}")
# What is left of a no-break space (C2 A0) whose second byte became a plain space or was lost.
_LEFT_OVER = re.compile(r"\u00c2(?=\s|$)")
# The closing quotation mark (E2 80 9D) whose last byte, which Windows-1252 does not know, was lost.
_LOST_QUOTE = re.compile("\u00e2\u20ac(?=[\\s,.;:!?)<]|$)")
_SURROGATES = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0001\U000e0020-\U000e007f]"
    # A joiner is visible in what it joins: two emoji.
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
# UAX #15 calls a text safe to normalise with at most 30 of them in a row; beyond that it takes quadratic time.
_COMBINING = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
_PILE = re.compile(f"([{_COMBINING}]{{30}})[{_COMBINING}]+")
_BREAKING_TAG = re.compile(r"</?(?:address|br|dd|div|dt|h[1-6]|hr|li|ol|p|section|table|td|th|tr|ul)\b[^<>]*>", re.I)
_ANY_TAG = re.compile(r"</?[a-z!][^<>]*(?:>|$)", re.I)
_UNREADABLE = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|$)", re.I | re.S)

# All that is not plain ASCII or the punctuation of good prose; text without any of it needs no repair at all.
_SUSPECT = re.compile("[^\t\n\r -~\u00a0\u00ab\u00b0\u00bb\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]")

_FULL = re.compile(r"https?://[\w.-]+(?:/[!-;=?-~]*)?")
_WEB = {"http", "https"}
SCHEMES = _WEB | {"mailto"}
_BLOCKS = "blockquote dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre ul"
_TABLE = "caption table tbody td tfoot th thead tr"
_INLINE = "a abbr b br cite code del em i img ins mark q s small strong sub sup u"
TAGS = set(f"{_BLOCKS} {_TABLE} {_INLINE}".split())
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_GONE_WITH_CONTENT = set(
    "applet audio button canvas embed form frameset iframe math noembed noframes noscript object script select style "
    "svg template textarea title video xmp".split()
)


def tidy(text: str) -> str:
    """The text on one line: mojibake repaired (ftfy), NFC, nothing invisible, whitespace collapsed; idempotent.

    Quotation marks and dashes stay as written.
    """
    line = " ".join(repair(text).split())
    while _SUSPECT.search(line) and (again := " ".join(repair(line).split())) != line:
        line = again
    return line


def plain(markup: str) -> str:
    """The text of markup, or of text that was escaped once too often, as `tidy` leaves it; a title is text."""
    text = markup
    for _ in range(2):
        if "<" in text:
            text = _ANY_TAG.sub("", _BREAKING_TAG.sub(" ", _UNREADABLE.sub(" ", text)))
        if "&" in text:
            text = unescape(text)
    return tidy(text)


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """A text as letters and digits alone, for comparison: `Polten.co.id` and `POLTEN CO ID` are one."""
    return "".join(character for character in text.casefold() if character.isalnum())


def sanitise(html: str, base_url: str) -> str:
    """HTML that any page or feed may carry: a whitelist of tags and attributes, absolute http, https and mailto links.

    No class, id or style, no script, handler, form or frame. Idempotent, and to be changed by nobody afterwards.
    """
    return sanitise_tree(body_of(parse(html).root), base_url)


def sanitise_tree(body: etree._Element, base_url: str) -> str:
    """As `sanitise`, of a tree that is parsed already; its links are made absolute in place."""
    for element in body.iter("a", "img"):
        _absolute(element, base_url)
    return nh3.clean(
        repair(inner(body)),
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=_GONE_WITH_CONTENT,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def repair(text: str) -> str:
    """Decoding errors mended, then NFC, and everything invisible dropped; whitespace and markup stay."""
    if not _SUSPECT.search(text):
        return text
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    if _MOJIBAKE.search(_SET_AS_MEANT.sub("", text)):
        text = _mended(_LOST_QUOTE.sub("\u201d", text))
    return unicodedata.normalize("NFC", _PILE.sub(r"\1", _INVISIBLE.sub("", _LEFT_OVER.sub("", text))))


def _mended(text: str) -> str:
    """Mojibake undone by ftfy, which few runs meet and which takes as long to load as thirty pages to be read."""
    import ftfy

    return ftfy.fix_text(
        text,
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )


def absolute(url: str, base_url: str, schemes: set[str] = SCHEMES) -> str | None:
    """The address in full, or None where it is empty, broken or has a scheme that no article needs.

    None too where it names a user, which only deceives, or leads a page's readers into their own network; pages that
    are themselves inside may lead there.
    """
    try:
        full = url if _FULL.fullmatch(url) else urljoin(base_url, _as_browsers(url))
        parts = urlsplit(full)
        if parts.scheme.lower() not in schemes or "@" in parts.netloc or (parts.scheme in _WEB and not parts.hostname):
            return None
        if leads_inward(full) and not leads_inward(base_url):
            return None
    except ValueError:
        return None
    return full.replace(" ", "%20")


def _as_browsers(url: str) -> str:
    """An address as browsers take it: without what nobody sees, and with slashes for the backslashes before a query."""
    address, mark, rest = _INVISIBLE.sub("", url).strip().partition("?")
    return address.replace("\\", "/") + mark + rest


def _absolute(element: etree._Element, base_url: str) -> None:
    name = "src" if element.tag == "img" else "href"
    value = element.get(name)
    if value is None:
        return
    full = absolute(value, base_url)
    if full is None:
        del element.attrib[name]
    else:
        element.set(name, full)
