"""The page of sources for people says what the records say."""

from __future__ import annotations

from crawler.models import Source, Strategy
from crawler.sources import load_sources
from crawler.sources.table import PAGE, page_of


def test_page_is_that_of_the_records() -> None:
    is_fresh = PAGE.read_text(encoding="utf-8") == page_of(load_sources().values())
    assert is_fresh, "docs/sources.md is stale: write it again with `python -m crawler.sources.table`"


def test_rows_are_sorted_and_tell_what_is_not_known() -> None:
    warta = Source(
        slug="warta",
        name="Warta | Contoh",
        kind="press",
        homepage="https://warta.example/",
        publisher="Warta",
        province="Bali",
        discover=(Strategy("feed", "https://warta.example/feed"), Strategy("listing", "https://warta.example/")),
    )
    kanwil = Source(slug="kanwil", name="Kanwil", kind="official", homepage="", publisher="K", confidence="guess")
    koran = Source(slug="koran", name="Koran", kind="press", homepage="https://koran.example/", publisher="Koran")
    page = page_of([warta, kanwil, koran])
    assert "3 sources, 1 of them guesses, 1 of those without a known address." in page
    assert page.splitlines()[-3:] == [
        "| `kanwil` | Kanwil | official | K | – | – | guess | – |",
        "| `koran` | Koran | press | Koran | – | <https://koran.example/> | probable | probed |",
        "| `warta` | Warta \\| Contoh | press | Warta | Bali | <https://warta.example/> | probable | feed, listing |",
    ]
