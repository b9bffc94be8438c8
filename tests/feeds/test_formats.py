"""Each format against golden files, against the others, and against any text a site may send."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from feed_samples import BARE, COMMON, HOSTILE, MICROBLOG, SAMPLES, article, feed, golden
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.catalog import Format
from feeds.render import RENDERERS
from feeds.render.elements import legal

GOLDEN = Path(__file__).parent / "samples"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


def told(format_: Format, content: bytes) -> list[tuple[str, str, str, str, str]]:
    """Id, title, link and both dates of each entry, as a reader has them."""
    if format_ == "json":
        return [
            (item["id"], item["title"], item["url"], item["date_published"], item["date_modified"])
            for item in json.loads(content)["items"]
        ]
    parsed = feedparser.parse(content)
    assert not parsed.bozo
    return [(e.id, e.title, e.link, stamp(e.published_parsed), stamp(e.updated_parsed)) for e in parsed.entries]


def stamp(parsed: tuple[int, ...]) -> str:
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6])


@pytest.mark.parametrize("format_", RENDERERS)
@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name: str, format_: Format) -> None:
    """One neutral sample, one file a format. `python tests/feeds/regenerate.py` writes them; read the difference."""
    content = RENDERERS[format_](feed(SAMPLES[name]))
    assert golden(content) == (GOLDEN / f"{name}.{format_}").read_bytes()


@pytest.mark.parametrize("name", SAMPLES)
def test_all_formats_tell_the_same(name: str) -> None:
    document = feed(SAMPLES[name])
    rss, atom, json_feed = (told(format_, render(document)) for format_, render in RENDERERS.items())
    assert rss == atom == json_feed
    assert len(rss) == len(SAMPLES[name])


@given(title=ANY_TEXT, body=ANY_TEXT, name=ANY_TEXT)
def test_any_text_is_well_formed_and_comes_back(title: str, body: str, name: str) -> None:
    document = feed([article(1, title=title, summary=body, body_html=body, author=name, tags=(name,))])
    entry = document.entries[0]
    rss = etree.fromstring(RENDERERS["rss"](document)).find("channel/item")
    atom = etree.fromstring(RENDERERS["atom"](document)).find(f"{ATOM}entry")
    item = json.loads(RENDERERS["json"](document))["items"][0]
    assert rss is not None
    assert atom is not None
    assert (rss.findtext("title") or "") == (atom.findtext(f"{ATOM}title") or "") == item["title"] == legal(entry.title)
    assert (atom.findtext(f"{ATOM}author/{ATOM}name") or "") == item["authors"][0]["name"] == legal(entry.author)
    assert (atom.findtext(f"{ATOM}summary") or "") == item.get("summary", "") == legal(entry.summary or "")
    assert rss.findtext(f"{CONTENT}encoded") == atom.findtext(f"{ATOM}content") == item.get("content_html")


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_markup_in_a_title_is_text(format_: Format) -> None:
    entry = feedparser.parse(RENDERERS[format_](feed([article(1, title="Cara pakai <b> & AT&amp;T")]))).entries[0]
    assert entry.title == "Cara pakai <b> & AT&amp;T"


@pytest.mark.parametrize("format_", RENDERERS)
def test_an_excerpt_source_never_gives_its_text(format_: Format) -> None:
    assert b"RAHASIA" not in RENDERERS[format_](feed(SAMPLES["common"]))


def test_content_reaches_a_reader_whole() -> None:
    document = feed([COMMON])
    rss, atom = (
        feedparser.parse(render(document), sanitize_html=False, resolve_relative_uris=False).entries[0]
        for render in (RENDERERS["rss"], RENDERERS["atom"])
    )
    assert rss.content[0].value == atom.content[0].value == COMMON.body_html
    assert rss.summary == atom.summary == COMMON.summary
    assert rss.author == atom.author == "Humas Kanwil Malut"
    assert (
        [tag.term for tag in rss.tags] == [tag.term for tag in atom.tags] == ["Kekayaan Intelektual", "merek", "UMKM"]
    )
    assert rss.media_thumbnail == atom.media_thumbnail == [{"url": "https://kanwil.example/a.jpg"}]
    assert not rss.enclosures
    assert not atom.enclosures


def test_json_has_no_null_and_only_known_keys() -> None:
    known_feed = {
        "version", "title", "home_page_url", "feed_url", "description", "icon", "favicon", "language",
        "items", "_newsfeed",
    }  # fmt: skip
    known_item = {
        "id", "url", "title", "summary", "content_html", "content_text", "image", "date_published", "date_modified",
        "authors", "tags", "language", "_newsfeed",
    }  # fmt: skip
    for articles in SAMPLES.values():
        content = RENDERERS["json"](feed(articles))
        document = json.loads(content)
        assert next(iter(document)) == "version"
        assert b": null" not in content
        assert set(document) == known_feed
        for item in document["items"]:
            assert set(item) <= known_item
            assert ("content_html" in item) != ("content_text" in item)


def test_a_date_known_by_its_day_says_so() -> None:
    item = json.loads(RENDERERS["json"](feed(SAMPLES["by-day"])))["items"][0]
    assert item["_newsfeed"]["published_precision"] == "day"
    assert item["_newsfeed"]["source"] == {
        "name": "Kanwil Kemenkum Malut",
        "home_page_url": "https://kanwil.example/",
        "feed_url": "https://kabar.example/umpan/feeds/source/kanwil.json",
    }


def test_an_article_without_title_is_called_by_how_it_begins() -> None:
    titles = [entry.title for entry in feed([MICROBLOG, BARE]).entries]
    assert titles == ["Tanpa isi", "Layanan paspor hari ini tutup pukul 12.00 WIT."]


def test_hostile_text_runs_nowhere() -> None:
    for render in RENDERERS.values():
        assert b"<script>alert" not in render(feed([HOSTILE])).replace(
            b'"summary": "Ringkasan ]]> &amp; <script>alert', b""
        )
