"""A new source's record as TOML, and the name and slug that it gets where nobody chose one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

from crawler.models import Kind, Probed, Source
from crawler.sources.fixture import facts_of, slug_of
from crawler.text.markup import parse
from crawler.text.urls import host

_ENDING = re.compile(r"(?:\.(?:ac|biz|co|desa|go|my|net|or|ponpes|sch|web))?\.[a-z]{2,}$")
_SEPARATOR = re.compile(r"\s+[-–—|•»:]+\s+")
_NO_NAME = re.compile(r"(?:home(?:page)?|beranda|halaman (?:utama|depan)|index|utama)?", re.IGNORECASE)
_LONGEST_NAME = 80


def record_of(source: Source, probed: Probed, at: datetime) -> str:
    """The file of one record: who the site is, and the ways that a probe found at `at` (UTC), best first."""
    facts = {"slug": source.slug, "name": source.name, "kind": source.kind, "homepage": source.homepage}
    private = {"allow_private": True} if source.allow_private else {}
    reasons = {one.strategy: f"{one.links} links; {one.reason}" for one in probed.tried}
    lines = [
        f"# Probed {at:%Y-%m-%d %H:%M} UTC with {probed.requests} requests.",
        "[[source]]",
        *(f"{name} = {_quoted(value)}" for name, value in (facts | private).items()),
    ]
    for way in dict.fromkeys(probed.ways):  # two addresses may have led to one
        reason = reasons.get(way, "named by the site, not tried")
        lines += ["", f"# {_line(reason)}", "[[source.discover]]"]
        lines += [f"{name} = {_quoted(value)}" for name, value in facts_of(way).items()]
    return "\n".join(lines) + "\n"


def slug_for(homepage: str) -> str:
    """The host without `www.` and registry, and the section: `warta-hukum` for `https://www.warta.co.id/hukum/`."""
    name = host(homepage).removeprefix("www.")
    return slug_of(f"{_ENDING.sub('', name)} {urlsplit(homepage).path}") or "site"


def kind_for(homepage: str) -> Kind:
    """Official below `go.id`, else press."""
    return "official" if host(homepage).endswith(".go.id") else "press"


def name_for(pages: Iterable[str], homepage: str) -> str:
    """What a site calls itself on the first of its pages that tells, else its host."""
    return next((name for page in pages for name in _names(page)), host(homepage).removeprefix("www."))


def _names(markup: str) -> Iterator[str]:
    """The site's name in metadata, then the first part of the title that is one."""
    root = parse(markup).root
    stated = [meta.get("content") or "" for meta in root.iter("meta") if meta.get("property") == "og:site_name"]
    title = root.findtext(".//title") or ""
    for text in (*stated, *_SEPARATOR.split(title)):
        name = _line(text)[:_LONGEST_NAME].rstrip()
        if not _NO_NAME.fullmatch(name):
            yield name


def _line(text: str) -> str:
    return "".join(one for one in " ".join(text.split()) if one.isprintable())


def _quoted(value: object) -> str:
    """A TOML value; JSON's texts are TOML's, but for DEL, which no printable text and no address holds."""
    return json.dumps(value, ensure_ascii=False)
