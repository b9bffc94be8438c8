"""Which addresses may be those of articles, by what every CMS calls its lists, forms, files and standing pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

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
    "page paged start limitstart limit offset s q search cat tag author m month year day date tahun bulan".split()
)
FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|zip|rar|7z|jpe?g|png|gif|webp|svg|mp[34]|avi|mov|apk|xml|css|js)$", re.IGNORECASE
)
DATE_PATH = re.compile(r"/(?:19|20)\d{2}(?:/\d{1,2}){0,2}")
MOST_PARENTS = 10  # levels above an address that are looked at


def is_article(url: str, listing: str) -> bool:
    """Whether an address may be that of an article: no list, file, form or date archive, and not the listing."""
    parts = urlsplit(url)
    parameters = {name.lower() for name, _ in parse_qsl(parts.query)}
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    own = parameters - LIST_PARAMETERS
    if url_key(url) == url_key(listing) or FILE.search(parts.path) or DATE_PATH.fullmatch(parts.path.rstrip("/")):
        return False
    if not segments or parts.path.rstrip("/") == urlsplit(listing).path.rstrip("/"):
        return bool(own)  # `/?p=12`, `index.php?option=…&id=12`
    if not NEVER.isdisjoint(segments) or (len(segments) > 1 and segments[-2] in {"page", "halaman"}):
        return False
    return not (segments[0] in LISTS and len(segments) <= 3) and (bool(own) or not parameters)


def is_standing(url: str) -> bool:
    """Whether an address is that of a page that every site has once: contact, imprint, history."""
    name = path_of(url).lower().removeprefix("/").removesuffix(".html").removesuffix(".php")
    return name in STANDING and not urlsplit(url).query


def sections(urls: Iterable[str], least: int = 2) -> set[str]:
    """The paths that stand above those of at least so many of the addresses: sections, not articles."""
    below: dict[str, set[str]] = defaultdict(set)
    for path in map(path_of, urls):
        for parent in [path[: match.start()] for match in re.finditer("/", path)][1 : MOST_PARENTS + 1]:
            below[parent].add(path)
    return {parent for parent, paths in below.items() if len(paths) >= least}


def path_of(url: str) -> str:
    """The path without a slash at its end."""
    return urlsplit(url).path.rstrip("/")
