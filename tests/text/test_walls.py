"""What stands in front of a site is known by several signs; an article about such things is none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.walls import wall_of


def page(title: str, body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


CLOUDFLARE = page(
    "Just a moment...",
    "<noscript>Enable JavaScript and cookies to continue</noscript>"
    "<script>(function(){window._cf_chl_opt={cType:'managed'};var a=document.createElement('script');"
    "a.src='/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=1';})();</script>",
    '<meta name="robots" content="noindex,nofollow"><meta http-equiv="refresh" content="390">',
)
LOGIN_FORM = (
    '<form action="/auth" method="post"><label>Username</label><input name="u"><label>Password</label>'
    '<input type="password" name="p"><button>Masuk</button><a href="/lupa">Lupa password?</a></form>'
)
WALLS: dict[str, tuple[bytes, int, dict[str, str], str]] = {
    "Cloudflare": (CLOUDFLARE, 403, {"Server": "cloudflare", "CF-Mitigated": "challenge"}, "a check of the browser"),
    "Cloudflare with 200": (CLOUDFLARE, 200, {}, "a check of the browser"),
    "Cloudflare of old": (
        page(
            "Attention Required! | Cloudflare",
            '<div class="cf-error-details"><h1>Sorry, you have been blocked</h1>'
            "You are unable to access this site. Cloudflare Ray ID: 8f0a</div>",
        ),
        403,
        {"server": "cloudflare"},
        "a firewall",
    ),
    "by header alone": (b"", 403, {"cf-mitigated": "challenge"}, "a check of the browser"),
    "Sucuri": (
        page(
            "You are being redirected...",
            "<noscript>Javascript is required. Please enable javascript.</noscript>"
            "<script>var s={},u,c,U,r,i;S='cz0i';sucuri_cloudproxy_js='';</script>",
        ),
        200,
        {"server": "Sucuri/Cloudproxy"},
        "a check of the browser",
    ),
    "Sucuri's firewall": (
        page(
            "Sucuri WebSite Firewall - Access Denied",
            "<h1>Access Denied - Sucuri Website Firewall</h1>"
            "<p>Block reason: bad bot. Your IP: 10.1.1.1. Block ID: BAD01</p>",
        ),
        403,
        {},
        "a firewall",
    ),
    "DDoS-Guard": (
        page(
            "DDoS-Guard",
            "<h1>Checking your browser before accessing warta.example</h1>"
            '<p>DDoS protection by DDoS-Guard</p><script src="/.well-known/ddos-guard/js-challenge/index.js"></script>',
        ),
        403,
        {"server": "ddos-guard"},
        "a check of the browser",
    ),
    "Imperva": (
        page(
            "",
            'Request unsuccessful. Incapsula incident ID: 1-2<iframe src="/_Incapsula_Resource?SWUDNSAI=31"></iframe>',
        ),
        200,
        {},
        "a firewall",
    ),
    "Imunify360": (
        page(
            "One moment, please...",
            "<h1>Please wait while your request is being verified...</h1>"
            "<script>window.location.href='/?wsidchk=1'</script>",
        ),
        200,
        {},
        "a check of the browser",
    ),
    "a free host": (
        page(
            "",
            '<script src="/aes.js"></script><script>function toNumbers(d){}var a=toNumbers("f6");'
            'document.cookie="__test="+toHex(slowAES.decrypt(c,2,a,b));location.href="/?i=1";</script>'
            "<noscript>This site requires Javascript to work, please enable Javascript in your browser</noscript>",
        ),
        200,
        {},
        "a check of the browser",
    ),
    "a captcha of the server": (
        page(
            "Captcha",
            '<form action="/.lsrecap/recaptcha"><div class="g-recaptcha"></div></form>'
            "<p>Please complete the captcha: saya bukan robot</p>",
        ),
        403,
        {},
        "a check of the browser",
    ),
    "WordPress' login": (
        page(
            "Log In &lsaquo; Warta &#8212; WordPress", f'<div id="login"><form id="loginform">{LOGIN_FORM}</form></div>'
        ),
        200,
        {},
        "a login",
    ),
    "a login in Indonesian": (page("Halaman Login | Portal Kanwil", LOGIN_FORM), 200, {}, "a login"),
    "a suspended account": (
        page(
            "Account Suspended",
            '<iframe src="/cgi-sys/suspendedpage.cgi"></iframe><h1>This Account has been suspended.'
            "</h1>Contact your hosting provider for more information.",
        ),
        200,
        {},
        "a suspended site",
    ),
    "a suspended account in Indonesian": (
        page(
            "Layanan Hosting Ditangguhkan",
            "<h1>Website ini sedang dinonaktifkan</h1><p>Jika Anda pemilik situs ini, "
            "silakan hubungi penyedia layanan hosting untuk perpanjangan dan tagihan.</p>",
        ),
        200,
        {},
        "a suspended site",
    ),
    "maintenance in Indonesian": (
        page(
            "Situs Sedang Dalam Pemeliharaan",
            "<h1>Mohon maaf</h1><p>Situs sedang dalam pemeliharaan dan tidak dapat "
            "diakses untuk sementara. Silakan kembali lagi nanti.</p>",
        ),
        200,
        {},
        "a site closed for maintenance",
    ),
    "maintenance": (
        page("Maintenance", "<p>Briefly unavailable for scheduled maintenance. We will be back soon.</p>"),
        503,
        {},
        "a site closed for maintenance",
    ),
}


@pytest.mark.parametrize(("body", "status", "headers", "name"), WALLS.values(), ids=WALLS.keys())
def test_wall(body: bytes, status: int, headers: dict[str, str], name: str) -> None:
    assert (wall_of(body, status, headers) or "").startswith(name)


STORY = (
    "<p>Petugas menjelaskan bahwa halaman layanan kini memakai captcha agar antrean kunjungan tidak diborong robot. "
    "Pengunjung yang masuk dengan username dan password diminta menunggu sementara browser diperiksa.</p>"
) * 12
INNOCENT: dict[str, tuple[bytes, int, dict[str, str]]] = {
    "an article about captcha": (
        page("Captcha Kini Jaga Layanan Kunjungan Lapas", f"<article>{STORY}</article>"),
        200,
        {},
    ),
    "an article about a firewall": (
        page("Just a Moment: Firewall Blocked 2,000 Attacks", STORY + '<div class="g-recaptcha"></div>'),
        200,
        {},
    ),
    "an article with a login beside it": (page("Kunjungan Lapas Dibuka", STORY + LOGIN_FORM), 200, {}),
    "a short article with a login beside it": (
        page(
            "Lapas Serang Panen Raya",
            f"<article><h1>Lapas Serang Panen Raya</h1><p>Panen raya.</p></article>{LOGIN_FORM}",
        ),
        200,
        {},
    ),
    "a short article on maintenance": (
        page(
            "Pemeliharaan Sistem Perpustakaan Lapas",
            "<article><h1>Pemeliharaan Sistem Perpustakaan</h1><p>Warga binaan "
            "merawat perpustakaan setiap hari.</p></article>",
        ),
        200,
        {},
    ),
    "a short article on people who come in": (
        page("Wisatawan Masuk Lewat Bandara", "<article><p>Sebanyak 200 orang datang hari ini.</p></article>"),
        200,
        {},
    ),
    "a listing behind Cloudflare with its analytics": (
        page(
            "Berita",
            "<ul>"
            + "".join(f'<li><a href="/b-{n}">Lapas Serang Panen Raya Tahap {n}</a></li>' for n in range(40))
            + '</ul><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        ),
        200,
        {"server": "cloudflare"},
    ),
    "a contact form with a captcha": (
        page("Kontak Kami", "<p>Jalan Raya 1</p><div class='g-recaptcha'></div>"),
        200,
        {},
    ),
    "a plain 403": (
        page("403 Forbidden", "<h1>Forbidden</h1><p>You don't have permission to access this resource.</p>"),
        403,
        {"server": "Apache"},
    ),
    "a plain 503": (page("503 Service Unavailable", "<h1>Service Unavailable</h1>"), 503, {"server": "nginx"}),
    "a plain 429": (b"slow down", 429, {"server": "cloudflare"}),
    "not found": (page("404 Not Found", "<h1>Not Found</h1>"), 404, {"server": "cloudflare"}),
    "a feed": (b"<?xml version='1.0'?><rss><channel><title>Login Masuk</title></channel></rss>", 200, {}),
    "nothing": (b"", 200, {}),
}


@pytest.mark.parametrize(("body", "status", "headers"), INNOCENT.values(), ids=INNOCENT.keys())
def test_what_is_no_wall(body: bytes, status: int, headers: dict[str, str]) -> None:
    assert wall_of(body, status, headers) is None


@given(st.sampled_from([body for body, *_ in WALLS.values()]), st.sampled_from([200, 403, 503]))
def test_page_with_the_text_of_an_article_is_no_wall_whatever_it_is_made_of(body: bytes, status: int) -> None:
    assert wall_of(body.replace(b"</body>", STORY.encode() + b"</body>"), status) is None


@given(st.binary(max_size=400), st.sampled_from([200, 403, 503]))
def test_any_bytes_have_an_answer(body: bytes, status: int) -> None:
    told = wall_of(body + b"<title>Login</title>" + body, status)
    assert told is None or "'login'" in told
