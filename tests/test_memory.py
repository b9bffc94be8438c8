"""Random histories of a site against a simple model: each article once, under one id, as it was last seen."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crawler.intake import take_article
from crawler.models import Article, Link, Source
from crawler.storage import sources
from crawler.storage.database import open_writer, transaction

BEGIN = datetime(2026, 1, 5, 2, tzinfo=UTC)
SOURCE = Source(slug="warta", name="Warta", kind="press", homepage="https://warta.example/", pace_group="warta")
HEADLINES = ("Panen Raya di Lapas", "Razia Blok Hunian", "Senam Pagi Bersama", "Remisi Natal Diserahkan")
VOCABULARY = (
    "lapas warga binaan petugas kepala kegiatan program panen kebun razia blok remisi surat keluarga layanan "
    "kunjungan pelatihan keterampilan koperasi kesehatan dokter dapur sidak kamar hunian apel pagi regu pengamanan "
    "kerja sama dinas pertanian kabupaten provinsi kantor wilayah menteri arahan laporan hasil jumlah hari senin"
).split()


@dataclass
class Piece:
    """An article as its site has it, and what a reader must have of it after the last sighting."""

    number: int
    slug: str
    title: str
    words: list[str]
    published: datetime
    entry_id: str | None = None
    seen: tuple[str, str] | None = None
    edits: int = 0
    copies: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.words)


class Crashed(Exception):
    """The process dies here."""


class History(RuleBasedStateMachine):
    """A site that publishes, edits, moves and repeats itself, met in whatever way and order, with crashes."""

    @initialize(shows_ids=st.booleans(), seed=st.integers(0, 2**32))
    def begin(self, shows_ids: bool, seed: int) -> None:
        self.random = random.Random(seed)
        self.shows_ids = shows_ids
        self.host = "warta.example"
        self.now = BEGIN
        self.pieces: list[Piece] = []
        self.folder = tempfile.TemporaryDirectory()
        self.db = open_writer(Path(self.folder.name) / "newsfeed.db")
        with transaction(self.db):
            sources.save(self.db, [SOURCE], self.now)

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.db.close()
            self.folder.cleanup()

    @rule(headline=st.sampled_from(HEADLINES))
    def publish(self, headline: str) -> None:
        """Headlines repeat; the words and the counts are its own."""
        number = 1000 + 7 * len(self.pieces)
        words = [*self.random.choices(VOCABULARY, k=70), str(number), "orang", str(self.random.randrange(10**6))]
        slug = f"{headline.lower().replace(' ', '-')}-{len(self.pieces)}"
        self.pieces.append(Piece(number, slug, headline, words, self.now))

    @precondition(lambda self: self.pieces)
    @rule(data=st.data(), way=st.sampled_from(("rest", "feed", "page", "amp", "shared", "http", "short")))
    def sight(self, data: st.DataObject, way: str) -> None:
        piece = data.draw(st.sampled_from(self.pieces))
        self.take(piece, *self.met(piece, way))

    @precondition(lambda self: self.pieces)
    @rule(data=st.data())
    def sight_and_crash(self, data: st.DataObject) -> None:
        """Nothing of a transaction that was broken off stays."""
        link, article = self.met(data.draw(st.sampled_from(self.pieces)), "page")
        before = list(self.db.iterdump())
        with suppress(Crashed), transaction(self.db):
            take_article(self.db, link, article, self.now)
            raise Crashed
        assert list(self.db.iterdump()) == before

    @precondition(lambda self: self.pieces)
    @rule(data=st.data(), what=st.sampled_from(("text", "title", "typography")))
    def edit(self, data: st.DataObject, what: str) -> None:
        piece = data.draw(st.sampled_from(self.pieces))
        if what == "text":
            piece.words[self.random.randrange(60)] = f"baru{self.random.randrange(10**6)}"
        elif what == "title":
            piece.title = f"{piece.title} {self.random.choice(VOCABULARY)}"
        else:
            piece.title = piece.title.upper()

    @precondition(lambda self: self.pieces and self.shows_ids)
    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        piece = data.draw(st.sampled_from(self.pieces))
        piece.slug = f"{piece.slug}-lagi"

    @rule()
    def move_host(self) -> None:
        """A site that shows no ids has to keep its headlines and texts while it moves: every page is met first."""
        for piece in self.pieces:
            self.take(piece, *self.met(piece, "page"))
        self.host = f"baru-{self.host}"
        for piece in self.pieces:
            self.take(piece, *self.met(piece, "page"))

    @precondition(lambda self: any(piece.seen for piece in self.pieces))
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """The same text is posted once more, under another number and slug."""
        piece = data.draw(st.sampled_from([piece for piece in self.pieces if piece.seen]))
        self.take(piece, *self.met(piece, "page"))
        link, article = self.met(replace(piece, number=piece.number + 1, slug=f"{piece.slug}-salinan"), "page")
        with transaction(self.db):
            assert take_article(self.db, link, article, self.now) in ("copy", "unchanged", "touched", "edited")

    @rule(hours=st.integers(1, 30))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def met(self, piece: Piece, way: str) -> tuple[Link, Article]:
        """How a crawl meets an article in one of its ways."""
        home = f"https://{self.host}/{piece.slug}/"
        url = {
            "amp": f"{home}amp/", "shared": f"{home}?utm_source=wa", "http": home.replace("https", "http"),
            "short": f"https://{self.host}/?p={piece.number}",
        }.get(way, home)  # fmt: skip
        native = f"wp:{piece.number}" if self.shows_ids else None
        article = Article(
            url=home if way == "short" else url,
            canonical_url=home,
            title=piece.title,
            paragraphs=(piece.text,),
            body_html=f"<p>{piece.text}</p>",
            published=piece.published,
            published_precision="second" if way == "rest" else "minute",
            native=native,
        )
        guid = f"https://warta.example/?p={piece.number}" if way == "feed" else None
        return Link(url=url, source="warta", native=native if way == "rest" else None, guid=guid), article

    def take(self, piece: Piece, link: Link, article: Article) -> None:
        with transaction(self.db):
            verdict = take_article(self.db, link, article, self.now)
        seen = article.title.casefold(), piece.text
        assert verdict == "new" if piece.seen is None else verdict != "new"
        assert (verdict == "edited") is (piece.seen is not None and piece.seen != seen)
        piece.edits += verdict == "edited"
        piece.seen = seen

    def shown(self) -> list[sqlite3.Row]:
        return self.db.execute("select * from articles where withheld is null and removed is null").fetchall()

    @invariant()
    def each_is_there_once_as_it_was_last_seen(self) -> None:
        if hasattr(self, "db"):
            expected = sorted(piece.seen for piece in self.pieces if piece.seen)
            assert sorted((row["title"].casefold(), row["body_text"]) for row in self.shown()) == expected

    @invariant()
    def ids_never_change(self) -> None:
        if not hasattr(self, "db"):
            return
        ids = {row["body_text"]: row["entry_id"] for row in self.shown()}
        for piece in self.pieces:
            if piece.seen:
                piece.entry_id = piece.entry_id or ids[piece.seen[1]]
                assert ids[piece.seen[1]] == piece.entry_id

    @invariant()
    def every_edit_is_a_revision(self) -> None:
        if hasattr(self, "db"):
            shown = {row["id"] for row in self.shown()}
            stored = [row["article_id"] for row in self.db.execute("select article_id from revisions")]
            assert sum(1 for article in stored if article in shown) == sum(piece.edits for piece in self.pieces)


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
