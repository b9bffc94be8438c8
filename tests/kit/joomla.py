"""Joomla 5 with Helix Ultimate: one category blog, `/berita`, as ministries' offices have it. No sitemap, no REST.

The same article answers under several addresses: with and without `/index.php`, through another menu path, and as a
bare query. None of its pages says which is the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from loopback import Asked, Reply

from kit import xml
from kit.cms import Cms, Handler, Visit, document, redesigned_article, redesigned_listing, redirect, text
from kit.newsroom import Post, long_date

FEED_SIZE = 10  # "Feed Limit" of the global configuration
DISALLOWED = (
    "administrator api bin cache cli components includes installation language libraries logs modules plugins tmp"
)


class Joomla(Cms):
    """A Joomla. `feed_linked = False` is "Show Feed Link" off in the menu item, which leaves the feed where it was."""

    name = "Kanwil Contoh"
    feed_linked = True
    feed_gone = False

    def drop_feed(self) -> None:
        """An upgrade breaks the feed: it answers with the page."""
        self.feed_gone, self.feed_linked = True, False

    def address(self, post: Post) -> str:
        """`/berita/alias`."""
        return f"{self.url}/berita/{post.slug}"

    def table(self) -> Sequence[tuple[str, Handler]]:
        """Every address also answers behind `/index.php`."""
        return (
            (r"/robots\.txt", lambda visit: text("User-agent: *\n" + "".join(map(_disallow, DISALLOWED.split())))),
            (r"/index\.php", self.query),
            (r"(?:/index\.php)?/", self.home),
            (r"(?:/index\.php)?/berita", self.category),
            (r"(?:/index\.php)?/(?:berita|informasi/berita-terkini)/(?:\d+-)?(?P<slug>[a-z0-9-]+)", self.article),
            (r"(?:/index\.php)?/(?:profil|layanan)", self.menu_page),
        )

    def answer(self, asked: Asked) -> Reply:
        """Every page opens a session."""
        reply = super().answer(asked)
        session = {"Set-Cookie": f"{'5f' * 16}={len(self.asked):032x}; path=/; HttpOnly", "Cache-Control": "no-cache"}
        return replace(reply, headers={**session, **reply.headers}) if reply.status == 200 else reply

    def shown_posts(self) -> Sequence[Post]:
        """What guests see: articles for registered users ("protected") are in no list."""
        return self.desk.readable()

    # -- handlers ----------------------------------------------------------------------------------------------------

    def query(self, visit: Visit) -> Reply | None:
        """`index.php?option=com_content&view=article&id=12:alias`, and the home page without a query."""
        if visit.query.get("view") != "article":
            return self.home(visit)
        post = self.desk.number(visit.query.get("id", "").partition(":")[0])
        return self.post_page(post) if post else None

    def home(self, visit: Visit) -> Reply:
        """Five featured titles and a module that leads to the same articles by another menu path."""
        newest = self.shown_posts()[:5]
        cards = "".join(
            f'<div class="article"><div class="article-header"><h2><a href="/berita/{post.slug}" itemprop="url">'
            f"{escape(post.title)}</a></h2></div></div>"
            for post in newest
        )
        popular = "".join(
            f'<li><a href="/index.php/informasi/berita-terkini/{post.id}-{post.slug}">{escape(post.title)}</a></li>'
            for post in newest[:3]
        )
        aside = (
            f'<div class="sp-module"><h3 class="sp-module-title">Populer</h3><ul class="mostread">{popular}</ul></div>'
        )
        return self.page(self.name, f'<div class="blog-featured">{cards}</div>', aside, "view-featured")

    def category(self, visit: Visit) -> Reply:
        """The blog, ten a page; an offset behind the end shows the last page (ListModel::getStart)."""
        if visit.query.get("format") == "feed" and not self.feed_gone:
            return self.feed(visit)
        posts = self.shown_posts()
        last = max(0, self.pages(posts) - 1) * self.per_page
        start = min(visit.number("start", visit.number("limitstart", 0)), last)
        shown = posts[start : start + self.per_page]
        if self.design == "redesigned":
            following = f"/berita?start={start + self.per_page}" if start < last else ""
            body = redesigned_listing([(f"/berita/{post.slug}", post.title) for post in shown], following)
            return Reply(document(f"Berita - {self.name}", body))
        cards = "".join(map(_card, shown))
        rows = f'<div class="article-list"><div class="row">{cards}</div></div>'
        body = f'<div class="blog">{rows}{_pager(start, last)}</div>'
        return self.page(f"Berita - {self.name}", body, "", "view-category layout-blog")

    def feed(self, visit: Visit) -> Reply:
        """The ten newest with their intro only, as RSS or Atom; no generator names a paging, and there is none."""
        items = [
            xml.Item(post.title, self.address(post), post.published, summary=_intro(post), author=post.author)
            for post in self.shown_posts()[:FEED_SIZE]
        ]
        extra = "<generator>Joomla! - Open Source Content Management</generator>"
        if visit.query.get("type") == "atom":
            return text(xml.atom(f"Berita - {self.name}", f"{self.url}/berita", items), xml.ATOM)
        return text(xml.rss(f"Berita - {self.name}", f"{self.url}/berita", items, extra), xml.RSS)

    def article(self, visit: Visit) -> Reply | None:
        """An article; a former alias is nowhere, and one for registered users leads to the login form."""
        post = self.desk.at(visit.parts["slug"])
        if post and post.protected:
            return redirect(f"{self.url}/masuk?return=aHR0cA", 303)
        return self.post_page(post) if post else None

    def post_page(self, post: Post) -> Reply:
        """An article in Helix's layout."""
        if self.design == "redesigned":
            return Reply(document(post.title, redesigned_article(post)))
        at = post.published
        body = (
            '<div class="article-details" itemscope itemtype="https://schema.org/Article"><div class="article-header">'
            f'<h1 itemprop="headline">{escape(post.title)}</h1></div><div class="article-info">'
            f'<span class="createdby" itemprop="author"><span itemprop="name">{post.author}</span></span>'
            f'<span class="category-name"><a href="/berita">Berita</a></span><span class="published">'
            f'<time datetime="{at.isoformat()}" itemprop="datePublished">{long_date(at)}</time></span></div>'
            f'<div itemprop="articleBody">{post.html}</div>'
            f'<a href="/berita/{post.slug}?tmpl=component&amp;print=1">Cetak</a></div>'
        )
        return self.page(post.title, body, "", "view-article")

    def menu_page(self, visit: Visit) -> Reply:
        """A page of the menu, which is an article to Joomla and no news."""
        return self.page("Profil", '<div class="article-details"><h1>Profil</h1></div>', "", "view-article")

    def page(self, title: str, main: str, aside: str, view: str) -> Reply:
        """A page of the template around its main column."""
        feed = '<link href="/berita?format=feed&amp;type={0}" rel="alternate" type="application/{0}+xml" title="{0}">'
        links = (
            feed.format("rss") + feed.format("atom") if view.startswith("view-category") and self.feed_linked else ""
        )
        head = f'<meta name="generator" content="Joomla! - Open Source Content Management">{links}'
        menu = "".join(f'<li class="sp-menu-item"><a href="/{path}">{name}</a></li>' for path, name in _MENU)
        body = (
            f'<header id="sp-header"><ul class="sp-megamenu-parent">{menu}</ul></header><section id="sp-main-body">'
            f'<main id="sp-component">{main}</main><aside id="sp-right">{aside}</aside></section>'
        )
        return Reply(document(title, body, f'class="site helix-ultimate hu com_content com-content {view}"', head))


