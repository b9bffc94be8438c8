"""The address of a saved page, which only the page itself can still tell."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.models import Page
from crawler.pages.document import read
from crawler.text.urls import canonical_url


def stated_address(body: bytes) -> str | None:
    """The address that a page claims by rel=canonical, else by og:url; None where it claims none.

    A home page is no claim: some sites name theirs on every page.
    """
    document = read(Page(url="", body=body))
    links = (link.get("href") for link in document.all("link[rel=canonical]"))
    metas = (meta.get("content") for meta in document.all("meta[property=og:url]"))
    addresses = (canonical_url(claim or "") for claim in (*links, *metas))
    return next((address for address in addresses if address and _is_inside(address)), None)


def _is_inside(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path != "/" or bool(parts.query)
