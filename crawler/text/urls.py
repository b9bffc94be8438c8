"""Addresses as identity: the canonical form that is requested and stored, and the key under which twins are equal."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that never choose another article: campaign tags, click ids, share marks, AMP and print views.
# An unknown parameter stays, as on old sites it may be the article's only id (`berita.php?no=12`).
JUNK_PARAMETERS = frozenset(
    """
    fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi
    __twitter_impression at_medium at_campaign campaign_id ref ref_src ref_url referrer source_ref share shared sharer
    share_from fb_action_ids fb_action_types fb_source fb_comment_id ocid cmpid spm s_cid smid sfnsn mibextid
    amp amp_js_v usqp outputtype noamp replytocom print tmpl layout_print phpsessid jsessionid sessionid session_id
    sessid ci_session cfid cftoken zenid oscsid feature_share rand nocache inheritredirect redirect
    """.split()
)
JUNK_PREFIXES = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "wt_", "stm_", "aspsessionid")
JUNK_IF_VALUE = {
    "view": {"amp", "print"},
    "m": {"0", "1"},
    "format": {"amp", "print"},
    # What Joomla adds to the address of a print view.
    "layout": {"default"},
    "page": {""},
    "limitstart": {""},
    "showall": {""},
}
# A session by its look: elsewhere `sid` is the id of a story, and `_` may be anything.
JUNK_IF_LIKE = {
    "sid": re.compile(r"(?=.*[a-z])(?=.*\d)[\w,-]{16,}", re.ASCII),
    "s": re.compile(r"[0-9a-f]{32}"),
    "_": re.compile(r"\d{10,}"),
}
# Marks that old scripts also use for an article's id (`baca.php?ref=12`): a number that is all there is.
MARKS_OR_IDS = frozenset({"ref", "share", "shared", "print", "rand", "campaign_id"})

TWIN_LABELS = ("www.", "m.", "amp.", "mobile.")
# Registries below which a third label is bought (https://pandi.id domain list, and the common foreign ones).
SECOND_LEVEL = frozenset(
    {"ac", "biz", "co", "com", "desa", "go", "gov", "mil", "my", "net", "or", "org", "ponpes", "sch", "web"}
)

MOST_CHARACTERS = 4096  # paths that a trap lets grow end somewhere

_SIZED_NAME = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w{3,4}$)|=[swh]\d+(?:-[\w-]+)?$")
_SIZED_FOLDER = re.compile(r"/[swh]\d{1,4}(?:-[\w-]+)?/(?=[^/]+$)")
_HOST = re.compile(r"[a-z0-9_.:-]+")
_PLAIN_PATH = re.compile(r"[\w/.~-]*", re.ASCII)  # nearly every address, and none of it is ever encoded
# Of Java, PHP and ASP.NET (`/(S(lit3py55))/`).
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/]*|/\((?:[A-Z]\([^()/]{1,100}\))+\)(?=/|$)", re.IGNORECASE)
_SCRIPT = re.compile(r"/(?:index\.php)?|.*/(?!index\.)[^/]+\.(?:php\d?|aspx?|jsp|cfm|cgi|pl)", re.IGNORECASE)
_NUMBER_BUT_1 = re.compile(r"(?!0*1$)\d+", re.ASCII)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_TWIN_FRONT = re.compile(r"^(?:/index\.php|/amp)+(?=/.)")
_TWIN_END = re.compile(r"(?:/(?:amp|index\.(?:html?|php))/?)+$|(?<=[\w-])\.amp(?=(?:\.html?)?$)", re.ASCII)


@lru_cache(maxsize=8192)
def canonical_url(url: str, base: str | None = None) -> str | None:
    """The address in the form that is requested and stored, or None where it is no http(s) address at all.

    Lower-case scheme and host (IDNA), no user, fragment, default port, session id or junk parameter; path
    percent-encoding made uniform (RFC 3986, 6.2.2), dot segments resolved. None too for an absurdly long address.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        netloc = _netloc(parts)
        if netloc is None:
            return None
        path = _path(parts.path)
        canonical = urlunsplit((parts.scheme.lower(), netloc, path, _query(parts.query, path), ""))
    except ValueError:  # a port or an IPv6 address that is none, a host that IDNA cannot write, half a character
        return None
    return canonical if len(canonical) <= MOST_CHARACTERS else None


