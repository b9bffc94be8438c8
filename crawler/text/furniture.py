"""What stands in a text and is none of it: counters, ages, share bars, credits, related links, advertisements.

Extraction takes most of it out; this is the second look, so that none of what slipped through counts as an edit. Whole
blocks are judged, and what trails or leads a block; a sentence that merely counts something stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 240  # characters of a block that may be furniture

_AMOUNT = r"\d[\d.,]*+\s*(?:(?:k|rb|ribu|jt|juta)\b)?\s*(?:kali|x|orang|views?|pembaca)?"
_SEEN = r"(?:(?:telah|sudah) )?(?:di(?:baca|lihat|tonton|bagikan|sukai)|post views?|page views?|views?|hits?)"
_RESPONSES = r"(?:shares?|likes?|dislikes?|komentar|comments?|pembaca|bagikan|suka|views?|hits?|tayangan)"
_UNITS = r"(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun)"
_UNITS_ABROAD = r"(?:second|sec|minute|min|hour|day|week|month|year)s?"
_NETWORKS = (
    r"(?:facebook|twitter|x|whatsapp|wa|telegram|line|e-?mail|pinterest|linkedin|threads|copy link|salin tautan)"
)
_DATE_WORD = (  # possessive, and ended by a word's end: else a text of months in a row is read in every way there is
    r"(?:jan\w*+|[fp]eb\w*+|mar\w*+|apr\w*+|mei|may|jun\w*+|jul\w*+|a[gu]\w*+|sep\w*+|o[kc]t\w*+|no[vp]\w*+|de[sc]\w*+"
    r"|senin|selasa|rabu|kamis|jum\W?at|sabtu|minggu|pukul|jam|wi[bt]a?|am|pm|\d++)"
)

_AGE = rf"(?:(?:\d+|satu|dua|se) ?{_UNITS} (?:yang )?lalu|\d+ ?{_UNITS_ABROAD} ago|baru saja|just now)"
COUNTER = rf"(?:{_SEEN}\s*:?\s*{_AMOUNT}|{_AMOUNT}\s*(?:kali )?{_SEEN}(?: kali)?|{_RESPONSES}\s*:?\s*{_AMOUNT})"
_ATOMS = (
    COUNTER,
    rf"{_AMOUNT}\s*{_RESPONSES}",
    _AGE,
    rf"\d+ ?{_UNITS_ABROAD} read|(?:waktu baca|reading time)\W*\d+ ?\w+|\d+ menit (?:mem)?baca",
    rf"(?:bagikan|sebarkan|share|follow)(?: (?:artikel|berita))?(?: (?:ini|ke|di|on|this))?|{_NETWORKS}",
    r"advert[io]se?ments?|iklan|sponsored|scroll (?:to|untuk)\b.{0,60}",
    (
        rf"(?:(?:(?:artikel|berita|halaman) ini )?(?:telah )?(?:terakhir )?(?:diperbarui|di-?update)|(?:last )?updated?"
        rf"|tayang|terbit|diterbitkan|published)(?: on| pada)?\W*(?:{_AGE}|(?:{_DATE_WORD}\b\W*+)++)"
    ),
)
_SEPARATOR = r"[\s|•·,;:/()\[\]–—-]*+"
_SIGNED = r"(?:[^\W\d_]\w*(?: \w+){0,3}\s*[|•·-])?"  # `Redaksi | 5 menit yang lalu`
_ROW = rf"{_SIGNED}{_SEPARATOR}(?:(?>{'|'.join(_ATOMS)})\.?+{_SEPARATOR}){{1,12}}+"
_FEW = r"\s*+(?:\S++\s*+){0,8}+"  # words: a credit, and no sentence that begins with a label
_LINES = (
    r"\(?(?:baca|lihat|simak|tonton)(?: juga)?\s*[:：].*|\(?(?:baca|lihat|simak) juga\b.*",
    r"(?:berita|artikel|pos) (?:terkait|lainnya)\b.*|read (?:also|next)\b.*|pilihan editor\b.*",
    r"\(?(?:foto|photo|ket(?:erangan)?\.? ?(?:foto|gambar)?|dok(?:umentasi)?\.?|ilustrasi|gambar|caption)\s*[:：/].*",
    r"\((?:foto|dok)\b[\w./ -]{0,60}\)|(?:foto|dok)\.? ?[/–-].*|dok\. .{1,80}|antara(?: foto)? ?/.{0,60}",
    (
        r"\W{0,3}(?:penulis|editor|reporter|pewarta|redaktur|penyunting|fotografer|kontributor|uploader|admin|laporan|oleh"
        rf"|sumber(?: berita)?|copyright|hak cipta|kategori)\s*[:：©|]{_FEW}|copyright\b{_FEW}|©{_FEW}"
    ),
    r"(?:tags?|topik|label|kata kunci)\s*[:：].*",
    r"[(\[][^\s()\[\]\d]++(?: [^\s()\[\]\d]++){0,4}[)\]]\W*|(?:#[\w-]+[\s,]*)+|[\W_]*",
)
_PASSING = re.compile(_ROW, re.IGNORECASE)
_LINE = re.compile("|".join(_LINES), re.IGNORECASE)
_TRAILING = re.compile(rf"(?:(?<=[.!?”\"')\]])\s*|\s*[(|•–—]\s*|\s-\s+){COUNTER}\s*\W*$", re.IGNORECASE)
_LEADING = re.compile(r"^\W{0,3}\d[\d.,]*+ (?:kali )?(?:dilihat|dibaca|views?|hits?)\b\W*(?=\w)", re.IGNORECASE)
_SIGN_OFF = re.compile(r"(?<=[.!?”\"'])\s*(?:[(\[][^()\[\]\d]{1,40}[)\]]|\*+|[\w*]{2,6}(?:/[\w*]{2,6}){1,3})[\s.*]*$")
_TAIL, _HEAD = 80, 40  # characters that may be a mark at either end


def lasting(paragraphs: Sequence[str], keep: re.Pattern[str]) -> list[str]:
    """The blocks of a text without furniture, the last one without its sign-off.

    What `keep` finds in a block makes text of it, but for bare counters and times.
    """
    blocks = []
    for block in paragraphs:
        if keep.search(block):
            blocks += [] if _is(_PASSING, block) else [block]
        elif (text := bare(block)) and not is_furniture(text):
            blocks.append(text)
    if blocks and not keep.search(blocks[-1]):
        blocks[-1] = blocks[-1][:-_TAIL] + _SIGN_OFF.sub("", blocks[-1][-_TAIL:])
    return blocks


def is_furniture(block: str) -> bool:
    """Whether a whole block is none of the text."""
    return _is(_PASSING, block) or _is(_LINE, block)


def _is(pattern: re.Pattern[str], block: str) -> bool:
    return len(block) <= LONGEST and pattern.fullmatch(block) is not None


def bare(block: str) -> str:
    """A block without the counter that leads or trails it."""
    text = _LEADING.sub("", block[:_HEAD]) + block[_HEAD:]
    return text[:-_TAIL] + _TRAILING.sub("", text[-_TAIL:])
