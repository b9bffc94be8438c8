"""Which article is this: candidate + what is stored -> the one it is, a copy of one, or new. Pure; storage executes it.

An article is one thing for ever. It is known by its aliases, strongest first: the CMS's own id, the addresses it was
read under, its guid, and last the canonical address its page claims. None of them is believed blindly: databases are
moved and begin to count anew, guids repeat, addresses are used again and redirect to something else. So a name makes
two sightings one article only where they agree in what they tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid5

from crawler.models import Alias, Article, Identified, Known, Link
from crawler.text import likeness
from crawler.text.urls import url_key

# Namespace of newsfeed's own ids (RFC 9562, 5.5); changing it would rename every entry.
NAMESPACE = UUID("6f3b1f0a-5d0e-5c1b-9d6a-0d8f5a0c7b11")

NUMBER = "no:"  # begins a native id that only the address shows: weaker than one that the CMS tells
ALIKE = 0.5  # of the runs of words: the same article, edited
COPIED = 0.9  # the same text, posted once more
PARTED = 0.3  # no longer the same text
COPIED_WITHIN = timedelta(days=30)  # the same release a year later is another event
LEAST_WORDS = 40  # a shorter text says too little to be told apart by it
REUSED_AFTER = timedelta(days=1)

_NUMBERED = re.compile(r"(?:^|[-_.,])(\d{4,12})(?:$|[-_.,])")
_NUMBER_PARAMETERS = frozenset({"id", "p", "no", "nid", "aid", "idberita", "id_berita", "berita", "read", "artikel"})


def aliases(link: Link, article: Article) -> tuple[Alias, ...]:
    """Every name the candidate goes by, strongest first; the claimed canonical address is not among them."""
    found = [Alias("native", native) for native in (link.native, article.native) if native]
    found += [Alias("url", url_key(url)) for url in (article.url, link.url)]
    if link.guid:
        found.append(Alias("guid", link.guid))
    found += [Alias("native", f"{NUMBER}{number}") for number in _numbers(article.url)]
    return tuple(dict.fromkeys(found))


def claim(article: Article, names: Collection[Alias]) -> Alias | None:
    """The canonical address that the page claims beyond those it was seen under, which are among its `aliases`.

    Normalising has refused those on another host; one to which the link led on is a redirect.
    """
    alias = Alias("url", url_key(article.canonical_url))
    return None if alias in names else alias


def decide(
    link: Link,
    article: Article,
    owners: Mapping[Alias, Known],
    alike: Sequence[Known] = (),
    apart: Collection[frozenset[int]] = (),
) -> Identified:
    """What the candidate is, and why.

    `owners` are the stored articles that hold its aliases, `alike` those of its source with the same headline or text.
    `apart` are pairs that a person has taken apart again: they are never made one.
    """
    believed = _believed(link, article, owners)
    if believed:
        here = owners.get(Alias("url", url_key(article.url)))
        first = here.article_id if here and here.article_id in believed else next(iter(believed))
        same = [other for other in believed if other == first or frozenset({other, first}) not in apart]
        kept = min(same)
        known, name = believed[kept]
        also = tuple(other for other in same if other != kept)
        return Identified(kept, f"the same {name}", also=also, is_moved=has_moved(link, article, known))
    moved = next((known for known in alike if is_elsewhere(known, article)), None)
    if moved:
        return Identified(moved.article_id, "the same path and text on another host", is_moved=True)
    taken = tuple(alias for alias in _own(link, article) if alias in owners)
    copied = next((known for known in alike if is_copy(known, article)), None)
    if copied:
        return Identified(None, "the same text, posted once more", copy_of=copied.article_id, taken=taken)
    return Identified(None, "new", taken=taken)


def mint(source: str, canonical_url: str, count: int) -> str:
    """A new entry id from the source and the article's first canonical address; `count` tells takers of it apart."""
    name = f"{source} {canonical_url}" + (f" {count}" if count else "")
    return f"urn:uuid:{uuid5(NAMESPACE, name)}"


def same_title(one: str, other: str) -> bool:
    """Equal but for case and everything that is no letter or digit."""
    return likeness.letters(one) == likeness.letters(other)


def is_copy(known: Known, article: Article) -> bool:
    """Whether an article says the same as a stored one, number for number, and not long after or before it.

    A text that is used again with other days and counts (a weekly roll call) tells of another event.
    """
    text = article.text
    if len(likeness.words(text)) < LEAST_WORDS or not _is_near(known, article):
        return False
    if likeness.letters(known.text) == likeness.letters(text):
        return True
    return same_title(known.title, article.title) and _is_copied(known.text, text)


def has_parted(known: Known, article: Article) -> bool:
    """Whether a copy was edited until it tells of something else."""
    return not same_title(known.title, article.title) and likeness.shared(known.text, article.text) < PARTED


