"""Twenty Twenty-Five: its list of posts (`template-query-loop`) and its single post, which shows no date of its own.

Dates stand beside the posts of a list only, so at the foot of an article ("Pos lainnya") beside those of others.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from kit.newsroom import Post, long_date, slug_of
from kit.wordpress_rest import shown_title

if TYPE_CHECKING:
    from kit.wordpress import WordPress


def listing(site: WordPress, posts: Sequence[Post], pages: Sequence[str], number: int) -> str:
    """One of the pages of a list, whose addresses are given: each post with its whole text, then the pager."""
    cards = "".join(_card(site, post) for post in posts)
    numbers = "".join(_page_number(pages, n, number) for n in sorted({1, number - 1, number, number + 1, len(pages)}))
    more = ""
    if number < len(pages):
        more = f'<a href="{pages[number]}" class="wp-block-query-pagination-next">Laman Berikutnya</a>'
    return _site(
        site,
        f'<main class="wp-block-group"><h1 class="wp-block-heading">Blog</h1><div class="wp-block-query">'
        f'<ul class="alignfull wp-block-post-template">{cards}</ul><nav class="alignwide wp-block-query-pagination" '
        f'aria-label="Paginasi"><div class="wp-block-query-pagination-numbers">{numbers}</div>{more}</nav></div>'
        "</main>",
    )


def single(site: WordPress, post: Post) -> str:
    """A post: title, "Ditulis oleh ... di ...", text, its neighbours, more posts."""
    return _site(
        site,
        f'<main class="wp-block-group"><div class="wp-block-group alignfull">'
        f'<h1 class="wp-block-post-title">{escape(shown_title(post))}</h1>'
        f'<div class="wp-block-group has-small-font-size"><p class="has-accent-4-color has-text-color">Ditulis oleh</p>'
        f'<div class="wp-block-post-author-name"><a href="{site.url}/author/{slug_of(post.author)}/" target="_self" '
        f'class="wp-block-post-author-name__link">{post.author}</a></div><p class="has-accent-4-color">di</p>'
        f'<div class="taxonomy-category wp-block-post-terms"><a href="{site.url}/category/{slug_of(post.category)}/" '
        f'rel="tag">{post.category}</a></div></div>'
        f'<div class="entry-content alignfull wp-block-post-content is-layout-constrained">{_text(site, post)}</div>'
        f"</div>{_more(site)}</main>",
    )


def password_form(site: WordPress) -> str:
    """What stands in place of a protected text (get_the_password_form)."""
    return (
        f'<form action="{site.url}/wp-login.php?action=postpass" class="post-password-form" method="post"><p>Konten '
        "ini dilindungi kata sandi. Untuk melihatnya, masukkan kata sandi Anda:</p><p><label>Kata Sandi: <input "
        'name="post_password" type="password"></label> <input type="submit" name="Submit" value="Masuk"></p></form>'
    )


def _page_number(pages: Sequence[str], n: int, current: int) -> str:
    if n == current:
        return f'<span aria-current="page" class="page-numbers current">{n}</span>'
    return f'<a class="page-numbers" href="{pages[n - 1]}">{n}</a>' if 0 < n <= len(pages) else ""


def _card(site: WordPress, post: Post) -> str:
    url = site.address(post)
    return (
        f'<li class="wp-block-post post-{post.id} post type-post status-publish format-standard hentry '
        f'category-{slug_of(post.category)}"><div class="wp-block-group alignfull">'
        f'<h2 class="wp-block-post-title has-x-large-font-size"><a href="{url}" target="_self">'
        f"{escape(shown_title(post))}</a></h2>"
        f'<div class="entry-content alignfull wp-block-post-content has-medium-font-size">{_text(site, post)}</div>'
        f'<div class="wp-block-post-date has-small-font-size"><time datetime="{post.published.isoformat()}">'
        f'<a href="{url}">{long_date(post.published)}</a></time></div></div></li>\n'
    )


def _text(site: WordPress, post: Post) -> str:
    return password_form(site) if post.protected else post.html


def _more(site: WordPress) -> str:
    """The four newest posts of all, this one perhaps among them (the pattern excludes none)."""
    twin = "amp/?utm_source=terkait" if site.amp and site.permalinks == "pretty" else ""
    items = "".join(
        f'<li class="wp-block-post"><h3 class="wp-block-post-title has-large-font-size">'
        f'<a href="{site.address(other)}{twin}">{escape(shown_title(other))}</a></h3><div class="wp-block-post-date">'
        f'<time datetime="{other.published.isoformat()}"><a href="{site.address(other)}">'
        f"{long_date(other.published)}</a></time></div></li>"
        for other in site.desk.listed()[:4]
    )
    return (
        f'<h2 class="wp-block-heading alignwide has-small-font-size">Pos lainnya</h2><div class="wp-block-query '
        f'alignwide"><ul class="alignfull wp-block-post-template">{items}</ul></div>'
    )


def _site(site: WordPress, main: str) -> str:
    return (
        f'<div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title">'
        f'<a href="{site.url}" target="_self" rel="home">{site.name}</a></p><nav class="wp-block-navigation"><ul>'
        f'<li class="wp-block-pages-list__item"><a class="wp-block-pages-list__item__link" '
        f'href="{site.url}/tentang-kami/">Tentang Kami</a></li></ul></nav></header>\n{main}\n'
        f'<footer class="wp-block-template-part"><p>Didesain dengan <a href="https://id.wordpress.org">WordPress</a></p>'
        f"</footer></div>"
    )
