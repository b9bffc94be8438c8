"""An office's own PHP of 2009: `berita.php?id=12`, a list by `?hal=2`, no feed, no sitemap, no robots.txt.

Its traps: a calendar without end, a session id of its own in the links of every answer, a print view, an order by
column, and status 200 for everything, also for what is not there. Its pages are Windows-1252 in tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from loopback import Asked, Reply

from kit.cms import Cms, Handler, Visit, redesigned_article, redesigned_listing
from kit.newsroom import DAYS, Post, long_date


class OldPhp(Cms):
    """The site. `sessions` is PHP's `session.use_trans_sid`."""

    name = "Rutan Contoh"
    sessions = True

    def address(self, post: Post) -> str:
        """By number."""
        return f"{self.url}/berita.php?id={post.id}"

    def table(self) -> Sequence[tuple[str, Handler]]:
        """One script each."""
        return (
            (r"/(?:index\.php)?", self.home),
            (r"/arsip\.php", self.listing),
            (r"/berita\.php", self.article),
            (r"/cetak\.php", self.article),
            (r"/kalender\.php", self.calendar),
            (r"/profil\.php", lambda visit: self.page("Profil", "<p>Profil kantor.</p>")),
        )

    def answer(self, asked: Asked) -> Reply:
        """Windows-1252, and a new session for whoever brings none."""
        reply = super().answer(asked)
        body = reply.body if isinstance(reply.body, str) else reply.body.decode()
        if self.sessions and "PHPSESSID=" not in asked.path:
            session = f"PHPSESSID={len(self.asked):026x}"
            body = body.replace("<!--s-->", f"&amp;{session}").replace("<!--q-->", f"?{session}")
        headers = {"Content-Type": "text/html; charset=windows-1252", "Cache-Control": "no-store", **reply.headers}
        return replace(reply, body=body.encode("cp1252", "xmlcharrefreplace"), headers=headers)

    def posts(self) -> Sequence[Post]:
        """What everybody sees."""
        return self.desk.readable()

    def home(self, visit: Visit) -> Reply:
        """Five titles, and the way to all."""
        return self.page(self.name, self.rows(self.posts()[:5]) + '<a href="arsip.php<!--q-->">Arsip berita</a>')

    def listing(self, visit: Visit) -> Reply:
        """Ten a page; a page behind the end is empty."""
        posts, number = self.posts(), visit.number("hal")
        shown, total = self.shown(posts, number), self.pages(posts)
        if self.design == "redesigned":
            following = f"arsip.php?hal={number + 1}" if number < total else ""
            entries = [(f"berita.php?id={post.id}", post.title) for post in shown]
            return self.page("Arsip", redesigned_listing(entries, following))
        numbers = " ".join(f'<a href="arsip.php?hal={n}<!--s-->">{n}</a>' for n in range(1, total + 1) if n != number)
        order = f'<a href="arsip.php?hal={number}&amp;urut=judul<!--s-->">Urut judul</a>'
        return self.page("Arsip", f"{order}{self.rows(shown)}<p>Halaman: {numbers}</p>")

    def article(self, visit: Visit) -> Reply:
        """An article, or with status 200 the words that there is none."""
        post = self.desk.number(visit.query.get("id", ""))
        if post is None or post.protected:
            return self.page("Berita", "<p>Berita tidak ditemukan.</p>")
        if self.design == "redesigned":
            return self.page(post.title, redesigned_article(post))
        at = post.published
        text = "<br><br>".join(map(escape, post.paragraphs))
        return self.page(
            f"{post.title} | {self.name}",
            f'<table width="100%"><tr><td class="judul"><h2>{escape(post.title)}</h2></td></tr><tr><td class="tgl">'
            f"{DAYS[at.weekday()]}, {long_date(at)} {at:%H:%M} WIB | Penulis: {post.author}</td></tr><tr>"
            f'<td class="isi">{text}</td></tr></table><a href="cetak.php?id={post.id}<!--s-->">Cetak</a>',
        )

    def calendar(self, visit: Visit) -> Reply:
        """A month of days that all have a page, between a month before and a month after, for ever."""
        month, year = visit.number("bulan"), visit.number("tahun", 2026)
        days = "".join(
            f'<td><a href="kalender.php?tgl={year}-{month}-{day}<!--s-->">{day}</a></td>' for day in range(1, 29)
        )
        before, after = (month - 2) % 12 + 1, month % 12 + 1
        turns = (
            f'<a href="kalender.php?bulan={before}&amp;tahun={year - (month == 1)}<!--s-->">&laquo;</a>'
            f'<a href="kalender.php?bulan={after}&amp;tahun={year + (month == 12)}<!--s-->">&raquo;</a>'
        )
        return self.page("Agenda", f'<table class="kalender"><tr>{days}</tr></table>{turns}')

    def rows(self, posts: Sequence[Post]) -> str:
        """Titles with their days."""
        rows = "".join(
            f'<tr><td><a href="berita.php?id={post.id}<!--s-->">{escape(post.title)}</a><br><small>'
            f"{long_date(post.published)}</small></td></tr>"
            for post in posts
        )
        return f'<table class="daftar" width="100%">{rows}</table>'

    def page(self, title: str, main: str) -> Reply:
        """The frame of tables."""
        menu = (
            '<a href="index.php<!--q-->">Depan</a> <a href="profil.php<!--q-->">Profil</a> '
            '<a href="arsip.php<!--q-->">Berita</a> <a href="kalender.php?bulan=1&amp;tahun=2026<!--s-->">Agenda</a>'
        )
        return Reply(
            f"<HTML><HEAD><TITLE>{escape(title)}</TITLE></HEAD><BODY><TABLE width=800><TR><TD>{menu}</TD>"
            f"</TR><TR><TD>{main}</TD></TR></TABLE></BODY></HTML>"
        )
