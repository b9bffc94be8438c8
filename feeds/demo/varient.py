"""The directorate: Varient's classic theme, articles at root slugs, the summary alone in its feed."""

from __future__ import annotations

import zlib
from typing import Any

from feeds.demo.content import Post, Site
from feeds.demo.rss import Item, rss
from feeds.demo.web import Answer, Routes, Visit, html, page_of, pages, picture, robots

_PER_PAGE = 6
_AUTHOR = "admin"


def listing(visit: Visit) -> Answer:
    """`/` and `/posts?page=N`: six posts a page; a page beyond the end lists none."""
    site = visit.site
    number = visit.number("page", 1)
    return html(
        "varient_listing.html",
        modified=site.modified,
        site=site,
        posts=[(post, _image_path(post)) for post in page_of(site.posts, number, _PER_PAGE)],
        number=number,
        total=pages(site.posts, _PER_PAGE),
    )


def feed(visit: Visit) -> Answer:
    """`/rss/latest-posts`: every post, its summary only."""
    site = visit.site
    return rss(site, f"{site.url}rss/latest-posts", "", [_item(site, post) for post in site.posts])


def article(visit: Visit) -> Answer | None:
    """A post's page at the root of the site."""
    site = visit.site
    post = site.post(visit.parts["slug"])
    if post is None:
        return None
    return html(
        "varient_article.html",
        modified=post.modified,
        site=site,
        post=post,
        author=_AUTHOR,
        link=_link(site, post),
        image=site.url.rstrip("/") + _image_path(post),
        schema=_schema(site, post),
        related=site.older(post, 3),
        newer=site.newer(post),
    )


def _item(site: Site, post: Post) -> Item:
    return Item(
        title=post.title,
        link=_link(site, post),
        guid=_link(site, post),
        published=post.published,
        description=post.lead,
        creator=_AUTHOR,
        image=site.url.rstrip("/") + _image_path(post),
    )


def _schema(site: Site, post: Post) -> dict[str, Any]:
    """JSON-LD as the CMS writes it (schema.org NewsArticle)."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": _link(site, post)},
        "headline": post.title,
        "name": post.title,
        "articleSection": post.category,
        "image": {"@type": "ImageObject", "url": site.url.rstrip("/") + _image_path(post)},
        "datePublished": f"{post.published:%Y-%m-%dT%H:%M:%S%z}",
        "dateModified": f"{post.modified:%Y-%m-%dT%H:%M:%S%z}",
        "inLanguage": "id",
        "keywords": ", ".join(post.tags),
        "author": {"@type": "Person", "name": _AUTHOR},
        "publisher": {"@type": "Organization", "name": site.name},
        "description": post.lead,
    }


def _link(site: Site, post: Post) -> str:
    return f"{site.url}{post.slug}"


def _image_path(post: Post) -> str:
    """An upload's name: eight hex digits of its time, as PHP's uniqid writes it, and five more."""
    moment = f"{int(post.published.timestamp()) - 600:08x}"
    return f"/uploads/images/image_1680x_{moment}{zlib.crc32(post.slug.encode()) & 0xFFFFF:05x}.svg"


ROUTES: Routes = (
    (r"/robots\.txt", robots("/admin/")),
    (r"/(?:posts/?)?", listing),
    (r"/rss/latest-posts/?", feed),
    (r"(?P<image>/uploads/images/.+\.svg)", picture(_image_path)),
    (r"/(?P<slug>[a-z0-9-]+)", article),
)
