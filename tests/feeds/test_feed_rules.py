"""Rules that the W3C feed validator, the specifications and measured readers have names for, over every sample."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from feed_samples import CONFIG, SAMPLES, feed, reader
from lxml import etree

from feeds.catalog import catalog
from feeds.render import RENDERERS, opml

ATOM, DC, CONTENT, MEDIA = (
    "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}",
    "{http://purl.org/rss/1.0/modules/content/}", "{http://search.yahoo.com/mrss/}",
)  # fmt: skip
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
                    r"\d\d:\d\d:\d\d \+0000")  # fmt: skip
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
EVERYTHING = [article for articles in SAMPLES.values() for article in articles]


@pytest.fixture(params=SAMPLES)
def rss(request: pytest.FixtureRequest) -> etree._Element:
    channel = etree.fromstring(RENDERERS["rss"](feed(SAMPLES[request.param]))).find("channel")
    assert channel is not None
    return channel


@pytest.fixture(params=SAMPLES)
def atom(request: pytest.FixtureRequest) -> etree._Element:
    return etree.fromstring(RENDERERS["atom"](feed(SAMPLES[request.param])))


def tags(element: etree._Element) -> list[str]:
    return [str(child.tag) for child in element]


def is_absolute(address: str | None) -> bool:
    parts = urlsplit(address or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_one_declaration_no_doctype_root_within_512_bytes(format_: str) -> None:
    content = RENDERERS[format_](feed(EVERYTHING))  # type: ignore[index]
    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert b"<!DOCTYPE" not in content
    assert -1 < content.find({"rss": b"<rss", "atom": b"<feed"}[format_]) < 512


def test_channel_has_what_the_profile_asks(rss: etree._Element) -> None:
    """MissingTitle, MissingLink, MissingDescription, MissingAtomSelfLink, MissingDCLanguage."""
    for tag in ("title", "link", "description", "language", "copyright", "generator", "docs"):
        assert rss.findtext(tag), tag
    links = rss.findall(f"{ATOM}link")
    assert [(link.get("rel"), link.get("type")) for link in links] == [("self", "application/rss+xml")]
    assert links[0].get("href") == "https://kabar.example/umpan/feeds/all/news-feed.rss"


def test_image_repeats_the_channel(rss: etree._Element) -> None:
    """ImageTitleDoesntMatch, ImageLinkDoesntMatch."""
    assert rss.findtext("image/title") == rss.findtext("title")
    assert rss.findtext("image/link") == rss.findtext("link")
    assert is_absolute(rss.findtext("image/url"))


def test_item_order_and_once_only(rss: etree._Element) -> None:
    """DuplicateElement, DuplicateItemSemantics; description before content:encoded, never the second alone."""
    for item in rss.findall("item"):
        found = [tag for tag in tags(item) if tag != "category"]
        assert len(found) == len(set(found))
        assert f"{DC}date" not in found
        assert "author" not in found
        if f"{CONTENT}encoded" in found:
            assert found.index("description") < found.index(f"{CONTENT}encoded")


def test_every_item_has_guid_link_author_and_source(rss: etree._Element) -> None:
    for item in rss.findall("item"):
        guid, origin = item.find("guid"), item.find("source")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert (guid.text or "").startswith("urn:uuid:")
        assert is_absolute(item.findtext("link"))
        assert item.findtext(f"{DC}creator")
        assert origin is not None
        assert is_absolute(origin.get("url"))


def test_rss_dates_are_utc_and_whole_seconds(rss: etree._Element) -> None:
    """ProblematicalRFC822Date, IncorrectDOW."""
    for date in (*rss.iter("pubDate"), *rss.iter("lastBuildDate")):
        assert RFC822.fullmatch(date.text or ""), date.text
        assert parsedate_to_datetime(date.text or "").strftime("%a") == (date.text or "")[:3]


def test_atom_has_exactly_one_of_each(atom: etree._Element) -> None:
    for element in (atom, *atom.iter(f"{ATOM}entry"), *atom.iter(f"{ATOM}source")):
        for tag in ("id", "title", "updated"):
            assert tags(element).count(ATOM + tag) == 1, (element.tag, tag)
        for link in element.findall(f"{ATOM}link"):
            assert is_absolute(link.get("href"))


def test_atom_links_do_not_repeat(atom: etree._Element) -> None:
    """DuplicateAtomLink: one alternate per type and language; the alternate stands first."""
    for element in (atom, *atom.iter(f"{ATOM}entry"), *atom.iter(f"{ATOM}source")):
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
        assert links[0][0] == "alternate"


def test_atom_entries_have_their_own_author_and_the_source_comes_last(atom: etree._Element) -> None:
    for entry in atom.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        assert tags(entry)[-1] == f"{ATOM}source"
        title = entry.find(f"{ATOM}title")
        assert title is not None
        assert title.get("type") == "text"
        assert entry.find(f"{ATOM}content") is not None or entry.find(f"{ATOM}link") is not None


def test_atom_dates(atom: etree._Element) -> None:
    """InvalidRFC3339Date; updated is never before published."""
    for entry in atom.findall(f"{ATOM}entry"):
        published, updated = entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")
        assert RFC3339.fullmatch(published or "")
        assert RFC3339.fullmatch(updated or "")
        assert (published or "") <= (updated or "")


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_pictures_stand_directly_in_the_item(format_: str) -> None:
    """MediaGroupWithoutAlternatives; and never an enclosure, whose length nobody knows."""
    root = etree.fromstring(RENDERERS[format_](feed(EVERYTHING)))  # type: ignore[index]
    pictures = list(root.iter(f"{MEDIA}content"))
    assert len(pictures) == 2
    assert len(list(root.iter(f"{MEDIA}thumbnail"))) == 2
    for picture in pictures:
        parent = picture.getparent()
        assert parent is not None
        assert parent.tag in ("item", f"{ATOM}entry")
        assert picture.get("type", "image/jpeg") == "image/jpeg"
    assert not list(root.iter("enclosure", f"{MEDIA}group"))
    assert not [link for link in root.iter(f"{ATOM}link") if link.get("rel") == "enclosure"]


def test_ids_do_not_repeat() -> None:
    root = etree.fromstring(RENDERERS["atom"](feed(EVERYTHING)))
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == len(EVERYTHING)


def test_feed_is_as_old_as_its_newest_change() -> None:
    document = feed(SAMPLES["common"])
    assert document.updated == datetime(2026, 1, 28, 6, 0, 30, tzinfo=UTC)


def test_opml_is_what_importers_agree_on() -> None:
    """MissingXmlURL, MissingTitleAttr, InvalidOutlineType, MissingOutlineType; folders carry only text."""
    specs = catalog(reader(EVERYTHING).sources(), CONFIG)
    root = etree.fromstring(opml.render("News Feed", specs, {"source": "Sumber"}, CONFIG.base_url, "id"))
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "News Feed")
    everything, folder = root.findall("body/outline")
    assert folder.items() == [("text", "Sumber")]
    assert [outline.get("title") for outline in folder] == ["Kanwil Kemenkum Malut", "Koran R&D <Banten>"]
    for outline in (everything, *folder):
        assert outline.get("type") == "rss"
        assert outline.get("text") == outline.get("title")
        assert is_absolute(outline.get("xmlUrl"))
        assert is_absolute(outline.get("htmlUrl"))
