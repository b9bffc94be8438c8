"""Pages that stand in front of a site: browser checks, firewalls, logins, suspended and closed sites.

A wall is known by several weak signs, never by one word: a page with the text of an article is none, whatever it tells
of. Only a header that says so outright is enough alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

ENOUGH = 4
SHORT = 1_500  # characters that are read on a page; an article behind a wall has more, a wall never
SEEN = 200_000  # bytes of a page that count
_MOST_MACHINERY = 3
_TROUBLED = frozenset({401, 403, 405, 406, 429, 503})


@dataclass(frozen=True, slots=True)
class Wall:
    """A kind of wall: its name in words, what its title says, what it says, and what it is made of (bytes, lower)."""

    name: str
    title: str
    words: tuple[str, ...]
    machinery: tuple[bytes, ...] = ()


WALLS: tuple[Wall, ...] = (
    Wall(
        "a check of the browser",
        r"just a moment|checking your browser|one moment, please|please wait|ddos-guard|attention required"
        r"|(?:are you|you are) (?:a )?(?:human|robot)|robot check|human verification|verifying|security (?:check|verif)"
        r"|captcha|pardon our interruption|client challenge|mohon tunggu|tunggu sebentar"
        r"|verifikasi (?:keamanan|manusia)|pemeriksaan keamanan|loading\.{3}",
        (
            "checking your browser", "enable javascript and cookies", "verify you are (?:a )?human",
            "verify(?:ing)? (?:that )?you are not a (?:ro)?bot", "review the security of your connection",
            "request is being verified", "ddos protection", "ray id", "redirected (?:automatically|shortly)",
            "complete the (?:captcha|security check)", "unusual traffic", "i(?:'|’)?m not a robot",
            "requires? javascript to work", "aktifkan javascript", "bukan robot", "memeriksa (?:browser|peramban)",
            "javascript is (?:disabled|required)",
        ),
        (
            b"/cdn-cgi/challenge-platform/", b"_cf_chl_opt", b"cf-browser-verification", b"cf_chl_",
            b"challenges.cloudflare.com", b"ddos-guard", b"sucuri_cloudproxy_js", b"_incapsula_resource",
            b"captcha-delivery.com", b"px-captcha", b"awswafintegration", b"/.lsrecap/", b"wsidchk", b"imunify360",
            b"slowaes.decrypt", b"/aes.js", b"g-recaptcha", b"h-captcha", b"bunny-shield",
        ),
    ),
    Wall(
        "a firewall",
        r"access denied|request (?:rejected|blocked)|forbidden|firewall|blocked|akses ditolak|not acceptable|sucuri"
        r"|incident id|attention required",
        (
            "you have been blocked", "access (?:to this (?:page|site|resource) )?(?:was |has been |is )?denied",
            "incapsula incident", "request unsuccessful", "request was rejected", "support id", "reference #",
            "block(?:ed)? (?:id|reason|details)", "web(?:site)? (?:application )?firewall", "ray id", "mod_security",
            "security (?:service|solution|rules)", "your access to this (?:site|service) has been limited", "wordfence",
            "akses (?:anda )?(?:telah )?(?:ditolak|diblokir|dibatasi)", "your ip",
        ),
        (b"cf-error-details", b"sucuri", b"incapsula", b"wordfence", b"errors.edgesuite.net", b"cdn-cgi/styles/"),
    ),
    Wall(
        "a login",
        r"log ?[io]n\b|sign ?in\b|\bmasuk\b|silakan (?:login|masuk)|halaman (?:login|masuk)|authenticat",
        (
            "(?:forgot|lost) (?:your )?password", "lupa (?:kata sandi|password)", "remember me|ingat saya",
            "please (?:log|sign) ?in", "silakan (?:login|masuk)", "username|nama pengguna|kata sandi|password",
        ),
        (b'type="password"', b"type='password'", b"type=password", b'id="loginform"', b'name="log"'),
    ),
    Wall(
        "a suspended site",
        r"(?:account|site|hosting|website|domain) (?:has been |is |was )?(?:suspended|disabled|expired|parked|for sale)"
        r"|(?:akun|situs|website|layanan|hosting|domain)[\w ]{0,30}"
        r"(?:ditangguhkan|dinonaktifkan|disuspend|kedaluwarsa|kadaluarsa|berakhir)"
        r"|suspended|bandwidth limit exceeded|default (?:web ?site|web) page|apache2? .{0,20}default page"
        r"|welcome to nginx",
        (
            "contact your hosting provider", "hubungi (?:penyedia |provider )?(?:layanan )?hosting", "billing",
            "this account has been suspended", "if you are the owner", "jika anda (?:adalah )?pemilik",
            "(?:telah|sedang) (?:ditangguhkan|dinonaktifkan|disuspend)", "tagihan|perpanjang", "bandwidth",
            "domain (?:ini )?(?:telah |sudah )?(?:kedaluwarsa|kadaluarsa|expired|berakhir)", "renew", "web server is",
        ),
        (b"cgi-sys/suspendedpage", b"cgi-sys/defaultwebpage", b"parkingcrew", b"sedoparking"),
    ),
    Wall(
        "a site closed for maintenance",
        r"maintenance|under construction|coming soon|segera hadir"
        r"|(?:sedang|dalam) (?:pemeliharaan|perbaikan|pengembangan)"
        r"|pemeliharaan (?:sistem|situs|server)|will be (?:right )?back",
        (
            "maintenance", "be back (?:soon|shortly)", "kembali (?:lagi )?(?:segera|nanti|dalam)", "segera kembali",
            "mohon maaf|mohon kembali|maaf atas", "sedang (?:dalam )?(?:pemeliharaan|perbaikan|maintenance)",
            "tidak dapat diakses|tidak tersedia", "scheduled", "undergoing",
        ),
        (b"wp-maintenance", b"coming-soon", b"maintenance-mode", b"site-maintenance"),
    ),
)  # fmt: skip
_TITLES = tuple(re.compile(wall.title) for wall in WALLS)
_WORDS = tuple(tuple(map(re.compile, wall.words)) for wall in WALLS)
# A header that says outright what the answer is: name, value.
_OUTRIGHT = (
    ("cf-mitigated", "challenge"),
    ("x-amzn-waf-action", ""),
    ("x-sucuri-block", ""),
    ("x-datadome", "blocked"),
)
_GUARDED = re.compile("cloudflare|sucuri|ddos-guard|imperva|incapsula|akamaighost|imunify|bunny|qrator|stormwall")

_TITLE = re.compile(rb"<title[^>]*>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)
_UNREAD = re.compile(r"<(script|style|template|svg)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(
    rb"""["'](?:News|Blog)?(?:Article|Posting)["']|og:type["'] content=["']article|<article\b""", re.I
)


