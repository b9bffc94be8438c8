"""Stored pages -> a web archive that any tool for WARC reads, `newsfeed import` among them. Pure but for the stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.models import Capture, Page

_NAMESPACE = UUID("a0d1e6a2-0e7c-5f0e-8f4d-3a1b5f1c9d52")  # of record ids: the same page is the same record


def write_warc(out: Path | str | BinaryIO, pages: Iterable[Capture], *, packed: bool = True) -> int:
    """Write captures as WARC 1.1, in the order given; how many pages that came to; `packed`: a gzip member each.

    The further pages of an article follow its first. A capture without a page of its own, whose article its link
    carried, is left out, as no server ever sent it alone. The same pages give the same bytes. Raises OSError.
    """
    if isinstance(out, str | Path):
        with Path(out).open("wb") as file:
            return write_warc(file, pages, packed=packed)
    writer, count = WARCWriter(out, gzip=packed, warc_version="1.1"), 0
    for capture in pages:
        for page in _pages(capture):
            writer.write_record(_record(writer, page, capture.fetched_at))
            count += 1
    return count


def _pages(capture: Capture) -> Iterator[Page]:
    if capture.page.body:
        yield capture.page
        yield from capture.page.parts


def _record(writer: WARCWriter, page: Page, at: datetime) -> object:
    date = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = [("Content-Type", page.content_type)] if page.content_type else []
    headers = StatusAndHeaders("200 OK", [*told, ("Content-Length", str(len(page.body)))], protocol="HTTP/1.1")
    return writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=headers,
        warc_headers_dict={
            "WARC-Date": date,
            "WARC-Record-ID": f"<urn:uuid:{uuid5(_NAMESPACE, f'{page.url} {date}')}>",
        },
    )
