"""Small sites for crawls over loopback: pages, feeds, listings and a WordPress, made from a few facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from loopback import Asked, Reply, Route

RSS = {"Content-Type": "application/rss+xml"}


def story(n: int, extra: str = "") -> str:
    """Two paragraphs that say which article they belong to."""
    return (
        f"<p>Serang – Lapas Kelas IIA Serang menggelar kegiatan ke-{n} bersama warga binaan di aula utama, "
        f"Rabu (28/1/2026). Kegiatan nomor {n} ini diikuti {n + 20} peserta dari berbagai blok hunian.{extra}</p>"
        f"<p>Kepala Lapas berharap kegiatan ke-{n} dapat berlanjut setiap bulan dan membawa manfaat bagi semua "
        "peserta yang mengikutinya dengan sungguh-sungguh sejak pagi.</p>"
    )


def title(n: int) -> str:
    """A headline of its own for each article."""
    return f"Lapas Serang Gelar Kegiatan Pembinaan Nomor {n}"


def page(site: str, n: int, extra: str = "") -> str:
    """An article's page in a default WordPress theme."""
    address = f"{site}/berita-{n}/"
    return f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title(n)} - Warta</title>
<link rel="canonical" href="{address}"><meta property="og:site_name" content="Warta"></head>
<body class="single single-post"><header><nav><a href="/">Beranda</a></nav></header>
<article class="post hentry"><h1 class="entry-title">{title(n)}</h1>
<div class="entry-meta"><span class="byline">Oleh <span class="author vcard"><a class="url fn n" href="/author/ani/">Ani
Contoh</a></span></span>
<time class="entry-date published" datetime="2026-01-{n % 27 + 1:02}T08:00:00+07:00">x</time></div>
<div class="entry-content">{story(n, extra)}</div></article><footer>Hak cipta Warta</footer></body></html>"""


def pages(site: str, numbers: Sequence[int]) -> dict[str, Route]:
    """Routes of article pages."""
    return {f"/berita-{n}/": page(site, n) for n in numbers}


def feed(site: str, numbers: Sequence[int]) -> str:
    """An RSS feed with summaries only."""
    items = "".join(
        f"<item><title>{title(n)}</title><link>{site}/berita-{n}/</link><guid>{site}/?p={n}</guid>"
        f"<pubDate>Wed, {n % 27 + 1:02} Jan 2026 01:00:00 +0000</pubDate><description>Ringkas {n}</description></item>"
        for n in numbers
    )
    channel = f"<channel><title>Warta</title><link>{site}/</link>{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'


def listing(site: str, numbers: Sequence[int]) -> str:
    """A page of article links."""
    items = "".join(
        f'<article><h2 class="entry-title"><a href="{site}/berita-{n}/">{title(n)}</a></h2></article>' for n in numbers
    )
    return f'<!doctype html><html lang="id"><body><main>{items}</main></body></html>'


def posts(site: str, numbers: Sequence[int], modified: Mapping[int, str] | None = None) -> list[dict[str, object]]:
    """WordPress posts as its REST interface gives them; `modified` holds edited ones' times."""
    edits = modified or {}
    return [
        {
            "id": n,
            "date": f"2026-01-{n % 27 + 1:02}T08:00:00",
            "date_gmt": f"2026-01-{n % 27 + 1:02}T01:00:00",
            "modified_gmt": edits.get(n, f"2026-01-{n % 27 + 1:02}T01:00:00"),
            "status": "publish",
            "link": f"{site}/berita-{n}/",
            "slug": f"berita-{n}",
            "guid": {"rendered": f"{site}/?p={n}"},
            "title": {"rendered": title(n)},
            "content": {
                "rendered": story(n, " Data telah diperbarui 5 kali." if n in edits else ""),
                "protected": False,
            },
            "excerpt": {"rendered": f"<p>Ringkas {n}</p>", "protected": False},
            "_embedded": {"author": [{"name": "Ani Contoh"}]},
        }
        for n in numbers
    ]


def wordpress(held: list[dict[str, object]]) -> Route:
    """The posts collection: ordering, paging, `modified_after`; `held` may change while the site is up."""

    def route(asked: Asked) -> Reply:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        key = "modified_gmt" if query.get("orderby") == "modified" else "date_gmt"
        after = query.get("modified_after", "").rstrip("Z")
        chosen = [post for post in held if str(post["modified_gmt"]) > after]
        chosen.sort(key=lambda post: (str(post[key]), str(post["id"])), reverse=query.get("order", "desc") == "desc")
        size, number = int(query.get("per_page", 10)), int(query.get("page", 1))
        shown = chosen[(number - 1) * size : number * size]
        headers = {"Content-Type": "application/json; charset=UTF-8", "X-WP-Total": str(len(chosen))}
        if number > 1 and not shown:
            return Reply('{"code":"rest_post_invalid_page_number","message":"no"}', status=400, headers=headers)
        return Reply(json.dumps(shown), headers=headers)

    return route
