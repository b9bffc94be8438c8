"""Whether an article is gambling spam that somebody planted on a hacked site: several signs, never one word. Pure.

What sells gambling speaks to players (offers, brands, promises) and links to them; what tells of gambling speaks of
police, courts, prisons and prevention, and quotes people. Both may be full of the same terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from crawler.models import Article

ENOUGH = 5
MOST_TEXT = 20_000  # characters that count
MANY_HOSTS = 3  # gambling sites that a text links to; none that tells of them does

# What gambling is called by those who sell it; no single words that mean other things too (slot, gacor, toto).
_TERMS = re.compile(
    r"\b(?:(?:situs|agen|bandar|judi|link|daftar|main|akun|permainan|game|bocoran|pola|rtp|demo"
    r"|deposit|bo|web|info)s?[ -]"
    r"(?:\w+[ -])?(?:slot|togel|toto|judi|casino|kasino|poker|gacor|maxwin)\w*"
    r"|slot[ -]?(?:online|gacor|demo|dana|pulsa|qris|thailand|kamboja|deposit|terpercaya|resmi"
    r"|gampang|mudah|mahjong|hari ini"
    r"|server|maxwin|bet|ovo|luar negeri|\d{2,4})\w*"
    r"|togel[ -]?(?:online|hari ini|hongkong|singapore|singapura|sydney|sidney|macau|hk|sgp|sdy"
    r"|\d+)|(?:toto|togel|slot)\d\w*"
    r"|toto (?:macau|slot|togel)|(?:prediksi|bocoran|keluaran|pengeluaran|data|live draw|result|paito) "
    r"(?:togel|hk|sgp|sdy|macau|hongkong|sydney)"
    r"|judi (?:online|bola|slot|togel|kasino)|taruhan (?:bola|online)|(?:casino|kasino|baccarat"
    r"|roulette|poker) online"
    r"|live casino|sabung ayam online|sv388|sbobet|bandarqq|dominoqq|domino ?qq|pkv games?"
    r"|idn ?poker|joker123|maxwin"
    r"|scatter (?:hitam|merah|gratis|emas)?|rtp (?:live|slot)|pragmatic play|pg ?soft|habanero"
    r"|microgaming|mahjong ways"
    r"|gates of (?:olympus|gatot kaca)|sweet bonanza|starlight princess|wild west gold|zeus slot|spaceman|freebet"
    r"|free ?spins?|anti rungka[td]|jp paus|jackpot|gacor hari ini|gampang menang|(?:link|situs) alternatif"
    r"|bonus new member|new member \d+|parlay|mix parlay)\b"
)
# Made-up names of sites: letters with a lucky number or a gambling word behind.
_BRAND = re.compile(
    r"\b(?:[a-z]{3,14}(?:88|77|99|69|55|303|138|168|777|888|4d|5000|1000)|[a-z]{2,12}(?:toto|togel"
    r"|slot|bet|hoki|gacor|qq)"
    r"\d{0,4})\b"
)
_OFFER = re.compile(
    r"\b(?:daftar (?:sekarang|disini|di sini|akun|segera)|klik (?:link|di ?sini|daftar)"
    r"|login (?:sekarang|resmi)|main sekarang"
    r"|minimal (?:deposit|depo|bet)|(?:deposit|depo|withdraw|wd|modal) (?:\w+ )?(?:\d|dana|pulsa"
    r"|qris|ovo|gopay|murah|kecil"
    r"|cepat|tanpa potongan|via)|tanpa potongan|bonus (?:\w+ )?(?:member|harian|deposit|cashback"
    r"|referral|rollingan|\d)"
    r"|(?:gampang|mudah|pasti|auto|sering) (?:menang|jp|cuan|maxwin|jackpot)|terpercaya|terbaik dan"
    r"|24 jam (?:non ?stop|online)"
    r"|(?:live ?chat|customer service|cs) (?:\w+ )?24|lisensi resmi|raih kemenangan"
    r"|kemenangan (?:besar|anda|maksimal)"
    r"|para (?:pemain|bettor|slotter|player)|bettor|slotter|bosku|gas(?:keun|pol)|rungka[td]|cuan"
    r"|winrate|win rate|turnover"
    r"|anda (?:bisa|dapat|akan) (?:menang|bermain|memainkan|mendapatkan))\b"
)
# What tells of gambling instead of selling it, and what else offices and papers write about.
_SUBJECT = re.compile(
    r"\b(?:polisi|kepolisian|pol(?:res|da|sek|ri|restabes|resta)\w*|bareskrim|tersangka|terdakwa"
    r"|terpidana|pelaku|ditangkap"
    r"|menangkap|tangkap|diringkus|diamankan|razia|geledah|penggeledahan|pemberantasan"
    r"|(?:mem)?berantas|blokir|pemblokiran"
    r"|memblokir|kominfo|komdigi|ppatk|satgas|divonis|vonis|jaksa|hakim|pengadilan|kejaksaan|kuhp"
    r"|pasal \d|undang-undang"
    r"|lapas|rutan|lpka|bapas|kalapas|karutan|warga binaan|napi|narapidana|tahanan|pemasyarakatan"
    r"|imigrasi|deportasi|wna"
    r"|kanwil|kemenkum\w*|kementerian|sosialisasi|penyuluhan|bahaya|dampak|larangan|dilarang"
    r"|melarang|cegah|pencegahan"
    r"|mencegah|edukasi|kecanduan|korban|komitmen|integritas|apel|pegawai|petugas|asn|bupati"
    r"|wali ?kota|gubernur|kepala"
    r"|menteri|ujar\w*|kata(?:nya)?|ungkap\w*|jelas(?:nya)|tutur\w*|tegas(?:nya)|ucap\w*|menurut"
    r"|barang bukti|disita|menyita)\b"
)
_TELLING = re.compile(
    r"\b(?:polisi|pol(?:res|da|sek|ri)\w*|tangkap|ditangkap|razia|bahaya|berantas|cegah|napi|narapidana|tersangka"
    r"|vonis|blokir"
    r"|satgas|ppatk|komdigi|sosialisasi|judi online|larangan|dilarang|stop|perangi|tolak|anti judi"
    r"|bandar \w+ (?:ditangkap"
    r"|dibekuk|diringkus)|deportasi|hukuman|kecanduan|korban|dampak|fenomena|kasus|terpidana|terdakwa)\b"
)
_HOST = re.compile(
    r"slot|togel|gacor|judi|casino|kasino|maxwin|sbobet|poker|bandarq|pkv|toto(?!\w*(?:yota|ri))"
    r"|(?:88|77|138|303|4d)(?:[.-]|$)"
)
_OFFICIAL = (".go.id", ".ac.id", ".sch.id", ".mil.id")
_HREF = re.compile(r"""href=["']?(https?://[^"'\s>]+)""", re.IGNORECASE)
_SIGNS = (
    "promotes in its title",
    "repeats gambling terms",
    "names many games and brands",
    "makes offers to players",
    "links to gambling sites",
    "has such an address",
    "is written in disguised letters",
    "is in a foreign script",
)
# One of these stands in every text of spam; looking for them costs a fiftieth of looking for the terms.
_NEAR = (
    "slot", "togel", "toto", "judi", "casino", "kasino", "poker", "gacor", "maxwin", "sbobet", "bandarq", "dominoq",
    "sabung", "taruhan", "parlay", "jackpot", "olympus", "mahjong", "pragmatic", "pkv", "rtp", "scatter", "paito",
)  # fmt: skip
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_STEMS = re.compile(r"\b(?:s[l1i][o0]t|g[a4]c|t[o0]g|jud|m[a4]x)")
_FANCY = re.compile("[\U0001d400-\U0001d7ff\u200b-\u200f\u2060\ufeff\uff21-\uff5a]")
_FOREIGN = re.compile("[\u0400-\u04ff\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DISGUISED = ((re.compile(r"\bs[l1i][o0]t"), "slot"), (re.compile(r"\bg[a4]c[o0]r"), "gacor"),
              (re.compile(r"\bt[o0]g[e3]l"), "togel"), (re.compile(r"\bjud[i1]\b"), "judi"),
              (re.compile(r"\bm[a4]xw[i1]n"), "maxwin"))  # fmt: skip


def suspicion(article: Article) -> str | None:
    """The signs, in words, by which an article is taken for planted gambling spam; None for one that is not."""
    raw = article.title + "\n" + "\n".join(article.paragraphs)[:MOST_TEXT]
    text = plain(raw)
    is_near = any(sign in text for sign in _NEAR)
    terms = [found[0] for pattern in (_TERMS, _BRAND) for found in pattern.finditer(text)] if is_near else []
    hosts = gambling_hosts(article.body_html)
    if not terms and not hosts:
        return None
    title, words = plain(article.title), max(1, len(text.split()))
    offers = {found[0] for found in _OFFER.finditer(text)}
    in_title = {found[0] for pattern in (_TERMS, _BRAND) for found in pattern.finditer(title)}
    path = plain(unquote(urlsplit(article.url).path)).replace("-", " ").replace("_", " ")
    is_promoting = bool(in_title) and not _TELLING.search(title)
    is_linking = len(hosts) >= MANY_HOSTS
    weights = (
        2 * is_promoting + (is_promoting and len(in_title) > 1),
        (len(terms) * 100 >= 2 * words and len(terms) > 2) + (len(terms) * 100 >= 5 * words and len(terms) > 4),
        (len(set(terms)) >= 4) + (len(set(terms)) >= 8),
        (len(offers) >= 1) + (len(offers) >= 3) + (len(offers) >= 6),
        ENOUGH if is_linking else 2 * bool(hosts),
        int(bool(_TERMS.search(path))),
        int(len(_FANCY.findall(raw)) >= 4),
        int(len(_FOREIGN.findall(raw)) * 10 > len(raw)),
    )
    told = {found[0] for found in _SUBJECT.finditer(text)}
    against = 0 if is_linking else min(4, len(told) // 2) + (article.dateline is not None)
    if sum(weights) - against < ENOUGH or (sum(map(bool, weights)) < 2 and not is_linking):
        return None
    signs = ", ".join(sign for sign, weight in zip(_SIGNS, weights, strict=True) if weight)
    return f"gambling spam: {signs} ({', '.join(list(dict.fromkeys(terms))[:4] or sorted(hosts)[:4])})"


def plain(text: str) -> str:
    """A text in small plain letters: mathematical and full-width ones, digits for letters and hidden marks undone."""
    folded = _HIDDEN.sub("", unicodedata.normalize("NFKC", text).casefold())
    if not _STEMS.search(folded):
        return folded
    for pattern, word in _DISGUISED:
        folded = pattern.sub(word, folded)
    return folded


def gambling_hosts(html: str) -> frozenset[str]:
    """The hosts that a text links to and that are named like gambling sites; those of offices and schools are not."""
    return frozenset(host for host in _hosts(html) if _HOST.search(host) and not host.endswith(_OFFICIAL))


def _hosts(html: str) -> Iterator[str]:
    for found in _HREF.finditer(html):
        try:
            yield (urlsplit(found[1]).hostname or "").lower()
        except ValueError:
            continue
