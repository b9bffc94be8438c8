"""An office's own application that names its feeds on one inner page only, "Layanan RSS", and in no `<link>`.

One of the two feeds there is of announcements, which are files; the home page shows three articles and no list.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from loopback import Reply

from kit import xml
from kit.cms import Cms, Handler, Visit, document, redesigned_article, text
from kit.newsroom import Post, long_date


class Portal(Cms):
    """The application; its feed of news holds every article, as summaries."""

    name = "Balai Contoh"

    def address(self, post: Post) -> str:
        """`/publikasi/berita/12/slug`."""
        return f"{self.url}/publikasi/berita/{post.id}/{post.slug}"

    def table(self) -> Sequence[tuple[str, Handler]]:
        """Pages and the two feeds."""
        return (
            (r"/robots\.txt", lambda visit: text("User-agent: *\nDisallow: /admin\n")),
            (r"/", self.home),
            (r"/layanan-rss", self.feeds_page),
            (r"/umpan/berita\.xml", self.news),
            (r"/umpan/pengumuman\.xml", self.announcements),
            (r"/publikasi/berita/(?P<id>\d+)(?:/[a-z0-9-]*)?", self.article),
        )

    def home(self, visit: Visit) -> Reply:
        """A greeting and three articles."""
        cards = "".join(
            f'<div class="col"><a href="{self.address(post)}"><h5>{escape(post.title)}</h5></a></div>'
            for post in self.desk.readable()[:3]
        )
        footer = f'<footer><a href="{self.url}/layanan-rss">Layanan RSS</a></footer>'
        return Reply(document(self.name, f'<h1>Selamat datang</h1><div class="row">{cards}</div>{footer}'))

    def feeds_page(self, visit: Visit) -> Reply:
        """The feeds as plain links."""
        names = ("pengumuman", "berita")
        items = "".join(f'<li><a href="{self.url}/umpan/{name}.xml">RSS {name}</a></li>' for name in names)
        return Reply(document("Layanan RSS", f"<h1>Layanan RSS</h1><ul>{items}</ul>"))

    def news(self, visit: Visit) -> Reply:
        """All articles, newest first."""
        items = [
            xml.Item(post.title, self.address(post), post.published, summary=escape(post.lead))
            for post in self.desk.readable()
        ]
        return text(xml.rss(f"Berita {self.name}", self.url, items), "text/xml")

    def announcements(self, visit: Visit) -> Reply:
        """Files, which are no articles."""
        items = [
            xml.Item(f"Pengumuman Nomor {n}", f"{self.url}/berkas/pengumuman-{n}.pdf", self.desk.now)
            for n in range(1, 6)
        ]
        return text(xml.rss(f"Pengumuman {self.name}", self.url, items), "text/xml")

    def article(self, visit: Visit) -> Reply | None:
        """An article by its number; the rest of the address is decoration."""
        post = self.desk.number(visit.parts["id"])
        if post is None or post.protected:
            return None
        if self.design == "redesigned":
            return Reply(document(post.title, redesigned_article(post)))
        paragraphs = "".join(f"<p>{escape(words)}</p>" for words in post.paragraphs)
        body = (
            f'<div class="container"><h2 class="fw-bold">{escape(post.title)}</h2><div class="text-muted">'
            f'{long_date(post.published)} | {post.author}</div><div class="konten">{paragraphs}</div></div>'
        )
        return Reply(document(f"{post.title} - {self.name}", body))
