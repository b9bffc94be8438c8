"""The words of the pages, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, Mapping[str, str]] = {
    "id": {
        "tagline": "Berita pemasyarakatan, hukum, imigrasi, dan HAM dari situs resmi dan media Indonesia.",
        "about": "Setiap berita dikumpulkan dari situs aslinya, dirapikan, dan diterbitkan sebagai umpan. "
        "Salin alamatnya ke aplikasi pembaca Anda, atau baca langsung di sini.",
        "latest": "Berita terbaru",
        "more": "Semua berita terbaru",
        "feeds": "Semua umpan",
        "source": "Sumber",
        "subscribe": "Berlangganan",
        "subscribe_help": "Salin salah satu alamat ini ke aplikasi pembaca umpan. Ketiganya sama isinya.",
        "opml_help": "Satu berkas berisi semua umpan, untuk diimpor ke aplikasi pembaca.",
        "read": "Baca selengkapnya",
        "close": "Tutup",
        "original": "Baca di {name}",
        "by": "Oleh {name}",
        "updated": "diperbarui {date}",
        "first_seen": "pertama terlihat {date}",
        "empty": "Belum ada berita.",
        "from": "Situs asli",
        "developers": "Untuk pengembang",
        "json": "Dalam JSON Feed, objek _newsfeed tiap berita memuat sumbernya (source) dan seberapa teliti "
        "waktu terbitnya diketahui (published_precision: second, minute, day, atau none bila hanya "
        "diketahui kapan berita itu pertama terlihat).",
        "skip": "Langsung ke isi",
    },
    "en": {
        "tagline": "News of Indonesia's corrections, law, immigration and human rights services, official and press.",
        "about": "Each article is gathered from its own site, tidied, and published as a feed. "
        "Copy an address into your reader, or read right here.",
        "latest": "Latest articles",
        "more": "All recent articles",
        "feeds": "All feeds",
        "source": "Sources",
        "subscribe": "Subscribe",
        "subscribe_help": "Copy one of these addresses into a feed reader. All three hold the same.",
        "opml_help": "One file with all feeds, to import into a feed reader.",
        "read": "Read on",
        "close": "Close",
        "original": "Read at {name}",
        "by": "By {name}",
        "updated": "updated {date}",
        "first_seen": "first seen {date}",
        "empty": "No articles yet.",
        "from": "Original site",
        "developers": "For developers",
        "json": "In JSON Feed, each item's _newsfeed object holds its source and how exactly its time of "
        "publication is known (published_precision: second, minute, day, or none where only the time it was "
        "first seen is known).",
        "skip": "Skip to content",
    },
}

FORMAT_NAMES: Mapping[str, str] = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


def folder_names(language: str) -> Mapping[str, str]:
    """Group of feeds -> what it is called; a group without a name stands alone."""
    return {"source": LABELS[language]["source"]}
