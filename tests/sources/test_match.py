"""Which record an address is read for."""

from __future__ import annotations

import pytest

from crawler.models import Source, Strategy
from crawler.sources.match import of_address


def source(slug: str, homepage: str, *ways: str) -> Source:
    discover = tuple(Strategy("feed", url) for url in ways)
    return Source(slug=slug, name=slug, kind="press", homepage=homepage, discover=discover)


SOURCES = [
    source("hukum", "https://warta.example/kanal/hukum/"),
    source("daerah", "https://warta.example/kanal/daerah", "https://berita.warta.example/daerah/rss.xml"),
    source("warta", "https://www.warta.example/", "https://warta.example/wp-json/wp/v2"),
    source("malut", "https://malut.kementerian.example/"),
]
CASES = {
    "https://warta.example/2026/01/lapas/": "warta",
    "https://www.warta.example/kanal/hukum/lapas/": "hukum",
    "http://m.warta.example/kanal/daerah/lapas/": "daerah",
    "https://warta.example/kanal/hukuman/lapas/": "warta",
    "https://berita.warta.example/x/": "daerah",
    "https://malut.kementerian.example/berita/1": "malut",
    "https://kementerian.example/berita/1": None,
    "https://notwarta.example/": None,
}


@pytest.mark.parametrize(("url", "slug"), CASES.items())
def test_address_belongs_to_the_record_that_shares_most_of_it(url: str, slug: str | None) -> None:
    found = of_address(SOURCES, url)
    assert (found.slug if found else None) == slug
