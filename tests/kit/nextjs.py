"""A Next.js site: pages are drawn by a script from `__NEXT_DATA__`, only the home page's links are in the HTML.

No feed, no REST; "muat lagi" asks an interface that no page names. Its sitemap gives addresses without times, in the
order in which the database has them: the newest last.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from loopback import Reply

from kit import xml
from kit.cms import Cms, Handler, Visit, document, redesigned_article, redesigned_listing, text
from kit.newsroom import Post, gmt

BUILD = "kX2bQ9v"


class NextJs(Cms):
    """A Next.js site with twelve articles on its home page."""

    name = "Kabar Pemasyarakatan"
    per_page = 12

    def address(self, post: Post) -> str:
        """`/berita/slug`."""
        return f"{self.url}/berita/{post.slug}"

    def table(self) -> Sequence[tuple[str, Handler]]:
        """Pages, and the same data as JSON."""
        return (
            (r"/robots\.txt", lambda visit: text(f"User-Agent: *\nAllow: /\n\nSitemap: {self.url}/sitemap.xml\n")),
            (r"/", self.home),
            (r"/sitemap\.xml", self.sitemap),
            (r"/tentang", lambda visit: self.page("Tentang", "<h1>Tentang</h1>", {"title": "Tentang"})),
            (r"/berita/(?P<slug>[a-z0-9-]+)", self.article),
            (rf"/_next/data/{BUILD}/berita/(?P<slug>[a-z0-9-]+)\.json", self.data),
        )

    def home(self, visit: Visit) -> Reply:
        """The newest, whose links the server has drawn."""
        shown = self.shown(self.desk.readable(), 1)
        if self.design == "redesigned":
            return Reply(document(self.name, redesigned_listing([(self.address(p), p.title) for p in shown], "")))
        cards = "".join(
            f'<a class="css-1q{post.id:x}" href="/berita/{post.slug}"><article><h3>{escape(post.title)}</h3>'
            "</article></a>"
            for post in shown
        )
        listed = [{"slug": post.slug, "title": post.title} for post in shown]
        more = '<button type="button">Muat lagi</button>'
        return self.page(self.name, f"<main>{cards}{more}</main>", {"articles": listed})

    def article(self, visit: Visit) -> Reply | None:
        """A shell with the article in its data."""
        post = self.found(visit)
        if post is None:
            return None
        if self.design == "redesigned":
            return Reply(document(post.title, redesigned_article(post)))
        shell = '<main><div class="animate-pulse">Memuat…</div></main>'
        return self.page(f"{post.title} | {self.name}", shell, {"article": self.value(post)})

    def data(self, visit: Visit) -> Reply | None:
        """What the script asks when a reader follows a link."""
        post = self.found(visit)
        value = {"pageProps": {"article": self.value(post)}} if post else None
        return text(json.dumps(value), "application/json") if value else None

    def found(self, visit: Visit) -> Post | None:
        """The post of an address, unless it is for subscribers."""
        post = self.desk.at(visit.parts["slug"])
        return post if post and not post.protected else None

    def value(self, post: Post) -> dict[str, object]:
        """A post as the site's own interface gives it."""
        return {
            "id": post.id,
            "slug": post.slug,
            "title": post.title,
            "content": post.html,
            "publishedAt": f"{gmt(post.published)}.000Z",
            "updatedAt": f"{gmt(post.modified)}.000Z",
            "author": {"name": post.author},
            "category": {"name": post.category},
        }

    def page(self, title: str, main: str, props: dict[str, object]) -> Reply:
        """A page with its data."""
        data = json.dumps({"props": {"pageProps": props}, "page": "/", "buildId": BUILD}).replace("<", "\\u003c")
        menu = '<nav><a href="/">Beranda</a><a href="/tentang">Tentang</a></nav>'
        script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
        body = document(title, f'<div id="__next"><header>{menu}</header>{main}</div>{script}')
        return Reply(body, headers={"X-Powered-By": "Next.js", "ETag": f'"{hash_of(body)}"'})

    def sitemap(self, visit: Visit) -> Reply:
        """The newest last, without times."""
        posts = [(self.address(post), None) for post in reversed(self.desk.readable())]
        return text(xml.sitemap([(f"{self.url}/", None), (f"{self.url}/tentang", None), *posts]), xml.XML)


def hash_of(body: str) -> str:
    """A validator made from the page, as Next.js does."""
    return f"{sum(body.encode()):x}-{len(body):x}"