_MENU = (("", "Beranda"), ("profil", "Profil"), ("berita", "Berita"), ("layanan", "Layanan"))


def _card(post: Post) -> str:
    return (
        '<div class="col-lg-6"><div class="article" itemprop="blogPost"><div class="article-body">'
        f'<div class="article-header"><h2><a href="/berita/{post.slug}" itemprop="url">{escape(post.title)}</a></h2>'
        f'</div><div class="article-info"><span class="published"><time datetime="{post.published.isoformat()}">'
        f'{long_date(post.published)}</time></span></div><div class="article-introtext">{_intro(post)}'
        f'<div class="readmore"><a href="/berita/{post.slug}" aria-label="Selengkapnya">Selengkapnya</a></div></div>'
        "</div></div></div>"
    )


def _intro(post: Post) -> str:
    return f"<p>{escape(post.lead)}</p>"


def _pager(start: int, last: int) -> str:
    numbers = "".join(
        f'<li class="page-item active"><span class="page-link">{offset // 10 + 1}</span></li>'
        if offset == start
        else f'<li class="page-item"><a class="page-link" href="/berita{f"?start={offset}" if offset else ""}">'
        f"{offset // 10 + 1}</a></li>"
        for offset in range(0, last + 1, 10)
    )
    return f'<nav class="pagination-wrapper"><ul class="pagination">{numbers}</ul></nav>'


def _disallow(folder: str) -> str:
    return f"Disallow: /{folder}/\n"
