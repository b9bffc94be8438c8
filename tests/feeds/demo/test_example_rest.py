"""The local paper's WordPress REST interface."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from example_visits import CORRECTED, FEEDS, LISTINGS, PAGES, PROTECTED, REST, ask, posts

from feeds.demo import ExampleSites
from feeds.demo.content import load_site


@pytest.fixture
def sites() -> Iterator[ExampleSites]:
    with ExampleSites() as running:
        yield running


def test_rest_pages_hold_every_post_once(sites: ExampleSites) -> None:
    first = ask(sites, f"{REST}?per_page=7")
    total, count = int(first.headers["X-WP-TotalPages"]), int(first.headers["X-WP-Total"])
    ids = [post["id"] for page in range(1, total + 1) for post in posts(sites, f"per_page=7&page={page}")]
    assert len(ids) == len(set(ids)) == count
    assert total == 3


@pytest.mark.parametrize("orderby", ["date", "modified"])
@pytest.mark.parametrize(("order", "descending"), [("asc", False), ("desc", True)])
def test_rest_orders(sites: ExampleSites, orderby: str, order: str, descending: bool) -> None:
    values = [post[f"{orderby}_gmt"] for post in posts(sites, f"per_page=100&orderby={orderby}&order={order}")]
    assert values == sorted(values, reverse=descending)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("page=9", "rest_post_invalid_page_number"),
        ("per_page=0", "rest_invalid_param"),
        ("per_page=101", "rest_invalid_param"),
        ("page=x", "rest_invalid_param"),
        ("orderby=colour", "rest_invalid_param"),
        ("modified_after=kemarin", "rest_invalid_param"),
    ],
)
def test_rest_refuses_what_wordpress_refuses(sites: ExampleSites, query: str, code: str) -> None:
    reply = ask(sites, f"{REST}?{query}")
    assert reply.status == 400
    assert json.loads(reply.body)["code"] == code


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-01-29T01:29:59Z", [4219]),
        ("2026-01-29T01:30:00Z", []),
        ("2026-01-29T08:29:59", [4219]),
        ("2026-01-28T00:00:00%2B07:00", [4219, 4216]),
    ],
    ids=["just before", "the instant itself", "local time", "offset"],
)
def test_modified_after_excludes_its_instant(sites: ExampleSites, after: str, expected: list[int]) -> None:
    reply = ask(sites, f"{REST}?modified_after={after}")
    assert [post["id"] for post in json.loads(reply.body)] == expected
    assert reply.headers["X-WP-Total"] == str(len(expected))


def test_the_correction_arrives_through_modified_after(sites: ExampleSites) -> None:
    sites.edited = True
    found = {post["slug"]: post for post in posts(sites, "modified_after=2026-01-29T03:00:00Z")}
    corrected = found.pop(CORRECTED)
    assert corrected["title"]["rendered"].startswith("241 ")
    assert corrected["modified_gmt"] == "2026-01-29T09:40:00"
    assert list(found) == ["kandang-lapas-terbuka-ciangir-hasilkan-1-100-telur-sehari"]


def test_rest_embeds_author_terms_and_picture(sites: ExampleSites) -> None:
    post = next(post for post in posts(sites) if post["slug"] == CORRECTED)
    embedded = post["_embedded"]
    assert embedded["author"][0]["name"] == "Wening Cahyaratri"
    assert [term["name"] for term in embedded["wp:term"][0]] == ["Kesehatan"]
    assert [term["name"] for term in embedded["wp:term"][1]] == ["Rutan Tangerang", "Kesehatan", "TBC"]
    picture = ask(sites, embedded["wp:featuredmedia"][0]["source_url"])
    assert (picture.status, picture.headers["Content-Type"]) == (200, "image/svg+xml")


def test_the_protected_post_shows_its_text_nowhere(sites: ExampleSites) -> None:
    secret = load_site("warta-banten", edited=False).post(PROTECTED)
    assert secret is not None
    listed = [post for post in posts(sites) if post["content"]["protected"]]
    assert [(post["slug"], post["content"]["rendered"]) for post in listed] == [(PROTECTED, "")]
    everything = "".join(
        ask(sites, url).body.decode()
        for url in [
            f"{REST}?per_page=100&_embed=1",
            *FEEDS,
            *LISTINGS,
            *(PAGES["warta-banten"] % post["slug"] for post in posts(sites)),
        ]
    )
    assert "post-password-form" in everything
    assert secret.paragraphs[0][:40] not in everything
