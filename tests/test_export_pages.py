"""`newsfeed export FILE.warc`: the pages of what anybody may see, which make the same articles again, and no others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from crawling import newsfeed
from pressroom import page, story, title
from test_import import AT, DAY, SITE, Desk

from crawler.intake import take_discovered
from crawler.models import Article, Discovered, Link, Source
from crawler.replay.archives import Saved, Skipped, read_archive
from crawler.storage.database import open_writer, transaction
from crawler.storage.revisions import remove
from crawler.storage.takedowns import hide

RECORD = f"""
[[source]]
slug = "warta"
name = "Warta"
kind = "press"
homepage = "{SITE}/"
"""
# `entered` is left out: what is imported is of its day in the archive, and was no news then.
CONTENT = """select entry_id, url, canonical_url, title, author, published, published_precision, first_seen, updated,
    modified, body_text, body_html, partial, removed, withheld, content_hash from articles order by entry_id"""


def pages_of_two() -> tuple[str, str]:
    """An article of two pages."""
    links = "".join(f'<a href="{SITE}/berita-9/{n}/">{n}</a>' for n in (1, 2))
    first = page(SITE, 9).replace("</div></article>", f"<div class=page-links>{links}</div></div></article>")
    return first, first.replace(story(9), story(99))


@pytest.fixture
def desk(tmp_path: Path, site: Source) -> Desk:
    """A home with three articles from pages, of which one was edited, and one that came whole in a feed."""
    desk = Desk(tmp_path / "home", site)
    for n in (1, 2, 3):
        desk.crawl(page(SITE, n), AT + n * timedelta(minutes=1), f"/berita-{n}/")
    desk.crawl(page(SITE, 1, " Data telah diperbarui 5 kali."), AT + DAY, "/berita-1/")
    url = f"{SITE}/utuh/"
    whole = Article(
        url=url, canonical_url=url, title="Utuh di Umpan", paragraphs=("Teks dari umpan.",), body_html="<p>x</p>"
    )
    link = Link(url, "warta", body="<p>x</p>")
    with open_writer(desk.home.database) as db:
        take_discovered(db, Discovered(source="warta", strategy="feed", url="u", articles=((link, whole),)), AT)
    return desk


def exported(desk: Desk, *arguments: str, name: str = "out.warc.gz") -> tuple[str, list[str], Path]:
    """What the command says, the addresses in the file in order, and the file."""
    out = desk.home.path / name
    done = newsfeed("export", out, *arguments, "--home", desk.home.path)
    assert done.returncode == 0, done.stderr
    with out.open("rb") as file:
        found = list(read_archive(file, name))
    assert not [one for one in found if isinstance(one, Skipped)]
    return done.stdout, [one.url.removeprefix(SITE) for one in found if isinstance(one, Saved)], out


@pytest.mark.parametrize(("name", "start"), [("a.warc", b"WARC/1.1"), ("A.WARC.GZ", b"\x1f\x8b")])
def test_each_page_of_each_article_is_in_it(desk: Desk, name: str, start: bytes) -> None:
    told, urls, out = exported(desk, name=name)
    assert urls == ["/berita-1/", "/berita-1/", "/berita-2/", "/berita-3/"]
    assert told.startswith("3 articles written")
    assert "1 more have no page" in told
    assert out.read_bytes().startswith(start)


def test_the_same_pages_give_the_same_file(desk: Desk) -> None:
    assert exported(desk, name="a.warc.gz")[2].read_bytes() == exported(desk, name="b.warc.gz")[2].read_bytes()


def test_it_is_narrowed_down_as_a_search_is(desk: Desk) -> None:
    assert exported(desk, "--query", f'judul:"{title(2)}"')[1] == ["/berita-2/"]
    assert exported(desk, "--source", "lain", name="none.warc")[1] == []


def test_an_empty_home_gets_the_same_articles_from_it(desk: Desk, tmp_path: Path) -> None:
    first, second = pages_of_two()
    desk.take(Saved(f"{SITE}/berita-9/", first.encode(), "text/html", AT + 2 * DAY),
              Saved(f"{SITE}/berita-9/2/", second.encode(), "text/html", AT + 2 * DAY))  # fmt: skip
    _, urls, out = exported(desk)
    assert "/berita-9/2/" in urls
    other = tmp_path / "other"
    (other / "sources").mkdir(parents=True)
    (other / "sources" / "warta.toml").write_text(RECORD)
    assert newsfeed("import", out, "--home", other).returncode == 0
    again = Desk(other, desk.source)
    paged = [row for row in desk.rows(CONTENT) if row[1] != f"{SITE}/utuh/"]
    assert len(paged) == 4
    assert again.rows(CONTENT) == paged
    edits = "select entry_id, r.seen_at, class, before, after from revisions r join articles a on a.id = article_id"
    assert again.rows(edits) == desk.rows(edits)


def hidden(desk: Desk) -> None:
    with open_writer(desk.home.database) as db:
        hide(db, f"{SITE}/berita-1/", "alasan", AT + 2 * DAY)


def removed(desk: Desk) -> None:
    with open_writer(desk.home.database) as db, transaction(db):
        remove(db, 1, "HTTP 410", AT + 2 * DAY)


@pytest.mark.parametrize("withdraw", [hidden, removed])
def test_pages_of_what_is_withdrawn_never_leave(desk: Desk, withdraw: object) -> None:
    withdraw(desk)  # type: ignore[operator]
    _, urls, out = exported(desk, name="a.warc")
    assert urls == ["/berita-2/", "/berita-3/"]
    assert b"kegiatan ke-1 " not in out.read_bytes()


def test_what_stood_at_an_address_before_its_article_never_leaves(desk: Desk) -> None:
    """The address of a removed article is used for another one, which is shown."""
    removed(desk)
    other = page(SITE, 2).replace("/berita-2/", "/berita-1/").replace("2026-01-03", "2026-01-31")
    desk.crawl(other.replace(title(2), "Imigrasi Buka Layanan Paspor").replace(story(2), PASSPORTS), AT + 3 * DAY,
               "/berita-1/")  # fmt: skip
    shown = desk.rows("select url from articles where removed is null and title like 'Imigrasi%'")
    assert shown == [(f"{SITE}/berita-1/",)]
    _, urls, out = exported(desk, name="a.warc")
    assert urls.count("/berita-1/") == 1
    assert b"kegiatan ke-1 " not in out.read_bytes()


PASSPORTS = "".join(
    f"<p>Petugas melayani {n} pemohon paspor di alun-alun kota selama akhir pekan, dan kuota ditambah {n * 3} orang "
    "karena minat masyarakat sekitar terus bertambah besar menjelang musim haji tahun ini.</p>"
    for n in (87, 412, 905)
)


def test_a_damaged_page_costs_itself_alone(desk: Desk) -> None:
    from contextlib import closing
    from sqlite3 import connect

    with closing(connect(desk.home.pages_db)) as db, db:
        db.execute(
            "update payloads set hash = zeroblob(16) where id = (select payload_id from captures where key like ?)",
            ("%berita-2%",),
        )
    told, urls, _ = exported(desk)
    assert urls == ["/berita-1/", "/berita-1/", "/berita-3/"]
    assert told.startswith("2 articles written")


def test_without_any_pages_it_says_so_and_writes_nothing(desk: Desk) -> None:
    desk.home.pages_db.unlink()
    out = desk.home.path / "a.warc"
    done = newsfeed("export", out, "--home", desk.home.path)
    assert done.returncode == 1
    assert "pages.db does not exist" in done.stderr
    assert not list(desk.home.path.glob("*a.warc*"))
