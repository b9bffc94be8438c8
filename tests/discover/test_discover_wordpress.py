"""WordPress REST: nothing lost and nothing asked twice, on servers that behave and on those that do not."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from walking import FIRST, SOURCE, poll, read, walk

from crawler import discover
from crawler.discover import wordpress
from crawler.errors import DiscoverError
from crawler.models import Page, Step, Strategy

WORDPRESS = Strategy("wordpress", "https://koran.example/wp-json/wp/v2")
NOON = "2026-11-24T12:00:00Z"


def post(number: int, modified: str = "2026-01-02T03:04:05", **fields: Any) -> dict[str, Any]:
    """A post as the API gives it."""
    return {
        "id": number,
        "date": "2026-01-02T10:04:05",
        "date_gmt": "2026-01-02T03:04:05",
        "modified_gmt": modified,
        "link": f"https://koran.example/berita-{number}/",
        "guid": {"rendered": f"https://koran.example/?p={number}"},
        "status": "publish",
        "title": {"rendered": f"Berita &#8220;{number}&#8221;"},
        "content": {"rendered": f"<p>Isi berita {number}.</p>", "protected": False},
        "excerpt": {"rendered": f"<p>Ringkasan {number}.</p>", "protected": False},
    } | fields


@dataclass
class WordPress:
    """A WordPress with posts; `ignores` names parameters that it does not know, `inclusive` is its bound."""

    posts: list[dict[str, Any]]
    ignores: frozenset[str] = frozenset()
    cap: int = 100
    inclusive: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, url: str) -> bytes:
        query = {name: value for name, value in parse_qsl(urlsplit(url).query) if name not in self.ignores}
        self.asked.append(query)
        after, before = (query.get(name, "").rstrip("Z") for name in ("modified_after", "modified_before"))
        dated = query.get("after", "").rstrip("Z")
        chosen = [
            item
            for item in self.posts
            if (not after or item["modified_gmt"] > after or (self.inclusive and item["modified_gmt"] == after))
            and (not before or item["modified_gmt"] < before)
            and item["date_gmt"] > dated
        ]
        column = {"modified": "modified_gmt", "date": "date_gmt", "id": "id"}[query.get("orderby", "date")]
        chosen.sort(key=lambda item: item[column], reverse=query.get("order", "desc") == "desc")
        size = min(int(query.get("per_page", 10)), self.cap)
        start = (int(query.get("page", 1)) - 1) * size
        if start and start >= len(chosen):
            return json.dumps(
                {"code": "rest_post_invalid_page_number", "message": "…", "data": {"status": 400}}
            ).encode()
        return json.dumps(chosen[start : start + size]).encode()


def minutes(count: int) -> list[dict[str, Any]]:
    """Posts of which each was published a minute after the one before, and never edited."""
    times = (f"2026-02-{1 + n // 1440:02}T{n // 60 % 24:02}:{n % 60:02}:00" for n in range(1, count + 1))
    return [post(number, time, date_gmt=time) for number, time in enumerate(times, 1)]


def addresses(posts: list[dict[str, Any]]) -> set[str]:
    return {item["link"] for item in posts}


# -- one post --------------------------------------------------------------------------------------------------------


def test_all_that_a_post_tells() -> None:
    told = post(
        7,
        "2026-01-05T00:00:00",
        _embedded={
            "author": [{"name": "Rina &amp; Dedi"}],
            "wp:featuredmedia": [
                {"source_url": "https://koran.example/u/a.jpg", "media_details": {"sizes": {"full": {"width": 10}}}}
            ],
            "wp:term": [
                [{"name": "Hukum &amp; HAM", "taxonomy": "category"}],
                [{"name": "lapas", "taxonomy": "post_tag"}, {"name": "lapas", "taxonomy": "post_tag"}],
                [{"name": "Panen", "taxonomy": "newstopic"}],
            ],
        },
    )
    (link,) = read(WORDPRESS, json.dumps([told]).encode()).links
    assert link.url == "https://koran.example/berita-7/"
    assert (link.source, link.origin, link.native) == ("koran", "first", "wp:7")
    assert link.guid == "https://koran.example/?p=7"
    assert link.title == "Berita &#8220;7&#8221;"
    assert (link.published, link.modified) == ("2026-01-02T03:04:05Z", "2026-01-05T00:00:00Z")
    assert (link.author, link.categories, link.tags) == ("Rina & Dedi", ("Hukum & HAM",), ("lapas", "Panen"))
    assert link.image == "https://koran.example/u/a.jpg"
    assert link.summary == "<p>Ringkasan 7.</p>"
    assert link.body == "<p>Isi berita 7.</p>"


@pytest.mark.parametrize(
    ("fields", "attribute", "expected"),
    [
        ({"date_gmt": "0000-00-00T00:00:00"}, "published", "2026-01-02T10:04:05"),
        ({"date_gmt": None}, "published", "2026-01-02T10:04:05"),
        ({"date_gmt": None, "date": None}, "published", None),
        ({"modified_gmt": "0000-00-00T00:00:00"}, "modified", None),
        ({"content": {"rendered": " \n"}}, "body", None),
        ({"content": []}, "body", None),
        ({"title": "Teks saja"}, "title", "Teks saja"),
        ({"id": True}, "native", None),
        ({"id": "12"}, "native", "wp:12"),
        ({"_embedded": {"author": [{"code": "rest_user_invalid_id"}]}}, "author", None),
        ({"_embedded": []}, "tags", ()),
        ({"title": {"rendered": "Panen \ud83d raya"}}, "title", "Panen � raya"),
        (
            {
                "_embedded": {
                    "wp:featuredmedia": [
                        {
                            "media_details": {
                                "sizes": {
                                    "thumb": {"width": 150, "source_url": "https://koran.example/s.jpg"},
                                    "large": {"width": 900, "source_url": "https://koran.example/l.jpg"},
                                }
                            }
                        }
                    ]
                }
            },
            "image",
            "https://koran.example/l.jpg",
        ),
        ({"_embedded": {"wp:featuredmedia": [{"source_url": "javascript:alert(1)"}]}}, "image", None),
    ],
)
def test_a_field_without_evidence_is_empty(fields: dict[str, Any], attribute: str, expected: object) -> None:
    (link,) = read(WORDPRESS, json.dumps([post(7, **fields)]).encode()).links
    assert getattr(link, attribute) == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"content": {"rendered": "", "protected": True}},
        {"status": "private"},
        {"status": "draft"},
        {"link": "https://lain.example/a"},
        {"link": "javascript:alert(1)"},
        {"link": None},
    ],
)
def test_what_is_not_public_or_not_of_this_site_makes_no_link(fields: dict[str, Any]) -> None:
    links = read(WORDPRESS, json.dumps([post(1), post(2, **fields)]).encode()).links
    assert [link.url for link in links] == ["https://koran.example/berita-1/"]


# -- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://koran.example", "/wp-json/wp/v2/posts"),
        ("https://koran.example/", "/wp-json/wp/v2/posts"),
        ("https://koran.example/wp-json", "/wp-json/wp/v2/posts"),
        ("https://koran.example/wp-json/wp/v2/", "/wp-json/wp/v2/posts"),
        ("https://koran.example/wp-json/wp/v2/posts", "/wp-json/wp/v2/posts"),
        ("https://koran.example/wp-json/wp/v2/siaran-pers", "/wp-json/wp/v2/siaran-pers"),
        ("https://koran.example/blog/wp-json/wp/v2", "/blog/wp-json/wp/v2/posts"),
    ],
)
def test_rest_roots(url: str, expected: str) -> None:
    parts = urlsplit(discover.first_step(Strategy("wordpress", url), FIRST).url)
    assert parts.path == expected
    assert parse_qs(parts.query)["per_page"] == ["100"]


def test_route_as_a_parameter_and_own_parameters_stay() -> None:
    url = discover.first_step(Strategy("wordpress", "https://koran.example/?rest_route=/&categories=5"), FIRST).url
    query = dict(parse_qsl(urlsplit(url).query))
    assert query["rest_route"] == "/wp/v2/posts"
    assert query["categories"] == "5"


# -- the first crawl -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "requests"), [(1, 1), (99, 1), (100, 2), (250, 3), (1000, 11)])
def test_first_crawl_takes_everything(count: int, requests: int) -> None:
    site = WordPress(minutes(count))
    taken = walk(WORDPRESS, site)
    assert {link.url for link in taken.links} == addresses(site.posts)
    assert len(taken.urls) == requests
    assert [found.cursor for found in taken.found[:-1]] == [None] * (requests - 1)


@pytest.mark.parametrize("cap", [10, 50])
def test_a_host_that_caps_the_page_size_loses_nothing(cap: int) -> None:
    site = WordPress(minutes(120), cap=cap)
    assert {link.url for link in walk(WORDPRESS, site).links} == addresses(site.posts)


def test_an_edit_during_the_first_crawl_is_seen_by_the_next_poll() -> None:
    site = WordPress(minutes(150))

    def edited(url: str) -> bytes:
        answer = site(url)
        if len(site.asked) == 1:  # behind the walk: a post that page 1 held; before it: one that page 2 will hold
            site.posts[149]["modified_gmt"] = "2026-03-01T00:00:00"
            site.posts[0]["modified_gmt"] = "2026-03-01T00:00:01"
        return answer

    first = walk(WORDPRESS, edited)
    later = walk(WORDPRESS, site, poll(cursor=first.cursor))
    assert "https://koran.example/berita-150/" in {link.url for link in later.links}


def test_the_same_page_for_every_number_ends() -> None:
    site = WordPress(minutes(100), ignores=frozenset({"page"}))
    taken = walk(WORDPRESS, site)
    assert len(taken.urls) == 2
    assert {link.url for link in taken.links} == addresses(site.posts)


def test_a_site_without_a_public_post_is_an_error() -> None:
    with pytest.raises(DiscoverError, match="no public post"):
        read(WORDPRESS, b"[]")


def test_posts_that_moved_to_another_site_are_an_error_in_a_poll_too() -> None:
    body = json.dumps([post(1, "2026-11-25T00:00:00", link="https://baru.example/a")]).encode()
    with pytest.raises(DiscoverError, match="no post on this site"):
        read(WORDPRESS, body, poll(cursor=NOON))


# -- polls -----------------------------------------------------------------------------------------------------------


def test_a_poll_asks_for_what_was_modified_since() -> None:
    site = WordPress(minutes(300))
    cursor = walk(WORDPRESS, site).cursor
    site.posts[3]["modified_gmt"] = "2026-03-01T00:00:00"
    site.posts.append(post(999, "2026-03-02T00:00:00"))
    taken = walk(WORDPRESS, site, poll(addresses(site.posts[:300]), cursor=cursor))
    assert {link.native for link in taken.links} >= {"wp:4", "wp:999"}
    assert {link.origin for link in taken.links} == {"poll"}
    assert len(taken.urls) == 2  # what was modified, and what was published
    assert taken.cursor == "2026-03-02T00:00:00Z"


def test_a_poll_with_nothing_new_has_a_stable_address() -> None:
    site = WordPress(minutes(5))
    cursor = walk(WORDPRESS, site).cursor
    once = walk(WORDPRESS, site, poll(cursor=cursor))
    again = walk(WORDPRESS, site, poll(cursor=once.cursor))
    assert once.urls == again.urls
    assert len(once.urls) == 2


def test_a_scheduled_post_arrives_although_it_was_written_before_the_last_poll() -> None:
    site = WordPress(minutes(5))
    cursor = walk(WORDPRESS, site).cursor
    site.posts.append(post(998, "2026-01-01T00:00:00", date_gmt="2026-03-02T00:00:00"))
    taken = walk(WORDPRESS, site, poll(addresses(site.posts[:5]), cursor=cursor))
    assert [link.native for link in taken.links if link.native == "wp:998"] == ["wp:998"]


def test_every_page_of_a_poll_may_move_the_cursor() -> None:
    site = WordPress(minutes(350))
    state = poll(cursor="2026-01-01T00:00:00Z")
    seen: set[str] = set()
    for _ in range(20):  # killed after each first page, the next run begins at the cursor that was kept
        found = walk(WORDPRESS, site, state, most=1).found[0]
        seen |= {link.url for link in found.links}
        state = replace(state, cursor=found.cursor)
    assert seen == addresses(site.posts)


def test_more_posts_in_one_second_than_a_page_holds() -> None:
    bulk = [post(n, "2026-03-01T00:00:00") for n in range(1000, 1350)]
    site = WordPress([*minutes(20), *bulk, *[post(n, f"2026-03-02T00:00:{n - 2000:02}") for n in range(2000, 2030)]])
    taken = walk(WORDPRESS, site, poll(cursor="2026-02-01T00:00:00Z"), most=30)
    assert {link.url for link in taken.links} == addresses(site.posts)
    assert taken.found[-1].next is None
    assert taken.cursor == "2026-03-02T00:00:29Z"


def test_one_second_is_read_whole_by_servers_that_include_the_bound() -> None:
    site = WordPress([post(n, "2026-03-01T00:00:00") for n in range(1, 151)], inclusive=True)
    taken = walk(WORDPRESS, site, poll(cursor="2026-02-28T23:59:59Z"), most=30)
    assert {link.url for link in taken.links} == addresses(site.posts)
    assert taken.found[-1].next is None


def test_a_server_that_ignores_modified_after_is_noticed() -> None:
    site = WordPress(minutes(300), ignores=frozenset({"modified_after", "modified_before"}))
    site.posts[0]["modified_gmt"] = "2026-03-01T00:00:00"
    state = poll(addresses(site.posts), cursor="2026-02-01T04:59:00Z")
    taken = walk(WORDPRESS, site, state)
    assert "wp:1" in {link.native for link in taken.links}
    assert len(taken.urls) == 3
    again = walk(WORDPRESS, site, poll(addresses(site.posts), cursor=taken.cursor))
    assert len(again.urls) == 2, "the next poll knows it already"
    assert again.cursor == taken.cursor


def test_many_edits_on_a_server_that_ignores_modified_after() -> None:
    site = WordPress(minutes(450), ignores=frozenset({"modified_after", "modified_before"}))
    taken = walk(WORDPRESS, site, poll(cursor="2026-02-01T02:00:00Z"))
    assert {f"wp:{n}" for n in range(121, 451)} <= {link.native for link in taken.links}


def test_a_poll_without_a_cursor_reads_down_to_what_is_known() -> None:
    site = WordPress(minutes(500))
    known = addresses(site.posts[:350])
    taken = walk(WORDPRESS, site, poll(known))
    assert addresses(site.posts[350:]) <= {link.url for link in taken.links}
    assert len(taken.urls) == 3


@pytest.mark.parametrize("cursor", ["nonsense", "2026-13-45T99:99:99Z", "down ", "down nonsense", ""])
def test_a_broken_cursor_counts_as_none(cursor: str) -> None:
    assert walk(WORDPRESS, WordPress(minutes(3)), poll(cursor=cursor)).cursor == "down 2026-02-01T00:03:00Z"


@pytest.mark.parametrize("state", [FIRST, poll(cursor="2026-02-01T00:00:00Z"), poll()], ids=["first", "poll", "down"])
def test_a_date_in_the_future_never_becomes_the_cursor(state: Any) -> None:
    site = WordPress([*minutes(5), post(66, "2099-01-01T00:00:00")])
    taken = walk(WORDPRESS, site, state, now=datetime(2026, 11, 24, tzinfo=UTC))
    assert taken.cursor is not None
    assert taken.cursor.removeprefix("down ") == "2026-02-01T00:05:00Z"
    assert "wp:66" in {link.native for link in taken.links}


def test_a_poll_of_an_emptied_site_keeps_the_cursor() -> None:
    assert read(WORDPRESS, b"[]", poll(cursor=NOON)).cursor == NOON


@pytest.mark.parametrize("state", [FIRST, poll(cursor=NOON), poll()], ids=["first", "poll", "down"])
def test_a_server_that_makes_up_posts_for_ever_comes_to_an_end(state: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordpress, "MOST_PAGES", 30)
    made = 0

    def endless(url: str) -> bytes:
        nonlocal made
        made += 100
        return json.dumps(
            [post(n, f"2027-01-01T00:{made // 6000 % 60:02}:00") for n in range(made, made + 100)]
        ).encode()

    taken = walk(WORDPRESS, endless, state, most=100)
    assert taken.found[-1].next is None


# -- answers that are no posts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!doctype html><title>Beranda</title>", "HTML that is not JSON"),
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b'[{"id": 1, "link": "https://kor', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"routes": {}}', "no list of posts"),
        (b"[1, 2]", "no list of posts"),
        (b'"teks"', "no list of posts"),
        (
            b'{"code": "rest_forbidden", "message": "<b>REST</b> ditutup", "data": {"status": 401}}',
            "refused: REST ditutup.",
        ),
        (b'{"code": "rest_post_invalid_page_number", "message": "", "data": {}}', "refused"),
    ],
)
def test_answers_that_are_no_posts(body: bytes, words: str) -> None:
    with pytest.raises(DiscoverError, match=words) as caught:
        read(WORDPRESS, body)
    assert str(caught.value).startswith("https://koran.example/wp-json/wp/v2/posts?")


def test_a_cut_answer_in_the_middle_of_the_first_crawl_is_no_end() -> None:
    second = walk(WORDPRESS, WordPress(minutes(150)), most=1).found[0].next
    assert isinstance(second, Step)
    with pytest.raises(DiscoverError):
        discover.read(WORDPRESS, SOURCE, FIRST, second, Page(url=second.url, body=b"<html>500"))
