"""Listings: article links by selector and by detection, pages to their end, and no way to walk for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from walking import FIRST, poll, read, walk

from crawler.errors import DiscoverError
from crawler.models import Paging, Strategy

LISTING = Strategy("listing", "https://koran.example/berita-utama")
SELECTED = Strategy("listing", "https://koran.example/berita-utama", links="td.judul a")

JOOMLA_TABLE = """
<body class="no-sidebar"><header><h1 class="logo"><a href="/">Kanwil Contoh</a></h1></header>
<nav><ul class="menu"><li><a href="/profil">Profil</a></li><li><a href="/berita-utama">Berita Utama</a></li></ul></nav>
<main><form action="/berita-utama" id="adminForm"><table class="com-content-category__table category table"><thead><tr>
<th scope="col" id="categorylist_header_title">Judul</th></tr></thead><tbody>
<tr class="cat-list-row0"><th class="list-title" scope="row">
  <a href="/berita-utama/panen-raya-di-kebun-lapas">Panen Raya di Kebun Lapas</a></th>
  <td class="list-date small">28 Januari 2026</td></tr>
<tr class="cat-list-row1"><th class="list-title" scope="row">
  <a href="/berita-utama/1234-apel-pagi"> Apel
   Pagi </a></th><td class="list-date small">27 Januari 2026</td></tr>
</tbody></table></form>
<nav class="pagination__wrapper"><ul class="pagination"><li><a href="/berita-utama?start=10">2</a></li></ul></nav>
</main>
<aside><h3>Populer</h3><h4><a href="/berita-utama/berita-lama-yang-populer">Berita lama yang populer</a></h4></aside>
<footer><h4><a href="/kontak-kami-di-sini-2026">Kontak</a></h4></footer></body>"""

JOOMLA_BLOG = """
<body><div class="com-content-category-blog"><div class="page-header"><h1>Berita</h1></div>
<div class="blog-item"><figure class="item-image"><a href="/berita-utama/a-satu-dua"><img src="/a.jpg"></a></figure>
  <div class="item-content"><div class="page-header"><h2><a href="/berita-utama/a-satu-dua">Judul satu</a></h2></div>
  <dl><dd><time datetime="2026-01-28T08:00:00+07:00">28 Januari 2026</time></dd></dl>
  <p class="readmore"><a class="btn" href="/berita-utama/a-satu-dua">Selengkapnya …</a></p></div></div>
<div class="blog-item"><div class="item-content"><div class="page-header"><h2><a href="/berita-utama/b-tiga-empat">Judul
  dua</a></h2></div>
  <time datetime="2026-01-27T08:00:00+07:00">x</time><time datetime="2026-01-30T09:00:00+07:00">y</time>
  </div></div></div></body>"""

WORDPRESS_ARCHIVE = """
<body class="archive right-sidebar widget"><div class="site-content"><main>
<article class="item-infinite"><a href="https://koran.example/panen-raya-lapas/" rel="bookmark"><img src="a.jpg"></a>
 <span class="cat-links"><a href="https://koran.example/category/daerah/">Daerah</a></span>
 <h2 class="entry-title"><a href="https://koran.example/panen-raya-lapas/?utm_source=home">Panen Raya Lapas</a></h2>
 <time class="entry-date" datetime="2026-01-28T08:00:00+07:00">28/01</time><a href="/author/rina/">Rina</a></article>
