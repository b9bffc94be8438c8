"""Where requests may go: http and https only, and never into a private network unless the source is there.

A check of the URL stops schemes and spelled-out addresses. Names are checked where they are resolved, so that the
address that was checked is the one that is connected to: a name that changes its answer in between gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


# Key of a request's meta: the private hosts that its own source may be asked on.
PRIVATE_HOSTS = "private_hosts"


class ForbiddenAddress(IgnoreRequest):
    """The request would leave http(s) or enter a private network."""


class AddressMiddleware:
    """Refuses requests by their URL, and sends the others through the run's proxy where it has one."""

    def __init__(self, private_hosts: Iterable[str], proxy: str | None) -> None:
        self.private_hosts = frozenset(private_hosts)
        self.proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built from the settings `NEWSFEED_PRIVATE_HOSTS` and `NEWSFEED_PROXY`."""
        settings = crawler.settings
        return cls(settings.getlist("NEWSFEED_PRIVATE_HOSTS"), settings.get("NEWSFEED_PROXY"))

    def process_request(self, request: Request) -> None:
        """Raise ForbiddenAddress for an address that must not be asked."""
        parts = urlsplit(request.url)
        name = (parts.hostname or "").lower().rstrip(".")
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(name):
            raise ForbiddenAddress(f"{request.url} is no http or https address")
        own = request.meta.get(PRIVATE_HOSTS, frozenset())
        if name not in own and (name in self.private_hosts or is_private_name(name)):
            raise ForbiddenAddress(f"{name} is in a private network (allow_private is off)")
        if self.proxy:
            request.meta["proxy"] = self.proxy


class AddressRedirectMiddleware(RedirectMiddleware):
    """Follows redirects; one to something that is no address at all is the server's fault, not ours."""

    def process_response(  # type: ignore[override]  # Scrapy is giving the spider argument up
        self, request: Request, response: Response
    ) -> Request | Response:
        """The request that follows, or the answer; raises ForbiddenAddress."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            raise ForbiddenAddress(f"redirects to no address: {str(error)[:120]}") from error


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves as the reactor does, but gives out nothing for a name of which any address is private.

    `allowed` hosts (sources with `allow_private`, the proxy) are exempt.
    """

    def __init__(self, resolver: Any, allowed: Iterable[str]) -> None:
        self.resolver = resolver
        self.allowed = frozenset(allowed)

    @classmethod
    def install(cls, reactor: Any, allowed: Iterable[str]) -> Self:
        """Put the guard in front of the reactor's own resolver, in place of an earlier guard."""
        current = reactor.nameResolver
        inner = current.resolver if isinstance(current, GuardedResolver) else current
        guard = cls(inner, allowed)
        reactor.installNameResolver(guard)
        return guard

    def resolveHostName(  # noqa: N802 (IHostnameResolver)
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[Any] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """See IHostnameResolver."""
        # `Any`: the interfaces of zope carry no types that a checker could use.
        receiver = resolutionReceiver
        if hostName.lower() not in self.allowed:
            receiver = _GlobalOnly(resolutionReceiver)
        return self.resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _GlobalOnly:
    """Passes a name's addresses on once all of them are known to be global."""

    def __init__(self, receiver: Any) -> None:
        self.receiver = receiver
        self.addresses: list[Any] = []

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        if all(is_global(address.host) for address in self.addresses):
            for address in self.addresses:
                self.receiver.addressResolved(address)
        self.receiver.resolutionComplete()


def is_global(address: str) -> bool:
    """Whether an IP address may be connected to; a v4 address inside a v6 one counts as itself."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        return ip in _GLOBAL_UNICAST and ip.is_global
    return ip.is_global and not ip.is_multicast


def is_private_name(name: str) -> bool:
    """Whether a host name spells out an address that is not global, or can only mean this machine or network."""
    if not name or name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".localdomain")):
        return True
    try:
        return not is_global(str(ipaddress.ip_address(name.strip("[]").partition("%")[0])))
    except ValueError:
        return _is_odd_spelling(name)


# What can be looked up or is an IP address; Twisted answers anything else with exceptions of many kinds.
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|[0-9a-f:.]+")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291, 2.4: all else is old, local or for special use


def _is_odd_spelling(name: str) -> bool:
    """Decimal, hexadecimal, octal or shortened IPv4 (`2130706433`, `0x7f.1`) that is not global."""
    if not name.rstrip(".").rpartition(".")[2][:1].isdigit():
        return False
    try:
        return not is_global(socket.inet_ntoa(socket.inet_aton(name.rstrip("."))))
    except OSError:
        return False
