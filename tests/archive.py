"""An archive of an article a day on loopback, told of by each kind of way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from crawling import ROOT
from loopback import Asked, Reply, Route
from pressroom import RSS, listing, page, posts, title, wordpress

ARCHIVE = range(1, 61)  # an article a day, number 1 the newest
NEWEST = date(2026, 1, 27)
SINCE = "2026-01-01"
WANTED = {f"/berita-{n}/" for n in range(1, 28)}


def day(n: int) -> str:
    return (NEWEST - timedelta(days=n - 1)).isoformat()


def archive_page(site: str, n: int) -> str:
    return page(site, n).replace(f"2026-01-{n % 27 + 1:02}T08", f"{day(n)}T08")


def archive_posts(site: str) -> list[dict[str, object]]:
    dated = {"date": "T08:00:00", "date_gmt": "T01:00:00", "modified_gmt": "T01:00:00"}
    return [
        post | {name: f"{day(n)}{clock}" for name, clock in dated.items()}
        for n, post in zip(ARCHIVE, posts(site, ARCHIVE), strict=True)
    ]


def rest(site: str) -> dict[str, Route]:
    """A REST interface that knows `after` and gives ten posts at most."""
    held = archive_posts(site)

    def route(asked: Asked) -> Reply:
        after = parse_qs(urlsplit(asked.path).query).get("after", [""])[0].rstrip("Z")
        answer = wordpress([post for post in held if str(post["date"]) > after])
        assert callable(answer)
        return answer(Asked(asked.path.replace("per_page=100", "per_page=10"), asked.headers, asked.at))

    return {"/wp-json/wp/v2/posts": route}


def deaf_rest(site: str) -> dict[str, Route]:
    """A REST interface that ignores `after`."""
    answer = wordpress(archive_posts(site))
    assert callable(answer)

    def route(asked: Asked) -> Reply:
        return answer(Asked(asked.path.replace("per_page=100", "per_page=10"), asked.headers, asked.at))

    return {"/wp-json/wp/v2/posts": route}


def tens() -> list[Sequence[int]]:
    return [ARCHIVE[begin : begin + 10] for begin in range(0, len(ARCHIVE), 10)]


def paged_feed(site: str) -> dict[str, Route]:
    def shown(numbers: Sequence[int]) -> Reply:
        items = "".join(
            f"<item><title>{title(n)}</title><link>{site}/berita-{n}/</link>"
            f"<pubDate>{day(n)}T08:00:00+07:00</pubDate></item>"
            for n in numbers
        )
        channel = f"<channel><generator>https://wordpress.org/</generator>{items}</channel>"
        return Reply(f'<rss version="2.0">{channel}</rss>', headers=RSS)

    return {f"/feed/{f'?paged={n}' if n > 1 else ''}": shown(numbers) for n, numbers in enumerate(tens(), 1)}


def undated_listing(site: str) -> dict[str, Route]:
    return {f"/b{f'?page={n}' if n > 1 else ''}": listing(site, numbers) for n, numbers in enumerate(tens(), 1)}


def sitemap(site: str) -> dict[str, Route]:
    """An index of dated sitemaps, two articles in each of them edited long after they were published."""

    def shown(numbers: Sequence[int]) -> str:
        entries = "".join(
            f"<url><loc>{site}/berita-{n}/</loc><lastmod>{day(1 if n in (29, 30) else n)}</lastmod></url>"
            for n in numbers
        )
        return f"<urlset>{entries}</urlset>"

    named = "".join(
        f"<sitemap><loc>{site}/post-sitemap{n}.xml</loc><lastmod>{day(numbers[0])}</lastmod></sitemap>"
        for n, numbers in enumerate(tens(), 1)
    )
    files: dict[str, Route] = {f"/post-sitemap{n}.xml": shown(numbers) for n, numbers in enumerate(tens(), 1)}
    return {"/sitemap.xml": f"<sitemapindex>{named}</sitemapindex>", **files}


def undated_sitemap(site: str) -> dict[str, Route]:
    """One file, the newest last."""
    entries = "".join(f"<url><loc>{site}/berita-{n}/</loc></url>" for n in reversed(ARCHIVE))
    return {"/sitemap.xml": f"<urlset>{entries}</urlset>"}


# Kind -> the way in its record, what the server has besides pages, and how many addresses a backfill may ask for:
# what it wants, and the pages of the archive that tell of it; some more where only an article tells its date.
KINDS: dict[str, tuple[dict[str, object], Callable[[str], dict[str, Route]], int]] = {
    "wordpress": ({"type": "wordpress", "url": "/wp-json/wp/v2"}, rest, 3),
    "wordpress that ignores `after`": ({"type": "wordpress", "url": "/wp-json/wp/v2"}, deaf_rest, 4),
    "paged feed": ({"type": "feed", "url": "/feed/"}, paged_feed, 27 + 4),
    "undated listing": ({"type": "listing", "url": "/b", "paging": "page"}, undated_listing, 40 + 4),
    "sitemaps": ({"type": "sitemap", "url": "/sitemap.xml"}, sitemap, 29 + 4),
    "undated sitemap": ({"type": "sitemap", "url": "/sitemap.xml"}, undated_sitemap, 60 + 1),
}


def start_backfill(home: Path, seconds: float = 60.0, at_once: int = 10_000) -> subprocess.Popen[str]:
    """A backfill in slices of so many seconds, with so many addresses of a sitemap at once, in the background."""
    code = f"import crawler.backfill as b; b.backfill.__kwdefaults__['seconds'] = {seconds}; "
    code += f"import crawler.discover.sitemap as s; s.MOST_AT_ONCE = {at_once}; "
    command = [sys.executable, "-c", code + "from feeds.cli import main; main()"]
    arguments = ["backfill", "warta", "--since", SINCE, "--home", str(home)]
    return subprocess.Popen([*command, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
