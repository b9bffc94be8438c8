"""A contributor's ten minutes: a site's address becomes a record with recordings, which a check reads again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawling import ROOT, crawl, newsfeed, record, write_home
from kit.varient import Varient
from kit.wordpress import WordPress
from loopback import Reply, Site
from pressroom import page

from crawler.models import Probed, Source, Strategy, Tried
from crawler.sources import load_sources
from crawler.sources.filler import Filler
from crawler.sources.loader import read_file
from crawler.sources.reduced import reduced
from crawler.sources.write import kind_for, name_for, record_of, slug_for
from crawler.text.urls import url_key

PLAIN = Filler(frozenset())


@pytest.fixture
def site() -> Iterator[WordPress]:
    with WordPress(6) as server:
        yield server


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """What looks like a checkout."""
    for folder in ("crawler/sources", "tests"):
        (tmp_path / "checkout" / folder).mkdir(parents=True)
    (tmp_path / "checkout" / "pyproject.toml").touch()
    return tmp_path / "checkout"


def within(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command line that runs in a folder."""
    return subprocess.run(
        [sys.executable, "-P", "-c", "from feeds.cli import main; main()", *map(str, arguments)],
        capture_output=True, text=True, timeout=120, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )  # fmt: skip


def recorded(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.json")) if path.name != "listing.json"]


# -- in the home -----------------------------------------------------------------------------------------------------


def test_address_becomes_a_record_that_crawls_and_recordings_that_check(site: WordPress, tmp_path: Path) -> None:
    done = newsfeed("sources", "add", site.url, "--slug", "warta", "--home", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    record = load_sources(tmp_path / "sources")["warta"]
    assert (record.name, record.kind, record.homepage) == ("Warta Banten", "press", f"{site.url}/")
    assert [way.type for way in record.discover[:1]] == ["wordpress"]
    folder = tmp_path / "sources" / "warta"
    titles = {json.loads(path.read_text("utf-8"))["title"] for path in recorded(folder)}
    assert len(titles) == 2
    assert titles <= set(site.truth().values())
    listing = json.loads((folder / "listing.json").read_text("utf-8"))
    assert {url_key(url) for url, _ in listing["links"]} == {url_key(url) for url in site.truth()}
    checked = newsfeed("sources", "check", "warta", "--home", tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "1 record is valid; 3 recordings, 0 fields differ.\n")
    (tmp_path / "newsfeed.toml").write_text('contact = "a@b.example"\n[sources]\ninclude = ["warta"]', "utf-8")
    assert crawl(tmp_path)["counts"] == {"warta": {"new": 6}}


def test_nothing_is_written_over_and_nothing_asked_without_force(site: WordPress, tmp_path: Path) -> None:
    newsfeed("sources", "add", site.url, "--slug", "warta", "--home", tmp_path)
    record = tmp_path / "sources" / "warta.toml"
    record.write_text(record.read_text("utf-8").replace("Warta Banten", "By Hand"), "utf-8")
    site.taken()
    again = newsfeed("sources", "add", site.url, "--slug", "lain", "--home", tmp_path)
    assert (again.returncode, site.taken()) == (2, [])
    assert "is a record of this site already, called 'warta': --force writes 'lain' beside it" in again.stderr
    forced = newsfeed("sources", "add", site.url, "--slug", "warta", "--name", "Baru", "--force", "--home", tmp_path)
    assert forced.returncode == 0
    assert load_sources(tmp_path / "sources")["warta"].name == "Baru"


MISTAKES = {
    "without scheme": (["warta.example/hukum"], "did you mean https://warta.example/hukum?"),
    "scheme mistyped": (["htp://warta.example"], "did you mean https://warta.example/?"),
    "no address": (["warta"], "give a whole one, such as"),
    "slug of a packaged record": (["{site}/lain/", "--slug", "detik"], "calls another site 'detik' already"),
    "site of a packaged record": (["http://www.haijakarta.id", "--slug", "lain"], "already, called 'haijakarta'"),
    "slug that is none": (["{site}", "--slug", "A b"], "must be made of lower-case letters"),
    "no checkout": (["{site}", "--checkout"], "change into one first"),
    "outside without contact": (["https://warta.example/"], "contact is empty"),
}


@pytest.mark.parametrize(("arguments", "says"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_ask_nothing(arguments: list[str], says: str, site: WordPress, tmp_path: Path) -> None:
    filled = [argument.format(site=site.url) for argument in arguments]
    done = within(tmp_path, "sources", "add", *filled, "--home", tmp_path)
    assert (done.returncode, site.taken()) == (2, [])
    assert says in done.stderr
    assert not (tmp_path / "sources").exists()


def test_site_without_articles_leaves_no_file(tmp_path: Path) -> None:
    with Site({"/": "<html><body><p>Segera hadir</p></body></html>"}) as empty:
        done = newsfeed("sources", "add", empty.url, "--home", tmp_path)
    assert done.returncode == 1
    assert "no way to articles was found" in done.stderr
    assert not (tmp_path / "sources").exists()


def test_article_in_place_of_the_home_page_leaves_no_file(site: WordPress, tmp_path: Path) -> None:
    done = newsfeed("sources", "add", next(iter(site.truth())), "--home", tmp_path)
    assert (done.returncode, done.stdout.count("best:")) == (1, 0)
    assert f"give its home page, perhaps {site.url}/" in done.stderr
    assert not (tmp_path / "sources").exists()


def test_section_that_its_sitemap_names_is_no_article(tmp_path: Path) -> None:
    with Varient(8) as site:
        done = newsfeed("sources", "add", f"{site.url}/berita-utama", "--slug", "warta", "--home", tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert load_sources(tmp_path / "sources")["warta"].homepage == f"{site.url}/berita-utama"


KINDS = {"press": "immigration, law and human rights: 2 of these 2 articles.", "official": None}


@pytest.mark.parametrize(("kind", "says"), KINDS.items())
def test_filter_of_the_press_is_told(kind: str, says: str | None, site: WordPress, tmp_path: Path) -> None:
    done = newsfeed("sources", "add", site.url, "--slug", "warta", "--kind", kind, "--home", tmp_path)
    assert done.returncode == 0
    assert ("immigration" in done.stdout) == (says is not None)
    assert (says or "") in done.stdout


# -- probe and explain -----------------------------------------------------------------------------------------------


def test_probe_reaches_this_machine_without_a_record(site: WordPress, tmp_path: Path) -> None:
    done = newsfeed("sources", "probe", site.url, "--home", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"best: wordpress {site.url}/wp-json/" in done.stdout


def test_probe_without_a_way_says_why_and_fails(tmp_path: Path) -> None:
    with Site({"/": Reply("x", status=403)}) as shut:
        done = newsfeed("sources", "probe", shut.url, "--home", tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[1:] == ["1 request. The home page gave no answer: HTTP 403 (refuses us)."]


PROBED = {
    "warta.example": "did you mean https://warta.example/?",
    "http//warta.example": "did you mean https://warta.example/?",
    "detikk": "did you mean detik",
}


@pytest.mark.parametrize(("where", "says"), PROBED.items())
def test_probe_tells_a_mistyped_address_from_a_mistyped_slug(where: str, says: str, tmp_path: Path) -> None:
    done = newsfeed("sources", "probe", where, "--home", tmp_path)
    assert (done.returncode, says in done.stderr) == (2, True)


def test_explain_before_the_first_crawl_names_the_ways_of_the_record(site: WordPress, tmp_path: Path) -> None:
    write_home(tmp_path, [record("warta", site.url, {"type": "feed", "url": f"{site.url}/feed/"})])
    done = newsfeed("sources", "explain", "warta", "--home", tmp_path)
    assert done.stdout.splitlines()[0].startswith("No crawl has probed warta yet. Its record names ways")
    assert done.stdout.splitlines()[1:] == [f"feed {site.url}/feed/"]


# -- check -----------------------------------------------------------------------------------------------------------


def test_difference_is_told_field_by_field(site: WordPress, tmp_path: Path) -> None:
    newsfeed("sources", "add", site.url, "--slug", "warta", "--home", tmp_path)
    folder = tmp_path / "sources" / "warta"
    path = recorded(folder)[0]
    said = json.loads(path.read_text("utf-8"))
    title, first = said["title"], said["paragraphs"][0]
    path.write_text(json.dumps({**said, "title": "Lain", "paragraphs": ["Lain", *said["paragraphs"][1:]]}), "utf-8")
    (folder / "listing.answer").write_bytes(b"[]")
    done = newsfeed("sources", "check", "--home", tmp_path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert f'warta {path.stem} title: reads {json.dumps(title)}, recorded "Lain"' in lines
    assert f'warta {path.stem} paragraphs 1: reads {json.dumps(first, ensure_ascii=False)}, recorded "Lain"' in lines
    assert [line for line in lines if line.startswith("warta listing ")]


def test_record_that_became_invalid_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "x.toml").write_text('[[source]]\nslug = "x"\nkind = "blog"\n', "utf-8")
    done = newsfeed("sources", "check", "--home", tmp_path)
    assert done.returncode == 2
    assert "x.toml:3: " in done.stderr


def test_live_tells_which_way_answers(site: WordPress, tmp_path: Path) -> None:
    newsfeed("sources", "add", site.url, "--slug", "warta", "--home", tmp_path)
    record = tmp_path / "sources" / "warta.toml"
    quick = record.read_text("utf-8").replace("allow_private = true", "allow_private = true\ndelay = 0")
    record.write_text(quick, "utf-8")
    works = newsfeed("sources", "check", "warta", "--live", "--home", tmp_path)
    assert works.returncode == 0
    assert f"warta: wordpress {site.url}/wp-json/ answers; it is way 1 of its record." in works.stdout
    site.close_rest()
    later = newsfeed("sources", "check", "warta", "--live", "--home", tmp_path)
    assert f"warta: feed {site.url}/feed/ answers; it is way 3 of its record." in later.stdout


# -- in a checkout ---------------------------------------------------------------------------------------------------


def test_checkout_gets_markup_without_anyones_text(site: WordPress, workshop: Path) -> None:
    added = within(workshop, "sources", "add", site.url, "--slug", "warta", "--checkout", "--home", workshop / "home")
    assert (added.returncode, added.stderr) == (0, "")
    assert load_sources(workshop / "crawler" / "sources")["warta"].name == "Warta Banten"
    folder = workshop / "tests" / "sources" / "warta"
    address, title = next(iter(site.truth().items()))
    shutil.copytree(workshop / "crawler" / "sources", workshop / "home" / "sources")
    again = within(workshop, "sources", "record", address, "--checkout", "--force", "--home", workshop / "home")
    assert again.returncode == 0, again.stderr
    kept = [path.read_text("utf-8") for path in workshop.joinpath("tests").rglob("*") if path.is_file()]
    assert len(kept) >= 6
    for words in (title, *site.desk.readable()[0].paragraphs, "Dewi", "Raka"):
        assert not [text for text in kept if words in text]
    checked = within(workshop, "sources", "check", "--home", workshop / "home")
    assert (checked.returncode, "0 fields differ" in checked.stdout) == (0, True)
    assert recorded(folder)


# -- pure ------------------------------------------------------------------------------------------------------------

SHAPES = {
    "letters keep case and length": ("Panen LELE di lapas", r"[A-Z][a-z]{4} [A-Z]{4} [a-z]{2} [a-z]{5}"),
    "digits stay in dates alone": ("Rabu (28/1/2026) 12 orang", r"Rabu \(28/1/2026\) 00 [a-z]{5}"),
    "a day with its month and clock": ("28 Januari 2026 08:30 WIB", r"28 Januari 2026 08:30 WIB"),
    "a clock with a dot": ("2 Januari 2026 pukul 09.10", r"2 Januari 2026 pukul 09\.10"),
    "a dot after a date": ("2/1/2026 09.10 dibaca 12.34", r"2/1/2026 09\.10 dibaca 00\.00"),
    "labels stay": ("Penulis: Ani Contoh", r"Penulis: [A-Z][a-z]{2} [A-Z][a-z]{5}"),
    "entities stay": ("Panen &#038; Pesta", r"[A-Z][a-z]{4} &#038; [A-Z][a-z]{4}"),
    "number of a page": (" 3 ", " 3 "),
}


@pytest.mark.parametrize(("text", "shape"), SHAPES.values(), ids=SHAPES)
def test_words_become_filler_of_their_shape(text: str, shape: str) -> None:
    assert re.fullmatch(shape, PLAIN.text(text))
    assert not {"Panen", "Ani", "orang"} & set(PLAIN.text(text).split())


ADDRESSES = {
    "/wp-content/uploads/2026/01/a.jpg": "/wp-content/uploads/2026/01/a.jpg",
    "https://a.example/berita/page/2/?p=41": "https://a.example/berita/page/2/?p=41",
    "mailto:ani@a.example": "mailto:",
    "https://a.example/lapas-panen-lele-12.html": f"https://a.example/{PLAIN.text('lapas-panen-lele-')}12.html",
    "/author/ani/": f"/author/{PLAIN.text('ani')}/",
}


@pytest.mark.parametrize(("url", "shape"), ADDRESSES.items(), ids=ADDRESSES)
def test_addresses_keep_their_shape(url: str, shape: str) -> None:
    assert PLAIN.url(url) == shape


DOCUMENTS = {
    "attributes": ('<time class="x" datetime="2026-01-02" onclick="go()">Rahasia</time>', ['class="x"', "2026-01-02"]),
    "json-ld": (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Rahasia"}</script>', ["NewsArticle"]
    ),
    "script": ("<script>var a='Rahasia'</script><p>", ["<script></script><p>"]),
    "comment": ("<b><!-- Rahasia -->", ["<b>"]),
    "metadata": (
        '<meta property="article:published_time" content="2026-01-02T03:04:05+07:00"><meta content="Rahasia b">',
        ["2026-01-02T03:04:05+07:00"],
    ),
    "feed": (
        ('<?xml version="1.0"?><rss><item><title>Rahasia</title><pubDate>Wed, 28 Jan 2026 01:00:00 +0000</pubDate>'
         "<description><![CDATA[<p>Rahasia</p>]]></description></item></rss>"),
        ["<pubDate>Wed, 28 Jan 2026 01:00:00 +0000</pubDate>", "&lt;p&gt;"],
    ),
    "REST": ('[{"status":"publish","title":{"rendered":"Rahasia"}}]', ['"status": "publish"']),
}  # fmt: skip


@pytest.mark.parametrize(("document", "holds"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_reduced_document_holds_its_markup_and_no_text(document: str, holds: list[str]) -> None:
    told = reduced(document, [])
    assert [part for part in holds if part not in told] == []
    assert "Rahasia" not in told
    assert "Rahasia" in reduced(document, ["Rahasia"]) or document.startswith(("<script>", "<b>"))


SLUGS = {
    "https://www.warta.co.id/": ("warta", "press"),
    "https://warta.example/hukum/": ("warta-hukum", "press"),
    "https://malut.kemenkum.go.id/": ("malut-kemenkum", "official"),
}


@pytest.mark.parametrize(("homepage", "expected"), SLUGS.items(), ids=SLUGS)
def test_slug_and_kind_come_from_the_address(homepage: str, expected: tuple[str, str]) -> None:
    assert (slug_for(homepage), kind_for(homepage)) == expected


NAMES = {
    "stated": (page("https://a.example", 1), "Warta"),
    "title": ("<title>Beranda - Lapas\n Serang | Resmi</title>", "Lapas Serang"),
    "host": ("<p>x", "a.example"),
}


@pytest.mark.parametrize(("markup", "name"), NAMES.values(), ids=NAMES)
def test_name_is_what_the_site_calls_itself(markup: str, name: str) -> None:
    assert name_for([markup], "https://www.a.example/") == name


def test_record_of_hostile_words_loads_again(tmp_path: Path) -> None:
    name = 'A "b" \\ \x7f\x1b[2J é'
    way = Strategy("listing", "https://a.example/berita", links='a[rel="x"]', paging="start", step=7)
    source = Source(
        "a", name_for([f"<title>{name.replace(chr(34), '&quot;')}</title>"], ""), "press", "https://a.example/"
    )
    found = Probed("a", (way, way), (Tried(way, 3, 4, "a\nb = 1"),), 5)
    path = tmp_path / "a.toml"
    path.write_text(record_of(source, found, datetime(2026, 1, 2, tzinfo=UTC)), "utf-8")
    ((_, read),) = read_file(path)
    assert (read.discover, read.homepage) == ((way,), "https://a.example/")
    assert read.name.startswith('A "b" \\')
    assert read.name.isprintable()
