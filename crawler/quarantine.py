"""Whether an article is gambling spam that somebody planted on a hacked site: several signs, never one word. Pure.

What sells gambling speaks to players (offers, brands, promises) and links to them; what tells of gambling speaks of
police, courts, prisons and prevention, and quotes people. Both may be full of the same terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from crawler.models import Article
from crawler.text.gambling import (
    BRAND,
    CORE,
    FANCY,
    OFFER,
    SIDE,
    TERMS,
    bare,
    folded,
    is_indonesian,
    is_near,
    others_in,
)

ENOUGH = 5
MOST_TEXT = 20_000  # characters that count
MUCH_TOLD = 4  # words of those who tell of gambling, who use the jargon too
MANY_HOSTS = 3  # gambling sites that a text links to; none that tells of them does

# What tells of gambling instead of selling it: what police and courts do, what people warn of, and what they say.
_TELLING = re.compile(
    r"\b(?:polisi|kepolisian|pol(?:res|da|sek|ri|restabes|resta)\w*|bareskrim|tersangka|terdakwa|terpidana|pelaku"
    r"|(?:di|men?)?tangkap|(?:di)?ringkus|dibekuk|diamankan|(?:di|me)?razia|(?:di|meng?)?geledah|penggeledahan"
    r"|(?:di|meng)?gerebek|(?:di|mem|pem)?beranta(?:s|san)|(?:di|mem|pem)?blokir(?:an)?|(?:di|mem)?bongkar|sindikat"
    r"|diretas|peretas\w*|disusupi|dihapus|kominfo|komdigi|ppatk|ojk|satgas|(?:di)?vonis|jaksa|hakim|pengadilan"
    r"|kejaksaan"
    r"|kuhp|pasal \d+|undang-undang|hukuman|penjara|sanksi|terjerat|barang bukti|(?:di|men)?sita|menyita"
    r"|deportasi|dipulangkan"
    r"|bahaya|dampak|larangan|(?:di|me)larang|(?:men)?cegah|pencegahan|edukasi|sosialisasi|penyuluhan|literasi"
    r"|kecanduan"
    r"|candu|korban|waspada\w*|merusak|modus|penipu\w*|menipu|fenomena|kasus|kapok|anti judi|stop|perangi|tolak|istilah"
    r"|mengenal|kenali|ciri|komitmen|ujar\w*|kata(?:nya)?|ungkap\w*|jelasnya|tutur\w*|tegas(?:nya)?|ucap\w*|menurut"
    r"|mengaku|mengatakan|menegaskan|mengingatkan|police|arrest(?:s|ed)?|deport\w+|raid\w*|crackdown|illegal)\b"
)
# What offices write about otherwise; on a hacked site spam stands between their words too.
_OFFICE = re.compile(
    r"\b(?:lapas|rutan|lpka|bapas|kalapas|karutan|warga binaan|napi|narapidana|tahanan|pemasyarakatan|imigrasi"
    r"|wna|kanwil"
    r"|kemenkum\w*|kementerian|menteri|bupati|wali ?kota|gubernur|kepala|pegawai|petugas|asn|apel|integritas)\b"
)
_HOST = re.compile(
    r"slot|togel|gacor|judi|casino|kasino|maxwin|sbobet|poker|bandarq|pkv|toto(?!\w*(?:yota|ri))"
    r"|(?:88|77|138|303|4d)(?:[.-]|$)"
)
_OFFICIAL = (".go.id", ".ac.id", ".sch.id", ".mil.id")
_HREF = re.compile(r"""href=["']?(https?://[^"'\s>]+)""")  # as stored texts have it
_SIGNS = (
    "promotes in its title",
    "repeats gambling terms",
    "names many games and brands",
    "makes offers to players",
    "links to gambling sites",
    "has such an address",
    "is written in disguised letters",
    "is in a foreign script",
    "sells gambling in another language",
    "is in the jargon of players",
    "tells of nobody",
)
_FOREIGN = re.compile("[\u0400-\u04ff\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[a-z]+")
_LEAST_CORE, _LEAST_JARGON, _THICK = 2, 6, 25  # words, words, percent
_SURE = 3  # distinct sayings of sellers in other languages, which nobody who tells of them has together


def suspicion(article: Article) -> str | None:
    """The signs, in words, by which an article is taken for planted gambling spam; None for one that is not."""
    raw = article.title + "\n" + "\n".join(article.paragraphs)[:MOST_TEXT]
    plain = bare(raw)
    text = folded(plain)
    near = is_near(text)
    terms = terms_in(text) if near else []
    others = others_in(plain) if near or not is_indonesian(plain) else set()
    hosts = gambling_hosts(article.body_html)
    if not terms and not hosts and not others:
        return None
    offers = {found[0] for found in OFFER.finditer(text)}
    is_promoting, more = promotion(bare(article.title))
    is_linking, is_sure = len(hosts) >= MANY_HOSTS, len(others) >= _SURE
    words = max(1, len(text.split()))
    told = {found[0] for found in _TELLING.finditer(text)}
    offices = {found[0] for found in _OFFICE.finditer(text)}
    weights = (
        2 * is_promoting + more,
        (len(terms) * 100 >= 2 * words and len(terms) > 2) + (len(terms) * 100 >= 5 * words and len(terms) > 4),
        (len(set(terms)) >= 4) + (len(set(terms)) >= 8),
        (len(offers) >= 1) + (len(offers) >= 2) + (len(offers) >= 4),
        ENOUGH if is_linking else 2 * bool(hosts),
        int(bool(TERMS.search(path_of(article.url)))),
        int(len(FANCY.findall(raw)) >= 4 or has_disguise(plain, text)),
        int(len(_FOREIGN.findall(raw)) * 10 > len(raw)),
        ENOUGH if is_sure else 3 * (len(others) > 1),
        jargon(text) if len(told) < MUCH_TOLD else 0,
        int(not told and len(set(terms) | others) > 1),
    )
    against = 0 if is_linking else min(4, (len(told) + 1) // 2) + (len(told) > 0 and len(offices) > 1)
    if sum(weights) - against < ENOUGH or (sum(map(bool, weights)) < 2 and not is_linking and not is_sure):
        return None
    signs = ", ".join(sign for sign, weight in zip(_SIGNS, weights, strict=True) if weight)
    named = list(dict.fromkeys(terms)) or sorted(others) or sorted(hosts)
    return f"gambling spam: {signs} ({', '.join(named[:4])})"


def terms_in(text: str) -> list[str]:
    """The terms of sellers and made-up names of sites in a folded text, as often as they stand there."""
    return [found[0] for pattern in (TERMS, BRAND) for found in pattern.finditer(text)]


def jargon(text: str) -> int:
    """How much of a folded text is the jargon of players, from 0 to 3: by how many words of it, and how thick."""
    said = _WORD.findall(text)
    core, side = {*said} & CORE, {*said} & SIDE
    if len(core) < _LEAST_CORE:
        return 0
    thick = 100 * sum(word in CORE or word in SIDE for word in said) > _THICK * len(said)
    return (len(core) + len(side) >= _LEAST_JARGON) + thick + (thick and len(core) > _LEAST_CORE)


def promotion(title: str) -> tuple[bool, bool]:
    """Whether a bare title praises gambling instead of telling of it, and whether with more than one name for it."""
    plain = folded(title)
    named = {*terms_in(plain), *others_in(title)}
    is_promoting = bool(named) and not _TELLING.search(plain)
    return is_promoting, is_promoting and len(named) > 1


def has_disguise(plain: str, text: str) -> bool:
    """Whether terms come to light only where a bare text is folded."""
    return plain != text and len(terms_in(text)) > len(terms_in(plain))


def path_of(url: str) -> str:
    """The words of an address."""
    return folded(bare(unquote(urlsplit(url).path)).replace("-", " ").replace("_", " "))


def gambling_hosts(html: str) -> frozenset[str]:
    """The hosts that a text links to and that are named like gambling sites; those of offices and schools are not."""
    return frozenset(host for host in _hosts(html) if _HOST.search(host) and not host.endswith(_OFFICIAL))


def _hosts(html: str) -> Iterator[str]:
    for found in _HREF.finditer(html):
        try:
            yield (urlsplit(found[1]).hostname or "").lower()
        except ValueError:
            continue
