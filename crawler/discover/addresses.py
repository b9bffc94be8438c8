"""Which addresses may be those of articles, by what every CMS calls its lists, forms, files and standing pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from crawler.text.urls import url_key

# First segments of addresses that are lists, with at most two segments behind them (`/kategori/a/12/slug` is none).
LISTS = frozenset(
    """
    category kategori categories tag tags topic topik label author penulis user users profile profil
    search cari pencarian page halaman calendar kalender
    """.split()
)
NEVER = frozenset(
    """
    login masuk register daftar logout feed rss rss-feeds wp-login.php wp-admin wp-json wp-content administrator
    cdn-cgi sitemap sitemap.xml xmlrpc.php
    """.split()
)
# What a site says of itself, on a page that stands alone below the root.
STANDING = frozenset(
    """
    about about-us tentang tentang-kami contact contact-us kontak kontak-kami hubungi-kami hubungi redaksi
    susunan-redaksi box-redaksi pedoman-media-siber pedoman-pemberitaan-media-siber kode-etik kode-etik-jurnalistik
    disclaimer privacy privacy-policy kebijakan-privasi terms terms-of-service terms-conditions syarat-dan-ketentuan
    ketentuan faq visi-misi visi-dan-misi struktur-organisasi sejarah karir career info-iklan iklan beranda home
    homepage index peta-situs galeri gallery galeri-foto galeri-video foto video posts blog berita news indeks
    index-berita download unduhan
    """.split()
)
# Parameters that choose a list, or a part of one, unless another names the article.
LIST_PARAMETERS = frozenset(
    """
    page paged hal halaman start limitstart limit offset per_page perpage s q search cat tag author m
    month year day date tahun bulan tanggal hari thn bln tgl sort sortby sort_by order orderby order_by dir direction
    filter filters filter_order filter_order_dir
    """.split()
)
FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|zip|rar|7z|jpe?g|png|gif|webp|svg|mp[34]|avi|mov|apk|xml|css|js)$", re.IGNORECASE
)
# Last segments of an address that shows the article at the one above it in another way.
VIEWS = frozenset("print cetak pdf share bagikan embed trackback comments komentar respond reply".split())
CALENDARS = frozenset("calendar kalender kalendar".split())
MOST_SEGMENTS = 15
DATE_PATH = re.compile(r"/(?:19|20)\d{2}(?:/\d{1,2}){0,2}")
_TWIN_END = re.compile(r"(?:/(?:amp|index\.(?:html?|php)))+$")  # below an article, and the article all the same
_FURTHER_PAGE = re.compile(r"(?<=.)/(?:(?:page|halaman)/\d+|comment-page-\d+)$")
MOST_PARENTS = 10  # levels above an address that are looked at


def is_article(url: str, listing: str) -> bool:
    """Whether an address may be that of an article: no list, file, form or date archive, and not the listing."""
    parts = urlsplit(url)
    parameters = parameters_of(parts.query)
    segments = segments_of(parts.path)
    own = parameters - LIST_PARAMETERS
    if grows(segments) or viewed(url) or not CALENDARS.isdisjoint(segments):
        return False
    if url_key(url) == url_key(listing) or FILE.search(parts.path) or DATE_PATH.fullmatch(parts.path.rstrip("/")):
        return False
    if not segments or parts.path.rstrip("/") == urlsplit(listing).path.rstrip("/"):
        return bool(own)  # `/?p=12`, `index.php?option=…&id=12`
    if not NEVER.isdisjoint(segments) or (len(segments) > 1 and segments[-2] in {"page", "halaman"}):
        return False
    return not (segments[0] in LISTS and len(segments) <= 3) and (bool(own) or not parameters)


def parameters_of(query: str) -> set[str]:
    """The names of a query's parameters, lower-case, `filter[]` without its brackets."""
    return {name.lower().partition("[")[0] for name, _ in parse_qsl(query)}


def segments_of(path: str) -> list[str]:
    """The parts of a path, lower-case, without empty ones."""
    return [segment.lower() for segment in path.split("/") if segment]


def grows(segments: list[str]) -> bool:
    """Whether a path looks like one that relative links make longer with each page: a word three times, or too many."""
    is_repeated = len(segments) - len(set(segments)) >= 2 and any(
        segments.count(segment) >= 3 and not segment.isdecimal() for segment in segments
    )
    return is_repeated or len(segments) > MOST_SEGMENTS


def viewed(url: str) -> str | None:
    """The address that another one is a view of (printed, as a file, its comments, its second page), or None."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    above, _, last = path.rpartition("/")
    if last.lower() not in VIEWS:
        above = _FURTHER_PAGE.sub("", path)
    return urlunsplit(parts._replace(path=above)) if above and above != path else None


def is_file(url: str) -> bool:
    """Whether an address is that of a document, picture or archive and not of a page."""
    return FILE.search(urlsplit(url).path) is not None


def is_standing(url: str) -> bool:
    """Whether an address is that of a page that every site has once: contact, imprint, history."""
    name = path_of(url).lower().removeprefix("/").removesuffix(".html").removesuffix(".php")
    return name in STANDING and not urlsplit(url).query


def sections(urls: Iterable[str], least: int = 2) -> set[str]:
    """The paths that stand above those of at least so many of the addresses: sections, not articles."""
    below: dict[str, set[str]] = defaultdict(set)
    for path in (_TWIN_END.sub("", path_of(url)) for url in urls):
        for parent in [path[: match.start()] for match in re.finditer("/", path)][1 : MOST_PARENTS + 1]:
            below[parent].add(path)
    return {parent for parent, paths in below.items() if len(paths) >= least}


def path_of(url: str) -> str:
    """The path without a slash at its end."""
    return urlsplit(url).path.rstrip("/")
