"""The local paper: WordPress with the theme Newkarma and the plugin Inline Related Posts.

REST follows the WordPress REST API handbook (posts), the feed is WordPress's RSS 2.0, both with what themes and plugins
add to the text.
"""

from __future__ import annotations

import hashlib
import json
import operator
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from feeds.demo.content import Post, Site
from feeds.demo.rss import Item, rss
from feeds.demo.web import Answer, Routes, Visit, fragment, html, page_of, pages, picture, robots

_ZONE = ZoneInfo("Asia/Jakarta")
_PER_PAGE = 10
_EXCERPT_WORDS = 55
_NO_EXCERPT = "Tidak ada ringkasan karena tulisan ini dilindungi kata sandi."
# Which posts a date parameter keeps; WordPress excludes the instant itself.
_BOUNDS: Mapping[str, Callable[[Post, datetime], bool]] = {
    "after": lambda post, at: post.published > at,
    "before": lambda post, at: post.published < at,
    "modified_after": lambda post, at: post.modified > at,
    "modified_before": lambda post, at: post.modified < at,
}
_ORDERS: Mapping[str, Callable[[Post], Any]] = {
    "date": operator.attrgetter("published"),
    "modified": operator.attrgetter("modified"),
    "id": operator.attrgetter("id"),
}


class _InvalidParameter(ValueError):
    """A REST parameter that WordPress answers with 400; carries its name."""


def rest_posts(visit: Visit) -> Answer:
    """`/wp-json/wp/v2/posts`: one page of posts as JSON, their number in the headers."""
    try:
        posts = _selected(visit.site, visit.query)
        size = _whole(visit.query, "per_page", _PER_PAGE, 100)
        number = _whole(visit.query, "page", 1)
    except _InvalidParameter as error:
        return _rest_error("rest_invalid_param", f"Parameter tidak valid: {error}")
    total = pages(posts, size)
    if number > total and posts:
        return _rest_error("rest_post_invalid_page_number", "Nomor halaman melebihi jumlah halaman yang tersedia.")
    embed = "_embed" in visit.query
    found = [_rest_post(visit.site, post, embed=embed) for post in page_of(posts, number, size)]
    return _json(found, headers={"X-WP-Total": str(len(posts)), "X-WP-TotalPages": str(total)})


def feed(visit: Visit) -> Answer:
    """`/feed/`: the ten newest posts, with excerpts."""
    items = [_item(visit.site, post) for post in visit.site.posts[:_PER_PAGE]]
    return rss(visit.site, visit.site.url, "https://wordpress.org/?v=6.8.3", items)


def listing(visit: Visit) -> Answer | None:
    """`/` and `/page/N/`: ten posts a page; a page beyond the end does not exist."""
    site, number = visit.site, int(visit.parts.get("number", "1"))
    posts = page_of(site.posts, number, _PER_PAGE)
    if not posts:
        return None
    total = pages(site.posts, _PER_PAGE)
    return html("wordpress_listing.html", modified=site.modified, site=site, posts=posts, number=number, total=total)


def article(visit: Visit) -> Answer | None:
    """A post's own page."""
    site = visit.site
    post = site.post(visit.parts["slug"])
    if post is None:
        return None
    return html(
        "wordpress_article.html",
        modified=post.modified,
        site=site,
        post=post,
        link=_link(site, post),
        title=_title(post),
        image=_image(site, post),
        content=_content(site, post),
        graph=_graph(site, post),
        feed=site.older(post, 4),
    )


def _selected(site: Site, query: Mapping[str, str]) -> list[Post]:
    posts = list(site.posts)
    for name, keeps in _BOUNDS.items():
        if name in query:
            at = _instant(query, name)
            posts = [post for post in posts if keeps(post, at)]
    order = query.get("orderby", "date")
    if order not in _ORDERS:
        raise _InvalidParameter("orderby")
    return sorted(posts, key=_ORDERS[order], reverse=query.get("order", "desc") == "desc")


def _instant(query: Mapping[str, str], name: str) -> datetime:
    """A date parameter; without offset it is the site's local time, as WordPress reads it."""
    try:
        at = datetime.fromisoformat(query[name])
    except ValueError as error:
        raise _InvalidParameter(name) from error
    return at if at.tzinfo else at.replace(tzinfo=_ZONE)


def _whole(query: Mapping[str, str], name: str, default: int, most: int | None = None) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit()) or int(text) < 1 or (most is not None and int(text) > most):
        raise _InvalidParameter(name)
    return int(text)


def _rest_post(site: Site, post: Post, *, embed: bool) -> dict[str, Any]:
    shown = {
        "id": post.id,
        "date": _local(post.published),
        "date_gmt": _gmt(post.published),
        "guid": {"rendered": _guid(site, post)},
        "modified": _local(post.modified),
        "modified_gmt": _gmt(post.modified),
        "slug": post.slug,
        "status": "publish",
        "type": "post",
        "link": _link(site, post),
        "title": {"rendered": _texturized(_title(post))},
        "content": {"rendered": "" if post.protected else _content(site, post), "protected": post.protected},
        "excerpt": {"rendered": f"<p>{_texturized(_excerpt(post))}</p>\n", "protected": post.protected},
        "author": _number(post.author),
        "featured_media": post.id + 1,
        "sticky": False,
        "format": "standard",
        "categories": [_number(post.category)],
        "tags": [_number(tag) for tag in post.tags],
    }
    return shown | {"_embedded": _embedded(site, post)} if embed else shown


