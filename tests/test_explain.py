"""`newsfeed explain` as whoever wonders about an article meets it: what was taken, from where, what lost and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from crawling import newsfeed, record, write_home
from loopback import Reply, Site
from pressroom import page, title

from crawler.models import Article, Facts, Loser, Source
from feeds.commands.reasons import as_json, print_columns, print_lines, rows_of

BYLINE = """<a class="url fn n" href="/author/ani/">Ani
Contoh</a>"""
RELATED = "</p><p>Baca Juga: <a href='/lain/'>Rutan Lain Panen Lele</a></p><p>Kegiatan ditutup dengan doa bersama."
STRANGER = """<script type="application/ld+json">
{"@type": "NewsArticle", "headline": "\\u001b[2J[red]Berita lain[/red]", "url": "https://lain.example/x/",
"author": {"name": "Orang Lain"}, "datePublished": "2020-01-01"}</script>"""


def tricky(site: str) -> str:
    """An article with an empty byline, an account's name, data of another article and a related line."""
    markup = page(site, 1, RELATED).replace(BYLINE, "")
    assert "Ani" not in markup
    return markup.replace("</head>", f'<meta name="author" content="admin">{STRANGER}</head>')


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        server.routes["/berita-1/"] = tricky(server.url)
        yield server


@pytest.fixture
def home(tmp_path: Path, site: Site) -> Path:
    """A home with one source on loopback."""
    write_home(tmp_path, [record("warta", site.url)])
    return tmp_path


def test_every_field_is_told_with_its_origin_and_what_lost(home: Path, site: Site) -> None:
    done = newsfeed("explain", f"{site.url}/berita-1/", "--home", home)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == f"source: warta ({home / 'sources' / 'test.toml'})"
    assert f"title: {title(1)} [heading]" in lines
    assert lines[lines.index("author: none") + 1].startswith('  not "admin" [meta]: ')
    assert "published: 2026-01-02 01:00:00 UTC [time]" in lines
    assert f"related: Rutan Lain Panen Lele ({site.url}/lain/) [text]" in lines
    assert "paragraphs: 3 in all [family]" in lines
    assert [line for line in lines if "Berita lain" in line and line.endswith("headline of this page")]
    assert "\x1b" not in done.stdout


def test_units_places_and_topics_are_told_with_their_words(home: Path) -> None:
    html = """<html><head><title>Lapas Serang Panen Lele</title></head><body><article><h1>Lapas Serang Panen Lele</h1>
        <p>SERANG – Lapas Kelas IIA Serang memanen lele bersama Lapas Tangerang pada pagi hari di kolam belakang.</p>
        </article></body></html>"""
    (home / "page.html").write_text(html, "utf-8")
    where = ("explain", home / "page.html", "--url", "https://press.example/a", "--home", home)
    lines = newsfeed(*where).stdout.splitlines()
    assert "province: Banten" in lines
    assert "units: Lapas Kelas IIA Serang [subject, 1] title: Lapas Serang, 2 times" in lines
    assert [line for line in lines if line.startswith("topics: Kemandirian, ") and "title: Panen" in line]
    assert [line for line in lines if line.startswith("unresolved: Lapas Tangerang: may be ")]
    facts = json.loads(newsfeed(*where, "--json").stdout)["facts"]
    assert [(unit["id"], unit["role"]) for unit in facts["units"]] == [("lapas-serang", "subject")]
    assert facts["province"] == "Banten"


def test_page_is_asked_for_once_and_nothing_is_stored(home: Path, site: Site) -> None:
    before = sorted(home.rglob("*"))
    newsfeed("explain", f"{site.url}/berita-1/?utm_source=x", "--home", home)
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/berita-1/"]
    assert sorted(home.rglob("*")) == before


def test_saved_page_tells_its_own_address_and_the_object_is_whole(home: Path, site: Site) -> None:
    (home / "page.html").write_text(tricky(site.url), encoding="utf-8")
    done = newsfeed("explain", home / "page.html", "--json", "--home", home)
    told: dict[str, Any] = json.loads(done.stdout)
    fields = told["fields"]
    assert told["source"] == {
        "slug": "warta",
        "name": "Warta",
        "record": str(home / "sources" / "test.toml"),
        "filter": "none",
    }
    assert set(fields) == set(Article.__dataclass_fields__) - {"provenance"}
    assert {tuple(field) for field in fields.values()} == {("value", "origin", "losers")}
    assert fields["url"]["value"] == f"{site.url}/berita-1/"
    assert fields["published"]["value"] == "2026-01-02T01:00:00+00:00"
    assert fields["related"]["value"] == [{"title": "Rutan Lain Panen Lele", "url": f"{site.url}/lain/"}]
    assert (fields["author"]["value"], fields["author"]["origin"]) == (None, None)
    assert [(lost["value"], lost["origin"]) for lost in fields["author"]["losers"]] == [("admin", "meta")]
    assert {one["from"] for one in told["left_out"]} == {"body", "json-ld"}
    assert {tuple(one) for one in told["left_out"]} == {("from", "value", "origin", "reason")}
    assert site.asked == []


def numbered(site: Site, number: int) -> str:
    links = "".join(f'<a class="post-page-numbers" href="/berita-2/{n}/">{n}</a>' for n in (1, 2, 3) if n != number)
    return page(site.url, 2, f" Bagian {number}.").replace("</article>", f"{links}</article>")


