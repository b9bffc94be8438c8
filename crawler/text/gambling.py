"""The words of those who sell gambling, in the languages in which hacked sites are planted with it. Pure tables.

What is told here is vocabulary alone; what follows from it is decided in `crawler.quarantine`. No single word that
means other things too (slot, toto, zeus), but what sellers put together.
"""

from __future__ import annotations

import re
import unicodedata

_GAMES = (
    r"gates of \w+|sweet bonanza|starlight princess|wild west gold|wild bandito|sugar rush|lucky neko|koi gate"
    r"|aztec (?:gems|bonanza)|treasures? of aztec|fortune (?:tiger|ox|rabbit|dragon|mouse)|mahjong (?:ways|wins?)"
    r"|bonanza gold|5 lions|power of thor|zeus (?:slot|x\d+|petir|gacor)|(?:slot|pola|petir|kakek|rtp) zeus"
    r"|kakek (?:merah|zeus)|super ace|buy ?spin|spaceman|aviator game|tembak ikan|sic ?bo|dragon tiger"
    r"|live casino|sabung ayam online"
    r"|sv388|ws168"
)
_HOUSES = (
    r"sbobet\w*|bandarqq|dominoqq|domino ?qq|pkv games?|idn ?(?:poker|slot|play|live)|joker123|joker gaming"
    r"|pragmatic play|pg ?soft|habanero|microgaming|spadegaming|cq9|no ?limit city|playtech|1xbet|mostbet|melbet"
    r"|pin[- ]?up casino|parimatch|bet365|vulkan casino|m88|w88|fun88|ufabet|188bet|dafabet"
)
_LOTTERY = (
    r"togel[ -]?(?:online|hari ini|hongkong|singapore|singapura|sydney|sidney|macau|taiwan|cambodia|hk|sgp|sdy|\d+)"
    r"|(?:toto|togel|slot)\d\w*|toto (?:macau|slot|togel)"
    r"|(?:prediksi|bocoran|keluaran|pengeluaran|data|live draw|result|paito(?: warna)?|syair|rumus|angka|nomor)"
    r" (?:togel|hk|sgp|sdy|macau|hongkong|sydney|opesia)"
    r"|togel (?:\w+ )?(?:malam|hari|besok)|angka (?:jitu|main|ikut|keramat|mistik|mati|top)|shio (?:jitu|mati)"
    r"|colok (?:bebas|jitu|naga|macau)|kode alam|kode syair|erek[ -]erek|bbfs(?: \w+)?|ekor jitu|2d,? 3d"
    r"|3d(?:,| dan) 4d"
    r"|(?:hk|sgp|sdy|macau|hongkong|sydney|toto) (?:pools?|lotto|[45]d)|pools (?:resmi|hari ini)|prize 123"
)
_SLOTS = (
    r"(?:situs|agen|bandar|judi|link|daftar|main|akun|permainan|game|bocoran|pola|rtp|demo|deposit|bo|web|info|admin"
    r"|provider|trik|jam|mesin)s?[ -](?:\w+[ -])?(?:slot|togel|toto|judi|casino|kasino|poker|gacor|maxwin)\w*"
    r"|slot[ -]?(?:online|gacor|demo|dana|pulsa|qris|thailand|kamboja|vietnam|jepang|deposit|terpercaya|resmi|gampang"
    r"|mudah|mahjong|hari ini|server|maxwin|bet|ovo|gopay|luar negeri|anti|receh|bonus|via|viral|\d{2,4})\w*"
    r"|judi (?:online|bola|slot|togel|kasino)|taruhan (?:bola|online)|(?:casino|kasino|baccarat|roulette|poker) online"
    r"|maxwin|gacor (?:hari|malam|pagi|parah|abis)|scatter (?:hitam|merah|gratis|emas)"
    r"|rtp (?:live|slot|gacor|tertinggi)"
    r"|(?:pola|jam|akun|admin|situs|server|spin|link) (?:\w+ )?(?:gacor|hoki)"
    r"|(?:spin|putaran) (?:manual|turbo|otomatis|gratis)"
    r"|\d+ (?:turbo |kali )?spin|free ?(?:bet|spins?|chips?)|anti rungka[td]|jp paus|jackpot|gampang menang"
    r"|(?:link|situs) alternatif|bonus new member|new member \d+|(?:mix )?parlay|petir x?\d+|perkalian x?\d+|scatter"
)
TERMS = re.compile(rf"\b(?:{_SLOTS}|{_LOTTERY}|{_GAMES}|{_HOUSES})\b")
# Made-up names of sites: letters with a lucky number or a gambling word behind.
BRAND = re.compile(
    r"\b(?:[a-z]{3,14}(?:88|77|99|69|55|303|138|168|777|888|4d|5000|1000)"
    r"|[a-z]{2,12}(?:toto|togel|slot|bet|hoki|gacor|qq)\d{0,4})\b"
)
OFFER = re.compile(
    r"\b(?:daftar (?:sekarang|disini|di sini|akun|segera)|klik (?:link|di ?sini|daftar)"
    r"|login (?:sekarang|resmi)|main sekarang|(?:raih|klaim|dapatkan|menangkan) (?:\w+ ){0,2}"
    r"(?:hadiah\w*|bonus\w*|saldo|scatter|jackpot|maxwin|kemenangan|freebet)"
    r"|minimal (?:deposit|depo|bet)|(?:deposit|depo|withdraw|wd|modal) (?:\w+ )?(?:\d|dana|pulsa|qris|ovo|gopay|murah"
    r"|kecil|receh|cepat|kilat|tanpa potongan|via)|tanpa potongan|(?:saldo|chip|kredit) gratis|member baru|akun baru"
    r"|bonus (?:\w+ )?(?:member|harian|deposit|cashback|referral|rollingan|\d)"
    r"|(?:gampang|mudah|pasti|auto|sering) (?:menang|jp|cuan|maxwin|jackpot)|terpercaya|terbaik dan"
    r"|24 jam (?:non ?stop|online)|(?:live ?chat|customer service|cs) (?:\w+ )?24|lisensi resmi"
    r"|kemenangan (?:besar|anda|maksimal)|(?:jadi|auto) sultan|agen resmi|diskon \d+%|tanpa modal"
    r"|para (?:pemain|bettor|slotter|player)|bettor|slotter|bosku|gas(?:keun|pol)|rungka[td]|cuan"
    r"|win ?rate|turnover|anda (?:juga )?(?:bisa|dapat|akan) (?:menang|bermain|memainkan|mendapatkan))\b"
)
# Words of players: those at home with nobody else, and those that only stand thick where somebody sells.
CORE = frozenset(
    """
    slot gacor togel toto maxwin scatter spin bet betting rtp parlay paito mpo poker casino kasino jackpot handicap odds
    sgp sdy macau sbobet mahjong olympus gatotkaca pragmatic habanero winrate wd depo freebet bettor slotter judi pg pp
    taruhan domino baccarat roulette togelers jp jitu syair shio bbfs anti-rungkad rungkad rungkat sultan gampang hoki
    """.split()
)
SIDE = frozenset(
    """
    deposit withdraw bonus member link login daftar akun server provider situs agen bandar pola modal receh menang
    kemenangan hadiah cashback rollingan vip live draw data pasaran angka bocoran prediksi demo gratis klaim resmi
    terpercaya terbaru thailand kamboja qris pulsa ewallet transaksi pecah cuan trik main bermain pemain permainan game
    peluang mingguan harian minimal raih super mudah tercepat alternatif
    """.split()
)
# In other languages; what stands there is what sellers say, no word by which one tells of them.
_LATIN = (
    r"online casinos?|casino (?:online|sites?|bonus\w*)|online slots?|(?:best|top|new) (?:\w+ )?(?:slots?|casinos?)"
    r"|slots? (?:online|for real|real) ?(?:money)?|real money|free spins?|no[- ]deposit|welcome bonus"
    r"|live dealers?|sportsbooks?|sports? bett?ing|betting (?:odds|sites?|tips)|(?:match|deposit|signup|sign-up) bonus"
    r"|promo ?code|blackjack|roulette|baccarat|highest odds|win big|instant withdrawals?|\d+x wagering"
    r"|nhà cái|cá cược|nổ hũ|tài xỉu|xóc đĩa|lô đề|soi kèo|bắn cá|casino trực tuyến|đá gà"
    r"|bahis siteler\w*|casino siteler\w*|deneme bonusu|canlı bahis|slot oyunlar\w*|güncel giriş|kaçak (?:bahis|iddaa)"
    r"|cassino online|apostas esportivas|jogo do tigrinho|caça[- ]níqueis|tragamonedas|apuestas deportivas"
    r"|casinos? en línea|ruleta"
)
OTHER = re.compile(
    rf"\b(?:{_LATIN})\b"
    r"|казино|игровые автоматы|ставки на спорт|фриспин|бездепозитн|букмекер|вулкан казино|слоты"
    r"|สล็อต|บาคาร่า|คาสิโน|พนัน|แทงบอล|หวย|เครดิตฟรี|ฝาก-?ถอน|ยูฟ่า|เว็บตรง|แตกง่าย|เดิมพัน|ไม่มีขั้นต่ำ"
    r"|ไม่ผ่านเอเย่นต์"
    r"|[赌賭]场|[赌賭]場|博彩|百家[乐樂]|老虎[机機]|彩金|棋牌|六合彩|真人[娱視视]|体育投注|體育投注|投注|下注|[娱娛][乐樂]城|亚博|開雲|开云"
    r"|新葡京|威尼斯人|开奖|開獎|彩票|电子游艺|注册送"
    r"|オンラインカジノ|スロット|パチンコ|バカラ|入金不要|ブックメーカー|フリースピン"
    r"|카지노|토토사이트|슬롯|바카라|먹튀|배팅|스포츠토토|파워볼"
)
# One of these, or two of the vague ones, stands in every text of spam. Each costs a microsecond an article: no more
# than it takes.
_NEAR = (
    "slot", "togel", "judi", "asino", "poker", "gacor", "maxwin", "jackpot", "taruhan", "paito", "mahjong", "zeus",
    "parlay", "scatter", "jitu", "syair", "sgp", "macau", "bandarq", "pkv", "gates of", "bonanza",
)  # fmt: skip
_VAGUE = ("toto", "bet", "spin", "angka", "88", "77", "4d")
_VAGUE_WORD = re.compile(r"\b(?:angka|4d)\b|(?:bet|toto|spin|88|77)(?=\d*\b)")
# The same for what sellers say elsewhere, where it is written in plain letters.
_NEAR_OTHER = (
    "casino", "slot", "real money", "free spin", "deposit", "bonus", "live dealer", "sportsbook", "betting", "promo",
    "blackjack", "roulette", "ruleta", "baccarat", "highest odds", "win big", "withdrawal", "wagering", "bahis",
    "iddaa", "apostas", "apuestas", "tigrinho", "tragamonedas", "cassino",
)  # fmt: skip
# The typography that every text has; without it nearly all are ASCII, in which everything is found much faster.
_TYPOGRAPHY = (
    ("\u201c", '"'), ("\u201d", '"'), ("\u2018", "'"), ("\u2019", "'"), ("\u2013", "-"), ("\u2014", "-"),
    ("\u2010", "-"), ("\u2011", "-"), ("\u2212", "-"), ("\u2022", "."), ("\u00b7", "."),
    ("\u00ab", '"'), ("\u00bb", '"'),
)  # fmt: skip

_HIDDEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
FANCY = re.compile("[\U0001d400-\U0001d7ff\U0001f130-\U0001f189\u200b-\u200f\u2060\ufeff\uff21-\uff5a]")
# Letters of other alphabets that look like Latin ones (Unicode TS #39), small ones.
_ALIKE = str.maketrans(
    "\u0430\u0441\u0501\u0435\u04bb\u0456\u0458\u04cf\u043e\u0440\u051b\u0455\u0442\u0443\u0475\u051d\u0445\u043a\u043c\u043d"
    "\u0432\u0433\u043f\u03b9\u03bf\u03b1\u03c1\u03bd\u03c5\u03ba\u03c4\u03b5\u03b3\u03c9\u0185\u0261\u029f\u0274\u0280",
    "acdehijlopqstuvwxkmhbrnioapvukteywbglnr",
)
_MIXED = re.compile(r"\w*(?:[a-z][\u0370-\u04ff\u0500-\u052f]|[\u0370-\u04ff\u0500-\u052f][a-z])\w*")
_MARKS = re.compile("[\u0300-\u036f]")
_NAME = "LATIN LETTER SMALL CAPITAL "
_SMALL_CAPITALS = {
    code: name.removeprefix(_NAME).lower()
    for code in (*range(0x0250, 0x02B0), *range(0x1D00, 0x1D80), *range(0xA720, 0xA800))
    if (name := unicodedata.name(chr(code), "")).startswith(_NAME) and len(name) == len(_NAME) + 1
}
_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u052f]")
_LATIN_LETTER = re.compile("[a-z]")
_APART = re.compile(r"[.\-_*|·•~ ][^\W_][.\-_*|·•~ ]{1,2}[^\W_][.\-_*|·•~ ]")  # in what is spread; quick to look for
_SPREAD = re.compile(r"(?<![^\W_])(?:[^\W_][.\-_*|·•~ ]{1,2}){3,}[^\W_](?![^\W_])")
_DIGIT_LETTERS = tuple(str.maketrans("01345@$7", f"o{one}easast") for one in "il")
_DIGITS_WITHIN = re.compile(r"(?<!\w)(?=\w*[a-z])[\w@$]*[013457@$][\w@$]*(?!\w)")
_DIGIT_AT_LETTER = re.compile(r"[013457@$](?:(?=[a-z])|(?<=[a-z].))")
_STEM = re.compile(
    r"^(?:slot|gacor|togel|judi|maxwin|casino|kasino|poker|deposit|depo|bonus|member|daftar|online|situs|terpercaya"
    r"|toto|jackpot|menang|scatter|pulsa|bandar|agen|link)"
)


