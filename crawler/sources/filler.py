"""Words without meaning in the shape of someone's text, so that a page can be kept as a test without copying it.

The same word always becomes the same filler: a headline that a page says three times is still said three times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2s
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from crawler.dates.names import MONTH, MONTHS, WEEKDAYS

# What pages print around an article and extraction reads; none of it is anyone's text.
LABELS = frozenset(
    """
    oleh by penulis editor reporter redaksi redaktur pewarta wartawan kontributor fotografer humas admin author
    baca juga sumber foto dok tag tags kategori komentar bagikan share iklan halaman selanjutnya sebelumnya next page
    diterbitkan dipublikasikan diperbarui ditulis terbit tayang published updated posted modified pada
    diposting dipublish diunggah dibuat dikirim diubah diupdate terakhir publikasi tanggal tgl created written submitted
    edited last laporan jurnalis writer contributor uploader publisher penyunting penerbit dibaca dilihat view views
    pukul pkl jam wib wita wit utc gmt
    """.split()
)
NAMES = frozenset(name.lower() for row in (*MONTHS, *WEEKDAYS) for name in row)
_VOWELS, _CONSONANTS = "aeiou", "bdfghjklmnprstvw"
_TOKEN = re.compile(r"&#?\w+;|[^\W\d_]+|\d")  # a character's name or number is no word
_WORD = re.compile(r"[^\W\d_]{2,}")
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?|\d{1,2}\.\d\d(?=\s?WI)"
_CLOCK += r"|(?:(?<=pukul\s)|(?<=pkl\s)|(?<=pkl\.\s)|(?<=jam\s)|(?<=20\d\d\s)|(?<=20\d\d,\s))\d{1,2}\.\d\d"
_DATE = re.compile(
    rf"(?<!\d)(\d{{4}}-\d\d-\d\d(?:[T ](?:{_CLOCK}))?"
    rf"|\d{{1,2}}[\s/.-]{{1,3}}{MONTH}[\s/.,-]{{1,3}}\d{{2,4}}|{MONTH}\s\d{{1,2}},?\s\d{{4}}"
    rf"|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{1,2}}[.-]\d{{1,2}}[.-]\d{{4}}|{_CLOCK})(?!\d)",
    re.IGNORECASE,
)
_MANY = 3  # words of an address's segment or parameter that are a headline's
_ENDING = re.compile(r"\.\w{2,5}$")
_PEOPLE = frozenset({"author", "penulis", "user", "profile", "profil"})
_TECHNICAL = re.compile(r"wp-|sitemap")
_MARKUP = re.compile(r"<[/!a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filler:
    """Replaces words, except labels, names of days and months, and those in `kept` (lower-case)."""

    kept: frozenset[str]

    def text(self, text: str) -> str:
        """Letters keep case and length, digits stay in dates and where they are all there is, else become 0."""
        if not re.search(r"[^\W\d_]", text) and len(text.strip()) <= len("999"):
            return text  # the number of a page
        pieces = _DATE.split(text)
        return "".join(piece if n % 2 else _TOKEN.sub(self._token, piece) for n, piece in enumerate(pieces))

    def url(self, url: str) -> str:
        """An address of the same shape: host, folders, numbers and endings stay, headlines and people do not."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return ""
        if parts.scheme not in ("", "http", "https"):
            return f"{parts.scheme}:"
        segments = parts.path.split("/")
        path = [
            self.segment(segment, 1 if before in _PEOPLE else _MANY)
            for before, segment in zip(["", *segments], segments, strict=False)
        ]
        query = re.sub(r"(?<==)[^&]+", lambda found: self.segment(found[0]), parts.query)
        return urlunsplit((parts.scheme, parts.netloc, "/".join(path), query, self.segment(parts.fragment)))

    def segment(self, segment: str, many: int = _MANY) -> str:
        """A word of an address, a slug or an id: replaced where it holds so many words, its ending and digits kept."""
        plain = unquote(segment)
        ending = found[0] if (found := _ENDING.search(plain)) else ""
        stem = plain.removesuffix(ending)
        if len(_WORD.findall(stem)) < many or _TECHNICAL.match(stem):
            return segment
        return quote(_WORD.sub(self._token, stem) + ending, safe="+,:;@ ").replace(" ", "%20")

    def _token(self, found: re.Match[str]) -> str:
        word = found[0]
        if word.isdigit():
            return "0"
        if word.startswith("&"):
            return word
        return word if word.lower() in self.kept | LABELS | NAMES else filled(word)


def is_date(text: str) -> bool:
    """Whether a text is one date and nothing else."""
    return _DATE.fullmatch(text.strip()) is not None


def is_markup(text: str) -> bool:
    """Whether a text holds tags."""
    return _MARKUP.search(text) is not None


def filled(word: str) -> str:
    """A word of as many letters in the same case, made of syllables."""
    digest = blake2s(word.lower().encode()).digest()
    letters = [(_VOWELS if n % 2 else _CONSONANTS) for n in range(len(word))]
    chosen = (row[digest[n % len(digest)] % len(row)] for n, row in enumerate(letters))
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, chosen, strict=True))
