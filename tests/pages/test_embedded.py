"""Articles in the data of a script: which object is the page's, under which keys, and what data may cost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.models import Page
from crawler.pages.document import read
from crawler.pages.embedded import MAX_SCRIPT, MAX_VALUES, thing_in

URL = "https://pers.example/berita/lapas-serang-panen"
TITLE = "Lapas Serang Panen Sayur"
TEXT = "<p>Panen raya digelar.</p><p>Hasilnya 34 kg.</p>"
ARTICLE = {"title": TITLE, "content": TEXT, "published_at": "2026-01-28T10:00:00+07:00"}
OTHER = {"title": "Rutan Tanam Padi", "slug": "rutan-tanam-padi", "content": TEXT, "published_at": "2026-01-27"}


def script(data: str, attributes: str = 'type="application/json"') -> str:
    return f"<script {attributes}>{data}</script>"


def found(*scripts: str, url: str = URL, titles: tuple[str, ...] = (TITLE,)) -> dict[str, Any]:
    html = f"<!doctype html><html><body><div id=app></div>{''.join(scripts)}</body></html>"
    return dict(thing_in(read(Page(url=url, body=html.encode())), titles))


def of_data(data: object, **more: Any) -> dict[str, Any]:
    return found(script(json.dumps(data)), **more)


FULL = {
    "English": {
        "title": TITLE, "content": TEXT, "publishedAt": "2026-01-28", "updatedAt": "2026-01-29", "author": "Ani",
        "excerpt": "Panen", "tags": ["panen"], "category": "Daerah", "image": "/a.jpg", "caption": "Kebun",
    },
    "English, with underscores": {
        "headline": TITLE, "body_html": TEXT, "published_at": "2026-01-28", "updated_at": "2026-01-29",
        "byline": "Ani", "summary": "Panen", "keywords": ["panen"], "section": "Daerah", "cover": "/a.jpg",
        "cover_caption": "Kebun",
    },
    "Indonesian": {
        "judul": TITLE, "isi": TEXT, "tanggal": "2026-01-28", "diperbarui": "2026-01-29", "penulis": "Ani",
        "ringkasan": "Panen", "topik": ["panen"], "kategori": "Daerah", "gambar": "/a.jpg",
        "keterangan_gambar": "Kebun",
    },
    "Indonesian, other words": {
        "judul": TITLE, "isi_berita": TEXT, "tgl_terbit": "2026-01-28", "tanggal_ubah": "2026-01-29",
        "kontributor": "Ani", "ringkasan": "Panen", "topik": ["panen"], "rubrik": "Daerah", "foto": "/a.jpg",
        "keterangan_foto": "Kebun",
    },
    "WordPress": {
        "title": {"rendered": TITLE}, "content": {"rendered": TEXT, "protected": False}, "date": "2026-01-28",
        "modified": "2026-01-29", "author": {"id": 3, "name": "Ani"}, "excerpt": {"rendered": "Panen"},
        "tags": [{"id": 1, "name": "panen"}], "categories": {"nama": "Daerah"}, "featured_image": "/a.jpg",
        "caption": {"rendered": "Kebun"},
    },
}  # fmt: skip


@pytest.mark.parametrize("data", FULL.values(), ids=FULL.keys())
def test_keys_that_interfaces_use_mean_what_schema_org_says(data: dict[str, Any]) -> None:
    assert of_data(data) == {
        "@type": "Article", "headline": TITLE, "articleBody": TEXT, "datePublished": "2026-01-28",
        "dateModified": "2026-01-29", "author": "Ani", "description": "Panen", "keywords": ["panen"],
        "articleSection": "Daerah", "image": "/a.jpg", "caption": "Kebun",
    }  # fmt: skip


PLACES = {
    "alone": script(json.dumps(ARTICLE)),
    "deep": script(json.dumps({"props": {"pageProps": {"data": [{"post": ARTICLE}]}}})),
    "behind another": script(json.dumps([OTHER, ARTICLE])),
    "behind a script that is broken": script('{"title": ') + script(json.dumps(ARTICLE)),
    "with white space": script(f"\n  {json.dumps(ARTICLE)}\n "),
    "with line ends in its text": script(json.dumps(ARTICLE).replace("</p><p>", "</p>\n\t<p>")),
    "assigned": script(f"window.__STATE__ = {json.dumps(ARTICLE)};", ""),
    "assigned, with code behind": script(f"window.__STATE__={json.dumps(ARTICLE)};(function(){{}})()", ""),
    "assigned by name": script(f'window["__INITIAL_STATE__"] = {json.dumps({"post": ARTICLE})}', ""),
    "assigned to self": script(f"self.__DATA__ = {json.dumps([ARTICLE])}", ""),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_article_is_found(place: str) -> None:
    thing = found(place)
    assert thing["headline"] == TITLE
    assert thing["articleBody"].replace("\n\t", "") == TEXT


NOT_DATA = {
    "no type": script(json.dumps(ARTICLE), ""),
    "another type": script(json.dumps(ARTICLE), 'type="application/ld+json"'),
    "code": script(f"render({json.dumps(ARTICLE)})", ""),
    "a local name": script(f"var state = {json.dumps(ARTICLE)}", ""),
    "text": script(json.dumps(TITLE)),
    "a number": script("12"),
    "empty": script(""),
    "no text and no date": script(json.dumps({"title": TITLE, "author": "Ani"})),
    "a teaser without a date": script(json.dumps({"title": TITLE, "description": "Panen raya digelar."})),
    "a title that is no text": script(json.dumps({"title": {"id": 5}, "content": TEXT})),
    "another article": script(json.dumps(OTHER)),
    "many others": script(json.dumps({"latest": [OTHER] * 50})),
}


@pytest.mark.parametrize("place", NOT_DATA.values(), ids=NOT_DATA.keys())
def test_no_article_is_found(place: str) -> None:
    assert found(place) == {}


def test_teaser_is_no_text_but_the_date_beside_it_counts() -> None:
    thing = of_data({"title": TITLE, "content": "Panen raya digelar.", "date": "2026-01-28"})
    assert "articleBody" not in thing
    assert thing["datePublished"] == "2026-01-28"


@pytest.mark.parametrize(
    ("key", "value", "is_ours"),
    [
        ("slug", "lapas-serang-panen", True),
        ("slug", "Lapas-Serang-Panen", True),
        ("url", "https://pers.example/berita/lapas-serang-panen/", True),
        ("permalink", "/berita/lapas-serang-panen", True),
        ("slug", "lapas-serang-panen-2", False),
        ("slug", "", False),
        ("slug", None, False),
    ],
)
def test_object_whose_address_is_the_page_s_may_have_another_title(key: str, value: str | None, is_ours: bool) -> None:
    data = {**ARTICLE, "title": "Panen Sayur di Serang", key: value}
    assert bool(of_data(data)) == is_ours


def test_title_is_compared_without_case_and_markup() -> None:
    assert of_data({**ARTICLE, "title": "LAPAS SERANG <em>Panen</em> Sayur"})


def test_on_the_home_page_no_object_is_taken_by_its_address() -> None:
    assert of_data({**OTHER, "slug": "", "url": "/"}, url="https://pers.example/") == {}


def nuxt(values: list[Any]) -> str:
    return script(json.dumps(values), 'type="application/json" id="__NUXT_DATA__"')


@pytest.mark.parametrize(
    "holder", [["Reactive", 2], {"post-12": 2}, {"title": 11, "post": 2}], ids=["list", "object", "titled object"]
)
def test_flat_state_of_nuxt_is_put_together(holder: object) -> None:
    state = [
        ["ShallowReactive", 1], holder, {"judul": 3, "isi": 4, "penulis": 5, "tags": 7, "tanggal": 9}, TITLE, TEXT,
        {"name": 6}, "Ani", [8], {"name": 10}, "2026-01-28", "panen", "Beranda",
    ]  # fmt: skip
    thing = found(nuxt(state))
    assert (thing["headline"], thing["articleBody"], thing["author"]) == (TITLE, TEXT, "Ani")
    assert (thing["keywords"], thing["datePublished"]) == (["panen"], "2026-01-28")


@pytest.mark.parametrize(
    "state",
    [
        [{"judul": 0, "isi": 0}],
        [{"judul": 1, "isi": 2}, [1, 1], {"a": 2}],
        [{"judul": 99, "isi": -1, "tanggal": 10**9}],
        [{"judul": None, "isi": True}],
        [[0] * 300, {"judul": 0, "isi": 0}],
        [],
    ],
    ids=["itself", "circles", "nowhere", "no places", "wide circles", "empty"],
)
def test_flat_state_that_leads_nowhere_is_no_article(state: list[Any]) -> None:
    assert found(nuxt(state)) == {}


# -- what data may cost ----------------------------------------------------------------------------------------------


def padded(length: int) -> str:
    return script(json.dumps({**ARTICLE, "padding": "x" * length}))


def test_script_of_10_mb_is_not_read() -> None:
    assert found(padded(MAX_SCRIPT // 2))
    assert found(padded(10_000_000)) == {}
    assert found(padded(MAX_SCRIPT)) == {}


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_no_article(opening: str, closing: str) -> None:
    deep = script(opening * 100_000 + json.dumps(ARTICLE) + closing * 100_000)
    assert found(deep) == {}
    assert found(deep, script(json.dumps(ARTICLE))), "and costs no other script"


def test_nesting_that_people_write_is_read() -> None:
    assert found(script('{"a":' * 50 + json.dumps(ARTICLE) + "}" * 50))


def test_objects_without_end_are_not_all_looked_at() -> None:
    assert of_data([{}] * (MAX_VALUES - 10) + [ARTICLE])
    assert of_data([{}] * MAX_VALUES + [ARTICLE]) == {}


def test_bound_of_objects_is_that_of_the_page() -> None:
    crowd = script(json.dumps([{}] * MAX_VALUES))
    assert found(crowd, script(json.dumps(ARTICLE))) == {}


@pytest.mark.parametrize(
    "data", ["[1e999]", "[NaN]", '["\\ud800"]', '{"": {}}', "{" * 50, "\x00", '{"title": "\\ud800"}']
)
def test_odd_data_is_no_article(data: str) -> None:
    assert found(script(data)) == {}
