"""What stands in an article's place or breaks it off, and what only looks like that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.errors import ExtractError
from crawler.extraction import extract, is_half
from crawler.models import Page

NOW = datetime(2026, 1, 29, 3, tzinfo=UTC)
URL = "https://koran.example/berita/panen-lele-lapas/"
FIRST = "<p>SERANG – Lapas Contoh memanen lele di kolam belakang, Senin (26/1/2026).</p>"
LAST = "<p>Hasil panen dijual ke koperasi pegawai.</p>"


LONG = (
    "<p>Layanan paspor di Kantor Imigrasi Serang dihentikan sementara karena sistem sedang dalam pemeliharaan mulai "
    "Sabtu (31/1/2026) pukul 20.00 WIB hingga Minggu pagi, dan pemohon dapat memilih jadwal lain di M-Paspor tanpa "
    "dikenakan biaya tambahan.</p>"
)
CODEIGNITER = (
    "<p>A PHP Error was encountered</p><p>Severity: Notice</p><p>Message: Undefined variable: foto</p>"
    "<p>Filename: views/detail.php</p><p>Line Number: 42</p>"
)


def page(text: str, title: str = "Lapas Contoh Panen Lele") -> bytes:
    """A page of no known theme."""
    return (
        f'<!doctype html><html lang="id"><head><title>Koran</title></head><body><nav><a href="/">Beranda</a></nav>'
        f"<main><h1>{title}</h1><div>{text}</div></main><footer>Hak cipta Koran</footer></body></html>"
    ).encode()


def themed(text: str) -> bytes:
    """A page of a known theme, which tells where its text is."""
    return page(f'<article class="post"><div class="entry-content">{text}</div></article>').replace(
        b"<body>", b'<body class="single single-post">'
    )


@pytest.mark.parametrize(
    "text",
    [
        "Halaman yang Anda tuju tidak tersedia.",
        "Artikel ini sudah tidak dapat diakses. Kembali ke beranda.",
        "Sorry, the page you requested was not found. Go to the homepage.",
        "This article has been removed by its author.",
        "Silakan login untuk membaca artikel ini.",
        "Konten ini khusus pelanggan. Berlangganan untuk membaca.",
        "Website sedang dalam perbaikan. Silakan coba kembali beberapa saat lagi.",
        "Oops, something went wrong. Please try again later.",
        "Domain ini dijual. Buy this domain now.",
        "Your account has been suspended. Contact your hosting provider.",
        "Hacked by Anak Bangsa. Greetz: semua teman. Your system is ours!",
        "We use cookies. Read our privacy policy.",
        "Untuk melanjutkan, buktikan bahwa Anda bukan robot.",
    ],
)
def test_notice_is_no_article(text: str) -> None:
    with pytest.raises(ExtractError):
        extract(page(f"<p>{text}</p>"), URL, now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        FIRST + "<p>Dalam razia itu barang terlarang tidak ditemukan.</p>",
        FIRST + "<p>Kami menggunakan cookie. Baca kebijakan privasi kami.</p>",
        FIRST + "<p>Artikel ini khusus pelanggan. Silakan login untuk membaca.</p>",
        LONG,
        FIRST + "<p>Situs lapas sempat menampilkan tulisan Hacked by Anonim sebelum dipulihkan oleh petugas.</p>",
    ],
)
def test_article_that_says_so_is_one(text: str) -> None:
    assert extract(page(text), URL, now=NOW).paragraphs[0].startswith(("SERANG", "Layanan"))


@pytest.mark.parametrize(
    "error",
    [
        "<b>Fatal error</b>: Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)",
        "<b>Parse error</b>: syntax error, unexpected end of file in /home/x/detail.php on line 12",
        "<p>There has been a critical error on your website.</p>",
        "<p>Telah terjadi kesalahan serius pada situs web ini.</p>",
        "<p>SQLSTATE[HY000]: General error: 2006 MySQL server has gone away</p>",
        "<p>Maximum execution time of 30 seconds exceeded</p>",
        "<p>A Database Error Occurred</p><p>Error Number: 1064</p>",
        "<p>Traceback (most recent call last): File views.py</p>",
    ],
)
def test_error_in_the_text_makes_it_half_an_article(error: str) -> None:
    with pytest.raises(ExtractError, match=r"broke the page off|reports an error"):
        extract(themed(FIRST + LAST + error), URL, now=NOW)


@pytest.mark.parametrize(
    "warning",
    [
        "<br /><b>Warning</b>: Undefined array key 3 in <b>/home/x/detail.php</b> on line <b>88</b><br />",
        "<p>Deprecated: Function create_function() is deprecated in /x/y.php on line 3</p>",
        CODEIGNITER,
    ],
)
def test_warnings_are_no_text(warning: str) -> None:
    text = " ".join(extract(themed(FIRST + warning + LAST), URL, now=NOW).paragraphs)
    assert text.startswith("SERANG")
    assert text.endswith("koperasi pegawai.")
    assert "php" not in text.lower()


HIDDEN = [
    "display : none", "position:absolute; left:-9999px", "text-indent:-5000px", "font-size:0",
    "font-size: 0px;color:red", "height:0;overflow:hidden", "overflow:hidden; height:1px; width:1px",
    "clip:rect(1px,1px,1px,1px)",
]  # fmt: skip
SHOWN = ["font-size:0.9em", "margin-left:-15px", "height:100px;overflow:hidden", "left:0", "width:100%;overflow:hidden"]


@pytest.mark.parametrize(("style", "is_shown"), [*((s, False) for s in HIDDEN), *((s, True) for s in SHOWN)])
def test_what_styles_hide_is_no_text(style: str, is_shown: bool) -> None:
    planted = f'<div style="{style}"><p>Tautan <a href="https://lain.example/">rahasia</a> di sini.</p></div>'
    article = extract(themed(FIRST + planted + LAST), URL, now=NOW)
    assert ("rahasia" in article.body_html) is is_shown


@pytest.mark.parametrize(
    ("end", "half"),
    [
        ("<p>Hasil panen dijual ke koper", True),
        ("<p>Hasil panen dijual ke kopera\n", True),
        ("<p>Hasil panen dijual ke koperasi pegawai.", False),
        ("<p>Hasil panen dijual ke koperasi pegawai. (Humas)", False),
        ("<p>Hasil panen dijual ke koperasi pegawai</p>", False),
        ("<p>Hasil panen dijual ke koper</body></html>", False),
        (f"{LAST}</div></main><div>Hak cipta Koran 20", False),
    ],
)
def test_answer_that_ends_in_a_sentence_of_the_article_is_half_of_it(end: str, half: bool) -> None:
    whole = page(FIRST).decode().partition("</div></main>")[0] + end
    article = extract(whole.encode(), URL, now=NOW)
    assert is_half(Page(URL, whole.encode()), article.paragraphs[-1]) is half
