"""Random histories of a site against a simple model: each article once, under one id, as it was last seen.

The site publishes, edits, renames, moves, repeats itself and takes things down; an operator hides and takes apart. All
of it is read from pages, which are kept, so that at any time they can be read again, and that changes nothing.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crawler.annotator import annotator
from crawler.extraction import extract_page
from crawler.grouping import group
from crawler.home import Home
from crawler.intake import take_article
from crawler.models import Capture, Link, Page, Source
from crawler.replay.reprocess import reprocess
from crawler.storage import check, merges, sources, takedowns
from crawler.storage.database import open_writer, transaction
from crawler.storage.page_reading import Wanted
from crawler.storage.pages import open_pages
from crawler.storage.revisions import remove

BEGIN = datetime(2026, 1, 5, 2, tzinfo=UTC)
SOURCE = Source(slug="warta", name="Warta", kind="press", homepage="https://warta.example/", pace_group="warta")
HEADLINES = ("Panen Raya di Lapas", "Razia Blok Hunian", "Senam Pagi Bersama", "Remisi Natal Diserahkan")
VOCABULARY = (
    "lapas warga binaan petugas kepala kegiatan program panen kebun razia blok remisi surat keluarga layanan "
    "kunjungan pelatihan keterampilan koperasi kesehatan dokter dapur sidak kamar hunian apel pagi regu pengamanan "
    "kerja sama dinas pertanian kabupaten provinsi kantor wilayah menteri arahan laporan hasil jumlah hari senin"
).split()


@dataclass(eq=False)
class Place:
    """A post of the site: its number and slug, what was last seen there, its key in storage, and whether it is there.

    `is_hidden`: the operator gave its address, to take it down.
    """

    number: int
    slug: str
    seen: tuple[str, str] | None = None
    key: int = 0
    is_alive: bool = True
    is_hidden: bool = False


@dataclass(eq=False)
class Piece:
    """An article as its site has it, in the places where it was posted, and what a reader must have of it.

    Readers see what the leading place shows: the first, until it is taken down and another one is there.
    """

    title: str
    words: list[str]
    published: datetime
    places: list[Place]
    entry_id: str = ""
    is_parted: bool = False  # a person has taken a copy of it apart, and neither is posted again
    lead: Place = field(init=False)

    def __post_init__(self) -> None:
        self.lead = self.places[0]

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def settle(self) -> None:
        """Another place takes the lead where the leading one is gone."""
        alive = [place for place in self.places if place.is_alive and place.seen]
        if not self.lead.is_alive and alive:
            self.lead = alive[0]

    @property
    def is_hidden(self) -> bool:
        return any(place.is_hidden for place in self.places)

    @property
    def shown(self) -> tuple[str, str] | None:
        return self.lead.seen if self.lead.is_alive and not self.is_hidden else None


class Crashed(Exception):
    """The process dies here."""


class History(RuleBasedStateMachine):
    """A site and an operator, met in whatever way and order, with crashes."""

    @initialize(shows_ids=st.booleans(), seed=st.integers(0, 2**32))
    def begin(self, shows_ids: bool, seed: int) -> None:
        self.random = random.Random(seed)
        self.shows_ids = shows_ids
        self.host = "warta.example"
        self.now = BEGIN
        self.pieces: list[Piece] = []
        self.edits = 0
        self.stack = ExitStack()
        self.home = Home(Path(self.stack.enter_context(tempfile.TemporaryDirectory())))
        self.db = open_writer(self.home.database)
        self.stack.callback(self.db.close)
        self.pages = self.stack.enter_context(open_pages(self.home.pages_db))
        with transaction(self.db):
            sources.save(self.db, [SOURCE], self.now)
        self.annotate = annotator(self.db, self.home.gazetteer_dir)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            with self.stack:
                assert check.whole(self.db) + check.keys(self.db) + check.orphans(self.db) == []

    # -- what the site does ------------------------------------------------------------------------------------------

    @rule(headline=st.sampled_from(HEADLINES))
    def publish(self, headline: str) -> None:
        """Headlines repeat; the words and the counts are its own."""
        number = 1000 + 7 * len(self.pieces)
        words = [*self.random.choices(VOCABULARY, k=70), str(number), "orang", str(self.random.randrange(10**6))]
        slug = f"{headline.lower().replace(' ', '-')}-{len(self.pieces)}"
        self.pieces.append(Piece(headline, words, self.now, [Place(number, slug)]))

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
        place = data.draw(st.sampled_from(self.pieces)).places[0]
        place.slug = f"{place.slug}-lagi"

    @precondition(lambda self: self.shows_ids or all(len(piece.places) == 1 for piece in self.pieces))
    @rule()
    def move_host(self) -> None:
        """A site that shows no ids has to keep its headlines and texts while it moves: every page is met first."""
        for host in (self.host, f"baru-{self.host}"):
            self.host = host
            for piece in self.pieces:
                self.take(piece, piece.places[0], *self.met(piece, piece.places[0], "page"))

    @precondition(lambda self: any(not piece.is_parted for piece in self.seen()))
    @rule(data=st.data(), times=st.integers(1, 2))
    def repeat(self, data: st.DataObject, times: int) -> None:
        """The same text is posted once more, under another number and slug, while the posts before it show it too."""
        piece = data.draw(st.sampled_from([piece for piece in self.seen() if not piece.is_parted]))
        first = piece.places[0]
        if times >= len(piece.places):
            piece.places.append(Place(first.number + len(piece.places), f"{first.slug}-salinan-{len(piece.places)}"))
        for place in piece.places:
            self.take(piece, place, *self.met(piece, place, "page"))

    @rule(hours=st.integers(1, 30))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    # -- what the program meets --------------------------------------------------------------------------------------

    @precondition(lambda self: self.pieces)
    @rule(data=st.data(), way=st.sampled_from(("rest", "feed", "page", "amp", "shared", "http", "short")))
    def sight(self, data: st.DataObject, way: str) -> None:
        piece = data.draw(st.sampled_from(self.pieces))
        self.take(piece, piece.places[0], *self.met(piece, piece.places[0], way))

    @precondition(lambda self: self.pieces)
    @rule(data=st.data())
    def sight_and_crash(self, data: st.DataObject) -> None:
        """Nothing of a transaction that was broken off stays; the page that is kept does no harm."""
        piece = data.draw(st.sampled_from(self.pieces))
        link, page = self.met(piece, piece.places[0], "page")
        before = list(self.db.iterdump())
        with suppress(Crashed), transaction(self.db):
            take_article(self.db, link, extract_page(page, SOURCE, self.now), self.now)
            raise Crashed
        assert list(self.db.iterdump()) == before

    @precondition(lambda self: self.seen())
    @rule(data=st.data())
    def lose(self, data: st.DataObject) -> None:
        """A post answers with 404."""
        piece = data.draw(st.sampled_from(self.seen()))
        place = data.draw(st.sampled_from([place for place in piece.places if place.seen]))
        self.now += timedelta(seconds=1)
        with transaction(self.db):
            assert remove(self.db, place.key, "HTTP 404", self.now) is place.is_alive
        place.is_alive = False
        piece.settle()

    # -- what the operator does --------------------------------------------------------------------------------------

    @precondition(lambda self: self.seen())
    @rule(data=st.data(), does_hide=st.booleans())
    def hide_or_unhide(self, data: st.DataObject, does_hide: bool) -> None:
        """By the address of any of the posts: one take-down hides all, and any of them lifts it."""
        piece = data.draw(st.sampled_from(self.seen()))
        place = data.draw(st.sampled_from([place for place in piece.places if place.seen]))
        (url,) = self.db.execute("select url from articles where id = ?", (place.key,)).fetchone()
        if does_hide:
            assert takedowns.hide(self.db, url, "alasan", self.now)
        else:
            assert bool(takedowns.unhide(self.db, url, None, self.now)) is piece.is_hidden
        if not does_hide:
            for one in piece.places:
                one.is_hidden = False
        elif not piece.is_hidden:
            place.is_hidden = True

    @precondition(lambda self: self.seen())
    @rule(data=st.data())
    def take_apart(self, data: st.DataObject) -> None:
        """A copy is shown again for good, under an id of its own, whatever it was copied from."""
        piece = data.draw(st.sampled_from(self.seen()))
        dropped = [place for place in piece.places[1:] if place.seen and place is not piece.lead]
        with transaction(self.db):
            keys = [place.key for place in dropped or [piece.lead]]
            undone = merges.undo(self.db, keys[0], "two events", self.now)
        assert undone is bool(dropped)
        if not dropped:
            return
        piece.places.remove(dropped[0])
        other = Piece(piece.title, list(piece.words), piece.published, [dropped[0]], is_parted=True)
        other.entry_id, piece.is_parted = self.entry_id(dropped[0]), True
        self.pieces.append(other)

    @precondition(lambda self: self.seen())
    @rule()
    def read_again(self) -> None:
        """The program reads all kept pages once more, as well as before."""
        group(self.db, self.now)
        before = list(self.db.iterdump())
        done = asyncio.run(
            reprocess(self.home, {SOURCE.slug: SOURCE}, Wanted(), lambda: self.now, lambda _: None, jobs=1)
        )
        assert (done.changed, done.new, done.refused, done.damaged) == (0, [], [], [])
        assert list(self.db.iterdump()) == before

    # -- helpers -----------------------------------------------------------------------------------------------------

    def seen(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.entry_id]

    def entry_id(self, place: Place) -> str:
        return str(self.db.execute("select entry_id from articles where id = ?", (place.key,)).fetchone()[0])

    def met(self, piece: Piece, place: Place, way: str) -> tuple[Link, Page]:
        """How a crawl meets a post in one of its ways."""
        home = f"https://{self.host}/{place.slug}/"
        url = {
            "amp": f"{home}amp/", "shared": f"{home}?utm_source=wa", "http": home.replace("https", "http"),
            "short": f"https://{self.host}/?p={place.number}",
        }.get(way, home)  # fmt: skip
        guid = f"https://warta.example/?p={place.number}"
        link = Link(url, "warta", guid=guid if way == "feed" else None)
        if way == "rest":
            native = f"wp:{place.number}" if self.shows_ids else None
            body, published = f"<p>{piece.text}</p>", piece.published.isoformat()
            link = Link(url, "warta", native=native, title=piece.title, published=published, body=body)
            return link, Page(url, b"", None, link)
        mark = f"single postid-{place.number}" if self.shows_ids else "single"
        html = (
            f'<!doctype html><html lang="id"><head><link rel="canonical" href="{home}"></head>'
            f'<body class="{mark}"><article class="post hentry"><h1 class="entry-title">{piece.title}</h1>'
            f'<time class="entry-date published" datetime="{piece.published.isoformat()}">x</time>'
            f'<div class="entry-content"><p>{piece.text}</p></div></article></body></html>'
        )
        return link, Page(home if way == "short" else url, html.encode(), "text/html", link)

    def take(self, piece: Piece, place: Place, link: Link, page: Page) -> None:
        """Store a sighting as a crawl does, the page first, and note in the model what it must have come to."""
        self.now += timedelta(seconds=1)
        article = extract_page(page, SOURCE, self.now)
        self.pages.keep([Capture(page, self.now)], self.now)
        with transaction(self.db):
            verdict = take_article(self.db, link, article, self.now, annotate=self.annotate)
        seen = article.title.casefold(), "\n\n".join(article.paragraphs)
        if place.seen is None:
            assert verdict == ("new" if len(piece.places) == 1 else "copy")
            place.key = self.db.execute("select max(id) from articles").fetchone()[0]
            piece.entry_id = piece.entry_id or self.entry_id(place)
        else:
            assert verdict not in ("new", "copy")
        assert (verdict == "edited") is (place.seen is not None and place.seen != seen)
        self.edits += verdict == "edited"
        place.seen, place.is_alive = seen, True
        piece.settle()

    # -- what holds at any time --------------------------------------------------------------------------------------

    @invariant()
    def each_is_there_once_under_its_id_as_it_was_last_seen(self) -> None:
        if hasattr(self, "db"):
            rows = self.db.execute("select * from articles where withheld is null and removed is null")
            shown = sorted((row["entry_id"], (row["title"].casefold(), row["body_text"])) for row in rows)
            assert shown == sorted((piece.entry_id, piece.shown) for piece in self.seen() if piece.shown)

    @invariant()
    def every_edit_is_a_revision(self) -> None:
        if hasattr(self, "db"):
            kinds = [row["class"] for row in self.db.execute("select class from revisions")]
            assert len([kind for kind in kinds if kind not in ("removed", "restored")]) == self.edits


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
