"""A loopback WordPress of realistic size in a process of its own, so that serving costs the measured ones nothing.

Its posts have 2 to 4 kB of text, as releases do, and its pages some 39 kB, most of them the styles that WordPress
writes into every head. All of it is made when it is asked for.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from multiprocessing.managers import BaseManager
from typing import Any

from kit.newsroom import OPENING, UNITS, Newsroom, Post
from kit.wordpress import WordPress

NEW, EDITED = 5, 3
BETWEEN = timedelta(hours=1)  # two posts: the most pages that a first crawl takes are all of its 30 days

SENTENCES = (
    "Kegiatan yang berlangsung di {unit} itu dihadiri pejabat struktural, petugas jaga, serta {n} warga binaan.",
    "Peserta dibagi ke dalam {few} kelompok agar setiap orang memperoleh kesempatan berlatih yang sama.",
    "Menurut catatan petugas, {n} peserta dinyatakan lulus dan berhak menerima sertifikat dari balai latihan kerja.",
    "“Kami ingin mereka pulang dengan bekal yang cukup, bukan sekadar menunggu masa pidana selesai,” ujarnya.",
    "Bahan baku didatangkan dari pemasok setempat, sehingga biaya dapat ditekan sampai {few} persen dari rencana.",
    "Pemerintah daerah menyatakan siap membantu pemasaran hasil karya melalui pameran yang digelar setiap triwulan.",
    "Pengawasan dilakukan berlapis oleh regu pengamanan, dan seluruh peralatan dihitung kembali setelah dipakai.",
    "Tim kesehatan turut memeriksa tekanan darah {n} orang sebelum acara dimulai dan menemukan semuanya sehat.",
    "Program tersebut sejalan dengan arahan kantor wilayah mengenai ketahanan pangan dan kemandirian warga binaan.",
    "Keluarga yang datang berkunjung pada hari itu dapat melihat hasil karya tersebut di ruang layanan terpadu.",
    "Pada tahun sebelumnya kegiatan serupa hanya diikuti {few} orang, sehingga capaian kali ini dinilai membanggakan.",
)
STYLED = "paragraph heading list quote image gallery columns group button navigation query post-title site-logo".split()
STYLES = "".join(
    f":root :where(.wp-block-{block}.has-{size}-font-size){{font-size:var(--wp--preset--font-size--{size})!important;"
    f"padding-top:var(--wp--preset--spacing--{step});margin-block-start:var(--wp--style--block-gap)}}\n"
    for block in STYLED
    for size in ("small", "medium", "large", "x-large")
    for step in (20, 40, 60)
)


class LongPost(Post):
    """A post as long as a real one."""

    __slots__ = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Those of the kit, and five to eleven more."""
        return (*super().paragraphs, *(self._paragraph(n) for n in range(5 + self.id % 7)))

    def _paragraph(self, number: int) -> str:
        first = self.id + 3 * number
        chosen = (SENTENCES[(first + step) % len(SENTENCES)] for step in range(3))
        values = {"unit": UNITS[first % len(UNITS)], "n": 40 + self.id % 61 + number, "few": 5 + number}
        return " ".join(sentence.format(**values) for sentence in chosen)


class LargeNewsroom(Newsroom):
    """An office whose posts are long."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        for post in tuple(self.posts.values()):
            at = OPENING - timedelta(minutes=30) - (count - post.id) * BETWEEN
            self._keep(replace(post, published=at, modified=at))

    def _keep(self, post: Post) -> Post:
        return super()._keep(LongPost(**{field.name: getattr(post, field.name) for field in fields(Post)}))


class StyledWordPress(WordPress):
    """A WordPress with the styles that it writes into every page."""

    def head(self) -> str:
        """What the kit says, and the styles."""
        return f"{super().head()}\n<style id='global-styles-inline-css'>\n{STYLES}</style>"


class Served:
    """A site that is up from its making to its process's end. Values go in and out, as another process calls this."""

    def __init__(self, posts: int, **settings: Any) -> None:
        self._site = StyledWordPress(LargeNewsroom(posts), **settings).__enter__()

    def url(self) -> str:
        """Where it is."""
        return self._site.url

    def taken(self) -> list[str]:
        """What was asked for since this was last called, robots.txt left out."""
        return self._site.taken()

    def truth(self) -> dict[str, tuple[str, str]]:
        """Address -> title and text of every article."""
        desk = self._site.desk
        return {self._site.address(post): (post.title, "\n\n".join(post.paragraphs)) for post in desk.readable()}

    def happen(self) -> tuple[list[str], str]:
        """Publish some posts and edit some old ones; gives their addresses, and the time of a crawl after that."""
        desk = self._site.desk
        posts = [desk.publish() for _ in range(NEW)]
        posts += [desk.edit(number) for number in range(1, EDITED + 1)]
        return [self._site.address(post) for post in posts], desk.tomorrow()


class Sites(BaseManager):
    """The process; `Served(...)` starts a site in it and gives a proxy of it."""


Sites.register("Served", Served)
