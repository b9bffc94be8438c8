"""The words that rules about names and wording look at: offices, what is nobody's name, what says nothing."""

from __future__ import annotations

# Before the name of who heads a unit.
HEADS = frozenset(
    """
    kalapas karutan kabapas kakanim karupbasan kepala plt plh
    """.split()
)

# Before the name of somebody who is at events everywhere.
OFFICIALS = frozenset(
    """
    menteri wamen wakil menko dirjen jenderal presiden wapres sekjen direktur kakanwil kakanwilkum menkum
    menimipas
    """.split()
)

# Beside a word of `HEADS`: the head of a region, who is everywhere in it.
REGIONAL = frozenset(("kanwil", "wilayah"))

# Before a name of a single word.
ADDRESSED = (
    HEADS
    | OFFICIALS
    | frozenset(
        """
    bapak ibu bernama berinisial gubernur bupati wali kota camat kapolres kapolresta kapolsek kapolda ketua
    pendeta pastor ustaz ustad ustazah kh dr petugas kasi kasubsi kplp instruktur lpp lpka lapas rutan imigrasi
    pemasyarakatan alias
    """.split()
    )
)

# Written with a capital, and nobody's name.
NO_NAME = ADDRESSED | frozenset(
    """
    bapas rupbasan kanim rudenim balai
    lembaga rumah tahanan negara kelas klas tpi kantor wilayah kementerian hukum dan hak asasi manusia ham
    kanwil ditjen ditjenpas kemenkum kemenkumham kemenimipas imipas republik indonesia ri provinsi kabupaten
    kecamatan desa jalan gedung aula masjid gereja lapangan blok balai warga binaan narapidana napi wbp senin
    selasa rabu kamis jumat sabtu minggu ahad januari februari maret april mei juni juli agustus september
    oktober november desember wib wita wit hari bakti pengayoman kemerdekaan natal idulfitri idul fitri lebaran
    nyepi waisak remisi umum khusus amnesti razia panen polri tni polres polsek polda polresta koramil kodim bnn
    bnnk bnnp brimob pmi blk dinas kesehatan sosial pertanian dprd dpr komisi pemerintah daerah kota bandara
    pelabuhan universitas sekolah pesantren koperasi perempuan pemuda anak utama madya muda utara selatan timur
    barat tengah pusat tenggara laut darat raya besar kecil nusakambangan jakarta menurut sebanyak sejumlah
    seorang selain dalam dari untuk pada setelah sebelum sementara kegiatan acara hal ini itu ia dia mereka para
    kami kita saya semua seluruh seluruhnya seperti dengan oleh karena ketika saat usai namun tetapi sejak
    sekitar hasil total dua tiga empat lima enam tujuh delapan sembilan sepuluh satu sebelas puluhan ratusan
    foto editor reporter penulis humas sumber baca juga taman makam pahlawan subuh zuhur asar magrib isya allah
    tuhan yang maha esa pancasila asta cita program warung bangsa pos bantuan satuan seksi sub bagian divisi
    inspektorat sekretariat kepolisian kejaksaan pengadilan negeri tinggi agama mahkamah agung badan narkotika
    nasional direktorat bank rutan semoga harapan terima kasih selamat assalamualaikum turut hadir kerja sama
    perjanjian eazy passport sae wbk wbbm
    pelayanan keamanan ketertiban kemasyarakatan administrasi fasilitatif kepatuhan kesekretariatan keimigrasian
    pendidikan pelatihan pengamanan perawatan bimbingan registrasi kepegawaian keuangan drs dra ir hj haji prof
    """.split()
)

# Of grammar, of every release, and template language: they tell nothing of one event.
EMPTY = frozenset(
    """
    yang dan di ke dari pada dalam untuk dengan ini itu oleh para akan telah sudah juga serta atau karena saat
    usai agar bagi secara adalah sebagai hingga sampai antara tersebut ia mereka kami kita tidak bisa dapat
    harus lebih sebanyak sejumlah seorang satu kata ujar ucap tegas jelas ungkap tutur menurut mengatakan
    menyebut menyatakan menyampaikan menegaskan lapas rutan bapas lpka lpp kanwil lembaga pemasyarakatan rumah
    tahanan negara kantor wilayah kelas kalapas karutan kakanwil kepala warga binaan narapidana napi wbp
    penghuni petugas jajaran kegiatan program pembinaan komitmen sinergi humanis akselerasi deteksi dini zero
    halinar asta cita imigrasi kementerian ditjenpas ditjen direktorat jenderal menteri senin selasa rabu kamis
    jumat sabtu minggu januari februari maret april mei juni juli agustus september oktober november desember
    wib wita wit hari tanggal pukul orang
    """.split()
)

# Stems of headlines about what has a sequel: a flight, a riot, a death, a seizure, a charge.
SEQUELS = frozenset(
    """
    kabu lari buro ricu rusu baka keba terb tewa meni kera sabu gana nark gaga tang dita tert dibe diri ring pung koru
    vira dico baku
    """.split()
)
