"""Hygiene of text: what is repaired, what is dropped, what can never run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.clean import plain, sanitise, tidy

BASE = "https://lapas.example/berita/satu/"
ANY_TEXT = st.text(st.characters(codec=None), max_size=80)
PIECES = (
    '<p>', '</p>', '<b>', '<a href="', '">', "'", '"', '<img src=', ' onerror=', 'javascript:', 'java\x1bscript:',
    'java&#9;script:', '&#x6a;avascript:', 'data:text/html,', 'vbscript:', '<script>', '</script>', '<svg/onload=',
    '<math>', '<style>', '<!--', '-->', '<![CDATA[', ']]>', '<iframe srcdoc=', '<noscript>', '<form action=', '>', '<',
    '\x00', '\x0b', '\u200b', ' style=', ' class=x', ' id=y', 'alert(1)', 'teks', ' ', '\n', '&lt;script&gt;', '\ud800',
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES) | ANY_TEXT, max_size=14).map("".join)


class Active(HTMLParser):
    """Collects what could run or load in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "object", "embed", "form", "svg", "math", "base", "meta", "link"}:
            self.found.append(tag)
        for name, value in attrs:
            scheme = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name in {"style", "class", "id", "srcset", "srcdoc"}:
                self.found.append(name)
            if name in {"href", "src"} and not scheme.startswith(("http://", "https://", "mailto:")):
                self.found.append(scheme)


def active(html: str) -> list[str]:
    parser = Active()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.mark.parametrize(
    ("written", "meant"),
    {
        "spaces": ("  Lapas\u00a0\u00a0Serang \n\t Banten ", "Lapas Serang Banten"),
        "UTF-8 read as Windows-1252": ("â€œKami siap,â€\x9d ujarnya â€“ Rabu", "“Kami siap,” ujarnya – Rabu"),
        "its last byte lost": ("â€œKami siap,â€ ujarnya", "“Kami siap,” ujarnya"),
        "half of a no-break space": ("Syaratnya:Â KTP", "Syaratnya: KTP"),
        "good quotes and dashes": ("“Jum’at” — 'x' – … «é»", "“Jum’at” — 'x' – … «é»"),
        "zero-width and soft hyphen": ("pe\u00adma\u200bsya\ufeffrakatan", "pemasyarakatan"),
        "controls": ("a\x00b\x1bc\x7fd", "abcd"),
        "lone surrogate": ("a\ud83db", "ab"),
        "surrogate pair": ("a\ud83d\ude00b", "a😀b"),
        "direction marks": ("\u202eabc\u2066", "abc"),
        "joined emoji": ("👨‍👩‍👧 a\u200db", "👨‍👩‍👧 ab"),
        "decomposed accents": ("Dese\u0301mber", "Desémber"),
        "capital letters that look like mojibake": ("ÂNGKATAN Ã", "ÂNGKATAN Ã"),
        "empty": ("\u200b \n", ""),
    }.values(),
    ids=lambda value: value if isinstance(value, str) and value.isascii() and value.isprintable() else None,
)
def test_tidy(written: str, meant: str) -> None:
    assert tidy(written) == meant


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Rutan &#8220;A&#8221; &amp; B", "Rutan “A” & B"),
        ("Rutan &amp;#8211; Lapas", "Rutan – Lapas"),
        ("<b>Lapas</b> Serang<br>Banten", "Lapas Serang Banten"),
        ("3 < 5 dan 7 > 2", "3 < 5 dan 7 > 2"),
        ("<script>alert(1)</script>Judul<img src=x onerror=alert(1)>", "Judul"),
        ("Judul <img src=x onerror=", "Judul"),
        ("<p>satu</p><p>dua</p>", "satu dua"),
        ("", ""),
    ],
)
def test_plain(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<a href="/x?a=1&amp;b=2">y</a>', '<a href="https://lapas.example/x?a=1&amp;b=2">y</a>'),
        ('<img src="//cdn.example/a.jpg" srcset="b 2x" onerror="x" >', '<img src="https://cdn.example/a.jpg">'),
        ('<a href="mailto:humas@lapas.example">tulis</a>', '<a href="mailto:humas@lapas.example">tulis</a>'),
        ('<a href="java\x1bscript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href=" jAvAsCrIpT:alert(1)">a</a>', "<a>a</a>"),
        ('<img src="data:image/svg+xml,<svg onload=alert(1)>">', "<img>"),
        ('<p class="x" id="y" style="position:fixed">teks</p>', "<p>teks</p>"),
        ("<p>sebelum</p><script>alert(1)</script><p>sesudah</p>", "<p>sebelum</p><p>sesudah</p>"),
        ("<table><tr><td colspan=2></td></tr></table>", '<table><tbody><tr><td colspan="2"></td></tr></tbody></table>'),
        ('<figure class="x"><figcaption>a</figcaption></figure>', "<figure><figcaption>a</figcaption></figure>"),
        ("<p>&lt;script&gt; adalah teks</p>", "<p>&lt;script&gt; adalah teks</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_sanitise(dirty: str, clean: str) -> None:
    assert sanitise(dirty, BASE) == clean


@given(MARKUP)
def test_nothing_sanitised_can_run(markup: str) -> None:
    html = sanitise(markup, BASE)
    assert active(html) == []
    assert active(sanitise(html, BASE)) == []
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", html)


@given(ANY_TEXT)
def test_tidy_is_idempotent(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert "\n" not in tidy(text)


@given(st.text(st.sampled_from("abcdefghij XYZ “”‘’–—…é,.!?\n"), max_size=80))
def test_tidy_keeps_every_letter_of_good_text(text: str) -> None:
    assert tidy(text).split() == text.split()


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 100_000, "<p>" * 1_500_000, "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">x", "<" * 500_000],
    ids=["nested", "one tag", "attributes", "angle brackets"],
)
def test_no_markup_is_too_much(markup: str) -> None:
    assert active(sanitise(markup, BASE)) == []
