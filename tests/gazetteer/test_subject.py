"""Which press articles belong to the subject: titles and first sentences of our own, with the verdict beside each."""

from __future__ import annotations

import pytest

from crawler.gazetteer import subject_of

ON_SUBJECT = {
    "a unit in the title": ("Lapas Serang Panen Kangkung", "Hasilnya dibagi untuk dapur."),
    "a head for the unit": ("Kalapas Cebongan Tinjau Bengkel Kayu", "Ia datang pagi-pagi."),
    "a unit spelt out with its class": (
        "Panen Raya Sambut Kemerdekaan",
        "SERANG – Lembaga Pemasyarakatan (Lapas) Kelas II A Serang memanen kangkung, Rabu (13/8/2025).",
    ),
    "a popular name": ("Dapur Rutan Medaeng Diperiksa", ""),
    "a unit that two share": ("Donor Darah di Lapas Tangerang", ""),
    "a title in capitals": ("KARUTAN SALEMBA PIMPIN APEL", ""),
    "a unit unknown to the tables": ("Rutan Pulau Contoh Gelar Donor Darah", ""),
    "a misspelt directorate": ("Ditjepas Luncurkan Aplikasi Kunjungan", ""),
    "a regional office": ("Kanwil Kemenkum Malut Latih Juru Damai", "Peserta datang dari sepuluh desa."),
    "a regional office spelt out": (
        "Warga Desa Belajar Hukum",
        "Kantor Wilayah Kementerian Hukum Sulawesi Tengah mengirim tiga penyuluh.",
    ),
    "the name of the ministry before the split": ("Kemenkumham Beri Penghargaan Desa", ""),
    "a ministry spelt out": ("Kementerian Imigrasi dan Pemasyarakatan Lantik Pejabat", ""),
    "human rights": ("KemenHAM Buka Kantor di Dua Provinsi", ""),
    "remission": ("Ratusan Orang Terima Remisi Idulfitri", "Bupati menyerahkan surat keputusan."),
    "inmates by another word": ("Warga Binaan Lulus Ujian Paket C", ""),
    "inmates in the lead": ("Belajar Membatik dari Nol", "Dua puluh narapidana mengikuti pelatihan sejak Senin."),
    "an escape": ("Dua Napi Kabur Lewat Plafon", "Polisi menyisir kebun di sekitar tembok."),
    "an officer of a prison": ("Sipir Ditangkap Bawa Sabu", "Polisi menahan dua orang."),
    "drugs that a prisoner sells": ("Polisi Ungkap Jaringan Sabu", "Barang dikendalikan dari Lapas Pemuda Tangerang."),
    "a prisoner in custody escapes": ("Pencarian Hari Ketiga", "Napi yang ditahan di Rutan Contoh itu belum kembali."),
    "children": ("Anak Binaan LPKA Kutoarjo Juara Menulis", ""),
    "probation": ("Bapas Purwokerto Dampingi Klien Kerja Sosial", ""),
    "a probation officer": ("Peran Pembimbing Kemasyarakatan di Sidang Anak", ""),
    "release on licence": ("Syarat Pembebasan Bersyarat Diperketat", ""),
    "a search of cells": ("Razia Mendadak Malam Minggu", "Petugas menyisir kamar hunian satu per satu."),
    "two weak signs of crowding": ("Penjara Penuh, Menteri Bicara Amnesti", "Kebijakan ini masih dikaji."),
    "an immigration office": ("Kantor Imigrasi Ambon Buka Layanan Akhir Pekan", ""),
    "an immigration office with its class": (
        "Layanan Baru bagi Pemohon",
        "Kantor Imigrasi Kelas I Khusus Non TPI Jakarta Barat menambah loket.",
    ),
    "immigration deports": ("Imigrasi Deportasi Tiga Orang", "Mereka dipulangkan lewat bandara."),
    "a foreigner who stays too long": ("WNA Overstay Dua Tahun Dipulangkan", ""),
    "a passport at immigration": ("Urus Paspor Kini Sehari Jadi", "Imigrasi menambah petugas."),
    "a detention house": ("Rudenim Makassar Pindahkan Pengungsi", ""),
    "legal aid posts": ("Seribu Desa Punya Posbankum", ""),
    "intellectual property": (
        "Kopi Lereng Contoh Raih Indikasi Geografis",
        "Pendaftaran kekayaan intelektual ini gratis.",
    ),
    "draft regulations": ("Harmonisasi Tiga Ranperda Rampung", "Rapat digelar daring."),
    "notaries": ("Majelis Pengawas Notaris Periksa Protokol", ""),
    "legal education": ("Paralegal Desa Ikut Penyuluhan Hukum", ""),
    "a feature that begins elsewhere": (
        "Jemari yang Menenun Harapan",
        "Benang itu berwarna biru laut. " * 20
        + "Lapas Perempuan Semarang membuka bengkel ini tahun lalu. Kini 40 warga binaan menenun. Kalapas bangga.",
    ),
    "a cure of cancer beside a prison": ("Remisi Kanker Dialami Warga Binaan", ""),
}

