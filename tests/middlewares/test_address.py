"""No request inward, however the address is spelt and whatever a name resolves to."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy import Request
from twisted.internet.address import IPv4Address

from crawler.middlewares.address import PRIVATE_HOSTS, AddressMiddleware, ForbiddenAddress, GuardedResolver
from crawler.text.inward import is_global

INWARD = [
    "http://127.0.0.1/", "http://localhost/", "http://LOCALHOST./", "http://10.0.0.1/", "http://192.168.1.1/",
    "http://169.254.169.254/latest/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/",
    "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://127.1/", "http://0/", "http://0.0.0.0/", "http://printer.local/", "http://x.internal/", "http://[2002:7f00:1::]/",
    "http://[::127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/", "http://[fec0::1]/",
    "http://224.0.0.1/", "http://100.64.0.1/", "http://\uff11\uff12\uff17.0.0.1/", "http://user@127.0.0.1/",
    "http://127.0.0.1%2f@127.0.0.1/", "http://017700000001/", "http://0x7f.0.0.0x1/", "http://[::ffff:7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/", "http://255.255.255.255/", "http://198.18.0.1/", "http://[2001:db8::1]/",
    "http://0xA9FEA9FE/", "http://2852039166/", "http://0251.0376.0251.0376/", "http://169.254.43518/", "http://router/",
    "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[2606:4700::5efe:7f00:1]/", "http://192.0.0.8/",
    "http://192.88.99.1/", "http://[3fff::1]/", "http://[100::1]/", "http://[ff02::1]/", "http://nas.home.arpa/",
    "http://4294967297/", "http://1.1.1.257/", "http://10.1.2.3\\@good.example/", "http://127\u30020.0.1/",
]  # fmt: skip
OTHER_SCHEMES = [
    "file:///etc/passwd",
    "ftp://warta.example/a",
    "data:text/html,x",
    "gopher://warta.example/",
    "http://\u00e2\u0084.example/",
    "http://a b/",
    "http://%00/",
    "http://*.example/",
    "http://-/",
]
OUTWARD = ["https://warta.example/", "http://8.8.8.8/", "http://[2606:4700::1111]/", "https://4news.example/"]


@pytest.mark.parametrize("proxy", [None, "http://127.0.0.1:9"], ids=["direct", "through a proxy"])
@pytest.mark.parametrize("url", INWARD + OTHER_SCHEMES)
def test_refused(url: str, proxy: str | None) -> None:
    with pytest.raises(ForbiddenAddress):
        AddressMiddleware((), proxy).process_request(Request(url))


@pytest.mark.parametrize("url", OUTWARD)
def test_allowed(url: str) -> None:
    request = Request(url)
    AddressMiddleware((), "http://127.0.0.1:9").process_request(request)
    assert request.meta["proxy"] == "http://127.0.0.1:9"


def test_source_in_a_private_network_may_be_asked_where_its_own_record_says_so() -> None:
    middleware = AddressMiddleware(["10.0.0.1", "intra.example"], None)
    for url in ("http://10.0.0.1:8080/a", "http://intra.example/a"):
        middleware.process_request(Request(url, meta={PRIVATE_HOSTS: frozenset({"10.0.0.1", "intra.example"})}))
        with pytest.raises(ForbiddenAddress):
            middleware.process_request(Request(url, meta={PRIVATE_HOSTS: frozenset()}))


class Receiver:
    def __init__(self) -> None:
        self.found: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: object) -> None: ...  # noqa: N802

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.found.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


class Resolver:
    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    def resolveHostName(self, receiver: Any, *_: object) -> None:  # noqa: N802
        receiver.resolutionBegan(None)
        for address in self.addresses:
            receiver.addressResolved(IPv4Address("TCP", address, 80))
        receiver.resolutionComplete()


@pytest.mark.parametrize(
    ("addresses", "given"),
    [(("8.8.8.8", "1.1.1.1"), ["8.8.8.8", "1.1.1.1"]), (("8.8.8.8", "10.0.0.1"), []), (("127.0.0.1",), [])],
    ids=["all global", "one of them private", "private"],
)
def test_name_is_resolved_only_to_global_addresses(addresses: tuple[str, ...], given: list[str]) -> None:
    receiver = Receiver()
    guard = GuardedResolver(Resolver(*addresses), ["intra.example"])
    guard.resolveHostName(receiver, "rebind.example", 80)
    assert (receiver.found, receiver.complete) == (given, True)


def test_allowed_name_may_be_private() -> None:
    receiver = Receiver()
    GuardedResolver(Resolver("10.0.0.1"), ["intra.example"]).resolveHostName(receiver, "INTRA.example", 80)
    assert receiver.found == ["10.0.0.1"]


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "999.1.1.1"])
def test_what_is_no_address_is_not_global(text: str) -> None:
    assert not is_global(text)
