"""One writer, three readers and builds at once, for a while: nobody is locked out, and nobody sees half a change.

`NEWSFEED_SOAK` says for how many seconds, 10 unless set; `pytest --long` makes them 60.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from crawling import ROOT

from crawler.home import Home
from crawler.models import Source
from crawler.storage import sources
from crawler.storage.check import whole
from crawler.storage.copying import open_beside
from crawler.storage.database import open_writer, transaction
from crawler.storage.reading import open_reader

NOW = datetime(2026, 1, 29, 3, tzinfo=UTC)

# Stores new articles and edits of old ones until the time is up; each has as many tags as its text says.
WRITER = """
import sys, time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from crawler.intake import take_discovered, take_fetched
from crawler.models import Article, Discovered, Fetched, Link
from crawler.storage.database import open_writer

def article(number, version):
    url = f"https://warta.example/{number}/"
    tags = tuple(f"tag{n}" for n in range(version))
    return Link(url=url, source="warta"), Article(
        url=url, canonical_url=url, title=f"Panen {number}", paragraphs=(f"Panen {version} kg di blok {number}.",) * 20,
        body_html=f"<p>{version}</p>", tags=tags)

end, now = time.monotonic() + float(sys.argv[2]), datetime(2026, 1, 29, 3, tzinfo=UTC)
db, number = open_writer(Path(sys.argv[1])), 0
while time.monotonic() < end or number < 20:
    number, now = number + 1, now + timedelta(seconds=1)
    link, new = article(number, 1)
    batch = tuple(article(number + 1_000_000 * n, 1) for n in (1, 2, 3))
    take_discovered(db, Discovered(source="warta", strategy="feed", url="u", articles=batch), now)
    take_fetched(db, Fetched(link=link, article=new), now)
    link, edited = article(max(1, number // 2), 2)
    take_fetched(db, Fetched(link=link, article=edited), now)
print(number)
"""

# Opens the database again and again, and looks whether what it sees fits together.
READER = """
import sys, time
from pathlib import Path
from crawler.storage.reading import open_reader

end, looks, last = time.monotonic() + float(sys.argv[2]), 0, 0
while time.monotonic() < end or looks < 3:
    with open_reader(Path(sys.argv[1])) as reader:
        change, count = reader.change(), reader.sources()[0].articles
        newest = reader.newest(limit=200)
        for article in newest:
            assert f"<p>{len(article.tags)}</p>" == article.body_html, article
            assert article.change <= change
        assert (reader.change(), reader.sources()[0].articles) == (change, count)
        assert change >= last
    looks, last = looks + 1, change
print(looks)
"""

BUILDER = """
import sys, time
from pathlib import Path
from crawler.home import Home, load_config
from feeds.build import build

home, end, builds = Home(Path(sys.argv[1]).parent), time.monotonic() + float(sys.argv[2]), 0
while time.monotonic() < end or builds < 2:
    build(home, load_config(home))
    builds += 1
print(builds)
"""


def test_writer_readers_and_builds_together(tmp_path: Path, site: Source, soak_seconds: float) -> None:
    home = Home(tmp_path)
    db = open_writer(home.database)
    with transaction(db):
        sources.save(db, [site], NOW)
    db.close()
    programs = [WRITER, READER, READER, READER, BUILDER]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(home.database), str(soak_seconds)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for program in programs
    ]  # fmt: skip
    ended = [(*process.communicate(timeout=soak_seconds + 120), process.returncode) for process in processes]
    assert [(code, errors) for _, errors, code in ended] == [(0, "")] * len(programs)
    written = int(ended[0][0])
    with open_beside(home.database) as left:
        assert whole(left) == []
    with open_reader(home.database) as reader:
        assert reader.sources()[0].articles == 4 * written
