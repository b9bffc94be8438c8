"""Gambling spam as it is planted on hacked sites, and articles about gambling and other things that read alike."""

from __future__ import annotations

from crawler.models import Article


def article(
    title: str,
    *paragraphs: str,
    url: str = "https://lapas.example/berita/a",
    links: tuple[str, ...] = (),
    dateline: str | None = None,
) -> Article:
    """An article as extraction gives it; `links` stand in its text."""
    html = "".join(f"<p>{one}</p>" for one in paragraphs) + "".join(f'<a href="{link}">x</a>' for link in links)
    return Article(url=url, canonical_url=url, title=title, paragraphs=paragraphs, body_html=html, dateline=dateline)


SPAM: tuple[Article, ...] = (
    article(
        "Situs Slot Gacor Hari Ini Gampang Menang Maxwin",
        "Raja88 adalah situs slot gacor terpercaya dengan bonus new "
        "member 100. Daftar sekarang dan nikmati slot online dengan RTP live tertinggi. Minimal deposit 10 ribu.",
    ),
    article(
        "SLOT88: Link Alternatif Slot Gacor Terbaru 2026",
        "Slot88 menyediakan permainan Pragmatic Play, PG Soft dan "
        "Habanero. Para pemain dapat mencoba Gates of Olympus dan Sweet Bonanza tanpa potongan deposit pulsa.",
    ),
    article(
        "Togel Online Terpercaya dengan Hadiah Terbesar",
        "Bandar togel online resmi pasaran toto macau, togel hongkong "
        "dan togel sydney. Live draw HK tercepat. Daftar akun dan klik link di bawah ini.",
    ),
    article(
        "Prediksi Togel HK Malam Ini",
        "Prediksi togel HK jitu, data sgp lengkap, pengeluaran hk hari ini. Bocoran togel "
        "dari bandar togel online terpercaya. Bonus harian menanti bosku.",
    ),
    article(
        "Demo Slot Pragmatic Play Gratis Anti Rungkat",
        "Main slot demo gratis mahjong ways dan starlight princess. "
        "Akun demo slot anti rungkad gampang menang. Login sekarang.",
    ),
    article(
        "RAJATOTO4D - Bandar Toto Macau Resmi",
        "Rajatoto bandar togel online. Toto macau, toto slot, togel hk. Deposit "
        "dana, deposit qris, wd cepat. CS 24 jam.",
        url="https://dinas.example/wp-content/toto-macau.html",
    ),
    article(
        "Agen Judi Bola SBOBET Mix Parlay Terpercaya",
        "Judi bola online dengan SBOBET. Taruhan bola mix parlay dan live "
        "casino. Bonus cashback 10%. Anda bisa bermain 24 jam nonstop.",
    ),
    article(
        "Mahjong Ways 2: Pola Gacor Scatter Hitam",
        "Pola slot mahjong ways scatter hitam hari ini. RTP slot 98%. Raih "
        "kemenangan maksimal. Modal kecil auto maxwin. Bosku gaskeun daftar sekarang.",
    ),
    article("𝗦𝗟𝗢𝗧 𝗚𝗔𝗖𝗢𝗥 𝗠𝗔𝗫𝗪𝗜𝗡", "𝗦𝗶𝘁𝘂𝘀 𝘀𝗹𝗼𝘁 𝗼𝗻𝗹𝗶𝗻𝗲 gampang menang. Daftar sekarang bonus 100."),
    article(
        "S1OT G4COR Terbaru",
        "Situs s1ot g4c0r dengan bonus new member. Link alternatif s1ot online deposit dana. Mudah "
        "menang setiap hari, klik di sini.",
    ),
    article(
        "Pkv Games Bandarqq Dominoqq Online",
        "Situs judi online pkv games: bandarqq, dominoqq, poker online. Deposit "
        "pulsa tanpa potongan. Winrate tinggi, bonus rollingan 0,5%.",
    ),
    article(
        "Slot Thailand Server Luar Negeri",
        "Slot thailand dan slot kamboja, akun pro slot server luar negeri paling "
        "gacor. Slot server thailand gampang maxwin. Minimal depo 5rb. Terpercaya.",
    ),
    article(
        "Link Slot Deposit 5000 via QRIS",
        "Slot deposit 5000 qris, slot dana, slot pulsa. Link slot gacor paling mudah "
        "menang, terpercaya dan lisensi resmi.",
    ),
    article(
        "Agenda Kegiatan",
        "Selamat datang di halaman kami.",
        links=(
            "https://slot-gacor77.example/",
            "https://raja88.bet/",
            "https://togelking.example/",
            "https://maxwin138.example/",
        ),
    ),
    article(
        "Lapas Gelar Panen Raya",
        "Warga binaan memanen sayur di lahan asimilasi. Kepala Lapas mengapresiasi petugas.",
        links=(
            "https://slotgacor.example/",
            "https://situs-togel.example/",
            "https://bola88.example/",
            "https://judi-slot.example/",
        ),
    ),
    article(
        "Rahasia Jackpot Gates of Olympus",
        "Bettor wajib tahu jam gacor Gates of Olympus dan Starlight Princess. "
        "Scatter merah dan free spin menanti. Auto cuan, modal receh. Turnover rendah, freebet tiap hari.",
    ),
    article(
        "HOKI777 Login Situs Resmi",
        "Hoki777 link login alternatif resmi. Slot online, live casino, sabung ayam online "
        "SV388. Bonus new member 50%. Customer service 24 jam siap membantu.",
        links=("https://hoki777.example/",),
    ),
    article(
        "Casino Online Terbaik Asia",
        "Casino online dengan baccarat online, roulette online dan poker online. Live casino "
        "24 jam nonstop. Daftar sekarang, bonus deposit 100%.",
    ),
    article(
        "สล็อตออนไลน์ Slot Gacor เว็บตรง",
        "สล็อตเว็บตรง แตกง่าย ฝากถอนออโต้ slot online gacor hari ini bonus new member สมัครเลย เครดิตฟรี",
    ),
    article(
        "Situs Toto Slot 4D Pasaran Lengkap",
        "Situs toto slot dengan pasaran togel lengkap. Toto slot, bo togel, toto "
        "macau 5D. Deposit via dana dan wd cepat. Terpercaya sejak 2015.",
    ),
    article(
        "RTP Live Slot Tertinggi Hari Ini",
        "RTP live slot pragmatic play, rtp slot pg soft, rtp slot habanero. Cek info "
        "slot gacor dan bocoran slot setiap jam. Slotter pasti menang.",
    ),
    article(
        "Slot Bonus New Member 100 di Awal",
        "Bonus new member 100 to x3. Slot bonus terbaik, slot gacor, slot resmi. "
        "Klaim freebet tanpa deposit. Klik daftar sekarang juga.",
    ),
    article(
        "Cara Menang Slot Online untuk Pemula",
        "Slot online memberi kemenangan besar bila Anda tahu pola slot. Pilih situs "
        "slot terpercaya, gunakan akun demo slot, lalu minimal bet 200. Anda akan menang jackpot.",
    ),
    article(
        "Joker123 Tembak Ikan dan Slot Deposit Pulsa",
        "Joker123 agen slot dan tembak ikan. Slot deposit pulsa tanpa "
        "potongan. Gampang menang, jackpot ratusan juta. Daftar akun joker123.",
    ),
    article(
        "Spaceman Slot: Trik Cuan",
        "Spaceman pragmatic play, trik cuan setiap hari. Main sekarang di situs slot gacor. "
        "Maxwin x500. Depo dana 10rb.",
    ),
    article(
        "Slot Gacor Lapas Kelas IIA",
        "Slot gacor malam ini paling gampang menang di situs slot online resmi. Slot dana, "
        "slot pulsa, slot88. Daftar sekarang. Petugas kami siap 24 jam. RTP live tertinggi.",
        url="https://lapas.example/slot-gacor/",
    ),
    article(
        "Sl\u200bot Ga\u200bcor",
        "Si\u200btus sl\u200bot on\u200bline terpercaya. Link slot gacor, daftar slot, bonus new member, "
        "mudah menang, minimal deposit 10rb.",
    ),
)

