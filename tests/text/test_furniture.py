"""What stands in a text and is none of it, and the sentences that only look like it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.furniture import bare, is_furniture, lasting

NEVER = re.compile(r"(?!)")


@pytest.mark.parametrize(
    "block",
    [
        "Dibaca 123 kali", "Dibaca: 1.204 Kali.", "- 143 Dilihat", "12 views", "Views: 3,4k", "5 menit yang lalu",
        "2 hours ago", "3 min read", "Bagikan: Facebook | Twitter | WhatsApp", "12 Shares", "4 Komentar",
        "Admin | 2 jam lalu", "ADVERTISEMENT", "Scroll to continue with content", "Baca Juga : Lapas Panen",
        "Baca juga Lapas Serang Panen Raya", "Berita terkait", "Foto: Humas", "(Foto: Humas Lapas)", "Dok. Lapas",
        "Ket. Foto: Kalapas (kiri)", "Penulis : Ani", "Editor: B. Contoh", "(Red)", "[tum]", "ANTARA/HO-X",
        "Diperbarui 29 Januari 2026, 10.15 WIB", "Last Updated: 29 Jan 2026 10:15", "Copyright © ANTARA 2026",
    ],
)  # fmt: skip
def test_furniture(block: str) -> None:
    assert is_furniture(block)


@pytest.mark.parametrize(
    "block",
    [
        "Buku itu dibaca 123 kali.", "Sebanyak 143 orang melihat pameran.", "Panen terakhir 5 menit saja.", "12",
        "Budi", "(Kepala lapas menolak ditemui wartawan kami)", "Editor senior itu hadir sejak pagi.", "Minggu",
        "Baca puisi menjadi pembuka acara.", "Kejadian itu dua jam lalu.", "Rabu, 28 Januari 2026", "Juara 1",
        "Penulis: siapa pun boleh, asal mau menulis, begitu aturan di kelas itu.",
        "Lihat saja sendiri, kata Budi.", "Iklan layanan masyarakat itu tayang lagi.",
    ],
)  # fmt: skip
def test_text(block: str) -> None:
    assert not is_furniture(block)
    assert bare(block) == block


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Panen raya digelar. Dibaca 12 kali", "Panen raya digelar."),
        ("Panen raya digelar (Dibaca: 1.204 kali)", "Panen raya digelar"),
        ("Panen raya digelar | 12 views", "Panen raya digelar"),
        ("143 Dilihat SERANG – Panen raya", "SERANG – Panen raya"),
    ],
)
def test_counter_at_either_end_of_a_block(block: str, expected: str) -> None:
    assert bare(block) == expected


@pytest.mark.parametrize("mark", ["(Red)", "(Humas Lapas Serang)", "[tum]", "***", "nrd/ril", "(*)"])
def test_sign_off_behind_the_last_sentence(mark: str) -> None:
    assert lasting(["Panen raya.", f"Acara selesai. {mark}"], NEVER) == ["Panen raya.", "Acara selesai."]


def test_what_is_to_be_kept_stays_whatever_it_looks_like() -> None:
    assert lasting(["(Ralat jumlah mitra)", "(Red)"], re.compile("ralat", re.I)) == ["(Ralat jumlah mitra)"]


def test_a_stamp_is_furniture_even_where_a_correction_is_not() -> None:
    correction = re.compile("telah diperbarui", re.I)
    stamps = [
        "Artikel ini telah diperbarui 5 menit yang lalu",
        "Artikel ini telah diperbarui pada 28 Januari 2026, 10.00",
    ]
    assert lasting(["Artikel ini telah diperbarui pada bagian judul.", *stamps], correction) == [
        "Artikel ini telah diperbarui pada bagian judul."
    ]


@pytest.mark.parametrize("unit", ["mar", "12 ", "(a", "#a", "share ", "- ", "senin, ", "mar1", "a/", "1.", "dibaca "])
def test_a_block_of_one_thing_repeated_is_read_at_once(unit: str) -> None:
    for head in ("", "diperbarui ", "("):
        assert not is_furniture((head + unit * 240)[:230] + " lapas!")


@given(st.lists(st.text(alphabet="aZ 1.:(|-/#*kali", max_size=80), max_size=5))
def test_nothing_is_made_up(blocks: list[str]) -> None:
    kept = lasting(blocks, NEVER)
    assert len(kept) <= len(blocks)
    assert all(any(text in block for block in blocks) for text in kept)
