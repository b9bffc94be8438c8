"""What the tests of publication share: sources, articles of every awkward kind, and a reader that holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.home import Config
from crawler.models import Image
from crawler.storage.reading import StoredArticle, StoredSource
from feeds.catalog import catalog, published_sources
from feeds.entry import Feed, feed_of
from feeds.render.elements import VERSION
from feeds.selection import LIMIT, select

CONFIG = Config(base_url="https://kabar.example/umpan/", contact="redaksi@kabar.example")
NOON = datetime(2026, 1, 28, 5, 0, tzinfo=UTC)


def source(slug: str, **facts: object) -> StoredSource:
    """A source with one article, unless told otherwise."""
    usual: dict[str, object] = {
        "slug": slug, "name": slug.title(), "kind": "official", "homepage": f"https://{slug}.example/",
        "publisher": "", "zone": "Asia/Jakarta", "language": "id", "republish": "full", "articles": 1, "state": "new",
    }  # fmt: skip
    return StoredSource(**{**usual, **facts})  # type: ignore[arg-type]


def article(number: int, slug: str = "kanwil", **facts: object) -> StoredArticle:
    """An article of a source, `number` minutes after noon, unless told otherwise."""
    at = NOON + timedelta(minutes=number)
    usual: dict[str, object] = {
        "id": number, "entry_id": f"urn:uuid:00000000-0000-5000-8000-{number:012d}", "source": slug,
        "url": f"https://{slug}.example/berita/{number}", "title": f"Berita {number}",
        "body_html": f"<p>Isi berita {number}.</p>", "published": at, "published_precision": "second",
        "entered": at, "feed_time": at, "changed_at": at, "change": number,
    }  # fmt: skip
    return StoredArticle(**{**usual, **facts})  # type: ignore[arg-type]


class FakeReader:
    """A database in a list: the same answers as the real reader, and a count of the questions."""

    def __init__(self, sources: list[StoredSource], articles: list[StoredArticle]) -> None:
        self.articles = articles
        self.asked = 0
        self._sources = sources

    def change(self) -> int:
        return max((article.change for article in self.articles), default=0)

    def sources(self) -> list[StoredSource]:
        counts = {slug: sum(1 for a in self.articles if a.source == slug) for slug in {s.slug for s in self._sources}}
        return [replace(source, articles=counts[source.slug]) for source in self._sources]

    def newest(self, source: str | None = None, limit: int = LIMIT) -> list[StoredArticle]:
        self.asked += 1
        chosen = [article for article in self.articles if source in (None, article.source)]
        return sorted(chosen, key=lambda article: (-article.feed_time.timestamp(), article.entry_id))[:limit]

    def withdrawn(self, source: str | None = None, since: datetime | None = None) -> datetime | None:
        return None


KANWIL = source("kanwil", name="Kanwil Kemenkum Malut", zone="Asia/Jayapura")
PERS = source("pers", name="Koran R&D <Banten>", kind="press", republish="summary")

COMMON = article(
    1,
    title="Kanwil Kemenkum Malut Dampingi 12 UMKM Daftarkan Merek",
    body_html="<p><strong>Ternate</strong> – Kantor wilayah mendampingi 12 usaha.</p>"
    '<p><img src="https://kanwil.example/a.jpg" alt="Foto"> '
    '<a href="https://kanwil.example/merek?a=1&amp;b=2">Syaratnya</a> ada di laman.</p>',
    author="Humas Kanwil Malut",
    published=NOON - timedelta(hours=2),
    updated=NOON + timedelta(hours=1),
    feed_time=NOON + timedelta(hours=1),
    changed_at=NOON + timedelta(hours=1, seconds=30),
    summary="Dua belas UMKM di Ternate didampingi mendaftarkan mereknya.",
    images=(Image("https://kanwil.example/a.jpg", "Foto: Humas"), Image("https://kanwil.example/b.png")),
    categories=("Kekayaan Intelektual",),
    tags=("merek", "UMKM", "kekayaan intelektual"),
    language="id",
)
EXCERPT = article(
    2,
    "pers",
    title="Lapas Serang Panen Sayur",
    body_html="<p>" + "Warga binaan memanen sayur di kebun belakang. " * 20 + "RAHASIA.</p>",
    author="Siti",
    images=(Image("https://pers.example/foto?id=7"),),
    language="en",
)
MICROBLOG = article(3, title="", body_html="<p>Layanan paspor hari ini <em>tutup</em> pukul 12.00 WIT.</p>")
BARE = article(4, title="Tanpa isi", body_html="", summary=None, published_precision="none")
BY_DAY = article(
    5,
    title="Apel pagi",
    published=datetime(2026, 1, 27, 15, 0, tzinfo=UTC),  # 00.00 WIT on the 28th
    published_precision="day",
)
HOSTILE = article(
    6,
    title='Judul ]]> & <b>tebal</b> &amp; "kutip" 😀 \x00\x08\x1b\x85\ufffe\ud800 مرحبا بالعالم',
    body_html="<p>Isi ]]&gt; &amp;amp; 😀 \x0b\x1f\uffff \u202eשלום &lt;script&gt;alert(1)&lt;/script&gt;</p>",
    summary="Ringkasan ]]> &amp; <script>alert(1)</script>",
    author="O'Brien <o@x.example>\x00",
    tags=("a<b", "c&d", " "),
)

SAMPLES: dict[str, list[StoredArticle]] = {
    "common": [COMMON, EXCERPT],
    "empty": [],
    "untitled": [MICROBLOG, BARE],
    "by-day": [BY_DAY],
    "hostile": [HOSTILE],
}


def reader(articles: list[StoredArticle]) -> FakeReader:
    """A reader over both sources."""
    return FakeReader([KANWIL, PERS], articles)


def feed(articles: list[StoredArticle], config: Config = CONFIG) -> Feed:
    """The News Feed of these articles."""
    held = reader(articles)
    spec = catalog(held.sources(), config)[0]
    return feed_of(spec, select(held, spec), published_sources(held.sources(), config), config)


def golden(content: bytes) -> bytes:
    """A rendered feed with the program's version left out, as the golden files have it."""
    named = content.replace(f"newsfeed {VERSION}<".encode(), b"newsfeed VERSION<")
    return named.replace(f'version="{VERSION}">newsfeed<'.encode(), b'version="VERSION">newsfeed<')
