"""More of it: other languages, alphabets, disguises and wordings, and articles that come near."""

from __future__ import annotations

from spam import article

from crawler.models import Article

MORE_SPAM: tuple[Article, ...] = (
    article(
        "Lapas Kelas IIA: Gates of Gatotkaca 1000 Lagi Meledak Malam Ini",
        "Petir x500 turun terus di akun baru. Buruan klaim hadiahnya lewat WhatsApp admin kami. Withdraw "
        "kilat satu menit langsung masuk rekening.",
    ),
    article(
        "Bocoran Admin Jarwo Pola Gacor Zeus Pagi Ini",
        "Jam hoki zeus pukul 05.00 sampai 07.00. Pakai pola 10 turbo 20 spin manual. Modal receh jadi sultan.",
    ),
    article(
        "Daftar Akun Hoki Mudah Jackpot - Kanwil Kemenkumham",
        "Kunjungi tautan resmi dan raih scatter hitam mahjong wins 3 tanpa modal. Member baru dapat "
        "saldo gratis 88 ribu.",
    ),
    article(
        "Slot Gacor: Situs Slot Thailand Gampang Maxwin Hari Ini | Rutan Kelas I",
        "SERANG – Kepala Rutan menyampaikan apresiasi kepada petugas. Situs slot gacor terpercaya dengan "
        "link slot online resmi, daftar slot88 dan menangkan maxwin bersama kami. Warga binaan mengikuti "
        "kegiatan pembinaan kemandirian. Kepala Rutan berharap petugas menjaga integritas.",
    ),
    article(
        "Best Online Casino Bonus No Deposit 2026",
        "Play the best online slots for real money. Claim your welcome bonus and free spins today. Live "
        "dealer blackjack, roulette and baccarat. Sign up now and win big jackpot!",
    ),
    article(
        "Online Slots Real Money – Top Casino Sites",
        "Our casino offers 200 free spins. Register now, deposit $10 and get 100% match bonus. Instant "
        "withdrawals, fair RTP, sportsbook odds.",
    ),
    article(
        "1xbet promo code: register and get bonus",
        "Use promo code on 1xbet, mostbet and pin up casino. Sports betting, aviator game and live "
        "casino with the highest odds.",
    ),
    article(
        "สล็อตเว็บตรง ไม่ผ่านเอเย่นต์ แตกง่าย 2026",
        "เว็บสล็อตแตกง่าย ฝากถอนออโต้ ไม่มีขั้นต่ำ สมัครรับเครดิตฟรี บาคาร่าออนไลน์ แทงบอล หวยออนไลน์ ยูฟ่าเบท คาสิโนสด",
    ),
    article(
        "บาคาร่าออนไลน์ เว็บพนันอันดับ 1",
        "สมัครสมาชิกใหม่รับโบนัส 100% คาสิโนออนไลน์ เล่นง่าย ได้เงินจริง ฝาก-ถอน ไม่มีขั้นต่ำ",
    ),
    article(
        "澳门威尼斯人赌场 官方网站", "真人百家乐 老虎机 体育投注 注册送彩金 最新登录网址 在线娱乐城 六合彩开奖结果"
    ),
    article("亚博体育app下载 - 官方入口", "亚博体育 开云体育 澳门新葡京 真人娱乐 棋牌游戏 注册即送88元 百家乐在线"),
    article(
        "Nhà cái uy tín số 1 châu Á",
        "Cá cược bóng đá, nổ hũ, casino trực tuyến, tài xỉu. Đăng ký nhận khuyến mãi 100%. Link vào nhà cái mới nhất.",
    ),
    article(
        "Онлайн казино с бонусом за регистрацию",
        "Игровые автоматы на деньги, фриспины и бездепозитный бонус. Ставки на спорт, вулкан казино, зеркало сайта.",
    ),
    article("ЅLОТ GАСОR", "Situs ѕlоt оnlіnе tеrреrсауа, daftar ѕеkаrаng, bonus nеw mеmbеr 100. Mахwіn sеtіар hаrі."),
    article(
        "S.L.O.T G.A.C.O.R",
        "Situs s.l.o.t online, g-a-c-o-r hari ini. Daftar sekarang bonus new member, minimal deposit 5rb.",
    ),
    article("SL0T G4C0R M4XW1N", "S1tus jud1 0nl1ne t3rp3rc4ya. B0nus new m3mber. D3p0sit pulsa tanpa potongan."),
    article(
        "Togel SGP Keluar Malam Ini: Angka Main dan Shio Jitu",
        "Syair sgp, kode alam, angka keramat dan rumus jitu 2D 3D 4D. Pasang di agen resmi diskon 66%.",
    ),
    article(
        "Angka Jitu Besok Malam",
        "BBFS kuat, colok bebas, shio jitu, syair HK dan SDY. Result tercepat dari pools resmi.",
    ),
    article(
        "Agenda Kepala Kantor Wilayah",
        "Kegiatan rutin pada hari Senin.",
        links=("https://mpo777.live/", "https://bet88.cc/", "https://dewa4d.site/"),
    ),
    article(
        "KEMENKUM138: Portal Login Server Kamboja Terbaru",
        "Dapatkan akun VIP dengan winrate 98 persen. Depo 10k langsung gas. Game PG: Lucky Neko, Wild Bounty, Mahjong.",
    ),
    article(
        "Rutan Kelas IIB - Live Draw Macau 5D Tercepat",
        "Live draw toto macau 5D hari ini pukul 13.00, 16.00, 19.00. Data macau lengkap, paito harian.",
    ),
    article(
        "Cara Main Poker Online Agar Menang Terus",
        "Poker online di situs IDN poker menawarkan jackpot jutaan. Pilih meja kecil, pelajari bluffing, "
        "dan gunakan bonus deposit. Daftar di agen poker terpercaya.",
    ),
    article(
        "Prediksi Bola Malam Ini & Mix Parlay Jitu",
        "Pasang taruhan bola di sbobet88. Odds terbaik, over under, handicap Asia. Bonus cashback 10% tiap minggu.",
    ),
    article(
        "Mahjong Ways 2 Pecah Selayar",
        "Trik scatter naga hitam: buy spin saat pola 3-5-7. Bet 400 menang 12 juta. Link resmi di bio.",
    ),
    article(
        "Kisah Ojol Menang 200 Juta dari Mahjong Wins 3",
        "Hanya modal 50 ribu, driver ojol ini mendapatkan scatter hitam berkali-kali. Ia membagikan pola "
        "gacor dan link situs yang dipakainya. Anda juga bisa menang.",
    ),
    article(
        "Slot Qris Deposit 1000 Tercepat Bank Lokal",
        "Transaksi qris 24 jam, minimal depo seribu perak. Provider lengkap: PP, PG, Jili, Habanero. Raih maxwin.",
    ),
    article(
        "MPO Slot Resmi dan Situs Judi MPO Play",
        "MPO slot menyediakan ratusan permainan. Deposit tanpa potongan, bonus mingguan. Login mpo dan daftar mpo.",
    ),
    article(
        "Register now | Kanwil Official",
        "Bet on football, cricket and virtual sports. Our online casino offers live dealers, jackpot "
        "slots and free spins with no wagering.",
    ),
    article("สมัครสล็อต PG เว็บตรง", "เว็บตรงไม่ผ่านเอเย่นต์ ฝากถอนไม่มีขั้นต่ำ แจกเครดิตฟรี 50"),
    article(
        "Deneme Bonusu Veren Siteler 2026",
        "Bahis siteleri arasında en güvenilir casino siteleri. Deneme bonusu ve canlı bahis.",
    ),
    article("온라인 카지노 추천", "안전한 바카라 사이트, 슬롯, 토토사이트 먹튀검증"),
    article("オンラインカジノおすすめ", "入金不要ボーナス、スロット、バカラ。フリースピン100回"),
    article("电子游戏平台 官网登录", "百家乐 捕鱼 棋牌 彩票 注册送58 提款秒到"),
    article(
        "Lapas Sehat, Gacor Maxwin",
        "Dengan semangat melayani, kami sajikan link slot gacor maxwin untuk slotter mania. Petugas "
        "lapas siap melayani. RTP live 98%. Slot gacor hari ini hanya di sini.",
    ),
    article("ꜱʟᴏᴛ ɢᴀᴄᴏʀ", "ꜱɪᴛᴜꜱ ꜱʟᴏᴛ ɢᴀᴄᴏʀ ᴛᴇʀᴘᴇʀᴄᴀʏᴀ, ᴅᴀꜰᴛᴀʀ ꜱᴇᴋᴀʀᴀɴɢ ʙᴏɴᴜꜱ ɴᴇᴡ ᴍᴇᴍʙᴇʀ"),
    article("5LOT G4C0R H4R1 INI", "L1nk 5l0t g4c0r terbaik, d4ftar sekar4ng, b0nus new member"),
    article("s l o t g a c o r terpercaya", "s i t u s s l o t online, bonus new member, deposit dana"),
    article(
        "Rahasia Admin Riki Bagikan Jam Gacor Koi Gate",
        "Pantau jam gacor pukul 22.00 di provider Habanero, putar 30x auto lalu naikkan taruhan. Auto wede!",
    ),
    article(
        "Bandar Darat Toto Macau 4D",
        "Pasaran lengkap dan hadiah 4D 10 juta. Wd tanpa batas, deposit semua bank dan ewallet.",
    ),
    article(
        "Link Nonton dan Daftar JILI Super Ace",
        "Super Ace JILI jadi favorit pemain slot. Bonus free spin 10x, RTP 97 persen, mainkan demo gratis.",
    ),
    article(
        "Agen Sabung Ayam WS168 dan SV388 Live",
        "Taruhan sabung ayam live Filipina. Daftar akun WS168, deposit QRIS dan main langsung.",
    ),
    article(
        "Best Crypto Casinos & Bitcoin Slots",
        "Play crypto casino games with instant payouts. Free spins every day. Top slots and blackjack.",
    ),
    article("Casinos en línea con bonos", "Tragamonedas gratis, ruleta y apuestas deportivas. Regístrate hoy."),
    article("PG สล็อต ทดลองเล่น", "สล็อต pg แตกง่าย โบนัส 100 รับเครดิตฟรี"),
    article("彩票平台 - 首页", "注册送 彩金 百家乐 六合彩"),
    article("Situs T0g3l & 5l0t", "d3p0 5rb auto jp, b0ku s1tus 5l0t"),
    article(
        "Lapas Garut Gelar Apel Pagi",
        "Kepala Lapas memimpin apel. Kunjungi situs slot gacor hari ini untuk bonus new member 100%, "
        "daftar slot88 dan togel online, RTP live slot tertinggi, deposit pulsa tanpa potongan. Petugas "
        "siap melayani.",
    ),
)

