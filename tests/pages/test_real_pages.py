"""Saved pages of real sites, in markup that nobody here wrote: title, first and last paragraph, no noise."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.extraction import extract
from crawler.models import Article

PAGES = Path(__file__).parents[3] / "shared" / "pages"
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
NOISE = (
    "Baca juga|ADVERTISEMENT|SCROLL TO|Esto te puede interesar|Lesen Sie auch|[Gambas|Simak Video|Related Articles|"
    "lihat foto|Tinggalkan|Leave a"
).split("|")


class Expected(NamedTuple):
    """How the title, the first and the last paragraph begin, and more."""

    title: str
    first: str
    last: str
    family: str
    day: str


EXPECTED = {
    "SW1.News-Heimat.html": Expected(
        "Wenn man in der Heimat verliert",
        "AUGSFELD – Zuhause verlieren ist nicht",
        "In der Schweinfurter Fußball-Kreisklasse 2",
        "tielabs",
        "2023-10-15",
    ),
    "diariolahuella.com-aeropuerto.html": Expected(
        "Inicia estudio para desarrollar los proyectos",
        "La Comisión de Economía inició, este jueves",
        "La Comisión de Economía invitará al presidente",
        "jnews",
        "2022-04-22",
    ),
    "elpais.cr-gobierno.html": Expected(
        "Gobierno entrega directriz para fortalecer",
        "San José, 21 Abr (Elpaís.cr).-",
        "Con la directriz, las instituciones deben acatar",
        "tagdiv",
        "2022-04-22",
    ),
    "health.detik.com-Stroke.html": Expected(
        "Curhat Wanita Kena Stroke di Umur 26",
        "Jakarta - Seorang wanita muda terkena stroke",
        "Kini, Donna bekerja untuk mendukung",
        "detik",
        "2023-11-02",
    ),
    "thenassauguardian.com-hikes.html": Expected(
        "Super Value ‘stumped’ on when price hikes",
        "There is no end in sight for rising prices",
        "Inflation of 7.3 percent is the highest",
        "tielabs",
        "2022-04-21",
    ),
    "ticotimes.net-migration.html": Expected(
        "United States seeks agreement on migration",
        "The United States is seeking to reach a firm agreement",
        "No country in the world is able to tackle migration",
        "tagdiv",
        "2022-04-21",
    ),
    "tribunnews.com-1595907782.html": Expected(
        "Jawaban Soal Apa Dampak Negatif Jika Menunda",
        "TRIBUNNEWS.COM - Berikut ini jawaban soal",
        "Salah satunya adalah depresi.",
        "tribun",
        "2020-05-03",
    ),
}

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason=f"{PAGES} is not on this machine")
EVERY = pytest.mark.parametrize("name", EXPECTED)


@cache
def article(name: str) -> Article:
    host = name.rsplit("-", 1)[0]
    return extract((PAGES / name).read_bytes(), f"https://{host}/artikel/satu", now=NOW)


@EVERY
def test_title(name: str) -> None:
    assert article(name).title.startswith(EXPECTED[name].title)


@EVERY
def test_first_paragraph(name: str) -> None:
    assert article(name).paragraphs[0].startswith(EXPECTED[name].first)


@EVERY
def test_last_paragraph(name: str) -> None:
    assert article(name).paragraphs[-1].startswith(EXPECTED[name].last)


@EVERY
def test_family(name: str) -> None:
    assert article(name).family == EXPECTED[name].family


@EVERY
def test_day_of_publication(name: str) -> None:
    published = article(name).published
    assert published is not None
    assert published.date().isoformat() == EXPECTED[name].day


@EVERY
def test_no_noise(name: str) -> None:
    text = "\n".join(article(name).paragraphs)
    assert [words for words in NOISE if words.casefold() in text.casefold()] == []
    assert all(related.title not in text for related in article(name).related)


@EVERY
def test_an_image_of_the_article(name: str) -> None:
    assert article(name).images[0].url.startswith("https://")
    assert not {"logo", "icon"} & set(article(name).images[0].url.casefold().split("/"))
