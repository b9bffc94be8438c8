"""One page, parsed once: a tree, an index of its classes, and selection by the small selectors of the family tables.

The index makes a selector cost as much as the elements that bear its last class, so a family may ask for thirty things
in the time that one XPath over the whole page takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.cssselect import SelectorError as CssError

from crawler.errors import ExtractError
from crawler.models import Page
from crawler.pages.decode import decode
from crawler.text.clean import absolute
from crawler.text.markup import parse

_WEB = {"http", "https"}
_COMPOUND = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<rest>(?:\.[\w-]+|#[\w-]+|\[[\w:-]+(?:[*^]?=[^\]\s]+)?\])*)")
_PART = re.compile(r"\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w:-]+)(?:(?P<how>[*^]?=)(?P<value>[^\]]+))?\]")


class _Compound(NamedTuple):
    tag: str | None
    classes: tuple[str, ...]
    tests: tuple[tuple[str, str, str], ...]
    child: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page. `classes` indexes its elements in document order; `base` is what its relative links mean."""

    url: str
    base: str
    root: etree._Element
    classes: dict[str, list[etree._Element]]
    whole: bool
    bearing: dict[str, list[etree._Element]] = field(default_factory=dict)

    def all(self, selector: str) -> list[etree._Element]:
        """The elements that a table's selector names, in document order.

        A selector is compounds of `tag.class#id[name=value]` with descendant and child combinators, as in CSS.
        """
        return list(self._select(_compiled(selector)))

    def first(self, *selectors: str) -> etree._Element | None:
        """The first element of the first selector that names any."""
        return next((element for selector in selectors for element in self._select(_compiled(selector))), None)

    def css(self, selector: str) -> list[etree._Element]:
        """The elements that a source record's selector names: any CSS. Raises ExtractError where it is none."""
        try:
            return _elements(_css(selector), self.root)
        except CssError as error:
            problem = f"the selector {selector!r} of its source record is not CSS ({error}); correct the record."
            raise ExtractError(self.url, problem) from error

    def _select(self, compounds: tuple[_Compound, ...]) -> Iterable[etree._Element]:
        """From the index where the last compound has a class, else down from what the compounds before it name."""
        last = compounds[-1]
        if last.classes:
            bearing = self.classes.get(last.classes[-1])  # most of what the tables name is on no given page
            return (element for element in bearing if _matches(element, compounds)) if bearing else ()
        if len(compounds) > 1:
            return dict.fromkeys(inside for outer in self._select(compounds[:-1]) for inside in _below(outer, last))
        every = self.root.iter(last.tag) if last.tag else self._bearing(last.tests[0][0])
        return (element for element in every if _is(element, last))

    def _bearing(self, attribute: str) -> list[etree._Element]:
        """The elements with an attribute, in document order; looked for once."""
        if attribute not in self.bearing:
            self.bearing[attribute] = _elements(_with(attribute), self.root)
        return self.bearing[attribute]


def read(page: Page) -> Document:
    """Parse a page's bytes, within the bounds of `crawler.text.markup`."""
    text = decode(page.body, page.content_type)
    tree = parse(text)
    for picture in list(tree.root.iter("amp-img")):
        picture.tag = "img"  # https://amp.dev/documentation/components/amp-img
    base = tree.root.find(".//base[@href]")
    address = absolute(base.get("href", ""), page.url, _WEB) if base is not None else None
    return Document(page.url, address or page.url, tree.root, _index(tree.root), tree.whole and not _is_cut(text))


def _is_cut(text: str) -> bool:
    """Whether a document that opens its body never closes it: the connection ended first."""
    return "<body" in text and text.rfind("</body") < 0 and text.rfind("</html") < 0  # they stand at the end


def _index(root: etree._Element) -> dict[str, list[etree._Element]]:
    index: dict[str, list[etree._Element]] = {}
    for element in root.iter():
        names = element.get("class")
        if names:
            for name in names.split():
                index.setdefault(name, []).append(element)
    return index


def _elements(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    found = path(root)
    return [item for item in found if isinstance(item, etree._Element)] if isinstance(found, list) else []


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> tuple[_Compound, ...]:
    compounds = []
    child = False
    for piece in selector.split():
        if piece == ">":
            child = True
            continue
        found = _COMPOUND.fullmatch(piece)
        if found is None:
            raise ValueError(selector)
        parts = list(_PART.finditer(found["rest"]))
        classes = tuple(part["cls"] for part in parts if part["cls"])
        tests = tuple(_test(part) for part in parts if not part["cls"])
        compounds.append(_Compound(found["tag"], classes, tests, child))
        child = False
    return tuple(compounds)


def _test(part: re.Match[str]) -> tuple[str, str, str]:
    if part["id"]:
        return "id", "=", part["id"]
    return part["name"], part["how"] or "", part["value"] or ""


@lru_cache(maxsize=64)
def _with(attribute: str) -> etree.XPath:
    return etree.XPath(f"//*[@{attribute}]")


@lru_cache(maxsize=256)
def _css(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _below(element: etree._Element, compound: _Compound) -> Iterator[etree._Element]:
    inside = element.iterchildren if compound.child else element.iterdescendants
    return (found for found in (inside(compound.tag) if compound.tag else inside()) if _is(found, compound))


def _matches(element: etree._Element, compounds: tuple[_Compound, ...]) -> bool:
    """Whether an element is what the last compound names, below what those before it name."""
    *outer, last = compounds
    if not _is(element, last):
        return False
    child = last.child
    node = element.getparent()
    for compound in reversed(outer):
        while node is not None and not _is(node, compound):
            if child:
                return False
            node = node.getparent()
        if node is None:
            return False
        child, node = compound.child, node.getparent()
    return True


def _is(element: etree._Element, compound: _Compound) -> bool:
    if compound.tag and element.tag != compound.tag:
        return False
    if compound.classes:
        names = (element.get("class") or "").split()
        if not all(name in names for name in compound.classes):
            return False
    return not compound.tests or all(_passes(element.get(name), how, value) for name, how, value in compound.tests)


def _passes(found: str | None, how: str, value: str) -> bool:
    if found is None:
        return False
    if how == "=":
        return found == value
    return found.startswith(value) if how == "^=" else value in found
