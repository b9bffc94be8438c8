"""What a subscriber gets of an article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from feed_samples import CONFIG, KANWIL, NOON, PERS, article, feed, source
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Image
from crawler.storage.reading import StoredArticle, StoredSource
from feeds.entry import Entry, attribution, entry_of, feed_id
from feeds.excerpt import LIMIT, excerpt
from feeds.inert import is_inert

LONG = "<p>" + "Kalimat ini panjangnya empat puluh huruf. " * 30 + "RAHASIA.</p>"


def entry(given: StoredArticle, origin: StoredSource = KANWIL) -> Entry:
    return entry_of(given, origin, attribution(origin, CONFIG))


def test_full_text_where_the_record_allows_it() -> None:
    whole, part = entry(article(1, body_html=LONG)), entry(article(1, body_html=LONG), PERS)
    assert whole.content == LONG
    assert part.content is None
    assert whole.summary == part.summary == ("Kalimat ini panjangnya empat puluh huruf. " * 9).strip()


def test_the_publishers_own_summary_comes_first_but_is_no_way_round_the_excerpt() -> None:
    assert entry(article(1, summary="Ringkasnya begini."), PERS).summary == "Ringkasnya begini."
    assert len(entry(article(1, summary="Kalimat panjang sekali. " * 200), PERS).summary or "") <= LIMIT


def test_a_short_text_that_may_not_be_shown_whole_is_not() -> None:
    body = "<p>" + "Kalimat ini panjangnya empat puluh huruf. " * 7 + "</p>"
    assert entry(article(1, body_html=body), PERS).summary == ("Kalimat ini panjangnya empat puluh huruf. " * 3).strip()
    assert entry(article(1, body_html=body)).summary == ("Kalimat ini panjangnya empat puluh huruf. " * 7).strip()


@pytest.mark.parametrize(
    ("author", "expected"),
    [("Siti Aminah", "Siti Aminah"), (None, "Kanwil Kemenkum Malut"), ("", "Kanwil Kemenkum Malut")],
)
def test_every_entry_has_an_author(author: str | None, expected: str) -> None:
    assert entry(article(1, author=author)).author == expected


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (NOON, None, NOON),
        (NOON, NOON + timedelta(hours=3), NOON + timedelta(hours=3)),
        (NOON, NOON - timedelta(hours=3), NOON),
        (NOON.replace(microsecond=999_999), None, NOON),
        (NOON.astimezone(timezone(timedelta(hours=9))), None, NOON),
    ],
    ids=["never edited", "edited", "edited before it was published", "fraction", "another zone"],
)
def test_dates(published: datetime, updated: datetime | None, expected: datetime) -> None:
    made = entry(article(1, published=published, updated=updated))
    assert made.published == NOON
    assert made.updated == expected
    assert made.updated.tzinfo is UTC


@pytest.mark.parametrize(
    ("address", "type_"),
    [
        ("https://a.example/x.jpg", "image/jpeg"),
        ("https://a.example/x.JPEG?w=300", "image/jpeg"),
        ("https://a.example/x.webp", "image/webp"),
        ("https://a.example/foto.php?id=1", None),
        ("https://a.example/x.svg", None),
    ],
)
def test_picture_types(address: str, type_: str | None) -> None:
    picture = entry(article(1, images=(Image("data:image/gif;base64,R0lGODlhAQABAA"), Image(address)))).picture
    assert picture is not None
    assert (picture.url, picture.type) == (address, type_)


def test_categories_without_repetition() -> None:
    made = entry(article(1, categories=("Berita", "UMKM"), tags=("umkm", "Merek", " ")))
    assert made.categories == ("Berita", "UMKM", "Merek")


@pytest.mark.parametrize(
    "body",
    [
        "<p>a</p><script>alert(1)</script>",
        '<p onclick="alert(1)">a</p>',
        '<a href="javascript:alert(1)">a</a>',
        '<a href=" java&#10;script:alert(1)">a</a>',
        '<img src="data:image/svg+xml,x">',
        '<img src="/relative.jpg">',
        '<p style="position:fixed">a</p>',
        '<iframe src="https://a.example/"></iframe>',
        "<svg><p>a</p></svg>",
        "<form><p>a</p></form>",
        "<p>a<!-- b --></p>",
    ],
)
def test_a_body_that_could_act_is_not_published(body: str) -> None:
    assert not is_inert(body)
    made = entry(article(1, body_html=body, summary="Ringkasan."))
    assert made.content is None
    assert made.summary == "Ringkasan."


@pytest.mark.parametrize(
    "body",
    [
        "teks saja",
        '<p><a href="https://a.example/?a=1&amp;b=2" title="t">b</a> <img src="http://a.example/x.jpg" alt="on a"></p>',
        "<p>onclick=alert(1) javascript: &lt;script&gt;</p>",
        '<table><tbody><tr><td colspan="2">1 &lt; 2</td></tr></tbody></table><blockquote>a</blockquote>',
        '<a href="mailto:humas@a.example">tulis</a>',
    ],
)
def test_an_honest_body_is(body: str) -> None:
    assert entry(article(1, body_html=body)).content == body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pendek.", "Pendek."),
        ("Satu kalimat. Dua kalimat. Tiga.", "Satu kalimat. Dua kalimat."),
        ("Menurut Dr. Ahmad hal itu benar. Sudah.", "Menurut Dr. Ahmad hal itu…"),
        ("Ia berkata, “Selesai.” Lalu pulang ke rumah.", "Ia berkata, “Selesai.”"),
        ("Satukalimattanpaspasiyangsangatpanjangsekali", "Satukalimattanpaspasiyangsang…"),
        ("Satu kalimat, tanpa titik yang panjang sekali", "Satu kalimat, tanpa titik…"),
    ],
    ids=["whole", "sentences", "abbreviation", "quotation", "one word", "one sentence"],
)
def test_excerpts_end_where_sentences_do(text: str, expected: str) -> None:
    assert excerpt(text, 30) == expected


@given(st.text(max_size=900), st.integers(10, 400))
def test_an_excerpt_is_never_longer_than_it_may_be(text: str, limit: int) -> None:
    made = excerpt(text, limit)
    assert len(made) <= limit
    assert text.startswith(made.removesuffix("…")) or made == text


def test_feed_ids_do_not_depend_on_scheme_and_port() -> None:
    path = "feeds/all/news-feed"
    assert feed_id(path, "http://kabar.example:8080/") == feed_id(path, "https://kabar.example/")
    assert feed_id(path, "https://lain.example/") != feed_id(path, "https://kabar.example/")
    assert feed_id("feeds/source/a", "https://kabar.example/") != feed_id(path, "https://kabar.example/")


def test_a_feed_and_the_attribution_to_it_have_one_id() -> None:
    origin = attribution(source("kanwil"), CONFIG)
    assert origin.feed_id == feed_id("feeds/source/kanwil", CONFIG.base_url)
    assert origin.addresses["rss"] == "https://kabar.example/umpan/feeds/source/kanwil.rss"


def test_an_empty_feed_has_a_time() -> None:
    assert feed([]).updated == datetime(1970, 1, 1, tzinfo=UTC)
