"""What a page says of itself for machines: meta tags, JSON-LD, and the state of an app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from crawler.models import Evidence, Loser
from crawler.pages import embedded, jsonld
from crawler.pages.document import Document
from crawler.text.clean import absolute, plain, tidy
from crawler.text.markup import text_of

_WEB = {"http", "https"}


@dataclass(frozen=True)
class Metadata:
    """The metadata of a page under whose visible titles (`shown`) its own object is known.

    `has_state` tells to look into an app's state too, which only pages of no known family need.
    """

    document: Document
    shown: Sequence[str]
    has_state: bool

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Content of the meta tags by lower-case name or property."""
        found: dict[str, list[str]] = {}
        for tag in self.document.root.iter("meta"):
            name, content = tag.get("property") or tag.get("name") or tag.get("itemprop"), tag.get("content")
            if name and content and content.strip():
                found.setdefault(name.lower(), []).append(content)
        return found

    def metas(self, *names: str) -> list[str]:
        """Contents of the meta tags with these names, in the order of the names."""
        return [value for name in names for value in self.meta.get(name, ())]

    @cached_property
    def stated(self) -> jsonld.Thing:
        """The JSON-LD object of this article."""
        claims = (self.document.url, *(evidence.value for evidence in self.canonical))
        return jsonld.article_of(self._things, self._names, claims) if self._things else {}

    @cached_property
    def thing(self) -> jsonld.Thing:
        """What the page's data say of this article, in the words of schema.org: JSON-LD before an app's state."""
        if not self.has_state:
            return self.stated
        return {**embedded.thing_in(self.document, self._names), **self.stated}

    def origin(self, key: str) -> str:
        """Where `thing` has a value from."""
        return "json-ld" if key in self.stated else "data"

    def told(self, key: str) -> list[Evidence]:
        """The text that `thing` has under a key."""
        value = jsonld.text(self.thing, key)
        return [Evidence(value, self.origin(key))] if value else []

    def words(self, key: str) -> list[Evidence]:
        """The words that `thing` has under a key."""
        return [Evidence(word, self.origin(key)) for word in jsonld.words(self.thing, key)]

    def body(self) -> Evidence | None:
        """The whole text, where the page's data have it."""
        text = self.thing.get("articleBody")
        return Evidence(text, self.origin("articleBody")) if isinstance(text, str) else None

    def others(self) -> tuple[Loser, ...]:
        """The JSON-LD objects of other articles, which pages list as related or carry over from another page."""
        reason = "has neither the address nor the headline of this page"
        own = self.stated.get("headline")
        articles = (thing for thing in self._things if jsonld.is_article(thing))
        strangers = (thing for thing in articles if not self.stated or thing.get("headline") != own)
        return tuple(Loser("json-ld", jsonld.text(thing, "headline") or "", "json-ld", reason) for thing in strangers)

    @cached_property
    def canonical(self) -> tuple[Evidence, ...]:
        """Addresses that the page claims as its own."""
        links = (link.get("href") for link in self.document.all("link[rel=canonical]"))
        claims = [*((href, "link") for href in links), *((url, "meta") for url in self.metas("og:url"))]
        full = ((absolute(url or "", self.document.base, _WEB), origin) for url, origin in claims)
        return tuple(Evidence(url, origin) for url, origin in full if url)

    @cached_property
    def titles(self) -> list[Evidence]:
        """The titles of the meta tags."""
        return [Evidence(plain(value), "meta") for value in self.metas("og:title", "twitter:title")]

    @cached_property
    def head_title(self) -> list[Evidence]:
        """The `<title>`."""
        title = self.document.root.find(".//head/title")
        text = tidy(text_of(title)) if title is not None else ""
        return [Evidence(text, "title")] if text else []

    def declared(self) -> list[str]:
        """All titles that metadata tell, as they are and without the site behind them."""
        told = [*self.titles, *self.told("headline"), *self.head_title]
        titles = [evidence.value for evidence in told]
        return [*titles, *map(_before_site, titles)]

    @cached_property
    def _things(self) -> list[jsonld.Thing]:
        return list(jsonld.things_in(self.document))

    @cached_property
    def _names(self) -> list[str]:
        """What the page's titles may read in its data."""
        titles = [*self.shown, *(evidence.value for evidence in (*self.titles, *self.head_title))]
        return [*titles, *map(_before_site, titles)]


def _before_site(title: str) -> str:
    return title.rsplit(" | ", 1)[0].rsplit(" - ", 1)[0]