MORE_INNOCENT: tuple[Article, ...] = (
    article(
        "Kisah Napi Mantan Pecandu Judi Slot Jadi Penghafal Quran",
        "Ia mengaku dulu menghabiskan Rp200 juta di situs slot gacor, togel hongkong dan mahjong ways. "
        "Kini di dalam lapas ia belajar membaca Al Quran bersama pembina.",
    ),
    article(
        "Casino Royale Diputar di Layar Tancap Lapas",
        "Film Casino Royale diputar untuk warga binaan sebagai hiburan akhir pekan.",
    ),
    article(
        "Slot Waktu Kunjungan Ditambah",
        "Rutan menambah slot kunjungan menjadi tiga kali sehari. Pendaftaran online dibuka pukul 08.00, "
        "gratis dan tanpa potongan.",
    ),
    article(
        "Menang Jackpot, WNA Rusia Dideportasi",
        "Warga Rusia berinisial A dideportasi karena melebihi izin tinggal, kata Kepala Kantor Imigrasi. "
        "Ia mengelola kasino online dari vila.",
    ),
    article(
        "Rapat Anggaran: Deposit Dana Pihak Ketiga",
        "Deposit bank naik 5 persen, bonus pegawai dibayarkan pada Maret.",
    ),
    article(
        "Razia Gabungan Temukan Ponsel Berisi Aplikasi Domino QQ",
        "Petugas menyita empat ponsel berisi aplikasi pkv games dan dominoqq. Kalapas menegaskan sanksi.",
    ),
    article(
        "Imigrasi Ringkus 103 WNA Taiwan Pelaku Judi Daring",
        "Direktorat Jenderal Imigrasi menangkap 103 warga negara Taiwan 台灣 di Bali. Mereka "
        "mengoperasikan situs slot dan kasino daring.",
    ),
    article(
        "Pendaftaran CPNS Kemenkum Dibuka, Klik Link Ini",
        "Daftar sekarang melalui portal resmi. Kunjungi tautan untuk membuat akun. Gratis.",
    ),
    article("Kode Etik Aparatur Sipil Negara", "Sosialisasi kode etik digelar, angka pelanggaran turun."),
    article(
        "Judi Online, Candu yang Merusak",
        "Judi online merusak keluarga. Slot, togel, dan kasino menjanjikan jackpot tetapi menghabiskan "
        "uang pemain. Anak muda harus waspada.",
    ),
    article(
        "Ribuan Rekening Judi Slot Diblokir",
        "Rekening untuk deposit judi slot, togel online, dan casino online diblokir OJK. Total Rp600 miliar.",
    ),
    article(
        "Kemenkum Jatim Ingatkan ASN Bahaya Judi Slot",
        "Kakanwil mengingatkan pegawai agar menjauhi judi slot, togel, dan kasino daring karena dapat "
        "dikenai sanksi disiplin berat.",
    ),
    article(
        "Mengaku Menang Jackpot, Pria Ini Malah Tipu Tetangga",
        "Terdakwa mengaku menang jackpot Rp1 miliar lalu meminjam uang. Majelis hakim menjatuhkan vonis "
        "dua tahun penjara.",
    ),
    article(
        "Mahjong Ways hingga Gates of Olympus, Ini Daftar Game Judi yang Diblokir",
        "Kementerian Komdigi memblokir permainan judi seperti Mahjong Ways, Gates of Olympus, Sweet "
        "Bonanza, dan Starlight Princess.",
    ),
    article(
        "Turnamen Catur Warga Binaan Berhadiah Bonus",
        "Para pemain memperebutkan bonus jutaan rupiah. Pendaftaran gratis untuk member baru klub catur.",
    ),
    article(
        "Layanan Eazy Passport: Daftar Sekarang, Kuota Terbatas",
        "Klik link pendaftaran di M-Paspor. Kuota 50 slot per hari, slot online dibuka pukul 09.00. "
        "Bayar via QRIS, tanpa potongan.",
    ),
    article(
        "Immigration arrests 50 foreigners over online casino",
        "Immigration officers arrested 50 foreigners who ran an online casino with live dealers in "
        "Batam. They will be deported.",
    ),
    article("印尼移民局逮捕103名台灣人", "印尼移民局在巴厘岛逮捕涉嫌网络赌博的外国人，并将他们驱逐出境。"),
    article(
        "Sejarah Poker dan Domino di Penjara",
        "Permainan kartu seperti poker dan domino dilarang di dalam lapas karena kerap menjadi ajang "
        "judi, ujar Kalapas.",
    ),
    article(
        "Roulette Rusia: Film Karya Napi Tayang Perdana",
        "Film pendek berjudul Roulette Rusia karya warga binaan diputar di aula lapas.",
    ),
    article(
        "Angka Kematian Tahanan Turun",
        "Angka kematian turun 3 persen. Data 2025 menunjukkan 88 kasus, 2024 sebanyak 99 kasus.",
    ),
    article(
        "Bapas Buka Slot Magang 2026",
        "Tersedia 10 slot magang bagi mahasiswa hukum. Link daftar ada di media sosial resmi, gratis.",
    ),
    article(
        "WNA Kamboja Dipulangkan",
        "Sebanyak 20 WNI korban perdagangan orang dari perusahaan judi online di Kamboja dipulangkan. "
        "Mereka dipaksa menjadi admin situs slot dan casino online.",
    ),
    article(
        "Zeus, Anjing Pelacak Baru Rutan",
        "Zeus, anjing pelacak jenis malinois, bertugas mendeteksi narkoba di pintu masuk.",
    ),
    article(
        "Hadiah Undian Koperasi Lapas",
        "Undian koperasi digelar, hadiah utama sepeda motor dan jackpot sembako. Nomor 88 dan 77 keluar "
        "sebagai pemenang.",
    ),
    article(
        "Modus Baru Judi Online, Petugas Temukan Situs Slot88 dan Toto Macau di Ponsel Napi",
        "Hasil penggeledahan menemukan riwayat situs slot88, toto macau, dan RTP live. Petugas menyita "
        "ponsel tersebut.",
    ),
    article(
        "Viral Napi Main Slot, Kalapas Angkat Bicara",
        "Video napi bermain slot online viral. Kalapas menyebut video itu rekaman lama dan ponsel telah disita.",
    ),
    article(
        "Satgas Temukan Modus Deposit Judi Lewat Pulsa",
        "Satgas menemukan modus deposit judi online lewat pulsa dan QRIS. Pemain diminta daftar lewat "
        "situs yang berganti-ganti, kata Ketua Satgas.",
    ),
    article(
        "OJK Terima 5.000 Laporan Pinjol dan Judol",
        "Warga melaporkan pinjaman ilegal dan judi online. OJK memblokir ribuan rekening bank.",
    ),
    article(
        "Napi Juara Lomba Game Mobile",
        "Lapas menggelar turnamen gim Mobile Legends. Pemain terbaik mendapat hadiah dan bonus remisi, kata Kalapas.",
    ),
    article(
        "Deretan Istilah Judi Slot yang Perlu Orang Tua Tahu",
        "Istilah seperti gacor, maxwin, scatter, rungkad, dan RTP kerap dipakai. Orang tua diminta "
        "waspada, ujar psikolog.",
    ),
    article(
        "Eks Bandar Togel Kini Jual Bakso",
        "Setelah bebas dari rutan, eks bandar togel itu membuka warung bakso. Ia mengaku kapok.",
    ),
    article(
        "Harga Emas Antam Hari Ini",
        "Harga emas naik Rp10.000 menjadi Rp1.888.000 per gram. Buyback Rp1.777.000.",
    ),
    article(
        "Pertandingan Persib: Prediksi Skor dan Susunan Pemain",
        "Persib menjamu Persija malam ini. Prediksi skor 2-1. Pemain baru akan main sejak awal. Link "
        "live streaming resmi tersedia.",
    ),
    article(
        "Imigrasi Soekarno-Hatta Buka Server Baru, Daftar Online Lebih Mudah",
        "Server baru membuat daftar online M-Paspor mudah. Kuota harian 300 slot. Layanan gratis dan "
        "resmi, kata Kepala Kantor.",
    ),
    article(
        "Kota Macau Pulangkan 30 WNI",
        "Sebanyak 30 WNI dipulangkan dari Macau. Mereka bekerja di kasino tanpa dokumen, kata KJRI.",
    ),
    article(
        "Seminar Literasi Digital: Bahaya Bet dan Spin",
        "Pemateri menjelaskan istilah bet, spin, dan jackpot yang dipakai game judi untuk memancing anak.",
    ),
)
