"""An entry of a feed -> Link."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.discover.answer import Answer, name_of, text_of
from crawler.models import Link
from crawler.text.urls import canonical_url, site, url_key

# How a text ends that goes on elsewhere: WordPress, its plugins and Indonesian themes.
_CUT = re.compile(
    r"(?:\[?(?:…|\.{3,}|&hellip;)\]?|continue reading.{0,200}|read (?:more|the full).{0,200}|"
    r"view (?:full|more|original).{0,200}|selengkapnya.{0,60}|lanjut(?:kan)? (?:mem)?baca.{0,200}|"
    r"(?:baca|lihat) (?:lebih lanjut|lagi|(?:berita|artikel) (?:lengkap|asli)).{0,200})[\s»→›>).]*$",
    re.IGNORECASE,
)
# What WordPress and Yoast put under an entry: "The post … appeared first on …", also in Indonesian.
_TRAILER = re.compile(
    r"\s*(?:the post|artikel|tulisan|postingan?)\b.{0,400}?"
    r"(?:appeared first on|first appeared on|pertama kali (?:tampil|muncul) (?:pada|di)).{0,200}$",
    re.IGNORECASE,
)
LEAST_WHOLE = 300  # characters: a shorter content without a summary beside it may be a teaser
LEAST_RATIO = 2  # of the lengths of content and summary ...
LONGEST_SUMMARY = 1_000  # ... unless the summary is so long that it is none
LEAST_CUT = 3  # contents that end without a full stop, all as long as each other: a feed that cuts ...
CUT_SPREAD = 0.15  # ... after so many words or characters, within so much of their length
LAST_MARKUP = 2_000  # characters of a content, in which its last link stands

_SENTENCE_END = re.compile(r"""[.!?)\]"'”’*/»]\s*$""")
_LINK = re.compile(
    r"""<a\s[^<>]*?\bhref\s*=\s*["']?(?P<href>[^"'\s<>]+)[^<>]*>(?P<words>.*?)</a>(?P<after>.*)""", re.I | re.S
)
_MAIL = re.compile(r"^\s*\S+@\S+\s*(?:\((.*)\))?\s*$|\s*<\S+@\S+>\s*$")
_IMAGE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.IGNORECASE)


def links_of(entries: Sequence[Mapping[str, Any]], version: str, answer: Answer) -> list[Link]:
    """The links of entries that lead to this site, each address once, without guids that name no single entry.

    `version` is feedparser's name of the format (`rss20`, `rss10`, `atom10`), or `json`.
    """
    links: dict[str, Link] = {}
    for entry in entries:
        if link := link_of(entry, version, answer):
            links.setdefault(url_key(link.url), link)
    guids = Counter(link.guid for link in links.values())
    natives = Counter(link.native for link in links.values())
    single = [
        replace(
            link,
            guid=link.guid if guids[link.guid] == 1 else None,
            native=link.native if natives[link.native] == 1 else None,
        )
        for link in links.values()
    ]
    return without_cut(single)


def link_of(entry: Mapping[str, Any], version: str, answer: Answer) -> Link | None:
    """The link of one entry, its dates raw; None for one that leads nowhere or to another site."""
    url = answer.own(text_of(entry.get("feedburner_origlink"))) or answer.own(text_of(entry.get("link")))
    if url is None:
        return None
    summary = text_of(entry.get("summary"))
    content = content_of(entry)
    body = content if content and is_whole(content, summary) and not leads_on(content, url, answer) else None
    published, modified = dates_of(dict(entry), version)
    return Link(
        url=url,
        source=answer.source.slug,
        origin=answer.origin,
        native=native_of(entry, url),
        guid=text_of(entry.get("id")),
        title=text_of(entry.get("title")),
        author=author_of(entry),
        published=published,
        modified=modified,
        summary=None if summary == body else summary,
        image=image_of(entry, answer),
        categories=categories_of(entry),
        body=body,
    )


def dates_of(entry: Mapping[str, Any], version: str) -> tuple[str | None, str | None]:
    """The raw dates of publication and modification, from a plain dict: feedparser's own gives one for the other.

    A date that stands alone is that of publication in RSS and RDF (`dc:date`), of the last change in Atom and JSON.
    """
    published, updated = text_of(entry.get("published")), text_of(entry.get("updated"))
    if published or version.startswith(("atom", "json")):
        return published, updated
    return updated or text_of(entry.get("created")), None


# -- the text --------------------------------------------------------------------------------------------------------


