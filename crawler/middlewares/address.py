"""Where requests may go: http and https only, and never into a private network unless the source is there.

A check of the URL stops schemes and spelled-out addresses. Names are checked where they are resolved, so that the
address that was checked is the one that is connected to: a name that changes its answer in between gains nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.text.inward import is_global, is_private_name

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


# Key of a request's meta: the private hosts that its own source may be asked on.
PRIVATE_HOSTS = "private_hosts"
# What can be looked up or is an IP address; Twisted answers anything else with exceptions of many kinds.
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|[0-9a-f:.]+")


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
