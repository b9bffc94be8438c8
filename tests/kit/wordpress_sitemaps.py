"""The sitemaps of WordPress's core: an index, posts by number (oldest first, 2,000 a file), and what is no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loopback import Reply

from kit import xml
from kit.cms import redirect, text
from kit.newsroom import CATEGORIES, slug_of

if TYPE_CHECKING:
    from kit.wordpress import WordPress

SIZE = 2000  # wp_sitemaps_get_max_urls()
POSTS = "wp-sitemap-posts-post-"


def answer(site: WordPress, name: str) -> Reply | None:
    """The sitemap of a name without its `.xml`; None where WordPress has none."""
    posts = sorted(site.desk.listed(), key=lambda post: post.id)
    files = [f"{POSTS}{n}" for n in range(1, -(-len(posts) // SIZE) + 1)]
    others = {
        "wp-sitemap-posts-page-1": [f"{site.url}/tentang-kami/"],
        "wp-sitemap-taxonomies-category-1": [f"{site.url}/category/{slug_of(name)}/" for name in CATEGORIES],
    }
    if name == "sitemap":
        return redirect(f"{site.url}/wp-sitemap.xml")
    if name == "wp-sitemap":
        return text(xml.sitemap_index((f"{site.url}/{file}.xml", None) for file in (*files, *others)), xml.XML)
    if name in others:
        return text(xml.sitemap((url, None) for url in others[name]), xml.XML)
    if name not in files:
        return None
    shown = site.shown(posts, int(name.removeprefix(POSTS)), SIZE)
    dated = site.sitemap == "lastmod"  # since WordPress 6.5
    return text(xml.sitemap((site.address(post), post.modified if dated else None) for post in shown), xml.XML)
