"""What a page and its link say of each field: candidates with their origin, best first.

A field's order: the record's own selector, what the family marks up for machines, JSON-LD, meta tags, the link (REST or
feed), and last what is only visible text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile

from lxml import etree

from crawler.models import Evidence, Image, Link, Source
from crawler.pages import jsonld
from crawler.pages.credits import Credit, credits_in
from crawler.pages.document import Document
from crawler.pages.families import GENERIC, Family
from crawler.pages.head import Head
from crawler.pages.images import is_picture, lead_pictures
from crawler.pages.lines import Line, lines_of
from crawler.pages.metadata import Metadata
from crawler.text.clean import absolute, plain, tidy
from crawler.text.markup import text_of
from crawler.text.urls import picture_key

_WEB = {"http", "https"}
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.created", "dc.date",
    "date", "pubdate", "publishdate", "publish-date", "sailthru.date", "parsely-pub-date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "twitter:creator")
_TEASER = re.compile(
    r"(?:[\w-]*[-_])?(?:related|terkait|infinite|populer|popular|trending|next-prev)(?:[-_][\w-]*)?|wp-block-post-template",
    re.IGNORECASE,
)
_FLAG = re.compile(r"utama|unggulan|featured|baru|new|hot", re.IGNORECASE)
_WHOLE = frozenset({"article", "main", "body"})
_LOGO = re.compile(r"\blogo\b|[-_]logo|logo[-_]|\bbrand|[-_]brand", re.IGNORECASE)
_SUMMARY = ("description", "og:description", "dc.description", "twitter:description")


CARRIED = frozenset({"rest", "feed", "listing"})  # names of the family of a text that its link carries


@dataclass
class Clues:
    """A page, its family and its link, asked field by field; `head` is read once the text is found."""

    document: Document
    family: Family
    source: Source
    link: Link | None = None
    head: Head = field(default_factory=Head)

    @cached_property
    def data(self) -> Metadata:
        """What the page says of itself for machines."""
        shown = [evidence.value for evidence in self._shown_titles()]
        return Metadata(self.document, shown, has_state=self.family is GENERIC)

    @cached_property
    def lines(self) -> list[Line]:
        """All lines of the page; a look at each element, so only for pages whose family tells too little."""
        return lines_of(self.document)

    def declared(self) -> list[str]:
        """Titles that a visible headline is known by: those of metadata, and the one that the link was printed with."""
        return [*self.data.declared(), *(evidence.value for evidence in self._from_link("title"))]

    def lacks_facts(self) -> bool:
        """Whether the page's markup leaves title or date to be read from what is visible above the text."""
        is_page = self.document.root.find("body/*") is not None and self.family.name not in CARRIED
        return is_page and (self.family is GENERIC or not self._marked or not self._shown_titles())

    def title(self) -> tuple[Evidence, ...]:
        """Titles, the visible heading before what search engines and feeds are told."""
        titles, stated = [*self._shown_titles(), *self.data.titles], self.data.told("headline")
        if (body := self.data.body()) and body.origin == "data":
            titles, stated = stated, titles  # what is visible before an app's code has run is its frame
        return _distinct([*titles, *stated, *self._from_link("title"), *self.data.head_title])

    def author(self, inside: Sequence[Credit]) -> tuple[Evidence, ...]:
        """Names of authors: labelled lines (`inside` the text, or beside it), the byline, metadata."""
        lines = [*self._credits(), *self.head.credits(), *inside]
        labelled = [Evidence(credit.value, "label") for credit in lines if credit.role == "author"]
        units = [Evidence(credit.value, "label") for credit in lines if credit.role == "unit"]
        names = jsonld.names(self.data.thing, "author")
        machine = [Evidence(", ".join(names), self.data.origin("author"))] if names else []
        machine += [Evidence(plain(value), "meta") for value in self.data.metas(*_AUTHOR)]
        chosen = self._selected("author")
        bylines = [*self._texts(self.family.author, "byline"), *self.head.bylines()]
        return _distinct([*chosen, *labelled, *bylines, *units, *machine, *self._from_link("author")])

    def attribution(self, inside: Sequence[Credit]) -> tuple[Evidence, ...]:
        """Whom labelled lines (`Sumber : ...`) name as the text's source."""
        lines = [*self._credits(), *self.head.credits(), *inside]
        return _distinct(Evidence(credit.value, "label") for credit in lines if credit.role == "source")

    def published(self) -> tuple[Evidence, ...]:
        """Dates of publication as written."""
        return _distinct([*self._marked, *self.head.stamps(edited=False)])

    def modified(self) -> tuple[Evidence, ...]:
        """Dates of the last edit as written."""
        found = self._dates("modified", self.family.modified, "dateModified", _MODIFIED)
        return _distinct([*found, *self.head.stamps(edited=True)])

    def summary(self) -> tuple[Evidence, ...]:
        """The page's own summaries."""
        visible = self._texts(self.family.summary, "text")
        described = [Evidence(plain(value), "meta") for value in self.data.metas(*_SUMMARY)]
        stated = self.data.told("description")
        return _distinct([*self._selected("summary"), *visible, *described, *stated, *self._from_link("summary")])

    def language(self) -> tuple[Evidence, ...]:
        """Language tags."""
        written = [Evidence(value, "html")] if (value := self.document.root.get("lang")) else []
        described = [Evidence(value, "meta") for value in self.data.metas("og:locale", "language", "inlanguage")]
        return (*written, *self.data.told("inLanguage"), *described)

    def site_names(self) -> tuple[str, ...]:
        """Names of the site, which are part of no title and nobody's byline."""
        named = [*self.data.metas("og:site_name", "application-name"), *jsonld.names(self.data.thing, "publisher")]
        return tuple(dict.fromkeys(plain(name) for name in (*named, self.source.name) if name))

    def lead(self) -> tuple[Image, ...]:
        """Pictures that the page shows above the text."""
        elements = self._chosen("image") or [
            element for name in self.family.lead if (element := self.document.first(name)) is not None
        ]
        shown = tuple(image for element in elements for image in lead_pictures(element, self.document.base))
        return shown or self.head.images or self._captioned()

    def pictures(self) -> tuple[Evidence, ...]:
        """Addresses of pictures that the link and metadata name; the publisher's logo is none."""
        logos = {picture_key(address) for address in (*jsonld.addresses(self.data.thing, "logo"), *self._logos())}
        named = [(self.link.image, origin_of(self.link))] if self.link and self.link.image else []
        named += [(address, "meta") for address in self.data.metas("og:image", "og:image:url")]
        named += [(address, self.data.origin("image")) for address in jsonld.addresses(self.data.thing, "image")]
        named += [(address, "meta") for address in self.data.metas("twitter:image")]
        full = ((absolute(address, self.document.base, _WEB), origin) for address, origin in named)
        return _distinct(
            Evidence(address, origin)
            for address, origin in full
            if address and picture_key(address) not in logos and is_picture(address)
        )

    def categories(self) -> tuple[Evidence, ...]:
        """Sections that the article stands in."""
        stated = self.data.words("articleSection")
        described = [Evidence(value, "meta") for value in self.data.metas("article:section")]
        linked = [Evidence(value, origin_of(self.link)) for value in self.link.categories] if self.link else []
        return (*self._texts(self.family.categories, "text", every=True), *stated, *described, *linked)

    def tags(self, inside: Iterable[str]) -> tuple[Evidence, ...]:
        """Keywords that the article was given; `inside` are those of a line in its text."""
        sections = {found.value for found in self.categories()}  # WordPress marks up the links of both taxonomies alike
        shown = [found for found in self._texts(self.family.tags, "text", every=True) if found.value not in sections]
        stated = self.data.words("keywords")
        linked = [Evidence(value, origin_of(self.link)) for value in self.link.tags] if self.link else []
        listed = (word for value in self.data.metas("news_keywords", "keywords") for word in value.split(","))
        described = [Evidence(word, "meta") for word in self.data.metas("article:tag") or listed]
        listed_inside = [Evidence(word, "body") for word in inside]
        return (*shown, *stated, *linked, *listed_inside, *described)

    def _shown_titles(self) -> list[Evidence]:
        shown = self._texts(self.family.title, "heading", read=_headline)
        if self.head.headline and (self.family is GENERIC or not shown):
            shown.insert(0, Evidence(tidy(self.head.headline), "heading"))
        return self._selected("title") or shown

    def _credits(self) -> list[Credit]:
        elements = [element for name in self.family.credits for element in self.document.all(name)]
        lines = [line for element in elements for line in (_lines(element) or [text_of(element)])]
        return [credit for line in lines for credit in credits_in(line)]

    def _dates(self, name: str, shown: tuple[str, ...], key: str, metas: tuple[str, ...]) -> tuple[Evidence, ...]:
        first = (next(filter(_is_own, self.document.all(selector)), None) for selector in shown)
        elements = self._chosen(name) or [element for element in first if element is not None]
        machine = [Evidence(value, "time") for element in elements if (value := _machine_date(element))]
        stated = self.data.told(key)
        described = [Evidence(value, "meta") for value in self.data.metas(*metas)]
        visible = [Evidence(tidy(text_of(element)), "text") for element in elements]
        chosen = self._selected(name)
        return _distinct([*machine, *chosen, *stated, *described, *self._from_link(name), *visible])

    def _captioned(self) -> tuple[Image, ...]:
        """The picture of an app's state, which is shown with these words once its code has run."""
        caption = jsonld.text(self.data.thing, "caption")
        found = jsonld.addresses(self.data.thing, "image") if caption else ()
        full = (absolute(address, self.document.base, _WEB) for address in found)
        return tuple(Image(address, caption) for address in full if address)[:1]

    def _logos(self) -> Iterator[str]:
        """Addresses of the site's own mark: a picture that says so, or that a brand's link holds."""
        for picture in self.document.root.iter("img"):
            marks = (picture, *islice(picture.iterancestors(), 2))
            names = " ".join(element.get(name) or "" for element in marks for name in ("class", "id", "alt"))
            if _LOGO.search(names) and (address := absolute(picture.get("src") or "", self.document.base, _WEB)):
                yield address

    @cached_property
    def _marked(self) -> tuple[Evidence, ...]:
        """Dates of publication that the page marks as such."""
        return self._dates("published", self.family.published, "datePublished", _PUBLISHED)

    def _chosen(self, name: str) -> list[etree._Element]:
        selector = self.source.selectors.get(name)
        return self.document.css(selector) if selector else []

    def _selected(self, name: str) -> list[Evidence]:
        return [Evidence(text, "selector") for element in self._chosen(name) if (text := tidy(text_of(element)))]

    def _texts(
        self,
        selectors: Iterable[str],
        origin: str,
        *,
        every: bool = False,
        read: Callable[[etree._Element], str] = text_of,
    ) -> list[Evidence]:
        """Texts of what the first selector with any text names, or (`every`) of all that are not another's."""
        for selector in selectors:
            named = [(element, text) for element in self.document.all(selector) if (text := tidy(read(element)))]
            if named:
                own = [text for element, text in named if _is_own(element)]
                return [Evidence(text, origin) for text in (own if every else own[:1])]
        return []

    def _from_link(self, name: str) -> list[Evidence]:
        value = getattr(self.link, name, None)
        return [Evidence(plain(value), origin_of(self.link))] if self.link and value else []


