"""Which address an article goes by: the page's own claim, if it is about this page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from crawler.models import Evidence
from crawler.normalize.judge import Judged
from crawler.text.urls import canonical_url, full_host, host, site, url_key

_ID = re.compile(r"\d{3,12}")


def canonical(url: str, claims: Iterable[Evidence]) -> Iterator[Judged[str]]:
    """Each claim of a canonical address, and last the address that was read.

    A claim holds if it is on the same host or that of its full version, no home page, and shares its last path segment
    or an id with the address that was read, which a link to another article does not (RFC 6596 leaves that to the
    reader).
    """
    own = canonical_url(url) or url
    for claim in claims:
        address = canonical_url(claim.value)
        holds = address is not None and (address == own or _is_same(own, address))
        yield Judged(claim, address if holds else None, "" if holds else "is the address of another page or site")
    yield Judged(Evidence(url, "url"), own)


def _is_same(url: str, claim: str) -> bool:
    if not _segments(claim):
        return False
    if url_key(url) == url_key(claim):
        return True
    ours, theirs = _segments(url), _segments(claim)
    same_host = full_host(url) == full_host(claim)
    if not ours:
        return same_host and bool(urlsplit(url).query)  # `/?p=67286`
    if same_host:
        return ours[-1] == theirs[-1] or bool(set(_ids(ours)) & set(_ids(theirs)))
    # `m.site` and `amp.site` serve the pages of all hosts of a site; `a.site` knows nothing of `b.site`.
    return site(url) == site(claim) and host(url) != full_host(url) and ours[-1] == theirs[-1]


def _segments(url: str) -> list[str]:
    parts = [part for part in urlsplit(url).path.lower().split("/") if part]
    return parts[:-1] if parts[-1:] in (["amp"], ["feed"]) else parts


def _ids(segments: list[str]) -> list[str]:
    numbers = (number for segment in segments[-2:] for number in _ID.findall(segment))
    return [number for number in numbers if not 1990 <= int(number) <= 2100]
