"""Which hosts lie inside: addresses that are not global, however they are spelt, and names that only a network knows.

Requests are kept away from them (`crawler.middlewares.address`), and so are readers: a picture at `http://192.168.1.1/`
is asked of each reader's own router.
"""

from __future__ import annotations

import ipaddress
import socket
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

_NAMES = (".localhost", ".local", ".internal", ".localdomain", ".home.arpa", ".lan", ".intranet", ".corp", ".home")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291, 2.4: all else is old, local or for special use
# For special use by IANA's registries; some versions of Python take them for global.
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "2001::/23")))
_ISATAP = 0x5EFE  # RFC 5214: the last 32 bits behind it are a v4 address
_DOT = "\u3002"  # RFC 3490, 3.1


def is_global(address: str) -> bool:
    """Whether an IP address may be connected to; a v4 address inside a v6 one counts as itself."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return _is_public(ip)
    inner = _within(ip)
    return _is_public(inner) if inner is not None else ip in _GLOBAL_UNICAST and _is_public(ip)


@lru_cache(maxsize=4096)
def is_private_name(name: str) -> bool:
    """Whether a host name spells out an address that is not global, or can only mean this machine or network."""
    name = unicodedata.normalize("NFKC", unquote(name)).lower().replace(_DOT, ".").rstrip(".")  # as browsers read it
    bare = name.strip("[]").partition("%")[0]
    try:
        return not is_global(str(ipaddress.ip_address(bare)))
    except ValueError:
        pass
    if name.rpartition(".")[2][:1].isdigit():
        return _is_odd_spelling(name)
    return "." not in name or name.endswith(_NAMES)


def leads_inward(url: str) -> bool:
    """Whether an address is of a host that lies inside; a mail address is of none. ValueError for no address at all."""
    name = urlsplit(url).hostname
    return name is not None and is_private_name(name)


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    is_special = any(ip in network for network in _SPECIAL if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not is_special


def _within(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The v4 address that a v6 one stands for."""
    is_tail = ip in _NAT64 or (int(ip) >> 32) & 0xFFFF == _ISATAP
    tail = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if is_tail else None
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or tail


def _is_odd_spelling(name: str) -> bool:
    """Decimal, hexadecimal, octal or shortened IPv4 (`2130706433`, `0x7f.1`) that is not global, or none at all."""
    try:
        return not is_global(socket.inet_ntoa(socket.inet_aton(name)))
    except OSError:
        return name.replace(".", "").isdigit()  # no top-level domain is a number, so it is nobody's name