def has_moved(link: Link, article: Article, known: Known) -> bool:
    """Whether a known article's home is now where it was read.

    Its CMS says so under the same id, or its old address leads there and its page claims no other.
    """
    here = url_key(article.url)
    if here == url_key(known.url):
        return False
    if {link.native, article.native} & set(known.natives):
        return url_key(article.canonical_url) != url_key(known.url)
    return url_key(link.url) == url_key(known.url) and url_key(article.canonical_url) == here


def is_elsewhere(known: Known, article: Article) -> bool:
    """Whether a site has moved to another host, and took the article along under its path."""
    (ours, _, path), (theirs, _, there) = (url_key(url).partition("/") for url in (article.url, known.url))
    if ours == theirs or path != there or not path or not same_title(known.title, article.title):
        return False
    text = article.text
    return likeness.letters(known.text) == likeness.letters(text) or likeness.shared(known.text, text) >= COPIED


def known_of(article: Article, natives: Collection[str]) -> Known:
    """An article that nobody has stored, as a stored one looks to identity."""
    return Known(
        article_id=0,
        url=article.url,
        title=article.title,
        text=article.text,
        published=article.published,
        precision=article.published_precision,
        natives=tuple(natives),
    )


def _believed(link: Link, article: Article, owners: Mapping[Alias, Known]) -> dict[int, tuple[Known, str]]:
    """The stored articles that the candidate is, each with the strongest name that tells so."""
    found: dict[int, tuple[Known, str]] = {}
    names = aliases(link, article) if owners else ()
    claimed = claim(article, names)
    for alias in (*names, *([claimed] if claimed else [])):
        known = owners.get(alias)
        if known and known.article_id not in found and _holds(alias, link, article, known):
            found[known.article_id] = known, f"{alias.kind} {alias.value}"
    return found


def _own(link: Link, article: Article) -> Iterator[Alias]:
    """The names under which the candidate itself answered: who held them before has lost them."""
    yield from (Alias("native", native) for native in (link.native, article.native) if native)
    yield Alias("url", url_key(article.url))


def _holds(alias: Alias, link: Link, article: Article, known: Known) -> bool:
    """Whether a name may be believed: its owner is recognised, or nothing speaks against a name that the site gave.

    A guid, a claim and a number in the address are the weakest: many articles may share one, with the time of a bulk
    import.
    """
    is_own = alias in _own(link, article)
    if not (is_own or alias == Alias("url", url_key(link.url))):
        return _says_the_same(article, known) and not (alias.kind == "guid" and _contradict(link, article, known))
    if _agree(article, known):
        return True
    if alias.kind == "native":
        return not _counts_anew(article, known)
    return is_own and not (_contradict(link, article, known) or _has_moved_in(article, known))


def _agree(article: Article, known: Known) -> bool:
    """Whether two versions are recognisably of one article: its headline, its text or its exact time has stayed."""
    if article.published_precision == known.precision == "second" and article.published == known.published:
        return True
    return same_title(known.title, article.title) or likeness.shared(known.text, article.text) >= ALIKE


def _says_the_same(article: Article, known: Known) -> bool:
    """As `_agree`, but for reports that are written after one pattern, with other days and counts."""
    return same_title(known.title, article.title) or _is_copied(known.text, article.text)


def _is_copied(one: str, other: str) -> bool:
    return likeness.shared(one, other) >= COPIED and likeness.numbers(one) == likeness.numbers(other)


def _counts_anew(article: Article, known: Known) -> bool:
    """Whether a CMS has given an id out again, as one that was set up anew does: for another day, or another text."""
    if article.published and known.published:
        return abs(article.published - known.published) >= REUSED_AFTER
    return _is_unlike(article, known)


def _has_moved_in(article: Article, known: Known) -> bool:
    """Whether an address answers with another article than it did: later, and in wholly other words."""
    is_later = article.published and known.published and article.published - known.published >= REUSED_AFTER
    titles = set(likeness.words(article.title)) & set(likeness.words(known.title))
    return bool(is_later) and not titles and _is_unlike(article, known)


def _is_unlike(article: Article, known: Known) -> bool:
    text = article.text
    least = min(len(likeness.words(text)), len(likeness.words(known.text)))
    return least >= LEAST_WORDS and likeness.shared(known.text, text) < 1 - COPIED and not article.partial


def _is_near(known: Known, article: Article) -> bool:
    if article.published is None or known.published is None:
        return True
    return abs(article.published - known.published) <= COPIED_WITHIN


def _contradict(link: Link, article: Article, known: Known) -> bool:
    """Whether the CMS counts the two as two: it has one id for the stored one, and another for the candidate."""
    ours = {native for native in (link.native, article.native) if native}
    return bool(ours and known.natives) and not ours & set(known.natives)


def _numbers(url: str) -> Iterator[str]:
    """The number that a site counts the article by, where its address has one: `/read/12345/slug`, `?id=123`."""
    parts = urlsplit(url)
    yield from (
        value for name, value in parse_qsl(parts.query) if name.lower() in _NUMBER_PARAMETERS and value.isdigit()
    )
    for segment in parts.path.split("/"):
        yield from (number for number in _NUMBERED.findall(segment) if not 1900 <= int(number) <= 2100)
