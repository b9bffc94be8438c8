"""ASP.NET Web Forms: each page stands in one form, has the same title, and no heading; its grid is paged by postback.

So no more than the first page of the grid can be reached, by whatever way.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from loopback import Reply

from kit.cms import Cms, Handler, Visit, redesigned_article, redesigned_listing
from kit.newsroom import DAYS, Post, long_date


class WebForms(Cms):
    """The site."""

    name = "Divisi Contoh"

    def address(self, post: Post) -> str:
        """By number."""
        return f"{self.url}/detail.aspx?id={post.id}"

    def truth(self) -> dict[str, str]:
        """What the first page of the grid leads to."""
        return {self.address(post): post.title for post in self.posts()[: self.per_page]}

    def table(self) -> Sequence[tuple[str, Handler]]:
        """One file each."""
        return (
            (r"/(?:default\.aspx)?", self.home),
            (r"/berita\.aspx", self.listing),
            (r"/detail\.aspx", self.article),
        )

    def posts(self) -> Sequence[Post]:
        """What everybody sees."""
        return self.desk.readable()

    def home(self, visit: Visit) -> Reply:
        """The newest five."""
        links = (f'<div><a href="detail.aspx?id={post.id}">{escape(post.title)}</a></div>' for post in self.posts()[:5])
        return self.page("".join(links))

    def listing(self, visit: Visit) -> Reply:
        """A grid, whose pages are no addresses."""
        posts = self.posts()[: self.per_page]
        if self.design == "redesigned":
            return self.page(redesigned_listing([(f"detail.aspx?id={post.id}", post.title) for post in posts], ""))
        rows = "".join(
            f'<tr><td><span id="ctl00_tgl">{post.published:%d/%m/%Y}</span></td><td><a href="detail.aspx?id={post.id}">'
            f"{escape(post.title)}</a></td></tr>"
            for post in posts
        )
        pager = "".join(f"<td><a href=\"javascript:__doPostBack('grid','Page${n}')\">{n}</a></td>" for n in range(2, 5))
        return self.page(f'<table id="ctl00_grid">{rows}<tr>{pager}</tr></table>')

    def article(self, visit: Visit) -> Reply:
        """An article of labels."""
        post = self.desk.number(visit.query.get("id", ""))
        if post is None or post.protected:
            return Reply("Runtime Error", status=500)
        if self.design == "redesigned":
            return self.page(redesigned_article(post))
        day = f"{DAYS[post.published.weekday()]}, {long_date(post.published)}"
        text = "".join(f"<p>{escape(words)}</p>" for words in post.paragraphs)
        return self.page(
            f'<span id="ctl00_lblJudul">{escape(post.title)}</span><br /><span id="ctl00_lblTanggal">{day}</span><br />'
            f'<span id="ctl00_lblIsi">{text}</span>'
        )

    def page(self, main: str) -> Reply:
        """The master page."""
        return Reply(
            f"<html><head><title>\r\n\t{self.name}\r\n</title></head><body>"
            '<form method="post" action="./default.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" '
            'value="/wEPDwUKLTk2Mzc4" /><div><a href="default.aspx">Beranda</a> <a href="berita.aspx">Berita</a></div>'
            f'<div id="ctl00_pnl">{main}</div><span id="ctl00_lblFooter">{self.name}</span></form></body></html>'
        )
