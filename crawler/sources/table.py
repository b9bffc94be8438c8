"""All packaged sources as a page for people: `python -m crawler.sources.table` writes docs/sources.md of a checkout."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crawler.models import Source
from crawler.sources.loader import load_sources

PAGE = Path(__file__).parent.parent.parent / "docs" / "sources.md"

HEAD = """\
# Sources

The sites that newsfeed knows, from the records in `crawler/sources`. Generated: `python -m crawler.sources.table`.

- **probable**: the site was seen, but not by this program. **guess**: its address follows a naming pattern, or none is
  known. A guess is crawled only where the configuration names it, and never without an address.
- Ways are tried in their order; where none stands here, they are found by probing the homepage.
"""
COLUMNS = ("source", "name", "kind", "publisher", "province", "homepage", "confidence", "ways")
NOTHING = "–"


def page_of(sources: Iterable[Source]) -> str:
    """The page, in Markdown: how many there are, then one row each, sorted by slug."""
    ordered = sorted(sources, key=lambda source: source.slug)
    without = sum(not source.homepage for source in ordered)
    guesses = sum(source.confidence == "guess" for source in ordered)
    counts = f"{len(ordered)} sources, {guesses} of them guesses, {without} of those without a known address.\n"
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *map(_row, ordered)]
    return "\n".join([HEAD, counts, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def _row(source: Source) -> tuple[str, ...]:
    cells = (
        f"`{source.slug}`",
        source.name,
        source.kind,
        source.publisher,
        source.province or NOTHING,
        f"<{source.homepage}>" if source.homepage else NOTHING,
        source.confidence,
        _ways(source),
    )
    return tuple(cell.replace("|", "\\|") for cell in cells)


def _ways(source: Source) -> str:
    if not source.homepage:
        return NOTHING
    return ", ".join(strategy.type for strategy in source.discover) or "probed"


if __name__ == "__main__":
    PAGE.write_text(page_of(load_sources().values()), encoding="utf-8", newline="\n")
