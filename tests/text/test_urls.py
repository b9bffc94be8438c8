"""Addresses as identity: one canonical form, one key for all twins of an article."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.urls import canonical_url, host, site, url_key

ARTICLE = "https://koran.example/lapas-serang-panen-raya"

CANONICAL = {
    "scheme and host in capitals": ("HTTPS://Koran.EXAMPLE/Berita", "https://koran.example/Berita"),
    "default port": ("https://koran.example:443/a", "https://koran.example/a"),
    "default port of http": ("http://koran.example:80/a", "http://koran.example/a"),
    "other port": ("https://koran.example:8443/a", "https://koran.example:8443/a"),
    "user and password": ("https://user:secret@koran.example/a", "https://koran.example/a"),
    "fragment": ("https://koran.example/a#komentar", "https://koran.example/a"),
    "no path": ("https://koran.example", "https://koran.example/"),
    "campaign": ("https://koran.example/a?utm_source=wa&utm_medium=x", "https://koran.example/a"),
    "click id between others": ("https://koran.example/?p=7&fbclid=Ab&lang=id", "https://koran.example/?p=7&lang=id"),
    "an old site's only id stays": ("https://koran.example/berita.php?no=12", "https://koran.example/berita.php?no=12"),
    "ampersand escaped twice": ("https://koran.example/?a=1&amp;b=2", "https://koran.example/?a=1&b=2"),
    "junk behind an escaped ampersand": ("https://koran.example/?a=1&amp;utm_id=2", "https://koran.example/?a=1"),
    "session in the path": ("https://koran.example/a;jsessionid=0F3?x=1", "https://koran.example/a?x=1"),
    "session of PHP": ("https://koran.example/a?PHPSESSID=0f3&x=1", "https://koran.example/a?x=1"),
    "session of ASP.NET": ("https://koran.example/(S(lit3py55))/berita/1.aspx", "https://koran.example/berita/1.aspx"),
    "session of ASP.NET, nested": ("https://koran.example/(X(1)S(lit3py55))/a", "https://koran.example/a"),
    "brackets that are no session": ("https://koran.example/(foto)/a", "https://koran.example/(foto)/a"),
    "session by its look": ("https://koran.example/a?sid=9f86d081884c7d659a2f", "https://koran.example/a"),
    "story called sid": ("https://koran.example/b.php?sid=1234", "https://koran.example/b.php?sid=1234"),
    "share mark": ("https://koran.example/a?ref=12", "https://koran.example/a"),
    "share mark of a script": ("https://koran.example/b.php?id=7&ref=12", "https://koran.example/b.php?id=7"),
    "id called ref": ("https://koran.example/b.php?ref=12&utm_id=9", "https://koran.example/b.php?ref=12"),
    "print view of Joomla": (
        "https://koran.example/a?tmpl=component&print=1&layout=default&page=",
        "https://koran.example/a",
    ),
    "answer to a comment": ("https://koran.example/a?replytocom=7#respond", "https://koran.example/a"),
    "escapes of a query": ("https://koran.example/?%6a=%e9&p=%2f", "https://koran.example/?j=%E9&p=%2F"),
    "bare percent sign in a query": ("https://koran.example/?q=5%", "https://koran.example/?q=5%25"),
    "dot segments": ("https://koran.example/a/../b/./c", "https://koran.example/b/c"),
    "encoded dot segments": ("https://koran.example/a/%2e%2e/b", "https://koran.example/b"),
    "two slashes at the front": ("https://koran.example//berita/a", "https://koran.example/berita/a"),
    "needless encoding": ("https://koran.example/%7Eredaksi/%61", "https://koran.example/~redaksi/a"),
    "encoded slash stays": ("https://koran.example/a%2fb", "https://koran.example/a%2Fb"),
    "bare percent sign": ("https://koran.example/naik-5%", "https://koran.example/naik-5%25"),
    "letters beyond ASCII": ("https://koran.example/café", "https://koran.example/caf%C3%A9"),
    "blanks": (" https://koran.example/a b ", "https://koran.example/a%20b"),
    "international host": ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    "dot behind the host": ("https://koran.example./a", "https://koran.example/a"),
}


@pytest.mark.parametrize(("url", "expected"), CANONICAL.values(), ids=CANONICAL)
def test_canonical_form(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://koran.example/a",
        "mailto:redaksi@koran.example",
        "/relative",
        "//koran.example/a",
        "https:///a",
        "https://koran.example:port/",
        "https://[::1/",
        "https://koran%2eexample/",
        "https://koran example/",
        "https://koran.example/\ud800",
        "https://koran.example/?a=\ud800",
        "https://koran.example/" + "a/" * 5000,
        "",
    ],
)
def test_what_is_no_address(url: str) -> None:
    assert canonical_url(url) is None


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../b", "https://koran.example/x/b"),
        ("?p=7", "https://koran.example/x/y/?p=7"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("javascript:void(0)", None),
        ("http://[bad", None),
    ],
)
def test_relative_to_a_page(href: str, expected: str | None) -> None:
    assert canonical_url(href, "https://koran.example/x/y/") == expected


TWINS = [
    "http://koran.example/lapas-serang-panen-raya",
    "https://www.koran.example/lapas-serang-panen-raya/",
    "https://m.koran.example/lapas-serang-panen-raya?m=1",
    "https://amp.koran.example/lapas-serang-panen-raya",
    "https://koran.example/lapas-serang-panen-raya/amp/",
    "https://koran.example/amp/lapas-serang-panen-raya",
    "https://koran.example/lapas-serang-panen-raya?amp=1&utm_source=wa#isi",
    "https://koran.example/index.php/lapas-serang-panen-raya",
    "https://koran.example/lapas-serang-panen-raya/index.html",
    "https://KORAN.example:443//lapas-serang-panen-raya?print=1&tmpl=component",
]


# Addresses of one article and of another one that a careless key would take for it.
OTHERS = {
    "posts": ("https://koran.example/?p=123", "https://koran.example/?p=124"),
    "numbers in the path": ("https://koran.example/read/123/slug", "https://koran.example/read/124/slug"),
    "languages": ("https://koran.example/?id=1&lang=id", "https://koran.example/?id=1&lang=en"),
    "a page of one": ("https://koran.example/?id=7&page=2", "https://koran.example/?id=8"),
    "swapped values": ("https://koran.example/?id=7&no=8", "https://koran.example/?id=8&no=7"),
    "values without names": ("https://koran.example/?berita&7", "https://koran.example/?7&berita"),
    "values of one name": ("https://koran.example/?x[]=1&x[]=2", "https://koran.example/?x[]=2&x[]=1"),
    "scripts": ("https://koran.example/baca.php?ref=12", "https://koran.example/baca.php?ref=13"),
    "domains": ("https://mobile.co.id/a", "https://co.id/a"),
    "amp in a word": ("https://koran.example/lampu.ampere", "https://koran.example/lampuere"),
}


@pytest.mark.parametrize(("one", "other"), OTHERS.values(), ids=OTHERS)
def test_no_two_articles_have_one_key(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


MORE_TWINS = {
    "order of parameters": ("https://koran.example/?a=1&b=2", "https://koran.example/?b=2&a=1"),
    "labels one behind the other": ("https://m.www.koran.co.id/a", "https://koran.co.id/a"),
    "blank in a query": ("https://koran.example/?judul=a+b", "https://koran.example/?judul=a%20b"),
    "AMP in the name": ("https://koran.example/a.amp.html", "https://koran.example/a.html"),
    "AMP below the script": ("https://koran.example/index.php/amp/a", "https://koran.example/a"),
    "doubled slash": ("https://koran.example/berita//a", "https://koran.example/berita/a"),
    "script of the root": ("https://koran.example/index.php?id=7", "https://koran.example/?id=7"),
}


@pytest.mark.parametrize(("one", "other"), MORE_TWINS.values(), ids=MORE_TWINS)
def test_more_twins_have_one_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize("twin", TWINS)
def test_twins_have_one_key(twin: str) -> None:
    assert url_key(twin) == url_key(ARTICLE)


@pytest.mark.parametrize(
    "other",
    [
        "https://koran.example/lapas-serang-panen-raya-2",
        "https://koran.example/lapas-serang-panen-raya?p=2",
        "https://banten.koran.example/lapas-serang-panen-raya",
        "https://koran.example/ampas-tebu",
        "https://koran.example/Lapas-Serang-Panen-Raya",
    ],
)
def test_others_have_another_key(other: str) -> None:
    assert url_key(other) != url_key(ARTICLE)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://malut.kemenkum.go.id/berita", "kemenkum.go.id"),
        ("https://kemenkum.go.id/", "kemenkum.go.id"),
        ("https://www.polten.co.id/", "polten.co.id"),
        ("https://banten.antaranews.com/", "antaranews.com"),
        ("https://lapas.desa.id/", "lapas.desa.id"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]:8000/", "::1"),
        ("http://localhost/", "localhost"),
        ("no address", ""),
    ],
)
def test_site(url: str, expected: str) -> None:
    assert site(url) == expected


def test_host_of_a_broken_address_is_empty() -> None:
    assert host("http://[::1/") == ""


addresses = st.one_of(
    st.text(),
    st.builds("http://{}/{}?{}".format, st.text(max_size=12), st.text(max_size=30), st.text(max_size=30)),
    st.builds(
        "https://www.koran.example/{}".format,
        st.text(alphabet="/.%;?&=#" + string.hexdigits + "amp \u00e9\ud800", max_size=40),
    ),
)


@given(addresses, st.none() | addresses)
def test_never_raises_and_is_idempotent(url: str, base: str | None) -> None:
    canonical = canonical_url(url, base)
    if canonical is not None:
        assert canonical_url(canonical) == canonical
        assert canonical.startswith(("http://", "https://"))
        assert canonical.isascii()
    assert isinstance(url_key(url), str)
    assert isinstance(site(url), str)


@given(addresses)
def test_key_is_that_of_the_canonical_form_and_of_itself(url: str) -> None:
    canonical = canonical_url(url)
    if canonical is not None:
        assert url_key(canonical) == url_key(url)
        assert url_key(f"https://{url_key(url)}") == url_key(url)


numbers = st.integers(2, 10**9)
shapes = st.sampled_from(
    ["?p={}", "read/{}/slug", "berita.php?id={}&lang=id", "?option=com_content&id={}", "b-{}.html", "baca.php?ref={}"]
)
marks = st.sampled_from(["utm_source=wa", "fbclid=Ab-1", "gclid=x", "igshid=y", "mc_cid=1", "PHPSESSID=0f3", "amp=1"])


@given(shapes, numbers, numbers, st.lists(marks, max_size=3))
def test_marks_never_tell_two_articles_apart_and_ids_always_do(
    shape: str, one: int, other: int, added: list[str]
) -> None:
    plain = f"https://koran.example/{shape.format(one)}"
    marked = plain + "".join(f"{'&' if '?' in plain or n else '?'}{mark}" for n, mark in enumerate(added))
    assert url_key(marked) == url_key(plain)
    assert (url_key(f"https://koran.example/{shape.format(other)}") == url_key(plain)) == (one == other)