def wall_of(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> str | None:
    """What stands in front of the site, in words; None where the answer is the site's own.

    `headers` have names in lower case.
    """
    told = {name.lower(): value.lower() for name, value in (headers or {}).items()}
    if any(name in told and value in told[name] for name, value in _OUTRIGHT):
        return f"{WALLS[0].name} (its server says so)"
    start = body[:SEEN]
    found = _TITLE.search(start)
    title = " ".join(unescape(found[1].decode("utf-8", "replace")).split()).casefold() if found else ""
    low = start.lower()
    made = [sum(part in low for part in wall.machinery) for wall in WALLS]
    titled = [bool(pattern.search(title)) for pattern in _TITLES]
    if not any(made) and not any(titled) and status not in _TROUBLED:
        return None
    text = _text(start)
    if len(text) > SHORT or len(body) > SEEN:
        return None
    around = (
        1 + (status in _TROUBLED) + bool(_GUARDED.search(told.get("server", ""))) - 2 * bool(_ARTICLE.search(start))
    )
    scores = [
        around + 2 * titled[n] + min(2 * made[n], _MOST_MACHINERY) + min(_said(n, text), 2) for n in range(len(WALLS))
    ]
    best = max(range(len(WALLS)), key=scores.__getitem__)
    kinds = titled[best] + bool(made[best]) + bool(_said(best, text))
    if scores[best] < ENOUGH or kinds < 2:
        return None
    return WALLS[best].name + (f" ({title[:60]!r})" if title else "")


def _said(number: int, text: str) -> int:
    return sum(1 for pattern in _WORDS[number] if pattern.search(text))


def _text(body: bytes) -> str:
    return " ".join(unescape(_UNREAD.sub(" ", body.decode("utf-8", "replace"))).split()).casefold()
