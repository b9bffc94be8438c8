"""Which claims of a page about its own address hold."""

from __future__ import annotations

import pytest

from crawler.models import Evidence
from crawler.normalize.judge import Decision
from crawler.normalize.urls import canonical

URL = "https://lapas.go.id/berita-utama/panen-lele"


@pytest.mark.parametrize(
    ("url", "claim", "holds"),
    [
        (URL + "?utm_source=wa", URL, True),
        ("http://www.lapas.go.id/berita-utama/panen-lele/", URL, True),
        ("https://lapas.go.id/menu/lain/panen-lele", URL, True),
        ("https://lapas.go.id/?p=67286", URL, True),
        ("https://lapas.go.id/berita/3053-panen", "https://lapas.go.id/berita/3053-panen-lele-perdana", True),
        (URL + "/amp", URL, True),
        (URL, "https://lapas.go.id/", False),
        (URL, "https://lain.go.id/berita-utama/panen-lele", False),
        (URL, "https://kanwil.lapas.go.id/berita-utama/panen-lele", False),
        (URL, "https://lapas.go.id/berita-utama/razia-blok", False),
        (URL, "javascript:alert(1)", False),
        ("https://lapas.go.id/2026/01/panen", "https://lapas.go.id/2026/01/razia", False),
    ],
)
def test_claim(url: str, claim: str, holds: bool) -> None:
    found = Decision("canonical_url", canonical(url, [Evidence(claim, "link")]))
    assert found.value is not None
    assert (found.origin == "link") is holds
    assert found.value == claim if holds else found.value.startswith("https://lapas.go.id/")


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("https://m.warta.co.id/read/panen-lele", True),
        ("https://amp.warta.co.id/panen-lele", True),
        ("https://sumut.warta.co.id/panen-lele", False),
        ("https://m.lain.co.id/panen-lele", False),
    ],
)
def test_only_twin_hosts_know_the_addresses_of_their_sisters(url: str, holds: bool) -> None:
    found = Decision("canonical_url", canonical(url, [Evidence("https://jabar.warta.co.id/panen-lele", "link")]))
    assert (found.origin == "link") is holds


def test_the_first_claim_that_holds_counts() -> None:
    claims = [Evidence("https://lapas.go.id/", "link"), Evidence(URL, "meta")]
    found = Decision("canonical_url", canonical(URL + "?fbclid=1", claims))
    assert (found.value, found.origin) == (URL, "meta")
