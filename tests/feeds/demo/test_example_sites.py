"""The example sites' proxy as a crawler meets it: hosts, validators, the record of requests."""

from __future__ import annotations

import http.client
import re
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from example_visits import CORRECTED, DIRECTORATE, FEEDS, LISTINGS, OFFICE, PAPER, REST, ask

from feeds.demo import ExampleSites


@pytest.fixture
def sites() -> Iterator[ExampleSites]:
    with ExampleSites() as running:
        yield running


@pytest.mark.parametrize(
    "url", [*FEEDS, *LISTINGS, REST, *(f"{site}/robots.txt" for site in (PAPER, OFFICE, DIRECTORATE))]
)
def test_every_host_answers(sites: ExampleSites, url: str) -> None:
    assert ask(sites, url).status == 200


@pytest.mark.parametrize("site", [PAPER, OFFICE, DIRECTORATE])
def test_robots_txt_keeps_one_path_closed(sites: ExampleSites, site: str) -> None:
    lines = ask(sites, f"{site}/robots.txt").body.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert len(lines) == 2
    assert re.fullmatch(r"Disallow: /[a-z-]+/", lines[1])


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "http://other.example/",
        "http://warta-banten.example.com/",
        "http://127.0.0.1/",
        "/",
        "https://example.org/",
    ],
)
def test_another_host_is_refused(sites: ExampleSites, url: str) -> None:
    assert ask(sites, url).status == 502


def test_an_address_that_is_none_is_a_bad_request(sites: ExampleSites) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(sites.proxy).port or 0), timeout=10) as connection:
        connection.sendall(b"GET http://[/ HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_tunnels_are_refused(sites: ExampleSites) -> None:
    assert ask(sites, "warta-banten.example:443", method="CONNECT").status == 501


@pytest.mark.parametrize(
    "url",
    [
        f"{PAPER}/tidak-ada/",
        f"{PAPER}/page/3/",
        f"{OFFICE}/berita-utama/tidak-ada",
        f"{DIRECTORATE}/images/tidak-ada.svg",
    ],
)
def test_an_unknown_address_is_not_found(sites: ExampleSites, url: str) -> None:
    assert ask(sites, url).status == 404


@pytest.mark.parametrize("url", [*FEEDS, *LISTINGS, f"{PAPER}/{CORRECTED}/"])
@pytest.mark.parametrize(("given", "sent"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")])
def test_conditional_requests_get_304(sites: ExampleSites, url: str, given: str, sent: str) -> None:
    first = ask(sites, url)
    again = ask(sites, url, {sent: str(first.headers[given])})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 30 Jan 2099 00:00:00 GMT"},
        {"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ],
    ids=["etag decides", "older copy", "no date"],
)
def test_a_stale_copy_is_sent_anew(sites: ExampleSites, headers: dict[str, str]) -> None:
    assert ask(sites, FEEDS[0], headers).status == 200


@pytest.mark.parametrize("url", [FEEDS[0], FEEDS[1], LISTINGS[0], LISTINGS[3], f"{PAPER}/{CORRECTED}/"])
def test_the_second_crawl_finds_validators_changed(sites: ExampleSites, url: str) -> None:
    first = ask(sites, url)
    sites.edited = True
    known = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    assert ask(sites, url, known).status == 200
    del known["If-None-Match"]
    assert ask(sites, url, known).status == 200


def test_requests_are_recorded(sites: ExampleSites) -> None:
    etag = ask(sites, f"{PAPER}/page/2/?utm=1").headers["ETag"]
    ask(sites, f"{PAPER}/page/2/", {"If-None-Match": etag})
    ask(sites, "http://example.com/x")
    assert sites.requests == [
        ("warta-banten.example", "/page/2/?utm=1", 200, False),
        ("warta-banten.example", "/page/2/", 304, True),
        ("example.com", "/x", 502, False),
    ]


def test_many_requests_on_one_connection_are_fast(sites: ExampleSites) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(sites.proxy).port or 0, timeout=10)
    started = time.monotonic()
    for _ in range(50):
        connection.request("GET", f"{PAPER}/{CORRECTED}/")
        connection.getresponse().read()
    connection.close()
    assert time.monotonic() - started < 1, "each answer waits for a delayed acknowledgement"


def test_head_sends_headers_alone(sites: ExampleSites) -> None:
    reply = ask(sites, f"{PAPER}/", method="HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["Content-Length"]) == len(ask(sites, f"{PAPER}/").body)
