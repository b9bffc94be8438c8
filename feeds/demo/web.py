"""What the example sites have in common as web servers: routes, answers, templates and pictures.

Every answer is a pure function of site, path and query: the same bytes on every machine.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined

from feeds.demo.content import Post, Site

_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
_WEEKDAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as a handler sees it: the site, the route's named parts, and the query."""

    site: Site
    parts: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str, default: int) -> int:
        """A whole number from the query, the default where it is absent or none."""
        text = self.query.get(name, "")
        return int(text) if text.isascii() and text.isdigit() else default


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site sends back; one with `modified` can be asked for conditionally."""

    body: bytes
    content_type: str = "text/html; charset=UTF-8"
    status: int = 200
    modified: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Visit], Answer | None]
Routes = Sequence[tuple[str, Handler]]


def route(routes: Routes, site: Site, path: str, query: Mapping[str, str]) -> Answer:
    """The answer of the first route whose pattern is the whole path, else a page that says 404."""
    for pattern, handler in routes:
        if found := re.fullmatch(pattern, path):
            parts = {name: value for name, value in found.groupdict().items() if value is not None}
            return handler(Visit(site, parts, query)) or not_found(site)
    return not_found(site)


def html(template: str, *, status: int = 200, modified: datetime | None = None, **values: object) -> Answer:
    """A page made from a template."""
    return Answer(_render(template, **values).encode(), status=status, modified=modified)


def fragment(template: str, **values: object) -> str:
    """Part of a page, for feeds and REST."""
    return _render(template, **values).strip()


def not_found(site: Site) -> Answer:
    """The page that an address without content gets."""
    return html("not_found.html", status=404, site=site)


def robots(disallow: str) -> Handler:
    """A handler of robots.txt that keeps crawlers out of one path only."""
    body = f"User-agent: *\nDisallow: {disallow}\n".encode()
    return lambda _visit: Answer(body, "text/plain; charset=UTF-8")


def picture(address: Callable[[Post], str]) -> Handler:
    """A handler that draws the picture of the post whose image has the path asked for."""

    def draw(visit: Visit) -> Answer | None:
        slug = next((post.slug for post in visit.site.posts if address(post) == visit.parts["image"]), None)
        return Answer(_drawing(slug).encode(), "image/svg+xml") if slug else None

    return draw


def page_of(posts: Sequence[Post], number: int, size: int) -> Sequence[Post]:
    """One page of a listing, counted from 1; empty beyond the end."""
    return posts[(number - 1) * size : number * size] if number >= 1 else ()


def pages(posts: Sequence[Post], size: int) -> int:
    """How many pages a listing has."""
    return -(-len(posts) // size)


def long_date(at: datetime) -> str:
    """A date in Indonesian words: `29 Januari 2026`."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def weekday_date(at: datetime) -> str:
    """A date with its weekday: `Kamis, 29 Januari 2026`."""
    return f"{_WEEKDAYS[at.weekday()]}, {long_date(at)}"


def month_first_date(at: datetime) -> str:
    """A date as CMSs with American defaults translate it: `Januari 29, 2026`."""
    return f"{_MONTHS[at.month - 1]} {at.day}, {at.year}"


def _drawing(slug: str) -> str:
    seed = zlib.crc32(slug.encode())
    return _render("picture.svg", hue=seed % 360, sun=160 + seed // 360 % 480, near=seed // 7 % 80, far=seed // 11 % 90)


def _render(template: str, **values: object) -> str:
    return _TEMPLATES.get_template(template).render(**values)


_TEMPLATES = Environment(
    loader=PackageLoader("feeds.demo"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(long_date=long_date, weekday_date=weekday_date, month_first_date=month_first_date)
