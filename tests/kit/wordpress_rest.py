"""The posts of a WordPress over REST (WP_REST_Posts_Controller): parameters, errors, headers, fields, embedding."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from loopback import Reply

from kit.newsroom import CATEGORIES, WIB, Post, gmt, slug_of

if TYPE_CHECKING:
    from kit.wordpress import WordPress

Query = Mapping[str, str]
POSTS = "/wp/v2/posts"

# Which posts a parameter keeps; WordPress leaves the instant itself out.
BOUNDS: Mapping[str, Callable[[Post, datetime], bool]] = {
    "after": lambda post, at: post.published > at,
    "before": lambda post, at: post.published < at,
    "modified_after": lambda post, at: post.modified > at,
    "modified_before": lambda post, at: post.modified < at,
}
ORDERS: Mapping[str, Callable[[Post], Any]] = {
    "date": operator.attrgetter("published", "id"),
    "modified": operator.attrgetter("modified", "id"),
    "id": operator.attrgetter("id"),
    "slug": operator.attrgetter("slug"),
    "title": operator.attrgetter("title"),
}


class InvalidParameterError(ValueError):
    """A parameter that WordPress refuses; carries its name."""


def answer(site: WordPress, route: str, query: Query) -> Reply:
    """What REST says on a route."""
    route = route.rstrip("/")
    if site.rest == "closed 401":
        return error(401, "rest_not_logged_in", "Anda belum login.")
    if route == "":
        return reply(
            {"name": site.name, "url": site.url, "home": site.url, "namespaces": ["wp/v2"], "routes": {POSTS: {}}}
        )
    if route == POSTS:
        return collection(site, query)
    post = site.desk.number(route.removeprefix(f"{POSTS}/")) if route.startswith(f"{POSTS}/") else None
    if post:
        return reply(fields(rest_post(site, post, query), query))
    if route.startswith(f"{POSTS}/"):
        return error(404, "rest_post_invalid_id", "ID pos tidak valid.")
    return error(404, "rest_no_route", "Tidak ada rute yang cocok dengan URL dan metode permintaan.")


def collection(site: WordPress, query: Query) -> Reply:
    """One page of posts, their number in the headers."""
    try:
        posts = selected(site.desk.listed(), query)
        size, number = whole(query, "per_page", 10, 100), whole(query, "page", 1)
    except InvalidParameterError as refused:
        return error(400, "rest_invalid_param", f"Parameter tidak valid: {refused}", params={str(refused): "x"})
    total = -(-len(posts) // size)
    if number > total and posts:
        message = "Nomor halaman yang diminta lebih besar dari jumlah halaman yang tersedia."
        return error(400, "rest_post_invalid_page_number", message)
    found = [fields(rest_post(site, post, query), query) for post in site.shown(posts, number, size)]
    return reply(found, headers={"X-WP-Total": str(len(posts)), "X-WP-TotalPages": str(total)})


def selected(posts: Sequence[Post], query: Query) -> Sequence[Post]:
    """The posts that a query keeps, in its order."""
    for name, keeps in BOUNDS.items():
        if name in query:
            at = instant(query, name)
            posts = [post for post in posts if keeps(post, at)]
    if "slug" in query:
        posts = [post for post in posts if post.slug in query["slug"].split(",")]
    if "include" in query:
        posts = [post for post in posts if str(post.id) in query["include"].split(",")]
    if query.get("orderby", "date") not in ORDERS:
        raise InvalidParameterError("orderby")
    if query.get("status", "publish") != "publish":
        raise InvalidParameterError("status")
    return sorted(posts, key=ORDERS[query.get("orderby", "date")], reverse=query.get("order", "desc") == "desc")


def instant(query: Query, name: str) -> datetime:
    """A time; without an offset it is the site's own."""
    try:
        at = datetime.fromisoformat(query[name])
    except ValueError:
        raise InvalidParameterError(name) from None
    return at if at.tzinfo else at.replace(tzinfo=WIB)


def whole(query: Query, name: str, default: int, most: int | None = None) -> int:
    """A number from 1 up to what is allowed."""
    given = query.get(name, str(default))
    if not (given.isascii() and given.isdigit()) or int(given) < 1 or (most is not None and int(given) > most):
        raise InvalidParameterError(name)
    return int(given)


def rest_post(site: WordPress, post: Post, query: Query) -> dict[str, Any]:
    """A post with all its fields; the text of a protected one is empty."""
    terms = f"{site.url}/wp-json/wp/v2/categories?post={post.id}"
    shown: dict[str, Any] = {
        "id": post.id,
        "date": f"{post.published:%Y-%m-%dT%H:%M:%S}",
        "date_gmt": gmt(post.published),
        "guid": {"rendered": f"{site.url}/?p={post.id}"},
        "modified": f"{post.modified:%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": gmt(post.modified),
        "slug": post.slug,
        "status": "publish",
        "type": "post",
        "link": site.address(post),
        "title": {"rendered": texturized(shown_title(post))},
        "content": {"rendered": "" if post.protected else f"\n{post.html}\n", "protected": post.protected},
        "excerpt": {"rendered": "" if post.protected else f"<p>{escape(post.lead)}</p>\n", "protected": post.protected},
        "author": post.id % 2 + 1,
        "featured_media": 0,
        "categories": [CATEGORIES.index(post.category) + 1],
        "tags": [],
        "_links": {"wp:term": [{"taxonomy": "category", "embeddable": True, "href": terms}]},
    }
    return shown | {"_embedded": embedded(site, post, query["_embed"])} if "_embed" in query else shown


def embedded(site: WordPress, post: Post, wanted: str) -> dict[str, Any]:
    """What `_embed` adds: all of it, or the link relations it names."""
    slug = slug_of(post.category)
    term = {
        "id": 1,
        "link": f"{site.url}/category/{slug}/",
        "name": post.category,
        "slug": slug,
        "taxonomy": "category",
    }
    everything: dict[str, Any] = {
        "author": [{"id": post.id % 2 + 1, "name": post.author, "slug": slug_of(post.author)}],
        "wp:term": [[term], []],
    }
    named = set(wanted.split(","))
    return {name: value for name, value in everything.items() if wanted in ("", "1", "true") or name in named}


def fields(post: dict[str, Any], query: Query) -> dict[str, Any]:
    """The top-level fields that `_fields` names; nothing is embedded where it leaves `_links` out."""
    if "_fields" not in query:
        return post
    wanted = {name.strip().partition(".")[0] for name in query["_fields"].split(",")}
    if "_links" not in wanted:
        wanted.discard("_embedded")
    return {name: value for name, value in post.items() if name in wanted}


def shown_title(post: Post) -> str:
    """The title with what WordPress puts before that of a protected post."""
    return f"Dilindungi: {post.title}" if post.protected else post.title


def texturized(words: str) -> str:
    """A title in `rendered`: an ampersand becomes a number."""
    return escape(words, quote=False).replace("&amp;", "&#038;")


def reply(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """JSON."""
    kind = {"Content-Type": "application/json; charset=UTF-8", "X-Robots-Tag": "noindex"}
    return Reply(json.dumps(value), status=status, headers={**kind, **(headers or {})})


def error(status: int, code: str, message: str, **data: object) -> Reply:
    """An error in WordPress's form."""
    return reply({"code": code, "message": message, "data": {"status": status, **data}}, status)