OFF_SUBJECT = {
    "nothing at all": ("Harga Cabai Turun", "Pedagang di pasar mengeluh."),
    "an empty article": ("", ""),
    "lapas inside another word": ("Petani Sulap Kelapas Jadi Briket", "Kelapasan itu nama dusun."),
    "rutan inside another word": ("Rutannas Cup Digelar", "Turnamen futsal pelajar."),
    "letters of bapas in another word": ("Bapasir Jadi Tujuan Wisata", ""),
    "birds": ("Musim Imigrasi Burung Raptor Tiba", "Ribuan elang melintas di atas selat."),
    "fish": ("Imigrasi Ikan Sidat Dipantau", ""),
    "foreign immigration": ("Imigrasi AS Tahan Ratusan Pekerja", "Razia digelar di Texas."),
    "remission of a disease": ("Pasien Capai Remisi Total", "Remisi kanker terjadi setelah terapi."),
    "tax amnesty": ("Amnesti Pajak Berakhir", ""),
    "a sentence": ("Terdakwa Korupsi Divonis 5 Tahun Penjara", "Hakim menjatuhkan pidana penjara dan denda."),
    "a demand in court": ("Jaksa Tuntut Mantan Bupati", "Ancaman hukuman penjara seumur hidup menanti."),
    "a suspect put into custody": (
        "Kejari Tetapkan Dua Tersangka",
        "Keduanya ditahan selama 20 hari di Rutan Kelas I Makassar.",
    ),
    "custody in the title": ("Kejati Titipkan Tersangka di Lapas Kendari", "Kasusnya korupsi dana desa."),
    "a verdict that is carried out": ("Jaksa Eksekusi Mantan Kades", "Ia dijebloskan ke Lapas Kelas IIB Blitar."),
    "the cells of the police": ("Pencuri Motor Dibekuk", "Pelaku mendekam di Rutan Polres Contoh."),
    "the cells of the anti-corruption agency": ("KPK Perpanjang Masa Penahanan", "Ia berada di Rutan KPK."),
    "a former prisoner": ("Mantan Napi Tertangkap Mencuri Lagi", "Pelaku mengambil dua sepeda."),
    "a former minister": ("Eks Menkumham Hadiri Wisuda", ""),
    "city arrest": ("Terdakwa Jadi Tahanan Kota", ""),
    "a foreigner without more": ("WNA Juara Lomba Lari", "Warga negara asing itu tinggal di Bali."),
    "a passport without more": ("Paspor Terkuat di Dunia", ""),
    "one weak sign": ("Pulau Nusakambangan Disapu Ombak", ""),
    "the same weak sign twice": ("Overkapasitas Pelabuhan", "Over kapasitas terjadi tiap Lebaran."),
    "a draft regulation": ("DPRD Bahas Raperda Sampah", "Ranperda itu segera disahkan."),
    "harmony at home": ("Tips Harmonisasi Keluarga", ""),
    "the human rights commission": ("Komnas HAM Minta Polisi Transparan", ""),
    "a prison far down in another story": (
        "Bupati Resmikan Jembatan",
        "Jembatan itu panjangnya 80 meter. " * 20 + "Lokasinya di belakang Lapas Garut.",
    ),
    "a verb that is also a city": ("Serang Balik di Menit Akhir", "Tim tamu lepas dari tekanan."),
}


@pytest.mark.parametrize(("title", "text"), ON_SUBJECT.values(), ids=ON_SUBJECT)
def test_article_on_the_subject(title: str, text: str) -> None:
    verdict = subject_of(title, text)
    assert verdict.is_on_subject, verdict.evidence
    assert verdict.evidence


@pytest.mark.parametrize(("title", "text"), OFF_SUBJECT.values(), ids=OFF_SUBJECT)
def test_article_on_something_else(title: str, text: str) -> None:
    verdict = subject_of(title, text)
    assert not verdict.is_on_subject, verdict.evidence


@pytest.mark.parametrize(
    ("title", "text", "evidence"),
    [
        ("Lapas  Kelas IIA\u00a0Serang Panen", "Kalapas senang.", ("title: Lapas Kelas IIA Serang", "lead: Kalapas")),
        ("WNA Dideportasi", "Ia WNA.", ("title: WNA", "title: Dideportasi", "lead: WNA")),
        ("Harga Cabai", "Pedagang di dekat penjara.", ("lead: penjara",)),
        ("Harga Cabai", "Turun.", ()),
    ],
)
def test_evidence_says_what_counted_and_where(title: str, text: str, evidence: tuple[str, ...]) -> None:
    assert subject_of(title, text).evidence == evidence