def content_of(entry: Mapping[str, Any]) -> str | None:
    """The longest of an entry's `content:encoded` or Atom contents that is text or markup; None without one."""
    texts = [
        value
        for content in entry.get("content") or ()
        if (value := text_of(content.get("value"))) and not content.get("src")
    ]
    return max(texts, key=len, default=None)


def is_whole(content: str, summary: str | None) -> bool:
    """Whether a content is clearly the article and not the beginning of it.

    It must not end like a text that goes on elsewhere, and must be much longer than the summary beside it, or just
    longer than one that is cut itself; without another summary to compare, it must be long.
    """
    text, short = (words_of(value or "") for value in (content, summary))
    if _CUT.search(text[-400:]):
        return False
    if not short or short == text:
        return len(text) >= LEAST_WHOLE
    is_summary = len(short) <= LONGEST_SUMMARY and not _CUT.search(short[-400:])
    return len(text) > len(short) * (LEAST_RATIO if is_summary else 1)


def leads_on(content: str, url: str, answer: Answer) -> bool:
    """Whether the last words of a content are a link to the entry's own page, whatever they say."""
    tail = content[-LAST_MARKUP:]
    found = _LINK.match(tail, max(0, tail.lower().rfind("<a ")))
    if found is None or not words_of(found["words"]) or re.search(r"\w", words_of(found["after"])):
        return False
    target = answer.own(unescape(found["href"]))
    return target is not None and url_key(target) == url_key(url)


def without_cut(links: Sequence[Link]) -> list[Link]:
    """The links without those bodies that a feed cuts after so many words: all as long, and no sentence at an end."""
    bodies = {link.url: words_of(link.body) for link in links if link.body}
    cut = {url: text for url, text in bodies.items() if not _SENTENCE_END.search(text[-40:])}
    lengths = [len(text) for text in cut.values()]
    is_alike = len(cut) >= LEAST_CUT and max(lengths) - min(lengths) <= CUT_SPREAD * max(lengths)
    if not is_alike or 2 * len(cut) <= len(bodies):
        return list(links)
    return [replace(link, body=None) if link.url in cut else link for link in links]


def words_of(markup: str) -> str:
    """The words of a text with markup, without the line that says where it first appeared."""
    text = " ".join(unescape(re.sub(r"<[^<>]*>", " ", markup)).split())
    return text[:-700] + _TRAILER.sub("", text[-700:])


# -- the rest --------------------------------------------------------------------------------------------------------


def native_of(entry: Mapping[str, Any], url: str) -> str | None:
    """WordPress's number of the post, from its feed addition `post-id` or from a guid like `https://site/?p=123`."""
    number = str(entry.get("post-id") or "")
    guid = canonical_url(str(entry.get("id") or "").replace("&#038;", "&").replace("&amp;", "&"))
    if not number and guid and site(guid) == site(url):
        number = parse_qs(urlsplit(guid).query).get("p", [""])[0]
    return f"wp:{number}" if re.fullmatch(r"[0-9]{1,18}", number) else None


def author_of(entry: Mapping[str, Any]) -> str | None:
    """The names of the authors, without the mail addresses that RSS wants before or around them."""
    authors = [author.get("name") for author in entry.get("authors") or () if isinstance(author, Mapping)]
    written = [entry.get("author")] if len(authors) < 2 else authors
    names = (name_of(_MAIL.sub(r"\1", text)) for name in written if (text := text_of(name)))
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def categories_of(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of an entry's categories, each once."""
    names = (name_of(tag.get("label") or tag.get("term")) for tag in entry.get("tags") or ())
    return tuple(dict.fromkeys(name for name in names if name))


def image_of(entry: Mapping[str, Any], answer: Answer) -> str | None:
    """The address of a picture that the entry encloses: media:content, enclosure, then media:thumbnail."""
    files = [*(entry.get("media_content") or ()), *(entry.get("enclosures") or ())]
    pictures = [item for item in files if is_picture(item)] + list(entry.get("media_thumbnail") or ())
    addresses = (answer.absolute(text_of(item.get("url") or item.get("href"))) for item in pictures)
    return next(filter(None, addresses), None)


def is_picture(item: Mapping[str, Any]) -> bool:
    """Whether an enclosed file is a picture, by its type, else by its name."""
    kind = f"{item.get('medium') or ''}{item.get('type') or ''}".lower()
    address = str(item.get("url") or item.get("href") or "")
    return "image" in kind if kind else _IMAGE.search(address) is not None
