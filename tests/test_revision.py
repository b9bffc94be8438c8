"""What counts as an edit: the class of a material one, and what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.models import Article, Image, Related
from crawler.revision import compare, settle

OLD = Article(
    url="https://warta.example/a/",
    canonical_url="https://warta.example/a/",
    title="Lapas Serang Teken Kerja Sama dengan 40 Mitra",
    paragraphs=("Serang – Sebanyak 40 mitra hadir.", "“Kami bangga,” kata Kepala Lapas Budi Contoh."),
    body_html="<p>x</p>",
    author="Ani Contoh",
    published=datetime(2026, 1, 28, 3, tzinfo=UTC),
    published_precision="minute",
    images=(Image("https://warta.example/a.jpg"),),
    provenance={"published": "time"},
)


def text(*paragraphs: str) -> Article:
    return replace(OLD, paragraphs=paragraphs)


MATERIAL = {
    "headline": (replace(OLD, title="Lapas Serang Teken Kerja Sama dengan Mitra Baru"), "headline"),
    "number": (text(OLD.paragraphs[0].replace("40", "42"), OLD.paragraphs[1]), "number"),
    "name": (text(OLD.paragraphs[0], OLD.paragraphs[1].replace("Budi", "Bedi")), "name"),
    "sentence": (text(*OLD.paragraphs, "acara ditutup dengan doa bersama."), "text"),
    "correction": (replace(OLD, title="Ralat: Lapas Serang Teken Kerja Sama"), "correction"),
}

TRIVIAL = {
    "white space": text(*(paragraph.replace(" ", "  ") for paragraph in OLD.paragraphs)),
    "quotes and dashes": text(
        OLD.paragraphs[0].replace("–", "-"), OLD.paragraphs[1].replace("“", '"').replace("”", '"')
    ),
    "paragraphs joined": text(" ".join(OLD.paragraphs)),
    "related links": replace(OLD, related=(Related("Berita lain"),)),
    "pictures": replace(OLD, images=()),
    "tags": replace(OLD, tags=("lapas",)),
}


@pytest.mark.parametrize(("new", "kind"), MATERIAL.values(), ids=MATERIAL.keys())
def test_material_edit(new: Article, kind: str) -> None:
    change = compare(OLD, settle(OLD, new))
    assert change is not None
    assert change.kind == kind
    assert change.before.keys() == change.after.keys()


@pytest.mark.parametrize("new", TRIVIAL.values(), ids=TRIVIAL.keys())
def test_trivial_edit(new: Article) -> None:
    assert compare(OLD, settle(OLD, new)) is None


def test_published_never_moves() -> None:
    settled = settle(OLD, replace(OLD, published=datetime(2026, 2, 1, tzinfo=UTC), published_precision="second"))
    assert (settled.published, settled.published_precision) == (OLD.published, "minute")


def test_published_is_filled_in_once_there_is_evidence() -> None:
    unknown = replace(OLD, published=None, published_precision="none", provenance={})
    assert settle(unknown, OLD).published == OLD.published


def test_knowing_less_is_no_edit() -> None:
    settled = settle(OLD, replace(OLD, author=None, images=()))
    assert (settled.author, settled.images) == (OLD.author, OLD.images)


def test_partial_text_never_replaces_a_whole_one() -> None:
    cut = replace(OLD, paragraphs=OLD.paragraphs[:1], partial=True)
    assert settle(OLD, cut).paragraphs == OLD.paragraphs


def test_whole_text_replaces_a_partial_one_without_being_news() -> None:
    cut = replace(OLD, paragraphs=OLD.paragraphs[:1], partial=True)
    assert settle(cut, OLD).paragraphs == OLD.paragraphs
    assert compare(cut, OLD) is None
