"""All traps at once: no good article is lost beside any, none of them makes an article, nothing leads inside.

Each server is a good source with one trap in it (`trapped`); one crawl meets them all, in a process whose memory is
measured, and every trap is reported by itself.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from crawling import PROGRAM, ROOT
from trapped import BAD, GOOD, PLACES, Trap, Ward, opened, write_records
from traps_documents import FEEDS, OTHERS, PAGES
from traps_wire import WIRE

from crawler.text.clean import absolute, sanitise
from crawler.text.inward import is_private_name

sys.path.append(str(ROOT / "tests" / "bench"))
from spent import Spent, spent

TRAPS: dict[str, Trap] = {
    **{f"wire: {name}": trap for name, trap in WIRE.items()},
    **{f"page: {name}": trap for name, trap in PAGES.items()},
    **{f"feed: {name}": trap for name, trap in FEEDS.items()},
    **OTHERS,
}
MOST_MEMORY = 400  # MB, of the whole process


@dataclass(frozen=True)
class Met:
    """What a crawl came to: its cost, and the articles of each trap's source by their paths."""

    cost: Spent
    stored: dict[str, dict[str, str]]
    ward: Ward


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Met]:
    home = tmp_path_factory.mktemp("guards")
    with opened(TRAPS) as ward:
        slugs = write_records(home, TRAPS, ward)
        settings = {"NEWSFEED_BACKOFF": 0.05, "DOWNLOAD_TIMEOUT": 8}
        cost = spent(PROGRAM, home=str(home), times=["2026-01-29T10:00:00+07:00"], only_due=False, settings=settings)
        yield Met(cost, {name: articles(home, slug) for name, slug in slugs.items()}, ward)


def articles(home: Path, slug: str) -> dict[str, str]:
    with closing(sqlite3.connect(home / "newsfeed.db")) as db:
        told = "canonical_url || body_html || coalesce(image, '')"
        rows = db.execute(f"select url, {told} from articles where source = ?", (slug,)).fetchall()
    return {urlsplit(url).path: told for url, told in rows}


@pytest.mark.parametrize("name", TRAPS)
def test_trap(met: Met, name: str) -> None:
    trap, stored = TRAPS[name], met.stored[name]
    if trap.place != "robots" or trap.stored:
        assert {f"/berita-{n}/" for n in GOOD} <= set(stored), "a good article is lost"
    if trap.place == "page":
        assert (f"/berita-{BAD}/" in stored) is trap.stored
    if trap.place == "robots" and not trap.stored:
        assert met.ward.asked[name] == [PLACES["robots"]] * len(met.ward.asked[name]), "was asked, though nobody may"
    assert set(stored) <= {f"/berita-{n}/" for n in (*GOOD, BAD)}
    assert "127.0.0.2" not in "".join(stored.values())
    assert "root:" not in "".join(stored.values())


def test_nothing_was_asked_inside(met: Met) -> None:
    assert met.ward.inner == []


def test_nothing_went_wrong_with_us(met: Met) -> None:
    [report] = met.cost.output
    assert report["errors"] == []


def test_all_of_it_takes_little_memory(met: Met) -> None:
    assert met.cost.memory < MOST_MEMORY


def test_every_trap_ends(met: Met) -> None:
    assert max(len(asked) for asked in met.ward.asked.values()) <= 60


# -- what readers are led to -----------------------------------------------------------------------------------------

INWARD = [
    "http://127.0.0.1/a", "http:\\\\127.0.0.1\\a", "http:/10.0.0.1/a", "//192.168.1.1/a", "/\\192.168.1.1/a", "http://0/",
    "ht\ntp://127.0.0.1/", "http://\uff11\uff12\uff17.0.0.1/", "http://%31%32%37.0.0.1/", "http://127\u30020.0.1/",
    "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/", "http://[2606:4700::5efe:a00:1]/", "http://100.64.0.1/",
    "http://169.254.169.254/latest", "http://192.0.0.8/", "http://localhost:631/", "http://router/", "http://nas.local/",
    "http://printer.home.arpa./", "http://4294967297/", "https://user:pass@8.8.8.8/", "javascript:alert(1)", "data:,x",
]  # fmt: skip
OUTWARD = {
    "/a.jpg": "https://koran.example/a.jpg",
    "//cdn.example/a b.jpg": "https://cdn.example/a%20b.jpg",
    "https:\\\\cdn.example\\a.jpg": "https://cdn.example/a.jpg",
    "http://8.8.8.8/a": "http://8.8.8.8/a",
    "http://[2606:4700::1111]/a": "http://[2606:4700::1111]/a",
    "https://4.example:8443/a?b=\\c": "https://4.example:8443/a?b=\\c",
    "mailto:humas@koran.example": "mailto:humas@koran.example",
}


@pytest.mark.parametrize("address", INWARD)
def test_no_article_leads_its_readers_inside(address: str) -> None:
    assert absolute(address, "https://koran.example/berita/") is None
    html = sanitise(f'<p>a <a href="{address}">b</a> <img src="{address}"></p>', "https://koran.example/berita/")
    assert re.findall(r"(?:href|src)=", html) == []


@pytest.mark.parametrize(("address", "full"), OUTWARD.items())
def test_what_is_outside_stays(address: str, full: str) -> None:
    assert absolute(address, "https://koran.example/berita/") == full


def test_page_that_is_inside_itself_may_lead_there() -> None:
    assert absolute("/a.jpg", "http://10.0.0.5/b/") == "http://10.0.0.5/a.jpg"
    assert absolute("http://intra/a.jpg", "http://10.0.0.5/b/") == "http://intra/a.jpg"


@pytest.mark.parametrize("name", ["", "x", "1.2.3", "999.1.1.1", "a..b", "\ud800", "1" * 5_000])
def test_any_name_has_an_answer(name: str) -> None:
    found: Any = is_private_name(name)
    assert found in (True, False)