<article class="item-infinite"><h2 class="entry-title"><a href="https://koran.example/2026/01/27/razia/">Razia</a></h2>
</article><h3><a href="https://koran.example/category/hukum/">Hukum</a></h3>
<h2><a href="https://lain.example/iklan-yang-menarik-sekali">Iklan yang menarik sekali</a></h2>
<h2><a href="/unduh/laporan-tahunan-2025.pdf">Laporan tahunan</a></h2>
<h4><a href="javascript:void(0)">Muat lagi</a></h4><h4><a href="/login?next=/">Masuk</a></h4>
<div class="pagination"><h4><a href="/page/2/">Halaman 2</a></h4></div></main></div>
<div class="sidebar"><h4><a href="/berita-populer-minggu-ini/">Berita populer minggu ini</a></h4></div></body>"""

CARDS = """
<body><main><a class="card" href="/siaran/1"><img src="1.jpg"><h3>Kanwil serahkan remisi</h3><p>…</p></a>
<a class="card" href="/siaran/2"><h3>Menteri tinjau rutan</h3></a></main></body>"""

DIVS = """
<body><div class="top"><a href="/">Beranda</a><a href="/profil">Profil</a><a href="/galeri">Galeri</a></div>
<div id="list">
<div class="row"><div class="cell"><a href="/baca.php?id=11">Kunjungan kerja Kepala Kanwil ke Rutan</a></div></div>
<div class="row"><div class="cell"><a href="/baca.php?id=12">Donor darah peringati hari bakti</a></div></div>
<div class="row"><div class="cell"><a href="/baca.php?id=13">Pelatihan kerja bagi warga binaan</a></div></div></div>
<div class="year"><a href="/2026/">2026</a><a href="/2025/">2025</a><a href="/2024/">2024</a></div>
</body>"""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            JOOMLA_TABLE,
            {
                "https://koran.example/berita-utama/panen-raya-di-kebun-lapas": "Panen Raya di Kebun Lapas",
                "https://koran.example/berita-utama/1234-apel-pagi": "Apel Pagi",
            },
        ),
        (
            JOOMLA_BLOG,
            {
                "https://koran.example/berita-utama/a-satu-dua": "Judul satu",
                "https://koran.example/berita-utama/b-tiga-empat": "Judul dua",
            },
        ),
        (
            WORDPRESS_ARCHIVE,
            {
                "https://koran.example/panen-raya-lapas/": "Panen Raya Lapas",
                "https://koran.example/2026/01/27/razia/": "Razia",
            },
        ),
        (
            CARDS,
            {
                "https://koran.example/siaran/1": "Kanwil serahkan remisi",
                "https://koran.example/siaran/2": "Menteri tinjau rutan",
            },
        ),
        (
            DIVS,
            {
                "https://koran.example/baca.php?id=11": "Kunjungan kerja Kepala Kanwil ke Rutan",
                "https://koran.example/baca.php?id=12": "Donor darah peringati hari bakti",
                "https://koran.example/baca.php?id=13": "Pelatihan kerja bagi warga binaan",
            },
        ),
        (
            """<h2><a href='/berita-utama'>Berita Utama</a></h2><h2><a href='/siaran-pers'>Siaran Pers</a></h2>
            <h3><a href='/siaran-pers/a-b-c'>Satu dua tiga</a></h3><h2><a href='/galeri-foto'>Galeri Foto</a></h2>
            <h3><a href='/siaran-pers/d'>Empat lima enam</a></h3>""",
            {
                "https://koran.example/siaran-pers/a-b-c": "Satu dua tiga",
                "https://koran.example/siaran-pers/d": "Empat lima enam",
            },
        ),
        (
            """<h3><a href='/kategori/hukum/1204/razia-blok-hunian'>Razia blok hunian</a></h3>
            <h3><a href='/index.php?option=com_content&amp;view=article&amp;id=7'>Artikel tanpa alamat rapi</a></h3>
            <h3><a href='/berita-utama?start=20'>Halaman tiga</a></h3><h3><a href='/?cat=3'>Daerah dan kota</a></h3>""",
            {
                "https://koran.example/kategori/hukum/1204/razia-blok-hunian": "Razia blok hunian",
                "https://koran.example/index.php?option=com_content&view=article&id=7": "Artikel tanpa alamat rapi",
            },
        ),
    ],
    ids=["joomla-table", "joomla-blog", "wordpress", "cards", "no-headings", "sections", "addresses"],
)
def test_detection_finds_the_articles_and_nothing_else(html: str, expected: dict[str, str]) -> None:
    links = read(LISTING, html.encode()).links
    assert {link.url: link.title for link in links} == expected


def test_a_date_is_taken_only_where_it_is_the_articles_own() -> None:
    dates = {link.title: link.published for link in read(LISTING, JOOMLA_BLOG.encode()).links}
    assert dates == {"Judul satu": "2026-01-28T08:00:00+07:00", "Judul dua": None}
    (first, second) = read(LISTING, WORDPRESS_ARCHIVE.encode()).links
    assert (first.published, second.published) == ("2026-01-28T08:00:00+07:00", None)


def test_one_date_above_all_articles_is_nobodys() -> None:
    titles = "<h2><a href='/a-b-c'>A b c</a></h2><h2><a href='/d-e-f'>D e f</a></h2>"
    html = f"<main><time datetime='2026-11-24'>Hari ini</time>{titles}</main>"
    assert {link.published for link in read(LISTING, html.encode()).links} == {None}


@pytest.mark.parametrize(
    ("links", "html"),
    [
        ("td.judul a", "<table><td class=judul><a href='/a'>Satu</a></table>"),
        ("td.judul", "<table><td class=judul><b><a href='/a'>Satu</a></b></table>"),
        (".card h2", "<a class=card href='/a'><h2>Satu</h2></a>"),
        ("li[data-link]", "<li data-link='/a'>Satu</li>"),
        ("h5 > a", "<base href='https://koran.example/x/'><h5><a href='../a'>Satu</a></h5>"),
        ("h5 > a", "<h5><a href='/a'><img alt=x></a><a href='/a' title='Satu'>  </a></h5>"),
    ],
)
def test_selectors_may_name_the_link_or_what_is_around_or_in_it(links: str, html: str) -> None:
    (link,) = read(Strategy("listing", "https://koran.example/berita-utama", links=links), html.encode()).links
    assert (link.url, link.title, link.origin) == ("https://koran.example/a", "Satu", "first")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Desain baru</p>",
        "<td class=judul><a href='https://lain.example/a'>Satu</a></td>",
        "<table><td class=judul><a href='javascript:alert(1)'>Satu</a><a>Dua</a></table>",
        "<table><td class=judul><a href='/berita-utama/'>Ke atas</a></table>",
    ],
)
def test_a_selector_that_finds_no_article_is_an_error(html: str) -> None:
    for state in (FIRST, poll(["https://koran.example/a"])):
        with pytest.raises(DiscoverError, match=r"`links` selector 'td\.judul a'"):
            read(SELECTED, html.encode(), state)


@pytest.mark.parametrize("links", ["td[", "a:::b", "a::attr(href)", ":nope(a)"])
def test_a_bad_selector_is_named(links: str) -> None:
    strategy = Strategy("listing", "https://koran.example/", links=links)
    with pytest.raises(DiscoverError) as caught:
        read(strategy, b"<a href='/a'>Satu</a>")
    assert links in str(caught.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (b"<!-- -->", "empty|no list"),
        (b"\x00\xff\xfe\x01", "empty|no list"),
        (b"{}", "no list of articles"),
        (b"<html><body><p>Sedang dalam pemeliharaan</p></body></html>", "no list of articles"),
        (b"<nav><a href='/profil-lengkap-kami'>Profil lengkap kami</a></nav>", "no list of articles"),
        (b"<i>" * 300_000, "no list of articles"),
    ],
)
def test_what_is_no_listing(body: bytes, words: str) -> None:
    with pytest.raises(DiscoverError, match=words):
        read(LISTING, body)


def test_the_encoding_is_what_the_bytes_are() -> None:
    html = "<meta charset='{}'><h2><a href='/a-b-c'>Kafé lapas</a></h2>"
    for declared, actual in (("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("", "utf-8")):
        (link,) = read(LISTING, html.format(declared).encode(actual)).links
        assert link.title == "Kafé lapas"


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 1_500 + b"".join(b"<h2><a href='/a-b-%d'>Judul</a></h2>" % n for n in range(10_000)),
        b"".join(b"<a href='/artikel-ke-%d'>Judul artikel ke %d</a>" % (n, n) for n in range(90_000)),
        b"".join(b"<h2><a href='/%s%d'>Judul</a></h2>" % (b"a-" * 1_500, n) for n in range(3_000)),
        b"<h2><a href='/a-b-c'>A b c</a></h2>" + b"<time datetime=x>" * 60_000,
    ],
    ids=["deep", "wide", "long-addresses", "times"],
)
def test_a_page_made_to_be_slow_ends_soon(body: bytes) -> None:
    begin = time.process_time()
    assert len(read(LISTING, body).links) in {1, 500}
    assert time.process_time() - begin < 5


# -- pages -----------------------------------------------------------------------------------------------------------

Site = Callable[[int], str]


def entries(numbers: range) -> str:
    return "".join(f"<h2><a href='/berita-utama/artikel-ke-{n}'>Artikel ke {n}</a></h2>" for n in numbers)


def paged(strategy: Strategy, size: int, total: int, pager: str = "") -> Callable[[str], bytes]:
    """A listing of `total` articles, newest first, that answers past its end with a page without articles."""

    def serve(url: str) -> bytes:
        query = dict(parse_qsl(urlsplit(url).query))
        if strategy.paging == "start":
            begin = int(query.get("start", 0))
        elif strategy.paging == "page":
            begin = (int(query.get("page", 1)) - 1) * size
        else:
            _, _, number = urlsplit(url).path.partition("/page/")
            begin = (int(number.strip("/") or 1) - 1) * size
        return f"<main>{entries(range(total - begin, max(0, total - begin - size), -1))}</main>{pager}".encode()

    return serve


@pytest.mark.parametrize(
    ("paging", "second"),
    [
        ("start", "https://koran.example/berita-utama?start=10"),
        ("page", "https://koran.example/berita-utama?page=2"),
        ("path", "https://koran.example/berita-utama/page/2/"),
    ],
)
@pytest.mark.parametrize("total", [5, 20, 95])
def test_a_first_crawl_reads_every_page(paging: Paging, second: str, total: int) -> None:
    strategy = Strategy("listing", "https://koran.example/berita-utama", paging=paging)
    taken = walk(strategy, paged(strategy, 10, total))
    assert len(taken.links) == total
    assert taken.urls[1] == second
    assert len(taken.urls) <= total // 10 + 2


@pytest.mark.parametrize(
    ("url", "paging", "second"),
    [
        ("https://koran.example/", "path", "https://koran.example/page/2/"),
        ("https://koran.example/?s=lapas", "path", "https://koran.example/page/2/?s=lapas"),
        ("https://koran.example/b/page/1/", "path", "https://koran.example/b/page/2/"),
        ("https://koran.example/b?kat=3", "page", "https://koran.example/b?kat=3&page=2"),
        ("https://koran.example/b?page=1", "page", "https://koran.example/b?page=2"),
        ("https://koran.example/b?limit=5#x", "start", "https://koran.example/b?limit=5&start=10"),
    ],
)
def test_addresses_of_second_pages(url: str, paging: Paging, second: str) -> None:
    following = read(Strategy("listing", url, paging=paging), entries(range(3)).encode()).next
    assert following
    assert following.url == second


def test_a_first_crawl_ends_with_enough() -> None:
    strategy = Strategy("listing", "https://koran.example/berita-utama", paging="page")
    assert len(walk(strategy, paged(strategy, 30, 5000)).links) == 210
    assert len(walk(strategy, paged(strategy, 900, 5000)).links) == 500
    assert len(walk(strategy, paged(strategy, 1, 5000)).urls) == 50


@pytest.mark.parametrize(("days_apart", "expected"), [(1, 200), (0.1, 300), (0.01, 500), (None, 200)])
def test_a_first_crawl_goes_back_30_days_where_these_are_more(days_apart: float | None, expected: int) -> None:
    strategy = Strategy("listing", "https://koran.example/berita-utama", paging="page")
    now = datetime(2026, 11, 24, tzinfo=UTC)

    def serve(url: str) -> bytes:
        begin = (int(dict(parse_qsl(urlsplit(url).query)).get("page", 1)) - 1) * 10
        cards = (
            f"<div><h2><a href='/berita-utama/artikel-ke-{n}'>Artikel {n}</a></h2>"
            + (f"<time datetime='{(now - timedelta(days=n * days_apart)).isoformat()}'>x</time>" if days_apart else "")
            + "</div>"
            for n in range(begin, begin + 10)
        )
        return f"<main>{''.join(cards)}</main>".encode()

    assert len(walk(strategy, serve, now=now).links) in range(expected, expected + 11)


def test_the_pagers_own_offset_is_followed_where_a_page_is_shorter_than_the_record_says() -> None:
    strategy = Strategy("listing", "https://koran.example/berita-utama", paging="start", step=10)
    pager = "<ul class=pagination>" + "".join(f"<li><a href='/berita-utama?start={n}'>x</a>" for n in range(0, 40, 4))
    taken = walk(strategy, paged(strategy, 4, 40, pager))
    assert len(taken.links) == 40
    assert len(taken.urls) == 10, "the pager ends where the listing ends"


@pytest.mark.parametrize(("new", "requests"), [(0, 1), (3, 2), (25, 4)])
def test_a_poll_goes_on_while_pages_bring_new_links(new: int, requests: int) -> None:
    strategy = Strategy("listing", "https://koran.example/berita-utama", paging="page")
    known = [f"https://koran.example/berita-utama/artikel-ke-{n}" for n in range(1, 201 - new)]
    taken = walk(strategy, paged(strategy, 10, 200), poll(known))
    assert len(taken.urls) == requests
    assert {link.origin for link in taken.links} == {"poll"}


def test_a_listing_without_paging_has_one_page() -> None:
    assert read(LISTING, entries(range(50)).encode()).next is None


@pytest.mark.parametrize(("state", "most"), [(FIRST, 50), (poll(["https://koran.example/x"]), 20)])
@pytest.mark.parametrize("paging", ["start", "page", "path"])
def test_endless_pages_with_new_links_end(state: object, most: int, paging: Paging) -> None:
    strategy = Strategy("listing", "https://koran.example/berita-utama", paging=paging)
    made = iter(range(10**9))
    taken = walk(strategy, lambda _: f"<h2><a href='/jebakan-ke-{next(made)}'>J</a></h2>".encode(), state)  # type: ignore[arg-type]
    assert len(taken.urls) == most


def test_the_same_links_for_every_page_end_the_walk() -> None:
    strategy = Strategy("listing", "https://koran.example/berita-utama", paging="page")
    made = iter(range(10**9))

    def serve(_: str) -> bytes:
        session = f"?PHPSESSID={next(made)}&utm_id={next(made)}"
        return "".join(f"<h2><a href='/artikel-nomor-{n}{session}'>A</a></h2>" for n in range(5)).encode()

    taken = walk(strategy, serve)
    assert len(taken.urls) == 2
    assert len(taken.links) == 5


def test_a_calendar_makes_no_links() -> None:
    days = "".join(f"<td><a href='/berita-utama?tanggal=2026-11-{n:02}&bulan={n}'>{n}</a></td>" for n in range(1, 31))
    html = (
        f"<table class=calendar>{days}</table><h2><a href='/kalender/2027-01'>Bulan depan</a></h2>{entries(range(2))}"
    )
    assert len(read(LISTING, html.encode()).links) == 2


def cards(numbers: range, heading: str, button: str) -> bytes:
    menu = (
        "<div><ul>"
        + "".join(f"<li><a href='/profil/{n}'>Profil Kantor Bagian {n}</a></li>" for n in range(9))
        + "</ul></div>"
    )
    boxes = "".join(
        f"<div class='col'><div class='card'><a href='/baca/{n}'><img src='/{n}.jpg'></a><div class='card-body'>"
        f"<small>2{n % 10} Jan 2026</small>{heading.format(f'Lapas Serang Panen {n} Kilogram Sayur')}"
        f"<a href='/baca/{n}' class='btn'>{button}</a></div></div></div>"
        for n in numbers
    )
    return f"<html><body>{menu}<div class='row'>{boxes}</div></body></html>".encode()


@pytest.mark.parametrize("heading", ["<h5 class='card-title'>{}</h5>", "<h6>{}</h6>", "<p class='news-title'>{}</p>"])
@pytest.mark.parametrize(
    "button", ["Selengkapnya", "Baca Selengkapnya »", "Read more", "<i class='bi bi-arrow-right'></i>"]
)
def test_titles_of_cards_whose_button_alone_is_linked(heading: str, button: str) -> None:
    links = read(LISTING, cards(range(10, 16), heading, button)).links
    assert [link.title for link in links] == [f"Lapas Serang Panen {n} Kilogram Sayur" for n in range(10, 16)]
    assert links[0].url == "https://koran.example/baca/10"


@pytest.mark.parametrize(
    ("first", "last", "address"),
    [
        (0, 6, "/berita-utama?page={}"),  # Drupal
        (1, 7, "/berita-utama?page={}"),
        (1, 7, "/berita-utama/index/{}"),
        (1, 7, "/berita-utama?hlm={}"),
    ],
)
def test_pages_are_asked_for_as_the_pager_counts_them(first: int, last: int, address: str) -> None:
    paging: Paging = "page" if "?page" in address else "pager"
    strategy = Strategy("listing", "https://koran.example/berita-utama", paging=paging)
    asked = {address.format(number): number for number in range(first, last)}

    def serve(url: str) -> bytes:
        number = asked.get(url.removeprefix("https://koran.example"), first)
        near = range(max(first, number - 2), min(last, number + 3))
        pager = "".join(f"<a href='{address.format(n)}'>Halaman {n - first + 1}</a>" for n in near)
        return entries(range(number * 5, number * 5 + 5)).encode() + f"<ul class=pager>{pager}</ul>".encode()

    taken = walk(strategy, serve)
    assert len(taken.links) == 30
    assert len(taken.urls) <= 7


def test_a_single_article_on_the_last_page_is_found() -> None:
    strategy = Strategy("listing", "https://koran.example/arsip", paging="page")
    menu = "".join(f"<li><a href='/profil/{n}'>Struktur Organisasi Bagian {n}</a></li>" for n in range(4))

    def serve(url: str) -> bytes:
        number = int(dict(parse_qsl(urlsplit(url).query)).get("page", 1))
        numbers = range(number * 5, min(number * 5 + 5, 16))
        rows = "".join(
            f"<div class=b><a href='/kabar/{n}'>Lapas Serang Panen {n} Kilogram Sayur</a></div>" for n in numbers
        )
        return f"<ul>{menu}</ul>{rows}".encode()

    taken = walk(strategy, serve)
    assert {link.url for link in taken.links} >= {f"https://koran.example/kabar/{n}" for n in range(5, 16)}
    assert not any("profil" in link.url for link in taken.links[:11])