def _embedded(site: Site, post: Post) -> dict[str, Any]:
    return {
        "author": [{"id": _number(post.author), "name": post.author, "link": f"{site.url}author/{_slug(post.author)}"}],
        "wp:featuredmedia": [
            {
                "id": post.id + 1,
                "media_type": "image",
                "mime_type": "image/svg+xml",
                "alt_text": "",
                "caption": {"rendered": f"<p>{_texturized(post.caption)}</p>\n" if post.caption else ""},
                "source_url": _image(site, post),
            }
        ],
        "wp:term": [
            [_term(site, "category", post.category)],
            [_term(site, "post_tag", tag) for tag in post.tags],
        ],
    }


def _term(site: Site, taxonomy: str, name: str) -> dict[str, Any]:
    folder = "category" if taxonomy == "category" else "tag"
    link = f"{site.url}{folder}/{_slug(name)}/"
    return {"id": _number(name), "link": link, "name": escape(name), "slug": _slug(name), "taxonomy": taxonomy}


def _item(site: Site, post: Post) -> Item:
    excerpt = escape(_excerpt(post), quote=False)
    trailer = f"Artikel {escape(post.title)} pertama kali tampil pada {escape(site.name)}."
    return Item(
        title=_title(post),
        link=_link(site, post),
        guid=_guid(site, post),
        published=post.published.astimezone(UTC),
        description=f"<p>{excerpt}</p>\n<p>{trailer}</p>",
        creator=post.author,
        categories=(post.category, *post.tags),
        content=f"<p>{excerpt}</p>\n<p>{trailer}</p>",
    )


def _content(site: Site, post: Post) -> str:
    """The text after the filters of theme and plugins: banners, and related boxes after every second paragraph."""
    if post.protected:
        return fragment("wordpress_password.html", site=site, post=post)
    related = [found for slug in post.related if (found := site.post(slug))]
    boxes = {2 * place: _box(site, other) for place, other in enumerate(related, start=1)}
    return fragment("wordpress_content.html", post=post, boxes=boxes)


def _box(site: Site, post: Post) -> dict[str, str]:
    style = "u" + hashlib.sha256(post.slug.encode()).hexdigest()[:32]
    return {"style": style, "link": _link(site, post), "title": post.title}


def _graph(site: Site, post: Post) -> dict[str, Any]:
    """JSON-LD as a search-engine plugin writes it (schema.org, one `@graph`)."""
    link = _link(site, post)
    page = {"@type": "WebPage", "@id": link, "url": link, "name": f"{post.title} - {site.name}", "inLanguage": "id"}
    news = {
        "@type": "NewsArticle",
        "@id": f"{link}#article",
        "isPartOf": {"@id": link},
        "mainEntityOfPage": {"@id": link},
        "headline": post.title,
        "datePublished": post.published.astimezone(UTC).isoformat(),
        "dateModified": post.modified.astimezone(UTC).isoformat(),
        "publisher": {"@type": "Organization", "name": site.name, "url": site.url},
        "image": {"@type": "ImageObject", "url": _image(site, post)},
        "articleSection": [post.category],
        "keywords": list(post.tags),
        "inLanguage": "id",
    }
    author = {"author": {"@type": "Person", "name": post.author}} if post.author else {}
    return {"@context": "https://schema.org", "@graph": [news | author, page]}


def _title(post: Post) -> str:
    return f"Dilindungi: {post.title}" if post.protected else post.title


def _excerpt(post: Post) -> str:
    if post.protected:
        return _NO_EXCERPT
    words = " ".join(post.text).split()
    return " ".join(words[:_EXCERPT_WORDS]) + (" […]" if len(words) > _EXCERPT_WORDS else "")


def _texturized(text: str) -> str:
    """Text as WordPress writes it to HTML: typographic characters as decimal references."""
    return escape(text, quote=False).translate({ord(sign): f"&#{ord(sign)};" for sign in "“”‘’–—…"})


def _link(site: Site, post: Post) -> str:
    return f"{site.url}{post.slug}/"


def _guid(site: Site, post: Post) -> str:
    return f"{site.url}?p={post.id}"


def _image(site: Site, post: Post) -> str:
    return site.url.rstrip("/") + _image_path(post)


def _image_path(post: Post) -> str:
    return f"/wp-content/uploads/{post.published:%Y/%m}/{post.slug}.svg"


def _local(at: datetime) -> str:
    return f"{at.astimezone(_ZONE):%Y-%m-%dT%H:%M:%S}"


def _gmt(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def _number(name: str) -> int:
    """A stable id for a user or term."""
    return zlib.crc32(name.encode()) % 9000 + 1


def _slug(name: str) -> str:
    return "-".join(name.lower().split())


def _json(value: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    body = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    return Answer(body, "application/json; charset=UTF-8", status=status, headers=headers or {})


def _rest_error(code: str, message: str) -> Answer:
    return _json({"code": code, "message": message, "data": {"status": 400}}, status=400)


ROUTES: Routes = (
    (r"/robots\.txt", robots("/wp-admin/")),
    (r"/wp-json/wp/v2/posts/?", rest_posts),
    (r"/feed/?", feed),
    (r"/(?:page/(?P<number>\d{1,6})/?)?", listing),
    (r"(?P<image>/wp-content/uploads/.+\.svg)", picture(_image_path)),
    (r"/(?P<slug>[a-z0-9-]+)/?", article),
)