INNOCENT: tuple[Article, ...] = (
    article(
        "Lapas Serang Razia Judi Online di Kamar Hunian",
        "SERANG – Petugas Lapas Serang merazia kamar hunian untuk "
        "mencegah judi online. Kepala Lapas menegaskan warga binaan dilarang memakai ponsel. Tidak ada situs slot.",
    ),
    article(
        "Polisi Tangkap Bandar Togel Online di Medan",
        "Polisi menangkap bandar togel online yang menjual togel hongkong "
        "dan togel sydney. Tersangka dijerat Pasal 303 KUHP. Barang bukti uang Rp2 juta disita, ujar Kapolres.",
    ),
    article(
        "Bandar Togel di Bekasi Dibekuk",
        "Seorang pria yang menjadi bandar togel diringkus polisi. Pelaku menerima "
        "pasangan togel hk dan sgp lewat pesan singkat, kata Kapolsek. Polisi menyita rekapan.",
    ),
    article(
        "Pegawai Rutan Teken Komitmen Anti Judi Online",
        "Seluruh pegawai Rutan menandatangani komitmen bebas judi online. "
        "Kepala Rutan mengingatkan sanksi bagi petugas yang bermain judi slot.",
    ),
    article(
        "Komdigi Blokir 12 Ribu Situs Judi Online",
        "Kementerian memblokir 12 ribu situs judi online, termasuk situs slot "
        "gacor dan situs togel online. Menteri mengatakan pemblokiran berlanjut bersama PPATK.",
    ),
    article(
        "Mengenal Bahaya Slot Gacor bagi Remaja",
        "Penyuluhan hukum tentang bahaya slot online digelar di sekolah. Istilah "
        "slot gacor, maxwin, dan rtp live dipakai menjerat korban. Kecanduan judi online berdampak pada keluarga, "
        "ujarnya.",
    ),
    article(
        "Ciri Situs Judi Online yang Harus Diwaspadai",
        "Situs judi online menawarkan bonus new member, deposit pulsa, dan "
        "janji gampang menang. Kominfo mengimbau masyarakat melapor. Menurut Kepala Dinas, pencegahan dimulai dari "
        "keluarga.",
    ),
    article(
        "WNA Pengelola Judi Online Dideportasi",
        "Imigrasi mendeportasi 20 WNA yang mengelola situs judi slot dan live "
        "casino. Mereka ditangkap dalam razia gabungan bersama polisi. Paspor mereka disita.",
    ),
    article(
        "Terdakwa Promosi Slot88 Divonis Dua Tahun",
        "Hakim memvonis selebgram yang mempromosikan slot88 dan raja77. "
        "Terdakwa menerima Rp5 juta. Jaksa menuntut tiga tahun. Pengadilan menyita ponsel.",
    ),
    article(
        "Slot Kunjungan Lapas Ditambah",
        "Lapas menambah slot kunjungan setiap hari. Pendaftaran slot waktu dilakukan lewat "
        "aplikasi. Daftar sekarang agar tidak kehabisan.",
    ),
    article(
        "Burung Gacor Juarai Lomba Kicau di Lapas",
        "Lomba burung berkicau digelar di halaman Lapas. Burung paling gacor meraih juara. Hadiah diserahkan Kalapas.",
    ),
    article(
        "Pak Toto Resmi Jabat Kepala Bapas",
        "Toto Sugiarto dilantik sebagai Kepala Bapas. Ia menggantikan pejabat lama.",
    ),
    article(
        "Jadwal Pelayanan Paspor Bulan Ini", "Layanan paspor dibuka Senin sampai Jumat. Slot antrean 100 per hari."
    ),
    article(
        "Turnamen Bola Voli Antar Warga Binaan",
        "Tim blok A menjadi juara turnamen bola voli. Bonus diserahkan Kalapas.",
    ),
    article(
        "Narapidana Kendalikan Judi Online dari Lapas",
        "Polda mengungkap narapidana yang mengendalikan agen judi bola dan "
        "sbobet dari dalam Lapas. Kalapas menyatakan pelaku dipindahkan. Polisi menyita tiga ponsel.",
    ),
    article(
        "Perputaran Uang Judi Slot Capai Rp 600 Triliun",
        "PPATK mencatat perputaran uang judi online. Deposit judi slot "
        "Rp10 ribu pun kini diterima, kata Kepala PPATK. Satgas memblokir rekening.",
    ),
    article(
        "Judi Online Marak, Dosen Ingatkan Mahasiswa",
        "Seorang dosen mengingatkan bahaya judi slot dan parlay. Menurut dia, "
        "jackpot dan free spin hanyalah umpan. Korban kecanduan kerap terlilit utang.",
    ),
    article(
        "Gerebek Markas Live Casino di Apartemen",
        "Polres menggerebek markas live casino dan baccarat online. Sebanyak 12 "
        "pelaku diamankan. Mereka melayani pemain dari situs hoki88. Barang bukti komputer disita.",
    ),
    article(
        "Sabung Ayam Online SV388 Dibongkar",
        "Bareskrim membongkar sabung ayam online SV388. Lima tersangka ditahan di "
        "rutan. Omzet Rp1 miliar sehari, ujar Direktur.",
    ),
    article(
        "Stop Judi Online, Kanwil Gelar Apel",
        "Kanwil menggelar apel tolak judi online. Kepala Kanwil meminta seluruh ASN "
        "menjaga integritas dan tidak bermain slot.",
    ),
    article(
        "Remisi Idul Fitri untuk 300 Warga Binaan", "Sebanyak 300 warga binaan menerima remisi. Kalapas menyerahkan SK."
    ),
    article(
        "Diskusi Perjudian dalam KUHP Baru",
        "Akademisi membahas pasal perjudian dalam KUHP baru. Judi online dan togel "
        "diancam pidana. Peserta bertanya soal pembuktian.",
    ),
    article(
        "Penipuan Berkedok Jackpot",
        "Warga tertipu pesan jackpot Rp100 juta. Polisi mengimbau jangan klik link sembarangan. "
        "Korban melapor ke Polsek.",
    ),
    article(
        "Situs Pemda Diretas, Disusupi Judi Slot",
        "Situs milik pemerintah daerah diretas dan disusupi halaman slot gacor. "
        "Kepala Dinas Kominfo mengatakan situs slot dan link judi telah dihapus. Polisi menyelidiki pelaku.",
    ),
    article(
        "Fenomena Slot Gacor dan Runtuhnya Keluarga",
        "Istilah slot gacor, maxwin dan rungkad akrab di telinga. Perceraian "
        "akibat judi online naik, menurut data pengadilan. Korban kecanduan butuh pendampingan. Pencegahan menjadi "
        "tanggung jawab keluarga, tutur psikolog.",
    ),
    article(
        "Atlet E88 Raih Medali", "Kontingen nomor 88 meraih medali emas. Pelatih bangga atas kemenangan besar ini."
    ),
    article(
        "Tarif Deposit dan Bonus Tabungan",
        "Bank daerah menaikkan bunga deposito. Deposit minimal Rp1 juta. Bonus harian tidak berlaku.",
    ),
)
