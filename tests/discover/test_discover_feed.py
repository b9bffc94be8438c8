"""RSS, RDF and Atom: what entries tell, what broken feeds still give, and what is refused before it costs anything."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from walking import FIRST, poll, read, walk

from crawler.errors import DiscoverError
from crawler.models import Link, Strategy

FEED = Strategy("feed", "https://koran.example/rss/terbaru")
WORDPRESS_FEED = Strategy("feed", "https://koran.example/feed/")
SENTENCE = "Warga binaan memanen sayuran di kebun lapas bersama petugas dan keluarga yang datang berkunjung. "
ARTICLE = f"<p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p>"


def rss(*items: str, channel: str = "", declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return (
        f'{declaration}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>Koran</title>{channel}{''.join(items)}</channel></rss>"
    ).encode()


def item(slug: str = "panen", *, more: str = "", guid: str = "") -> str:
    guid = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<item><title>Judul {slug}</title><link>https://koran.example/{slug}/</link>{guid}{more}</item>"


def atom(*entries: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Koran</title>{"".join(entries)}</feed>'.encode()


def only(body: bytes) -> Link:
    (link,) = read(FEED, body).links
    return link


# -- what an entry tells ---------------------------------------------------------------------------------------------


def test_all_that_an_rss_item_tells() -> None:
    link = only(
        rss(
            item(
                guid="https://koran.example/?p=123",
                more="<pubDate>Tue, 03 Jun 2025 01:55:00 WIB</pubDate><dc:creator>Rina</dc:creator>"
                "<category>Hukum &amp;amp; HAM</category><category>Lapas</category>"
                "<description>Ringkasan &lt;b&gt;tebal&lt;/b&gt;</description>"
                '<enclosure url="/u/a.jpg" type="image/jpeg" length="1"/>',
            )
        )
    )
    assert link.url == "https://koran.example/panen/"
    assert (link.source, link.origin, link.title) == ("koran", "first", "Judul panen")
    assert (link.guid, link.native) == ("https://koran.example/?p=123", "wp:123")
    assert link.published == "Tue, 03 Jun 2025 01:55:00 WIB"
    assert (link.author, link.categories) == ("Rina", ("Hukum & HAM", "Lapas"))
    assert link.summary == "Ringkasan <b>tebal</b>"
    assert link.image == "https://koran.example/u/a.jpg"
    assert (link.modified, link.body) == (None, None)


def test_all_that_an_atom_entry_tells() -> None:
    link = only(
        atom(
            '<entry><title type="html">Judul &lt;i&gt;miring&lt;/i&gt;</title><id>tag:koran.example,2026:9</id>'
            '<link rel="edit" href="https://koran.example/edit/9"/><link rel="alternate" href="/panen.html"/>'
            "<published>2026-01-02T03:04:05+07:00</published><updated>2026-01-03T03:04:05+07:00</updated>"
            "<author><name>Rina</name></author><author><name>Dedi</name></author>"
            f'<summary>Ringkasan</summary><content type="html"><![CDATA[{ARTICLE}]]></content></entry>'
        )
    )
    assert link.url == "https://koran.example/panen.html"
    assert link.guid == "tag:koran.example,2026:9"
    assert (link.published, link.modified) == ("2026-01-02T03:04:05+07:00", "2026-01-03T03:04:05+07:00")
    assert link.author == "Rina, Dedi"
    assert (link.summary, link.body) == ("Ringkasan", ARTICLE)


def test_rdf_dates_are_of_publication() -> None:
    link = only(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>K</title></channel>'
        b'<item rdf:about="https://koran.example/panen"><title>Panen</title><link>https://koran.example/panen</link>'
        b"<dc:date>2026-01-02T03:04:05+07:00</dc:date></item></rdf:RDF>"
    )
    assert (link.url, link.published) == ("https://koran.example/panen", "2026-01-02T03:04:05+07:00")
    assert link.modified is None


def test_the_change_date_of_atom_is_no_date_of_publication() -> None:
    link = only(atom('<entry><link href="/a"/><updated>2026-01-03T03:04:05Z</updated></entry>'))
    assert (link.published, link.modified) == (None, "2026-01-03T03:04:05Z")


@pytest.mark.parametrize(
    ("more", "attribute", "expected"),
    [
        ("<author>redaksi@koran.example (Rina Wati)</author>", "author", "Rina Wati"),
        ("<author>redaksi@koran.example</author>", "author", None),
        ("<dc:creator>Rina Wati &lt;rina@koran.example&gt;</dc:creator>", "author", "Rina Wati"),
        ("<dc:creator>Rina (Serang)</dc:creator>", "author", "Rina (Serang)"),
        ('<media:content url="https://koran.example/v.mp4" medium="video"/>', "image", None),
        ('<media:content url="https://koran.example/a" medium="image"/>', "image", "https://koran.example/a"),
        ('<media:thumbnail url="https://koran.example/t.jpg"/>', "image", "https://koran.example/t.jpg"),
        ('<enclosure url="https://koran.example/b.webp?w=9"/>', "image", "https://koran.example/b.webp?w=9"),
        ('<enclosure url="javascript:alert(1)//a.jpg" type="image/png"/>', "image", None),
        ("<pubDate></pubDate>", "published", None),
        ("<pubDate>kemarin sore</pubDate>", "published", "kemarin sore"),
        ("<dc:date>2026-01-02</dc:date>", "published", "2026-01-02"),
        ('<post-id xmlns="com-wordpress:feed-additions:1">77</post-id>', "native", "wp:77"),
        ("<guid>https://koran.example/?post_type=post&amp;#038;p=88</guid>", "native", "wp:88"),
        ("<guid>https://lain.example/?p=123</guid>", "native", None),
        ("<guid>https://koran.example/?p=12x</guid>", "native", None),
        ("<guid>https://koran.example/panen/</guid>", "guid", "https://koran.example/panen/"),
    ],
)
def test_single_fields(more: str, attribute: str, expected: object) -> None:
    assert getattr(only(rss(item(more=more))), attribute) == expected


def test_a_guid_that_stands_twice_is_no_identity() -> None:
    links = read(
        FEED,
        rss(
            item("a", guid="https://koran.example/?p=1"),
            item("b", guid="https://koran.example/?p=1"),
            item("c", guid="https://koran.example/?p=2"),
        ),
    ).links
    assert [link.guid for link in links] == [None, None, "https://koran.example/?p=2"]
    assert [link.native for link in links] == [None, None, "wp:2"]


def test_an_address_that_stands_twice_is_one_link_and_keeps_its_guid() -> None:
    links = read(FEED, rss(item("a", guid="g1"), item("a?utm_source=rss", guid="g1"), item("b", guid="g2"))).links
    assert [(link.url, link.guid) for link in links] == [
        ("https://koran.example/a/", "g1"),
        ("https://koran.example/b/", "g2"),
    ]


# -- whole articles --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("description", "content", "is_whole"),
    [
        ("Ringkasan.", ARTICLE, True),
        ("", ARTICLE, True),
        ("Ringkasan.", "<p>Dua kalimat lengkap. Sudah selesai di sini.</p>", True),
        ("", "<p>Hanya satu kalimat.</p>", False),
        (ARTICLE, ARTICLE, True),
        (ARTICLE, "<p>Lebih pendek dari ringkasan di sampingnya.</p>", False),
        ("Ringkasan.", f"{ARTICLE}<p>Lanjutan […]</p>", False),
        ("Ringkasan.", f"{ARTICLE}<p>Lanjutan [&hellip;]</p>", False),
        ("Ringkasan.", f"{ARTICLE}<p>Lanjutan [...]</p>", False),
        ("Ringkasan.", f"{ARTICLE}<p><a href='#'>Baca Selengkapnya »</a></p>", False),
        ("Ringkasan.", f"{ARTICLE}<a class='more-link'>Continue reading <span>Judul panen</span></a>", False),
        ("Ringkasan.", f"{ARTICLE}<p>Putus…</p><p>The post <a>Judul</a> appeared first on <a>Koran</a>.</p>", False),
        ("Ringkasan.", f"{ARTICLE}<p>The post <a>Judul</a> appeared first on <a>Koran</a>.</p>", True),
        ("Ringkasan.", f"{ARTICLE}<p>Artikel <a>Judul</a> pertama kali tampil pada <a>Koran</a>.</p>", True),
        ("Ringkasan.", f"{ARTICLE}<p><a href='https://koran.example/panen/?utm_source=rss'>Judul panen</a></p>", False),
        ("Ringkasan.", f"{ARTICLE}<p>Baca juga: <a href='https://koran.example/lain/'>Judul lain</a></p>", True),
        ("Ringkasan.", f"{ARTICLE}<p><a href='https://koran.example/panen/'><img src='a.jpg'></a></p>", True),
        ("Ringkasan.", f"{ARTICLE}<p>Lanjut baca di situs kami</p>", False),
        (SENTENCE * 3, f"<p>{SENTENCE * 5}</p>", False),
        (f"{SENTENCE * 3}[&hellip;]", f"<p>{SENTENCE * 5}</p>", True),
        (SENTENCE * 12, f"<p>{SENTENCE * 13}</p>", True),
    ],
)
def test_content_is_a_body_only_where_it_is_the_whole_article(description: str, content: str, is_whole: bool) -> None:
    more = (
        f"<description><![CDATA[{description}]]></description><content:encoded><![CDATA[{content}]]></content:encoded>"
    )
    assert only(rss(item(more=more))).body == (content if is_whole else None)


def test_a_description_alone_is_never_the_body() -> None:
    link = only(rss(item(more=f"<description><![CDATA[{ARTICLE * 3}]]></description>")))
    assert (link.summary, link.body) == (ARTICLE * 3, None)


@pytest.mark.parametrize(
    ("ends", "whole"),
    [
        (["dan petugas yang", "di dalam kebun", "lalu warga"], 0),
        (["dan petugas yang", "di dalam kebun", "(humas)"], 3),
        (["dan petugas yang", "di dalam kebun", "lalu warga", "", "", ""], 6),
        (["dan petugas yang", "di dalam kebun " * 20, "lalu warga " * 40], 3),
    ],
    ids=["cut", "signed", "few", "of many lengths"],
)
def test_a_feed_that_cuts_its_texts_after_so_many_words_is_seen_through(ends: list[str], whole: int) -> None:
    contents = [f"<p>{SENTENCE * 5}{end}</p>" for end in ends]
    more = [f"<content:encoded><![CDATA[{content}]]></content:encoded>" for content in contents]
    links = read(FEED, rss(*(item(str(n), more=text) for n, text in enumerate(more)))).links
    assert sum(link.body is not None for link in links) == whole


# -- which links -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "file:///etc/passwd", "ftp://koran.example/a", "https://lain.example/a", "http://[::1", ""],
)
def test_links_that_lead_elsewhere_are_left_out(href: str) -> None:
    links = read(FEED, rss(f"<item><title>x</title><link>{href}</link></item>", item("b"))).links
    assert [link.url for link in links] == ["https://koran.example/b/"]


def test_subdomains_and_relative_links_are_of_this_site() -> None:
    links = read(
        FEED,
        rss(
            "<item><link>https://banten.koran.example/a</link></item>",
            "<item><link>/b?x=1&amp;copy=2</link></item>",
        ),
    ).links
    assert [link.url for link in links] == ["https://banten.koran.example/a", "https://koran.example/b?x=1&copy=2"]


def test_a_guid_that_is_an_address_stands_in_for_the_link() -> None:
    assert only(rss("<item><guid>https://koran.example/a</guid></item>")).url == "https://koran.example/a"


def test_feedburner_keeps_the_original_address() -> None:
    body = (
        b'<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        b"<link>https://feedproxy.example.com/~r/koran/x</link>"
        b"<feedburner:origLink>https://koran.example/asli</feedburner:origLink></item></channel></rss>"
    )
    assert only(body).url == "https://koran.example/asli"


def test_only_foreign_links_are_an_error() -> None:
    with pytest.raises(DiscoverError, match="none of the feed's 1 entries"):
        read(FEED, rss("<item><link>https://lain.example/a</link></item>"))


# -- broken feeds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        rss(item("a"), item("b"))[:-10],
        rss(item("a"), item("b"), item("c", more=f"<description>{SENTENCE}</description>"))[:-60],
        rss(item("a"), item("b")) + b"<script>jejak</script>",
        b"\n\n<br />\n<b>Notice</b>: Undefined index in /var/www/x.php<br />\n" + rss(item("a"), item("b")),
        b"\xef\xbb\xbf" + rss(item("a"), item("b")),
        rss(item("a"), item("b")).decode().encode("utf-16"),
        rss(item("a"), item("b"), channel="<description>A & B &nbsp; \x0b</description>"),
        b'<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]>' + rss(item("a"), item("b"), declaration=""),
        rss(item("a"), item("b", more="<description>teks <b>tebal</description>")),
    ],
    ids=["cut", "cut-in-a-text", "appended", "php-notice", "bom", "utf-16", "bad-entities", "doctype", "unclosed"],
)
def test_what_came_out_of_a_broken_feed_is_taken(body: bytes) -> None:
    links = read(FEED, body).links
    assert [link.url for link in links] == ["https://koran.example/a/", "https://koran.example/b/"]


@pytest.mark.parametrize(
    ("declared", "actual"),
    [("UTF-8", "latin-1"), ("ISO-8859-1", "utf-8"), ("UTF-8", "utf-8"), ("us-ascii", "cp1252"), ("utf-7", "utf-8")],
)
def test_the_encoding_is_what_the_bytes_are(declared: str, actual: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>'
    body = rss("<item><title>Kafé Ñusa</title><link>https://koran.example/a</link></item>", declaration=declaration)
    assert only(body.decode().encode(actual)).title == "Kafé Ñusa"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!DOCTYPE html><html><body><p>Beranda</p></body></html>", "HTML that is not a feed"),
        (b"<html><body><rss></rss></body></html>", "HTML that is not a feed"),
        (b"", "empty"),
        (b"  \n", "empty"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "not a feed"),
        (b"/etc/passwd", "not a feed"),
        (b"https://koran.example/feed", "not a feed"),
        (rss(), "holds no entry"),
        (b"<rss><channel>", "holds no entry"),
    ],
)
def test_what_is_no_feed(body: bytes, words: str) -> None:
    with pytest.raises(DiscoverError, match=words):
        read(FEED, body)


# -- bounds ----------------------------------------------------------------------------------------------------------

PLENTY = "".join(f' a{n}="{n}"' for n in range(50_000))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (rss(f"<item{PLENTY}><title>x</title></item>"), "attributes"),
        (rss(f"<!-- <![CDATA[ --><item{PLENTY}/><!-- ]]> -->"), "attributes"),
        (rss("<item" + " a" * 50_000 + "/>"), "attributes"),
        (rss(f"<item x='>'{PLENTY}/>"), "attributes"),
        (rss(*(f"<b{PLENTY[:4000]}/>" for _ in range(1200))), "attributes"),
        (rss(*(item(str(n)) for n in range(100_000))), "tags|entries"),
        (rss("<item/>" * 100_000), "entries"),
        (rss("<b>" * 400_000), "tags"),
        (rss("<item><title>" + "&a" * 2_000_000), "entities"),
    ],
    ids=["attributes", "hidden", "valueless", "quoted", "many", "entries", "tiny-entries", "nested", "entities"],
)
def test_a_feed_beyond_bounds_is_refused_fast(body: bytes, words: str) -> None:
    begin = time.process_time()
    with pytest.raises(DiscoverError, match=words):
        read(FEED, body)
    assert time.process_time() - begin < 3, "feedparser alone takes 45 s"


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>" + "<" * 200_000),
        rss("<item><description>" + "&lt;" * 400_000 + "</description><link>https://koran.example/a</link></item>"),
        b"\n" * 2_000_000 + rss(item()),
        rss("<![CDATA[" * 20_000),
        rss("<!--" * 20_000),
        rss(item(more="<content:encoded>" + "&lt;p" * 200_000 + "</content:encoded>")),
    ],
    ids=["brackets", "escaped-brackets", "blank-lines", "open-cdata", "open-comments", "open-tags-in-content"],
)
def test_what_is_slow_for_careless_patterns_ends_soon(body: bytes) -> None:
    begin = time.process_time()
    with contextlib.suppress(DiscoverError):
        read(FEED, body)
    assert time.process_time() - begin < 5


def test_a_large_feed_of_whole_articles_is_read() -> None:
    content = f"<content:encoded><![CDATA[{ARTICLE * 5}]]></content:encoded>"
    assert len(read(FEED, rss(*(item(str(n), more=content) for n in range(300)))).links) == 300


@pytest.mark.parametrize("oldest_first", [False, True])
def test_only_the_newest_500_entries_are_taken(oldest_first: bool) -> None:
    numbers = range(700) if oldest_first else range(699, -1, -1)
    day = "<pubDate>{:02} Jan 2026 {:02}:{:02}:00 +0700</pubDate>"
    links = read(FEED, rss(*(item(f"a-{n}", more=day.format(n // 60 + 1, n // 60, n % 60)) for n in numbers))).links
    assert len(links) == 500
    assert {link.url for link in links} == {f"https://koran.example/a-{n}/" for n in range(200, 700)}


# -- pages -----------------------------------------------------------------------------------------------------------


def pages(count: int, size: int = 10) -> dict[int, bytes]:
    return {
        page: rss(*(item(f"a-{page * size + n}") for n in range(size)), channel="<generator>WordPress</generator>")
        for page in range(1, count + 1)
    }


def server(site: dict[int, bytes], beyond: bytes = b"<html><body>Tidak ada</body></html>") -> object:
    return lambda url: site.get(int(dict(parse_qsl(urlsplit(url).query)).get("paged", 1)), beyond)


def test_the_first_crawl_goes_through_the_pages_of_wordpress() -> None:
    taken = walk(WORDPRESS_FEED, server(pages(50)))  # type: ignore[arg-type]
    assert len(taken.links) == 200
    assert taken.urls[:2] == ["https://koran.example/feed/", "https://koran.example/feed/?paged=2"]


@pytest.mark.parametrize(("days_apart", "expected"), [(1, 200), (0.1, 310), (0.01, 500)])
def test_the_first_crawl_goes_back_30_days_where_these_are_more(days_apart: float, expected: int) -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)

    def serve(url: str) -> bytes:
        first = (int(dict(parse_qsl(urlsplit(url).query)).get("paged", 1)) - 1) * 10
        dates = {n: (now - timedelta(days=n * days_apart)).isoformat() for n in range(first, first + 10)}
        return rss(*(item(f"a-{n}", more=f"<pubDate>{date}</pubDate>") for n, date in dates.items()))

    assert len(walk(WORDPRESS_FEED, serve, now=now).links) == expected


def test_the_last_page_ends_the_walk() -> None:
    taken = walk(WORDPRESS_FEED, server(pages(3)))  # type: ignore[arg-type]
    assert len(taken.links) == 30
    assert len(taken.urls) == 4


def test_a_feed_that_ignores_the_page_number_ends_the_walk() -> None:
    same = rss(item("a"), item("b"))
    taken = walk(WORDPRESS_FEED, lambda _: same)
    assert len(taken.links) == 2
    assert len(taken.urls) == 2


def test_other_feeds_have_one_page() -> None:
    assert read(FEED, rss(item())).next is None


def test_a_poll_asks_once() -> None:
    known = [f"https://koran.example/a-{n}/" for n in range(10, 18)]
    taken = walk(WORDPRESS_FEED, server(pages(9)), poll(known))  # type: ignore[arg-type]
    assert taken.urls == ["https://koran.example/feed/"]
    assert {link.origin for link in taken.links} == {"poll"}


def test_a_poll_that_finds_nothing_known_looks_further_back() -> None:
    known = [f"https://koran.example/a-{n}/" for n in range(35, 60)]
    taken = walk(WORDPRESS_FEED, server(pages(9)), poll(known))  # type: ignore[arg-type]
    assert {f"https://koran.example/a-{n}/" for n in range(10, 35)} <= {link.url for link in taken.links}
    assert len(taken.urls) == 3


def test_a_first_crawl_that_was_killed_walks_the_whole_way_again() -> None:
    killed = FIRST.__class__("koran", known=frozenset(f"koran.example/a-{n}" for n in range(10, 30)))
    assert len(walk(WORDPRESS_FEED, server(pages(5)), killed).links) == 50  # type: ignore[arg-type]


def test_pages_that_a_feed_names_are_read() -> None:
    def serve(url: str) -> bytes:
        number = int(dict(parse_qsl(urlsplit(url).query)).get("hal", 1))
        more = f"<link rel='next' href='https://koran.example/rss/terbaru?hal={number + 1}'/>" if number < 3 else ""
        entries = (
            f"<entry><title>A {n}</title><link href='https://koran.example/a-{n}/'/></entry>"
            for n in range(number * 10, number * 10 + 10)
        )
        return atom(more, *entries)

    taken = walk(FEED, serve)
    assert (len(taken.links), len(taken.urls)) == (30, 3)


@pytest.mark.parametrize(("total", "requests"), [(150, 1), (151, 2), (900, 2)])
def test_a_feed_of_blogger_is_read_on_at_the_site_itself(total: int, requests: int) -> None:
    strategy = Strategy("feed", "https://koran.example/feeds/posts/default?max-results=150")

    def serve(url: str) -> bytes:
        start = int(dict(parse_qsl(urlsplit(url).query)).get("start-index", 1))
        entries = (
            f"<entry><title>A {n}</title><link rel='alternate' href='https://koran.example/a-{n}/'/></entry>"
            for n in range(start, min(start + 150, total + 1))
        )
        head = (
            "<generator uri='https://www.blogger.com'>Blogger</generator>"
            "<link rel='next' href='https://www.blogger.com/feeds/7/posts/default?start-index=151'/>"
            f"<openSearch:totalResults>{total}</openSearch:totalResults><openSearch:startIndex>{start}"
            "</openSearch:startIndex><openSearch:itemsPerPage>150</openSearch:itemsPerPage>"
        )
        spaces = b"<feed xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/'"
        return atom(head, *entries).replace(b"<feed", spaces, 1)

    taken = walk(strategy, serve)
    assert (len(taken.links), len(taken.urls)) == (min(total, 300), requests)
    assert all(url.startswith("https://koran.example/") for url in taken.urls)
