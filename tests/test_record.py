"""`newsfeed sources record`: the pair that it writes holds the page's bytes and what is read from them again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from crawling import newsfeed, record, write_home
from loopback import Reply, Site
from pressroom import page

from crawler.extraction import extract_page
from crawler.models import Article, Image, Page, Related, Source
from crawler.sources.fixture import expectation, file_name, recording, slug_of

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
MOSTLY = {"slug": "uji", "name": "", "kind": "press", "homepage": ""}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        server.routes["/berita-1/"] = page(server.url, 1)
        yield server


@pytest.fixture
def home(tmp_path: Path, site: Site) -> Path:
    """A home with a source on loopback, in Jayapura's zone."""
    write_home(tmp_path, [record("warta", site.url, zone="Asia/Jayapura")])
    return tmp_path


def read_again(html: Path, *parts: tuple[str, Path]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a recorded pair says, and what its page says today."""
    said: dict[str, Any] = json.loads(html.with_suffix(".json").read_text("utf-8"))
    source = Source(**{**MOSTLY, **said.get("source", {})})
    further = tuple(Page(url, path.read_bytes()) for url, path in parts)
    article = extract_page(Page(said["url"], html.read_bytes(), parts=further), source, NOW)
    return said, json.loads(json.dumps(expectation(article, source)))


def test_pair_is_written_once_and_reads_the_same_again(home: Path, site: Site) -> None:
    folder = home / "sources" / "warta"
    first = newsfeed("sources", "record", f"{site.url}/berita-1/", "--home", home)
    html, expected = folder / "berita-1.html", folder / "berita-1.json"
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines()[:2] == [str(html), str(expected)]
    assert "Check berita-1.json by hand" in first.stdout
    assert html.read_bytes() == page(site.url, 1).encode()
    said, again = read_again(html)
    assert said == again
    assert said["source"] == {"name": "Warta", "zone": "Asia/Jayapura"}
    assert (said["author"], said["event_date"]) == ("Ani Contoh", "2026-01-28")

    expected.write_text("corrected by hand", encoding="utf-8")
    second = newsfeed("sources", "record", f"{site.url}/berita-1/", "--home", home)
    assert second.returncode == 2
    assert "--force" in second.stderr
    assert expected.read_text(encoding="utf-8") == "corrected by hand"
    forced = newsfeed("sources", "record", f"{site.url}/berita-1/", "--force", "--home", home)
    assert forced.returncode == 0
    assert json.loads(expected.read_text("utf-8")) == said


def test_further_pages_are_kept_beside_the_first(home: Path, site: Site, tmp_path: Path) -> None:
    def numbered(number: int) -> str:
        other = f'<a href="/berita-1/{3 - number}/">{3 - number}</a>'
        return page(site.url, 1, f" Bagian {number}.").replace("</article>", f"{other}</article>")

    # The header is not kept, so what is written down must not depend on it.
    mislabelled = Reply(numbered(1), headers={"Content-Type": "text/html; charset=koi8-r"})
    site.routes |= {"/berita-1/": mislabelled, "/berita-1/2/": numbered(2)}
    done = newsfeed("sources", "record", f"{site.url}/berita-1/", "--into", tmp_path / "kept", "--home", home)
    assert done.returncode == 0, done.stderr
    html, second = tmp_path / "kept" / "berita-1.html", tmp_path / "kept" / "berita-1-2.html"
    assert second.read_bytes() == numbered(2).encode()
    said, again = read_again(html, (f"{site.url}/berita-1/2/", second))
    assert said == again
    assert "Bagian 2." in " ".join(said["paragraphs"])


def test_saved_page_of_an_unknown_host_gets_a_folder_of_its_own(home: Path, site: Site) -> None:
    (home / "page.html").write_text(page("https://kabar.example", 1), encoding="utf-8")
    for options, place in (([], "kabar-example"), (["--source", "warta"], "warta")):
        done = newsfeed("sources", "record", home / "page.html", *options, "--home", home)
        assert done.returncode == 0, done.stderr
        said, again = read_again(home / "sources" / place / "berita-1.html")
        assert said == again
    assert site.asked == []


def test_page_that_is_no_article_leaves_no_file(home: Path, site: Site) -> None:
    site.routes["/kosong/"] = "<html><body class='single'><h1>Judul Berita</h1></body></html>"
    done = newsfeed("sources", "record", f"{site.url}/kosong/", "--home", home)
    assert done.returncode == 1
    assert not (home / "sources" / "warta").exists()


def test_fields_are_written_as_tests_of_pages_read_them() -> None:
    article = Article(
        url="https://warta.example/x/",
        canonical_url="https://warta.example/x/",
        title="Judul",
        paragraphs=("Satu", "Dua"),
        body_html="<p>Satu</p>",
        published=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        images=(Image("https://warta.example/a.jpg", "Aula", "Humas"),),
        related=(Related("Lain"),),
    )
    source = Source(slug="warta", name="", kind="press", homepage="", selectors={"body": ".isi"})
    told = expectation(article, source)
    assert list(told)[:2] == ["url", "source"]
    assert told["source"] == {"selectors": {"body": ".isi"}}
    assert not {"body_html", "provenance"} & set(told)
    assert told["paragraphs"] == ["Satu", "Dua"]
    assert told["published"] == "2026-01-02T03:04:00+00:00"
    assert told["images"] == [["https://warta.example/a.jpg", "Aula"]]
    assert told["related"] == [["Lain", None]]
    assert list(recording(Page(article.url, b"<p>"), article, source)) == ["x.html", "x.json"]


NAMES = {
    "https://a.example/2026/01/lapas-panen-lele/": "lapas-panen-lele",
    "https://a.example/berita/Lapas%20Panen.html": "lapas-20panen",
    "https://a.example/berita.php?id=812": "berita-id-812",
    "https://a.example/?p=41": "p-41",
    "https://a.example/" + "x" * 300: "x" * 80,
    "https://a.example/../..": "page",
    "https://a.example/新聞/": "page",
}


@pytest.mark.parametrize(("url", "name"), NAMES.items(), ids=NAMES.values())
def test_name_of_the_files_comes_from_the_address(url: str, name: str) -> None:
    assert file_name(url) == name


def test_name_of_the_folder_is_a_slug() -> None:
    assert [slug_of(name) for name in ("warta.example", "ditjenpas", "::1")] == ["warta-example", "ditjenpas", "1"]
