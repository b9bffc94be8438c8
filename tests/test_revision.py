"""What counts as an edit: the class of a material one, what is none, and what a source that wavers comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Article, Change, Image, Past, Related
from crawler.revision import LASTING, compare, settle, weigh

OLD = Article(
    url="https://warta.example/a/",
    canonical_url="https://warta.example/a/",
    title="Lapas Serang Teken Kerja Sama dengan 40 Mitra",
    paragraphs=(
        "Serang – Sebanyak 40 mitra dari lima kabupaten hadir di aula Lapas Kelas IIA Serang, Rabu (28/1/2026).",
        "“Kami bangga atas kepercayaan ini,” kata Kepala Lapas Budi Contoh kepada wartawan seusai acara itu.",
        "Nilai kerja sama itu mencapai Rp1.250.000 untuk setiap mitra. Kalpas menyebut Budi akan hadir lagi Maret.",
    ),
    body_html="<p>x</p>",
    author="Ani Contoh",
    published=datetime(2026, 1, 28, 3, tzinfo=UTC),
    published_precision="minute",
    images=(Image("https://warta.example/a.jpg"),),
    provenance={"published": "time"},
)
ONE, TWO, THREE = OLD.paragraphs
NEW_PARAGRAPH = "Sementara itu 15 warga binaan di Rutan Cilegon menerima pelatihan dari Siti Aminah sejak awal bulan."


def text(*paragraphs: str) -> Article:
    return replace(OLD, paragraphs=paragraphs)


def swapped(old: str, new: str) -> Article:
    assert any(old in paragraph for paragraph in OLD.paragraphs)
    return text(*(paragraph.replace(old, new) for paragraph in OLD.paragraphs))


MATERIAL = {
    "headline": (replace(OLD, title="Lapas Serang Teken Kerja Sama dengan Mitra Baru"), "headline", ("number",)),
    "headline, words alone": (replace(OLD, title="Lapas Serang Gandeng 40 Mitra"), "headline", ()),
    "number": (swapped("40", "42"), "number", ()),
    "digits changed places": (swapped("1.250.000", "1.520.000"), "number", ()),
    "decimal mark lost": (swapped("1.250.000", "1,25"), "number", ()),
    "date": (swapped("28/1/2026", "29/1/2026"), "number", ()),
    "weekday": (swapped("Rabu", "Kamis"), "number", ()),
    "number in words": (swapped("lima kabupaten", "enam kabupaten"), "number", ()),
    "number took the place of a word": (swapped("dari lima kabupaten", "dari beberapa kabupaten"), "number", ()),
    "name": (swapped("Budi", "Bedi"), "name", ()),
    "place": (swapped("Lapas Kelas IIA Serang", "Lapas Kelas IIA Cilegon"), "name", ()),
    "name with its titles": (swapped("Budi Contoh", "Budi Contoh, S.H., M.H."), "name", ()),
    "second name of somebody": (swapped("Budi Contoh", "Budi Santoso Contoh"), "name", ()),
    "number and name": (text(ONE.replace("40", "42"), TWO.replace("Budi", "Bedi"), THREE), "number", ("name",)),
    "typing error": (swapped("Kalpas", "Kalapas"), "text", ()),
    "post": (swapped("Kepala Lapas", "Wakil Lapas"), "text", ()),
    "word": (swapped("bangga", "kecewa"), "text", ()),
    "negation": (swapped("akan hadir", "tidak akan hadir"), "text", ()),
    "paragraph more": (text(*OLD.paragraphs, NEW_PARAGRAPH), "text", ()),
    "paragraph more on top": (text(NEW_PARAGRAPH, *OLD.paragraphs), "text", ()),
    "paragraph less": (text(ONE, TWO), "text", ()),
    "moved and edited": (text(TWO, ONE.replace("40", "42"), THREE), "number", ()),
    "short lines changed places": (text(*OLD.paragraphs[:1], "Juara 1", "Ani", "Juara 2", "Budi"), "text", ()),
    "RALAT before the title": (replace(OLD, title=f"RALAT: {OLD.title}"), "correction", ("headline",)),
    "correction in brackets": (replace(OLD, title=f"[Koreksi] {OLD.title}"), "correction", ("headline",)),
    "editor's note": (
        text(*OLD.paragraphs, "Catatan Redaksi: Artikel ini telah diperbarui pada bagian jumlah mitra yang hadir."),
        "correction",
        ("text",),
    ),
    "note in brackets": (text(*OLD.paragraphs, "(Ralat: jumlah mitra)"), "correction", ("text",)),
    "right of reply": (text("Hak jawab dari Lapas Serang atas berita ini.", *OLD.paragraphs), "correction", ("text",)),
    "corrected number with a note": (
        text(ONE.replace("40", "42"), TWO, THREE, "Judul artikel ini telah diubah."),
        "correction",
        ("number", "text"),
    ),
}  # fmt: skip

TRIVIAL = {
    "white space": text(*(paragraph.replace(" ", " \u00a0 ") for paragraph in OLD.paragraphs)),
    "quotes and dashes": text(*(p.replace("–", "-").replace("“", '"').replace("”", '"') for p in OLD.paragraphs)),
    "dots": text(ONE, TWO.replace("itu.", "itu…"), THREE.replace("lagi Maret.", "lagi Maret...")),
    "case": text(ONE.upper(), TWO, THREE.lower()),
    "invisible characters": swapped("Kepala", "Ke\u200bpa\u00adla"),
    "words joined": swapped("kerja sama", "kerjasama"),
    "grouping of digits": swapped("Rp1.250.000", "Rp 1250000,-"),
    "paragraphs joined": text(" ".join(OLD.paragraphs)),
    "paragraphs glued": text("".join(OLD.paragraphs)),
    "paragraphs moved": text(TWO, THREE, ONE),
    "related links": replace(OLD, related=(Related("Berita lain"),)),
    "related line": text(ONE, "Baca juga: Lapas Cilegon Panen 12 Ton", TWO, THREE),
    "counter": text(*OLD.paragraphs, "Dibaca 123 kali"),
    "counter behind a sentence": text(ONE, TWO, f"{THREE} (Dibaca: 1.204 kali)"),
    "age and share bar": text(
        "Redaksi | 5 menit yang lalu", "Bagikan: Facebook | WhatsApp | 12 shares", *OLD.paragraphs
    ),
    "advertisement": text(ONE, "ADVERTISEMENT", "SCROLL TO CONTINUE WITH CONTENT", TWO, THREE),
    "photo credit": text("Foto: Humas Lapas Serang/2026", *OLD.paragraphs),
    "sign-off": text(ONE, TWO, f"{THREE} (Red)"),
    "makers": text(*OLD.paragraphs, "Penulis: Ani | Editor: Budi"),
    "time of the last update": text("Diperbarui 29 Januari 2026, 10.15 WIB", *OLD.paragraphs),
    "headline's typography": replace(OLD, title="LAPAS SERANG TEKEN KERJA SAMA DENGAN 40 MITRA "),
    "pictures": replace(OLD, images=()),
    "tags": replace(OLD, tags=("lapas",)),
}


@pytest.mark.parametrize(("new", "kind", "also"), MATERIAL.values(), ids=MATERIAL.keys())
def test_material_edit(new: Article, kind: str, also: tuple[str, ...]) -> None:
    change = compare(OLD, settle(OLD, new))
    assert change is not None
    assert (change.kind, change.also) == (kind, also)
    assert change.before.keys() == change.after.keys()


@pytest.mark.parametrize("new", TRIVIAL.values(), ids=TRIVIAL.keys())
def test_trivial_edit(new: Article) -> None:
    assert compare(OLD, settle(OLD, new)) is None
    assert compare(new, settle(new, OLD)) is None


def test_lines_that_belong_together_must_keep_their_order() -> None:
    ranked = text("Juara 1", "Ani", "Juara 2", "Budi")
    assert compare(ranked, text("Juara 1", "Budi", "Juara 2", "Ani")) is not None


@pytest.mark.parametrize("sentence", ["Buku itu dibaca 12 kali.", "Harga naik sejak 5 menit yang lalu, kata Budi."])
def test_a_sentence_that_counts_is_text(sentence: str) -> None:
    edited = text(*OLD.paragraphs, sentence.replace("12", "13").replace("5", "6"))
    change = compare(text(*OLD.paragraphs, sentence), edited)
    assert change is not None
    assert change.kind == "number"


def test_live_text_that_grows_is_text_each_time() -> None:
    grown = [text(*OLD.paragraphs, *(f"{n}. {NEW_PARAGRAPH}" for n in range(1, count))) for count in range(1, 5)]
    changes = [compare(old, new) for old, new in pairwise(grown)]
    assert [change and (change.kind, change.also) for change in changes] == [("text", ())] * 3


words = st.text(alphabet="abcdeEFG .,–“”'()0123456789", min_size=1, max_size=60)
bodies = st.lists(words.filter(str.strip), max_size=6).map(tuple)


@given(bodies)
def test_an_article_is_no_edit_of_itself(paragraphs: tuple[str, ...]) -> None:
    article = text(*paragraphs)
    assert compare(article, text(*(paragraph.replace(" ", "\u00a0 ").upper() for paragraph in paragraphs))) is None


@given(bodies, bodies)
def test_an_edit_is_one_both_ways(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    there, back = compare(text(*one), text(*other)), compare(text(*other), text(*one))
    assert (there is None) == (back is None)
    if there and back:
        assert (there.before, there.after) == (back.after, back.before)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_another_number_is_a_number_edit_however_it_is_written(one: int, other: int) -> None:
    written = [f"Sebanyak {number:,} orang hadir.".replace(",", ".") for number in (one, other)]
    change = compare(text(written[0]), text(written[1]))
    assert (change.kind if change else None) == (None if one == other else "number")
    assert compare(text(written[0]), text(f"Sebanyak {one} orang hadir.")) is None


NOW = datetime(2026, 1, 30, tzinfo=UTC)
A, B, C = OLD, swapped("40", "42"), swapped("40", "43")


def edit(before: Article, after: Article) -> Change:
    change = compare(before, after)
    assert change is not None
    return change


def dated(article: Article, hour: int) -> Article:
    return replace(article, modified=NOW + timedelta(hours=hour))


@pytest.mark.parametrize(
    ("stored", "seen", "past", "outcome"),
    [
        (B, C, Past((edit(A, B),)), "edit"),
        (B, A, Past(), "edit"),
        (B, A, Past((edit(A, B),)), "wait"),
        (C, A, Past((edit(B, C), edit(A, B))), "wait"),
        (B, replace(A, tags=("x",)), Past((edit(A, B),)), "wait"),
        (B, A, Past((edit(A, B),), 1, NOW - LASTING + timedelta(hours=1)), "wait"),
        (B, A, Past((edit(A, B),), 1, NOW - LASTING), "edit"),
        (dated(B, 1), dated(A, 2), Past((edit(A, B),)), "follow"),
        (dated(A, 2), dated(B, 3), Past((edit(A, B),), 1), "follow"),
        (dated(B, 1), dated(A, 0), Past((edit(A, B),)), "wait"),
        (dated(B, 5), dated(A, 6), Past((edit(A, B),), 4), "wait"),
    ],
    ids=[
        "third version", "earlier one after a long time", "back", "back by two", "back with other tags",
        "back for a while", "back for good", "back, dated as an edit", "forth again", "stale copy", "dates every flip",
    ],
)  # fmt: skip
def test_back_to_an_earlier_version(stored: Article, seen: Article, past: Past, outcome: str) -> None:
    assert weigh(stored, seen, past, NOW) == outcome


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
