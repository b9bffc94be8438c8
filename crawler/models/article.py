"""From a page to an article: the evidence that was read, and what was decided from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Precision = Literal["second", "minute", "day", "none"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate for a field: what was read, and its origin.

    Origins: `selector` and `source` (of the record), `heading`, `label` (`Penulis: ...`), `byline`, `time`, `text`,
    `json-ld`, `data` (an app's state), `meta`, `link` (rel=canonical), `title`, `html` (lang), `rest`, `feed`,
    `listing`, `url`, `sign-off`; of the text `family`, `cell`, `trafilatura`; of images `lead`, `body`.
    """

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Loser:
    """A candidate that a field did not take, and why; of the field `body`, something that stood inside the text."""

    field: str
    value: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article: absolute address, and the words under it where there are any."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A related-link line or box that stood inside the text; `url` is None where it was no link."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page says about itself, before anything is decided: candidates per field, best first, and one body.

    `body` is HTML of the article's text alone, related links and page furniture taken out, not yet sanitised;
    `body_from` tells where it stood. `lead` are the pictures shown above the text, `images` those inside it, `pictures`
    the addresses that only metadata names. `site_names` are the names that the site calls itself. `native` is the
    CMS's own id. `losers` are what was ruled out while reading.
    """

    url: str
    family: str
    body: str
    body_from: str = ""
    canonical: tuple[Evidence, ...] = ()
    title: tuple[Evidence, ...] = ()
    author: tuple[Evidence, ...] = ()
    published: tuple[Evidence, ...] = ()
    modified: tuple[Evidence, ...] = ()
    summary: tuple[Evidence, ...] = ()
    language: tuple[Evidence, ...] = ()
    attribution: tuple[Evidence, ...] = ()
    categories: tuple[Evidence, ...] = ()
    tags: tuple[Evidence, ...] = ()
    lead: tuple[Image, ...] = ()
    images: tuple[Image, ...] = ()
    pictures: tuple[Evidence, ...] = ()
    related: tuple[Related, ...] = ()
    site_names: tuple[str, ...] = ()
    native: str | None = None
    next_page: str | None = None
    partial: bool = False
    losers: tuple[Loser, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was written. A field without evidence is None or empty, never a guess.

    url             address that the article was read from, after redirects
    canonical_url   the page's own claim of its address, if it is on the same site and about this page; else `url`
                    without fragment, default port and tracking parameters
    title           headline, one line of plain text, without site name, section, page number or counter
    paragraphs      plain text, one item per block (paragraph, heading, list item, table row, quotation), in order;
                    the dateline stays in the first as written; captions, related links and the sign-off are not here
    body_html       the same text and the pictures between it, sanitised: no script, form, style, class or relative link
    author          a person, or the press office that signed; several joined with ", "; None where only a login, the
                    desk (`Redaksi`) or an empty `oleh` is named
    published       instant in UTC, never later than `now`; day precision is 00:00 in the source's zone
    published_precision  second, minute, day, or none where `published` is None
    published_raw   the text that `published` was read from
    modified        instant in UTC of the last edit that the page states; None where none is later than `published`
    event_date      day that the text tells of, local to the event; of a range, the first
    dateline        place at the head of the first paragraph as written (`JAKARTA`), without outlet and date
    agency          wire service or house mark of the dateline: ANTARA, INFO_PAS, KBRN, InfoPublik, JPNN
    mirror_of       another site that the dateline names as the origin, as written
    language        primary subtag (BCP 47) that the page states, else the source's
    summary         the page's own summary in plain text, if it is about this article
    images          pictures in order, the lead first: absolute http(s) address, caption, credit
    categories      sections, plain text, each once
    tags            keywords, plain text without `#`, each once
    related         links that boxes and lines inside the text named: title, absolute address or None
    signoff         the mark at the end of the text as written: `(Red)`, `(Humas Lapas X)`, `***`
    attribution     whom a line such as `Sumber: ...` names as the text's source
    partial         whether text is missing: a document that was cut off or out of bounds, or further pages not given
    native          the id that the site's CMS has for the article: `wp:1234`; None where the page does not show it
    next_page       address of the page that follows the last one given
    family          page family that told where the text stands: a row of `crawler.pages.families`, `generic`, `rest`
                    or `feed`
    provenance      field name -> origin of its evidence (see `Evidence`)
    """

    url: str
    canonical_url: str
    title: str
    paragraphs: tuple[str, ...]
    body_html: str
    author: str | None = None
    published: datetime | None = None
    published_precision: Precision = "none"
    published_raw: str | None = None
    modified: datetime | None = None
    event_date: date | None = None
    dateline: str | None = None
    agency: str | None = None
    mirror_of: str | None = None
    language: str | None = None
    summary: str | None = None
    images: tuple[Image, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    signoff: str | None = None
    attribution: str | None = None
    partial: bool = False
    native: str | None = None
    next_page: str | None = None
    family: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The paragraphs, separated by an empty line, as they are stored and compared."""
        return "\n\n".join(self.paragraphs)