def test_further_pages_are_read_and_one_that_is_missing_is_told(home: Path, site: Site) -> None:
    site.routes |= {"/berita-2/": numbered(site, 1), "/berita-2/2/": numbered(site, 2)}
    done = newsfeed("explain", f"{site.url}/berita-2/", "--json", "--home", home)
    fields = json.loads(done.stdout)["fields"]
    text = " ".join(fields["paragraphs"]["value"])
    assert "Bagian 1." in text
    assert "Bagian 2." in text
    assert (fields["partial"]["value"], fields["next_page"]["value"]) == (True, f"{site.url}/berita-2/3/")
    assert "/berita-2/3/: HTTP 404" in done.stderr


REFUSALS = {
    "{site}/berita-9/": "HTTP 404 (not found).",
    "{site}/sibuk/": "HTTP 503 (is not available).",
    "{site}/tertutup/": "robots.txt forbids it.",
    "{site}/dalam/": "10.0.0.1 is in a private network (allow_private is off).",
    "{site}/kosong/": "the page holds no article text.",
    "{site}/kategori/": "the page lists articles",
    "http://0x0a.1/berita/": "0x0a.1 is in a private network (allow_private is off).",
}


@pytest.mark.parametrize(("address", "says"), REFUSALS.items(), ids=[address.split("/")[-2] for address in REFUSALS])
def test_what_cannot_be_had_is_one_sentence(home: Path, site: Site, address: str, says: str) -> None:
    site.routes |= {
        "/robots.txt": "User-agent: *\nDisallow: /tertutup/",
        "/sibuk/": Reply(status=503),
        "/dalam/": Reply(status=302, headers={"Location": "http://10.0.0.1/"}),
        "/kosong/": "<html><body class='single'><h1>Judul Berita</h1></body></html>",
        "/kategori/": "<html><body class='archive category'><h1>Kategori</h1><p>Berita</p></body></html>",
    }
    done = newsfeed("explain", address.format(site=site.url), "--home", home)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert len(site.paths()) <= 1


MISTAKES = {
    "file without address": (["{home}/page.html"], "give it with --url"),
    "no file": (["{home}/none.html"], "cannot be read"),
    "no address": (["{home}/page.html", "--url", "warta.example/x"], "is no http or https address"),
    "address of an address": (["{site}/x/", "--url", "{site}/y/"], "--url tells the address of a FILE"),
    "outside without contact": (["https://warta.example/berita-1/"], "contact is empty"),
}


@pytest.mark.parametrize(("arguments", "says"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_of_the_command_line(home: Path, site: Site, arguments: Sequence[str], says: str) -> None:
    write_home(home, [record("warta", site.url)], contact="")
    # A site that names its home page on every page tells nothing.
    (home / "page.html").write_text(
        page(site.url, 1).replace(f'"canonical" href="{site.url}/berita-1/"', f'"canonical" href="{site.url}/"'),
        encoding="utf-8",
    )
    filled = [argument.format(home=home, site=site.url) for argument in arguments]
    done = newsfeed("explain", *filled, "--home", home)
    assert done.returncode == 2
    assert says in done.stderr
    assert site.asked == []


def test_file_without_address_or_record_is_read_with_the_one_that_is_given(home: Path, site: Site) -> None:
    markup = page(site.url, 1).replace(f'<link rel="canonical" href="{site.url}/berita-1/">', "")
    (home / "page.html").write_text(markup, encoding="utf-8")
    done = newsfeed("explain", home / "page.html", "--url", "https://lain.example/berita-1/", "--home", home)
    assert "source: lain.example (no record names this host; times are Asia/Jakarta)" in done.stdout
    assert "canonical_url: https://lain.example/berita-1/ [url]" in done.stdout


HOSTILE = "\x1b[2J\x9b31m[red]a[/red]\u202e:smile:\nb"


@pytest.mark.parametrize("show", [print_lines, print_columns])
def test_nothing_of_a_page_acts_on_the_terminal(
    show: Callable[..., None], site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    article = Article(
        url=HOSTILE, canonical_url="", title=HOSTILE, paragraphs=(HOSTILE,), body_html="", tags=(HOSTILE,),
        provenance={"title": "heading"},
    )  # fmt: skip
    losers = [Loser("author", HOSTILE, "meta", HOSTILE), Loser("body", HOSTILE, "body", "page furniture")]
    show(rows_of(article, losers, source_on(site.url)))
    shown = capsys.readouterr().out
    assert [one for one in shown if not one.isprintable() and one != "\n"] == []
    assert shown.count(r"\x1b[2J\x9b31m[red]a[/red]\u202e:smile: b") >= 4


def test_long_texts_are_cut_on_a_terminal_and_whole_on_a_pipe(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    article = Article(url="", canonical_url="", title="kata " * 500 + "akhir", paragraphs=("x",), body_html="")
    for show, end in ((print_columns, "…"), (print_lines, "akhir")):
        show(rows_of(article, (), source_on(site.url)))
        told = capsys.readouterr().out
        assert (end in told, "akhir" in told) == (True, end == "akhir")


def source_on(url: str) -> Source:
    return Source(slug="warta", name="Warta", kind="press", homepage=f"{url}/")


def test_object_tells_of_a_source_without_record(site: Site) -> None:
    day = datetime(2026, 1, 2, tzinfo=UTC)
    article = Article(url="", canonical_url="", title="a", paragraphs=("x",), body_html="", published=day)
    told = as_json(article, (), source_on(site.url), Facts())
    assert told["source"]["record"] is None
    assert told["fields"]["published"]["value"] == day
