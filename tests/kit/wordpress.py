"""WordPress 6.8 as it comes, with Twenty Twenty-Five: pages without validators, feeds with, REST, core sitemaps.

Settings are what owners and plugins change: permalinks, who may use REST, how much a feed tells, whether there is a
sitemap, and an AMP plugin. https://developer.wordpress.org/rest-api/ and the core files named below say the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

from loopback import Asked, Reply

from kit import wordpress_feeds, wordpress_rest, wordpress_sitemaps, wordpress_theme
from kit.cms import Cms, Handler, Visit, document, redesigned_article, redesigned_listing, redirect, text
from kit.newsroom import Post, slug_of

Rest = Literal["open", "rest_route only", "closed 401", "html"]


class WordPress(Cms):
    """A WordPress. With `permalinks = "plain"` every address is a query of `/`, REST's too."""

    rest: Rest = "open"
    feed: Literal["full", "partial", "gone"] = "full"
    sitemap: Literal["lastmod", "no lastmod", "none"] = "lastmod"
    permalinks: Literal["pretty", "plain"] = "pretty"
    amp = False

    # -- events ------------------------------------------------------------------------------------------------------

    def close_rest(self, how: Rest = "closed 401") -> None:
        """A security plugin shuts REST."""
        self.rest = how

    def drop_feed(self) -> None:
        """A plugin takes the feeds away."""
        self.feed = "gone"

    # -- addresses ---------------------------------------------------------------------------------------------------

    def address(self, post: Post) -> str:
        """`/slug/`, or the number."""
        return f"{self.url}/{post.slug}/" if self.permalinks == "pretty" else f"{self.url}/?p={post.id}"

    def at_page(self, number: int, folder: str = "/") -> str:
        """A page of the front page's list, or of a category's, whose folder ends in a slash."""
        if number == 1:
            return self.url + folder
        is_pretty = self.permalinks == "pretty"
        return f"{self.url}{folder}page/{number}/" if is_pretty else f"{self.url}{folder}?paged={number}"

    @property
    def rest_url(self) -> str:
        """Where a page says that REST is."""
        is_pretty = self.permalinks == "pretty" and self.rest != "rest_route only"
        return f"{self.url}/wp-json/" if is_pretty else f"{self.url}/index.php?rest_route=/"

    @property
    def feed_url(self) -> str:
        """Where a page says that the feed is."""
        return f"{self.url}/feed/" if self.permalinks == "pretty" else f"{self.url}/?feed=rss2"

    def table(self) -> Sequence[tuple[str, Handler]]:
        """Plain addresses work on every WordPress, pretty ones where rewriting is on."""
        plain = ((r"/robots\.txt", self.robots), (r"/(?:index\.php)?", self.front))
        return (*plain, *self.rewritten()) if self.permalinks == "pretty" else plain

    def rewritten(self) -> Sequence[tuple[str, Handler]]:
        """What WordPress's own rewrite rules add."""
        rest = () if self.rest == "rest_route only" else ((r"/wp-json(?P<route>/.*)?", self.rest_answer),)
        return (
            *rest,
            (r"/feed(?:/(?:rss2?|atom|rdf))?/?", self.main_feed),
            (r"/comments/feed/?", self.comments_feed),
            (r"/category/(?P<category>[a-z-]+)/feed/?", self.main_feed),
            (r"/category/(?P<category>[a-z-]+)/(?:page/(?P<page>\d+)/?)?", self.listing),
            (r"/(?P<name>(?:wp-)?sitemap[a-z0-9-]*)\.xml", self.sitemap_answer),
            (r"/page/(?P<page>\d+)/?", self.listing),
            (r"/(?P<slug>tentang-kami)/", self.static_page),
            (r"/(?P<slug>[a-z0-9-]+)/feed/?", self.comments_feed),
            (r"/(?P<slug>[a-z0-9-]+)/amp/?", self.amp_twin),
            (r"/(?P<slug>[a-z0-9-]+)/?", self.article),
        )

    # -- handlers ----------------------------------------------------------------------------------------------------

    def answer(self, asked: Asked) -> Reply:
        """Every page tells where REST is, in a header too."""
        reply = super().answer(asked)
        if reply.status == 200 and not reply.headers and self.rest == "open":
            return Reply(reply.body, headers={"Link": f'<{self.rest_url}>; rel="https://api.w.org/"'})
        return reply

    def front(self, visit: Visit) -> Reply | None:
        """The site's root, where the query chooses: REST, a feed, a post by number, a page of the listing."""
        if "rest_route" in visit.query:
            return self.rest_answer(visit)
        if "feed" in visit.query:
            is_comments = visit.query["feed"].startswith("comments")
            return self.comments_feed(visit) if is_comments else self.main_feed(visit)
        if "p" in visit.query:
            return self.by_number(visit)
        return self.listing(visit)

    def by_number(self, visit: Visit) -> Reply | None:
        """`/?p=12`: the post, or a redirect to its pretty address."""
        post = self.desk.number(visit.query["p"])
        if post and self.permalinks == "pretty":
            return redirect(self.address(post))
        return self.post_page(post) if post else None

    def rest_answer(self, visit: Visit) -> Reply | None:
        """REST as far as it is open; a site that answers with HTML shows its front page."""
        if self.rest == "html":
            return self.listing(visit)
        route = visit.parts.get("route") or visit.query.get("rest_route") or "/"
        return wordpress_rest.answer(self, route, visit.query)

    def robots(self, visit: Visit) -> Reply:
        """The virtual robots.txt."""
        lines = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n"
        return text(f"{lines}\nSitemap: {self.url}/wp-sitemap.xml\n" if self.sitemap != "none" else lines)

    def listing(self, visit: Visit) -> Reply | None:
        """The newest posts, of one category perhaps; behind the last page there is nothing."""
        posts, number = self.chosen(visit), visit.number("page", visit.number("paged"))
        shown, total = self.shown(posts, number), self.pages(posts)
        if not shown and number > 1:
            return None
        folder = f"/category/{visit.parts['category']}/" if "category" in visit.parts else "/"
        if self.design == "redesigned":
            following = self.at_page(number + 1, folder) if number < total else ""
            body = redesigned_listing([(self.address(post), post.title) for post in shown], following)
            return Reply(document(self.name, body, head=self.head()))
        body = wordpress_theme.listing(self, shown, [self.at_page(n, folder) for n in range(1, total + 1)], number)
        return Reply(document(self.name, body, 'class="home blog wp-embed-responsive"', self.head()))

    def article(self, visit: Visit) -> Reply | None:
        """A post; from a slug it once had, a redirect (wp_old_slug_redirect)."""
        slug = visit.parts["slug"]
        if post := self.desk.at(slug):
            return self.post_page(post)
        moved = next((post for post in self.desk.listed() if slug in post.former), None)
        return redirect(self.address(moved)) if moved else None

    def post_page(self, post: Post) -> Reply:
        """A post's own page."""
        title = f"{wordpress_rest.shown_title(post)} – {self.name}"
        head = self.head() + f'\n<link rel="canonical" href="{self.address(post)}">'
        head += f'\n<link rel="shortlink" href="{self.url}/?p={post.id}">'
        if self.rest == "open" and self.permalinks == "pretty":
            own = f"{self.rest_url}wp/v2/posts/{post.id}"
            head += f'\n<link rel="alternate" title="JSON" type="application/json" href="{own}">'
        if self.amp:
            head += f'\n<link rel="amphtml" href="{self.address(post)}amp/">'
        if self.design == "redesigned" and not post.protected:
            return Reply(document(title, redesigned_article(post), head=head))
        classes = (
            f'class="wp-singular post-template-default single single-post postid-{post.id} single-format-standard"'
        )
        return Reply(document(title, wordpress_theme.single(self, post), classes, head))

    def amp_twin(self, visit: Visit) -> Reply | None:
        """The same post as AMP, where the plugin is there; else WordPress guesses the post and redirects."""
        post = self.desk.at(visit.parts["slug"])
        if post is None or post.protected:
            return None
        if not self.amp:
            return redirect(self.address(post))
        script = '<script async src="https://cdn.ampproject.org/v0.js"></script>'
        head = f'<link rel="canonical" href="{self.address(post)}">{script}'
        body = f'<article class="amp-wp-article"><h1 class="amp-wp-title">{escape(post.title)}</h1>'
        body += f'<div class="amp-wp-article-content">{post.html}</div></article>'
        return Reply(document(post.title, body, 'class="amp-wp single-post"', head))

    def static_page(self, visit: Visit) -> Reply:
        """A page, which is no post."""
        body = '<main><h1 class="wp-block-post-title">Tentang Kami</h1><div class="wp-block-post-content"></div></main>'
        return Reply(document(f"Tentang Kami – {self.name}", body, 'class="page page-id-2"', self.head()))

    def main_feed(self, visit: Visit) -> Reply | None:
        """The feed of all posts or of a category, unless a plugin took it away."""
        if self.feed == "gone":
            return Reply(document("Galat", "<p>Tidak ada umpan.</p>"), status=410)
        return wordpress_feeds.posts_feed(self, self.chosen(visit), visit.number("paged"))

    def comments_feed(self, visit: Visit) -> Reply | None:
        """Comments on one post or on all."""
        posts = [post for post in self.desk.readable() if visit.parts.get("slug", post.slug) == post.slug]
        return wordpress_feeds.comments_feed(self, posts) if posts and self.feed != "gone" else None

    def sitemap_answer(self, visit: Visit) -> Reply | None:
        """Core's sitemaps, unless a plugin took them away."""
        return wordpress_sitemaps.answer(self, visit.parts["name"]) if self.sitemap != "none" else None

    # -- small things ------------------------------------------------------------------------------------------------

    def chosen(self, visit: Visit) -> Sequence[Post]:
        """The posts of the category in the path, else all."""
        name = visit.parts.get("category")
        return [post for post in self.desk.listed() if name is None or slug_of(post.category) == name]

    def head(self) -> str:
        """wp_head(): feeds and REST are named where they are open."""
        alternate = '<link rel="alternate" type="application/rss+xml" title="'
        comments = f"{self.url}/comments/feed/" if self.permalinks == "pretty" else f"{self.url}/?feed=comments-rss2"
        feeds = (
            f'{alternate}{self.name} &raquo; Feed" href="{self.feed_url}">\n'
            f'{alternate}{self.name} &raquo; Umpan Komentar" href="{comments}">\n'
        )
        rest = f'<link rel="https://api.w.org/" href="{self.rest_url}">\n' if "html" not in self.rest else ""
        return (feeds if self.feed != "gone" else "") + rest + '<meta name="generator" content="WordPress 6.8.3">'
