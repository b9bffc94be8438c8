"""Which article is this: candidate + aliases -> the one it is, or new. Pure; storage executes it.

An article is one thing for ever. It is known by its aliases, strongest first: the CMS's own id, the addresses it was
read under, its guid, and last the canonical address its page claims, which is believed only where the titles agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid5

from crawler.models import Alias, Article, Known, Link
from crawler.text.urls import site, url_key

# Namespace of newsfeed's own ids (RFC 9562, 5.5); changing it would rename every entry.
NAMESPACE = UUID("6f3b1f0a-5d0e-5c1b-9d6a-0d8f5a0c7b11")


def aliases(link: Link, article: Article) -> tuple[Alias, ...]:
    """Every name the candidate goes by, strongest first; the claimed canonical address is not among them."""
    found = [Alias("native", link.native)] if link.native else []
    found += [Alias("url", url_key(url)) for url in (link.url, article.url)]
    if link.guid:
        found.append(Alias("guid", link.guid))
    return tuple(dict.fromkeys(found))


def claim(link: Link, article: Article) -> Alias | None:
    """The canonical address the page claims, where it is on the same site and says more than the page's own address."""
    alias = Alias("url", url_key(article.canonical_url))
    if alias in aliases(link, article) or site(article.canonical_url) != site(article.url):
        return None
    return alias


def decide(link: Link, article: Article, owners: Mapping[Alias, Known]) -> int | None:
    """The id of the article this is, or None for a new one.

    A guid is believed only where the two native ids do not contradict it, as copied databases repeat guids.
    """
    for alias in aliases(link, article):
        known = owners.get(alias)
        if known and (alias.kind != "guid" or not _contradict(link.native, known.native)):
            return known.article_id
    claimed = claim(link, article)
    known = owners.get(claimed) if claimed else None
    if known and same_title(known.title, article.title) and not _contradict(link.native, known.native):
        return known.article_id
    return None


def mint(source: str, canonical_url: str, count: int) -> str:
    """A new entry id from the source and the article's first canonical address; `count` tells takers of it apart."""
    name = f"{source} {canonical_url}" + (f" {count}" if count else "")
    return f"urn:uuid:{uuid5(NAMESPACE, name)}"


def same_title(one: str, other: str) -> bool:
    """Equal but for case and everything that is no letter or digit."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _contradict(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
