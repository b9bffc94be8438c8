"""The pages of the benchmark: those of our own writing with what each must give, and saved real ones for speed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.models import Source

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "pages"
REAL = ROOT.parent / "shared" / "pages"


@dataclass(frozen=True, slots=True)
class Case:
    """One page: its bytes and address, what is known of its source, and what must be found (empty where unknown)."""

    name: str
    url: str
    html: bytes
    source: Source | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """The IANA name of the zone that times without an offset are in."""
        return self.source.zone if self.source else "Asia/Jakarta"


def fixtures() -> tuple[Case, ...]:
    """Every page under tests/pages that has its expectations beside it."""
    pages = sorted(FIXTURES.glob("*/*.html"))
    return tuple(_fixture(page) for page in pages if page.with_suffix(".json").is_file())


def real_pages() -> tuple[Case, ...]:
    """Saved pages of real sites, named `host-anything.html`; none where the folder is not on this machine."""
    return tuple(
        Case(page.stem, f"https://{page.stem.rsplit('-', 1)[0]}/artikel/satu", page.read_bytes())
        for page in sorted(REAL.glob("*.html"))
    )


def _fixture(page: Path) -> Case:
    facts = json.loads(page.with_suffix(".json").read_text("utf-8"))
    source = Source(**{"slug": "uji", "name": "", "kind": "press", "homepage": ""} | facts.get("source", {}))
    return Case(f"{page.parent.name}/{page.stem}", facts["url"], page.read_bytes(), source, facts)