@lru_cache(maxsize=8192)
def url_key(url: str) -> str:
    """What is equal for an article's twins: canonical, without scheme, `www.` or `m.`, AMP mark and trailing slash.

    Nor does Joomla's `/index.php` before a path count, which a site writes or leaves out as its settings change, nor
    the order of named parameters.
    """
    canonical = canonical_url(url)
    if canonical is None:
        return url
    parts = urlsplit(canonical)
    path, before = _TWIN_FRONT.sub("", re.sub(r"/{2,}", "/", parts.path)), None
    while path != before:
        path, before = _TWIN_END.sub("", path.rstrip("/")), path
    return _without_twin_labels(parts.netloc) + path + (f"?{_in_order(parts.query)}" if parts.query else "")


def _without_twin_labels(netloc: str) -> str:
    """The host without `www.` and its like, but for a domain that is called so (`mobile.co.id`)."""
    while label := next((label for label in TWIN_LABELS if netloc.startswith(label)), None):
        rest = netloc.removeprefix(label)
        if site(f"//{rest}") != site(f"//{netloc}"):
            break
        netloc = rest
    return netloc


def _in_order(query: str) -> str:
    """Named parameters by name, those of one name as they stand; the place of a value without a name may matter."""
    pieces = query.replace("%20", "+").split("&")
    if not all("=" in piece for piece in pieces):
        return "&".join(pieces)
    return "&".join(sorted(pieces, key=lambda piece: piece.partition("=")[0]))


def picture_key(url: str) -> str:
    """What is equal for the sizes of one upload: of WordPress (`-300x200`), of Blogger (`=w640-h360`, `/s1600/`)."""
    return _SIZED_FOLDER.sub("/", _SIZED_NAME.sub("", url.split("?", 1)[0].split("//", 1)[-1]))


def host(url: str) -> str:
    """The host name, lower-case and without port; empty for an address without one."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def full_host(url: str) -> str:
    """The host without the label of a mobile, AMP or `www.` twin."""
    return _without_twin_labels(host(url))


def site(url: str) -> str:
    """The registered domain: `kemenkum.go.id` of `https://malut.kemenkum.go.id/`; an IP address is its own."""
    name = host(url)
    labels = name.split(".")
    if len(labels) <= 2 or labels[-1].isdigit() or ":" in name:
        return name
    keep = 3 if labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def _netloc(parts: SplitResult) -> str | None:
    scheme, name = parts.scheme.lower(), parts.hostname or ""
    if not name.isascii():
        name = name.encode("idna").decode()
    name = name.rstrip(".")
    if scheme not in DEFAULT_PORTS or not _HOST.fullmatch(name):
        return None
    if ":" in name:
        name = f"[{name}]"
    port = parts.port
    return name if port in (None, DEFAULT_PORTS[scheme]) else f"{name}:{port}"


def _path(path: str) -> str:
    """Percent-encoding made uniform: what needs none loses it, what needs it gets it, encoded delimiters stay."""
    encoded = path.lstrip("/")
    is_plain = _PLAIN_PATH.fullmatch(encoded)
    if is_plain and "/." not in f"/{encoded}":  # there is nothing to resolve
        return f"/{encoded}"
    if not is_plain:
        segments = (unquote_to_bytes(segment) for segment in encoded.split("/"))
        encoded = "/".join(quote(segment, safe="!$&'()*+,;=:@-._~") for segment in segments)
    resolved = _resolved(encoded)
    while (without := _SESSION.sub("", resolved)) != resolved:
        resolved = _resolved(without)
    return resolved


def _resolved(path: str) -> str:
    return "/" + urlsplit(urljoin("http://h/", f"/{path.lstrip('/')}")).path.lstrip("/")


def _query(query: str, path: str) -> str:
    # Some feeds escape the ampersand once too often.
    escaped = _ESCAPE.sub(_uniform, query).split("&")
    pieces = [piece for piece in (re.sub(r"^(?:amp;)+", "", piece) for piece in escaped) if piece]
    kept = [piece for piece in pieces if not _is_junk(piece)]
    if pieces and not kept and _SCRIPT.fullmatch(path):
        kept = [piece for piece in pieces if _may_be_id(piece)]
    return quote("&".join(kept), safe="%!$&'()*+,;=:@/?-._~[]")


def _uniform(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "%25"
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _is_junk(piece: str) -> bool:
    name, _, value = (unquote(part).lower() for part in piece.partition("="))
    if name in JUNK_PARAMETERS or name.startswith(JUNK_PREFIXES):
        return True
    like = JUNK_IF_LIKE.get(name)
    return (value in JUNK_IF_VALUE.get(name, ()) and "=" in piece) or bool(like and like.fullmatch(value))


def _may_be_id(piece: str) -> bool:
    name, _, value = piece.partition("=")
    return name.lower() in MARKS_OR_IDS and _NUMBER_BUT_1.fullmatch(value) is not None
