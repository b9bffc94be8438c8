"""Articles of an invented press office, and what becomes of them: they are edited, trashed, scheduled, protected.

The office has a clock of its own, which each event moves on by a minute and `tomorrow` by a day, so that a test is the
same at any hour. Texts are made when they are asked for: thousands of posts cost nothing until a page shows them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

WIB = timezone(timedelta(hours=7))
OPENING = datetime(2026, 1, 29, 8, 0, tzinfo=WIB)
BETWEEN = timedelta(hours=7)  # two posts: 103 of them in 30 days

UNITS = ("Lapas Serang", "Rutan Rangkasbitung", "Lapas Cilegon", "Bapas Serang", "LPKA Tangerang", "Rutan Pandeglang")
DEEDS = (
    "Panen {n} Kilogram Sayur di Lahan Asimilasi",
    "& Dinas Kesehatan Periksa {n} Warga Binaan",
    "Serahkan {n} Paket Sembako kepada Warga Sekitar",
    "Razia Kamar Hunian, {n} Barang Terlarang Disita",
    "Latih {n} Warga Binaan Membuat Batik Tulis",
)
CATEGORIES = ("Berita Utama", "Pembinaan")
AUTHORS = ("Dewi Contoh", "Raka Misal")
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()

Status = Literal["publish", "draft", "trash"]


@dataclass(frozen=True, slots=True)
class Post:
    """One article; times carry the office's offset. `former` holds slugs it had before, oldest first."""

    id: int
    slug: str
    title: str
    published: datetime
    modified: datetime
    status: Status = "publish"
    protected: bool = False
    edition: int = 1
    former: tuple[str, ...] = ()
    copy_of: Post | None = None

    @property
    def category(self) -> str:
        """The one section it stands in."""
        return CATEGORIES[self.id % len(CATEGORIES)]

    @property
    def author(self) -> str:
        """Who wrote it."""
        return AUTHORS[self.id % len(AUTHORS)]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text without markup; each edition counts other people, and a copy has the text that it was made of."""
        if self.copy_of:
            return self.copy_of.paragraphs
        n, unit = self.id, UNITS[self.id % len(UNITS)]
        day = f"{DAYS[self.published.weekday()]} ({self.published.day}/{self.published.month}/{self.published.year})"
        text = (
            f"SERANG – {unit} melaksanakan kegiatan ke-{n} bersama warga binaan di aula utama, {day}. "
            f"Sebanyak {1000 * self.edition + n} orang mengikutinya sejak pagi hingga selesai.\n"
            f"Kepala {unit} mengatakan kegiatan nomor {n} adalah bagian dari pembinaan kemandirian yang sudah "
            "berjalan sepanjang tahun ini dan akan terus dilanjutkan bersama pemerintah daerah.\n"
            f"Hasil kegiatan dicatat petugas dalam buku register halaman {n}, lalu dilaporkan kepada Kantor Wilayah "
            "Direktorat Jenderal Pemasyarakatan Banten pada sore hari yang sama."
        )
        return tuple(text.split("\n"))

    @property
    def lead(self) -> str:
        """The first sentence."""
        return self.paragraphs[0].partition(". ")[0] + "."

    @property
    def html(self) -> str:
        """The text as the block editor saves it."""
        return "\n\n".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)


class Newsroom:
    """All posts of an office, by number, and its clock."""

    def __init__(self, count: int = 25) -> None:
        self.now = OPENING
        newest = OPENING - timedelta(minutes=30)
        self.posts = {n: _written(n, newest - (count - n) * BETWEEN) for n in range(1, count + 1)}

    def listed(self) -> Sequence[Post]:
        """What the site shows of itself, newest first: protected posts too, whose titles are no secret."""
        shown = [post for post in self.posts.values() if post.status == "publish" and post.published <= self.now]
        return sorted(shown, key=lambda post: (post.published, post.id), reverse=True)

    def readable(self) -> Sequence[Post]:
        """What anybody may read, newest first."""
        return [post for post in self.listed() if not post.protected]

    def at(self, slug: str) -> Post | None:
        """The listed post that has a slug."""
        return next((post for post in self.listed() if post.slug == slug), None)

    def number(self, text: str) -> Post | None:
        """The listed post that has a number."""
        post = self.posts.get(int(text)) if text.isascii() and text.isdigit() else None
        return post if post is not None and post.status == "publish" and post.published <= self.now else None

    # -- events ------------------------------------------------------------------------------------------------------

    def tomorrow(self) -> str:
        """Let a day pass; gives the time of a crawl two hours after opening, in ISO form."""
        self.now = (self.now + timedelta(days=1)).replace(hour=8, minute=0)
        return (self.now + timedelta(hours=2)).isoformat()

    def publish(self) -> Post:
        """A new post."""
        self._tick()
        return self._keep(_written(len(self.posts) + 1, self.now))

    def repost(self, number: int) -> Post:
        """The same headline and text once more, as a post of its own, whose address WordPress would tell apart so."""
        post = self.posts[number]
        again = replace(self.publish(), title=post.title, slug=f"{post.slug}-2", copy_of=post)
        return self._keep(again)

    def schedule(self, hours: float = 12) -> Post:
        """A post that appears later by itself; as in WordPress, it keeps the time of its last edit as `modified`."""
        self._tick()
        return self._keep(replace(_written(len(self.posts) + 1, self.now + timedelta(hours=hours)), modified=self.now))

    def draft(self) -> Post:
        """A post that nobody may see yet."""
        return self._change(self.publish().id, status="draft")

    def edit(self, number: int, *, title: str | None = None) -> Post:
        """Other figures in the text, and perhaps another headline, under the same address."""
        post = self.posts[number]
        return self._change(number, edition=post.edition + 1, title=title or post.title)

    def trash(self, number: int) -> Post:
        """Take a post down."""
        return self._change(number, status="trash")

    def protect(self, number: int) -> Post:
        """Put a post behind a password."""
        return self._change(number, protected=True)

    def rename_slug(self, number: int, slug: str) -> Post:
        """Give a post another address."""
        post = self.posts[number]
        return self._change(number, slug=slug, former=(*post.former, post.slug))

    def _change(self, number: int, **values: object) -> Post:
        self._tick()
        return self._keep(replace(self.posts[number], modified=self.now, **values))  # type: ignore[arg-type]

    def _keep(self, post: Post) -> Post:
        self.posts[post.id] = post
        return post

    def _tick(self) -> None:
        self.now += timedelta(minutes=1)


def slug_of(text: str) -> str:
    """A text as part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def gmt(at: datetime) -> str:
    """A time in UTC without its offset, as WordPress writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def long_date(at: datetime) -> str:
    """A date in words: `29 Januari 2026`."""
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def _written(n: int, at: datetime) -> Post:
    title = f"{UNITS[n % len(UNITS)]} {DEEDS[n % len(DEEDS)].format(n=n + 400)}"
    return Post(n, slug_of(title), title, published=at, modified=at)
