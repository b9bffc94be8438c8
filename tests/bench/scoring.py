"""From what was expected of a page and what an extractor found on it to a mark per measure.

A field that a page's expectations leave out does not count for that page, and one that an extractor does not have does
not count for it. Every measure is better the higher it is: `no_leak` is the share of pages without a leaked line,
`kept` the share of all paragraphs that were not lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cases import Case
from measures import Mark, body_f1, leaked_lines, lost_paragraphs, mean, normal, paragraph_f1
from peers import OUR_FIELDS, PLAIN_FIELDS, Extractor, Found, moments

TEXT_MEASURES = ("body_f1", "paragraph_f1", "no_leak", "kept")
MEASURES = (*TEXT_MEASURES, *OUR_FIELDS)
# Where the order says nothing, or an extractor does not keep it.
UNORDERED = frozenset(("tags", "categories"))

Marks = Mapping[str, Mark]


def marks_of(extractor: Extractor, cases: Iterable[Case]) -> dict[str, Marks]:
    """The marks of each page, by its name."""
    return {case.name: marks(case, extractor.run(case), extractor.fields) for case in cases}


def total(pages: Mapping[str, Marks], measure: str) -> float | None:
    """One measure over all pages; None where it counts for none of them."""
    return mean(page[measure] for page in pages.values() if measure in page)


def misses(pages: Mapping[str, Marks], measure: str) -> list[str]:
    """The pages that did not get all points of a measure, and why."""
    return [f"{name}: {page[measure].why}" for name, page in pages.items() if not page.get(measure, Mark(1)).is_full]


def marks(case: Case, found: Found, fields: Iterable[str]) -> Marks:
    """What one extractor got for one page."""
    expected = expected_fields(case)
    compared = {name: _field_mark(name, expected[name], found.fields.get(name)) for name in fields if name in expected}
    return text_marks(case, found.paragraphs) | compared


def expected_fields(case: Case) -> dict[str, object]:
    """Every field that is expected of a page."""
    facts = case.facts
    expected: dict[str, object] = {name: facts[name] for name in PLAIN_FIELDS if name in facts}
    if "published" in facts:
        published = facts["published"]
        expected |= moments(datetime.fromisoformat(published) if published else None, case.zone)
    if "images" in facts:
        expected["first_image"] = facts["images"][0][0] if facts["images"] else None
    return expected


def text_marks(case: Case, found: tuple[str, ...]) -> dict[str, Mark]:
    """What the paragraphs got. A sign-off is no paragraph, but no leak either."""
    expected = case.facts["paragraphs"]
    signoff = case.facts.get("signoff")
    leaked = leaked_lines([*expected, signoff] if signoff else expected, found, furniture(case))
    lost = lost_paragraphs(expected, found)
    return {
        "body_f1": _share(body_f1(expected, found)),
        "paragraph_f1": _share(paragraph_f1(expected, found)),
        "no_leak": Mark(float(not leaked), why=f"leaked {leaked}"),
        "kept": Mark(len(expected) - len(lost), len(expected), why=f"lost {lost}"),
    }


def furniture(case: Case) -> list[str]:
    """What stands on the page and is no text: titles of related links, captions, tags one by one and in a line."""
    tags = case.facts.get("tags", [])
    captions = [caption for _, caption in case.facts.get("images", []) if caption]
    return [*(title for title, _ in case.facts.get("related", [])), *captions, *tags, " ".join(tags)]


def _share(value: float) -> Mark:
    return Mark(value, why=f"{value:.3f}")


def _field_mark(name: str, expected: object, found: object) -> Mark:
    is_right = _comparable(name, expected) == _comparable(name, found)
    return Mark(float(is_right), why=f"expected {expected!r}, found {found!r}")


def _comparable(name: str, value: object) -> object:
    """Equal for values that mean the same: white space, nothing and empty, list and tuple, order where it is none."""
    if isinstance(value, str):
        return normal(value) or None
    if isinstance(value, list | tuple | set | frozenset):
        items = [_comparable("", item) for item in value]
        return frozenset(items) if name in UNORDERED else tuple(items)
    return value