def origin_of(link: Link) -> str:
    """Where a link's own facts came from: `rest` where it carries a CMS id, else `feed` or `listing`."""
    if link.native:
        return "rest"
    return "feed" if link.guid or link.body or link.summary else "listing"


def _machine_date(element: etree._Element) -> str | None:
    """The date for machines in `<time>`, `<meta>` or a microformat's `<abbr>`."""
    return (
        element.get("datetime") or element.get("content") or (element.get("title") if element.tag == "abbr" else None)
    )


def _lines(element: etree._Element) -> list[str]:
    """The texts of the blocks in an element; none where its text is one line."""
    return [
        text for child in element.iter("p", "div", "li", "span") if child is not element and (text := text_of(child))
    ]


def _headline(element: etree._Element) -> str:
    """The text of a heading without the flag that some CMSs hang behind it (K2's `<sup>Featured</sup>`)."""
    flag = next((raised for raised in element.iter("sup") if _FLAG.fullmatch(text_of(raised))), None)
    text = text_of(element)
    return text.removesuffix(text_of(flag)) if flag is not None else text


def _is_own(element: etree._Element) -> bool:
    """Whether a date, name or link to a section stands in no teaser of another article."""
    around = takewhile(lambda parent: parent.tag not in _WHOLE, element.iterancestors())
    names = (name for parent in around for name in (parent.get("class") or "").split())
    return not any(map(_TEASER.fullmatch, names))


def _distinct(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The candidates with any text, each text once, where it stands first."""
    kept: dict[str, Evidence] = {}
    for evidence in found:
        if evidence.value:
            kept.setdefault(evidence.value, evidence)
    return tuple(kept.values())
