"""Texts that a site shows in an article's place, or that break one off: notices to visitors and errors of servers.

What is refused is a text that is nothing but a notice, whatever title stands above it; a notice under an article harms
nothing. An error in the text itself means that the page is no more than half.
"""

from __future__ import annotations

import re

LONGEST = 1_000  # characters; a notice with a list of the newest articles has as many
_PROSE = 50  # characters of a sentence that no notice is ...
_LONGEST_SENTENCE = 200  # ... and of one in which a site announces that a service will be closed

_THING = r"(?:halaman|laman|artikel|berita|konten|tulisan|postingan|tautan|url|alamat)"
_ENGLISH = r"(?:page|content|article|post|link|url|resource|story)"
_NOTICES: dict[str, tuple[str, ...]] = {
    "the page says that it was not found": (
        rf"\b{_THING}\b[\w\s]{{0,40}}\btidak (?:lagi )?(?:di ?temukan|tersedia|ada\b|valid|berlaku)",
        rf"\b{_THING}\b[\w\s]{{0,40}}\btidak (?:dapat|bisa) (?:di ?temukan|di ?akses|di ?buka|ditampilkan)",
        rf"\b{_THING}\b[\w\s]{{0,40}}\b(?:telah|sudah) (?:di ?hapus|di ?pindah|pindah|berpindah|kedaluwarsa)",
        r"yang (?:anda|kamu) (?:cari|tuju|minta|maksud|buka|akses)",
        rf"\b{_ENGLISH}\b[\w\s’'-]{{0,60}}(?:not (?:be )?found|n[’']?t exist|not exist|no longer)",
        rf"\b{_ENGLISH}\b[\w\s’'-]{{0,60}}(?:been|was) (?:moved|removed|deleted)",
        r"\byou(?:[’']re| are| were)? (?:looking for|requested|trying to)",
        r"nothing (?:was )?(?:found|matched)|no results|kriteria pencarian|kata kunci lain",
        r"tidak ada (?:hasil|yang cocok|artikel|berita|postingan)\b",
        r"kembali ke (?:beranda|halaman (?:utama|depan|sebelumnya))|(?:back|return|go) to (?:the )?(?:home|front)",
    ),
    "the site asks visitors to log in": (
        r"silakan (?:masuk|log ?in|daftar)\b|(?:log|sign) ?in to|must be logged in|(?:subscribers?|members?) only",
        r"(?:hanya|khusus) (?:untuk )?(?:pelanggan|member|anggota)|berlangganan untuk",
    ),
    "the site asks for a check of the browser": (
        r"(?:aktifkan|enable|requires?|turn on) (?:java ?script|cookies)|bukan robot|not a robot|checking your browser",
        r"java ?script (?:is )?(?:disabled|required|tidak aktif)|verif\w+ (?:that )?you are|(?:are you|you are) human",
    ),
    "the site is closed for the moment": (
        r"(?:sedang|dalam|under|masa) (?:\w+ )?(?:pemeliharaan|perbaikan|pengembangan|maintenance|construction)",
        r"silakan coba (?:lagi|kembali)|coba beberapa saat|kunjungi kembali|try again later|be back (?:soon|shortly)",
        r"segera kembali|temporarily unavailable",
    ),
    "the site is suspended or parked": (
        r"\bdomain (?:ini |name )?(?:is |may be |sedang )?(?:for sale|dijual|parked|expired|kedaluwarsa)",
        r"buy this domain|(?:account|akun)\b.{0,20}(?:suspended|ditangguhkan)|hosting provider|penyedia hosting",
    ),
    "the server reports an error instead of the page": (
        r"\b(?:terjadi|ada) (?:\w+ )?(?:kesalahan|galat|eror)\b|something went wrong|internal server error",
        r"\ban? (?:\w+ )?error (?:has |was )?(?:occurred|encountered)",
    ),
    "the site was defaced": (
        r"\b(?:hacked|defaced|h[4a]ck[3e]d|pwned) by\b|greetz|\bwas here\b|your (?:security|system)|we are legion",
    ),
    "the page shows a notice on cookies and no text": (
        r"(?:menggunakan|use[sd]?) cookies?\b|kebijakan (?:privasi|cookie)|privacy policy",
    ),
}  # fmt: skip
NOTICES = {reason: re.compile("|".join(patterns), re.IGNORECASE) for reason, patterns in _NOTICES.items()}
# What ends the output of a page, in the words of PHP, its frameworks, WordPress and databases.
_BROKEN = re.compile(
    r"\b(?:fatal|parse|compile) error\W{1,8}(?:uncaught|call to|allowed|maximum|syntax|cannot|require|class|out of|un)"
    r"|allowed memory size of \d+ bytes|maximum execution time of \d+ seconds?"
    r"|critical error on (?:this|your) (?:web)?site|learn more about (?:troubleshooting|debugging)"
    r"|(?:kesalahan|eror|error|galat) (?:yang )?(?:serius|kritis|fatal) (?:pada|di|dalam) (?:situs|website|web|laman)"
    r"|sqlstate\[\w+\]|establishing a database connection|error in your sql syntax|a database error occurred"
    r"|server has gone away|traceback \(most recent call last\)|stack trace:|\buncaught \w*(?:error|exception)\b"
    r"|\bORA-\d{5}:|server error in '/' application|unhandled exception",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def notice_in(text: str) -> str | None:
    """Why a text (plain, a paragraph a line) is nothing but a notice; None where it tells anything else."""
    if len(text) > LONGEST:
        return None
    sentences = [found[0].strip() for found in _SENTENCE.finditer(text)]
    kinds = [kind_of(one) for one in sentences]
    is_text = any(
        kind is None and len(one) >= _PROSE and one.endswith((".", "!", "?"))
        for one, kind in zip(sentences, kinds, strict=True)
    )
    return None if is_text else next(filter(None, kinds), None)


def kind_of(sentence: str) -> str | None:
    """Which notice a sentence is of."""
    if len(sentence) > _LONGEST_SENTENCE:
        return None
    return next((reason for reason, pattern in NOTICES.items() if pattern.search(sentence)), None)


def broken_off(text: str) -> str | None:
    """The error of a server that stands in a text; None without one."""
    found = _BROKEN.search(text)
    return text[found.start() : found.start() + 80] if found else None
