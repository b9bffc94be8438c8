"""Blogger: `/YYYY/MM/slug.html`, feeds of up to 150 entries from any start, a mobile view at `?m=1`.

Older pages of its list stand under `/search`, which its robots.txt forbids: only feeds and sitemap lead to them. An
address never changes again, whatever becomes of the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from loopback import Asked, Reply

from kit import xml
from kit.cms import Cms, Handler, Visit, document, redesigned_article, redesigned_listing, redirect, text
from kit.newsroom import Post, slug_of

MOST = 150  # entries in one answer of a feed, and addresses in one sitemap
BLOG = "tag:blogger.com,1999:blog-77"


class Blogger(Cms):
    """A blog. `feed = "partial"` is "Until jump break" or "Short" in the settings."""

    name = "Humas Lapas Contoh"
    per_page = 7
    feed = "full"

    def address(self, post: Post) -> str:
        """By month and the first slug that the post had."""
        return f"{self.url}/{post.published:%Y/%m}/{_slug(post)}.html"

    def table(self) -> Sequence[tuple[str, Handler]]:
        """Posts, pages, feeds, the sitemap."""
        return (
            (r"/robots\.txt", self.robots),
            (r"/", self.home),
            (r"/search(?:/label/[^/]+)?", self.home),
            (r"/feeds/posts/(?:default|summary)", self.posts_feed),
            (r"/feeds/(?:\d+/)?comments/default", self.comments_feed),
            (r"/sitemap\.xml", self.sitemap),
            (r"/p/[a-z-]+\.html", self.static_page),
            (r"/\d{4}/\d\d/(?P<slug>[a-z0-9-]+)\.html", self.article),
        )

    def answer(self, asked: Asked) -> Reply:
        """A telephone is sent to the mobile view."""
        is_page = asked.path.partition("?")[0].endswith((".html", "/"))
        if is_page and "Mobile" in asked.headers.get("user-agent", "") and "m=" not in asked.path:
            return redirect(f"{self.url}{asked.path}?m=1", 302)
        return super().answer(asked)

    def posts(self) -> Sequence[Post]:
        """What everybody sees."""
        return self.desk.readable()

    # -- pages -------------------------------------------------------------------------------------------------------

    def robots(self, visit: Visit) -> Reply:
        """Blogger's own."""
        rules = "User-agent: Mediapartners-Google\nDisallow:\n\nUser-agent: *\nDisallow: /search\nAllow: /\n"
        return text(f"{rules}\nSitemap: {self.url}/sitemap.xml\n")

    def home(self, visit: Visit) -> Reply:
        """The seven newest, and a way to older ones by the time of the last."""
        until = visit.query.get("updated-max", "9")
        older = [post for post in self.posts() if post.published.isoformat() < until]
        shown = older[: self.per_page]
        last = shown[-1].published.isoformat().replace("+", "%2B") if shown else ""
        following = (
            f"{self.url}/search?updated-max={last}&max-results={self.per_page}" if len(older) > len(shown) else ""
        )
        if self.design == "redesigned":
            body = redesigned_listing([(self.address(post), post.title) for post in shown], following)
            return Reply(document(self.name, body, head=self.head()))
        cards = "".join(
            f'<div class="post hentry"><h3 class="post-title entry-title"><a href="{self.address(post)}">'
            f'{escape(post.title)}</a></h3><div class="post-body entry-content">{escape(post.lead)}</div></div>'
            for post in shown
        )
        pager = f'<a class="blog-pager-older-link" href="{escape(following)}">Postingan Lama</a>' if following else ""
        body = f'<div class="blog-posts hfeed">{cards}</div><div class="blog-pager" id="blog-pager">{pager}</div>'
        return Reply(document(self.name, f'<div class="widget Blog">{body}</div>{self.archive()}', head=self.head()))

    def article(self, visit: Visit) -> Reply | None:
        """A post; the mobile view is another page with the same canonical address."""
        slug = visit.parts["slug"]
        post = next((post for post in self.posts() if _slug(post) == slug), None)
        if post is None:
            return None
        comments = (
            f'<link rel="alternate" type="application/atom+xml" href="{self.url}/feeds/{post.id}/comments/default">'
        )
        head = f'{self.head()}{comments}<link rel="canonical" href="{self.address(post)}">'
        if self.design == "redesigned":
            return Reply(document(post.title, redesigned_article(post), head=head))
        mark = "mobile-" if visit.query.get("m") == "1" else ""
        body = (
            f'<div class="{mark}date-outer"><div class="post-outer"><div class="post hentry"><h3 class="post-title '
            f'entry-title">{escape(post.title)}</h3><div class="post-header"><abbr class="published" '
            f'title="{post.published.isoformat()}">x</abbr></div><div class="post-body entry-content" '
            f'id="post-body-{post.id}">{post.html}</div><div class="post-footer"><span class="post-author vcard">'
            f'Diposting oleh <span class="fn">{post.author}</span></span></div></div></div></div>{self.archive()}'
        )
        return Reply(document(f"{self.name}: {post.title}", body, 'class="item-view blogger"', head))

    def static_page(self, visit: Visit) -> Reply:
        """A page, which is no post."""
        return Reply(document("Profil", '<h3 class="post-title">Profil</h3>', head=self.head()))

    def head(self) -> str:
        """The feeds as Atom and as RSS."""
        feed = '<link rel="alternate" type="application/{0}+xml" title="{1}" href="{2}/feeds/posts/default{3}">\n'
        atom, rss = feed.format("atom", self.name, self.url, ""), feed.format("rss", self.name, self.url, "?alt=rss")
        return f'<meta content="blogger" name="generator">\n{atom}{rss}'

    def archive(self) -> str:
        """The archive gadget: a link for each month, and those of the newest posts."""
        months = dict.fromkeys(f"{post.published:%Y/%m}" for post in self.posts())
        items = "".join(f'<li class="archivedate"><a href="{self.url}/{month}/">{month}</a></li>' for month in months)
        profile = f'<li><a href="{self.url}/p/profil.html">Profil</a></li>'
        return f'<div class="widget BlogArchive"><ul>{items}{profile}</ul></div>'

    # -- feeds and sitemap -------------------------------------------------------------------------------------------

    def posts_feed(self, visit: Visit) -> Reply:
        """Entries from `start-index` on, 25 unless `max-results` says otherwise; Atom, or RSS on demand."""
        posts, start = self.posts(), visit.number("start-index")
        size = min(visit.number("max-results", 25), MOST)
        shown = posts[start - 1 : start - 1 + size]
        extra = (
            f"<openSearch:totalResults>{len(posts)}</openSearch:totalResults>"
            f"<openSearch:startIndex>{start}</openSearch:startIndex>"
            f"<openSearch:itemsPerPage>{size}</openSearch:itemsPerPage><generator>Blogger</generator>"
        )
        changed = max((post.modified for post in posts), default=self.desk.now)
        if visit.query.get("alt") == "rss":
            return xml.answer(xml.rss(self.name, self.url, map(self.item, shown), extra), xml.RSS, changed)
        return xml.answer(xml.atom(self.name, self.url, map(self.item, shown), extra), xml.ATOM, changed)

    def item(self, post: Post) -> xml.Item:
        """A post as an entry; RSS has no place for the text but the description."""
        words = post.html if self.feed == "full" else escape(post.lead)
        return xml.Item(
            title=post.title,
            link=self.address(post),
            published=post.published,
            summary="" if self.feed == "full" else words,
            content=words if self.feed == "full" else "",
            guid=f"{BLOG}.post-{post.id}",
            author=post.author,
            updated=post.modified,
        )

    def comments_feed(self, visit: Visit) -> Reply:
        """Comments: entries that lead to articles and are none."""
        items = [
            xml.Item("Terima kasih.", f"{self.address(post)}?showComment={post.id}#c{post.id}", post.published)
            for post in self.posts()[:5]
        ]
        return text(xml.atom(f"Komentar di {self.name}", self.url, items), xml.ATOM)

    def sitemap(self, visit: Visit) -> Reply | None:
        """One list, or an index of `?page=N` where there are more than 150 posts."""
        posts, number = self.posts(), visit.number("page", 0)
        if len(posts) > MOST and not number:
            pages = range(1, -(-len(posts) // MOST) + 1)
            return text(xml.sitemap_index((f"{self.url}/sitemap.xml?page={n}", None) for n in pages), xml.XML)
        shown = self.shown(posts, number or 1, MOST)
        return text(xml.sitemap((self.address(post), post.modified) for post in shown), xml.XML)


def _slug(post: Post) -> str:
    return slug_of((*post.former, post.slug)[0])
