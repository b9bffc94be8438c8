"""An office's portal in CodeIgniter with Bootstrap: a splash page, cards, and pages by an offset in the path.

A card's title is no link; its button "Selengkapnya" is. Nothing names a feed or a sitemap, and each article has the
newest others beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from loopback import Reply

from kit.cms import Cms, Handler, Visit, document, redesigned_article, redesigned_listing
from kit.newsroom import Post, long_date


class CodeIgniter(Cms):
    """The portal. `splash` is the page of a campaign that stands before it."""

    name = "Bapas Contoh"
    splash = True

    def address(self, post: Post) -> str:
        """By number and slug."""
        return f"{self.url}/index.php/berita/read/{post.id}/{post.slug}"

    def table(self) -> Sequence[tuple[str, Handler]]:
        """A controller and a method each."""
        return (
            (r"/", self.front if self.splash else self.home),
            (r"/index\.php/home", self.home),
            (r"/index\.php/berita(?:/index(?:/(?P<offset>\d*))?)?", self.listing),
            (r"/index\.php/berita/read/(?P<id>\d+)/[^/]*", self.article),
            (r"/index\.php/profil", lambda visit: self.page("Profil", "<h1>Profil</h1><p>Profil kantor.</p>")),
        )

    def posts(self) -> Sequence[Post]:
        """What everybody sees."""
        return self.desk.readable()

    def front(self, visit: Visit) -> Reply:
        """A picture that is a link."""
        return Reply(document(self.name, '<center><a href="/index.php/home"><img src="/masuk.png"></a></center>'))

    def home(self, visit: Visit) -> Reply:
        """The newest six."""
        return self.page(self.name, f'<div class="row">{"".join(map(self.card, self.posts()[:6]))}</div>')

    def listing(self, visit: Visit) -> Reply:
        """Ten from an offset on, with the pages around it."""
        posts, offset = self.posts(), visit.number("offset", 0)
        shown, current = posts[offset : offset + self.per_page], offset // self.per_page
        if self.design == "redesigned":
            following = self.page_url(current + 1) if current + 1 < self.pages(posts) else ""
            return self.page("Berita", redesigned_listing([(self.address(one), one.title) for one in shown], following))
        near = range(max(0, current - 2), min(self.pages(posts), current + 3))
        pager = "".join(
            f"<strong>{n + 1}</strong>" if n == current else f'<a href="{self.page_url(n)}">{n + 1}</a>' for n in near
        )
        last = f'<a href="{self.page_url(self.pages(posts) - 1)}">Last &rsaquo;</a>'
        return self.page("Berita", f'<div class="row">{"".join(map(self.card, shown))}</div><div>{pager}{last}</div>')

    def page_url(self, number: int) -> str:
        """The address of a page of the list, counted from 0."""
        return f"{self.url}/index.php/berita/index/{number * self.per_page or ''}"

    def article(self, visit: Visit) -> Reply | None:
        """An article, and the newest others."""
        post = self.desk.number(visit.parts["id"])
        if post is None or post.protected:
            return None
        if self.design == "redesigned":
            return self.page(post.title, redesigned_article(post))
        text = "".join(f"<p>{escape(words)}</p>" for words in post.paragraphs)
        others = "".join(f'<li><a href="{self.address(one)}">{escape(one.title)}</a></li>' for one in self.posts()[:4])
        return self.page(
            post.title,
            f'<h1 class="judul">{escape(post.title)}</h1><div class="info">Diposting oleh : {post.author} | '
            f"{long_date(post.published)} | {post.published:%H:%M} WIB | Dibaca : {post.id} kali</div>"
            f'<div class="isi">{text}</div><h3>Berita Lainnya</h3><ul>{others}</ul>',
        )

    def card(self, post: Post) -> str:
        """A card of Bootstrap's."""
        url = self.address(post)
        return (
            f'<div class="col-md-4"><div class="card"><a href="{url}"><img src="/img/{post.id}.jpg"></a>'
            f'<div class="card-body"><small>{long_date(post.published)}</small><h5 class="card-title">'
            f'{escape(post.title)}</h5><p class="card-text">{escape(post.paragraphs[0][:80])}...</p>'
            f'<a href="{url}" class="btn btn-primary">Selengkapnya</a></div></div></div>'
        )

    def page(self, title: str, main: str) -> Reply:
        """The frame."""
        menu = "".join(
            f'<li><a href="{self.url}/index.php/{path}">{words}</a></li>'
            for path, words in (("home", "Beranda"), ("profil", "Profil Kantor Kami"), ("berita", "Berita"))
        )
        return Reply(document(title, f"<div><ul>{menu}</ul></div><div>{main}</div><div>Hak cipta {self.name}</div>"))
