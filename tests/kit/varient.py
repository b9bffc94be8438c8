"""Varient: posts, categories and pages all stand at the root, so no address says what it leads to.

Times on its pages are those of the server's clock, without a zone. The sitemap is one list of everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from loopback import Reply

from kit import xml
from kit.cms import Cms, Handler, Visit, document, redesigned_article, redesigned_listing, text
from kit.newsroom import CATEGORIES, MONTHS, Post, slug_of

FEED_SIZE = 30


class Varient(Cms):
    """A Varient site. `feed` tells whether feeds hold summaries or whole texts, or are switched off."""

    name = "Portal Pemasyarakatan"
    feed = "partial"

    def drop_feed(self) -> None:
        """The owner switches feeds off: their addresses lead to the home page's 404."""
        self.feed = "gone"

    def address(self, post: Post) -> str:
        """`/slug`."""
        return f"{self.url}/{post.slug}"

    def table(self) -> Sequence[tuple[str, Handler]]:
        """What stands at the root is looked up last."""
        return (
            (r"/robots\.txt", lambda visit: text("User-agent: *\nDisallow:\n")),
            (r"/", self.home),
            (r"/posts", self.listing),
            (r"/rss-feeds", self.feeds_page),
            (r"/rss/latest-posts", self.latest),
            (r"/rss/category/(?P<category>[a-z-]+)", self.latest),
            (r"/sitemap\.xml", self.sitemap_index),
            (r"/sitemap-1\.xml", self.sitemap),
            (r"/(?:tentang-kami|kontak)", self.static_page),
            (r"/(?P<slug>[a-z0-9-]+)", self.root),
        )

    def root(self, visit: Visit) -> Reply | None:
        """A category, else a post."""
        slug = visit.parts["slug"]
        if slug in map(slug_of, CATEGORIES):
            return self.listing(visit)
        post = self.desk.at(slug)
        return self.post_page(post) if post and not post.protected else None

    def posts_in(self, slug: str | None) -> Sequence[Post]:
        """The posts of a category, else all; those for registered readers are in no list."""
        return [post for post in self.desk.readable() if slug is None or slug_of(post.category) == slug]

    # -- pages -------------------------------------------------------------------------------------------------------

    def home(self, visit: Visit) -> Reply:
        """The newest posts between links to categories and pages that look alike."""
        return self.page(self.name, "".join(map(self.card, self.desk.readable()[:6])))

    def listing(self, visit: Visit) -> Reply:
        """`/posts?page=N`, `/category?page=N`; behind the end an empty list with status 200."""
        slug, number = visit.parts.get("slug"), visit.number("page")
        posts, path = self.posts_in(slug), f"{self.url}/{slug or 'posts'}"
        shown = self.shown(posts, number)
        if self.design == "redesigned":
            following = f"{path}?page={number + 1}" if number < self.pages(posts) else ""
            body = redesigned_listing([(self.address(post), post.title) for post in shown], following)
            return Reply(document(self.name, body))
        numbers = "".join(
            f'<li class="page-item{" active" if n == number else ""}"><a class="page-link" '
            f'href="{path}?page={n}">{n}</a></li>'
            for n in range(1, self.pages(posts) + 1)
        )
        cards = "".join(map(self.card, shown)) or '<p class="text-center">Tidak ada berita.</p>'
        return self.page("Berita", f'{cards}<nav><ul class="pagination">{numbers}</ul></nav>')

    def post_page(self, post: Post) -> Reply:
        """A post in the classic theme."""
        head = (
            f'<link rel="canonical" href="{self.address(post)}">'
            f'<meta property="og:title" content="{escape(post.title)}">'
            f'<meta property="article:published_time" content="{post.published:%Y-%m-%d %H:%M:%S}">'
        )
        if self.design == "redesigned":
            return Reply(document(post.title, redesigned_article(post), head=head))
        body = (
            f'<div class="post-content"><a href="{self.url}/{slug_of(post.category)}"><label class="category-label">'
            f'{post.category}</label></a><h1 class="title">{escape(post.title)}</h1><div class="post-summary"><h2>'
            f'{escape(post.lead)}</h2></div><div class="post-meta"><span class="post-author-meta"><a '
            f'href="{self.url}/profile/admin">{post.author}</a></span><span class="post-details-meta-date"><span>'
            f'{_date(post)} - {post.published:%H:%M}</span></span></div><div class="post-text">{post.html}</div></div>'
        )
        return self.page(post.title, body, head)

    def static_page(self, visit: Visit) -> Reply:
        """A page, which is no post."""
        return self.page("Tentang Kami", '<h1 class="page-title">Tentang Kami</h1><div class="page-text"></div>')

    def feeds_page(self, visit: Visit) -> Reply | None:
        """The feeds by category."""
        names = ["latest-posts", *(f"category/{slug_of(name)}" for name in CATEGORIES)]
        items = "".join(f'<li><a href="{self.url}/rss/{name}">{self.url}/rss/{name}</a></li>' for name in names)
        return self.page("RSS", f'<ul class="rss-list">{items}</ul>') if self.feed != "gone" else None

    def page(self, title: str, main: str, head: str = "") -> Reply:
        """A page of the theme; every other one names the feed."""
        alternate = (
            f'<link rel="alternate" type="application/rss+xml" title="{self.name}" href="{self.url}/rss/latest-posts">'
        )
        menu = "".join(
            f'<li><a href="{self.url}/{slug_of(name)}">{name}</a></li>'
            for name in (*CATEGORIES, "Tentang Kami", "Kontak")
        )
        body = (
            f'<header id="header"><a href="{self.url}">{self.name}</a><nav class="navbar"><ul>{menu}</ul></nav>'
            f'</header><div id="wrapper"><div id="content" class="col-sm-8">{main}</div></div>'
        )
        return Reply(document(f"{title} - {self.name}", body, head=(alternate if self.feed != "gone" else "") + head))

    def card(self, post: Post) -> str:
        """A post in a list."""
        return (
            f'<div class="post-item-horizontal"><div class="item-image"><a href="{self.address(post)}"><img src="'
            f'{self.url}/assets/img/bg.png" alt=""></a></div><div class="item-content"><h3 class="title"><a '
            f'href="{self.address(post)}">{escape(post.title)}</a></h3><p class="small-post-meta"><span>{_date(post)}'
            f'</span></p><p class="description">{escape(post.lead)}</p></div></div>'
        )

    # -- feeds and sitemaps ------------------------------------------------------------------------------------------

    def latest(self, visit: Visit) -> Reply | None:
        """The newest thirty, of a category perhaps."""
        items = [
            xml.Item(
                title=post.title,
                link=self.address(post),
                published=post.published,
                summary=post.html if self.feed == "full" else escape(post.lead),
                author=post.author,
                extra=f'<enclosure url="{self.url}/uploads/{post.id}.jpg" length="1" type="image/jpeg"/>',
            )
            for post in self.posts_in(visit.parts.get("category"))[:FEED_SIZE]
        ]
        return text(xml.rss(self.name, self.url, items), xml.RSS) if self.feed != "gone" else None

    def sitemap_index(self, visit: Visit) -> Reply:
        """`/sitemap.xml`."""
        return text(xml.sitemap_index([(f"{self.url}/sitemap-1.xml", self.desk.now)]), xml.XML)

    def sitemap(self, visit: Visit) -> Reply:
        """Home page, pages, categories and posts in one list, posts newest first with the times of their changes."""
        others = ["/", "/posts", "/tentang-kami", "/kontak", *(f"/{slug_of(name)}" for name in CATEGORIES)]
        posts = [(self.address(post), post.modified) for post in self.desk.readable()]
        return text(xml.sitemap([*((self.url + path, None) for path in others), *posts]), xml.XML)


def _date(post: Post) -> str:
    at = post.published
    return f"{MONTHS[at.month - 1]} {at.day}, {at.year}"