def bare(text: str) -> str:
    """A text in small letters of the alphabets in which it is written, without fancy forms and hidden marks."""
    plain = text if text.isascii() else _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    if not plain.isascii():
        for sign, written in _TYPOGRAPHY:
            plain = plain.replace(sign, written)
    return plain.casefold()


def folded(plain: str) -> str:
    """A bare text in plain Latin letters: look-alike and accented ones, digits for letters and spread ones undone."""
    if not plain.isascii():
        plain = _unmasked(_MARKS.sub("", unicodedata.normalize("NFKD", plain.translate(_SMALL_CAPITALS))))
    if _APART.search(plain):
        plain = _SPREAD.sub(lambda found: re.sub(r"[^\w]|_", "", found[0]), plain)
    return _DIGITS_WITHIN.sub(_as_letters, plain) if _DIGIT_AT_LETTER.search(plain) else plain


def is_near(text: str) -> bool:
    """Whether a folded text holds anything that a term could be made of."""
    for sign in _NEAR:  # a generator takes twice the time
        if sign in text:
            return True
    return sum(sign in text for sign in _VAGUE) > 1 and len(set(_VAGUE_WORD.findall(text))) > 1


def is_indonesian(plain: str) -> bool:
    """Whether a bare text has the commonest words of Indonesian, and the letters."""
    return plain.isascii() and " yang " in plain and " dan " in plain


def others_in(plain: str) -> set[str]:
    """What sellers say in other languages, in a bare text."""
    if plain.isascii() and not any(sign in plain for sign in _NEAR_OTHER):
        return set()
    return {found[0] for found in OTHER.finditer(plain)}


def _unmasked(text: str) -> str:
    """Look-alikes put back into words that mix alphabets, and into all of a text that is mostly Latin."""
    latin, others = len(_LATIN_LETTER.findall(text)), len(_GREEK_OR_CYRILLIC.findall(text))
    if latin > others:
        return text.translate(_ALIKE)
    return _MIXED.sub(lambda found: found[0].translate(_ALIKE), text)


def _as_letters(found: re.Match[str]) -> str:
    """A word with its digits read as letters, where only that makes it one of theirs."""
    if _STEM.match(found[0]):
        return found[0]
    words = (found[0].translate(letters) for letters in _DIGIT_LETTERS)
    return next(filter(_STEM.match, words), found[0])
