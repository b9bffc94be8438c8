"""From a real database to a real feed reader (PyPI `reader`), over HTTP, in all three formats."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from feed_samples import CONFIG
from reader import make_reader

from crawler.home import Home
from crawler.models import Article, Image, Source
from crawler.storage import articles, sources
from crawler.storage.database import open_writer, transaction
from feeds.build import build
from feeds.server import app, listen

NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)
SOURCES = (
    Source("kanwil", "Kanwil Kemenkum Malut", "official", "https://kanwil.example/", zone="Asia/Jayapura"),
    Source("pers", "Koran R&D", "press", "https://pers.example/", republish="summary"),
)
TITLES = ("Apel pagi", "Cara pakai <b> & AT&T", "Panen raya 😀", "مرحبا بالعالم")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose database holds four articles of two sources, one of them without a date."""
    made = Home(tmp_path / "home")
    db = open_writer(made.database)
    with transaction(db):
        sources.save(db, SOURCES, NOW)
        for n, title in enumerate(TITLES):
            article = Article(
                url=f"https://a.example/{n}?x=1&y=2",
                canonical_url=f"https://a.example/{n}?x=1&y=2",
                title=title,
                paragraphs=(f"Isi {n}.",),
                body_html=f"<p>Isi {n}.</p>",
                author="Humas" if n % 2 else None,
                published=datetime(2026, 1, 28, n, tzinfo=UTC) if n else None,
                published_precision="second" if n else "none",
                images=(Image("https://a.example/x.jpg"),),
                tags=("Lapas",),
            )
            articles.insert(db, SOURCES[n % 2].slug, f"urn:uuid:00000000-0000-5000-8000-{n:012}", article, "poll", NOW)
    db.close()
    return made


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    """Where the built files are served."""
    build(home, CONFIG)
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app(home.public), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


def test_a_reader_sees_the_same_in_all_formats(address: str) -> None:
    seen = {}
    for format_ in ("rss", "atom", "json"):
        reader = make_reader(":memory:")
        url = f"{address}feeds/all/news-feed.{format_}"
        reader.add_feed(url)
        reader.update_feeds()
        feed = reader.get_feed(url)
        assert (feed.title, feed.last_exception) == ("News Feed", None)
        seen[format_] = sorted(
            (entry.id, entry.title, entry.link, entry.published, entry.updated) for entry in reader.get_entries()
        )
        reader.close()
    assert seen["rss"] == seen["atom"] == seen["json"]
    assert [title for _, title, *_ in seen["rss"]] == list(TITLES)
    assert seen["rss"][0][3] == NOW  # no date of its own: first seen


def test_a_reader_that_comes_again_gets_nothing_twice(home: Home, address: str) -> None:
    reader = make_reader(":memory:")
    url = f"{address}feeds/all/news-feed.atom"
    reader.add_feed(url)
    first = reader.update_feed(url)
    assert first is not None
    assert first.new == 4
    home.publish_db.unlink()
    assert build(home, CONFIG).written == ()
    assert reader.update_feed(url) is None  # 304
    reader.close()
