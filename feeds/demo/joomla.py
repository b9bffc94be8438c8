"""The regional office: Joomla with the template framework Helix Ultimate, category-list layout."""

from __future__ import annotations

from html import escape

from feeds.demo.content import Post, Site
from feeds.demo.rss import Item, rss
from feeds.demo.web import Answer, Routes, Visit, html, pages, picture, robots

_SECTION = "berita-utama"
_LIMIT = 10
_AUTHOR = "Humas Kanwil Banten"


def home(visit: Visit) -> Answer:
    """`/`: the newest headlines."""
    site = visit.site
    return html("joomla_home.html", modified=site.modified, site=site, posts=site.posts[:5], section=_SECTION)


def section(visit: Visit) -> Answer:
    """`/berita-utama`: its feed, or one page of its list by `start`."""
    return _feed(visit.site) if visit.query.get("format") == "feed" else _listing(visit)


def article(visit: Visit) -> Answer | None:
    """An article's page, with links to the ones before and after it."""
    site = visit.site
    post = site.post(visit.parts["slug"])
    if post is None:
        return None
    return html(
        "joomla_article.html",
        modified=post.modified,
        site=site,
        section=_SECTION,
        post=post,
        author=_AUTHOR,
        link=_link(site, post),
        image=_image_path(post),
        older=next(iter(site.older(post, 1)), None),
        newer=site.newer(post),
        related=site.older(post, 4)[1:],
    )


def _listing(visit: Visit) -> Answer:
    site = visit.site
    total = pages(site.posts, _LIMIT)
    # Joomla shows the last page, not an empty one, for a start beyond the end (Joomla\CMS\Pagination).
    number = min(visit.number("start", 0) // _LIMIT, total - 1)
    start = number * _LIMIT
    return html(
        "joomla_listing.html",
        modified=site.modified,
        site=site,
        section=_SECTION,
        author=_AUTHOR,
        posts=site.posts[start : start + _LIMIT],
        starts=range(0, len(site.posts), _LIMIT),
        start=start,
    )


def _feed(site: Site) -> Answer:
    items = [_item(site, post) for post in site.posts[:_LIMIT]]
    return rss(site, f"{site.url}{_SECTION}", "Joomla! - Open Source Content Management", items)


def _item(site: Site, post: Post) -> Item:
    image = f'<p><img src="{site.url.rstrip("/")}{_image_path(post)}" alt="" /></p>'
    return Item(
        title=post.title,
        link=_link(site, post),
        guid=_link(site, post),
        published=post.published,
        description=f"{image}<p>{escape(post.text[0], quote=False)}</p>",
        author=f"humas@{site.host} ({_AUTHOR})",
        categories=(post.category,),
    )


def _link(site: Site, post: Post) -> str:
    return f"{site.url}{_SECTION}/{post.slug}"


def _image_path(post: Post) -> str:
    return f"/images/{post.published:%Y/%m/%d}/{post.slug}.svg"


ROUTES: Routes = (
    (r"/robots\.txt", robots("/administrator/")),
    (r"/", home),
    (rf"/{_SECTION}/?", section),
    (rf"/{_SECTION}/(?P<slug>[a-z0-9-]+)", article),
    (r"(?P<image>/images/.+\.svg)", picture(_image_path)),
)
